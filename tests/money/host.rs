//! A host that speaks the contract, makes every clip at once, and counts.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

/// A running host. Stops with its runtime.
pub struct Host {
    pub url: String,
    facts: Arc<Facts>,
    _runtime: tokio::runtime::Runtime,
}

#[derive(Default)]
struct Facts {
    url: String,
    posts: AtomicUsize,
    /// Answers a POST with an error of its own, so that nobody knows what became of it.
    fails: AtomicBool,
    /// In 1/10000 US dollars.
    balance: AtomicI64,
    /// Never answers how much is left.
    is_silent: AtomicBool,
    /// Refuses the address of every clip.
    refuses_clip: AtomicBool,
    /// The seed of each task, as it was asked.
    seeds: Mutex<Vec<i64>>,
}

impl Host {
    pub fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let facts = Arc::new(Facts { url: url.clone(), balance: AtomicI64::new(184_200), ..Facts::default() });
        let router = Router::new()
            .route("/v3/async/seedance-v1-pro-i2v", post(submit))
            .route("/v3/async/task-result", get(result))
            .route("/openapi/v1/billing/balance/detail", get(balance))
            .route("/clip.mp4", get(clip))
            .layer(axum::extract::DefaultBodyLimit::disable())
            .with_state(Arc::clone(&facts));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { url, facts, _runtime: runtime }
    }

    /// How often something was bought, or tried to be.
    pub fn posts(&self) -> usize {
        self.facts.posts.load(Ordering::SeqCst)
    }

    pub fn fail(&self, fails: bool) {
        self.facts.fails.store(fails, Ordering::SeqCst);
    }

    pub fn refuse_clip(&self, refuses: bool) {
        self.facts.refuses_clip.store(refuses, Ordering::SeqCst);
    }

    pub fn set_balance(&self, balance: i64) {
        self.facts.balance.store(balance, Ordering::SeqCst);
    }

    pub fn say_no_balance(&self) {
        self.facts.is_silent.store(true, Ordering::SeqCst);
    }
}

async fn clip(State(facts): State<Arc<Facts>>) -> Response {
    if facts.refuses_clip.load(Ordering::SeqCst) {
        return StatusCode::FORBIDDEN.into_response();
    }
    include_bytes!("../fixtures/main-b.mp4").as_slice().into_response()
}

async fn submit(State(facts): State<Arc<Facts>>, Json(request): Json<Value>) -> Response {
    let number = facts.posts.fetch_add(1, Ordering::SeqCst);
    if facts.fails.load(Ordering::SeqCst) {
        return (StatusCode::INTERNAL_SERVER_ERROR, "sorry").into_response();
    }
    let seed = request["seed"].as_i64().unwrap();
    let mut seeds = facts.seeds.lock().unwrap_or_else(PoisonError::into_inner);
    // A failed one has no seed, so the number is the place of the next.
    seeds.resize(number, 0);
    seeds.push(if seed == -1 { 1_000 + i64::try_from(number).unwrap() } else { seed });
    Json(json!({ "task_id": format!("task-{number}") })).into_response()
}

async fn result(State(facts): State<Arc<Facts>>, Query(query): Query<Vec<(String, String)>>) -> Json<Value> {
    let number: usize = query[0].1.trim_start_matches("task-").parse().unwrap();
    let seed = facts.seeds.lock().unwrap_or_else(PoisonError::into_inner)[number];
    Json(json!({
        "extra": { "seed": seed.to_string() },
        "task": { "task_id": query[0].1, "status": "TASK_STATUS_SUCCEED", "progress_percent": 100 },
        "videos": [{ "video_url": format!("{}/clip.mp4", facts.url), "video_url_ttl": "3600", "video_type": "mp4" }],
    }))
}

async fn balance(State(facts): State<Arc<Facts>>) -> Json<Value> {
    if facts.is_silent.load(Ordering::SeqCst) {
        std::future::pending::<()>().await;
    }
    Json(json!({ "availableBalance": facts.balance.load(Ordering::SeqCst).to_string() }))
}
