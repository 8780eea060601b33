//! Pictures on their way into the wells.

use std::path::{Path, PathBuf};

use crate::domain::draft::FrameChoice;
use crate::domain::frame::FrameSlot;
use crate::state::{Effect, State};

/// Starts reading a file into a well; the newest wins.
pub(super) fn read(state: &mut State, slot: FrameSlot, path: PathBuf) -> Effect {
    let ticket = state.tickets.issue(slot);
    *state.draft.frame_mut(slot) = FrameChoice::Reading { name: file_name(&path) };
    state.previews.set(slot, None);
    state.tasks.select(None);
    Effect::ReadPicture { slot, path, ticket }
}

/// Where each of these files goes.
///
/// The first goes into the well it was dropped on, else into the first empty one, else into the last. A second one
/// goes into the other well; two at once that were dropped on no well fill both, in order.
pub(super) fn places(state: &State, count: usize, over: Option<FrameSlot>) -> Vec<FrameSlot> {
    let target = match (over, count) {
        (Some(slot), _) => slot,
        (None, 2..) => FrameSlot::First,
        (None, _) => next_well(state),
    };
    [target, target.other()].into_iter().take(count).collect()
}

/// The well that a picture goes into when no well is named.
pub(super) fn next_well(state: &State) -> FrameSlot {
    if state.draft.first.is_empty() { FrameSlot::First } else { FrameSlot::Last }
}

/// A file's name for people, without its folders.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
