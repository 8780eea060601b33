//! Speaks with `driver.py`: one JSON line each way.

use std::io::Write as _;
use std::path::Path;
use std::process::{ChildStdin, Stdio};
use std::sync::mpsc::Receiver;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::process::{self, Process};
use super::wait::PATIENCE;

/// A widget as it tells about itself over AT-SPI. A value that is a text has no place there: the app repeats it in the
/// description.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Node {
    pub role: String,
    pub name: String,
    pub description: String,
    pub states: Vec<String>,
    /// Left, top, width, height in pixels of the screen.
    #[serde(rename = "box", default)]
    pub place: [i32; 4],
    /// What is written in it, where it holds text.
    pub text: Option<String>,
    /// The least, the present and the largest value, where it has a number.
    pub value: Option<[f64; 3]>,
    #[serde(default)]
    pub actions: Vec<String>,
    /// Role and name of what it lies in, outermost first; told by a walk alone.
    #[serde(default)]
    pub within: Vec<(String, String)>,
}

/// Where the keyboard is.
#[derive(Debug, Clone, Deserialize)]
pub struct Keyboard {
    /// How often it has moved.
    pub moves: u32,
    pub name: String,
    /// Names the widget as long as it is there.
    pub path: String,
}

/// Something that a screen reader is asked to say.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Said {
    pub words: String,
    /// Whatever else is being said.
    pub at_once: bool,
}

impl Node {
    pub fn is(&self, state: &str) -> bool {
        self.states.iter().any(|held| held == state)
    }

    pub fn centre(&self) -> (i32, i32) {
        let [left, top, width, height] = self.place;
        (left + width / 2, top + height / 2)
    }
}

/// A window the window manager knows.
#[derive(Debug, Clone, Deserialize)]
pub struct Window {
    pub id: u32,
    pub title: String,
    /// Left, top, width, height of what is inside the frame.
    #[serde(rename = "box")]
    pub place: [i32; 4],
}

/// An item of the keychain.
#[derive(Debug, Clone, Deserialize)]
pub struct Secret {
    pub secret: String,
}

pub struct Driver {
    requests: ChildStdin,
    replies: Receiver<String>,
    _process: Process,
}

impl Driver {
    pub fn start(environment: &[(&'static str, std::ffi::OsString)], log: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/driver.py");
        // The system's Python, because it is the one that the packages are made for.
        let mut process = Process::start(Path::new("/usr/bin/python3"), log, |command| {
            command.arg(script).env_clear().envs(environment.iter().cloned());
            command.stdin(Stdio::piped()).stdout(Stdio::piped());
        });
        let child = process.child();
        let requests = child.stdin.take().expect("a piped stdin");
        let replies = process::lines(child.stdout.take().expect("a piped stdout"));
        Self { requests, replies, _process: process }
    }

    /// Asks once.
    ///
    /// # Errors
    /// What the driver says went wrong, or that it is gone.
    pub fn ask<T: DeserializeOwned>(&mut self, command: &str, mut arguments: Value) -> Result<T, String> {
        arguments["do"] = json!(command);
        writeln!(self.requests, "{arguments}").map_err(|why| format!("the driver is gone: {why}"))?;
        let line = self.replies.recv_timeout(PATIENCE).map_err(|why| format!("the driver does not answer: {why}"))?;
        let mut reply: Value = serde_json::from_str(&line).map_err(|why| format!("{line}: {why}"))?;
        if let Some(problem) = reply["error"].as_str() {
            return Err(format!("{command}: {problem}"));
        }
        serde_json::from_value(reply["ok"].take()).map_err(|why| format!("{line}: {why}"))
    }
}
