//! Two pictures of 30 MB must not cost more than 120 MB of memory on their way.
//!
//! Measured in a process of its own, where nothing else has touched the memory before.

use std::io::Write as _;
use std::process::Command;

use inbetween::domain::frame::{PictureFormat, PreparedFrames};
use inbetween::services::api::body_sha256;

use super::hosts::{Act, Host, json};
use super::orders::{ACCEPTED, HUGE, client, file, model, picture, request, submit};

/// Kilobytes more than before that both ways through the pictures may take.
const MOST: u64 = 120_000;
const CHILD: &str = "memory::the_upload_alone";

#[test]
#[cfg(target_os = "linux")]
fn two_large_pictures_are_streamed() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", CHILD, "--nocapture", "--test-threads=1"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let grown = said.split("grown=").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a figure");
    let grown: u64 = grown.parse().expect("a number");
    assert!(grown < MOST, "{grown} kB more than before");
}

#[tokio::test]
#[ignore = "run by the test above in a process of its own"]
async fn the_upload_alone() {
    let host = Host::start([Act::Count(json(200, ACCEPTED))]);
    let folder = tempfile::tempdir().unwrap();
    let (first, last) = (picture(folder.path(), "a.jpg", HUGE), picture(folder.path(), "b.jpg", HUGE));
    let frames =
        PreparedFrames { first: file(&first, PictureFormat::Jpeg), last: Some(file(&last, PictureFormat::Jpeg)) };
    let client = client(&host.url());
    // Making the pictures took memory; the high-water mark starts from here.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS");
    let digest = body_sha256(model(), &request(), &frames).await.unwrap();
    submit(&client, &frames).await.unwrap();
    let grown = status("VmHWM").saturating_sub(before);
    let _ = writeln!(std::io::stdout(), "grown={grown} kB");
    let seen = host.seen().remove(0);
    assert!(seen.whole && seen.length == digest.length && seen.length > 80_000_000);
}

/// A figure of this process in kilobytes.
fn status(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).expect("a known figure");
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
