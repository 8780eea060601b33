//! The answers of the contract, field by field.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::{Fixture, data_uri, first, json_of, last, request, video_url};

#[tokio::test]
async fn a_task_goes_from_submit_to_a_clip() {
    let host = Fixture::new();
    let body = request(&json!({
        "last_image": data_uri(&last(864, 480)), "prompt": "slow dolly", "aspect_ratio": "16:9", "duration": 5,
        "seed": 158_881_667, "camera_fixed": false,
    }));
    let task = host.submit(&body).await;
    let answer = host.finished(&task).await;
    assert_eq!(answer["extra"]["seed"], "158881667");
    assert_eq!(answer["task"]["task_id"], task.as_str());
    assert_eq!(answer["task"]["progress_percent"], 100);
    assert_eq!(answer["task"]["reason"], "");
    assert_eq!(answer["images"], json!([]));
    assert_eq!(answer["audios"], json!([]));
    assert_eq!(answer["videos"][0]["video_type"], "mp4");
    assert_eq!(answer["videos"][0]["video_url_ttl"], "3600");
    let base = host.endpoint().await.base_url;
    assert!(base.starts_with("http://127.0.0.1:"), "{base}");
    assert!(video_url(&answer).starts_with(&base));
}

#[tokio::test]
async fn a_random_seed_is_drawn_told_and_kept() {
    let host = Fixture::new();
    let mut seeds = Vec::new();
    for seed in [json!({ "seed": -1 }), json!({})] {
        let task = host.submit(&request(&seed)).await;
        let before = json_of(host.ask(&task).await).await["extra"]["seed"].clone();
        let after = host.finished(&task).await["extra"]["seed"].clone();
        assert_eq!(before, after);
        let seed: i64 = after.as_str().expect("a string").parse().expect("a number");
        assert!((0..=2_147_483_647).contains(&seed));
        seeds.push(seed);
    }
    assert_ne!(seeds[0], seeds[1]);
}

#[tokio::test]
async fn the_account_is_never_charged() {
    let host = Fixture::new();
    let endpoint = host.endpoint().await;
    let url = format!("{}/openapi/v1/billing/balance/detail", endpoint.base_url);
    let response = host.client.get(url).bearer_auth(endpoint.token.reveal()).send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    let expected = json!({
        "availableBalance": "0", "cashBalance": "0", "creditLimit": "0", "pendingCharges": "0",
        "outstandingInvoices": "0",
    });
    assert_eq!(json_of(response).await, expected);
}

#[tokio::test]
async fn two_tasks_are_queued_and_both_finish() {
    let host = Fixture::new();
    let one = host.submit(&request(&json!({}))).await;
    let two = host.submit(&request(&json!({ "image": data_uri(&first(900, 500)) }))).await;
    assert_ne!(one, two);
    host.finished(&two).await;
    // First come, first served.
    let answer = json_of(host.ask(&one).await).await;
    assert_eq!(answer["task"]["status"], "TASK_STATUS_SUCCEED");
}
