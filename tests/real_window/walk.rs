//! A walk over the real tree, as a screen reader goes: every control has a name, a role and its value, and what happens
//! is said.

use crate::e2e::{App, Desktop, Node, wait};
use crate::{PROMPT, RENDERING, launch};

/// The least side of what can be pressed, in pixels of this desktop.
const LEAST_TARGET: i32 = 24;

/// Roles that a control may have, as AT-SPI calls them.
const CONTROLS: [&str; 16] = [
    "alert",
    "button",
    "canvas",
    "combo box",
    "dialog",
    "entry",
    "image",
    "link",
    "list item",
    "menu item",
    "password text",
    "radio button",
    "scroll bar",
    "slider",
    "spin button",
    "toggle button",
];

/// Everything that is wrong, told at once when the walk is over.
struct Walk<'a> {
    app: &'a App<'a>,
    wrong: Vec<String>,
}

impl Walk<'_> {
    /// Looks at every node of this moment, and for what has to be there: role, name, and a text that its description or
    /// what is written in it has to be.
    fn look(&mut self, moment: &str, wanted: &[(&str, &str, &str)]) {
        let nodes = self.app.walk();
        assert!(nodes.len() > 20, "{moment}: a window has more than {} nodes", nodes.len());
        for node in &nodes {
            let within: Vec<_> = node.within.iter().skip(1).map(|(role, name)| format!("{role} {name:?}")).collect();
            for what in objections(node) {
                let (role, name, place) = (&node.role, &node.name, node.place);
                self.wrong.push(format!("{moment}: {role} {name:?} at {place:?} in {}: {what}", within.join(" › ")));
            }
        }
        for (role, name, value) in wanted {
            let fits = |node: &&Node| node.role == *role && node.name == *name;
            let told = |node: &Node| node.description == *value || node.text.as_deref() == Some(*value);
            match nodes.iter().find(fits) {
                None => self.wrong.push(format!("{moment}: there is no {role} {name:?}")),
                Some(node) if !value.is_empty() && !told(node) => {
                    self.wrong.push(format!("{moment}: {role} {name:?} does not tell {value:?} but {node:?}"));
                }
                Some(_) => {}
            }
        }
    }
}

fn objections(node: &Node) -> Vec<&'static str> {
    let role = node.role.as_str();
    let known = CONTROLS.contains(&role);
    let mut wrong = Vec::new();
    let mut owes = |kept: bool, what| {
        if !kept {
            wrong.push(what);
        }
    };
    if node.is("focusable") || !node.actions.is_empty() || known {
        owes(known, "is a control without a control's role");
        owes(!node.name.trim().is_empty(), "has no name");
        let [_, _, width, height] = node.place;
        // A sheet is no target, and the wheel and the keys do what a bar does.
        let exempt = matches!(role, "alert" | "dialog" | "scroll bar");
        owes(exempt || width.min(height) >= LEAST_TARGET, "is too small to be hit");
    }
    let ranges = node.value.is_some_and(|[least, now, most]| least < most && (least..=most).contains(&now));
    match role {
        "slider" | "spin button" => owes(ranges, "has no value between its bounds"),
        "progress bar" => {
            owes(!node.name.trim().is_empty(), "has no name");
            owes(ranges || node.is("indeterminate"), "has no value between its bounds");
        }
        "combo box" => owes(!node.description.is_empty(), "does not tell what is chosen"),
        "radio button" => owes(node.is("checkable"), "cannot be checked"),
        "list item" => owes(node.is("selectable"), "cannot be selected"),
        "dialog" | "alert" => owes(node.is("modal"), "is not modal"),
        _ => {}
    }
    wrong
}

#[test]
fn every_control_has_a_name_and_what_happens_is_said() {
    let desktop = Desktop::start("walk");
    let app = launch(&desktop);
    let mut walk = Walk { app: &app, wrong: Vec::new() };
    form(&app, &mut walk);
    sheets(&desktop, &app, &mut walk);
    desktop.listen();
    clip(&desktop, &app, &mut walk);
    announced(&desktop);
    compared(&app, &mut walk);
    let wrong = walk.wrong;
    assert!(app.quit().success(), "closing the window ends the program well");
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

fn form(app: &App<'_>, walk: &mut Walk<'_>) {
    app.wait("button", "Lake, dawn to dusk");
    let fields = [
        ("combo box", "Host", "Rehearsal, this computer, free"),
        ("label", "Balance, no charges", ""),
        ("button", "Keyboard shortcuts", ""),
        ("button", "Settings", ""),
        ("entry", "Prompt", "0 of 2000 characters"),
        ("combo box", "Resolution", "720p"),
        ("combo box", "Duration", "5 s"),
        ("entry", "Seed", ""),
        ("button", "New random seed", ""),
        ("toggle button", "Keep this seed", ""),
        ("spin button", "Takes", ""),
        ("toggle button", "Camera fixed", ""),
        ("button", "Swap first and last frame", ""),
        ("entry", "Search prompts", ""),
        ("panel", "Filter tasks", ""),
    ];
    let empty = [
        ("button", "First frame, required", "empty"),
        ("button", "Last frame, optional", "empty"),
        ("button", "Generate, free", "Add a first frame to generate."),
        ("label", "No tasks yet", ""),
    ];
    walk.look("first run", &[&fields[..], &empty[..]].concat());
    app.click("button", "Lake, dawn to dusk");
    app.wait("button", "Remove last frame");
    app.wait_for("button", "Generate, free", wait::PATIENCE, |node| node.is("enabled"));
    let loaded = [
        ("button", "Adjust crop of first frame", ""),
        ("button", "Remove first frame", ""),
        ("button", "Adjust crop of last frame", ""),
        ("button", "Remove last frame", ""),
        ("panel", "Preview mode", ""),
        ("slider", "Split position", "50%"),
    ];
    walk.look("two pictures", &loaded);
    app.click("button", "Use 480p");
    app.wait_gone("button", "Use 480p", wait::PATIENCE);
}

fn sheets(desktop: &Desktop, app: &App<'_>, walk: &mut Walk<'_>) {
    app.click("button", "Settings");
    app.wait_for("dialog", "Settings", wait::PATIENCE, |node| node.is("focused"));
    let settings = [
        ("dialog", "Settings", ""),
        ("panel", "Host", ""),
        ("radio button", "Rehearsal", ""),
        ("panel", "Theme", ""),
        ("toggle button", "Increase contrast", ""),
        ("button", "Done", ""),
    ];
    walk.look("settings", &settings);
    app.click("radio button", "Novita");
    app.wait("password text", "API key");
    walk.look("settings of a host with a key", &[("password text", "API key", "")]);
    app.click("radio button", "Rehearsal");
    app.wait_gone("password text", "API key", wait::PATIENCE);
    app.click("button", "Done");
    app.wait_gone("dialog", "Settings", wait::PATIENCE);
    app.click("button", "Keyboard shortcuts");
    app.wait("dialog", "Keyboard shortcuts");
    walk.look("shortcuts", &[("label", "Ctrl+Enter", ""), ("label", "Generate", "")]);
    desktop.keys("Escape");
    app.wait_gone("dialog", "Keyboard shortcuts", wait::PATIENCE);
}

fn clip(desktop: &Desktop, app: &App<'_>, walk: &mut Walk<'_>) {
    app.click("entry", "Prompt");
    app.wait_for("entry", "Prompt", wait::PATIENCE, |node| node.is("focused"));
    desktop.keys("ctrl+a");
    desktop.type_text(PROMPT);
    app.wait_for("entry", "Prompt", wait::PATIENCE, |node| node.text.as_deref() == Some(PROMPT));
    app.click("button", "Generate, free");
    app.wait("progress bar", PROMPT);
    walk.look("a running task", &[("list", "Tasks", "")]);
    let row = app.wait_for("list item", &format!("{PROMPT}, Done*"), RENDERING, |_| true);
    assert!(row.is("selected"), "{row:?}");
    app.wait("image", "Clip, frame * of 120");
    if app.find("button", "Pause").is_some() {
        app.click("button", "Pause");
    }
    app.wait("button", "Play");
    let player = [
        ("button", "Back one frame", ""),
        ("button", "Forward one frame", ""),
        ("toggle button", "Loop", ""),
        ("combo box", "Speed", "1×"),
        ("button", "Full screen", ""),
        ("slider", "Position", ""),
        ("button", "Save as…", ""),
        ("button", "Open in player", ""),
        ("button", "Show in folder", ""),
        ("button", "More actions", ""),
        ("radio button", "Done, 1", ""),
    ];
    walk.look("a finished clip", &player);
    // Nothing hovers over the row, and its actions are in it all the same.
    desktop.park_pointer();
    let inside = |node: &Node| node.within.iter().any(|(role, name)| role == "list item" && name.starts_with(PROMPT));
    let actions: Vec<_> = app.walk().into_iter().filter(|node| node.role == "button" && inside(node)).collect();
    for name in ["Play", "Reuse settings", "Show in folder", "Remove"] {
        assert!(actions.iter().any(|node| node.name == name), "{name} is in its row: {actions:#?}");
    }
}

fn announced(desktop: &Desktop) {
    let heard = |words: &str| desktop.said().into_iter().any(|said| said.words.starts_with(words) && !said.at_once);
    for words in [format!("{PROMPT}, Rendering"), "Clip ready: ".to_owned()] {
        wait::until(&format!("{words:?} to be said"), wait::PATIENCE, || heard(&words).then_some(()))
            .unwrap_or_else(|late| panic!("{late}; said was {:#?}", desktop.said()));
    }
}

fn compared(app: &App<'_>, walk: &mut Walk<'_>) {
    app.click("toggle button", "Compare");
    app.wait("panel", "Compare mode");
    let compared = [("slider", "Compare position", "50%"), ("combo box", "Compare with", "First frame")];
    walk.look("compare", &compared);
    app.click("toggle button", "Compare");
    app.wait_gone("panel", "Compare mode", wait::PATIENCE);
    app.click("button", "Remove");
    app.wait_for("button", "Cancel", wait::PATIENCE, |node| node.is("focused"));
    walk.look("a question", &[("alert", "Remove from the list? The saved file stays.", "")]);
    app.click("button", "Cancel");
    app.wait_gone("alert", "*", wait::PATIENCE);
}

#[test]
fn the_walk_sees_what_is_wrong() {
    let node = |role: &str, name: &str, states: &[&str], place: [i32; 4]| Node {
        role: role.to_owned(),
        name: name.to_owned(),
        description: String::new(),
        states: states.iter().map(|state| (*state).to_owned()).collect(),
        place,
        text: None,
        value: None,
        actions: Vec::new(),
        within: Vec::new(),
    };
    let large = [0, 0, 40, 40];
    assert_eq!(objections(&node("button", "Play", &["focusable"], large)), [] as [&str; 0]);
    for (wrong, what) in [
        (node("button", " ", &["focusable"], large), "has no name"),
        (node("panel", "Clip", &["focusable"], large), "is a control without a control's role"),
        (node("button", "Play", &[], [0, 0, 40, 20]), "is too small to be hit"),
        (node("slider", "Position", &["focusable"], large), "has no value between its bounds"),
        (node("combo box", "Speed", &["focusable"], large), "does not tell what is chosen"),
        (node("list item", "Mist, Done", &["focusable"], large), "cannot be selected"),
        (node("dialog", "Settings", &[], large), "is not modal"),
    ] {
        assert_eq!(objections(&wrong), [what]);
    }
}
