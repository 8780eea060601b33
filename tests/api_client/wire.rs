//! What goes over the wire: exact to the byte, once, and nowhere else.

use std::sync::{Arc, Mutex};

use base64_simd::STANDARD;
use inbetween::domain::frame::{PictureFormat, PreparedFrame, PreparedFrames};
use inbetween::domain::model::ImageForm;
use inbetween::domain::request::{ClipSettings, GenerationRequest};
use inbetween::services::api::{
    ApiError, BodyError, Client, Endpoint, EndpointError, NotSent, SubmitError, body_sha256,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::hosts::{Act, Host, Seen, answer, json as answer_json};
use super::orders::{ACCEPTED, KEY, client, file, frames, model, picture, request, settings, submit, submit_small};

fn only(host: &Host) -> Seen {
    let mut seen = host.seen();
    assert_eq!(seen.len(), 1, "one request, once");
    seen.remove(0)
}

fn data_uri(format: &str, path: &std::path::Path) -> String {
    format!("data:image/{format};base64,{}", STANDARD.encode_to_string(std::fs::read(path).unwrap()))
}

#[tokio::test]
async fn both_frames_go_out_exactly() {
    let host = Host::answering(answer_json(200, ACCEPTED));
    let folder = tempfile::tempdir().unwrap();
    let (first, last) = (picture(folder.path(), "a.jpg", 200_000), picture(folder.path(), "b.webp", 49_153));
    let frames =
        PreparedFrames { first: file(&first, PictureFormat::Jpeg), last: Some(file(&last, PictureFormat::Webp)) };
    let chosen = ClipSettings { seed: 42, camera_fixed: true, duration: 10, ..settings() };
    let request = GenerationRequest::check(chosen.clone(), model()).unwrap();
    let task = client(&host.url()).submit(model(), &request, &frames, |_| ()).await.unwrap();
    assert_eq!(String::from(task), "task-1");

    let seen = only(&host);
    assert_eq!(seen.request_line(), "POST /v3/async/seedance-v1-pro-i2v HTTP/1.1");
    assert_eq!(seen.header("content-length"), [seen.body.len().to_string()]);
    assert!(seen.header("transfer-encoding").is_empty());
    assert!(seen.header("expect").is_empty());
    assert_eq!(seen.header("content-type"), ["application/json"]);
    assert_eq!(seen.header("authorization"), [format!("Bearer {KEY}")]);
    assert_eq!(seen.header("user-agent"), [format!("inbetween/{}", env!("CARGO_PKG_VERSION"))]);
    let sent: Value = serde_json::from_slice(&seen.body).unwrap();
    let expected = json!({
        "image": data_uri("jpeg", &first), "last_image": data_uri("webp", &last), "prompt": chosen.prompt,
        "resolution": "720p", "aspect_ratio": "16:9", "duration": 10, "camera_fixed": true, "seed": 42,
    });
    assert!(sent == expected, "another body than expected");

    let digest = body_sha256(model(), &request, &frames).await.unwrap();
    assert_eq!(digest.length, seen.body.len() as u64);
    assert_eq!(digest.sha256[..], Sha256::digest(&seen.body)[..]);
}

#[tokio::test]
async fn one_frame_and_no_prompt_leave_their_fields_out() {
    let host = Host::answering(answer_json(200, ACCEPTED));
    let folder = tempfile::tempdir().unwrap();
    let request = GenerationRequest::check(ClipSettings::defaults(model()), model()).unwrap();
    let frames = frames(folder.path(), 1);
    client(&host.url()).submit(model(), &request, &frames, |_| ()).await.unwrap();
    let sent: Value = serde_json::from_slice(&only(&host).body).unwrap();
    let expected = json!({
        "image": data_uri("png", &folder.path().join("first.png")), "resolution": "720p", "aspect_ratio": "16:9",
        "duration": 5, "camera_fixed": false, "seed": -1,
    });
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn key_names_and_the_picture_form_come_from_the_model() {
    let host = Host::answering(answer_json(200, ACCEPTED));
    let folder = tempfile::tempdir().unwrap();
    let mut model = model().clone();
    model.request.image_form = ImageForm::Bare;
    model.request.image_key = "start".to_owned();
    model.request.last_image_key = Some("end_\"image".to_owned());
    model.request.ratio_key = "ratio".to_owned();
    model.request.camera_fixed_key = None;
    model.path = "/v3/async/other".to_owned();
    let path = picture(folder.path(), "a.png", 50);
    let address = "https://pictures.example/a.png?x=\"1\"";
    let frames =
        PreparedFrames { first: file(&path, PictureFormat::Png), last: Some(PreparedFrame::Url(address.to_owned())) };
    client(&host.url()).submit(&model, &request(), &frames, |_| ()).await.unwrap();
    let seen = only(&host);
    assert_eq!(seen.request_line(), "POST /v3/async/other HTTP/1.1");
    let sent: Value = serde_json::from_slice(&seen.body).unwrap();
    assert_eq!(sent["start"], STANDARD.encode_to_string(std::fs::read(path).unwrap()));
    assert_eq!((&sent["end_\"image"], &sent["ratio"]), (&json!(address), &json!("16:9")));
    assert_eq!((sent.get("camera_fixed"), sent.get("aspect_ratio"), sent.get("image")), (None, None, None));
}

#[tokio::test]
async fn every_length_is_encoded_whole() {
    let folder = tempfile::tempdir().unwrap();
    let client_of = |host: &Host| client(&host.url());
    for length in [0, 1, 2, 3, 4, 4095, 49_151, 49_152, 49_153, 98_304, 100_001] {
        let host = Host::answering(answer_json(200, ACCEPTED));
        submit(&client_of(&host), &frames(folder.path(), length)).await.unwrap();
        let sent: Value = serde_json::from_slice(&only(&host).body).unwrap();
        assert!(sent["image"] == data_uri("png", &folder.path().join("first.png")), "{length} bytes");
    }
}

#[tokio::test]
async fn progress_grows_to_the_whole() {
    let host = Host::answering(answer_json(200, ACCEPTED));
    let folder = tempfile::tempdir().unwrap();
    let reports = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reports);
    let frames = frames(folder.path(), 1_000_000);
    let (host_client, order) = (client(&host.url()), request());
    let sent = host_client.submit(model(), &order, &frames, move |sent| kept.lock().unwrap().push(sent));
    sent.await.unwrap();
    let reports = reports.lock().unwrap();
    assert!(reports.len() > 5 && reports.is_sorted_by(|a, b| a.sent < b.sent), "{reports:?}");
    assert!(reports.iter().all(|sent| sent.total == only(&host).body.len() as u64));
    assert!(reports.last().unwrap().is_all() && !reports[0].is_all());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Host::answering(answer_json(200, ACCEPTED));
    for status in [301, 302, 303, 307, 308] {
        let host = Host::answering(answer(status, &format!("Location: {}/\r\n", elsewhere.url()), ""));
        let error = submit_small(&client(&host.url())).await.unwrap_err();
        assert!(matches!(error, SubmitError::OutcomeUnknown(_)), "{status}: {error:?}");
        assert!(matches!(client(&host.url()).task("t").await, Err(ApiError::Host(_))));
        assert_eq!(host.seen().len(), 2);
    }
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_twice() {
    let acts = [
        Act::Close,
        Act::CutAfter(10),
        Act::Answer(answer(503, "Retry-After: 0\r\n", "")),
        Act::Answer(answer(429, "Retry-After: 0\r\n", "")),
        Act::Answer(answer(408, "", "")),
        Act::Answer(b"HTTP/1.1 garbage".to_vec()),
    ];
    for act in acts {
        let host = Host::start([act.clone(), Act::Answer(answer_json(200, ACCEPTED))]);
        submit_small(&client(&host.url())).await.unwrap_err();
        assert_eq!(host.seen().len(), 1, "{act:?}");
    }
}

#[tokio::test]
async fn each_submit_has_a_connection_of_its_own() {
    // The first answer leaves its connection open, and the host is gone from it afterwards.
    let host = Host::start([Act::AnswerThenHang(answer_json(200, ACCEPTED)), Act::Answer(answer_json(200, ACCEPTED))]);
    let client = client(&host.url());
    submit_small(&client).await.unwrap();
    submit_small(&client).await.unwrap();
    assert_eq!(host.seen().len(), 2);
}

#[tokio::test]
async fn a_picture_that_changes_while_it_is_sent_never_arrives_whole() {
    let folder = tempfile::tempdir().unwrap();
    for length in [HALF, 2 * HALF + 1, 2 * HALF - 1] {
        let host = Host::answering(answer_json(200, ACCEPTED));
        let frames = frames(folder.path(), 2 * HALF as usize);
        let path = folder.path().join("first.png");
        // The first report comes when the picture is open and has been measured, with most of it still to be read.
        let once = Mutex::new(Some(path));
        let (host_client, order) = (client(&host.url()), request());
        let sent = host_client.submit(model(), &order, &frames, move |_| {
            if let Some(path) = once.lock().unwrap().take() {
                std::fs::File::options().write(true).open(path).unwrap().set_len(length).unwrap();
            }
        });
        let error = sent.await.unwrap_err();
        assert!(matches!(error, SubmitError::NotSent(NotSent::Body(BodyError::Changed { .. }))), "{error:?}");
        host.wait_for_one();
        let seen = only(&host);
        assert!(!seen.whole && serde_json::from_slice::<Value>(&seen.body).is_err());
    }
}

/// Half of a picture that takes many reads.
pub const HALF: u64 = 2_000_000;

#[tokio::test]
async fn what_cannot_be_read_is_not_sent() {
    let host = Host::answering(answer_json(200, ACCEPTED));
    let folder = tempfile::tempdir().unwrap();
    let client = client(&host.url());
    for path in [folder.path().join("gone.png"), folder.path().to_path_buf()] {
        let frames = PreparedFrames { first: file(&path, PictureFormat::Png), last: None };
        let error = submit(&client, &frames).await.unwrap_err();
        assert!(matches!(error, SubmitError::NotSent(NotSent::Body(BodyError::Unreadable { .. }))), "{error:?}");
    }
    let mut model = model().clone();
    model.request.last_image_key = None;
    let path = picture(folder.path(), "a.png", 9);
    let both = PreparedFrames { first: file(&path, PictureFormat::Png), last: Some(file(&path, PictureFormat::Png)) };
    let error = client.submit(&model, &request(), &both, |_| ()).await.unwrap_err();
    assert!(matches!(error, SubmitError::NotSent(NotSent::Body(BodyError::NoLastFrame))), "{error:?}");
    assert!(host.seen().is_empty());
}

#[test]
fn plain_http_is_for_this_computer_alone() {
    let endpoint = |url: &str| Endpoint { base_url: url.parse().unwrap(), key: None };
    let error = Client::new(endpoint("http://api.novita.ai")).unwrap_err();
    assert_eq!(error, ApiError::Endpoint(EndpointError::PlainHttp));
    assert!(Client::new(endpoint("http://127.0.0.1:9")).is_ok());
    assert!(Client::new(endpoint("http://localhost:9")).is_ok());
    assert!(Client::new(endpoint("ftp://127.0.0.1")).is_err());
}
