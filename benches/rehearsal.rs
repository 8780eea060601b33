//! How long Rehearsal takes from two pictures to a stored clip: `cargo bench --bench rehearsal`.
//!
//! The whole way of `inbetween generate`: pictures prepared, request, rendering, polling, download. Beside it, in the same
//! run, ffmpeg's x264 at its usual settings encodes as many frames of the same size from a pattern it makes by itself.

#![expect(clippy::print_stdout, reason = "what a bench finds is printed")]

use std::process::{Command, Stdio};
use std::time::Instant;

/// Resolution and size of the sample's ratio, as the contract has them.
const OUTPUTS: [(&str, &str); 3] = [("480p", "864x480"), ("720p", "1248x704"), ("1080p", "1920x1088")];
const ROUNDS: usize = 3;

fn main() {
    println!("two pictures to a stored clip of 5 s, s   Rehearsal   ffmpeg x264   ratio");
    for (resolution, size) in OUTPUTS {
        let (mut ours, mut theirs) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..ROUNDS {
            ours = ours.min(rehearse(resolution));
            theirs = theirs.min(reference(size));
        }
        println!("{resolution:40} {ours:10.2} {theirs:13.2} {:7.2}", ours / theirs);
    }
}

fn rehearse(resolution: &str) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_inbetween"));
    command.args(["generate", "--sample", "lake-dawn-to-dusk", "--json", "--resolution", resolution, "--data-dir"]);
    timed(command.arg(folder.path()))
}

fn reference(size: &str) -> f64 {
    let pattern = format!("testsrc2=size={size}:rate=24:duration=5");
    let mut command = Command::new("ffmpeg");
    timed(command.args(["-v", "error", "-f", "lavfi", "-i", &pattern, "-c:v", "libx264", "-f", "null", "-"]))
}

/// Seconds until the program has ended well.
fn timed(command: &mut Command) -> f64 {
    let begun = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the program runs");
    assert!(status.success(), "{command:?} ended with {status}");
    begun.elapsed().as_secs_f64()
}
