//! How the state changes: a pure function from a command or an event to a changed state and the effects it asks for.

mod batch;
mod compose;
mod events;
mod fixes;
mod money;
mod reading;
mod settings;
mod tasks;

use super::toast::{ToastAction, Tone};
use super::{Action, BatchCommand, Command, Effect, Event, Question, Sheet, State, TaskCommand};
use crate::domain::frame::FrameSlot;
use crate::domain::settings::Settings;
use crate::domain::spend::Consent;

/// Nobody reads a question and agrees within this time.
const TOO_QUICK_MILLIS: i64 = 400;

/// What the window asks for when it opens.
#[must_use]
pub fn start(state: &mut State) -> Vec<Effect> {
    let mut effects = vec![Effect::LoadLibrary, Effect::LoadSamples];
    effects.push(Effect::LoadKey { host: state.host().id.clone() });
    let form = state.settings.form.clone();
    for (slot, kept) in [(FrameSlot::First, form.first), (FrameSlot::Last, form.last)] {
        effects.extend(kept.map(|kept| reading::take_kept(state, slot, kept)).unwrap_or_default());
    }
    effects
}

/// Takes a wish of the user.
pub fn command(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Do(action) => act(state, action),
        Command::Task(id, command) => tasks::command(state, &id, &command),
        Command::Select(id) => {
            state.tasks.select(id);
            Vec::new()
        }
        Command::Search(text) => {
            state.tasks.search_for(text);
            Vec::new()
        }
        Command::SetFilter(filter) => {
            state.tasks.set_filter(filter);
            Vec::new()
        }
        Command::LoadPosters(id) => tasks::load_posters(state, id),
        Command::LoadStills(id) => tasks::load_stills(state, id),
        Command::FrameCopied => {
            say(state, words!("toast-frame-copied"), None);
            Vec::new()
        }
        Command::DiagnosticsCopied => {
            say(state, words!("toast-diagnostics-copied"), None);
            Vec::new()
        }
        Command::WindowPlaced(place) => {
            // Saved with the form when the window closes.
            state.settings.window = Some(place);
            Vec::new()
        }
        Command::SetHost(host) => settings::set_host(state, host),
        Command::Settings(change) => settings::command(state, change),
        Command::Answer(yes) => answer(state, yes),
        Command::DismissToast(number) => {
            state.toasts.dismiss(number);
            Vec::new()
        }
        Command::HoldToast(number) => {
            state.toasts.hold(number, state.now);
            Vec::new()
        }
        Command::ToastAction(number, action) => toast_action(state, number, action),
        Command::OpenUrl(url) => vec![Effect::OpenUrl { url }],
        Command::CloseRequested => close(state),
        other => compose::command(state, other),
    }
}

/// Takes an answer of the world.
pub fn event(state: &mut State, event: Event) -> Vec<Effect> {
    events::event(state, event)
}

/// Takes the passing of time; the shell calls it at the start of each pass.
pub fn tick(state: &mut State, now: crate::domain::generation::UnixMillis) {
    state.now = now;
    state.toasts.expire(now);
}

/// The effect that keeps the settings and the form for the next start.
fn save(state: &mut State) -> Effect {
    state.settings.form = state.draft.to_form();
    let settings: Box<Settings> = Box::new(state.settings.clone());
    Effect::SaveSettings { settings }
}

fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if !action.is_available(state) {
        return Vec::new();
    }
    match action {
        Action::ChooseFirst => vec![Effect::PickPicture { slot: FrameSlot::First }],
        Action::ChooseLast => vec![Effect::PickPicture { slot: FrameSlot::Last }],
        Action::Paste => vec![Effect::PastePicture],
        Action::SwapFrames => compose::swap(state),
        Action::ClearForm => compose::clear(state),
        Action::Generate => compose::generate(state),
        Action::OpenSettings => {
            state.sheet = Some(Sheet::Settings);
            vec![Effect::LoadKey { host: state.host().id.clone() }, Effect::LoadSpending, Effect::LoadDiagnostics]
        }
        Action::ShowShortcuts => open(state, Sheet::Shortcuts),
        Action::CommandPalette => open(state, Sheet::Palette),
        Action::Quit => close(state),
        Action::NextTask | Action::PreviousTask => {
            state.tasks.move_selection(if action == Action::NextTask { 1 } else { -1 });
            Vec::new()
        }
        Action::RemoveTask => on_selected(state, &TaskCommand::Remove),
        Action::SaveAs => on_selected(state, &TaskCommand::SaveAs),
        Action::ReuseSettings => on_selected(state, &TaskCommand::ReuseSettings),
        Action::ShowInFolder => on_selected(state, &TaskCommand::ShowInFolder),
        Action::OpenInPlayer => on_selected(state, &TaskCommand::OpenInPlayer),
        Action::CloseTop => {
            close_top(state);
            Vec::new()
        }
        // The search field, the regions and the player belong to the window.
        _ => Vec::new(),
    }
}

fn open(state: &mut State, sheet: Sheet) -> Vec<Effect> {
    state.sheet = Some(sheet);
    Vec::new()
}

fn on_selected(state: &mut State, command: &TaskCommand) -> Vec<Effect> {
    match state.tasks.selected().map(|task| task.id.clone()) {
        Some(id) => tasks::command(state, &id, command),
        None => Vec::new(),
    }
}

fn close_top(state: &mut State) {
    match state.sheet {
        Some(Sheet::Batch) if state.question.is_none() => {
            batch::command(state, BatchCommand::Cancel);
            return;
        }
        Some(Sheet::Crop(_)) if state.question.is_none() => fixes::leave_crop(state),
        _ => {}
    }
    match (state.question.take(), state.sheet.take()) {
        (Some(question), sheet) => {
            state.sheet = sheet;
            if matches!(question, Question::Held(_)) {
                money::dismiss(state);
            } else {
                money::ask(state);
            }
            return;
        }
        // The spend log was opened from there.
        (None, Some(Sheet::SpendLog)) => {
            state.sheet = Some(Sheet::Settings);
            return;
        }
        (None, Some(_)) => return,
        (None, None) => {}
    }
    state.tasks.search_for(String::new());
}

fn answer(state: &mut State, yes: bool) -> Vec<Effect> {
    if yes && state.now.0 - state.asked.0 < TOO_QUICK_MILLIS {
        return Vec::new();
    }
    let question = state.question.take();
    if matches!(question, Some(Question::Held(_))) {
        return money::answer(state, yes);
    }
    money::ask(state);
    match (question, yes) {
        (Some(Question::StopWatching(id)), true) => vec![Effect::StopWatching { id }],
        (Some(Question::SendAgain(id)), true) => {
            tasks::place_again(state, id, Consent { again: true, ..Consent::default() })
        }
        (Some(Question::Remove(id)), true) => vec![Effect::Remove { id }],
        (Some(Question::MoveToTrash(id)), true) => vec![Effect::TrashClip { id }],
        (Some(Question::CloseWindow), true) => vec![Effect::CloseWindow],
        _ => Vec::new(),
    }
}

fn close(state: &mut State) -> Vec<Effect> {
    if state.tasks.is_sending() {
        state.question = Some(Question::CloseWindow);
        return vec![save(state)];
    }
    vec![save(state), Effect::CloseWindow]
}

fn toast_action(state: &mut State, number: u64, action: ToastAction) -> Vec<Effect> {
    state.toasts.dismiss(number);
    match action {
        ToastAction::Play(id) => tasks::command(state, &id, &TaskCommand::Play),
        ToastAction::Show(id) => {
            state.tasks.select(Some(id));
            Vec::new()
        }
        ToastAction::ShowFile(path) => vec![Effect::Reveal { path }],
        ToastAction::Undo(replaced) => reading::undo(state, replaced),
    }
}

/// A message about something that went well.
fn say(state: &mut State, text: impl Into<String>, action: Option<ToastAction>) {
    let now = state.now;
    state.toasts.push(Tone::Success, text, action, now);
}

/// A message about something that went wrong; it stays until it is closed.
fn complain(state: &mut State, text: impl Into<String>, action: Option<ToastAction>) {
    let now = state.now;
    state.toasts.push(Tone::Error, text, action, now);
}

#[cfg(test)]
mod composer_tests;
#[cfg(test)]
mod shell_tests;
#[cfg(test)]
mod tests;
