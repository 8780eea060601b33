//! The player's room by its labels.

use std::time::Duration;

use egui::accesskit::Toggled;
use egui::{Key, Modifiers, OutputCommand, Role, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::domain::frame::FrameSlot;
use crate::domain::generation::{Generation, GenerationId};
use crate::state::tasks::Posters;
use crate::state::{Action, Command, TaskCommand};
use crate::ui::stage::tests::{Bench, done, fixture, frames, with_task};

/// The stage with the fixture's clip on its first frame.
fn bench() -> Bench {
    let mut bench = Bench::of(done(fixture()));
    all_decoded(&mut bench);
    bench
}

/// Lets the player decode until its last frame is there.
fn all_decoded(bench: &mut Bench) {
    bench.until(&format!("Clip, frame 1 of {}", frames()));
    act(bench, Action::Diagnostics);
    let count = frames();
    loop {
        bench.harness.step();
        if bench.harness.query_by_label_contains(&format!("decoded {count} of {count}")).is_some() {
            break;
        }
        bench.wait();
    }
    act(bench, Action::Diagnostics);
}

fn act(bench: &mut Bench, action: Action) {
    bench.harness.state_mut().stage.act(action);
    bench.harness.run_steps(2);
}

fn counter(number: usize) -> String {
    format!("frame {number} / {}", frames())
}

fn seek(bench: &mut Bench, number: usize) {
    bench.harness.get_by_label("Position").set_value_accesskit(number as f64);
    bench.harness.run_steps(2);
    assert!(bench.has(&counter(number)));
}

fn value(bench: &Bench, label: &str) -> String {
    bench.harness.get_by_label(label).value().unwrap_or_default()
}

fn is_on(bench: &Bench, label: &str) -> bool {
    bench.harness.get_by_label(label).accesskit_node().toggled() == Some(Toggled::True)
}

#[test]
fn j_k_and_l_drive_the_playhead() {
    let mut bench = bench();
    act(&mut bench, Action::ToggleLoop);
    seek(&mut bench, 10);
    act(&mut bench, Action::PlayForward);
    assert!(bench.has("Pause") && !bench.has("2×"));
    act(&mut bench, Action::PlayForward);
    assert!(bench.has("2×"));
    act(&mut bench, Action::PlayBackward);
    assert!(bench.has("Backwards"));
    act(&mut bench, Action::PlayBackward);
    act(&mut bench, Action::PlayBackward);
    act(&mut bench, Action::PlayBackward);
    assert!(bench.has("Backwards, 4×"), "no faster than that");
    act(&mut bench, Action::Pause);
    assert!(bench.has("Play") && !bench.has("Backwards, 4×"));
    seek(&mut bench, 10);
    act(&mut bench, Action::PlayBackward);
    bench.harness.run_steps(60);
    assert!(bench.has(&counter(1)) && bench.has("Play"), "it stops at the start");
    act(&mut bench, Action::PlayPause);
    bench.harness.run_steps(6);
    assert!(!bench.has("Backwards"), "Space plays on at the clip's own speed");
}

#[test]
fn in_and_out_points_bound_what_is_played() {
    let mut bench = bench();
    seek(&mut bench, 5);
    act(&mut bench, Action::InPoint);
    seek(&mut bench, 8);
    act(&mut bench, Action::OutPoint);
    assert_eq!(value(&bench, "In point"), format!("frame 5 of {}", frames()));
    assert_eq!(value(&bench, "Out point"), format!("frame 8 of {}", frames()));
    seek(&mut bench, 15);
    act(&mut bench, Action::PlayPause);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        bench.harness.step();
        seen.extend((1..=frames()).filter(|number| bench.has(&counter(*number))));
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [5, 6, 7, 8]);
    act(&mut bench, Action::Pause);
    bench.harness.get_by_label("In point").focus();
    bench.harness.run_steps(2);
    bench.press(Key::ArrowRight);
    assert_eq!(value(&bench, "In point"), format!("frame 6 of {}", frames()));
    let out = bench.harness.get_by_label("Out point").rect().center();
    bench.harness.drag_at(out);
    bench.harness.run_steps(2);
    bench.harness.hover_at(pos2(0.0, out.y));
    bench.harness.run_steps(2);
    bench.harness.drop_at(pos2(0.0, out.y));
    bench.harness.run_steps(2);
    assert_eq!(value(&bench, "Out point"), format!("frame 6 of {}", frames()), "not past the in point");
    act(&mut bench, Action::ClearPoints);
    assert!(!bench.has("In point") && !bench.has("Out point"));
}

#[test]
fn loop_is_lit_only_while_it_loops() {
    let mut bench = bench();
    assert!(is_on(&bench, "Loop"));
    bench.change(|state| state.play_request += 1);
    assert!(bench.has("Pause") && !is_on(&bench, "Loop"), "it plays once");
    bench.click("Loop");
    assert!(is_on(&bench, "Loop") && bench.has("Pause"));
    bench.click("Loop");
    assert!(!is_on(&bench, "Loop"));
    bench.click("Loop");
    bench.change(|state| state.play_request += 1);
    bench.harness.run_steps(80);
    assert!(bench.has("Play") && is_on(&bench, "Loop"), "Loop takes over once it has played");
}

#[test]
fn speed_and_zoom_are_chosen_from_menus() {
    let mut bench = bench();
    assert_eq!((value(&bench, "Speed"), value(&bench, "Zoom")), ("1×".to_owned(), "Fit".to_owned()));
    bench.click("Speed");
    bench.click("0.25×");
    bench.click("Zoom");
    bench.click("200%");
    assert_eq!((value(&bench, "Speed"), value(&bench, "Zoom")), ("0.25×".to_owned(), "200%".to_owned()));
    act(&mut bench, Action::ToggleZoom);
    assert_eq!(value(&bench, "Zoom"), "Fit");
    act(&mut bench, Action::ToggleZoom);
    assert_eq!(value(&bench, "Zoom"), "100%");
    act(&mut bench, Action::ToggleZoom);
    let over = bench.harness.get_by_label_contains("Clip, frame").rect().center();
    bench.harness.hover_at(over);
    bench.harness.run_steps(1);
    bench.harness.event(egui::Event::Zoom(2.0));
    bench.harness.run_steps(3);
    let zoomed = value(&bench, "Zoom");
    assert!(zoomed.ends_with('%') && !["100%", "200%"].contains(&zoomed.as_str()), "{zoomed}");
}

#[test]
fn the_clip_fills_the_screen_and_leaves_it() {
    let mut bench = bench();
    bench.click("Full screen");
    assert!(bench.harness.state().stage.is_full());
    assert!(bench.has("Leave full screen") && !bench.has("Export frame"));
    let told = |bench: &Bench, full| {
        let output = bench.harness.output();
        let commands = output.viewport_output.values().flat_map(|viewport| viewport.commands.iter());
        commands.filter(|command| **command == egui::ViewportCommand::Fullscreen(full)).count()
    };
    seek(&mut bench, 7);
    bench.click("Play");
    bench.harness.run_steps(3);
    assert!(bench.has("Pause"));
    bench.harness.state_mut().stage.leave_full();
    bench.harness.step();
    assert_eq!(told(&bench, false), 1);
    assert!(bench.has("Export frame") && !bench.harness.state().stage.is_full());
    act(&mut bench, Action::FullScreen);
    assert!(bench.harness.state().stage.is_full());
    bench.change(|state| state.tasks.select(None));
    assert!(!bench.harness.state().stage.is_full(), "without its clip there is nothing to fill the screen with");
}

#[test]
fn the_frame_under_the_playhead_can_be_taken() {
    let mut bench = bench();
    seek(&mut bench, 9);
    for (action, wanted) in [
        (Action::UseFrameAsFirst, TaskCommand::UseFrame { frame: 8, slot: FrameSlot::First }),
        (Action::UseFrameAsLast, TaskCommand::UseFrame { frame: 8, slot: FrameSlot::Last }),
        (Action::ExportFrame, TaskCommand::ExportFrame(8)),
    ] {
        act(&mut bench, action);
        assert!(bench.sent_to_task(&wanted), "{action:?}");
    }
    bench.harness.state_mut().stage.act(Action::CopyFrame);
    bench.harness.step();
    let exact = crate::video::frame_at(&fixture(), 8, None).unwrap().rgba();
    let commands = &bench.harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        OutputCommand::CopyImage(image) => Some(image),
        _ => None,
    });
    let copied = copied.expect("it is on the clipboard");
    assert_eq!((copied.size, copied.as_raw()), ([96, 64], &exact.pixels[..]));
    assert!(bench.sent(|command| matches!(command, Command::FrameCopied)));
    bench.click("More actions");
    bench.click("Copy frame");
    assert_eq!(bench.harness.state().commands.iter().filter(|c| matches!(c, Command::FrameCopied)).count(), 2);
}

fn two_takes() -> Bench {
    let mut state = with_task(done(fixture()));
    let other = Generation { id: GenerationId::new("other"), seed_used: Some(42), ..done(fixture()) };
    state.tasks.upsert(other);
    let mut bench = Bench::new(state, false);
    all_decoded(&mut bench);
    bench
}

#[test]
fn a_clip_is_compared_with_its_pictures_and_with_another_take() {
    let mut bench = two_takes();
    bench.click("Compare");
    assert!(bench.has("This clip") && is_on(&bench, "Compare"));
    assert!(bench.sent(|command| matches!(command, Command::LoadStills(_))));
    assert_eq!(value(&bench, "Compare with"), "First frame");
    bench.harness.get_by_label("Compare position").focus();
    bench.harness.run_steps(2);
    bench.press(Key::ArrowRight);
    let percent = bench.harness.get_by_label("Compare position").accesskit_node().numeric_value();
    assert_eq!(percent, Some(55.0));
    bench.change(|state| {
        let nothing = Posters::Ready { first: None, last: None };
        state.stills = Some((GenerationId::new("clip"), nothing));
    });
    assert!(bench.has("First frame: nothing to show"));
    bench.click("Compare with");
    bench.click("Take, seed 42");
    bench.click("Side by side");
    assert_eq!(value(&bench, "Compare with"), "Take, seed 42");
    seek(&mut bench, 11);
    bench.click("Difference");
    assert!(bench.has("Difference to Take, seed 42, 4 times as strong"));
    act(&mut bench, Action::Compare);
    assert!(!bench.has("Compare mode") && !is_on(&bench, "Compare"));
}

/// Shows the task of this name, as the state does once the switch asked for it.
fn switched_to(bench: &mut Bench, take: &str, id: &str) {
    bench.click(take);
    let id = GenerationId::new(id);
    assert!(bench.sent(|command| matches!(command, Command::Select(Some(asked)) if *asked == id)));
    bench.harness.state_mut().commands.clear();
    bench.change(|state| state.tasks.select(Some(id)));
}

#[test]
fn another_take_goes_on_where_this_one_stands() {
    let mut bench = two_takes();
    assert!(bench.harness.query_by_role_and_label(Role::RadioGroup, "Take").is_some());
    seek(&mut bench, 7);
    act(&mut bench, Action::InPoint);
    seek(&mut bench, 9);
    switched_to(&mut bench, "Take 2", "other");
    bench.until(&counter(9));
    assert!(bench.has("Play"), "it stands still as the other one did");
    assert_eq!(value(&bench, "In point"), format!("frame 7 of {}", frames()));
    act(&mut bench, Action::PlayPause);
    // Back at once, and it plays on.
    switched_to(&mut bench, "Take 1", "clip");
    assert!(bench.has("Pause") && !bench.has(&counter(1)));
    // Chosen from the list, a clip begins at its start.
    bench.change(|state| state.tasks.select(Some(GenerationId::new("other"))));
    bench.until(&counter(1));
    assert!(bench.has("Play") && !bench.has("In point"));
    // One take alone has no switch, and while it is compared the header is taken.
    bench.click("Compare");
    assert!(!bench.has("Take 1"));
    bench.click("Compare");
    bench.change(|state| state.tasks.remove(&GenerationId::new("clip")));
    assert!(!bench.has("Take 1") && !bench.has("Take 2"));
}

#[test]
fn the_full_screen_compares_and_switches_takes() {
    let mut bench = two_takes();
    bench.click("Full screen");
    assert!(bench.has("Take 1") && bench.has("Take 2") && !is_on(&bench, "Compare"));
    bench.click("Compare");
    assert!(bench.has("Compare mode") && bench.has("This clip") && is_on(&bench, "Compare"));
    bench.click("Side by side");
    assert!(!bench.has("Compare position"));
    bench.click("Compare");
    assert!(!bench.has("Compare mode") && bench.harness.state().stage.is_full());
    switched_to(&mut bench, "Take 2", "other");
    assert!(bench.harness.state().stage.is_full());
}

#[test]
fn the_seam_is_played_over_and_over() {
    let mut bench = two_takes();
    bench.click("Compare");
    bench.click("Seam");
    assert_eq!(value(&bench, "Joined to"), "Its own start");
    let count = frames();
    let mut seen = Vec::new();
    for _ in 0..150 {
        bench.harness.step();
        for words in
            (1..=count).flat_map(|n| [format!("End, frame {n} of {count}"), format!("Start, frame {n} of {count}")])
        {
            if bench.has(&words) && seen.last() != Some(&words) {
                seen.push(words);
            }
        }
    }
    let join = [format!("End, frame {count} of {count}"), format!("Start, frame 1 of {count}")];
    let joins = seen.windows(2).filter(|pair| **pair == join).count();
    assert!(joins >= 2, "{seen:?}");
    act(&mut bench, Action::Pause);
    assert!(bench.has("Play"));
    let stood = seen.last().cloned();
    bench.harness.run_steps(10);
    assert!(stood.as_ref().is_some_and(|words| bench.has(words)), "it stands still");
    let number = stood.unwrap().split(' ').nth(2).unwrap().parse().unwrap();
    assert!(bench.has(&counter(number)), "the number that is shown is the frame's");
    bench.click("Joined to");
    bench.click("Take, seed 42");
    assert_eq!(value(&bench, "Joined to"), "Take, seed 42");
}

#[test]
fn what_stands_still_asks_for_no_repaint() {
    let mut bench = bench();
    bench.harness.run_steps(60);
    let wait = |bench: &Bench| {
        let output = bench.harness.output();
        output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().expect("there is a window")
    };
    assert!(wait(&bench) > Duration::from_hours(1), "{:?}", wait(&bench));
    act(&mut bench, Action::PlayPause);
    bench.harness.run_steps(4);
    let playing = wait(&bench);
    assert!(playing > Duration::ZERO && playing <= Duration::from_millis(42), "{playing:?}");
}

#[test]
fn diagnostics_count_what_came_too_late() {
    let mut bench = bench();
    act(&mut bench, Action::Diagnostics);
    assert!(bench.harness.query_by_label_contains("H.264 by own decoder, 96×64 at 24/1").is_some());
    assert!(bench.harness.query_by_label_contains("late 0").is_some());
    act(&mut bench, Action::Diagnostics);
    assert!(bench.harness.query_by_label_contains("Diagnostics:").is_none());
}

#[test]
fn an_enlarged_picture_is_moved_and_not_played_by_a_drag() {
    let mut bench = bench();
    bench.click("Zoom");
    bench.click("400%");
    let middle = bench.harness.get_by_label_contains("Clip, frame").rect().center();
    bench.harness.drag_at(middle);
    bench.harness.run_steps(2);
    bench.harness.hover_at(middle + vec2(60.0, 30.0));
    bench.harness.run_steps(2);
    bench.harness.drop_at(middle + vec2(60.0, 30.0));
    bench.harness.run_steps(2);
    assert!(bench.has("Play"));
    bench.harness.key_press_modifiers(Modifiers::NONE, Key::Tab);
    bench.harness.run_steps(2);
}

#[test]
fn space_plays_whatever_of_the_strip_was_used_last() {
    let mut bench = bench();
    bench.click("Position");
    assert!(!bench.harness.get_by_label("Position").is_focused(), "the keys stay with the player");
    bench.harness.get_by_label("Position").focus();
    bench.harness.run_steps(2);
    bench.press(Key::Space);
    assert!(bench.has("Pause"));
    bench.press(Key::Space);
    assert!(bench.has("Play"));
}

#[test]
fn hovering_the_strip_does_not_move_the_playhead() {
    let mut bench = bench();
    seek(&mut bench, 3);
    let strip = bench.harness.get_by_label("Position").rect();
    bench.harness.hover_at(strip.center());
    bench.harness.run_steps(3);
    assert!(bench.has(&counter(3)));
}

fn sounding() -> Bench {
    let mut bench = Bench::of(done(fixture().with_file_name("sound.mp4")));
    bench.until("Clip, frame 1 of 48");
    bench
}

#[test]
fn a_clip_without_sound_has_no_speaker() {
    let bench = bench();
    assert!(!bench.has("Mute") && !bench.has("Volume") && !bench.has("This build plays no sound"));
}

#[cfg(not(feature = "sound"))]
#[test]
fn a_build_without_sound_says_so_where_there_is_some() {
    let mut bench = sounding();
    assert!(bench.has("This build plays no sound") && !bench.has("Mute") && !bench.has("Volume"));
    act(&mut bench, Action::Mute);
    assert!(!bench.sent(|command| matches!(command, Command::Settings(_))));
}

#[cfg(feature = "sound")]
#[test]
fn sound_is_muted_and_made_louder() {
    use crate::domain::settings::ClipSound;
    use crate::state::SettingsCommand;

    let mut bench = sounding();
    assert_eq!(value(&bench, "Volume"), "80%");
    bench.click("Mute");
    bench.harness.step();
    assert!(bench.sent(|command| matches!(command, Command::Settings(SettingsCommand::SetMuted(true)))));
    bench.change(|state| state.settings.clip_sound.muted = true);
    assert!(bench.has("Unmute") && !bench.has("Mute"));
    act(&mut bench, Action::Mute);
    assert!(bench.sent(|command| matches!(command, Command::Settings(SettingsCommand::SetMuted(false)))));

    bench.change(|state| state.settings.clip_sound = ClipSound { muted: false, volume: 35 });
    assert_eq!(value(&bench, "Volume"), "35%");
    bench.harness.get_by_label("Volume").set_value_accesskit(60.0);
    bench.harness.run_steps(3);
    assert!(bench.sent(|command| matches!(command, Command::Settings(SettingsCommand::SetVolume(60)))));
    bench.harness.get_by_label("Volume").focus();
    bench.harness.run_steps(2);
    bench.press(Key::ArrowUp);
    bench.harness.run_steps(2);
    assert!(bench.sent(|command| matches!(command, Command::Settings(SettingsCommand::SetVolume(40)))));
}

#[cfg(feature = "sound")]
#[test]
fn the_slider_comes_out_under_the_pointer_and_is_stored_when_it_is_let_go() {
    use crate::state::SettingsCommand;

    let mut bench = sounding();
    let button = bench.harness.get_by_label("Mute").rect();
    assert_eq!(bench.harness.get_by_label("Volume").rect(), button, "for the keyboard alone");
    bench.harness.hover_at(button.center());
    bench.harness.run_steps(3);
    let card = bench.harness.get_by_label("Volume").rect();
    assert!(card.width() > 100.0 && card.bottom() <= button.top() + 1.0, "{card:?}");
    bench.harness.drag_at(card.center());
    bench.harness.run_steps(2);
    let stored = |bench: &Bench| {
        bench.sent(|command| matches!(command, Command::Settings(SettingsCommand::SetVolume(volume)) if *volume < 30))
    };
    bench.harness.hover_at(pos2(card.left() + 30.0, card.center().y));
    bench.harness.run_steps(2);
    assert!(!stored(&bench) && value(&bench, "Volume") != "80%", "it is still held");
    bench.harness.drop_at(pos2(card.left() + 30.0, card.center().y));
    bench.harness.run_steps(3);
    assert!(stored(&bench));
    bench.harness.hover_at(pos2(5.0, 5.0));
    bench.harness.run_steps(3);
    assert!(bench.harness.get_by_label("Volume").rect().width() < 100.0);
}
