//! What the world's answers change.

use super::{batch, complain, fixes, money, reading, save, say, tasks};
use crate::domain::frame::FrameSlot;
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::state::diagnostics::Diagnostics;
use crate::state::steps::{Steps, step};
use crate::state::tasks::Posters;
use crate::state::toast::{ToastAction, Tone};
use crate::state::{Effect, Event, Sheet, State, Thumb};

pub(super) fn event(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::PictureRead { slot, ticket, result } => reading::finish(state, slot, ticket, result),
        Event::PictureFetched { slot, ticket, url, result } => reading::fetched(state, slot, ticket, url, result),
        Event::PictureCopied { slot, ticket, result } => fixes::copied(state, slot, ticket, result),
        Event::PicturesListed { paths, over } => reading::listed(state, paths, over),
        Event::PicturePicked { slot, path } => path.map(|path| reading::read(state, slot, path)).into_iter().collect(),
        Event::PicturesPasted(Ok(paths)) => reading::take(state, paths, None),
        Event::PicturesPasted(Err(reason)) => note(state, reason),
        Event::SampleUnpacked { prompt, first, last } => {
            state.draft.settings.prompt = prompt;
            vec![reading::read(state, FrameSlot::First, first), reading::read(state, FrameSlot::Last, last)]
        }
        Event::FramesRecalled { first, last, gone, original } => {
            if let Some(original) = original {
                state.draft.send_original = original;
            }
            if let Some(sentence) = tasks::gone_sentence(&gone) {
                note(state, sentence);
            }
            tasks::recall(state, first, last)
        }
        Event::FrameExtracted { slot, ticket, last, path } => reading::take_frame(state, slot, ticket, last, path),
        Event::Placed(ids) => {
            state.placing = state.placing.saturating_sub(1);
            state.tasks.select(ids.into_iter().next());
            Vec::new()
        }
        Event::PlaceFailed(failure) => {
            state.placing = state.placing.saturating_sub(1);
            complain(state, failure.summary, None);
            Vec::new()
        }
        Event::Changed(generation) => changed(state, *generation),
        Event::Removed(id) => {
            state.tasks.remove(&id);
            recount(state)
        }
        Event::Held(_)
        | Event::SpendLoaded(_)
        | Event::Spent(_)
        | Event::SpendExported { .. }
        | Event::PreparedCleared => money::event(state, event),
        other => settled(state, other),
    }
}

/// Answers that only replace what is known.
fn settled(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::LibraryLoaded(rows) => state.tasks.load(rows),
        Event::LibraryFacts(facts) => state.library = facts,
        // The window alone knows what paints it.
        Event::Diagnostics(known) => {
            let renderer = std::mem::take(&mut state.diagnostics.renderer);
            state.diagnostics = Diagnostics { renderer, ..*known };
        }
        Event::DesktopPrefers(preferences) => state.desktop = preferences,
        Event::NotificationClicked(id) => {
            state.tasks.select(Some(id));
            return vec![Effect::RaiseWindow];
        }
        Event::SamplesLoaded(samples) => state.samples = samples,
        Event::PictureSeen { slot, ticket, facts } => reading::seen(state, slot, ticket, facts),
        Event::ThumbLoaded { path, preview } => {
            state.thumbs.insert(path, preview.map_or(Thumb::Missing, Thumb::Ready));
        }
        Event::BatchRead { batch, path, result } => batch::read(state, batch, &path, result),
        Event::Uploaded { id, transfer } => {
            state.tasks.uploads.insert(id, transfer);
        }
        Event::Downloaded { id, transfer } => {
            state.tasks.downloads.insert(id, transfer);
        }
        Event::PostersLoaded { id, first, last } => state.tasks.take_posters(&id, Posters::Ready { first, last }),
        // Another clip may be compared by now.
        Event::StillsLoaded { id, first, last } if state.stills.as_ref().is_some_and(|(wanted, _)| *wanted == id) => {
            state.stills = Some((id, Posters::Ready { first, last }));
        }
        Event::KeyChanged { host, key } if host == state.settings.host => state.key = key,
        Event::BalanceChanged { host, balance } if host == state.settings.host => state.balance = balance,
        Event::LibraryFolderPicked { folder, resume } => {
            state.settings.library_folder = Some(folder);
            let mut effects = vec![save(state)];
            effects.extend(recount(state));
            effects.extend(resume.map(|id| Effect::Follow { id }));
            return effects;
        }
        Event::ClipSaved { path } => {
            let folder = path.parent().map(reading::file_name).unwrap_or_default();
            say(state, words!("toast-saved", folder = folder), Some(ToastAction::ShowFile(path)));
        }
        Event::FrameExported { path } => say(state, words!("toast-frame-exported"), Some(ToastAction::ShowFile(path))),
        Event::Trouble(failure) => complain(state, failure.summary, None),
        Event::Said(text) => return note(state, text),
        _ => {}
    }
    Vec::new()
}

fn note(state: &mut State, text: String) -> Vec<Effect> {
    let now = state.now;
    state.toasts.push(Tone::Info, text, None, now);
    Vec::new()
}

/// Settings shows how many clips there are; the figure follows while it is looked at.
fn recount(state: &State) -> Vec<Effect> {
    if state.sheet == Some(Sheet::Settings) { vec![Effect::LoadLibraryFacts] } else { Vec::new() }
}

/// Notes when a task goes on to its next step.
fn note_step(state: &mut State, id: &GenerationId, before: Option<&Generation>, status: &Status) {
    let (steps, now) = (&mut state.tasks.steps, state.now);
    if !status.is_running() {
        steps.remove(id);
        return;
    }
    // Neither resting nor waiting for a turn is uploading.
    if *status == Status::Uploading && before.is_none_or(|before| before.status != Status::Uploading) {
        steps.insert(id.clone(), Steps::begin(now));
        return;
    }
    let (from, to) = (before.map(|before| step(&before.status)), step(status));
    if let Some(from) = from.filter(|from| *from != to) {
        steps.entry(id.clone()).or_default().go(from, to, now);
    }
}

fn changed(state: &mut State, generation: Generation) -> Vec<Effect> {
    let name = tasks::title(&generation);
    let status = generation.status.clone();
    let id = generation.id.clone();
    let before = state.tasks.upsert(generation);
    note_step(state, &id, before.as_ref(), &status);
    if before.as_ref().is_none_or(|before| before.status.name() == status.name()) {
        return Vec::new();
    }
    let notify = state.settings.notifications;
    match status {
        Status::Done => {
            say(state, words!("toast-ready", name = name.as_str()), Some(ToastAction::Play(id.clone())));
            let mut effects = recount(state);
            effects.extend(notify.ready.then_some(Effect::NotifyReady { id, name, sound: notify.sound }));
            effects
        }
        Status::Failed(failure) | Status::Refused(failure) | Status::Unknown(failure) => {
            complain(
                state,
                words!("toast-failed", reason = failure.summary.as_str()),
                Some(ToastAction::Show(id.clone())),
            );
            let (sentence, sound) = (failure.summary, notify.sound);
            notify.failed.then_some(Effect::NotifyFailed { id, name, sentence, sound }).into_iter().collect()
        }
        _ => Vec::new(),
    }
}
