//! What can go wrong with the library, and how it is told.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::GenerationId;

/// Why the library could not do what it was asked. Each displays as a sentence; none holds a key or a URL.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The system names no home folder for this user.
    #[error("{}", words!("library-no-home"))]
    NoHome,
    #[error("{}", words!("library-folder", path = path.display().to_string(), error = source.to_string()))]
    Folder { path: PathBuf, source: io::Error },
    #[error("{}", words!("library-database", error = .0.to_string()))]
    Database(#[from] rusqlite::Error),
    /// Another process has the same unusable file open, so it cannot be kept aside.
    #[error("{}", words!("library-in-use", path = path.display().to_string()))]
    UnreadableInUse { path: PathBuf },
    #[error("{}", words!("library-not-found", id = id.as_str()))]
    NotFound { id: GenerationId },
    /// Another living process follows this task.
    #[error("{}", words!("library-owned"))]
    OwnedElsewhere { id: GenerationId },
    #[error("{}", words!("library-step", from = *from, to = *to))]
    IllegalStep { id: GenerationId, from: &'static str, to: &'static str },
    /// The row would say that the host has the task, without the id to ask for it.
    #[error("{}", words!("library-no-task-id", status = *status))]
    NoTaskId { id: GenerationId, status: &'static str },
    /// Only a task that was not sent yet can be stored anew.
    #[error("{}", words!("library-not-intent", status = *status))]
    NotAnIntent { status: &'static str },
    #[error("{}", words!("library-not-settled"))]
    NotSettled { id: GenerationId },
}

impl LibraryError {
    pub(crate) fn folder(path: &Path, source: io::Error) -> Self {
        Self::Folder { path: path.to_path_buf(), source }
    }

    /// Trying the same write again may help: it is the disk's trouble, not the row's.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Database(_) | Self::Folder { .. })
    }

    fn kind(&self) -> FailureKind {
        match self {
            Self::Folder { source, .. } if source.kind() == io::ErrorKind::StorageFull => FailureKind::DiskFull,
            Self::Folder { .. } | Self::NoHome => FailureKind::Folder,
            Self::Database(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => FailureKind::DiskFull,
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => FailureKind::Folder,
                _ => FailureKind::Library,
            },
            _ => FailureKind::Library,
        }
    }
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        let kind = error.kind();
        let advice = match kind {
            FailureKind::DiskFull => words!("image-free-space"),
            FailureKind::Folder => words!("library-check-folder"),
            _ => String::new(),
        };
        let failure = Self::new(kind, error.to_string(), advice);
        if matches!(kind, FailureKind::DiskFull | FailureKind::Folder) { failure.retryable() } else { failure }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_lost_folder_are_told_apart() {
        let told = |error: LibraryError| {
            let failure = Failure::from(error);
            (failure.kind, failure.retryable)
        };
        let at = |kind: io::ErrorKind| LibraryError::folder(Path::new("/films"), kind.into());
        assert_eq!(told(at(io::ErrorKind::StorageFull)), (FailureKind::DiskFull, true));
        assert_eq!(told(at(io::ErrorKind::PermissionDenied)), (FailureKind::Folder, true));
        let sqlite = |code| LibraryError::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
        assert_eq!(told(sqlite(rusqlite::ffi::SQLITE_FULL)), (FailureKind::DiskFull, true));
        assert_eq!(told(sqlite(rusqlite::ffi::SQLITE_READONLY)), (FailureKind::Folder, true));
        assert_eq!(told(sqlite(rusqlite::ffi::SQLITE_CORRUPT)), (FailureKind::Library, false));
        assert_eq!(told(LibraryError::OwnedElsewhere { id: GenerationId::new("x") }), (FailureKind::Library, false));
    }
}
