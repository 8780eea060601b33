//! Clips by signed link: no key, and in parts.

use reqwest::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName, IF_RANGE, RANGE};
use reqwest::{Response, StatusCode};
use serde_json::json;

use crate::support::{Fixture, json_of, request, video_url};

fn header(response: &Response, name: HeaderName) -> String {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_download_goes_on_where_it_broke_off() {
    let host = Fixture::new();
    let task = host.submit(&request(&json!({}))).await;
    let url = video_url(&host.finished(&task).await);
    let whole = host.client.get(&url).send().await.expect("an answer");
    assert_eq!(whole.status(), StatusCode::OK);
    assert_eq!(header(&whole, CONTENT_TYPE), "video/mp4");
    assert_eq!(header(&whole, ACCEPT_RANGES), "bytes");
    let (etag, length) = (header(&whole, ETAG), header(&whole, CONTENT_LENGTH));
    assert!(etag.starts_with('"') && etag.len() > 20, "{etag} is no strong tag");
    let whole = whole.bytes().await.expect("a body");
    assert_eq!(length, whole.len().to_string());

    let head = host.client.head(&url).send().await.expect("an answer");
    assert_eq!(
        (head.status(), header(&head, CONTENT_LENGTH), header(&head, ETAG)),
        (StatusCode::OK, length, etag.clone())
    );

    let rest = host.client.get(&url).header(RANGE, "bytes=1000-").header(IF_RANGE, &etag);
    let rest = rest.send().await.expect("an answer");
    assert_eq!(rest.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(header(&rest, CONTENT_RANGE), format!("bytes 1000-{}/{}", whole.len() - 1, whole.len()));
    assert_eq!(rest.bytes().await.expect("a body"), whole[1000..]);

    let some = host.client.get(&url).header(RANGE, "bytes=10-19").send().await.expect("an answer");
    assert_eq!(some.bytes().await.expect("a body"), whole[10..20]);

    let other = host.client.get(&url).header(RANGE, "bytes=1000-").header(IF_RANGE, "\"another\"");
    let other = other.send().await.expect("an answer");
    assert_eq!(other.status(), StatusCode::OK);
    assert_eq!(other.bytes().await.expect("a body"), whole);

    let beyond =
        host.client.get(&url).header(RANGE, format!("bytes={}-", whole.len())).send().await.expect("an answer");
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(header(&beyond, CONTENT_RANGE), format!("bytes */{}", whole.len()));
}

#[tokio::test]
async fn a_link_that_was_touched_opens_nothing() {
    let host = Fixture::new();
    let one = host.submit(&request(&json!({}))).await;
    let two = host.submit(&request(&json!({}))).await;
    host.finished(&two).await;
    let url = video_url(&host.finished(&one).await);
    let bare = url.split('?').next().expect("a path").to_owned();
    for touched in [url.clone() + "0", url.replace("expires=", "expires=9"), url.replace(&one, &two), bare] {
        let response = host.client.get(&touched).send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        assert_eq!(json_of(response).await["reason"], "ACCESS_DENIED");
    }
}

#[tokio::test]
async fn every_poll_gives_a_link_that_works() {
    let host = Fixture::new();
    let task = host.submit(&request(&json!({}))).await;
    host.finished(&task).await;
    for _ in 0..2 {
        let answer = json_of(host.ask(&task).await).await;
        let response = host.client.head(video_url(&answer)).send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
    }
}
