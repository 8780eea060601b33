//! The window without a pointer.

use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};

use super::{Bench, state, task, with_tasks};
use crate::domain::generation::{GenerationId, Status};
use crate::state::{Question, Sheet, State};

/// The name of what has the keyboard.
fn focused(bench: &Bench) -> Option<String> {
    let mut nodes = bench.harness.root().children_recursive();
    nodes.find_map(|node| Some(node.accesskit_node()).filter(AccessKitNode::is_focused)?.label())
}

#[test]
fn a_sheet_takes_the_keyboard_keeps_it_and_gives_it_back() {
    let mut bench = Bench::new(with_tasks(None));
    bench.harness.get_by_role_and_label(Role::Button, "Settings").focus();
    bench.harness.run_steps(2);
    bench.press(Modifiers::NONE, Key::Enter);
    bench.harness.run_steps(4);
    assert_eq!(bench.state().sheet, Some(Sheet::Settings));
    assert_eq!(focused(&bench).as_deref(), Some("Settings"), "the sheet itself");
    assert!(bench.harness.get_by_role_and_label(Role::Dialog, "Settings").is_focused());
    let mut passed = Vec::new();
    for _ in 0..60 {
        bench.press(Modifiers::NONE, Key::Tab);
        passed.extend(focused(&bench));
    }
    assert!(passed.contains(&"Done".to_owned()) && passed.contains(&"When a task fails".to_owned()), "{passed:?}");
    for outside in ["Prompt", "Generate, free", "Host", "Search prompts"] {
        assert!(!passed.contains(&outside.to_owned()), "{outside} lies behind the sheet");
    }
    bench.press(Modifiers::NONE, Key::Escape);
    bench.harness.run_steps(4);
    assert_eq!(bench.state().sheet, None);
    assert!(bench.harness.get_by_role_and_label(Role::Button, "Settings").is_focused(), "the gear has it back");
}

#[test]
fn a_question_takes_the_keyboard_from_a_sheet() {
    let mut bench = Bench::new(State { sheet: Some(Sheet::Settings), ..with_tasks(None) });
    bench.harness.get_by_role_and_label(Role::Button, "Done").focus();
    bench.harness.run_steps(3);
    bench.change(|state| state.question = Some(Question::Remove(GenerationId::new("clip"))));
    assert_eq!(focused(&bench).as_deref(), Some("Cancel"), "the careful answer");
    for _ in 0..6 {
        bench.press(Modifiers::NONE, Key::Tab);
        assert!(matches!(focused(&bench).as_deref(), Some("Cancel" | "Remove")), "{:?}", focused(&bench));
    }
    bench.press(Modifiers::NONE, Key::Escape);
    bench.harness.run_steps(4);
    assert_eq!((bench.state().question.clone(), bench.state().sheet), (None, Some(Sheet::Settings)));
    assert_eq!(focused(&bench).as_deref(), Some("Done"), "where it was in the sheet");
}

#[test]
fn the_arrows_walk_through_a_long_list_with_the_keyboard() {
    let mut state = state();
    let statuses = [Status::Done, Status::Queued, Status::Rendering(Some(9)), Status::Stopped];
    let row = |at: usize| task(&format!("{at}"), i64::try_from(at).unwrap(), statuses[at % 4].clone());
    state.tasks.load((0..500).map(row).collect());
    let mut bench = Bench::sized(state, vec2(1440.0, 900.0));
    let name = |at: usize| format!("Rain eases over the headland, {at}");
    let shown = bench.harness.query_all_by_role(Role::ListItem).count();
    assert!((5..25).contains(&shown), "{shown} rows of 500 are laid out");
    bench.harness.query_all_by_role(Role::ListItem).next().unwrap().focus();
    bench.harness.run_steps(3);
    for step in 1..60 {
        bench.press(Modifiers::NONE, Key::ArrowDown);
        let at = 499 - step;
        assert_eq!(bench.state().tasks.selected().unwrap().id.as_str(), at.to_string());
        assert!(focused(&bench).is_some_and(|found| found.starts_with(&format!("{}, ", name(at)))), "{step}");
    }
    bench.harness.run_steps(30);
    let panel = bench.harness.get_by_label("All, 500").rect();
    let row = bench.harness.query_all_by_role(Role::ListItem).find(Node::is_focused).unwrap().rect();
    assert!(row.top() >= panel.bottom() && row.bottom() <= 900.0, "{row:?} is in view");
    bench.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(bench.state().tasks.selected().unwrap().id.as_str(), "441");
    // Without the keyboard in the list the arrows move the selection, and it is brought into view.
    bench.press(Modifiers::NONE, Key::Escape);
    for _ in 0..30 {
        bench.press(Modifiers::NONE, Key::ArrowDown);
    }
    bench.harness.run_steps(30);
    assert_eq!(bench.state().tasks.selected().unwrap().id.as_str(), "411");
    let row = bench.harness.query_all_by_role(Role::ListItem);
    let mut selected = row.filter(|row| row.accesskit_node().data().is_selected() == Some(true));
    let row = selected.next().expect("it is laid out").rect();
    assert!(row.top() >= panel.bottom() && row.bottom() <= 900.0, "{row:?} is in view");
}

#[test]
fn an_arrow_right_after_the_keyboard_came_moves_on_in_the_list() {
    let mut bench = Bench::new(with_tasks(None));
    bench.harness.get_by_label("Rain eases over the headland, clip, Done, 1 min ago").focus();
    bench.harness.step();
    let wait = bench.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(wait.is_zero(), "the pass in which the row keeps its keys comes at once, not after {wait:?}");
    // Though even without that pass in between the key is the row's.
    bench.press(Modifiers::NONE, Key::ArrowDown);
    let below = "Rain eases over the headland, t9, Not watched, 1 min ago";
    assert_eq!(focused(&bench).as_deref(), Some(below));
    assert_eq!(bench.state().tasks.selected().unwrap().id.as_str(), "t9");
}
