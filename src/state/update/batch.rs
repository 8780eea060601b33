//! Many first frames at once.

use std::path::{Path, PathBuf};

use super::compose;
use crate::domain::draft::{Expected, FrameChoice, Picture, Source};
use crate::domain::frame::Preview;
use crate::domain::spend::Consent;
use crate::state::batch::{Batch, Item, MOST_PICTURES};
use crate::state::{BatchCommand, Effect, Sheet, State};

/// Opens the list and starts reading it.
pub(super) fn open(state: &mut State, mut paths: Vec<PathBuf>) -> Vec<Effect> {
    let left_out = paths.len().saturating_sub(MOST_PICTURES);
    paths.truncate(MOST_PICTURES);
    let number = state.batch.as_ref().map_or(0, |batch| batch.number) + 1;
    let item = |path: PathBuf| {
        let source = Source::File(path.clone());
        Item {
            path,
            choice: FrameChoice::Reading { source, facts: None, expected: Expected::default() },
            preview: None,
        }
    };
    let items: Vec<Item> = paths.into_iter().map(item).collect();
    let read = |item: &Item| Effect::ReadBatch { batch: number, path: item.path.clone() };
    let effects = items.iter().map(read).collect();
    state.batch = Some(Batch { number, items, left_out });
    state.sheet = Some(Sheet::Batch);
    effects
}

pub(super) fn read(state: &mut State, number: u64, path: &Path, result: Result<(Picture, Option<Preview>), String>) {
    let Some(batch) = state.batch.as_mut().filter(|batch| batch.number == number) else { return };
    // It may have been taken out of the list meanwhile.
    let Some(item) = batch.items.iter_mut().find(|item| item.path == path) else { return };
    match result {
        Ok((picture, preview)) => {
            item.choice = FrameChoice::Ready(picture);
            item.preview = preview;
        }
        Err(reason) => {
            let source = Source::File(item.path.clone());
            item.choice = FrameChoice::Unreadable { source, reason, expected: Expected::default() };
        }
    }
}

pub(super) fn command(state: &mut State, command: BatchCommand) -> Vec<Effect> {
    match command {
        BatchCommand::Remove(index) => {
            if let Some(batch) = state.batch.as_mut().filter(|batch| index < batch.items.len()) {
                batch.items.remove(index);
                if batch.items.is_empty() {
                    close(state);
                }
            }
            Vec::new()
        }
        BatchCommand::Cancel => {
            close(state);
            Vec::new()
        }
        BatchCommand::Generate => generate(state),
    }
}

/// Forgets the pictures; the number stays, so that late answers find nothing.
fn close(state: &mut State) {
    if state.sheet == Some(Sheet::Batch) {
        state.sheet = None;
    }
    if let Some(batch) = &mut state.batch {
        batch.items.clear();
    }
}

fn generate(state: &mut State) -> Vec<Effect> {
    if state.batch.as_ref().is_none_or(Batch::is_reading) {
        return Vec::new();
    }
    let Some(offer) = state.batch_offer().filter(|offer| offer.clips > 0) else { return Vec::new() };
    // The list says so where it brings the day over its limit: one confirmation is for both.
    let consent = Consent { over_cap: offer.over_cap.is_some(), ..Consent::default() };
    close(state);
    offer.orders.into_iter().flatten().flat_map(|order| compose::place(state, order, consent)).collect()
}
