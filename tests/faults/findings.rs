//! What must never be found, and what was.

use std::path::{Path, PathBuf};

use inbetween::domain::generation::Generation;

use crate::novita::{Host, SIGNATURE};

/// The key of every run here.
pub const KEY: &str = "sk_test_never-shown-0123456789abcdef";

/// What is wrong with a cell.
#[derive(Debug, Default)]
pub struct Findings {
    /// What it is about.
    name: String,
    /// Tasks that were made of a body after its first.
    pub doubles: usize,
    /// Tasks whose id was told and is not in the library.
    pub lost: usize,
    /// Files that look like a clip and are none, or are not the host's.
    pub bad_files: usize,
    /// Everything, in sentences.
    pub complaints: Vec<String>,
}

impl Findings {
    pub fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    pub fn require(&mut self, holds: bool, otherwise: &str) {
        if !holds {
            self.complaints.push(format!("{}: {otherwise}", self.name));
        }
    }

    /// Every body was accepted once at most, and every task that was told is stored.
    pub fn money(&mut self, host: &Host, rows: &[Generation]) {
        let doubles: usize = host.accepted().values().map(|count| count - 1).sum();
        self.doubles = self.doubles.max(doubles);
        self.require(doubles == 0, &format!("bought {doubles} times too often"));
        let is_stored = |id: &String| rows.iter().any(|row| row.task_id.as_ref() == Some(id));
        let lost = host.told_whole().iter().filter(|id| !is_stored(id)).count();
        self.lost = self.lost.max(lost);
        self.require(lost == 0, "a task that was told is not in the library");
    }

    /// What has a clip's name is the host's clip, and a row's clip is such a file; nothing else is left beside it.
    pub fn clips(&mut self, host: &Host, folder: &Path, rows: &[Generation]) {
        let files = files_below(folder);
        let is_clip = |path: &Path| path.extension().is_some_and(|ending| ending == "mp4");
        let is_whole = |path: &Path| std::fs::read(path).is_ok_and(|bytes| bytes == host.clip());
        let bad = files.iter().filter(|path| is_clip(path) && !is_whole(path)).count();
        let claimed = rows.iter().filter_map(|row| row.clip.as_deref());
        let wrong = claimed.filter(|path| !is_clip(path) || !is_whole(path)).count();
        self.bad_files = self.bad_files.max(bad + wrong);
        self.require(bad == 0, "a file with a clip's name is not the host's clip");
        self.require(wrong == 0, "a row's clip is not the host's clip");
        for row in rows {
            let is_done = row.status.name() == "done";
            self.require(is_done == row.clip.is_some(), "a row is done and has no clip, or has one and is not done");
            self.require(!is_done || row.measured.is_some(), "the clip was not measured");
            let left = files.iter().filter(|path| !is_clip(path)).count();
            self.require(!is_done || left == 0, "a part was left beside the clip");
        }
    }

    /// No file holds a secret.
    pub fn files(&mut self, folder: &Path) {
        for path in files_below(folder) {
            let bytes = std::fs::read(&path).unwrap_or_default();
            let shown = secret_in(&bytes);
            self.require(shown.is_none(), &format!("{} holds the {}", path.display(), shown.unwrap_or_default()));
        }
    }

    /// No text holds a secret.
    pub fn secrets(&mut self, text: &str) {
        let shown = secret_in(text.as_bytes());
        self.require(shown.is_none(), &format!("what was told holds the {}", shown.unwrap_or_default()));
    }
}

/// The name of the secret that these bytes hold.
pub fn secret_in(bytes: &[u8]) -> Option<&'static str> {
    // Both are ASCII: what is no text around them does not hide them.
    let text = String::from_utf8_lossy(bytes);
    [("key", KEY), ("signature", SIGNATURE)].into_iter().find(|(_, secret)| text.contains(secret)).map(|(name, _)| name)
}

/// Every plain file below a folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}
