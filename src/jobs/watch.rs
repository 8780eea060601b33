//! What other processes do to this library: their tasks are shown here as they go, and what one of them leaves behind is
//! taken up.
//!
//! Asks the library whether somebody else has written, which costs next to nothing; at rest nothing is woken by it. Rows
//! that are followed here are left to those who follow them, so that no old state of one comes after a newer one.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::engine::Watched;
use super::generation::{self, Sends};
use super::limiter::rest;
use super::{Outbox, World, spending};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::services::library::Library;
use crate::state::Event;

const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
/// Looks between two tries to take up what nobody follows.
const TAKE_UP_EVERY: u32 = 5;
/// Looks between two tries to save a clip for which there was no room.
const TRY_TO_SAVE_EVERY: u32 = 60;

/// An order that is followed by nobody so long after it was stored waits for somebody.
const LEFT_AFTER_SECONDS: u64 = 60;

/// The rows as they were seen last.
pub(super) struct Seen {
    mark: i64,
    rows: HashMap<GenerationId, Generation>,
    /// They are looked at once more: a row may have been written here while they were read.
    again: bool,
}

impl Seen {
    /// `mark` was asked for before the rows were read.
    pub(super) fn new(mark: i64, rows: &[Generation]) -> Self {
        Self { mark, rows: by_id(rows), again: false }
    }
}

/// Goes on until it is aborted.
pub(super) async fn watch(world: Arc<World>, watched: Watched, mut seen: Seen, out: Outbox) {
    let mut looks: u32 = 0;
    loop {
        rest(BETWEEN_LOOKS).await;
        looks = looks.wrapping_add(1);
        if let Err(failure) = look(&world, &watched, &mut seen, &out).await {
            tracing::warn!(?failure, "what other processes do could not be read");
        }
        if looks.is_multiple_of(TAKE_UP_EVERY)
            && let Err(failure) = take_up(&world, &watched, looks.is_multiple_of(TRY_TO_SAVE_EVERY), &out).await
        {
            tracing::warn!(?failure, "what nobody follows could not be taken up");
        }
    }
}

async fn look(world: &Arc<World>, watched: &Watched, seen: &mut Seen, out: &Outbox) -> Result<(), Failure> {
    let (before, again) = (seen.mark, seen.again);
    let read = move |library: &Library| {
        let mark = library.change_mark()?;
        if mark == before && !again { Ok(None) } else { Ok(Some((mark, library.all()?))) }
    };
    let Some((mark, rows)) = world.library(read).await? else { return Ok(()) };
    let rows = by_id(&rows);
    let mut said = false;
    for (id, row) in &rows {
        if seen.rows.get(id) != Some(row) && !watched.follows(id) {
            out.send(Event::Changed(Box::new(row.clone())));
            said = true;
        }
    }
    for id in seen.rows.keys().filter(|id| !rows.contains_key(id)) {
        out.send(Event::Removed(id.clone()));
        said = true;
    }
    // What was said may be older than what was written here meanwhile: then the next look corrects it.
    *seen = Seen { mark, rows, again: said || mark != before };
    spending::load(Arc::clone(world)).await?.into_iter().for_each(|event| out.send(event));
    Ok(())
}

/// Follows what was accepted and has no follower any more: its process ended, or there was no room for its clip and there
/// may be now. Sends nothing: that is asked for by somebody.
async fn take_up(world: &Arc<World>, watched: &Watched, to_save: bool, out: &Outbox) -> Result<(), Failure> {
    for row in world.library(Library::left_behind).await? {
        if row.status == Status::NotSent && row.notice.is_none() && is_left(&row) && !watched.follows(&row.id) {
            generation::say_unsent(world, &row.id, out).await?;
        }
        // One whose process ended while it was sent becomes unknown by being claimed.
        let left = row.status.is_accepted() || row.status == Status::Uploading;
        if left && !watched.follows(&row.id) && may_go_on(&row, to_save) {
            watched.follow(world, &row.id, Sends::Nothing, out);
        }
    }
    Ok(())
}

/// Whether an order that is not sent was stored long enough ago for nobody to be about to send it.
fn is_left(row: &Generation) -> bool {
    generation::now().seconds_since(row.created) >= LEFT_AFTER_SECONDS
}

/// Whether a row rests for nobody, or for what may have mended itself.
fn may_go_on(row: &Generation, to_save: bool) -> bool {
    match row.notice.as_ref().map(|notice| notice.kind) {
        Some(FailureKind::Key | FailureKind::Account | FailureKind::Keychain) => false,
        Some(FailureKind::DiskFull | FailureKind::Folder) => to_save,
        _ => true,
    }
}

fn by_id(rows: &[Generation]) -> HashMap<GenerationId, Generation> {
    rows.iter().map(|row| (row.id.clone(), row.clone())).collect()
}
