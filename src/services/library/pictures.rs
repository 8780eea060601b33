//! The space pictures take: those prepared for tasks, and what was pasted or unpacked and is needed by nobody.
//!
//! A prepared picture stays at least until every task that shares it is settled. After that it is what Reuse and Retry
//! need, and may be cleared; the posters stay as long as their task. A picture that no task names may be on its way into
//! one, so it is left alone for a day.

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::Connection;

use super::{Library, LibraryError, row};
use crate::domain::frame::{PreparedFrame, PreparedFrames};
use crate::domain::generation::GenerationId;

/// How long a picture that no task names is taken for one that is just being prepared.
const RESTING: Duration = Duration::from_secs(24 * 60 * 60);
const POSTER: &str = "poster-";

/// What prepared pictures take, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PreparedSpace {
    pub total: u64,
    /// The part that clearing would free.
    pub clearable: u64,
}

/// Who needs which files.
#[derive(Default)]
struct Uses {
    /// Pictures of tasks that are not settled.
    needed: HashSet<PathBuf>,
    /// Pictures of any task.
    prepared: HashSet<PathBuf>,
    /// Folders of pictures of any task.
    folders: HashSet<PathBuf>,
    /// Files that tasks were made from.
    origins: HashSet<PathBuf>,
}

/// A file that counts.
struct Piece {
    path: PathBuf,
    bytes: u64,
    clearable: bool,
}

impl Library {
    /// Removes a generation that is settled, or of which no byte left, from the list; and its prepared pictures where no
    /// other one shares them and they are not in `keep`. The clip stays, and so does the line of the spend ledger.
    ///
    /// A row that another living process is about to send is left alone. One that this process is about to send is not:
    /// the row has to say so before a byte leaves, and there is none any more.
    pub fn remove(&self, id: &GenerationId, keep: &[PathBuf]) -> Result<(), LibraryError> {
        let frames_folder = self.folders().frames();
        let free = self.write(|transaction| {
            let stored = self.stored(transaction, id)?;
            if !stored.status.may_be_removed() {
                return Err(LibraryError::NotSettled { id: id.clone() });
            }
            if stored.owned_elsewhere {
                return Err(LibraryError::OwnedElsewhere { id: id.clone() });
            }
            let sql = "SELECT frames FROM generations WHERE id = ?1";
            let frames = transaction.query_row(sql, [id.as_str()], |row| row::read_frames(row, &frames_folder));
            transaction.execute("DELETE FROM generations WHERE id = ?1", [id.as_str()])?;
            let still = Uses::read(transaction, &frames_folder)?;
            // A row whose pictures cannot be read has none to remove.
            let folders = frames.map(|frames| folders_of(&frames, &frames_folder)).unwrap_or_default();
            Ok(folders.into_iter().filter(|folder| !still.folders.contains(folder)).collect::<Vec<_>>())
        })?;
        for folder in free {
            if !keep.iter().any(|file| file.starts_with(&folder)) {
                // Pictures that stay behind cost space and nothing else.
                let _ = fs::remove_dir_all(folder);
            }
        }
        Ok(())
    }

    /// What prepared pictures take. Files in `keep` are not clearable.
    pub fn prepared_space(&self, keep: &[PathBuf]) -> Result<PreparedSpace, LibraryError> {
        let mut space = PreparedSpace::default();
        for piece in self.pieces(keep)? {
            space.total += piece.bytes;
            if piece.clearable {
                space.clearable += piece.bytes;
            }
        }
        Ok(space)
    }

    /// Removes what nobody is waiting for, but for the files in `keep`. Nothing may be placed meanwhile.
    pub fn clear_prepared(&self, keep: &[PathBuf]) -> Result<(), LibraryError> {
        for piece in self.pieces(keep)?.into_iter().filter(|piece| piece.clearable) {
            fs::remove_file(&piece.path).map_err(|source| LibraryError::folder(&piece.path, source))?;
            if let Some(folder) = piece.path.parent().filter(|folder| folder.parent() == Some(&self.folders().frames()))
            {
                // Fails where something is left in it.
                let _ = fs::remove_dir(folder);
            }
        }
        Ok(())
    }

    fn pieces(&self, keep: &[PathBuf]) -> Result<Vec<Piece>, LibraryError> {
        let folders = self.folders();
        let uses = Uses::read(&self.connection(), &folders.frames())?;
        let mut pieces = Vec::new();
        for folder in entries(&folders.frames()).into_iter().filter(|path| path.is_dir()) {
            let shared = uses.folders.contains(&folder);
            for (path, bytes, rested) in files(&folder) {
                let is_poster = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(POSTER));
                if is_poster && shared {
                    continue;
                }
                let free = if uses.prepared.contains(&path) { !uses.needed.contains(&path) } else { rested };
                pieces.push(Piece { clearable: free && !keep.contains(&path), path, bytes });
            }
        }
        for (path, bytes, rested) in files(&folders.pasted()).into_iter().chain(files(&folders.samples())) {
            if rested && !uses.origins.contains(&path) && !keep.contains(&path) {
                pieces.push(Piece { path, bytes, clearable: true });
            }
        }
        Ok(pieces)
    }
}

impl Uses {
    fn read(connection: &Connection, frames_folder: &Path) -> rusqlite::Result<Self> {
        let mut uses = Self::default();
        let mut select =
            connection.prepare_cached("SELECT status, percent, failure, frames, sources FROM generations")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let origins = row::read_origins(row)?;
            uses.origins.extend([origins.first, origins.last].into_iter().flatten().map(|origin| origin.path));
            // A row whose pictures cannot be read needs none of them.
            let Ok(frames) = row::read_frames(row, frames_folder) else { continue };
            let settled = row::read_status(row)?.is_settled();
            for file in files_of(&frames) {
                if !settled {
                    uses.needed.insert(file.clone());
                }
                uses.prepared.insert(file);
            }
            uses.folders.extend(folders_of(&frames, frames_folder));
        }
        Ok(uses)
    }
}

fn files_of(frames: &PreparedFrames) -> impl Iterator<Item = PathBuf> {
    [Some(&frames.first), frames.last.as_ref()].into_iter().flatten().filter_map(|frame| match frame {
        PreparedFrame::File { path, .. } => Some(path.clone()),
        PreparedFrame::Url(_) => None,
    })
}

/// The folders directly below `frames_folder` that hold these pictures; never one elsewhere.
fn folders_of(frames: &PreparedFrames, frames_folder: &Path) -> HashSet<PathBuf> {
    let below = |file: PathBuf| {
        let inside = file.strip_prefix(frames_folder).ok()?;
        let mut parts = inside.components();
        match (parts.next(), parts.next(), parts.next()) {
            (Some(Component::Normal(folder)), Some(Component::Normal(_)), None) => Some(frames_folder.join(folder)),
            _ => None,
        }
    };
    files_of(frames).filter_map(below).collect()
}

/// The plain files of a folder: path, length, and whether they lay there for long enough.
fn files(folder: &Path) -> Vec<(PathBuf, u64, bool)> {
    let now = SystemTime::now();
    let file = |path: PathBuf| {
        let facts = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let age = facts.modified().ok().and_then(|at| now.duration_since(at).ok());
        Some((path, facts.len(), age.is_some_and(|age| age >= RESTING)))
    };
    entries(folder).into_iter().filter_map(file).collect()
}

/// What lies in a folder; one that cannot be read holds nothing to clear.
fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect()).unwrap_or_default()
}
