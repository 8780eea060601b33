//! Every state of the window: nothing in it is unnamed, and the design's table is there.

use egui::Role;
use egui::accesskit::Toggled;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::tree::faults;
use super::{Bench, clip, failure, picture, state, task, tasks, unreadable, with_pictures, with_tasks};
use crate::domain::failure::FailureKind;
use crate::domain::frame::FrameSlot;
use crate::domain::generation::{GenerationId, Status, UnixMillis};
use crate::domain::price::Cents;
use crate::domain::settings::Preset;
use crate::domain::spend::{Charge, SpendEntry};
use crate::state::toast::Tone;
use crate::state::{Action, Command, Fix, KeyCheck, KeyOrigin, KeyState, Question, Sheet, State, TaskCommand, Thumb};

const CLIP: &str = "Clip, frame 1 of 20";

/// Adds what is wrong to a list, to be told at once.
struct Walk {
    found: Vec<String>,
}

impl Walk {
    fn new() -> Self {
        Self { found: Vec::new() }
    }

    fn look(&mut self, bench: &Bench, state: &str) {
        self.found.extend(faults(bench, state));
    }

    fn show(&mut self, state: State, name: &str) {
        self.look(&Bench::new(state.clone()), name);
        self.look(&Bench::narrow(state), &format!("{name}, narrow"));
    }

    fn end(self) {
        assert!(self.found.is_empty(), "{} faults:\n{}", self.found.len(), self.found.join("\n"));
    }
}

fn sheet(sheet: Sheet) -> State {
    State { sheet: Some(sheet), ..with_tasks(None) }
}

fn novita(key: KeyState) -> State {
    let mut state = with_tasks(None);
    "novita".clone_into(&mut state.settings.host);
    state.key = key;
    state
}

fn present() -> KeyState {
    KeyState::Present { hint: "abcd".to_owned(), origin: KeyOrigin::Keychain, check: KeyCheck::NotTried }
}

#[test]
fn the_form_and_the_list_are_named_in_every_state() {
    let mut walk = Walk::new();
    walk.show(state(), "first run");
    walk.show(with_pictures(), "two pictures");
    walk.show(
        State {
            draft: {
                let mut draft = state().draft;
                draft.first = unreadable();
                draft
            },
            ..state()
        },
        "no picture",
    );
    walk.show(with_tasks(None), "tasks");
    walk.show(novita(KeyState::Absent { trouble: None }), "no key");
    walk.show(novita(present()), "a key");
    let mut small = with_pictures();
    small.draft.first = picture("small.png", 400, 280, 1);
    small.draft.seed.text = "99999999999".to_owned();
    walk.show(small, "a picture that is too small, a seed that is too large");
    let mut searched = with_tasks(None);
    searched.tasks.search_for("nothing like it".to_owned());
    walk.show(searched, "nothing found");
    walk.end();
}

#[test]
fn every_status_is_named_in_its_row_and_on_the_stage() {
    let mut walk = Walk::new();
    for one in tasks().iter().filter(|task| task.clip.is_none()) {
        walk.show(with_tasks(Some(one.id.as_str())), one.status.name());
    }
    let mut notice = task("n", 99, Status::Downloading);
    notice.notice = Some(failure(FailureKind::DiskFull));
    let mut state = with_tasks(Some("n"));
    state.tasks.upsert(notice);
    walk.show(state, "a passing trouble");
    walk.end();
}

#[test]
fn the_player_and_its_comparisons_are_named() {
    let mut walk = Walk::new();
    let mut other = with_tasks(Some("clip"));
    other.tasks.upsert(clip("other", 60));
    for (name, mut bench) in [("clip", Bench::new(other.clone())), ("clip, narrow", Bench::narrow(other))] {
        bench.until(CLIP);
        walk.look(&bench, name);
        bench.press(egui::Modifiers::NONE, egui::Key::I);
        walk.look(&bench, &format!("{name}, with an in point"));
        bench.click("Compare");
        for mode in ["Split", "Side by side", "Difference", "Seam"] {
            bench.click(mode);
            walk.look(&bench, &format!("{name}, compared: {mode}"));
        }
        bench.click("Compare");
        bench.press(egui::Modifiers::NONE, egui::Key::F);
        walk.look(&bench, &format!("{name}, full screen"));
    }
    walk.end();
}

#[test]
fn sheets_and_questions_are_named_and_modal() {
    let mut walk = Walk::new();
    walk.show(sheet(Sheet::Settings), "settings");
    for key in [KeyState::Absent { trouble: Some("Locked.".to_owned()) }, present()] {
        walk.show(State { sheet: Some(Sheet::Settings), ..novita(key) }, "settings of a host with a key");
    }
    walk.show(sheet(Sheet::Shortcuts), "shortcuts");
    walk.show(sheet(Sheet::SpendLog), "an empty spend log");
    let mut spent = sheet(Sheet::SpendLog);
    spent.money.day = Some(crate::domain::spend::LocalDay {
        start: UnixMillis(0),
        end: UnixMillis(86_400_000),
        month_start: UnixMillis(0),
    });
    spent.money.upsert(SpendEntry {
        generation: GenerationId::new("a"),
        at: UnixMillis(50),
        host: "novita".to_owned(),
        model: "m".to_owned(),
        prompt: "Rain".to_owned(),
        estimate: Some(Cents(26)),
        charge: Charge::Maybe,
    });
    walk.show(spent, "a spend log");
    walk.show(sheet(Sheet::Crop(FrameSlot::First)), "a crop");
    let id = || GenerationId::new("clip");
    for question in [
        Question::StopWatching(id()),
        Question::SendAgain(id()),
        Question::Remove(id()),
        Question::MoveToTrash(id()),
        Question::CloseWindow,
    ] {
        let name = format!("{question:?}");
        walk.show(State { question: Some(question.clone()), ..with_tasks(None) }, &name);
        walk.show(State { question: Some(question), ..sheet(Sheet::Settings) }, &format!("{name} over a sheet"));
    }
    let mut bench = Bench::new(with_pictures());
    let paths = (0..3).map(|index| format!("{index}.png").into()).collect();
    bench.send(Command::TakeFiles { paths, over: None });
    walk.look(&bench, "many pictures");
    walk.end();
}

#[test]
fn menus_lists_and_messages_are_named() {
    let mut walk = Walk::new();
    let mut bench = with_tasks(Some("clip"));
    bench.settings.presets = vec![Preset { name: "Calm".to_owned(), prompt: "Calm.".to_owned() }];
    bench.settings.recent_pictures = vec!["a.png".into()];
    bench.thumbs.insert("a.png".into(), Thumb::Ready(super::preview()));
    bench.toasts.push(Tone::Success, "Clip ready", None, UnixMillis(100_000));
    bench.toasts.push(Tone::Error, "It failed", None, UnixMillis(100_000));
    let mut bench = Bench::new(bench);
    bench.until(CLIP);
    walk.look(&bench, "messages");
    for button in [
        "More ways to choose the first frame",
        "Recent prompts",
        "More actions",
        "Resolution",
        "Aspect ratio",
        "Host",
        "Speed",
        "Zoom",
    ] {
        let named = bench.harness.query_all_by_label(button);
        named.last().unwrap_or_else(|| panic!("there is {button}")).click();
        bench.harness.run_steps(8);
        walk.look(&bench, &format!("the menu of {button}"));
        bench.press(egui::Modifiers::NONE, egui::Key::Escape);
    }
    bench.send(Command::Fix(Fix::AdjustCrop(FrameSlot::Last)));
    walk.look(&bench, "messages over a crop");
    let mut bench = Bench::narrow(with_tasks(None));
    bench.click("Show tasks");
    walk.look(&bench, "the panel over the stage");
    walk.end();
}

#[test]
fn the_walk_sees_what_is_wrong() {
    let mut harness = egui_kittest::Harness::new_ui(|ui| {
        ui.allocate_exact_size(egui::vec2(40.0, 40.0), egui::Sense::click());
        let (_, small) = ui.allocate_exact_size(egui::vec2(40.0, 20.0), egui::Sense::click());
        small.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, "Low"));
        let (_, slider) = ui.allocate_exact_size(egui::vec2(40.0, 40.0), egui::Sense::click());
        slider.widget_info(|| egui::WidgetInfo::labeled(Role::Slider, true, "Position"));
    });
    harness.run();
    let nodes = harness.root().children_recursive();
    let wrong: Vec<_> = nodes.flat_map(|node| super::tree::objections(&node)).collect();
    for what in ["has no name", "is too small to be hit", "has no value between its bounds", "has no step"] {
        assert!(wrong.contains(&what), "{what} is not seen: {wrong:?}");
    }
}

/// What a node with this role and name tells.
fn told(bench: &Bench, role: Role, name: &str) -> (Option<String>, Option<String>) {
    let node = bench.harness.get_by_role_and_label(role, name);
    let node = node.accesskit_node();
    (node.value(), node.description())
}

#[test]
fn the_form_has_the_roles_names_and_values_of_the_design() {
    let mut state = with_pictures();
    state.draft.settings.prompt = "Mist".to_owned();
    let bench = Bench::new(state);
    let host = "Rehearsal, this computer, free".to_owned();
    assert_eq!(told(&bench, Role::ComboBox, "Host"), (Some(host.clone()), Some(host)));
    let (first, _) = told(&bench, Role::Button, "First frame, required");
    assert_eq!(first.as_deref(), Some("3840 by 2160, 16 to 9, 4.2 megabytes"));
    let (last, said) = told(&bench, Role::Button, "Last frame, optional");
    let words = "1440 by 1080, 4 to 3, 4.2 megabytes. Last frame is 4:3; it will be cropped to match the first frame.";
    assert_eq!((last.as_deref(), said.as_deref()), (Some(words), Some(words)));
    let (text, length) = told(&bench, Role::MultilineTextInput, "Prompt");
    assert_eq!((text.as_deref(), length.as_deref()), (Some("Mist"), Some("4 of 2000 characters")));
    assert_eq!(told(&bench, Role::SpinButton, "Takes").0.as_deref(), Some("1"));
    assert_eq!(told(&bench, Role::Slider, "Split position").0.as_deref(), Some("50%"));
    for (role, name) in [
        (Role::Button, "Keyboard shortcuts"),
        (Role::Button, "Settings"),
        (Role::Button, "Adjust crop of first frame"),
        (Role::Button, "Remove first frame"),
        (Role::Button, "Adjust crop of last frame"),
        (Role::Button, "Remove last frame"),
        (Role::Button, "Swap first and last frame"),
        (Role::ComboBox, "Resolution"),
        (Role::ComboBox, "Aspect ratio"),
        (Role::ComboBox, "Duration"),
        (Role::TextInput, "Seed"),
        (Role::Button, "New random seed"),
        (Role::Switch, "Keep this seed"),
        (Role::Switch, "Camera fixed"),
        (Role::Button, "Generate, free"),
        (Role::RadioGroup, "Preview mode"),
        (Role::SearchInput, "Search prompts"),
        (Role::RadioGroup, "Filter tasks"),
    ] {
        assert!(bench.harness.query_by_role_and_label(role, name).is_some(), "{role:?} {name:?}");
    }
    let seed = bench.harness.get_by_role_and_label(Role::TextInput, "Seed");
    assert_eq!(seed.accesskit_node().placeholder(), Some("Random"));
}

#[test]
fn rows_hold_their_actions_whether_hovered_or_not() {
    let bench = Bench::new(with_tasks(Some("clip")));
    let name = "Rain eases over the headland, clip, Done, 1 min ago";
    let row = bench.harness.get_by_role_and_label(Role::ListItem, name);
    assert_eq!(row.accesskit_node().data().is_selected(), Some(true));
    for action in ["Play", "Reuse settings", "Show in folder", "Remove"] {
        assert!(row.query_by_role_and_label(Role::Button, action).is_some(), "{action} is in its row");
    }
    let list = bench.harness.get_by_role_and_label(Role::List, "Tasks");
    assert_eq!(list.accesskit_node().size_of_set(), Some(tasks().len()));
    let rendering = bench.harness.get_by_label("Rain eases over the headland, t3, Rendering 42%, 1:39");
    let bar = rendering.get_by_role_and_label(Role::ProgressIndicator, "Rain eases over the headland, t3");
    assert_eq!(bar.accesskit_node().value().as_deref(), Some("42%"));
    assert!(bench.harness.query_by_role_and_label(Role::RadioButton, "Running, 6").is_some());
}

#[test]
fn the_player_has_the_roles_names_and_values_of_the_design() {
    let mut bench = Bench::new(with_tasks(Some("clip")));
    bench.until(CLIP);
    let (position, said) = told(&bench, Role::Slider, "Position");
    assert_eq!((position.as_deref(), said.as_deref()), (Some("0.04 seconds, frame 1 of 20"), position.as_deref()));
    for (role, name) in [
        (Role::Image, CLIP),
        (Role::Button, "Back one frame"),
        (Role::Button, "Forward one frame"),
        (Role::ComboBox, "Speed"),
        (Role::Button, "Full screen"),
        (Role::Button, "More actions"),
        (Role::Button, "Open in player"),
        (Role::Button, "Save as…"),
    ] {
        assert!(bench.harness.query_by_role_and_label(role, name).is_some(), "{role:?} {name:?}");
    }
    let repeats = bench.harness.get_by_role_and_label(Role::Switch, "Loop").accesskit_node().toggled();
    assert_eq!(repeats, Some(Toggled::True));
}

#[test]
fn what_happens_is_said() {
    let mut bench = Bench::new(with_tasks(Some("t2")));
    let said = |bench: &Bench| {
        let all = bench.harness.query_all_by_role(Role::Status);
        all.filter_map(|node| node.accesskit_node().label()).collect::<Vec<_>>().join("|")
    };
    assert_eq!(said(&bench), "Rain eases over the headland, t2, Queued");
    for (percent, words) in [(3, "Rendering"), (24, "Rendering"), (60, "Rendering 50%"), (99, "Rendering 75%")] {
        bench.change(|state| {
            state.tasks.upsert(task("t2", 2, Status::Rendering(Some(percent))));
        });
        assert_eq!(said(&bench), format!("Rain eases over the headland, t2, {words}"), "{percent}");
    }
    bench.send(Command::Do(Action::NextTask));
    assert_eq!(said(&bench), "Rain eases over the headland, t1, Uploading");
    bench.send(Command::Task(GenerationId::new("clip"), TaskCommand::ReuseSettings));
    assert!(said(&bench).contains("Settings taken over"));
    bench.change(|state| state.toasts.push(Tone::Error, "It failed", None, UnixMillis(100_000)));
    assert!(bench.harness.query_by_role_and_label(Role::Alert, "It failed").is_some());
}
