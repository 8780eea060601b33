//! Pictures on their way into the wells.

use std::path::{Path, PathBuf};

use super::{batch, complain, save, say};
use crate::domain::draft::{Draft, Expected, FrameChoice, Picture, Source};
use crate::domain::frame::{FrameSlot, PictureFacts, Preview, is_called_picture};
use crate::domain::settings::{KeptPicture, MOST_RECENT};
use crate::state::toast::{MOST_SHOWN, ToastAction};
use crate::state::{Effect, Replaced, State};

/// Starts reading a file into a well; the newest wins.
pub(super) fn read(state: &mut State, slot: FrameSlot, path: PathBuf) -> Effect {
    read_again(state, slot, path, Expected::default())
}

/// Starts reading a file that was decided about before.
pub(super) fn read_again(state: &mut State, slot: FrameSlot, path: PathBuf, expected: Expected) -> Effect {
    let ticket = wait(state, slot, Source::File(path.clone()), expected);
    Effect::ReadPicture { slot, path, ticket }
}

/// Empties a well for a picture that is still to come, and makes every older one void.
fn wait(state: &mut State, slot: FrameSlot, source: Source, expected: Expected) -> u64 {
    let ticket = state.tickets.issue(slot);
    *state.draft.frame_mut(slot) = FrameChoice::Reading { source, facts: None, expected };
    state.previews.set(slot, None);
    state.copying.retain(|copying| *copying != slot);
    state.tasks.select(None);
    ticket
}

/// Files that were dropped, given or pasted: one or two go into the wells, more become a batch.
pub(super) fn take(state: &mut State, paths: Vec<PathBuf>, over: Option<FrameSlot>) -> Vec<Effect> {
    match paths.as_slice() {
        [] => Vec::new(),
        // A name without a picture's ending may be a folder; many files may hold others than pictures.
        [_] | [_, _] if paths.iter().all(|path| is_called_picture(path)) => into_wells(state, paths, over),
        _ => vec![Effect::ListPictures { paths, over }],
    }
}

/// The pictures among what was taken.
pub(super) fn listed(state: &mut State, paths: Vec<PathBuf>, over: Option<FrameSlot>) -> Vec<Effect> {
    if paths.len() > 2 { batch::open(state, paths) } else { into_wells(state, paths, over) }
}

fn into_wells(state: &mut State, paths: Vec<PathBuf>, over: Option<FrameSlot>) -> Vec<Effect> {
    let places = places(state, paths.len(), over);
    places.into_iter().zip(paths).map(|(slot, path)| read(state, slot, path)).collect()
}

/// Where each of these files goes.
///
/// The first goes into the well it was dropped on, else into the first empty one, else into the last. A second one
/// goes into the other well; two at once that were dropped on no well fill both, in order.
fn places(state: &State, count: usize, over: Option<FrameSlot>) -> Vec<FrameSlot> {
    let target = match (over, count) {
        (Some(slot), _) => slot,
        (None, 2..) => FrameSlot::First,
        (None, _) => next_well(state),
    };
    [target, target.other()].into_iter().take(count).collect()
}

/// The well that a picture goes into when no well is named.
fn next_well(state: &State) -> FrameSlot {
    if state.draft.first.is_empty() { FrameSlot::First } else { FrameSlot::Last }
}

/// An address in place of a file.
pub(super) fn take_address(state: &mut State, url: &str, slot: FrameSlot, fetch: bool) -> Vec<Effect> {
    let url = url.trim().to_owned();
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        complain(state, words!("toast-bad-address"), None);
        return Vec::new();
    }
    if fetch {
        let ticket = wait(state, slot, Source::Address(url.clone()), Expected::default());
        return vec![Effect::FetchPicture { slot, url, ticket }];
    }
    state.tickets.issue(slot);
    state.previews.set(slot, None);
    *state.draft.frame_mut(slot) = FrameChoice::Address { url };
    state.tasks.select(None);
    vec![save(state)]
}

pub(super) fn fetched(
    state: &mut State,
    slot: FrameSlot,
    ticket: u64,
    url: String,
    result: Result<PathBuf, String>,
) -> Vec<Effect> {
    if !state.tickets.is_current(slot, ticket) {
        return Vec::new();
    }
    match result {
        // The address itself stays the picture's name until it is read; it is put beside the picture then.
        Ok(path) => vec![Effect::ReadPicture { slot, path, ticket }],
        Err(reason) => {
            let (source, expected) = (Source::Address(url), Expected::default());
            *state.draft.frame_mut(slot) = FrameChoice::Unreadable { source, reason, expected };
            Vec::new()
        }
    }
}

/// The header is known: the limits can be judged and the well takes the picture's shape.
pub(super) fn seen(state: &mut State, slot: FrameSlot, ticket: u64, found: PictureFacts) {
    if !state.tickets.is_current(slot, ticket) {
        return;
    }
    if let FrameChoice::Reading { facts, .. } = state.draft.frame_mut(slot) {
        *facts = Some(found);
    }
}

/// The picture is there, or it cannot be read.
pub(super) fn finish(
    state: &mut State,
    slot: FrameSlot,
    ticket: u64,
    result: Result<(Picture, Option<Preview>), String>,
) -> Vec<Effect> {
    if !state.tickets.is_current(slot, ticket) {
        return Vec::new();
    }
    let (source, expected) = match state.draft.frame(slot) {
        FrameChoice::Reading { source, expected, .. } => (Some(source.clone()), expected.clone()),
        _ => (None, Expected::default()),
    };
    match result {
        Ok((mut picture, preview)) => {
            match (expected.digest.is_none_or(|digest| digest == picture.digest), expected.otherwise) {
                (true, _) => picture.treat(expected.treated),
                (false, Some(path)) => return vec![read(state, slot, path)],
                (false, None) => {}
            }
            match source {
                Some(Source::Address(url)) => picture.address = Some(url),
                _ => remember(state, &picture.path),
            }
            *state.draft.frame_mut(slot) = FrameChoice::Ready(picture);
            state.previews.set(slot, preview);
            vec![save(state)]
        }
        Err(reason) => {
            let source = source.unwrap_or_else(|| Source::File(PathBuf::new()));
            *state.draft.frame_mut(slot) = FrameChoice::Unreadable { source, reason, expected };
            Vec::new()
        }
    }
}

/// A picture of the form as it was left.
pub(super) fn take_kept(state: &mut State, slot: FrameSlot, kept: KeptPicture) -> Vec<Effect> {
    match (kept.path, kept.address) {
        (Some(path), None) => vec![read_again(state, slot, path, kept.treated.into())],
        (Some(path), Some(url)) => {
            let ticket = wait(state, slot, Source::Address(url), kept.treated.into());
            vec![Effect::ReadPicture { slot, path, ticket }]
        }
        (None, Some(url)) => take_address(state, &url, slot, false),
        (None, None) => Vec::new(),
    }
}

/// Puts a picture at the top of those used last.
fn remember(state: &mut State, path: &Path) {
    let recent = &mut state.settings.recent_pictures;
    recent.retain(|known| known != path);
    recent.insert(0, path.to_owned());
    recent.truncate(MOST_RECENT);
}

/// A frame of a clip goes into a well; what it replaces can be had back.
pub(super) fn take_frame(state: &mut State, slot: FrameSlot, ticket: u64, last: bool, path: PathBuf) -> Vec<Effect> {
    if !state.tickets.is_current(slot, ticket) {
        return Vec::new();
    }
    let (choice, preview) = (state.draft.frame(slot).clone(), state.previews.get(slot).cloned());
    let undo = keep(state, Replaced::Frame { slot, choice, preview });
    let selected = state.tasks.selected().map(|task| task.id.clone());
    let effect = read(state, slot, path);
    state.tasks.select(selected);
    let words = if last && slot == FrameSlot::First {
        words!("toast-last-is-first")
    } else {
        words!("toast-frame-is", slot = slot.word())
    };
    say(state, words, Some(ToastAction::Undo(undo)));
    vec![effect]
}

/// Keeps the whole form for an Undo; the number is the message's.
pub(super) fn remember_form(state: &mut State) -> u64 {
    let (draft, previews) = (Box::new(state.draft.clone()), state.previews.clone());
    keep(state, Replaced::Form { draft, previews })
}

fn keep(state: &mut State, replaced: Replaced) -> u64 {
    let number = state.replaced.last().map_or(0, |(number, _)| *number) + 1;
    state.replaced.push((number, replaced));
    // As many as there can be messages about them.
    let surplus = state.replaced.len().saturating_sub(MOST_SHOWN);
    state.replaced.drain(..surplus);
    number
}

/// Brings back what has this number.
pub(super) fn undo(state: &mut State, number: u64) -> Vec<Effect> {
    let Some(place) = state.replaced.iter().position(|(known, _)| *known == number) else { return Vec::new() };
    let mut effects = match state.replaced.remove(place).1 {
        Replaced::Frame { slot, choice, preview } => put_back(state, slot, choice, preview),
        Replaced::Form { draft, previews } => {
            let Draft { first, last, .. } = (*draft).clone();
            state.draft = *draft;
            let mut effects = put_back(state, FrameSlot::First, first, previews.first);
            effects.extend(put_back(state, FrameSlot::Last, last, previews.last));
            effects
        }
    };
    effects.push(save(state));
    effects
}

/// A well as it was. What was being read then is read again: the old answer is nobody's any more.
fn put_back(state: &mut State, slot: FrameSlot, choice: FrameChoice, preview: Option<Preview>) -> Vec<Effect> {
    state.tickets.issue(slot);
    state.copying.retain(|copying| *copying != slot);
    if let FrameChoice::Reading { source, expected, .. } = choice {
        return match source {
            Source::File(path) => vec![read_again(state, slot, path, expected)],
            Source::Address(url) => take_address(state, &url, slot, true),
        };
    }
    *state.draft.frame_mut(slot) = choice;
    state.previews.set(slot, preview);
    Vec::new()
}

/// A file's name for people, without its folders.
pub(super) fn file_name(path: &Path) -> String {
    Source::File(path.to_owned()).name()
}
