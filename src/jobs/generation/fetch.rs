//! Brings a finished clip home the moment it exists, byte for byte, and reads what it turned out to be.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::{joined, store_followed};
use crate::domain::failure::Failure;
use crate::domain::generation::{ClipFacts, Generation, Status};
use crate::domain::model::Size;
use crate::jobs::{Outbox, World};
use crate::services::api::ResultUrl;
use crate::services::library::clips::clip_path;
use crate::state::Event;
use crate::state::tasks::Transfer;
use crate::video;

/// What became of a download.
pub(super) enum Fetched {
    Done,
    /// The address was refused or has expired: the host gives a new one for the asking.
    AskForFreshAddress,
    Trouble(Failure),
}

pub(super) async fn fetch(
    world: &Arc<World>,
    generation: &mut Generation,
    video: &ResultUrl,
    out: &Outbox,
) -> Result<Fetched, Failure> {
    let target = clip_path(&world.clips_folder(), generation);
    let downloader = world.downloader(&generation.host).await?;
    let (id, progress) = (generation.id.clone(), out.clone());
    let received = downloader.download(video, &target, move |received| {
        let transfer = Transfer { done: received.bytes, total: received.total.unwrap_or(0) };
        progress.send(Event::Downloaded { id: id.clone(), transfer });
    });
    match received.await {
        Ok(_) => {}
        Err(error) if error.needs_fresh_url() => return Ok(Fetched::AskForFreshAddress),
        Err(error) => return Ok(Fetched::Trouble(error.into())),
    }
    let path = target.clone();
    generation.measured = joined(spawn_blocking(move || measure(&path))).await;
    generation.clip = Some(target);
    generation.status = Status::Done;
    generation.notice = None;
    *generation = store_followed(world, generation.clone(), out).await?;
    Ok(Fetched::Done)
}

/// What a clip file is. A file the player cannot read is still the clip that was paid for, so this may be nothing.
pub(crate) fn measure(path: &std::path::Path) -> Option<ClipFacts> {
    match video::probe(path) {
        Ok(info) => Some(ClipFacts {
            size: Size::new(info.width, info.height),
            fps: info.frame_rate.per_second(),
            frames: info.frames as u64,
            duration: info.duration.as_secs_f64(),
        }),
        Err(error) => {
            tracing::warn!(%error, "the clip could not be read");
            None
        }
    }
}
