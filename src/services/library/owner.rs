//! Who follows a task: each process that uses a library holds a locked file, and a row names the file of its owner.
//!
//! The system lets go of the lock however the process ends, so a row never stays with one that was killed. Whoever asks
//! whether an owner lives tries for a shared lock: two askers at once do not take each other for the owner.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::private;

const ENDING: &str = "lock";

/// This process's mark in a library. Dropping it frees every row it owns.
#[derive(Debug)]
pub struct Owner {
    id: String,
    path: PathBuf,
    lock: File,
}

impl Owner {
    /// Makes and locks a new file in `folder`.
    pub fn take(folder: &Path) -> io::Result<Self> {
        let id = uuid::Uuid::new_v4().to_string();
        let path = path_of(folder, &id);
        let lock = private::open_lock(&path)?;
        lock.try_lock().map_err(|refused| match refused {
            TryLockError::Error(error) => error,
            TryLockError::WouldBlock => io::ErrorKind::WouldBlock.into(),
        })?;
        Ok(Self { id, path, lock })
    }

    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        // Before the lock goes; a file that stays is swept by the next process.
        let _ = fs::remove_file(&self.path);
        let _ = self.lock.unlock();
    }
}

/// Whether the process behind an id still runs. What cannot be told counts as running.
pub fn is_alive(folder: &Path, id: &str) -> bool {
    holds_lock(&path_of(folder, id))
}

/// Whether any process uses the library.
pub fn any_alive(folder: &Path) -> io::Result<bool> {
    Ok(lock_files(folder)?.iter().any(|path| holds_lock(path)))
}

/// Removes the files of processes that ended without doing so.
pub fn sweep(folder: &Path) -> io::Result<()> {
    for path in lock_files(folder)? {
        if !holds_lock(&path) {
            match fs::remove_file(&path) {
                // One that is ending just now removed its own.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                removed => removed?,
            }
        }
    }
    Ok(())
}

fn holds_lock(path: &Path) -> bool {
    match File::open(path) {
        Ok(file) => {
            let held = file.try_lock_shared().is_err();
            // Closing is not enough: a program that is being started right now has a copy of the handle for a moment.
            let _ = file.unlock();
            held
        }
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

fn path_of(folder: &Path, id: &str) -> PathBuf {
    folder.join(id).with_extension(ENDING)
}

fn lock_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            found.push(path);
        }
    }
    Ok(found)
}
