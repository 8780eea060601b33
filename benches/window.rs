//! What the window's own thread costs while the work is done elsewhere.
//!
//! Prints the processor time of each painted frame (logic and interface, no graphics card) while four pictures of 30 MB
//! are read at once, while 200 tasks are followed to their clips, and over a list of 10,000, beside frames of the same
//! window at rest.

#![expect(clippy::print_stdout, reason = "what a bench finds is printed")]

#[path = "window/clock.rs"]
mod clock;
#[path = "../tests/drop/mod.rs"]
mod drop;
#[path = "window/list.rs"]
mod list;
#[expect(dead_code, unused_imports, reason = "the host does more than this bench asks of it")]
#[path = "../tests/hosts/novita/mod.rs"]
mod novita;
#[path = "../tests/paid/placing.rs"]
mod placing;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use inbetween::app::{App, Launch};
use inbetween::services::keychain::Keychain;
use inbetween::services::picker::Picker;
use inbetween::state::Event;
use novita::{Host, Script};

use clock::{report, thread_time};

/// 3 bytes a pixel that nothing compresses: 29.9 MB.
const SIDES: (u32, u32) = (3450, 2880);

/// Tasks that are under way at once.
const TASKS: usize = 200;
const TAKES: u32 = 4;

/// A key for the host of this bench alone. It comes from where another address than the host's own takes its key.
const KEY: (&str, &str) = ("NOVITA_API_KEY", "sk_test_key");

fn main() {
    if std::env::var(KEY.0).as_deref() != Ok(KEY.1) {
        let mut again = std::process::Command::new(std::env::current_exe().expect("this bench"));
        let ended = again.args(std::env::args_os().skip(1)).env(KEY.0, KEY.1).status();
        assert!(ended.is_ok_and(|status| status.success()), "the bench failed");
        return;
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    clock::heading();
    list::run();
    pictures(&runtime);
    tasks(&runtime);
}

/// Four large pictures are read at once.
fn pictures(runtime: &tokio::runtime::Runtime) {
    let folder = tempfile::tempdir().expect("a folder");
    let pictures: Vec<PathBuf> = (0..4).map(|index| noise(folder.path(), index)).collect();
    let mut window = open(runtime, folder.path(), None);
    for _ in 0..60 {
        frame(&mut window);
    }
    let rest: Vec<f64> = (0..200).map(|_| frame(&mut window)).collect();
    // All four are read at the same time; the newest two are shown.
    let mut busy = Vec::new();
    for pair in pictures.chunks(2) {
        drop::drop_on(&mut window, pair);
        busy.push(frame(&mut window));
    }
    let shown = |window: &Harness<'_, App>| {
        let ready = window.query_by_label("Generate, free").is_some();
        ready && window.query_by_label("Split position").is_some() && window.query_by_label("Reading…").is_none()
    };
    while !shown(&window) || busy.len() < 30 {
        busy.push(frame(&mut window));
        std::thread::sleep(Duration::from_millis(4));
    }
    for _ in 0..30 {
        busy.push(frame(&mut window));
    }
    report("at rest", rest);
    report("while four pictures of 30 MB are read", busy);
}

/// Many tasks are followed at once, from accepted to saved.
fn tasks(runtime: &tokio::runtime::Runtime) {
    let host = Host::start(Script { unfinished: 12, ..Script::default() });
    let folder = tempfile::tempdir().expect("a folder");
    accept(runtime, folder.path(), &host);
    let mut window = open(runtime, folder.path(), Some(host.url()));
    let mut times = Vec::new();
    let done = format!("Done, {TASKS}");
    while window.query_by_label(&done).is_none() {
        times.push(frame(&mut window));
        std::thread::sleep(Duration::from_millis(4));
    }
    report(&format!("while {TASKS} tasks come home"), times);
}

/// Has the host accept the tasks, and ends before any of them is done.
fn accept(runtime: &tokio::runtime::Runtime, folder: &Path, host: &Host) {
    let picture = folder.join("first.png");
    image::RgbImage::from_pixel(864, 480, image::Rgb([40, 80, 120])).save(&picture).expect("a picture");
    let mut engine = placing::engine(runtime, folder.join("library"), &host.url());
    for number in 0..TASKS / TAKES as usize {
        engine.run(placing::order(&picture, &format!("order {number}"), TAKES));
    }
    let mut accepted = HashSet::new();
    while accepted.len() < TASKS {
        for event in engine.drain() {
            if let Event::Changed(row) = event
                && row.task_id.is_some()
            {
                accepted.insert(row.id);
            }
        }
        std::thread::sleep(Duration::from_millis(4));
    }
}

fn open(runtime: &tokio::runtime::Runtime, folder: &Path, base_url: Option<String>) -> Harness<'static, App> {
    let launch = Launch {
        instance: None,
        data_dir: Some(folder.join("library")),
        base_url,
        pictures: Vec::new(),
        keychain: Keychain::memory(),
        picker: Picker::Scripted(inbetween::services::picker::Script::default()),
    };
    let handle = runtime.handle().clone();
    Harness::builder()
        .with_size([1440.0, 900.0])
        .build_eframe(move |cc| App::new(cc, launch, handle).expect("the library opens"))
}

/// One pass of the window; its processor time in milliseconds.
fn frame(window: &mut Harness<'_, App>) -> f64 {
    let before = thread_time();
    window.step();
    thread_time() - before
}

fn noise(folder: &Path, index: u8) -> PathBuf {
    let path = folder.join(format!("{index}.png"));
    let mut state = 0x9E37_79B9_7F4A_7C15_u64 ^ u64::from(index);
    let picture = image::RgbImage::from_fn(SIDES.0, SIDES.1, |_, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let [r, g, b, ..] = state.to_le_bytes();
        image::Rgb([r, g, b])
    });
    picture.save(&path).expect("a picture");
    path
}
