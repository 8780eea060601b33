//! Jobs on the disk: a folder each, with a record, the prepared pictures until the clip is done, and the clip.
//!
//! A job's folder appears whole or not at all. Age is read from the files themselves, never from the record.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::private;
use super::render::{Pictures, Script};
use crate::domain::model::Size;

/// How long a settled job is kept.
pub(super) const KEPT: Duration = Duration::from_hours(7 * 24);

const RECORD: &str = "job.json";
const FIRST: &str = "first.rgb";
const LAST: &str = "last.rgb";
const CLIP: &str = "clip.mp4";
const CLIP_PART: &str = "clip.part";
/// Folders under this prefix were not finished when the program stopped.
const DRAFT: &str = "new-";

/// What is known of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Identifier of the model that was asked for.
    pub model: String,
    pub size: Size,
    pub fps: u32,
    pub frames: u32,
    pub camera_fixed: bool,
    /// The seed in use; a random one was drawn when the job came in.
    pub seed: i64,
    pub has_last: bool,
    pub state: State,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub(super) enum State {
    /// Waiting or being rendered: the same thing after a restart.
    Open,
    Done {
        /// SHA-256 of the clip in lower-case hex.
        sha256: String,
    },
    Failed {
        reason: String,
    },
}

impl Record {
    pub(super) fn script(&self) -> Script {
        let Self { size, fps, frames, seed, camera_fixed, .. } = *self;
        Script { size, fps, frames, seed, camera_fixed }
    }
}

/// The folder all jobs lie in. Only the process that holds the library's claim opens it.
#[derive(Debug)]
pub(super) struct Store {
    jobs: PathBuf,
}

impl Store {
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        let jobs = dir.join("jobs");
        private::folder(&jobs)?;
        Ok(Self { jobs })
    }

    /// Every job, the oldest first. Sweeps away what was not finished and what is past its time.
    pub(super) fn load(&self) -> io::Result<Vec<(String, Record)>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.jobs)? {
            let Ok(id) = entry?.file_name().into_string() else { continue };
            if id.starts_with(DRAFT) {
                self.remove(&id);
                continue;
            }
            match self.read(&id) {
                Ok(record) if self.is_over(&id, &record.state) => self.remove(&id),
                Ok(record) => found.push((self.born(&id), id, record)),
                // It may be a newer version's: leave it, and answer as if it were not there.
                Err(error) => tracing::warn!(%id, %error, "a job cannot be read"),
            }
        }
        found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        Ok(found.into_iter().map(|(_, id, record)| (id, record)).collect())
    }

    fn read(&self, id: &str) -> io::Result<Record> {
        serde_json::from_slice(&fs::read(self.path(id, RECORD))?).map_err(io::Error::from)
    }

    /// When a job came in: nothing but its clip and its record is written later, and the picture is as old as the job.
    fn born(&self, id: &str) -> SystemTime {
        let modified = |name| fs::metadata(self.path(id, name)).and_then(|facts| facts.modified());
        modified(FIRST).or_else(|_| modified(RECORD)).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// Puts a new job on the disk. When this returns, a crash no longer loses it.
    pub(super) fn create(&self, id: &str, record: &Record, pictures: &Pictures) -> io::Result<()> {
        let draft = self.jobs.join(format!("{DRAFT}{id}"));
        private::folder(&draft)?;
        let written = (|| {
            private::write(&draft.join(FIRST), &pictures.first)?;
            if let Some(last) = &pictures.last {
                private::write(&draft.join(LAST), last)?;
            }
            private::write(&draft.join(RECORD), &serde_json::to_vec(record)?)?;
            private::sync_folder(&draft)?;
            private::rename(&draft, &self.jobs.join(id))
        })();
        if written.is_err() {
            let _ = fs::remove_dir_all(&draft);
        }
        written
    }

    pub(super) fn pictures(&self, id: &str, record: &Record) -> io::Result<Pictures> {
        let length = record.size.area() * 3;
        let read = |name| {
            let picture = fs::read(self.path(id, name))?;
            if picture.len() as u64 == length { Ok(picture) } else { Err(io::Error::from(ErrorKind::InvalidData)) }
        };
        Ok(Pictures { first: read(FIRST)?, last: record.has_last.then(|| read(LAST)).transpose()? })
    }

    /// The file a clip is rendered into.
    pub(super) fn part(&self, id: &str) -> io::Result<File> {
        private::file(&self.path(id, CLIP_PART))
    }

    /// Reads the rendered file again, for its checksum.
    pub(super) fn open_part(&self, id: &str) -> io::Result<File> {
        File::open(self.path(id, CLIP_PART))
    }

    /// Keeps the rendered file as the job's clip.
    pub(super) fn finish(&self, id: &str, record: &Record) -> io::Result<()> {
        private::rename(&self.path(id, CLIP_PART), &self.path(id, CLIP))?;
        self.settle(id, record)
    }

    /// Writes down how a job ended and drops the pictures, which nothing needs any more.
    pub(super) fn settle(&self, id: &str, record: &Record) -> io::Result<()> {
        private::replace(&self.path(id, RECORD), &serde_json::to_vec(record)?)?;
        for name in [FIRST, LAST, CLIP_PART] {
            match fs::remove_file(self.path(id, name)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn clip(&self, id: &str) -> PathBuf {
        self.path(id, CLIP)
    }

    /// Whether a settled job is past its time, or its clip was taken away.
    pub(super) fn is_over(&self, id: &str, state: &State) -> bool {
        let name = match state {
            State::Open => return false,
            State::Done { .. } => CLIP,
            State::Failed { .. } => RECORD,
        };
        match fs::metadata(self.path(id, name)).and_then(|facts| facts.modified()) {
            // A time in the future is a clock that was set back: the job is fresh.
            Ok(time) => time.elapsed().unwrap_or_default() > KEPT,
            Err(error) => error.kind() == ErrorKind::NotFound,
        }
    }

    pub(super) fn remove(&self, id: &str) {
        if let Err(error) = fs::remove_dir_all(self.jobs.join(id)) {
            tracing::warn!(%id, %error, "an old job could not be removed");
        }
    }

    fn path(&self, id: &str, name: &str) -> PathBuf {
        self.jobs.join(id).join(name)
    }
}
