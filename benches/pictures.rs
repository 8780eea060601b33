//! From a file to its preview, next to libvips in the same run: `cargo bench --bench pictures`.
//!
//! Prints a table for `benches/README.md`, which tells what it means. A part of a file's name as an argument picks files.
//! Fails where libvips is missing; a ratio that is too high is only marked, since it depends on who else is at work.

#[path = "pictures/corpus.rs"]
mod corpus;
#[path = "pictures/scene.rs"]
mod scene;
#[path = "pictures/vips.rs"]
mod vips;

use std::env;
use std::io::{Write, stdout};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use inbetween::services::images::{header, read};

use corpus::Entry;
use vips::Vips;

/// Times that each side is measured, by turns. The shortest counts: whatever else runs on a machine only adds.
const ROUNDS: usize = 5;
/// Longer sides of the previews: the program's own, and that of a list.
const LONGEST: [u32; 2] = [1600, 512];
/// Headers that are read for one figure.
const HEADERS: u32 = 500;
/// Set for a process that loads one file and prints what that took.
const MEMORY: &str = "INBETWEEN_BENCH_MEMORY";

fn main() {
    if let Some(path) = env::var_os(MEMORY) {
        return print_memory(Path::new(&path));
    }
    let version = vips::version();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    say(&format!("{version}; making what is missing in {} …\n", folder.display()));
    let entries = corpus::corpus(&folder);
    let vips = Vips::new(&folder);
    let wanted: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    for longest in LONGEST {
        say(&format!("\n| to {longest} px | MB | ours | libvips | ratio | allowed | memory | libvips | header |\n"));
        say("|---|---|---|---|---|---|---|---|---|\n");
        for entry in &entries {
            let file = entry.path.to_string_lossy();
            if wanted.is_empty() || wanted.iter().any(|part| file.contains(part.as_str())) {
                say(&line(entry, longest, &vips));
            }
        }
    }
}

fn line(entry: &Entry, longest: u32, vips: &Vips) -> String {
    let Entry { name, path, most, profile } = entry;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(vips.time(path, longest, *profile));
        ours.push(timed(|| assert!(read(path, longest).expect("a picture that is legal").1.is_some())));
    }
    let (ours, theirs) = (shortest(&ours), shortest(&theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let mark = if ratio > *most { " **over**" } else { "" };
    let megabytes = path.metadata().expect("a file just made").len() as f64 / 1e6;
    let headers = timed(|| (0..HEADERS).for_each(|_| assert!(header(path).is_ok())));
    format!(
        "| {name} | {megabytes:.1} | {} ms | {} ms | {ratio:.2}{mark} | {most:.1} | {} MB | {} MB | {} µs |\n",
        ours.as_millis(),
        theirs.as_millis(),
        memory(path, longest) / 1000,
        vips.memory(path, longest, *profile) / 1000,
        (headers / HEADERS).as_micros(),
    )
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn shortest(times: &[Duration]) -> Duration {
    times.iter().copied().min().unwrap_or_default()
}

/// Kilobytes beyond what a process took before it loaded the file.
fn memory(path: &Path, longest: u32) -> u64 {
    let program = env::current_exe().expect("this program has a file");
    let output = Command::new(program).arg(longest.to_string()).env(MEMORY, path).output().expect("it starts again");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a figure")
}

fn print_memory(path: &Path) {
    let longest = env::args().nth(1).and_then(|argument| argument.parse().ok()).expect("a length");
    let status = Path::new("/proc/self/status");
    let before = figure(status, "VmRSS");
    read(path, longest).expect("a picture that is legal");
    say(&format!("{}\n", figure(status, "VmHWM").saturating_sub(before)));
}

/// A figure of a process in kilobytes; 0 where it is gone or the system does not tell.
fn figure(status: &Path, name: &str) -> u64 {
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn say(text: &str) {
    let _ = stdout().write_all(text.as_bytes());
    let _ = stdout().flush();
}
