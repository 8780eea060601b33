//! A generation from its intent to its clip: place → submit → poll → download, as one job that can be cancelled at any
//! point and taken up again from its row alone.

mod collect;
mod fetch;
mod place;
mod submit;
mod unknown;
mod weigh;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::spawn_blocking;

use super::hosts::catalogue_host;
use super::{Outbox, World};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, GenerationId, Status, UnixMillis};
use crate::services::library::LibraryError;
use crate::state::Event;

pub use fetch::again as fetch_again;
pub(super) use fetch::measure;
pub(super) use place::new_id;
pub use place::{Placed, place};
pub use unknown::check;

/// Follows a generation as far as it goes: to its end, or to a point where somebody has to act (the row's notice says
/// who). Returns the row as it stands then, or `None` where another process follows it.
///
/// What is not sent is sent only where `sends` says that somebody asked for it: a row may have become unsent since it was
/// looked at.
pub async fn follow(
    world: &Arc<World>,
    id: &GenerationId,
    sends: Sends,
    out: &Outbox,
) -> Result<Option<Generation>, Failure> {
    let key = id.clone();
    let Some(mut generation) = world.library(move |library| library.claim(&key)).await? else { return Ok(None) };
    out.send(Event::Changed(Box::new(generation.clone())));
    // A row that was accepted before tells no more than when its intent was stored.
    let mut accepted = generation.created;
    if generation.status == Status::NotSent {
        if sends == Sends::Nothing {
            let key = id.clone();
            world.library(move |library| library.release(&key)).await?;
            return Ok(Some(generation));
        }
        generation = submit::submit(world, generation, out).await?;
        accepted = now();
    }
    if generation.status == Status::Uploading {
        // A job of this process broke off while it sent: it may have arrived.
        let host = catalogue_host(&generation.host.host);
        let (name, free) = host.map_or((generation.host.host.clone(), false), |host| (host.title(), host.free));
        generation.status = Status::Unknown(Failure::dropped_unconfirmed(&name, free));
        generation = store_followed(world, generation, out).await?;
    }
    if generation.status.may_be_picked_up() && generation.task_id.is_some() {
        generation.status = Status::Queued;
        generation = store(world, generation, out).await?;
    }
    if generation.status.is_accepted() {
        generation = collect::collect(world, generation, accepted, out).await?;
    }
    Ok(Some(generation))
}

/// Whether following may send what is not sent yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sends {
    /// Somebody asked for it.
    Orders,
    /// It is only looked after.
    Nothing,
}

/// Says of an order whose process ended before it was sent that it waits for somebody; another process's is left alone.
pub(super) async fn say_unsent(world: &Arc<World>, id: &GenerationId, out: &Outbox) -> Result<(), Failure> {
    let key = id.clone();
    let Some(mut generation) = world.library(move |library| library.claim(&key)).await? else { return Ok(()) };
    let waits = generation.notice.as_ref().is_none_or(|notice| notice.kind == FailureKind::RateLimited);
    if generation.status == Status::NotSent && waits {
        let summary = words!("job-ended-before");
        let failure = Failure::new(FailureKind::Desktop, summary, words!("job-retry-sends"));
        generation.notice = Some(failure.retryable());
        store(world, generation, out).await?;
    }
    // Nobody follows it here: `resume` may.
    let key = id.clone();
    world.library(move |library| library.release(&key)).await
}

/// Stops watching: the task goes on at its host and can be picked up again.
pub async fn stop(world: &Arc<World>, id: &GenerationId, out: &Outbox) -> Result<(), Failure> {
    let key = id.clone();
    let Some(mut generation) = world.library(move |library| library.claim(&key)).await? else {
        out.send(Event::Said(words!("toast-followed-elsewhere")));
        return Ok(());
    };
    if generation.status.may_become(&Status::Stopped) && generation.status != Status::NotSent {
        generation.status = Status::Stopped;
        generation.notice = None;
        store(world, generation, out).await?;
    }
    Ok(())
}

/// The row as it stands in the library.
pub async fn stored(world: &Arc<World>, id: &GenerationId) -> Result<Generation, Failure> {
    let key = id.clone();
    let row = world.library(move |library| library.get(&key)).await?;
    row.ok_or_else(|| Failure::new(FailureKind::Library, words!("job-not-in-library"), ""))
}

/// Commits the row, then tells: no screen says what the disk does not know.
async fn store(world: &Arc<World>, generation: Generation, out: &Outbox) -> Result<Generation, Failure> {
    try_store(world, generation, out).await.map_err(Failure::from)
}

async fn try_store(world: &Arc<World>, mut generation: Generation, out: &Outbox) -> Result<Generation, LibraryError> {
    if generation.status.is_settled() && generation.finished.is_none() {
        generation.finished = Some(now());
    }
    let row = generation.clone();
    let kept = Arc::clone(world);
    let commit = move || {
        kept.library.update(&row)?;
        // Between these nothing about a charge changes.
        let passing = matches!(row.status, Status::NotSent | Status::Rendering(_) | Status::Downloading);
        if passing { Ok(None) } else { kept.library.spend_of(&row.id) }
    };
    let booked = joined(spawn_blocking(commit)).await?;
    if let Some(entry) = booked {
        out.send(Event::Spent(Box::new(entry)));
    }
    out.send(Event::Changed(Box::new(generation.clone())));
    Ok(generation)
}

/// Commits a task id that was just paid for. A full disk must not lose it, so this tries until it stands.
async fn store_accepted(world: &Arc<World>, generation: Generation, out: &Outbox) -> Result<Generation, Failure> {
    store_until(world, generation, out, |_| true).await
}

/// Commits what was heard of an accepted task. A full or locked disk does not end its job, because nobody else follows
/// the row; only what no time mends does.
async fn store_followed(world: &Arc<World>, generation: Generation, out: &Outbox) -> Result<Generation, Failure> {
    store_until(world, generation, out, LibraryError::may_pass).await
}

/// Commits the row, again and again where it fails in a way that `passes`. Said once.
async fn store_until(
    world: &Arc<World>,
    generation: Generation,
    out: &Outbox,
    passes: fn(&LibraryError) -> bool,
) -> Result<Generation, Failure> {
    let mut said = false;
    loop {
        match try_store(world, generation.clone(), out).await {
            Ok(stored) => return Ok(stored),
            Err(error) if !passes(&error) => return Err(error.into()),
            Err(error) if said => tracing::warn!(%error, "an accepted task is not stored yet"),
            Err(error) => {
                said = true;
                out.send(Event::Trouble(error.into()));
            }
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

impl World {
    /// Runs a library call on a thread that may block.
    pub(super) async fn library<T: Send + 'static>(
        self: &Arc<Self>,
        call: impl FnOnce(&crate::services::library::Library) -> Result<T, LibraryError> + Send + 'static,
    ) -> Result<T, Failure> {
        let world = Arc::clone(self);
        joined(spawn_blocking(move || call(&world.library).map_err(Failure::from))).await
    }
}

/// The result of a blocking call; a panic in it becomes a panic here.
pub(super) async fn joined<T>(task: impl Future<Output = Result<T, tokio::task::JoinError>>) -> T {
    match task.await {
        Ok(value) => value,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime is shutting down and this job with it.
            Err(_) => std::future::pending().await,
        },
    }
}

/// The time of this computer.
pub(super) fn now() -> UnixMillis {
    UnixMillis(jiff::Timestamp::now().as_millisecond())
}
