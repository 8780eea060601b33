//! From a checked order to stored intents: prepared pictures on disk, one row a take, nothing sent yet.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::{joined, now};
use crate::domain::draft::Order;
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{FrameSlot, PreparedFrames};
use crate::domain::generation::{Generation, GenerationId, HostRef, Status};
use crate::domain::model::{Catalogue, Model};
use crate::domain::price::Cents;
use crate::domain::request::{ClipSettings, GenerationRequest};
use crate::jobs::{Outbox, World};
use crate::services::api::body_sha256;
use crate::services::images;
use crate::state::Event;

/// Prepares the pictures and stores one intent for each take.
pub async fn place(
    world: &Arc<World>,
    order: Order,
    host: &str,
    each: Option<Cents>,
    out: &Outbox,
) -> Result<Vec<GenerationId>, Failure> {
    let ids: Vec<GenerationId> = order.requests().iter().map(|_| new_id()).collect();
    let folder = world.library.folders().frames_of(&ids[0]);
    let (first, last) = (order.first().clone(), order.last().cloned());
    let frames = joined(spawn_blocking(move || -> Result<PreparedFrames, Failure> {
        let picture = |plan: &_, slot| -> Result<_, Failure> {
            let frame = images::prepare(plan, &folder, slot).map_err(|error| error.failure(Some(slot)))?;
            // A missing poster costs a small picture in the list and nothing else.
            if let Err(error) = images::poster(&frame, &folder, slot) {
                tracing::warn!(%error, "no poster");
            }
            Ok(frame)
        };
        let first = picture(&first, FrameSlot::First)?;
        let last = last.as_ref().map(|plan| picture(plan, FrameSlot::Last)).transpose()?;
        Ok(PreparedFrames { first, last })
    }))
    .await?;
    let host = world.host_ref(host)?;
    for (id, request) in ids.iter().zip(order.requests()) {
        intend(world, id, request, &host, each, &frames, out).await?;
    }
    Ok(ids)
}

/// A new intent with the settings and pictures of an earlier generation.
pub async fn place_again(world: &Arc<World>, of: &GenerationId, out: &Outbox) -> Result<GenerationId, Failure> {
    let key = of.clone();
    let (earlier, frames) = world.library(move |library| Ok((library.get(&key)?, library.frames(&key)?))).await?;
    let (Some(earlier), Some(frames)) = (earlier, frames) else {
        return Err(Failure::new(FailureKind::Library, "This task is not in the library any more.", ""));
    };
    let (_, request) = checked(earlier.settings)?;
    let id = new_id();
    intend(world, &id, &request, &earlier.host, earlier.price, &frames, out).await?;
    Ok(id)
}

async fn intend(
    world: &Arc<World>,
    id: &GenerationId,
    request: &GenerationRequest,
    host: &HostRef,
    price: Option<Cents>,
    frames: &PreparedFrames,
    out: &Outbox,
) -> Result<(), Failure> {
    let digest = body_sha256(model(&request.settings().model)?, request, frames).await.map_err(Failure::from)?;
    let generation = Generation {
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
    };
    let (row, pictures) = (generation.clone(), frames.clone());
    world.library(move |library| library.insert(&row, &pictures, &digest.sha256)).await?;
    out.send(Event::Changed(Box::new(generation)));
    Ok(())
}

/// The request that a row's settings make, checked again: an older row may break a rule of today.
pub(super) fn checked(settings: ClipSettings) -> Result<(&'static Model, GenerationRequest), Failure> {
    let model = model(&settings.model)?;
    let request = GenerationRequest::check(settings, model).map_err(|violations| {
        let sentence = violations.first().map(ToString::to_string).unwrap_or_default();
        Failure::new(FailureKind::Parameters, sentence, "Reuse its settings and change what is named.")
    })?;
    Ok((model, request))
}

/// The model a row names. An older row may name one that is not on offer any more.
fn model(id: &str) -> Result<&'static Model, Failure> {
    Catalogue::built_in().model(id).ok_or_else(|| {
        let summary = format!("The model {id} is not on offer any more.");
        Failure::new(FailureKind::ModelGone, summary, "Reuse its settings with another model.")
    })
}

fn new_id() -> GenerationId {
    GenerationId::new(uuid::Uuid::new_v4().simple().to_string())
}
