//! libvips beside us: its own programs on the same files.
//!
//! One process makes the preview of one file, another one of several; the difference is what a file takes without the
//! start of a process. Every file of a process is a link of its own, so that nothing of it is remembered. Previews are
//! written without compression, which costs libvips a few milliseconds that we do not have.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Files that a process loads beyond the first.
const FILES: u32 = 3;
/// What a program that is missing comes in.
const PACKAGE: &str = "libvips-tools";

pub struct Vips {
    folder: PathBuf,
}

/// Makes one file of another, with options in libvips' own form.
pub fn convert(from: &Path, to: &Path, options: &str) {
    let mut target = to.as_os_str().to_owned();
    target.push(options);
    run(Command::new("vips").arg("copy").arg(from).arg(target));
}

/// "vips-8.14.1", or the end of the program where there is none.
pub fn version() -> String {
    let output = Command::new("vips").arg("--version").output();
    let thumbnails = Command::new("vipsthumbnail").arg("--version").output();
    match (output, thumbnails) {
        (Ok(output), Ok(_)) => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        _ => panic!("`vips` and `vipsthumbnail` are needed: install the package {PACKAGE}"),
    }
}

impl Vips {
    /// Works in a folder below that one.
    pub fn new(folder: &Path) -> Self {
        let folder = folder.join("vips");
        fs::create_dir_all(&folder).expect("the target folder can be written to");
        Self { folder }
    }

    /// What one file takes, without the start of a process.
    pub fn time(&self, file: &Path, longest: u32, profile: bool) -> Duration {
        let links: Vec<_> = (0..=FILES).map(|number| self.link(file, number)).collect();
        let one = self.run(&links[..1], longest, profile);
        let all = self.run(&links, longest, profile);
        all.saturating_sub(one) / FILES
    }

    /// Most memory of a process with that one file, in kilobytes.
    pub fn memory(&self, file: &Path, longest: u32, profile: bool) -> u64 {
        let link = self.link(file, 0);
        let mut child = self.command(&[link], longest, profile).spawn().expect("vipsthumbnail starts");
        let status = PathBuf::from(format!("/proc/{}/status", child.id()));
        let mut most = 0;
        while child.try_wait().expect("our own child").is_none() {
            most = most.max(super::figure(&status, "VmHWM"));
        }
        most
    }

    fn run(&self, files: &[PathBuf], longest: u32, profile: bool) -> Duration {
        let start = Instant::now();
        run(&mut self.command(files, longest, profile));
        start.elapsed()
    }

    fn command(&self, files: &[PathBuf], longest: u32, profile: bool) -> Command {
        let mut command = Command::new("vipsthumbnail");
        command.args(["--size", &longest.to_string(), "--output"]).arg(self.folder.join("%s.v"));
        if profile {
            command.args(["--eprofile", "srgb"]);
        }
        command.args(files).stdout(Stdio::null());
        command
    }

    fn link(&self, file: &Path, number: u32) -> PathBuf {
        let name = file.file_name().expect("a file").display();
        let link = self.folder.join(format!("{number}-{name}"));
        if !link.exists() {
            fs::hard_link(file, &link).expect("the target folder can be written to");
        }
        link
    }
}

fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|error| panic!("{error}: install the package {PACKAGE}"));
    assert!(status.success(), "{command:?}");
}
