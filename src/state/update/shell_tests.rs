//! The palette, closing, the figures of Settings, and what the desktop is told and tells.

use super::*;
use crate::domain::clip_name::Template;
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, GenerationId, HostRef, Status, UnixMillis};
use crate::domain::settings::Preferences;
use crate::state::diagnostics::Diagnostics;
use crate::state::{Balance, KeyCheck, KeyOrigin, KeyState, SettingsCommand};

fn state() -> State {
    State::new(Settings::default(), 7)
}

fn task(id: &str, status: Status) -> Generation {
    let mut task = Generation {
        host: HostRef { host: "novita".to_owned(), base_url: Some("https://api.example/secret-path".to_owned()) },
        task_id: Some("task-id".to_owned()),
        clip: Some("/films/a private wish.mp4".into()),
        ..Generation::sample(id, status)
    };
    "A private wish".clone_into(&mut task.settings.prompt);
    task
}

fn recounts(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::LoadLibraryFacts))
}

#[test]
fn the_palette_is_a_sheet_that_closes_as_one() {
    let mut state = state();
    command(&mut state, Command::Do(Action::CommandPalette));
    assert_eq!(state.sheet, Some(Sheet::Palette));
    command(&mut state, Command::Do(Action::CloseTop));
    assert_eq!(state.sheet, None);
}

#[test]
fn quitting_asks_as_closing_does() {
    let mut state = state();
    let effects = command(&mut state, Command::Do(Action::Quit));
    assert!(matches!(effects[..], [Effect::SaveSettings { .. }, Effect::CloseWindow]));
    state.tasks.load(vec![task("a", Status::Uploading)]);
    let effects = command(&mut state, Command::Do(Action::Quit));
    assert!(matches!(effects[..], [Effect::SaveSettings { .. }]), "{effects:?}");
    assert_eq!(state.question, Some(Question::CloseWindow));
}

#[test]
fn the_count_of_clips_follows_while_it_is_looked_at() {
    let mut state = state();
    event(&mut state, Event::Changed(Box::new(task("a", Status::Downloading))));
    let done = event(&mut state, Event::Changed(Box::new(task("a", Status::Done))));
    assert!(!recounts(&done), "nobody looks");
    command(&mut state, Command::Do(Action::OpenSettings));
    event(&mut state, Event::Changed(Box::new(task("b", Status::Downloading))));
    assert!(recounts(&event(&mut state, Event::Changed(Box::new(task("b", Status::Done))))));
    assert!(recounts(&event(&mut state, Event::Removed(GenerationId::new("b")))));
    let picked = Event::LibraryFolderPicked { folder: "/films".into(), resume: None };
    assert!(recounts(&event(&mut state, picked)));
}

#[test]
fn a_click_on_a_notification_shows_its_task() {
    let mut state = state();
    state.tasks.load(vec![task("a", Status::Done), task("b", Status::Done)]);
    let effects = event(&mut state, Event::NotificationClicked(GenerationId::new("b")));
    assert!(matches!(effects[..], [Effect::RaiseWindow]));
    assert_eq!(state.tasks.selected().map(|task| task.id.as_str()), Some("b"));
}

#[test]
fn a_failure_is_told_to_the_desktop_only_where_that_is_wanted() {
    let failed = Status::Failed(Failure::new(FailureKind::Protocol, "No connection.", ""));
    for wanted in [true, false] {
        let mut state = state();
        state.settings.notifications.failed = wanted;
        state.settings.notifications.sound = true;
        event(&mut state, Event::Changed(Box::new(task("a", Status::Queued))));
        let effects = event(&mut state, Event::Changed(Box::new(task("a", failed.clone()))));
        let told = matches!(&effects[..], [Effect::NotifyFailed { name, sound: true, .. }] if name == "A private wish");
        assert_eq!(told, wanted, "{effects:?}");
    }
}

#[test]
fn the_title_tells_what_runs() {
    let mut state = state();
    assert_eq!(state.window_title(), "Inbetween");
    state.tasks.load(vec![task("a", Status::Queued), task("b", Status::Rendering(None)), task("c", Status::Done)]);
    assert_eq!(state.window_title(), "Inbetween — 2 running");
}

#[test]
fn file_names_are_saved_as_they_are_made() {
    let mut state = state();
    let names = Template::parse("{prompt}").unwrap();
    let effects = command(&mut state, Command::Settings(SettingsCommand::SetFileNames(names.clone())));
    assert!(matches!(&effects[..], [Effect::SaveSettings { settings }] if settings.file_names == names));
}

#[test]
fn what_the_desktop_prefers_is_kept() {
    let mut state = state();
    let preferences = Preferences { dark: Some(false), reduced_motion: Some(true), contrast: None };
    event(&mut state, Event::DesktopPrefers(preferences));
    assert_eq!(state.desktop, preferences);
}

#[test]
fn diagnostics_hold_no_secret() {
    let mut state = state();
    state.settings.host = "novita".to_owned();
    let check = KeyCheck::Failed("sk-whole-key was refused".to_owned());
    state.key = KeyState::Present { hint: "3f9c".to_owned(), origin: KeyOrigin::Keychain, check };
    state.balance = Balance::Known { cents: 1842 };
    let signed = "https://cdn.example/clip.mp4?X-Signature=abcdef";
    let mut failed = task("a", Status::Failed(Failure::new(FailureKind::Protocol, signed, "")));
    failed.notice = Some(Failure::new(FailureKind::Protocol, signed, ""));
    state.tasks.load(vec![failed, task("b", Status::Queued)]);
    state.draft.settings.prompt = "A private wish".to_owned();
    state.diagnostics.renderer = "OpenGL 4.5".to_owned();
    let known =
        Diagnostics { version: "0.1.0 (abc)".to_owned(), data: "~/library".to_owned(), ..Diagnostics::default() };
    event(&mut state, Event::Diagnostics(Box::new(known)));
    let text = Diagnostics::text(&state, 1.25);
    for needed in [
        "Version: 0.1.0 (abc)\n",
        "Renderer: OpenGL 4.5\n",
        "Scale: 125%\n",
        "Data: ~/library\n",
        "ffmpeg: not found\n",
    ] {
        assert!(text.contains(needed), "{needed} missing from {text}");
    }
    assert!(text.ends_with("Host: novita\nTasks: 2, 1 running\n"), "{text}");
    for secret in ["3f9c", "sk-", "http", "Signature", "private", "task-id", "18.42", "1842", "/films"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn the_upload_is_timed_from_where_it_begins() {
    let mut state = state();
    let mut seen = |seconds: i64, status: Status| {
        state.now = UnixMillis(seconds * 1_000);
        event(&mut state, Event::Changed(Box::new(task("a", status))));
        let steps = state.tasks.steps.get(&GenerationId::new("a")).copied();
        [0, 1, 2].map(|step| steps.and_then(|steps| steps.took(step)))
    };
    seen(0, Status::NotSent);
    // It rested for an hour.
    seen(3_600, Status::Uploading);
    assert_eq!(seen(3_606, Status::Queued), [Some(6), None, None]);
    assert_eq!(seen(3_617, Status::Rendering(None)), [Some(6), Some(11), None]);
    assert_eq!(seen(3_620, Status::Rendering(Some(4))), [Some(6), Some(11), None]);
    assert_eq!(seen(3_660, Status::Done), [None; 3], "nothing is kept of what is over");
}
