//! What is asked of a task.

use super::{money, reading, say};
use crate::domain::draft::FrameChoice;
use crate::domain::frame::FrameSlot;
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::domain::origin::Recalled;
use crate::domain::request::RANDOM_SEED;
use crate::domain::spend::Consent;
use crate::state::money::Wish;
use crate::state::tasks::Posters;
use crate::state::toast::ToastAction;
use crate::state::{Action, Effect, Question, State, TaskCommand};

pub(super) fn command(state: &mut State, id: &GenerationId, command: &TaskCommand) -> Vec<Effect> {
    let Some(task) = state.tasks.get(id).cloned() else { return Vec::new() };
    let id = id.clone();
    match command {
        TaskCommand::Play => {
            state.tasks.select(Some(id));
            state.play_request += 1;
        }
        TaskCommand::ReuseSettings => return reuse(state, &task),
        TaskCommand::EditPrompt => {
            let effects = reuse(state, &task);
            state.prompt_focus += 1;
            return effects;
        }
        TaskCommand::ShowInFolder => return task.clip.map(|path| Effect::Reveal { path }).into_iter().collect(),
        TaskCommand::OpenInPlayer => return task.clip.map(|path| Effect::Open { path }).into_iter().collect(),
        TaskCommand::DownloadAgain if task.status == Status::Done => {
            say(state, words!("toast-downloading-again"), None);
            return vec![Effect::DownloadAgain { id }];
        }
        TaskCommand::SaveAs => return task.clip.map(|_| Effect::SaveClipAs { id }).into_iter().collect(),
        TaskCommand::UseLastFrame(slot) if task.clip.is_some() => {
            let slot = *slot;
            return vec![Effect::ExtractFrame { id, frame: None, slot, ticket: state.tickets.issue(slot) }];
        }
        TaskCommand::UseFrame { frame, slot } if task.clip.is_some() => {
            let (frame, slot) = (Some(*frame), *slot);
            return vec![Effect::ExtractFrame { id, frame, slot, ticket: state.tickets.issue(slot) }];
        }
        TaskCommand::ExportFrame(frame) if task.clip.is_some() => {
            return vec![Effect::ExportFrame { id, frame: *frame }];
        }
        TaskCommand::Retry => return retry(state, &task),
        TaskCommand::CheckAgain if matches!(task.status, Status::Unknown(_)) => {
            return vec![Effect::CheckUnknown { id }];
        }
        TaskCommand::SendAgain if matches!(task.status, Status::Unknown(_)) => {
            state.question = Some(Question::SendAgain(id));
        }
        TaskCommand::StopWatching if task.status.is_accepted() => state.question = Some(Question::StopWatching(id)),
        TaskCommand::PickUpAgain if task.status.may_be_picked_up() => return vec![Effect::Follow { id }],
        TaskCommand::Remove if task.status.may_be_removed() => state.question = Some(Question::Remove(id)),
        TaskCommand::MoveToTrash if task.clip.is_some() => state.question = Some(Question::MoveToTrash(id)),
        TaskCommand::ChooseFolder => return vec![Effect::PickLibraryFolder { resume: Some(id) }],
        TaskCommand::AddFunds => {
            let host = state.catalogue.host(&task.host.host);
            let url = host.and_then(|host| host.billing_url.clone());
            return url.map(|url| Effect::OpenUrl { url }).into_iter().collect();
        }
        TaskCommand::OpenSettings => return super::act(state, Action::OpenSettings),
        _ => {}
    }
    Vec::new()
}

/// Tries again what is safe to try again: an unsent task is sent, a lost connection is taken up, a refused or failed
/// task becomes a new one.
fn retry(state: &mut State, task: &Generation) -> Vec<Effect> {
    match task.status {
        // It may be there all the same: asked after, and not bought again.
        Status::Failed(_) if task.status.may_be_picked_up() => vec![Effect::Follow { id: task.id.clone() }],
        Status::Failed(_) | Status::Refused(_) => place_again(state, task.id.clone(), Consent::default()),
        Status::NotSent | Status::Queued | Status::Rendering(_) | Status::Downloading => {
            vec![Effect::Follow { id: task.id.clone() }]
        }
        _ => Vec::new(),
    }
}

pub(super) fn place_again(state: &mut State, of: GenerationId, consent: Consent) -> Vec<Effect> {
    money::place(state, Wish::Again { of }, consent)
}

/// Fills the form with a task's settings, seed and pictures.
fn reuse(state: &mut State, task: &Generation) -> Vec<Effect> {
    let seed = task.seed_used.unwrap_or(task.settings.seed);
    let undo = reading::remember_form(state);
    state.draft.auto_ratio = false;
    state.draft.settings = task.settings.clone();
    state.draft.takes = 1;
    state.draft.seed.locked = seed != RANDOM_SEED;
    state.draft.seed.text = if seed == RANDOM_SEED { String::new() } else { seed.to_string() };
    say(state, words!("toast-taken-over"), Some(ToastAction::Undo(undo)));
    vec![super::save(state), Effect::RecallFrames { id: task.id.clone() }]
}

pub(super) fn load_posters(state: &mut State, id: GenerationId) -> Vec<Effect> {
    if state.tasks.posters.contains_key(&id) {
        return Vec::new();
    }
    state.tasks.expect_posters(id.clone());
    vec![Effect::LoadPosters { id }]
}

/// Only one task's pictures are kept this large.
pub(super) fn load_stills(state: &mut State, id: GenerationId) -> Vec<Effect> {
    if state.stills.as_ref().is_some_and(|(held, _)| *held == id) {
        return Vec::new();
    }
    state.stills = Some((id.clone(), Posters::Loading));
    vec![Effect::LoadStills { id }]
}

/// A clip's name for people: the start of its prompt, or its date's place in the list.
pub(super) fn title(task: &Generation) -> String {
    let words = task.settings.prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return words!("untitled-clip");
    }
    let mut short: String = words.chars().take(40).collect();
    if words.chars().count() > 40 {
        short.push('…');
    }
    short
}

/// The files that another task was made from, into the wells. An original gets the crop it was sent with.
pub(super) fn recall(state: &mut State, first: Option<Recalled>, last: Option<Recalled>) -> Vec<Effect> {
    let selected = state.tasks.selected().map(|task| task.id.clone());
    let mut effects = Vec::new();
    if let Some(first) = first {
        effects.extend(recall_one(state, FrameSlot::First, first));
        match last {
            Some(last) => effects.extend(recall_one(state, FrameSlot::Last, last)),
            None => *state.draft.frame_mut(FrameSlot::Last) = FrameChoice::Empty,
        }
    }
    state.tasks.select(selected);
    effects
}

fn recall_one(state: &mut State, slot: FrameSlot, recalled: Recalled) -> Vec<Effect> {
    match recalled {
        Recalled::Address(url) => reading::take_address(state, &url, slot, false),
        Recalled::File { path, expected } => vec![reading::read_again(state, slot, path, expected)],
    }
}

/// What to say where pictures of a task are on this computer no more.
pub(super) fn gone_sentence(gone: &[FrameSlot]) -> Option<String> {
    Some(match gone {
        [] => return None,
        [slot] => words!("toast-frame-gone", slot = slot.word()),
        _ => words!("toast-frames-gone"),
    })
}
