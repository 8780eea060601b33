//! The window's flows, found by label as a screen reader finds them, on the real engine and the Rehearsal host.

mod drop;
#[path = "flows/shell.rs"]
mod shell;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use image::{Rgb, RgbImage};
use inbetween::app::{App, Launch};
use inbetween::services::keychain::Keychain;
use inbetween::services::picker::{Picked, Picker, Script};

/// A rendering takes seconds; this is for a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(240);

struct Bench {
    folder: tempfile::TempDir,
    script: Script,
    runtime: tokio::runtime::Runtime,
}

impl Bench {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), script: Script::default(), runtime }
    }

    fn window(&self) -> Harness<'static, App> {
        self.window_with(Vec::new())
    }

    /// The window as it opens with pictures on its command line.
    fn window_with(&self, pictures: Vec<PathBuf>) -> Harness<'static, App> {
        let launch = Launch {
            instance: None,
            data_dir: Some(self.folder.path().join("library")),
            base_url: None,
            pictures,
            keychain: Keychain::memory(),
            picker: Picker::Scripted(self.script.clone()),
        };
        let runtime = self.runtime.handle().clone();
        Harness::builder()
            .with_size([1440.0, 900.0])
            .build_eframe(move |cc| App::new(cc, launch, runtime).expect("the library opens"))
    }

    /// A picture of two colours, so that it is not the same as another.
    fn picture(&self, name: &str, width: u32, height: u32, shade: u8) -> PathBuf {
        let path = self.folder.path().join(name);
        let picture = RgbImage::from_fn(width, height, |x, y| Rgb([shade, (x % 256) as u8, (y % 256) as u8]));
        picture.save(&path).unwrap();
        path
    }
}

/// Steps until the window shows what is waited for, or says what it shows instead.
fn wait(window: &mut Harness<'_, App>, what: &str, seen: impl Fn(&Harness<'_, App>) -> bool) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        window.step();
        if seen(window) {
            return;
        }
        assert!(Instant::now() < deadline, "never seen: {what}; the window shows {:#?}", window.root());
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn shows(label: &str) -> impl Fn(&Harness<'_, App>) -> bool {
    move |window| window.query_by_label(label).is_some()
}

fn drop_files(window: &mut Harness<'_, App>, paths: &[PathBuf]) {
    drop::drop_on(window, paths);
    window.step();
}

fn generate_is_enabled(window: &Harness<'_, App>) -> bool {
    window.query_by_label("Generate, free").is_some_and(|button| !button.accesskit_node().is_disabled())
}

#[test]
fn from_an_empty_window_over_a_warning_to_a_clip_that_is_still_there_at_the_next_start() {
    let bench = Bench::new();
    let mut window = bench.window();
    wait(&mut window, "the empty stage", shows("Start with a first frame"));
    assert!(window.query_by_label("Add a first frame to generate.").is_some());
    assert!(!generate_is_enabled(&window));

    let first = bench.picture("first.png", 1280, 720, 10);
    let last = bench.picture("last.png", 1024, 768, 200);
    drop_files(&mut window, &[first, last]);
    let warning = "Last frame is 4:3; it will be cropped to match the first frame.";
    wait(&mut window, "the ratio warning", |window| window.query_all_by_label(warning).next().is_some());
    wait(&mut window, "Generate ready: amber never blocks", generate_is_enabled);
    window.get_by_label("Crop to 16:9").click();
    wait(&mut window, "the warning gone", |window| window.query_all_by_label(warning).next().is_none());

    // The cards are gone and the form has moved up; a click goes to where a control is shown.
    wait(&mut window, "the smaller form", |window| {
        window.query_all_by_label("Crop to 16:9").next().is_none() && generate_is_enabled(window)
    });
    window.run_steps(4);
    window.get_by_label("Generate, free").click();
    wait(&mut window, "the finished clip", |window| window.query_all_by_label_contains(", Done, ").next().is_some());
    wait(&mut window, "the player", |window| window.query_by_label_contains("Clip, frame").is_some());

    let saved = bench.folder.path().join("saved.mp4");
    bench.script.answer(Picked::Chosen(vec![saved.clone()]));
    window.get_by_role_and_label(egui::accesskit::Role::Button, "Save as…").click();
    wait(&mut window, "the copy", |_| saved.is_file());
    let facts = inbetween::video::probe(&saved).unwrap();
    assert_eq!((facts.width, facts.height, facts.frames), (1248, 704, 120));
    drop(window);

    let mut window = bench.window();
    wait(&mut window, "the task at the next start", |window| {
        window.query_all_by_label_contains(", Done, ").next().is_some()
    });
}

#[test]
fn a_bad_picture_is_named_with_its_figure_and_blocks_generate() {
    let bench = Bench::new();
    let mut window = bench.window();
    wait(&mut window, "the empty stage", shows("Start with a first frame"));
    let small = bench.picture("small.png", 400, 280, 1);
    drop_files(&mut window, &[small]);
    let sentence = "Shorter side is 280 px; it must be greater than 300 px.";
    wait(&mut window, "the sentence", |window| window.query_all_by_label(sentence).next().is_some());
    assert!(window.query_by_label("Fix the first frame to generate.").is_some());
    assert!(!generate_is_enabled(&window));

    let good = bench.picture("good.png", 1280, 720, 1);
    bench.script.answer(Picked::Chosen(vec![good]));
    window.get_by_label("Choose another…").click();
    wait(&mut window, "Generate ready", generate_is_enabled);
}

#[test]
fn pictures_given_at_the_start_come_before_what_the_form_held() {
    let bench = Bench::new();
    let value = |window: &Harness<'_, App>, label: &str| {
        window.query_by_label(label).and_then(|well| well.accesskit_node().value()).unwrap_or_default()
    };
    let given = [bench.picture("a.png", 1280, 720, 1), bench.picture("b.png", 1200, 700, 2)];
    let mut window = bench.window_with(given.to_vec());
    wait(&mut window, "both pictures", |window| {
        value(window, "First frame, required").starts_with("1280 by 720")
            && value(window, "Last frame, optional").starts_with("1200 by 700")
    });
    wait(&mut window, "Generate ready", generate_is_enabled);
    drop(window);
    let mut window = bench.window_with(vec![bench.picture("c.png", 1000, 1000, 3)]);
    wait(&mut window, "the given picture, and the last one of before", |window| {
        value(window, "First frame, required").starts_with("1000 by 1000")
            && value(window, "Last frame, optional").starts_with("1200 by 700")
    });
}

#[test]
fn an_unsuitable_crop_is_adjusted_and_previewed_before_anything_is_made() {
    let bench = Bench::new();
    let mut window =
        bench.window_with(vec![bench.picture("a.png", 2000, 1500, 1), bench.picture("b.png", 1280, 720, 2)]);
    wait(&mut window, "the warning", |window| {
        window.query_all_by_label("First frame is 4:3; it will be cropped to 16:9.").next().is_some()
    });
    wait(&mut window, "the fix", |window| window.query_all_by_label("Adjust crop…").next().is_some());
    window.get_by_label("Adjust crop of first frame").click();
    wait(&mut window, "the large view", shows("Crop of the first frame"));
    let crop = |window: &Harness<'_, App>| {
        window.query_by_label("Crop of the first frame").and_then(|view| view.accesskit_node().value())
    };
    assert_eq!(crop(&window).as_deref(), Some("2000 by 1128 pixels, 0 from the left, 186 from the top"));
    window.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::ArrowUp);
    wait(&mut window, "the moved crop", |window| crop(window).is_some_and(|value| value.ends_with("176 from the top")));
    window.key_press(egui::Key::Minus);
    wait(&mut window, "the smaller crop", |window| crop(window).is_some_and(|value| value.starts_with("1905 by 1074")));
    window.get_by_label("Use this crop").click();
    wait(&mut window, "the view closed", |window| crop(window).is_none());
    wait(&mut window, "no warning", |window| window.query_all_by_label("Adjust crop…").count() == 1);
    for mode in ["Overlay", "Flip", "Split"] {
        window.get_by_label(mode).click();
        window.run_steps(2);
    }
    window.get_by_label("Play the in-between").click();
    wait(&mut window, "the animatic", shows("In-between preview"));
    window.get_by_label("Stop the preview").click();
    wait(&mut window, "the pictures again", shows("Split position"));
    assert!(window.query_all_by(|node| node.role() == egui::accesskit::Role::ListItem).next().is_none(), "no task");
}

#[test]
fn a_crop_dragged_in_its_well_is_accepted_and_del_empties_the_well() {
    let bench = Bench::new();
    let mut window = bench.window_with(vec![bench.picture("a.png", 2000, 1500, 1)]);
    let warning = "First frame is 4:3; it will be cropped to 16:9.";
    let warned = |window: &Harness<'_, App>| window.query_all_by_label(warning).next().is_some();
    wait(&mut window, "the warning", |window| warned(window) && generate_is_enabled(window));
    window.run_steps(3);
    let middle = window.get_by_label("First frame, required").rect().center();
    window.hover_at(middle);
    window.step();
    window.drag_at(middle);
    window.step();
    for step in 1..=6 {
        window.hover_at(middle - egui::vec2(0.0, step as f32 * 2.0));
        window.step();
    }
    window.drop_at(middle - egui::vec2(0.0, 12.0));
    wait(&mut window, "the warning gone", |window| !warned(window));
    window.run_steps(3);
    window.get_by_label("First frame, required").focus();
    window.run_steps(2);
    window.key_press(egui::Key::Delete);
    wait(&mut window, "the empty well", shows("Add a first frame to generate."));
}

#[test]
fn many_pictures_are_confirmed_once() {
    let bench = Bench::new();
    let mut window = bench.window();
    wait(&mut window, "the empty stage", shows("Start with a first frame"));
    let folder = bench.folder.path().join("holidays");
    std::fs::create_dir(&folder).unwrap();
    for index in 0..3 {
        std::fs::rename(bench.picture(&format!("{index}.png"), 1280, 720, index), folder.join(format!("{index}.png")))
            .unwrap();
    }
    std::fs::write(folder.join("notes.txt"), "no picture").unwrap();
    drop_files(&mut window, &[folder]);
    wait(&mut window, "the list", |window| window.query_all_by_label("3 first frames, same settings").next().is_some());
    wait(&mut window, "its price", shows("3 clips, free"));
    window.get_by_label("Take out 1.png").click();
    wait(&mut window, "a shorter list", shows("2 clips, free"));
    window.get_by_label("Generate 2 clips").click();
    wait(&mut window, "both tasks", |window| {
        window.query_all_by(|node| node.role() == egui::accesskit::Role::ListItem).count() == 2
    });
}

#[test]
fn what_is_no_picture_is_said_and_nothing_else_is_lost() {
    let bench = Bench::new();
    let mut window = bench.window();
    wait(&mut window, "the empty stage", shows("Start with a first frame"));
    let good = bench.picture("good.png", 1280, 720, 1);
    let text = bench.folder.path().join("notes.png");
    std::fs::write(&text, "no picture at all").unwrap();
    drop_files(&mut window, &[good, text]);
    let sentence = "Only JPEG, PNG, WebP, BMP, TIFF or GIF images";
    wait(&mut window, "the sentence", |window| window.query_all_by_label_contains(sentence).next().is_some());
    wait(&mut window, "the reason", shows("Fix the last frame to generate."));
    window.get_by_label("Remove last frame").click();
    wait(&mut window, "Generate ready", generate_is_enabled);
}

/// The window with a first frame, ready to generate.
fn with_a_picture(bench: &Bench) -> Harness<'static, App> {
    let mut window = bench.window();
    wait(&mut window, "the empty stage", shows("Start with a first frame"));
    let good = bench.picture("good.png", 1280, 720, 1);
    drop_files(&mut window, &[good]);
    wait(&mut window, "Generate ready", generate_is_enabled);
    window
}

#[test]
fn a_held_key_generates_once() {
    let bench = Bench::new();
    let mut window = with_a_picture(&bench);
    for repeat in [false, true, true, true] {
        window.input_mut().events.push(egui::Event::Key {
            key: egui::Key::Enter,
            physical_key: None,
            pressed: true,
            repeat,
            modifiers: egui::Modifiers::COMMAND,
        });
        window.step();
    }
    wait(&mut window, "a task", |window| window.query_all_by_label_contains("Untitled clip, ").next().is_some());
    wait(&mut window, "its end", |window| window.query_all_by_label_contains(", Done, ").next().is_some());
    let rows = window.query_all_by(|node| node.role() == egui::accesskit::Role::ListItem).count();
    assert_eq!(rows, 1);
}

#[test]
fn a_damaged_clip_is_downloaded_again() {
    let bench = Bench::new();
    let mut window = with_a_picture(&bench);
    window.get_by_label("Generate, free").click();
    wait(&mut window, "its end", |window| window.query_all_by_label_contains(", Done, ").next().is_some());
    wait(&mut window, "the player", |window| window.query_by_label_contains("Clip, frame").is_some());
    drop(window);

    let folder = bench.folder.path().join("library/clips/Inbetween");
    let mut clips = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let clip = clips.find(|path| path.extension().is_some_and(|ending| ending == "mp4")).expect("a clip");
    let whole = std::fs::read(&clip).unwrap();
    std::fs::write(&clip, &whole[..40]).unwrap();
    let mut window = bench.window();
    wait(&mut window, "the task", |window| window.query_all_by_label_contains(", Done, ").next().is_some());
    window.query_all_by_label_contains(", Done, ").next().unwrap().click();
    wait(&mut window, "the sentence", shows("This clip could not be played."));
    window.get_by_label("Download again").click();
    wait(&mut window, "the player", |window| window.query_by_label_contains("Clip, frame").is_some());
    assert!(std::fs::read(&clip).unwrap() == whole, "byte for byte");

    window.run_steps(4);
    window.key_press(egui::Key::F);
    wait(&mut window, "the full screen", shows("Leave full screen"));
    assert!(window.query_by_label("Export frame").is_none(), "nothing but the clip and its transport");
    window.key_press(egui::Key::Escape);
    wait(&mut window, "the window again", shows("Export frame"));
}
