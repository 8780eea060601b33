//! From an empty window to a clip, and about the window, by keys alone.

use crate::e2e::{App, Desktop, wait};
use crate::{PROMPT, RENDERING, data_dir, frame, launch};

#[test]
fn a_clip_is_made_and_looked_at_without_a_pointer() {
    let desktop = Desktop::start("keyboard");
    let library = data_dir(&desktop);
    let library = library.to_str().expect("a path in plain letters");
    let arguments = ["generate", "--sample", "storm-clears", "--resolution", "480p", "--json", "--data-dir", library];
    let made = desktop.run(&[&arguments[..], &["--prompt", "made before"]].concat());
    assert!(made.status.success(), "{made:?}");
    desktop.park_pointer();
    desktop.listen();
    let app = launch(&desktop);
    app.wait("list item", "made before, Done*");

    app.tab_to("Lake, dawn to dusk");
    desktop.keys("space");
    app.wait("button", "Remove last frame");
    // The samples are small; the fix that is offered is taken.
    app.tab_to("Use 480p");
    desktop.keys("space");
    app.wait_gone("button", "Use 480p", wait::PATIENCE);
    app.tab_to("Prompt");
    desktop.keys("ctrl+a");
    desktop.type_text(PROMPT);
    app.wait_for("entry", "Prompt", wait::PATIENCE, |node| node.text.as_deref() == Some(PROMPT));
    app.wait_for("button", "Generate, free", wait::PATIENCE, |node| node.is("enabled"));
    desktop.keys("ctrl+Return");
    app.wait_for("list item", &format!("{PROMPT}, Done*"), RENDERING, |node| node.is("selected"));
    let text = app.find("entry", "Prompt").and_then(|node| node.text);
    assert_eq!(text.as_deref(), Some(PROMPT), "the shortcut wrote nothing into the prompt");
    play(&desktop, &app);
    settings(&desktop, &app);
    list(&desktop, &app);
    assert!(app.quit().success(), "closing the window ends the program well");
}

fn play(desktop: &Desktop, app: &App<'_>) {
    // The keyboard leaves the prompt, and plain keys are the player's.
    desktop.keys("Escape");
    app.wait_for("entry", "Prompt", wait::PATIENCE, |node| !node.is("focused"));
    // It plays by itself when it comes, once.
    let name = |number: u32| format!("Clip, frame {number} of 120");
    desktop.keys("k");
    app.wait("button", "Play");
    desktop.keys("Home");
    app.wait("image", &name(1));
    for number in [2, 3] {
        desktop.keys("Right");
        app.wait("image", &name(number));
    }
    desktop.keys("Left");
    app.wait("image", &name(2));
    desktop.keys("space");
    app.wait("button", "Pause");
    app.wait_for("image", "Clip, frame *", wait::PATIENCE, |node| frame(&node.name) > 3);
    desktop.keys("space");
    app.wait("button", "Play");
    desktop.keys("End");
    app.wait("image", &name(120));
    desktop.picture("keyboard");
}

fn settings(desktop: &Desktop, app: &App<'_>) {
    desktop.keys("ctrl+comma");
    app.wait_for("dialog", "Settings", wait::PATIENCE, |node| node.is("focused"));
    app.tab_to("Increase contrast");
    desktop.keys("space");
    app.wait_for("toggle button", "Increase contrast", wait::PATIENCE, |node| node.is("pressed"));
    desktop.keys("Escape");
    app.wait_gone("dialog", "Settings", wait::PATIENCE);
}

fn list(desktop: &Desktop, app: &App<'_>) {
    let selected = |name: &str| {
        app.wait_for("list item", name, wait::PATIENCE, |node| node.is("selected"));
    };
    let ours = format!("{PROMPT}, Done*");
    for (key, name) in [("Down", "made before, Done*"), ("Up", &ours)] {
        desktop.keys(key);
        selected(name);
    }
    // With the keyboard in the list the arrows take it along.
    app.tab_to(&ours);
    desktop.keys("Down");
    app.wait_for("list item", "made before, Done*", wait::PATIENCE, |node| node.is("focused") && node.is("selected"));
    app.wait("image", "Clip, frame * of 120");
    app.tab_to("Reuse settings");
    desktop.keys("Return");
    app.wait_for("entry", "Prompt", wait::PATIENCE, |node| node.text.as_deref() == Some("made before"));
}
