//! What every node of the tree owes a screen reader and a finger.

use egui::accesskit::{Action, Live};
use egui::{Rect, Role, pos2};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT as _;

use super::Bench;

/// The least side of what can be pressed, in points.
const LEAST_TARGET: f32 = 24.0;

/// Roles that a control of this program may have.
const CONTROLS: [Role; 19] = [
    Role::Button,
    Role::Canvas,
    Role::ComboBox,
    Role::Dialog,
    Role::AlertDialog,
    Role::Image,
    Role::Link,
    Role::ListBoxOption,
    Role::ListItem,
    Role::MenuItem,
    Role::MultilineTextInput,
    Role::PasswordInput,
    Role::RadioButton,
    Role::ScrollBar,
    Role::SearchInput,
    Role::Slider,
    Role::SpinButton,
    Role::Switch,
    Role::TextInput,
];

/// What is wrong in this state of the window, all of it.
pub fn faults(bench: &Bench, state: &str) -> Vec<String> {
    let root = bench.harness.root();
    let nodes: Vec<_> = root.children_recursive().collect();
    assert!(nodes.len() > 20, "{state}: a window has more than {} nodes", nodes.len());
    nodes
        .iter()
        .flat_map(|node| {
            let place = rect(node);
            let accessible = node.accesskit_node();
            let (role, name) = (accessible.role(), name(node));
            objections(node).into_iter().map(move |what| format!("{state}: {role:?} {name:?} at {place:?}: {what}"))
        })
        .collect()
}

/// Where a node is; containers do not say.
fn rect(node: &Node<'_>) -> Option<Rect> {
    let found = node.accesskit_node().bounding_box()?;
    let at = |x: f64, y: f64| pos2(x as f32, y as f32);
    Some(Rect::from_min_max(at(found.x0, found.y0), at(found.x1, found.y1)))
}

/// A label's words are its value.
fn name(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    let name = if node.label_comes_from_value() { node.value() } else { node.label() };
    name.unwrap_or_default()
}

pub fn objections(node: &Node<'_>) -> Vec<&'static str> {
    let accessible = node.accesskit_node();
    let role = accessible.role();
    let does = |action| accessible.data().supports_action(action);
    let focusable = does(Action::Focus);
    let control = focusable || does(Action::Click) || CONTROLS.contains(&role);
    let mut wrong = Vec::new();
    let mut owes = |kept: bool, what| {
        if !kept {
            wrong.push(what);
        }
    };
    if control {
        owes(CONTROLS.contains(&role), "is a control without a control's role");
        owes(!name(node).trim().is_empty(), "has no name");
        // A sheet is no target, and the wheel and the keys do what a bar does.
        let exempt = matches!(role, Role::Dialog | Role::AlertDialog | Role::ScrollBar);
        let size = rect(node).map_or(egui::Vec2::ZERO, |rect| rect.size());
        owes(exempt || size.min_elem() >= LEAST_TARGET - 0.01, "is too small to be hit");
    }
    let container = matches!(role, Role::Dialog | Role::AlertDialog | Role::List | Role::RadioGroup);
    owes(!(container || control) || rect(node).is_some_and(|rect| rect.is_positive()), "is nowhere");
    let value = || accessible.value().is_some_and(|value| !value.trim().is_empty());
    let range = || accessible.min_numeric_value().zip(accessible.max_numeric_value());
    let numeric = || accessible.numeric_value().zip(range()).is_some_and(|(at, (low, high))| low <= at && at <= high);
    match role {
        Role::ComboBox => {
            owes(value(), "has no value");
            owes(accessible.description() == accessible.value(), "does not tell its value to Linux's screen readers");
        }
        Role::Slider | Role::SpinButton => {
            owes(numeric() && value(), "has no value between its bounds");
            owes(accessible.numeric_value_step().is_some(), "has no step");
            owes(does(Action::Increment) || does(Action::Decrement) || accessible.is_disabled(), "cannot be moved");
        }
        Role::ProgressIndicator => {
            owes(!name(node).trim().is_empty(), "has no name");
            owes(range() == Some((0.0, 100.0)), "has no bounds");
        }
        Role::Switch => owes(accessible.toggled().is_some(), "is neither on nor off"),
        Role::RadioButton => {
            owes(accessible.toggled().is_some(), "is neither on nor off");
            owes(within(node, Role::RadioGroup), "is in no group");
        }
        Role::ListItem => {
            owes(accessible.data().is_selected().is_some(), "is neither selected nor not");
            owes(accessible.position_in_set().is_some(), "has no place in its list");
            owes(within(node, Role::List), "is in no list");
        }
        Role::RadioGroup | Role::List | Role::ListBox | Role::Menu | Role::Note => {
            owes(!name(node).trim().is_empty(), "has no name");
        }
        Role::Status => owes(accessible.live() == Live::Polite, "is not said"),
        Role::Alert => owes(accessible.live() == Live::Assertive, "is not said at once"),
        Role::Dialog | Role::AlertDialog => owes(accessible.is_modal(), "is not modal"),
        _ => {}
    }
    wrong
}

/// Whether a node is somewhere inside a named one of this role.
fn within(node: &Node<'_>, role: Role) -> bool {
    let mut above = node.accesskit_node().parent();
    while let Some(node) = above {
        if node.role() == role {
            return node.label().is_some_and(|label| !label.is_empty());
        }
        above = node.parent();
    }
    false
}
