//! The palette, the parts of the window, and Settings, by keyboard and by name.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use inbetween::app::App;

use crate::{Bench, generate_is_enabled, shows, wait, with_a_picture};

/// Name and middle of what has the keyboard.
fn focused(window: &Harness<'_, App>) -> Option<(String, Pos2)> {
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone is not general enough")]
    let node = window.query_all_by(|node| node.is_focused()).next()?;
    Some((node.accesskit_node().label().unwrap_or_default(), node.rect().center()))
}

fn has_focus(label: &str) -> impl Fn(&Harness<'_, App>) -> bool {
    move |window| focused(window).is_some_and(|(name, _)| name == label)
}

/// A bench whose form is set to the smallest clip: these tests wait for one, not for its pixels.
fn small_clips() -> Bench {
    let bench = Bench::new();
    let library = bench.folder.path().join("library");
    std::fs::create_dir_all(&library).unwrap();
    std::fs::write(library.join("settings.json"), r#"{"form": {"resolution": "480p"}}"#).unwrap();
    bench
}

fn opened(bench: &Bench) -> Harness<'static, App> {
    let mut window = bench.window();
    wait(&mut window, "the empty stage", shows("Start with a first frame"));
    window.run_steps(3);
    window
}

fn type_text(window: &mut Harness<'_, App>, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(2);
}

#[test]
fn the_palette_finds_and_runs_an_action_and_gives_the_keyboard_back() {
    let bench = Bench::new();
    let mut window = opened(&bench);
    window.get_by_label("Choose image…").focus();
    wait(&mut window, "the button", has_focus("Choose image…"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    // The field has the keyboard, and tells of the row that Enter would run.
    wait(&mut window, "its first row", has_focus("Choose first frame"));
    assert_eq!(window.get_by_label("Command palette").accesskit_node().role(), Role::Dialog);
    assert_eq!(window.get_by_label("Search commands").accesskit_node().role(), Role::SearchInput);
    let option = |window: &Harness<'_, App>, title: &str| {
        window.query_by_role_and_label(Role::ListBoxOption, title).map(|row| row.accesskit_node().is_disabled())
    };
    type_text(&mut window, "gener");
    assert_eq!(option(&window, "Generate"), Some(true), "listed, and not to be run");
    window.key_press(Key::Enter);
    window.run_steps(3);
    assert!(window.query_by_label("Command palette").is_some(), "nothing was run");

    // Tab leads nowhere else.
    window.key_press(Key::Tab);
    window.run_steps(3);
    type_text(&mut window, "ate");
    assert_eq!(option(&window, "Generate"), Some(true), "the field still has the keyboard");
    window.key_press(Key::Escape);
    wait(&mut window, "the window as it was", has_focus("Choose image…"));

    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    wait(&mut window, "the palette", has_focus("Choose first frame"));
    type_text(&mut window, "s");
    assert_eq!(option(&window, "Generate"), None, "it forgets what was typed");
    window.key_press(Key::ArrowDown);
    window.key_press(Key::ArrowUp);
    type_text(&mut window, "ett");
    assert_eq!(option(&window, "Settings"), Some(false));
    window.key_press(Key::Enter);
    wait(&mut window, "Settings", |window| window.query_by_role_and_label(Role::Dialog, "Settings").is_some());
    window.key_press(Key::Escape);
    wait(&mut window, "no sheet", |window| window.query_by_role_and_label(Role::Dialog, "Settings").is_none());
    wait(&mut window, "the keyboard where it was", has_focus("Choose image…"));

    // What belongs to the window itself: the search of the tasks.
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    wait(&mut window, "the palette", has_focus("Choose first frame"));
    type_text(&mut window, "search tasks");
    window.get_by_role_and_label(Role::ListBoxOption, "Search tasks").click();
    wait(&mut window, "the other search field", has_focus("Search prompts"));
}

#[test]
fn the_palette_drives_the_player_as_its_keys_do() {
    let bench = small_clips();
    let mut window = with_a_picture(&bench);
    window.get_by_label("Generate, free").click();
    wait(&mut window, "the player", |window| window.query_by_label_contains("Clip, frame").is_some());
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    wait(&mut window, "the palette", has_focus("Choose first frame"));
    type_text(&mut window, "full screen");
    window.key_press(Key::Enter);
    wait(&mut window, "the full screen", shows("Leave full screen"));
    assert!(window.query_by_label("Command palette").is_none());
    window.key_press(Key::Escape);
    wait(&mut window, "the window again", shows("Export frame"));
}

#[test]
fn f6_goes_through_the_parts_of_the_window_and_back_to_where_it_was() {
    let bench = Bench::new();
    let mut window = opened(&bench);
    let at = |window: &Harness<'_, App>| focused(window).expect("something has the keyboard");
    window.key_press(Key::F6);
    window.run_steps(2);
    assert!(at(&window).1.y < 48.0, "the top bar: {:?}", at(&window));
    window.key_press(Key::F6);
    window.run_steps(2);
    assert!(at(&window).1.x < 408.0 && at(&window).1.y > 48.0, "Compose: {:?}", at(&window));
    // From a text field too.
    window.get_by_role_and_label(Role::MultilineTextInput, "Prompt").focus();
    wait(&mut window, "the prompt", has_focus("Prompt"));
    window.key_press(Key::F6);
    window.run_steps(2);
    assert!((416.0..1084.0).contains(&at(&window).1.x), "the stage: {:?}", at(&window));
    window.key_press(Key::F6);
    window.run_steps(2);
    assert_eq!(at(&window).0, "Search prompts", "the tasks");
    window.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    window.key_press_modifiers(Modifiers::SHIFT, Key::F6);
    wait(&mut window, "the prompt once more", has_focus("Prompt"));
}

#[test]
fn a_list_that_is_open_closes_alone_and_gives_the_keyboard_back() {
    let bench = Bench::new();
    let mut window = opened(&bench);
    window.get_by_role_and_label(Role::ComboBox, "Resolution").focus();
    wait(&mut window, "the field", has_focus("Resolution"));
    window.key_press(Key::Enter);
    wait(&mut window, "its list", |window| window.query_by_role_and_label(Role::ListBoxOption, "1080p").is_some());
    window.key_press(Key::Escape);
    wait(&mut window, "no list", |window| window.query_by_role_and_label(Role::ListBoxOption, "1080p").is_none());
    wait(&mut window, "the field again", has_focus("Resolution"));

    window.get_by_label("Recent prompts").focus();
    wait(&mut window, "the button", has_focus("Recent prompts"));
    window.key_press(Key::Enter);
    let in_menu = |window: &Harness<'_, App>| {
        window.query_all_by(|node| node.is_focused() && node.role() == Role::MenuItem).next().is_some()
    };
    window.run_steps(3);
    if window.query_all_by(|node| node.role() == Role::MenuItem).next().is_some() {
        wait(&mut window, "the first row", in_menu);
    }
    window.key_press(Key::Escape);
    wait(&mut window, "the button again", has_focus("Recent prompts"));
}

#[test]
fn settings_name_files_count_clips_and_copy_diagnostics() {
    let bench = small_clips();
    let mut window = with_a_picture(&bench);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    wait(&mut window, "Settings", shows("0 clips, 0 bytes. Finished clips are saved here as soon as they arrive."));
    window.get_by_role_and_label(Role::TextInput, "File names").focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_text(&mut window, "clip/{prompt}");
    wait(&mut window, "the reason", shows("A file name cannot hold “/”."));
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_text(&mut window, "{resolution} {prompt}");
    wait(&mut window, "an example", shows("Example: 480p lake dawn to dusk 3f9c1a2b.mp4"));
    window.key_press(Key::Escape);
    wait(&mut window, "no sheet", generate_is_enabled);

    window.run_steps(3);
    window.get_by_label("Generate, free").click();
    window.run_steps(3);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    wait(&mut window, "the count while it is looked at", |window| window.query_by_label_contains("1 clip, ").is_some());
    let clips = bench.folder.path().join("library/clips/Inbetween");
    let names: Vec<_> = std::fs::read_dir(clips).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(names.iter().any(|name| name.to_string_lossy().starts_with("480p ")), "{names:?}");

    window.get_by_label("Copy").focus();
    wait(&mut window, "the button in sight", |window| {
        let footer = window.get_by_role_and_label(Role::Button, "Done").rect().top();
        has_focus("Copy")(window) && window.get_by_label("Copy").rect().bottom() < footer
    });
    window.key_press(Key::Enter);
    wait(&mut window, "the word of it", |window| window.query_all_by_label("Diagnostics copied").next().is_some());
}

#[test]
fn the_panel_over_the_stage_is_opened_and_left_by_keys() {
    let bench = Bench::new();
    let mut window = opened(&bench);
    window.set_size(egui::vec2(1024.0, 680.0));
    wait(&mut window, "the rail", shows("Show tasks"));
    window.get_by_label("Show tasks").focus();
    wait(&mut window, "its button", has_focus("Show tasks"));
    window.key_press(Key::Enter);
    wait(&mut window, "the panel", shows("Search prompts"));
    window.key_press(Key::Tab);
    wait(&mut window, "the search field", has_focus("Search prompts"));
    window.key_press(Key::Escape);
    wait(&mut window, "the rail alone", |window| window.query_by_label("Search prompts").is_none());
    wait(&mut window, "its button again", has_focus("Show tasks"));
}
