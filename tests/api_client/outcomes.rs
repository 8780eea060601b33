//! What may be assumed after a submit that failed.

use std::net::TcpListener;
use std::time::Duration;

use inbetween::domain::failure::FailureKind;
use inbetween::domain::frame::{FrameSlot, PictureFormat, PreparedFrames};
use inbetween::services::api::{NotSent, Outcome, Subject, SubmitError, Timeouts, TransportFault};

use super::hosts::{Act, Host, answer, json, nobody};
use super::orders::{ACCEPTED, HUGE, SHORT, client, client_with, file, frames, patient, picture, submit, submit_small};

async fn after(act: Act) -> SubmitError {
    let host = Host::start([act]);
    submit_small(&client(&host.url())).await.unwrap_err()
}

async fn after_answer(status: u16, body: &str) -> SubmitError {
    after(Act::Answer(json(status, body))).await
}

fn is_unknown(error: &SubmitError) -> bool {
    matches!(error, SubmitError::OutcomeUnknown(_))
}

#[tokio::test]
async fn a_refused_connection_and_a_failed_lookup_prove_that_nothing_left() {
    for url in [nobody(), "https://no-such-host.invalid".to_owned()] {
        let error = submit_small(&client(&url)).await.unwrap_err();
        assert!(matches!(error, SubmitError::NotSent(NotSent::NoConnection)), "{url}: {error:?}");
        let failure = error.into_failure(&Subject::host("Novita"));
        assert_eq!((failure.kind, failure.summary.as_str()), (FailureKind::Network, "No connection."));
        assert!(failure.retryable);
    }
}

#[tokio::test]
async fn a_failed_or_silent_handshake_proves_that_nothing_left() {
    let host = Host::start([Act::ReadNothing]);
    let https = host.url().replace("http://", "https://");
    let error = submit_small(&client_with(&https, Timeouts { connect: SHORT, ..patient() })).await.unwrap_err();
    assert!(matches!(error, SubmitError::NotSent(NotSent::NoConnection)), "{error:?}");

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let https = format!("https://{}", listener.local_addr().unwrap());
    let closing = std::thread::spawn(move || drop(listener.accept()));
    let error = submit_small(&client(&https)).await.unwrap_err();
    assert!(matches!(error, SubmitError::NotSent(NotSent::NoConnection)), "{error:?}");
    closing.join().unwrap();
}

#[tokio::test]
async fn a_broken_connection_leaves_the_outcome_unknown() {
    for act in [Act::Close, Act::CutAfter(0), Act::CutAfter(500), Act::Answer(Vec::new())] {
        let error = after(act.clone()).await;
        let broken = matches!(error, SubmitError::OutcomeUnknown(Outcome::Transport(TransportFault::Broken)));
        assert!(broken, "{act:?}: {error:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let frames = frames(folder.path(), 5_000_000);
    for tenth in 0..10 {
        let host = Host::start([Act::CutAfter(tenth * 660_000)]);
        let error = submit(&client(&host.url()), &frames).await.unwrap_err();
        assert!(is_unknown(&error), "{tenth}: {error:?}");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_leaves_the_outcome_unknown() {
    let whole = json(200, ACCEPTED);
    for length in [1, 12, 20, whole.len() - 1] {
        let error = after(Act::Answer(whole[..length].to_vec())).await;
        assert!(is_unknown(&error), "{length}: {error:?}");
    }
    let endless = answer(200, "", vec![b'{'; 2 * 1024 * 1024]);
    let error = after(Act::Answer(endless)).await;
    assert!(matches!(error, SubmitError::OutcomeUnknown(Outcome::Transport(TransportFault::TooLong))), "{error:?}");
}

#[tokio::test]
async fn a_success_without_a_task_leaves_the_outcome_unknown() {
    for body in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"task_id":""}"#,
        r#"{"task_id":null}"#,
        "<html>hi</html>",
        "ok",
        "{\"task_id\":\"t",
    ] {
        let error = after_answer(200, body).await;
        assert!(matches!(error, SubmitError::OutcomeUnknown(Outcome::NoTaskId)), "{body}: {error:?}");
    }
    assert!(is_unknown(&after(Act::Answer(b"HTTP/1.1 204 Nothing\r\n\r\n".to_vec())).await));
}

#[tokio::test]
async fn a_host_in_trouble_leaves_the_outcome_unknown() {
    for status in [500, 501, 502, 503, 504, 520] {
        for body in ["", "<html>Bad gateway</html>", r#"{"code":500,"message":"m"}"#] {
            let error = after_answer(status, body).await;
            assert!(matches!(error, SubmitError::OutcomeUnknown(Outcome::Host(_))), "{status} {body}: {error:?}");
        }
    }
    for reason in ["BILLING_FAILED", "CREATE_TASK_FAILED", "GET_RESULT_FAILED", "TASK_FAILED"] {
        for status in [400, 500] {
            let error = after_answer(status, &format!(r#"{{"code":{status},"reason":"{reason}"}}"#)).await;
            assert!(is_unknown(&error), "{status} {reason}: {error:?}");
        }
    }
    // Said by proxies about time, or about a request they have seen before.
    for status in [408, 409, 425, 499] {
        assert!(is_unknown(&after_answer(status, "").await), "{status}");
    }
}

#[tokio::test]
async fn an_unknown_outcome_warns_of_paying_twice() {
    let failure = after(Act::Close).await.into_failure(&Subject::host("Novita"));
    assert_eq!(failure.kind, FailureKind::OutcomeUnknown);
    let sentence = "The connection dropped before Novita confirmed the task. Sending it again could charge you twice.";
    assert_eq!(failure.sentence(), sentence);
    assert!(!failure.retryable && !failure.not_charged);
}

#[tokio::test]
async fn a_stalled_upload_ends_and_leaves_the_outcome_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let frames = frames(folder.path(), HUGE);
    let timeouts = Timeouts { upload_stall: SHORT, ..patient() };
    for act in [Act::ReadNothing, Act::StallAfter(1_000_000)] {
        let host = Host::start([act.clone()]);
        let error = submit(&client_with(&host.url(), timeouts), &frames).await.unwrap_err();
        assert!(matches!(error, SubmitError::OutcomeUnknown(Outcome::UploadStalled)), "{act:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_missing_answer_ends_and_leaves_the_outcome_unknown() {
    let timeouts = Timeouts { answer: SHORT, ..patient() };
    let part = |length| Act::AnswerThenHang(answer(200, "", ACCEPTED)[..length].to_vec());
    for act in [Act::SayNothing, part(0), part(20), part(50)] {
        let host = Host::start([act.clone()]);
        let error = submit_small(&client_with(&host.url(), timeouts)).await.unwrap_err();
        assert!(matches!(error, SubmitError::OutcomeUnknown(Outcome::NoAnswer)), "{act:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_slow_upload_is_not_cut() {
    // Some four seconds in all, with pauses far below the limit.
    let timeouts = Timeouts { upload_stall: Duration::from_secs(2), ..patient() };
    let slow = Act::ReadSlowly { piece: 1_000_000, pause: Duration::from_millis(100), answer: json(200, ACCEPTED) };
    let host = Host::start([slow]);
    let folder = tempfile::tempdir().unwrap();
    submit(&client_with(&host.url(), timeouts), &frames(folder.path(), HUGE)).await.unwrap();
    assert!(host.seen()[0].whole);
}

#[tokio::test]
async fn a_refusal_is_heard_before_the_upload_ends() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = json(400, r#"{"code":400,"reason":"IMAGE_FILE_EXCEEDS_MAX_SIZE","message":"too big"}"#);
    let host = Host::start([Act::AnswerEarly(refusal)]);
    let error = submit(&client(&host.url()), &frames(folder.path(), HUGE)).await.unwrap_err();
    assert!(matches!(error, SubmitError::Refused(_)), "{error:?}");
}

#[tokio::test]
async fn asking_to_slow_down_is_heard_in_every_form() {
    let pause = |head: &'static str, body: &'static str, status: u16| async move {
        let error = after(Act::Answer(answer(status, head, body))).await;
        let SubmitError::RateLimited { retry_after } = error else { panic!("{status} {head}: {error:?}") };
        retry_after
    };
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(pause("", "", 429).await, None);
    assert_eq!(pause("Retry-After: 7\r\n", "slow down", 429).await, seconds(7));
    assert_eq!(pause("Retry-After: 7\r\n", r#"{"reason":"RATE_LIMIT_EXCEEDED"}"#, 400).await, seconds(7));
    assert_eq!(pause("Retry-After: 99999999999999999999\r\n", "<html>", 429).await, seconds(86_400));
    assert_eq!(pause("Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", "", 429).await, seconds(0));
    assert_eq!(pause("Retry-After: Wed, 31 Dec 2998 23:59:59 GMT\r\n", "", 429).await, seconds(86_400));
    assert_eq!(pause("Retry-After: soon\r\n", "", 429).await, None);
}

#[tokio::test]
async fn every_documented_refusal_is_one_and_was_not_charged() {
    use FailureKind as Kind;
    let picture = Kind::Picture { slot: Some(FrameSlot::First) };
    let table = [
        ("MISSING_API_KEY", Kind::Key),
        ("INVALID_API_KEY", Kind::Key),
        ("BILLING_AUTH_FAILED", Kind::Account),
        ("API_NOT_ALLOWED", Kind::Account),
        ("FEATURE_NOT_ALLOWED", Kind::Account),
        ("NEED_REAL_NAME_VERIFY", Kind::Account),
        ("BILLING_BALANCE_NOT_ENOUGH", Kind::Balance),
        ("NOT_ENOUGH_BALANCE", Kind::Balance),
        ("INVALID_REQUEST_BODY", Kind::Parameters),
        ("IMAGE_FILE_EXCEEDS_MAX_SIZE", picture),
        ("INVALID_IMAGE_FORMAT", picture),
        ("IMAGE_EXCEEDS_MAX_RESOLUTION", picture),
        ("INVALID_IMAGE_SIZE", picture),
        ("ILLEGAL_PROMPT", Kind::PromptModeration),
        ("ILLEGAL_IMAGE_CONTENT", Kind::PictureModeration),
        ("API_NOT_FOUND", Kind::ModelGone),
    ];
    for (reason, kind) in table {
        // The reason decides, whatever the status; 500 and 200 are the ones that would mean something else.
        for status in [200, 400, 403, 500] {
            let body = format!(r#"{{"code":{status},"reason":"{reason}","message":"m","metadata":{{}}}}"#);
            let error = after_answer(status, &body).await;
            assert!(matches!(error, SubmitError::Refused(_)), "{status} {reason}: {error:?}");
            let failure = error.into_failure(&Subject::host("Novita"));
            assert_eq!((failure.kind, failure.not_charged), (kind, true), "{status} {reason}");
            assert!(failure.summary.ends_with('.') && failure.sentence().ends_with(" Not charged."));
        }
    }
}

#[tokio::test]
async fn a_refusal_nobody_documents_claims_nothing_of_charges() {
    for status in [400, 401, 402, 403, 404, 413, 418, 422] {
        for body in ["", "plain", "<html>Forbidden</html>", r#"{"reason":"NEW_REASON"}"#] {
            let error = after_answer(status, body).await;
            assert!(matches!(error, SubmitError::Refused(_)), "{status} {body}: {error:?}");
            assert!(!error.into_failure(&Subject::host("Novita")).not_charged, "{status} {body}");
        }
    }
}

#[tokio::test]
async fn refusals_are_said_in_the_designs_words() {
    let said = |reason: &'static str| async move {
        let error = after_answer(400, &format!(r#"{{"reason":"{reason}","message":"seed: 5 is \n too odd."}}"#)).await;
        error.into_failure(&Subject::host("Novita")).sentence()
    };
    let prompt = "Novita refused the prompt: it may contain sensitive information. Not charged.";
    assert_eq!(said("ILLEGAL_PROMPT").await, prompt);
    assert_eq!(said("NOT_ENOUGH_BALANCE").await, "Balance is too low. Not charged.");
    assert_eq!(said("INVALID_API_KEY").await, "The key was not accepted. Not charged.");
    let words = "Novita refused the request: seed: 5 is too odd. Not charged.";
    assert_eq!(said("INVALID_REQUEST_BODY").await, words);
}

#[tokio::test]
async fn a_model_that_is_gone_names_what_else_is_on_offer() {
    for (status, body) in [(404, "404 route not found"), (404, r#"{"reason":"API_NOT_FOUND"}"#)] {
        let failure = after_answer(status, body).await.into_failure(&Subject::host("Novita"));
        assert_eq!(failure.kind, FailureKind::ModelGone);
        assert!(failure.advice.contains("Rehearsal"), "{}", failure.advice);
    }
}

#[tokio::test]
async fn with_two_pictures_the_message_tells_which() {
    let folder = tempfile::tempdir().unwrap();
    let path = picture(folder.path(), "a.png", 99);
    let both = PreparedFrames { first: file(&path, PictureFormat::Png), last: Some(file(&path, PictureFormat::Png)) };
    for (message, slot) in [("last_image is too large", Some(FrameSlot::Last)), ("image is too large", None)] {
        let body = format!(r#"{{"reason":"IMAGE_FILE_EXCEEDS_MAX_SIZE","message":"{message}"}}"#);
        let host = Host::answering(json(400, &body));
        let error = submit(&client(&host.url()), &both).await.unwrap_err();
        assert_eq!(error.into_failure(&Subject::host("Novita")).kind, FailureKind::Picture { slot }, "{message}");
    }
}
