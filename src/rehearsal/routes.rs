//! The API's answers: submit, task result and balance, word for word as the hosts give them.

use std::sync::{Arc, Weak};

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderMap, Uri};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::claim::Claim;
use super::endpoint::Endpoint;
use super::jobs::{Jobs, Status};
use super::links::{self, Signer};
use super::refusal::{Reason, Refusal};
use super::render::Pictures;
use super::rules::Order;
use super::store::{Record, State};
use super::{fields, intake, picture, prepare, rules, source};
use crate::domain::model::{Model, PictureLimits, Size};

/// What every route works with.
pub(super) struct Host {
    pub endpoint: Endpoint,
    pub jobs: Arc<Jobs>,
    pub signer: Signer,
    /// Decoded pictures are large: one at a time.
    pub decoding: Arc<Semaphore>,
    /// Kept while a job is being stored, so that no other process takes the library over half way.
    pub claim: Weak<Claim>,
}

/// `POST` on a model's path.
pub(super) async fn submit(
    host: Arc<Host>,
    model: &'static Model,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let admitted = intake::authorize(&headers, &host.endpoint.token).and_then(|()| intake::expects_json(&headers));
    let body = intake::read(&headers, body, intake::body_max(&model.picture), admitted).await?;
    let fields = fields::read(&body).map_err(|error| rules::unreadable(&error))?;
    let order = rules::check(model, &fields)?;
    let pictures = Pictures {
        first: prepared(&host, order.first, &model.request.image_key, &model.picture, order.size).await?,
        last: match (order.last, &model.request.last_image_key) {
            (Some(text), Some(key)) => Some(prepared(&host, text, key, &model.picture, order.size).await?),
            _ => None,
        },
    };
    let record = record(model, &order);
    let stored = spawn_blocking(move || {
        let claim = host.claim.upgrade().ok_or_else(closing)?;
        let id = host.jobs.submit(record, &pictures).map_err(|error| not_stored(&error))?;
        drop(claim);
        Ok(id)
    });
    let id: String = stored.await.map_err(|_| closing())??;
    Ok(Json(json!({ "task_id": id })))
}

/// Takes a picture in, judges it and makes it ready for the clip.
async fn prepared(
    host: &Host,
    text: &str,
    field: &str,
    limits: &'static PictureLimits,
    size: Size,
) -> Result<Vec<u8>, Refusal> {
    let bytes = source::bytes(text, field, limits.max_bytes).await?;
    let permit = Arc::clone(&host.decoding).acquire_owned().await.map_err(|_| closing())?;
    let name = field.to_owned();
    let work = spawn_blocking(move || {
        let _one_at_a_time = permit;
        let decoded = picture::decode(&bytes, limits, &name)?;
        drop(bytes);
        prepare::prepare(decoded, size)
    });
    // A decoder that stops unexpectedly has met a file it should have refused.
    work.await.unwrap_or_else(|_| {
        Err(Refusal::new(Reason::InvalidImageFormat, format!("{field}: the picture cannot be read")).about(field))
    })
}

fn record(model: &Model, order: &Order<'_>) -> Record {
    Record {
        model: model.id.clone(),
        size: order.size,
        fps: model.output.fps,
        frames: model.frame_count(order.seconds),
        camera_fixed: order.camera_fixed,
        seed: order.seed.unwrap_or_else(|| rand::random_range(0..=model.request.seed_max)),
        has_last: order.last.is_some(),
        state: State::Open,
    }
}

fn closing() -> Refusal {
    Refusal::new(Reason::CreateTaskFailed, "the host is closing")
}

fn not_stored(error: &std::io::Error) -> Refusal {
    Refusal::new(Reason::CreateTaskFailed, format!("the task could not be stored: {error}"))
}

/// `GET` of a task's result.
pub(super) fn result(host: &Host, headers: &HeaderMap, uri: &Uri) -> Result<Json<Value>, Refusal> {
    intake::authorize(headers, &host.endpoint.token)?;
    let id = parameter(uri, "task_id").ok_or_else(|| Refusal::parameter("task_id", "is required"))?;
    let (status, seed) = host.jobs.status(&id).ok_or_else(|| Refusal::new(Reason::TaskNotFound, "task not found"))?;
    let (name, percent, reason) = match &status {
        Status::Queued => ("TASK_STATUS_QUEUED", 0, ""),
        Status::Processing(percent) => ("TASK_STATUS_PROCESSING", *percent, ""),
        Status::Succeeded => ("TASK_STATUS_SUCCEED", 100, ""),
        Status::Failed(reason) => ("TASK_STATUS_FAILED", 0, reason.as_str()),
    };
    let videos = if status == Status::Succeeded {
        let url = format!("{}{}", host.endpoint.base_url, host.signer.link(&id));
        json!([{ "video_url": url, "video_url_ttl": links::LIFE.to_string(), "video_type": "mp4" }])
    } else {
        json!([])
    };
    Ok(Json(json!({
        "extra": {
            "seed": seed.to_string(),
            "debug_info": { "request_info": "", "submit_time_ms": "", "execute_time_ms": "", "complete_time_ms": "" },
        },
        "task": {
            "task_id": id,
            "status": name,
            "reason": reason,
            "task_type": "IMG_TO_VIDEO",
            "eta": 0,
            "progress_percent": percent,
        },
        "images": [],
        "videos": videos,
        "audios": [],
    })))
}

/// `GET` of the account: nothing here is ever charged.
pub(super) fn balance(host: &Host, headers: &HeaderMap) -> Result<Json<Value>, Refusal> {
    intake::authorize(headers, &host.endpoint.token)?;
    Ok(Json(json!({
        "availableBalance": "0",
        "cashBalance": "0",
        "creditLimit": "0",
        "pendingCharges": "0",
        "outstandingInvoices": "0",
    })))
}

/// Any other path or method.
pub(super) async fn unknown() -> Refusal {
    Refusal::new(Reason::ApiNotFound, "api not found")
}

/// A parameter of a query, decoded.
pub(super) fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(uri.query()?.as_bytes());
    pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}
