//! Every fault at every step.
//!
//! The cells run side by side in a process of their own, which has the key in its environment and says all it does.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use image::RgbImage;
use inbetween::domain::draft::{Draft, FrameChoice, Order};
use inbetween::domain::frame::FrameSlot;
use inbetween::domain::model::Catalogue;
use inbetween::services::images;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tracing_subscriber::filter::LevelFilter;

use crate::cell;
use crate::findings::{Findings, KEY, secret_in};
use crate::novita::Fault;
use crate::table::cells;

/// Set for the child.
const CHILD: &str = "INBETWEEN_TEST_FAULTS";

/// Cells at the same time: they wait more than they work.
const AT_ONCE: usize = 32;

#[test]
fn no_fault_loses_a_clip_or_buys_it_twice() {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "matrix::child", "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .env("NOVITA_API_KEY", KEY)
        .env("HOME", home.path())
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<_> = told.lines().filter_map(|line| line.strip_prefix("matrix: ")).collect();
    let mut out = std::io::stdout();
    for line in &lines {
        writeln!(out, "{line}").unwrap();
    }
    for (name, bytes) in [("what it printed", &output.stdout), ("its log", &output.stderr)] {
        assert_eq!(secret_in(bytes), None, "{name} holds a secret");
    }
    assert!(output.stderr.len() > 100_000, "the log was on, so that the line above means something");
    assert!(output.status.success(), "{}", lines.join("\n"));
    let figures = format!("{} cells, 0 tasks bought twice, 0 tasks lost, 0 bad files", cells().len());
    assert_eq!(lines.last(), Some(&figures.as_str()));
}

/// Does nothing unless it is run by the test above.
#[test]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let findings = runtime.block_on(all());
    let mut out = std::io::stdout();
    writeln!(out).unwrap();
    for complaint in findings.iter().flat_map(|found| &found.complaints) {
        writeln!(out, "matrix: {complaint}").unwrap();
    }
    let sum = |of: fn(&Findings) -> usize| findings.iter().map(of).sum::<usize>();
    let (doubles, lost, bad) = (sum(|found| found.doubles), sum(|found| found.lost), sum(|found| found.bad_files));
    let cells = findings.len();
    writeln!(out, "matrix: {cells} cells, {doubles} tasks bought twice, {lost} tasks lost, {bad} bad files").unwrap();
    assert!(findings.iter().all(|found| found.complaints.is_empty()), "see above");
}

async fn all() -> Vec<Findings> {
    let folder = tempfile::tempdir().unwrap();
    let orders = [false, true].map(|is_large| order(folder.path(), is_large));
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for cell in cells() {
        let is_large = matches!(cell.fault, Fault::CutRequest(_));
        let (turns, order) = (Arc::clone(&turns), orders[usize::from(is_large)].clone());
        running.spawn(async move {
            let _turn = turns.acquire_owned().await.unwrap();
            cell::run(cell, order).await
        });
    }
    running.join_all().await
}

/// One picture, sent as it is: small, or so large that its request is cut off while it is sent.
fn order(folder: &Path, is_large: bool) -> Order {
    let model = Catalogue::built_in().default_model();
    let path = folder.join(if is_large { "noise.png" } else { "plain.png" });
    let noise = |x: u32, y: u32| (x * 7_919 + y * 104_729).wrapping_mul(2_654_435_761).to_be_bytes();
    let pixel = |x, y| if is_large { noise(x, y) } else { [10, 20, 30, 0] };
    let (width, height) = if is_large { (864, 480) } else { (336, 304) };
    RgbImage::from_fn(width, height, |x, y| image::Rgb([pixel(x, y)[0], pixel(x, y)[1], pixel(x, y)[2]]))
        .save(&path)
        .unwrap();
    let mut draft = Draft::new(model);
    "480p".clone_into(&mut draft.settings.resolution);
    draft.send_original = true;
    *draft.frame_mut(FrameSlot::First) = FrameChoice::Ready(images::read(&path, 16).unwrap().0);
    draft.check(model).unwrap()
}
