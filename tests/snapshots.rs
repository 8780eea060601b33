//! The whole window, picture by picture, as the design's pictures show it: `tests/snapshots/*.png`.
//!
//! Nothing of the machine gets into them: no font, no clock, no folder, no engine. `UPDATE_SNAPSHOTS=1` takes them anew.

#[path = "snapshots/scene.rs"]
mod scene;
#[path = "snapshots/states.rs"]
mod states;

use egui::{Rect, pos2, vec2};
use egui_kittest::kittest::Queryable;
use inbetween::state::{Sheet, State};

use scene::{NARROW, Scene, THEMES, WIDE, both_sizes};

#[test]
fn the_first_run() {
    both_sizes("01-first-run", states::first_run, |_| ());
}

#[test]
fn a_warning_in_the_form() {
    both_sizes("02-compose-warning", states::warning, Scene::settle);
}

#[test]
fn a_file_over_the_window() {
    both_sizes("03-drag-hover", states::one_picture, |scene| {
        let well = scene.window.get_by_label("Last frame, optional").rect();
        scene.drag_file("lake-dusk.jpg", well.center() + vec2(55.0, 34.0));
    });
}

#[test]
fn tasks_on_their_way() {
    both_sizes("04-tasks-running", states::running, |scene| {
        if scene.size == WIDE {
            scene.hover("The sun climbs over the peaks and crosses the sky as mist lifts", ", Done, 2 min ago");
        }
    });
}

#[test]
fn the_player() {
    both_sizes("05-player", states::player, |scene| scene.show_frame(73));
}

#[test]
fn the_settings() {
    let state = || {
        let mut state = states::player();
        state.sheet = Some(Sheet::Settings);
        state
    };
    both_sizes("06-settings", state, Scene::clip_is_there);
}

#[test]
fn every_width_between_and_beyond() {
    let cases = [
        (states::running as fn() -> State, [1199.0, 800.0]),
        (states::running, [1200.0, 800.0]),
        (states::first_run, [1100.0, 740.0]),
        (states::first_run, [2560.0, 1440.0]),
    ];
    for (index, (state, size)) in cases.into_iter().enumerate() {
        let mut scene = Scene::new(state(), THEMES[index % 2], size, 1.0);
        scene.settle();
        scene.check("10-sizes");
    }
    scene::finish();
}

#[test]
fn below_the_least_size_the_stage_goes_under_the_form() {
    let mut scene = Scene::new(states::player(), THEMES[0], [800.0, 600.0], 1.0);
    scene.clip_is_there();
    scene.check("11-below-the-least-size");
    scene.scroll_to_the_end(pos2(400.0, 66.0));
    scene.show_frame(73);
    scene.check("11-below-the-least-size-end");
    scene::finish();
}

#[test]
fn twice_the_pixels() {
    let mut scene = Scene::new(states::first_run(), THEMES[0], NARROW, 2.0);
    scene.check("12-scale-2");
    scene::finish();
}

#[test]
fn a_long_prompt() {
    let mut state = states::long_prompt();
    states::calm(&mut state);
    let mut scene = Scene::new(state, THEMES[1], NARROW, 1.0);
    scene.settle();
    scene.check("13-long-prompt");
    scene::finish();
}

#[test]
fn a_focused_well_and_an_error() {
    let mut scene = Scene::new(states::error(), THEMES[0], NARROW, 1.0);
    scene.focus("Last frame, optional");
    scene.check("14-error");
    scene::finish();
}

#[test]
fn a_moved_button_is_seen() {
    let one = Scene::new(states::first_run(), THEMES[0], NARROW, 1.0).picture();
    assert!(scene::is_same(&one, &Scene::new(states::first_run(), THEMES[0], NARROW, 1.0).picture()));
    // Generate, a point to the right; and every pixel as another processor may round it.
    let button = Rect::from_min_max(pos2(20.0, 596.0), pos2(316.0, 644.0));
    assert!(!scene::is_same(&one, &scene::shifted(&one, button, 1)));
    assert!(scene::is_same(&one, &scene::rounded(&one)));
}
