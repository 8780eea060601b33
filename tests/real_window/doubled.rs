//! Everything twice as large, on a screen that has just room for it.

use crate::e2e::{Desktop, Node, wait};
use crate::{RENDERING, frame, launch};

/// What has to lie whole in the window at every moment of the journey.
const ALWAYS: [(&str, &str); 9] = [
    ("combo box", "Host"),
    ("label", "Balance, no charges"),
    ("button", "Keyboard shortcuts"),
    ("button", "Settings"),
    ("button", "Recent prompts"),
    ("button", "First frame, required"),
    ("button", "Last frame, optional"),
    ("button", "Generate, free"),
    ("button", "Show tasks"),
];

const PLAYER: [(&str, &str); 13] = [
    ("image", "Clip, frame * of 120"),
    ("slider", "Position"),
    ("button", "Back one frame"),
    ("button", "Play"),
    ("button", "Forward one frame"),
    ("toggle button", "Loop"),
    ("combo box", "Speed"),
    ("button", "Full screen"),
    ("button", "Save as…"),
    ("button", "Use last as first"),
    ("button", "Export frame"),
    ("toggle button", "Compare"),
    ("button", "Open in player"),
];

#[test]
fn at_two_hundred_percent_nothing_is_cut_off() {
    let desktop = Desktop::doubled("doubled");
    let app = launch(&desktop);
    assert_eq!(app.window.place, [0, 0, 2048, 1360], "the window fills the screen");
    let whole = |what: &[(&str, &str)]| {
        for (role, name) in what {
            let node = app.wait(role, name);
            assert!(is_inside(&node, app.window.place), "{node:?} is cut off");
        }
    };
    let settings = app.wait("button", "Settings");
    assert_eq!(settings.place[2..], [64, 64], "a button of 32 points is twice as large");
    whole(&ALWAYS);
    whole(&[("button", "Choose image…"), ("button", "Paste"), ("button", "Storm clears")]);
    desktop.picture("doubled-1-first-run");
    app.click("button", "Lake, dawn to dusk");
    app.wait("button", "Remove last frame");
    app.wait_for("button", "Generate, free", wait::PATIENCE, |node| node.is("enabled"));
    whole(&ALWAYS);
    whole(&[("slider", "Split position"), ("panel", "Preview mode"), ("button", "Play the in-between")]);
    desktop.picture("doubled-2-pictures");
    app.click("button", "Use 480p");
    app.wait_gone("button", "Use 480p", wait::PATIENCE);
    app.click("button", "Generate, free");
    app.wait_for("list item", "*, Done*", RENDERING, |_| true);
    app.wait("image", "Clip, frame * of 120");
    if app.find("button", "Pause").is_some() {
        app.click("button", "Pause");
    }
    app.click("slider", "Position");
    app.wait_for("image", "Clip, frame *", wait::PATIENCE, |node| (55..=66).contains(&frame(&node.name)));
    whole(&ALWAYS);
    whole(&PLAYER);
    desktop.picture("doubled-3-clip");
    app.click("button", "Settings");
    app.wait("dialog", "Settings");
    whole(&[("dialog", "Settings"), ("button", "Done"), ("radio button", "Rehearsal")]);
    desktop.picture("doubled-4-settings");
    app.click("button", "Done");
    app.wait_gone("dialog", "Settings", wait::PATIENCE);
    assert!(app.quit().success(), "closing the window ends the program well");
}

fn is_inside(node: &Node, window: [i32; 4]) -> bool {
    let ([left, top, width, height], [x, y, wide, high]) = (node.place, window);
    width > 0 && height > 0 && left >= x && top >= y && left + width <= x + wide && top + height <= y + high
}
