//! No key and no signed address is in anything that could be printed.

use inbetween::domain::failure::Failure;
use inbetween::domain::secret::ApiKey;
use inbetween::services::api::{Downloader, Endpoint, Subject, TaskState};

use super::hosts::{Act, Host, answer, json, nobody};
use super::orders::{KEY, client, patient, submit_small};

const SIGNATURE: &str = "X-Amz-Signature";

fn assert_clean(what: &str, text: &str) {
    for secret in [KEY, SIGNATURE, "127.0.0.1", "clip.mp4"] {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

fn assert_failure_is_clean(what: &str, failure: &Failure) {
    assert_clean(what, &format!("{failure:?} {}", failure.sentence()));
}

/// A host that shouts back what it was told, in every way it has.
fn echoes() -> Vec<Act> {
    let shout = format!("no: Bearer {KEY} and {KEY}, see https://127.0.0.1/clip.mp4?{SIGNATURE}=1");
    let body = format!(r#"{{"reason":"INVALID_REQUEST_BODY","message":"{shout}"}}"#);
    let mut acts = vec![Act::Close];
    for status in [200, 302, 400, 401, 429, 500] {
        let head = format!("Location: http://127.0.0.1:1/clip.mp4?{SIGNATURE}=1\r\nX-Echo: {KEY}\r\n");
        acts.push(Act::Answer(answer(status, &head, &body)));
        acts.push(Act::Answer(answer(status, &head, &shout)));
    }
    acts
}

#[tokio::test]
async fn no_error_of_a_call_shows_a_secret() {
    let subject = Subject::host("Novita");
    for act in echoes() {
        let host = Host::start([act.clone()]);
        let client = client(&host.url());
        if let Err(error) = submit_small(&client).await {
            assert_clean("submit", &format!("{error:?} {error}"));
            assert_failure_is_clean("submit", &error.into_failure(&subject));
        }
        for error in [client.task(SIGNATURE).await.map(|_| ()), client.balance().await.map(|_| ())] {
            let Err(error) = error else { continue };
            assert_clean("question", &format!("{error:?} {error}"));
            assert_failure_is_clean("question", &error.into_failure(&subject));
        }
    }
    let client = client(&nobody());
    assert_clean("no host", &format!("{:?}", submit_small(&client).await));
    assert_clean("no host", &format!("{:?}", client.task(SIGNATURE).await));
}

#[tokio::test]
async fn no_error_of_a_download_shows_the_address() {
    let shout = format!("https://127.0.0.1/clip.mp4?{SIGNATURE}=1");
    let mut acts = echoes();
    acts.push(Act::Answer(answer(403, "", &shout)));
    acts.push(Act::Answer(answer(302, "Location: http://10.0.0.1/clip.mp4?X-Amz-Signature=1\r\n", "")));
    for act in acts {
        let host = Host::start(Vec::new());
        let address = format!("{}/clip.mp4?{SIGNATURE}=1", host.url());
        let result = format!(r#"{{"task":{{"status":"TASK_STATUS_SUCCEED"}},"videos":[{{"video_url":"{address}"}}]}}"#);
        host.act([Act::Answer(json(200, &result)), act]);
        let report = client(&host.url()).task("t").await.unwrap();
        assert_clean("report", &format!("{report:?}"));
        let TaskState::Succeeded { video, .. } = report.state else { panic!("not finished") };
        let folder = tempfile::tempdir().unwrap();
        let downloader = Downloader::with_timeouts(&host.url().parse().unwrap(), patient()).unwrap();
        let target = folder.path().join("saved.mp4");
        let error = downloader.download(&video, &target, |_| ()).await.unwrap_err();
        assert_clean("download", &format!("{error:?} {error}"));
        assert_failure_is_clean("download", &error.into());
    }
}

#[test]
fn no_part_of_a_client_shows_the_key() {
    let endpoint = Endpoint::parse("https://api.novita.ai", Some(ApiKey::parse(KEY).unwrap())).unwrap();
    assert_clean("endpoint", &format!("{endpoint:?}"));
    assert_clean("client", &format!("{:?}", client("http://localhost:9")));
}
