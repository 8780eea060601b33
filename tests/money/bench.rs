//! The program on its command line, with a library of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use image::{Rgb, RgbImage};
use serde_json::Value;

use crate::host::Host;

pub struct Bench {
    pub host: Host,
    folder: tempfile::TempDir,
}

/// How one run of the program ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    /// The last line of JSON.
    pub last: Value,
}

impl Ran {
    pub fn reason(&self) -> &str {
        self.last["reason"].as_str().unwrap_or_default()
    }
}

impl Bench {
    pub fn new() -> Self {
        Self { host: Host::start(), folder: tempfile::tempdir().unwrap() }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    pub fn picture(&self) -> PathBuf {
        let path = self.folder.path().join("first.png");
        if !path.exists() {
            RgbImage::from_pixel(864, 480, Rgb([10, 20, 30])).save(&path).unwrap();
        }
        path
    }

    /// Limits the day to so many cents.
    pub fn limit(&self, cents: u64) {
        std::fs::create_dir_all(self.data()).unwrap();
        std::fs::write(self.data().join("settings.json"), format!("{{\"daily_cap_cents\": {cents}}}")).unwrap();
    }

    /// `inbetween generate` at 480p, about $0.12, with more arguments.
    pub fn generate(&self, more: &[&str]) -> Ran {
        let output = self.command(more).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let last = text.lines().last().and_then(|line| serde_json::from_str(line).ok()).unwrap_or_default();
        Ran { code: output.status.code().unwrap_or(-1), last }
    }

    /// The first line that `generate` prints; it is ended then.
    pub fn start(&self, more: &[&str]) -> Value {
        let mut child = self.command(more).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        serde_json::from_str(&line).unwrap_or_default()
    }

    pub fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inbetween"));
        command.arg("--data-dir").arg(self.data()).args(["--base-url", &self.host.url]);
        command.args(["generate", "--json", "--resolution", "480p", "--first"]).arg(self.picture()).args(more);
        // Nothing of this user's session is reached.
        command.env("NOVITA_API_KEY", "test").env_remove("DBUS_SESSION_BUS_ADDRESS");
        command
    }
}
