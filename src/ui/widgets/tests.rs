//! The widgets as a keyboard and a screen reader meet them.

use egui::{Key, Role, Ui};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};

use super::*;
use crate::ui::{
    fonts,
    icons::Icon,
    theme::{self, Appearance},
};

/// A window with one row of widgets over a state.
fn harness<'a, S: 'a>(state: S, app: impl FnMut(&mut Ui, &mut S) + 'a) -> Harness<'a, S> {
    Harness::builder()
        .with_size(egui::vec2(600.0, 400.0))
        .with_context_setup(|ctx| {
            fonts::install(ctx);
            theme::apply(ctx, Appearance::default());
        })
        .build_ui_state(app, state)
}

#[test]
fn a_button_works_by_tab_and_both_keys() {
    let mut harness = harness(0, |ui, pressed: &mut u32| {
        let button = Button::new("Generate").primary().name("Generate, about 26 cents").keys("Ctrl+Enter");
        *pressed += u32::from(ui.add(button).clicked());
    });
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.get_by_role_and_label(Role::Button, "Generate, about 26 cents").is_focused());
    harness.key_press(Key::Space);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(*harness.state(), 2);
}

#[test]
fn a_disabled_button_says_why_and_cannot_be_pressed() {
    let mut harness = harness(0, |ui, pressed: &mut u32| {
        let button = Button::new("Generate").enabled(false).description("Add a first frame to generate.");
        *pressed += u32::from(ui.add(button).clicked());
    });
    harness.get_by_label("Generate").click();
    harness.key_press(Key::Tab);
    harness.key_press(Key::Enter);
    harness.run();
    let button = harness.get_by_label("Generate");
    assert!(button.accesskit_node().is_disabled());
    assert_eq!(button.accesskit_node().description().as_deref(), Some("Add a first frame to generate."));
    assert!(!button.is_focused());
    assert_eq!(*harness.state(), 0);
}

#[test]
fn a_disabled_button_leaves_its_neighbours_enabled() {
    let mut harness = harness(0, |ui, pressed: &mut u32| {
        ui.add(Button::new("Verify").enabled(false));
        *pressed += u32::from(ui.add(Button::new("Save")).clicked());
    });
    harness.get_by_label("Save").click();
    harness.run();
    assert_eq!(*harness.state(), 1);
}

#[test]
fn icon_buttons_have_names_and_toggles_have_states() {
    let mut harness = harness(false, |ui, on: &mut bool| {
        ui.add(IconButton::new(Icon::CROP, "Adjust crop of first frame").tiny());
        if ui.add(IconButton::new(Icon::LOOP, "Loop").toggled(*on)).clicked() {
            *on = !*on;
        }
    });
    assert_eq!(harness.get_by_label("Adjust crop of first frame").accesskit_node().role(), Role::Button);
    harness.get_by_role_and_label(Role::Switch, "Loop").click();
    harness.run();
    let node = harness.get_by_label("Loop");
    assert_eq!(node.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
}

#[test]
fn every_target_is_at_least_24_points() {
    let mut harness = harness((), |ui, ()| {
        ui.add(IconButton::new(Icon::CLOSE, "Remove").tiny());
        ui.add(Button::new("a").kind(ButtonKind::Link));
        ui.add(Button::new("b").small());
    });
    harness.run();
    for name in ["Remove", "a", "b"] {
        assert!(harness.get_by_label(name).rect().height() >= 24.0, "{name}");
    }
}

#[test]
fn a_switch_turns_by_click_and_space() {
    let mut harness = harness(false, |ui, on: &mut bool| {
        ui.add(Switch::new(on, "Camera fixed").description("Holds the camera still"));
    });
    harness.get_by_role_and_label(Role::Switch, "Camera fixed").click();
    harness.run();
    assert!(*harness.state());
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    assert!(!*harness.state());
}

#[test]
fn a_segmented_control_is_one_stop_and_arrows_move_in_it() {
    let mut harness = harness((0, 0), |ui, (value, changes): &mut (u8, u32)| {
        let segments = [
            Segment::new(0, "All").count(Some(8)),
            Segment::new(1, "Running").count(Some(4)),
            Segment::new(2, "Failed"),
        ];
        *changes += u32::from(Segmented::new("Filter tasks", &segments).show(ui, value).changed());
        ui.add(Button::new("After"));
    });
    assert!(harness.query_by_role_and_label(Role::RadioGroup, "Filter tasks").is_some());
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.get_by_role_and_label(Role::RadioButton, "All, 8").is_focused());
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(harness.state().0, 1);
    assert!(harness.get_by_label("Running, 4").is_focused());
    harness.key_press(Key::ArrowLeft);
    harness.run();
    harness.key_press(Key::ArrowLeft);
    harness.run();
    assert_eq!(harness.state().0, 2, "the arrows go round");
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.get_by_label("After").is_focused());
    harness.get_by_label("Running, 4").click();
    harness.run();
    assert_eq!(*harness.state(), (1, 4));
}

#[test]
fn a_stepper_stays_in_its_range() {
    let mut harness = harness(1, |ui, takes: &mut u32| {
        Stepper::new("Takes", 1..=4).show(ui, takes);
    });
    let limits = |harness: &Harness<'_, u32>| {
        let disabled = |name| harness.get_by_label(name).accesskit_node().is_disabled();
        (disabled("Decrease takes"), disabled("Increase takes"))
    };
    assert_eq!(limits(&harness), (true, false));
    harness.key_press(Key::Tab);
    harness.run();
    for _ in 0..5 {
        harness.key_press(Key::ArrowUp);
    }
    harness.run();
    assert_eq!(*harness.state(), 4);
    assert_eq!(limits(&harness), (false, true));
    harness.get_by_label("Decrease takes").click();
    harness.run();
    assert_eq!(*harness.state(), 3);
    let node = harness.get_by_role_and_label(Role::SpinButton, "Takes");
    assert_eq!(node.accesskit_node().numeric_value(), Some(3.0));
    assert_eq!(node.accesskit_node().max_numeric_value(), Some(4.0));
}

#[test]
fn a_stepper_obeys_a_screen_reader() {
    let mut harness = harness(1, |ui, takes: &mut u32| {
        Stepper::new("Takes", 1..=4).show(ui, takes);
    });
    harness.get_by_role_and_label(Role::SpinButton, "Takes").increment_accesskit();
    harness.run();
    assert_eq!(*harness.state(), 2);
    harness.get_by_role_and_label(Role::SpinButton, "Takes").set_value_accesskit(99.0);
    harness.run();
    assert_eq!(*harness.state(), 4);
}

fn dropdown(ui: &mut Ui, value: &mut &'static str) {
    let choices = [
        Choice::new("480p", "480p").detail("864×480"),
        Choice::new("720p", "720p"),
        Choice::new("1080p", "1080p").enabled(false),
    ];
    Dropdown::new("Resolution", &choices).show(ui, value);
}

#[test]
fn a_dropdown_is_chosen_from_by_keyboard() {
    let mut harness = harness("720p", dropdown);
    let combo = |harness: &Harness<'_, &'static str>| {
        let node = harness.get_by_role_and_label(Role::ComboBox, "Resolution");
        (node.value(), node.is_focused())
    };
    assert_eq!(combo(&harness).0.as_deref(), Some("720p"));
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert!(harness.get_by_role_and_label(Role::ListBoxOption, "720p").is_focused());
    harness.key_press(Key::ArrowUp);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(*harness.state(), "480p");
    assert_eq!(combo(&harness), (Some("480p".to_owned()), true));
    assert!(harness.query_by_role(Role::ListBoxOption).is_none(), "the list is closed");
}

#[test]
fn a_dropdown_is_chosen_from_by_pointer_and_refuses_what_is_disabled() {
    let mut harness = harness("720p", dropdown);
    harness.get_by_role_and_label(Role::ComboBox, "Resolution").click();
    harness.run();
    harness.get_by_role_and_label(Role::ListBoxOption, "1080p").click();
    harness.run();
    assert_eq!(*harness.state(), "720p");
    if harness.query_by_role_and_label(Role::ListBoxOption, "480p").is_none() {
        harness.get_by_role_and_label(Role::ComboBox, "Resolution").click();
        harness.run();
    }
    harness.get_by_role_and_label(Role::ListBoxOption, "480p").click();
    harness.run();
    assert_eq!(*harness.state(), "480p");
}

#[test]
fn escape_closes_a_dropdown_and_keeps_its_value() {
    let mut harness = harness("720p", dropdown);
    harness.get_by_role_and_label(Role::ComboBox, "Resolution").click();
    harness.run();
    assert!(harness.query_by_label("480p").is_some());
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("480p").is_none());
    assert_eq!(*harness.state(), "720p");
}

#[test]
fn a_text_field_is_named_typed_into_and_marked_as_wrong() {
    let mut harness = harness(String::new(), |ui, text: &mut String| {
        let error = (text.as_str() == "x").then_some("Seed must be a number.");
        TextField::new(text, "Seed").hint("Random").error(error).width(120.0).show(ui);
    });
    harness.get_by_role_and_label(Role::TextInput, "Seed").focus();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Seed").type_text("x");
    harness.run();
    assert_eq!(harness.state(), "x");
    let node = harness.get_by_role_and_label(Role::TextInput, "Seed");
    assert_eq!(node.accesskit_node().description().as_deref(), Some("Seed must be a number."));
    assert!((node.rect().height() - 34.0).abs() < 0.5, "{}", node.rect().height());
    assert!((node.rect().width() - 120.0).abs() < 0.5);
}

#[test]
fn a_note_answers_with_the_action_that_was_pressed() {
    let mut harness = harness(None, |ui, pressed: &mut Option<usize>| {
        let note = Note::warning("Last frame is 4:3.", &["Crop to 16:9", "Adjust crop…"]);
        *pressed = note.show(ui).or(*pressed);
    });
    harness.get_by_label("Adjust crop…").click();
    harness.run();
    assert_eq!(*harness.state(), Some(1));
    harness.get_by_label("Crop to 16:9").click();
    harness.run();
    assert_eq!(*harness.state(), Some(0));
}

#[test]
fn progress_is_told_in_percent_and_rests_when_it_has_arrived() {
    let mut harness = harness(0.42, |ui, fraction: &mut f32| {
        progress_bar(ui, "Lake, dawn to dusk", Progress::At(*fraction), 200.0);
    });
    // `run` ends only when nothing asks for another frame.
    harness.run();
    let node = harness.get_by_role_and_label(Role::ProgressIndicator, "Lake, dawn to dusk");
    assert_eq!(node.accesskit_node().numeric_value(), Some(42.0));
    assert_eq!(node.value().as_deref(), Some("42%"));
}

#[test]
fn unknown_progress_stands_still_when_motion_is_reduced() {
    let mut harness = Harness::builder()
        .with_context_setup(|ctx| {
            fonts::install(ctx);
            theme::apply(ctx, Appearance { motion: theme::Motion::Reduced, ..Appearance::default() });
        })
        .build_ui(|ui| {
            progress_bar(ui, "Clip", Progress::Somewhere, 200.0);
        });
    harness.run();
    assert_eq!(harness.get_by_label("Clip").accesskit_node().numeric_value(), None);
}

#[test]
fn a_toast_acts_and_closes() {
    let mut harness = harness(ToastAnswer::default(), |ui, answer: &mut ToastAnswer| {
        let now = Toast::new(ToastKind::Success, "Clip ready: Lake").action("Play").show(ui);
        answer.acted |= now.acted;
        answer.closed |= now.closed;
    });
    assert!(harness.query_by_role_and_label(Role::Status, "Clip ready: Lake").is_some());
    harness.get_by_label("Play").click();
    harness.run();
    assert!(harness.state().acted && !harness.state().closed);
    harness.get_by_label("Close").click();
    harness.run();
    assert!(harness.state().closed);
}

#[test]
fn every_icon_and_every_type_style_can_be_drawn() {
    // The harness panics on a character that no font of the program has.
    let mut harness = harness((), |ui, ()| {
        let theme = theme::Theme::of(ui.ctx());
        for icon in Icon::ALL {
            icon.paint(ui.painter(), egui::pos2(20.0, 20.0), 16.0, theme.palette.text);
        }
        for style in theme::Type::ALL {
            ui.label(style.rich("Aa 0123 … × · — “dusk” ← → ↑ ↓ €", theme.palette.text));
        }
    });
    harness.run();
}
