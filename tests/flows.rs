//! The window's flows, found by label as a screen reader finds them, on the real engine and the Rehearsal host.

use std::path::{Path, PathBuf};
use std::sync::Arc;
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

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

impl Bench {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), script: Script::default(), runtime }
    }

    fn window(&self) -> Harness<'static, App> {
        let launch = Launch {
            data_dir: Some(self.folder.path().join("library")),
            base_url: None,
            pictures: Vec::new(),
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
    for path in paths {
        window.input_mut().dropped_files.push(Arc::new(Dropped(path.clone())));
    }
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

#[test]
fn a_held_key_generates_once() {
    let bench = Bench::new();
    let mut window = bench.window();
    wait(&mut window, "the empty stage", shows("Start with a first frame"));
    let good = bench.picture("good.png", 1280, 720, 1);
    drop_files(&mut window, &[good]);
    wait(&mut window, "Generate ready", generate_is_enabled);
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
