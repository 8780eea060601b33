//! Polls and balances: read liberally, and no end of a task but by the host's own word.

use std::time::Duration;

use inbetween::domain::failure::FailureKind;
use inbetween::services::api::{ApiError, Subject, TaskReport, TaskState, Timeouts, TransportFault};

use super::hosts::{Act, Host, answer, json, nobody};
use super::orders::{KEY, SHORT, client, client_with, patient};

async fn ask(act: Act) -> Result<TaskReport, ApiError> {
    let host = Host::start([act]);
    client(&host.url()).task("task-1").await
}

async fn state(body: &str) -> TaskState {
    ask(Act::Answer(json(200, body))).await.unwrap_or_else(|error| panic!("{body}: {error:?}")).state
}

#[tokio::test]
async fn the_question_names_the_task_and_carries_the_key() {
    let host = Host::answering(json(200, r#"{"task":{"status":"TASK_STATUS_QUEUED"}}"#));
    let report = client(&format!("{}/", host.url())).task("a b&c=1").await.unwrap();
    assert_eq!(report.state, TaskState::Queued);
    let seen = host.seen().remove(0);
    assert_eq!(seen.request_line(), "GET /v3/async/task-result?task_id=a+b%26c%3D1 HTTP/1.1");
    assert_eq!(seen.header("authorization"), [format!("Bearer {KEY}")]);
    assert!(seen.body.is_empty());
}

#[tokio::test]
async fn a_finished_task_is_read_in_every_shape_that_was_met() {
    let success = |rest: &str| format!(r#"{{"task":{{"status":"TASK_STATUS_SUCCEED","progress_percent":0}},{rest}}}"#);
    let url = "https://bucket.example/c.mp4?sig=1";
    let shapes = [
        (
            format!(r#""videos":[{{"video_url":"{url}","video_url_ttl":"3600","video_type":"mp4"}}],"images":[]"#),
            Some(3600),
        ),
        (format!(r#""videos":[{{"video_url":"{url}","video_url_ttl":3600}}],"images":null,"audios":null"#), Some(3600)),
        (format!(r#""videos":[{{"video_url":"{url}","video_url_ttl":"0","nsfw_detection_result":null}}]"#), None),
        (format!(r#""extra":{{}},"videos":[{{"video_url":" {url} "}}]"#), None),
        (format!(r#""videos":[null,{{"video_url":""}},{{"video_url":"{url}"}}]"#), None),
    ];
    for (rest, seconds) in shapes {
        let TaskState::Succeeded { ttl, .. } = state(&success(&rest)).await else { panic!("{rest}") };
        assert_eq!(ttl, seconds.map(Duration::from_secs), "{rest}");
    }
    for rest in
        [r#""videos":null"#, r#""videos":[]"#, r#""videos":[{}]"#, r#""videos":[{"video_url":null}]"#, r#""images":[]"#]
    {
        assert_eq!(state(&success(rest)).await, TaskState::SucceededWithoutVideo, "{rest}");
    }
}

#[tokio::test]
async fn what_is_not_understood_is_still_running() {
    for status in ["TASK_STATUS_UNKNOWN", "TASK_STATUS_PAUSED", "", "DONE"] {
        let body = format!(r#"{{"task":{{"status":"{status}"}}}}"#);
        assert!(matches!(state(&body).await, TaskState::Running { .. }), "{status}");
    }
    for (progress, percent) in [
        ("42", Some(42)),
        ("\"42\"", Some(42)),
        ("42.9", Some(42)),
        ("\"42.9\"", Some(42)),
        ("0", Some(0)),
        ("900", Some(100)),
        ("-1", Some(0)),
        ("null", None),
        ("\"x\"", None),
        ("1e300", None),
    ] {
        let body = format!(r#"{{"task":{{"status":"TASK_STATUS_PROCESSING","progress_percent":{progress}}}}}"#);
        assert_eq!(state(&body).await, TaskState::Running { percent }, "{progress}");
    }
}

#[tokio::test]
async fn the_seed_is_kept_as_text_or_number() {
    for (extra, seed) in [
        (r#"{"seed":"158881667"}"#, Some(158_881_667)),
        (r#"{"seed":158881667}"#, Some(158_881_667)),
        (r#"{"seed":"0"}"#, Some(0)),
        (r#"{"seed":"-1"}"#, None),
        (r#"{"seed":""}"#, None),
        (r#"{"seed":null}"#, None),
        ("{}", None),
        ("null", None),
    ] {
        let body = format!(r#"{{"extra":{extra},"task":{{"status":"TASK_STATUS_QUEUED"}}}}"#);
        assert_eq!(ask(Act::Answer(json(200, &body))).await.unwrap().seed, seed, "{extra}");
    }
}

#[tokio::test]
async fn a_failed_task_says_why_and_nothing_of_charges() {
    let table = [
        ("ILLEGAL_PROMPT", FailureKind::PromptModeration),
        ("ILLEGAL_IMAGE_CONTENT: nsfw", FailureKind::PictureModeration),
        ("out of memory", FailureKind::Server),
        ("", FailureKind::Server),
    ];
    for (reason, kind) in table {
        let body = format!(r#"{{"task":{{"status":"TASK_STATUS_FAILED","reason":"{reason}"}}}}"#);
        let TaskState::Failed(error) = state(&body).await else { panic!("{reason}") };
        let failure = error.into_task_failure(&Subject::host("Novita"));
        assert_eq!((failure.kind, failure.not_charged), (kind, false), "{reason}");
    }
}

#[tokio::test]
async fn no_answer_but_the_hosts_own_word_is_an_end() {
    let cut = json(200, r#"{"task":{"status":"TASK_STATUS_SUCCEED"}}"#);
    let acts = [
        Act::Close,
        Act::Answer(cut[..cut.len() - 4].to_vec()),
        Act::Answer(answer(200, "Content-Type: text/html\r\n", "<html>Please log in</html>")),
        Act::Answer(json(200, "{\"task\":{\"sta")),
        Act::Answer(json(200, "{}")),
        Act::Answer(json(200, "null")),
        Act::Answer(json(200, &"[".repeat(100_000))),
        Act::Answer(json(500, r#"{"code":500,"reason":"GET_RESULT_FAILED"}"#)),
        Act::Answer(answer(502, "", "<html>")),
        Act::Answer(answer(503, "", "")),
        Act::Answer(answer(302, "Location: http://127.0.0.1:1/\r\n", "")),
        Act::Answer(answer(429, "", "")),
    ];
    for act in acts {
        let error = ask(act.clone()).await.unwrap_err();
        assert!(!error.is_task_gone());
        assert!(error.clone().into_failure(&Subject::host("Novita")).retryable, "{act:?}: {error:?}");
    }
    let error = client(&nobody()).task("t").await.unwrap_err();
    assert_eq!(error, ApiError::Transport(TransportFault::Connect));
    let host = Host::start([Act::SayNothing]);
    let error = client_with(&host.url(), Timeouts { poll: SHORT, ..patient() }).task("t").await.unwrap_err();
    assert_eq!(error, ApiError::Transport(TransportFault::TimedOut));
}

#[tokio::test]
async fn a_task_is_gone_only_by_the_reason_for_it() {
    for status in [200, 400, 404] {
        let error = ask(Act::Answer(json(status, r#"{"code":404,"reason":"TASK_NOT_FOUND"}"#))).await.unwrap_err();
        assert!(error.is_task_gone(), "{status}");
        assert_eq!(error.into_failure(&Subject::host("Novita")).kind, FailureKind::TaskGone);
    }
    for body in ["", "404 page not found", "<html>"] {
        assert!(!ask(Act::Answer(answer(404, "", body))).await.unwrap_err().is_task_gone());
    }
}

#[tokio::test]
async fn a_pause_asked_for_is_passed_on() {
    let error = ask(Act::Answer(answer(429, "Retry-After: 9\r\n", ""))).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(9)));
    let error = ask(Act::Answer(answer(503, "Retry-After: 9\r\n", ""))).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(9)));
}

#[tokio::test]
async fn the_balance_checks_a_key() {
    let full = r#"{"availableBalance":"184299","cashBalance":"1","creditLimit":"0","pendingCharges":"0","outstandingInvoices":"0"}"#;
    for (body, amount) in
        [(full, 184_299), (r#"{"availableBalance":184299}"#, 184_299), (r#"{"availableBalance":"-5"}"#, -5)]
    {
        let host = Host::answering(json(200, body));
        assert_eq!(client(&host.url()).balance().await.unwrap().available, amount, "{body}");
        assert_eq!(host.seen()[0].request_line(), "GET /openapi/v1/billing/balance/detail HTTP/1.1");
    }
    for (status, body) in
        [(401, ""), (403, r#"{"reason":"INVALID_API_KEY"}"#), (400, r#"{"reason":"MISSING_API_KEY"}"#)]
    {
        let host = Host::answering(json(status, body));
        let failure = client(&host.url()).balance().await.unwrap_err().into_failure(&Subject::host("Novita"));
        assert_eq!((failure.kind, failure.summary.as_str()), (FailureKind::Key, "The key was not accepted."));
    }
    let host = Host::answering(json(200, "<html>"));
    assert_eq!(client(&host.url()).balance().await.unwrap_err(), ApiError::Unreadable);
}
