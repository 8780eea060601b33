//! Every rule of the documentation, broken once.

use axum::http::StatusCode as ServedStatus;
use axum::routing::get;
use image::ImageFormat;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Fixture, RESULT, SUBMIT, base64, data_uri, encoded, first, json_of, request};

async fn refused(host: &Fixture, body: &Value, reason: &str, field: &str) {
    let response = host.post(body).await;
    let status = response.status();
    let answer = json_of(response).await;
    let shown = format!("{reason} of {field}: {answer}");
    assert_eq!(status, StatusCode::BAD_REQUEST, "{shown}");
    assert_eq!(answer["code"], 400, "{shown}");
    assert_eq!(answer["reason"], reason, "{shown}");
    assert_eq!(answer["metadata"]["field"], field, "{shown}");
    assert!(answer["message"].as_str().is_some_and(|text| text.starts_with(field)), "{shown}");
}

#[tokio::test]
async fn parameters() {
    let host = Fixture::new();
    for (changes, field) in [
        (json!({ "image": null }), "image"),
        (json!({ "resolution": "4k" }), "resolution"),
        (json!({ "resolution": null }), "resolution"),
        (json!({ "aspect_ratio": "2:1" }), "aspect_ratio"),
        (json!({ "duration": 6 }), "duration"),
        (json!({ "duration": "5" }), "duration"),
        (json!({ "seed": -2 }), "seed"),
        (json!({ "seed": 2_147_483_648_u32 }), "seed"),
        (json!({ "seed": 1.5 }), "seed"),
        (json!({ "camera_fixed": "true" }), "camera_fixed"),
        (json!({ "prompt": "x".repeat(2001) }), "prompt"),
    ] {
        refused(&host, &request(&changes), "INVALID_REQUEST_BODY", field).await;
    }
}

#[tokio::test]
async fn pictures() {
    let host = Fixture::new();
    let picture = |width, height| data_uri(&first(width, height));
    // A canvas of 65,535 by 65,535 in 35 bytes.
    let huge = b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;";
    let cut = &encoded(&first(864, 480), ImageFormat::Png)[..2000];
    for (text, reason) in [
        (picture(300, 400), "INVALID_IMAGE_SIZE"),
        (picture(400, 1001), "INVALID_IMAGE_SIZE"),
        (picture(1001, 400), "INVALID_IMAGE_SIZE"),
        (picture(6000, 2400), "IMAGE_EXCEEDS_MAX_RESOLUTION"),
        (base64(huge), "IMAGE_EXCEEDS_MAX_RESOLUTION"),
        (base64(cut), "INVALID_IMAGE_FORMAT"),
        (base64(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "INVALID_IMAGE_FORMAT"),
        ("not base64!".to_owned(), "INVALID_IMAGE_FORMAT"),
        ("data:image/png,plain".to_owned(), "INVALID_IMAGE_FORMAT"),
        ("http://127.0.0.1:1/nobody.png".to_owned(), "INVALID_IMAGE_FORMAT"),
    ] {
        for field in ["image", "last_image"] {
            refused(&host, &request(&json!({ field: text })), reason, field).await;
        }
    }
}

/// An uncompressed picture in a file of exactly this many bytes.
fn heavy(bytes: usize) -> String {
    let mut file = encoded(&first(3000, 3333), ImageFormat::Bmp);
    assert!(file.len() <= bytes);
    file.resize(bytes, 0);
    base64(&file)
}

#[tokio::test]
async fn thirty_million_bytes_are_taken_twice_and_one_more_is_not() {
    let host = Fixture::new();
    let heaviest = heavy(30_000_000);
    let body = json!({ "image": heaviest, "last_image": heaviest, "resolution": "480p" });
    host.submit(&body).await;
    let over = json!({ "image": heaviest, "last_image": heavy(30_000_001), "resolution": "480p" });
    refused(&host, &over, "IMAGE_FILE_EXCEEDS_MAX_SIZE", "last_image").await;
}

#[tokio::test]
async fn pictures_are_fetched_and_judged_alike() {
    let good = encoded(&first(864, 480), ImageFormat::Jpeg);
    let pages = axum::Router::new()
        .route("/good", get(move || async move { good }))
        .route("/gone", get(|| async { ServedStatus::NOT_FOUND }))
        .route("/text", get(|| async { "no picture" }))
        .route("/heavy", get(|| async { vec![0_u8; 30_000_001] }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let server = tokio::spawn(axum::serve(listener, pages).into_future());

    let host = Fixture::new();
    for (path, reason) in [
        ("/gone?signature=SECRET", "INVALID_IMAGE_FORMAT"),
        ("/text", "INVALID_IMAGE_FORMAT"),
        ("/heavy", "IMAGE_FILE_EXCEEDS_MAX_SIZE"),
    ] {
        let body = request(&json!({ "image": base.clone() + path }));
        refused(&host, &body, reason, "image").await;
        assert!(!json_of(host.post(&body).await).await.to_string().contains("SECRET"));
    }
    let task = host.submit(&request(&json!({ "image": base + "/good" }))).await;
    host.finished(&task).await;
    server.abort();
}

#[tokio::test]
async fn keys_paths_and_bodies() {
    let host = Fixture::new();
    let endpoint = host.endpoint().await;
    let url = |path: &str| endpoint.base_url.clone() + path;
    let token = endpoint.token.reveal();
    let balance = "/openapi/v1/billing/balance/detail";
    let json = "application/json";
    let good = request(&json!({})).to_string();
    for (method, path, key, kind, body, code, reason) in [
        (Method::POST, SUBMIT, None, json, good.as_str(), 400, "MISSING_API_KEY"),
        (Method::POST, SUBMIT, Some("wrong"), json, &good, 403, "INVALID_API_KEY"),
        (Method::GET, RESULT, None, json, "", 400, "MISSING_API_KEY"),
        (Method::GET, RESULT, Some("wrong"), json, "", 403, "INVALID_API_KEY"),
        (Method::GET, balance, None, json, "", 400, "MISSING_API_KEY"),
        (Method::GET, balance, Some("wrong"), json, "", 403, "INVALID_API_KEY"),
        (Method::POST, "/v3/async/seedance-9", Some(token), json, &good, 404, "API_NOT_FOUND"),
        (Method::GET, SUBMIT, Some(token), json, "", 404, "API_NOT_FOUND"),
        (Method::GET, "/", Some(token), json, "", 404, "API_NOT_FOUND"),
        (Method::POST, SUBMIT, Some(token), "text/plain", &good, 400, "INVALID_REQUEST_BODY"),
        (Method::POST, SUBMIT, Some(token), json, "{\"image\":", 400, "INVALID_REQUEST_BODY"),
        (Method::POST, SUBMIT, Some(token), json, "[]", 400, "INVALID_REQUEST_BODY"),
        (Method::POST, SUBMIT, Some(token), json, "", 400, "INVALID_REQUEST_BODY"),
        (Method::GET, RESULT, Some(token), json, "", 400, "INVALID_REQUEST_BODY"),
        (Method::GET, &format!("{RESULT}?task_id=nobody"), Some(token), json, "", 404, "TASK_NOT_FOUND"),
        (Method::GET, &format!("{RESULT}?task_id=..%2F..%2Fx"), Some(token), json, "", 404, "TASK_NOT_FOUND"),
    ] {
        let shown = format!("{method} {path} {body:.20}");
        let mut asked = host.client.request(method, url(path)).header("content-type", kind).body(body.to_owned());
        if let Some(key) = key {
            asked = asked.bearer_auth(key);
        }
        let response = asked.send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), code, "{shown}");
        let answer = json_of(response).await;
        assert_eq!((&answer["code"], &answer["reason"]), (&json!(code), &json!(reason)), "{shown}");
        assert!(answer["message"].is_string() && answer["metadata"].is_object(), "{answer}");
        assert!(!answer.to_string().contains(token), "{shown}");
    }
}
