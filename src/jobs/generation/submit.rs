//! Sends a stored intent. Sent again only where it provably never left, or where the host asked to slow down.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{place, store, store_accepted, store_followed};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, Status};
use crate::jobs::limiter::rest;
use crate::jobs::{Outbox, World};
use crate::services::api::{NotSent, Subject, SubmitError};
use crate::state::Event;
use crate::state::tasks::Transfer;

/// Connecting is tried this often …
const TRIES: u32 = 3;
/// … within this time.
const TRIES_WITHIN: Duration = Duration::from_secs(3);
const PAUSE_BETWEEN_TRIES: Duration = Duration::from_millis(500);

/// How often a host may ask to slow down before the task waits for somebody.
const MOST_SLOWDOWNS: u32 = 10;

/// Sends the request and returns the row with what became of it.
pub(super) async fn submit(
    world: &Arc<World>,
    mut generation: Generation,
    out: &Outbox,
) -> Result<Generation, Failure> {
    world.note_balance(&generation, out).await;
    let limiter = world.limiter(&generation.host);
    limiter.left_alone().await;
    // What was spent on trying; waiting for a turn is not part of it.
    let mut spent = Duration::ZERO;
    let (mut tries, mut slowdowns) = (0, 0);
    loop {
        // Many uploads at once only slow each other down and lengthen the time in which an outcome can become unknown.
        let turn = world.uploads.acquire().await;
        let begun = Instant::now();
        let connect_within = TRIES_WITHIN.saturating_sub(spent);
        let answer = match attempt(world, &mut generation, connect_within, out).await {
            Ok(answer) => answer,
            Err(failure) => {
                generation.status = Status::NotSent;
                generation.notice = Some(failure);
                return store(world, generation, out).await;
            }
        };
        let subject = Subject::of(&generation);
        match answer {
            Ok(task_id) => {
                generation.task_id = Some(task_id);
                generation.status = Status::Queued;
                generation.notice = None;
                return store_accepted(world, generation, out).await;
            }
            Err(SubmitError::NotSent(NotSent::NoConnection)) => {
                drop(turn);
                tries += 1;
                spent += begun.elapsed() + PAUSE_BETWEEN_TRIES;
                let failure = SubmitError::NotSent(NotSent::NoConnection).into_failure(&subject);
                generation = keep_unsent(world, generation, failure, out).await?;
                if tries >= TRIES || spent > TRIES_WITHIN {
                    return Ok(generation);
                }
                tokio::time::sleep(PAUSE_BETWEEN_TRIES).await;
            }
            Err(SubmitError::RateLimited { retry_after }) => {
                slowdowns += 1;
                drop(turn);
                let failure = SubmitError::RateLimited { retry_after }.into_failure(&subject);
                generation = keep_unsent(world, generation, failure, out).await?;
                if slowdowns >= MOST_SLOWDOWNS {
                    return Ok(generation);
                }
                let pause = World::pace(&generation.host).delay(slowdowns, Duration::ZERO, retry_after, 1.0);
                if retry_after.is_some() {
                    limiter.slow_down(pause);
                }
                rest(pause).await;
                limiter.left_alone().await;
                (spent, tries) = (Duration::ZERO, 0);
            }
            Err(error @ SubmitError::NotSent(_)) => {
                return keep_unsent(world, generation, error.into_failure(&subject), out).await;
            }
            Err(error @ SubmitError::Refused(_)) => {
                generation.status = Status::Refused(error.into_failure(&subject));
                return store_followed(world, generation, out).await;
            }
            Err(error @ SubmitError::OutcomeUnknown(_)) => {
                generation.status = Status::Unknown(error.into_failure(&subject));
                return store_followed(world, generation, out).await;
            }
        }
    }
}

/// One POST. The outer error is about something on this computer before the row says that a byte may have left.
async fn attempt(
    world: &Arc<World>,
    generation: &mut Generation,
    connect_within: Duration,
    out: &Outbox,
) -> Result<Result<String, SubmitError>, Failure> {
    let (model, request) = place::checked(generation.settings.clone())?;
    let id = generation.id.clone();
    let frames = world.library(move |library| library.frames(&id)).await?;
    let frames = frames.ok_or_else(|| Failure::new(FailureKind::Library, words!("job-pictures-gone"), ""))?;
    let client = world.client(&generation.host).await?;
    let client =
        client.connecting_within(connect_within).map_err(|error| error.into_failure(&Subject::of(generation)))?;
    generation.status = Status::Uploading;
    generation.notice = None;
    *generation = store(world, generation.clone(), out).await?;
    let (id, progress) = (generation.id.clone(), out.clone());
    let sent = client.submit(model, &request, &frames, move |sent| {
        let transfer = Transfer { done: sent.sent, total: sent.total };
        progress.send(Event::Uploaded { id: id.clone(), transfer });
    });
    Ok(sent.await.map(Into::into))
}

/// Keeps the intent as not sent, with the reason why. The row says that a POST is under way, so this tries until it
/// stands: what is proven not to have left must not become unknown.
async fn keep_unsent(
    world: &Arc<World>,
    mut generation: Generation,
    failure: Failure,
    out: &Outbox,
) -> Result<Generation, Failure> {
    generation.status = Status::NotSent;
    generation.notice = Some(failure);
    store_followed(world, generation, out).await
}
