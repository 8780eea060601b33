//! A library of its own, a host that counts, and what has to hold between the two.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use image::{Rgb, RgbImage};
use inbetween::domain::generation::{Generation, Status};
use inbetween::services::library::{Folders, Library};
use inbetween::services::points;

use crate::engine::KEY;
use crate::novita::{Host, Script, Told};

/// Which program is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    CommandLine,
    /// The window's engine, without a window.
    Engine,
}

pub struct Bench {
    pub host: Host,
    program: Program,
    folder: tempfile::TempDir,
}

/// How a process ended.
#[derive(Debug)]
pub struct Ran {
    /// By the signal of its point, and not by itself.
    pub was_ended: bool,
    /// The points it passed, and how often.
    pub points: BTreeMap<String, u64>,
    pub said: String,
}

impl Bench {
    pub fn new(program: Program, script: Script) -> Self {
        let bench = Self { host: Host::start(script), program, folder: tempfile::tempdir().unwrap() };
        RgbImage::from_pixel(864, 480, Rgb([40, 80, 120])).save(bench.picture()).unwrap();
        bench
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    pub fn picture(&self) -> PathBuf {
        self.folder.path().join("first.png")
    }

    /// The program that orders one clip with this prompt.
    pub fn order(&self, prompt: &str) -> Command {
        match self.program {
            Program::CommandLine => {
                let mut command = self.command_line();
                // As it is: resampling takes longer than everything that is looked at here.
                command.args([
                    "generate",
                    "--json",
                    "--original",
                    "--resolution",
                    "480p",
                    "--prompt",
                    prompt,
                    "--first",
                ]);
                command.arg(self.picture());
                command
            }
            Program::Engine => crate::engine::command(self, Some(prompt)),
        }
    }

    /// The program that takes up what is unfinished.
    pub fn take_up(&self) -> Command {
        match self.program {
            Program::CommandLine => {
                let mut command = self.command_line();
                command.args(["resume", "--json"]);
                command
            }
            Program::Engine => crate::engine::command(self, None),
        }
    }

    fn command_line(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inbetween"));
        command.arg("--data-dir").arg(self.data()).args(["--base-url", &self.host.url()]);
        Self::own(&mut command);
        command
    }

    /// Nothing of this user's session is reached.
    pub fn own(command: &mut Command) {
        command.env(KEY.0, KEY.1).env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.stdin(Stdio::null());
    }

    /// Runs a program that ends itself where it passes a point for the nth time, if it gets there.
    pub fn run(&self, mut command: Command, end_at: Option<(&str, u64)>) -> Ran {
        let log = self.folder.path().join("points");
        let _ = std::fs::remove_file(&log);
        command.env(points::LOG, &log);
        if let Some((name, times)) = end_at {
            command.env(points::END_AT, format!("{name}:{times}"));
        }
        let output = command.output().unwrap();
        let passed = std::fs::read_to_string(&log).unwrap_or_default();
        let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).join("\n");
        let was_ended = output.status.code().is_none();
        let mut points = BTreeMap::new();
        passed.lines().for_each(|name| *points.entry(name.to_owned()).or_default() += 1);
        Ran { was_ended, points, said }
    }

    /// The rows as the next process finds them.
    pub fn rows(&self) -> Vec<Generation> {
        Library::open(Folders::resolve(Some(self.data())).unwrap()).unwrap().all().unwrap()
    }

    /// What has to hold after every end. `what` names the moment.
    pub fn check(&self, what: &str) {
        let (rows, tasks) = (self.rows(), self.host.tasks());
        for (body, times) in self.host.accepted() {
            assert!(times <= 1, "{what}: the request {body} was accepted {times} times");
        }
        let known: BTreeSet<_> = rows.iter().filter_map(|row| row.task_id.clone()).collect();
        let uncertain = rows.iter().filter(|row| matches!(row.status, Status::Unknown(_))).count();
        let lost: Vec<_> = tasks.iter().filter(|task| !known.contains(&task.id)).collect();
        assert!(lost.len() <= uncertain, "{what}: {} tasks are lost, {uncertain} requests uncertain", lost.len());
        assert!(tasks.iter().all(|task| task.told != Told::Nothing || !known.contains(&task.id)), "{what}");
        assert_eq!(self.host.breaches(), Vec::<String>::new(), "{what}");
        self.check_files(what, &rows);
    }

    fn check_files(&self, what: &str, rows: &[Generation]) {
        let clip = self.host.clip();
        let folder = self.data().join("clips/Inbetween");
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = file.path();
            if path.extension().is_some_and(|ending| ending == "mp4") {
                assert!(std::fs::read(&path).unwrap() == clip, "{what}: {} is not the clip", path.display());
            }
        }
        for row in rows.iter().filter(|row| row.status == Status::Done) {
            let saved = row.clip.as_ref().unwrap_or_else(|| panic!("{what}: a finished task has no clip"));
            assert!(saved.is_file(), "{what}: {} is not there", saved.display());
        }
    }

    /// Lets the program come through, and checks that nothing is left undone.
    pub fn finish(&self, what: &str) {
        let ran = self.run(self.take_up(), None);
        assert!(!ran.was_ended, "{what}: {}", ran.said);
        self.check(what);
        for row in self.rows() {
            let rests = row.status.is_settled() || matches!(row.status, Status::Unknown(_));
            // The engine of a window sends nothing by being opened.
            let waits = self.program == Program::Engine && row.status == Status::NotSent;
            assert!(rests || waits, "{what}: {} is {:?}; {}", row.id, row.status, ran.said);
        }
    }
}
