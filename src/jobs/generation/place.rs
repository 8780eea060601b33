//! From a checked order to stored intents: prepared pictures on disk, one row a take, nothing sent yet.

use std::path::Path;
use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::weigh::{Basket, weigh};
use super::{joined, now};
use crate::domain::draft::{FramePlan, Order};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{FrameSlot, PreparedFrame, PreparedFrames};
use crate::domain::generation::{Generation, GenerationId, HostRef, Status};
use crate::domain::model::{Catalogue, Model};
use crate::domain::origin::Origins;
use crate::domain::price::Cents;
use crate::domain::request::{ClipSettings, GenerationRequest};
use crate::domain::spend::{Consent, Hold};
use crate::jobs::hosts::catalogue_host;
use crate::jobs::{Outbox, World};
use crate::services::api::body_sha256;
use crate::services::images;
use crate::services::library::{Intent, Library};
use crate::state::Event;
use crate::state::money::Wish;

/// What became of an order.
#[derive(Debug)]
pub enum Placed {
    /// One intent for each take is stored.
    Stored(Vec<GenerationId>),
    /// Nothing is stored: somebody has to agree first.
    Held(Hold),
}

/// Everything of an order but its pictures' whereabouts, ready to be weighed and stored.
struct Ready<'a> {
    ids: Vec<GenerationId>,
    requests: &'a [GenerationRequest],
    host: HostRef,
    each: Option<Cents>,
    frames: PreparedFrames,
    origins: Origins,
}

/// Prepares the pictures and stores one intent for each take, unless the order needs somebody's word first.
pub async fn place(world: &Arc<World>, wish: &Wish, consent: Consent, out: &Outbox) -> Result<Placed, Failure> {
    match wish {
        Wish::Order { order, host, each } => place_order(world, order, host, *each, consent, out).await,
        Wish::Again { of } => place_again(world, of, consent, out).await,
    }
}

async fn place_order(
    world: &Arc<World>,
    order: &Order,
    host: &str,
    each: Option<Cents>,
    consent: Consent,
    out: &Outbox,
) -> Result<Placed, Failure> {
    let ids: Vec<GenerationId> = order.requests().iter().map(|_| new_id()).collect();
    let folder = world.library.folders().frames_of(&ids[0]);
    let (first, last, into) = (order.first().clone(), order.last().cloned(), folder.clone());
    // Many pictures at once take much memory and make none of them ready sooner.
    let turn_to_prepare = world.prepares.acquire().await;
    let frames = joined(spawn_blocking(move || prepare(&first, last.as_ref(), &into))).await?;
    drop(turn_to_prepare);
    let (host, origins) = (world.host_ref(host)?, Origins::of(order));
    let ready = Ready { ids, requests: order.requests(), host, each, frames, origins };
    let turn = world.purse.turn.lock().await;
    let placed = store(world, ready, consent, out).await;
    drop(turn);
    if !matches!(placed, Ok(Placed::Stored(_))) {
        // Prepared again if they are wanted after all; what stays behind costs space and nothing else.
        let _ = tokio::fs::remove_dir_all(folder).await;
    }
    placed
}

fn prepare(first: &FramePlan, last: Option<&FramePlan>, folder: &Path) -> Result<PreparedFrames, Failure> {
    let picture = |plan: &FramePlan, slot| -> Result<_, Failure> {
        let frame = images::prepare(plan, folder, slot).map_err(|error| error.failure(Some(slot)))?;
        // A missing poster costs a small picture in the list and nothing else.
        if let Err(error) = images::poster(&frame, folder, slot) {
            tracing::warn!(%error, "no poster");
        }
        Ok(frame)
    };
    let first = picture(first, FrameSlot::First)?;
    let last = last.map(|plan| picture(plan, FrameSlot::Last)).transpose()?;
    Ok(PreparedFrames { first, last })
}

/// A new intent with the settings and pictures of an earlier generation.
async fn place_again(world: &Arc<World>, of: &GenerationId, consent: Consent, out: &Outbox) -> Result<Placed, Failure> {
    // From here on its pictures must not be cleared.
    let _turn = world.purse.turn.lock().await;
    let key = of.clone();
    let read = move |library: &Library| Ok((library.get(&key)?, library.frames(&key)?, library.origins(&key)?));
    let (Some(earlier), Some(frames), origins) = world.library(read).await? else {
        return Err(Failure::new(FailureKind::Library, words!("job-not-in-library"), ""));
    };
    if is_gone(&frames).await {
        let summary = words!("job-pictures-cleared");
        return Err(Failure::new(FailureKind::Library, summary, ""));
    }
    let (_, request) = checked(earlier.settings)?;
    let (host, origins) = (earlier.host, origins.unwrap_or_default());
    let requests = std::slice::from_ref(&request);
    let ready = Ready { ids: vec![new_id()], requests, host, each: earlier.price, frames, origins };
    store(world, ready, consent, out).await
}

/// Whether a prepared picture is not there any more.
async fn is_gone(frames: &PreparedFrames) -> bool {
    for frame in [Some(&frames.first), frames.last.as_ref()].into_iter().flatten() {
        if let PreparedFrame::File { path, .. } = frame
            && !tokio::fs::try_exists(path).await.unwrap_or(false)
        {
            return true;
        }
    }
    false
}

/// Weighs the order and stores its intents. The caller has this process's turn.
async fn store(world: &Arc<World>, ready: Ready<'_>, consent: Consent, out: &Outbox) -> Result<Placed, Failure> {
    let Ready { ids, requests, host, each, frames, origins } = ready;
    let model = model(&requests[0].settings().model)?;
    let unseeded = body_sha256(model, &requests[0].unseeded(), &frames).await.map_err(Failure::from)?.sha256;
    // Looked at and stored as one: no other process orders between the two. Held to the end of this call.
    let _turn = match catalogue_host(&host.host) {
        Ok(host) if host.free => None,
        _ => Some(world.library(Library::order_turn).await?),
    };
    let basket = Basket { requests, host: &host, each, content_sha256: unseeded };
    if let Some(hold) = weigh(world, &basket, consent).await? {
        return Ok(Placed::Held(hold));
    }
    let last_balance = world.purse.balance(&host);
    // One moment for all: by it the takes of an order know each other.
    let created = now();
    for (id, request) in ids.iter().zip(requests) {
        let body_sha256 = body_sha256(model, request, &frames).await.map_err(Failure::from)?.sha256;
        let generation = Generation { created, ..new_generation(id, request, &host, each, &frames) };
        let (row, frames, origins) = (generation.clone(), frames.clone(), origins.clone());
        let insert = move |library: &Library| {
            let intent =
                Intent { frames: &frames, body_sha256, content_sha256: unseeded, origins: &origins, last_balance };
            library.insert(&row, &intent)
        };
        world.library(insert).await?;
        out.send(Event::Changed(Box::new(generation)));
    }
    Ok(Placed::Stored(ids))
}

fn new_generation(
    id: &GenerationId,
    request: &GenerationRequest,
    host: &HostRef,
    price: Option<Cents>,
    frames: &PreparedFrames,
) -> Generation {
    Generation {
        id: id.clone(),
        created: now(),
        finished: None,
        host: host.clone(),
        settings: request.settings().clone(),
        output: request.output(),
        fps: request.fps(),
        has_last_frame: frames.last.is_some(),
        price,
        status: Status::NotSent,
        notice: None,
        task_id: None,
        seed_used: None,
        clip: None,
        measured: None,
    }
}

/// The request that a row's settings make, checked again: an older row may break a rule of today.
pub(super) fn checked(settings: ClipSettings) -> Result<(&'static Model, GenerationRequest), Failure> {
    let model = model(&settings.model)?;
    let request = GenerationRequest::check(settings, model).map_err(|violations| {
        let sentence = violations.first().map(ToString::to_string).unwrap_or_default();
        Failure::new(FailureKind::Parameters, sentence, words!("job-change-named"))
    })?;
    Ok((model, request))
}

/// The model a row names. An older row may name one that is not on offer any more.
fn model(id: &str) -> Result<&'static Model, Failure> {
    Catalogue::built_in().model(id).ok_or_else(|| {
        let summary = words!("job-model-gone", id = id);
        Failure::new(FailureKind::ModelGone, summary, words!("job-other-model"))
    })
}

pub(crate) fn new_id() -> GenerationId {
    GenerationId::new(uuid::Uuid::new_v4().simple().to_string())
}
