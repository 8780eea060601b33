//! Why a picture could not be read, fetched or saved, as the sentence that is shown.

use std::io::{self, ErrorKind};

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{FrameSlot, format_bytes};
use crate::domain::model::Size;

/// What can go wrong with a picture. Displays as a sentence; holds no address and no path.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("{}", words!("image-missing"))]
    Missing,
    #[error("{}", words!("image-folder"))]
    Folder,
    /// A pipe, a socket or a device: reading it might never end.
    #[error("{}", words!("image-special"))]
    Special,
    #[error("{}", words!("image-denied"))]
    Denied,
    #[error("{}", words!("image-empty"))]
    Empty,
    /// The content is in none of the formats on offer, whatever the file's name says.
    #[error("{}", words!("only-images"))]
    Kind,
    /// The content starts like a picture and cannot be decoded, is cut short, or contradicts its own header.
    #[error("{}", words!("image-broken"))]
    Broken,
    /// More pixels than are decoded at all.
    #[error("{}", words!("image-too-large", size = size.to_string()))]
    TooManyPixels { size: Size },
    /// A file longer than is decoded at all.
    #[error("{}", words!("image-too-heavy", size = format_bytes(*bytes)))]
    TooManyBytes { bytes: u64 },
    #[error("{}", words!("image-changed"))]
    Changed,
    /// Every step that makes a copy smaller was taken.
    #[error("{}", words!("image-not-smaller", size = format_bytes(*max)))]
    NotSmaller { max: u64 },
    #[error("{}", words!("image-unreadable", reason = reason(.0)))]
    Read(#[source] io::Error),
    #[error("{}", words!("image-unsaved", reason = reason(.0)))]
    Write(#[source] io::Error),
    #[error("{}", words!("image-address"))]
    Address,
    /// Name lookup, connection, TLS, or a transfer that broke off.
    #[error("{}", words!("image-unreachable"))]
    Unreachable,
    #[error("{}", words!("image-timeout"))]
    Timeout,
    #[error("{}", words!("image-status", status = .0.to_string()))]
    Status(u16),
    #[error("{}", words!("image-fetched-too-heavy", size = format_bytes(*max)))]
    FetchedTooHeavy { max: u64 },
}

impl PictureError {
    /// The plain form of this error, for the well it belongs to.
    #[must_use]
    pub fn failure(&self, slot: Option<FrameSlot>) -> Failure {
        let picture = FailureKind::Picture { slot };
        match self {
            Self::Write(error) if is_full(error) => {
                Failure::new(FailureKind::DiskFull, self.to_string(), words!("image-free-space")).retryable()
            }
            Self::Write(_) => Failure::new(FailureKind::Folder, self.to_string(), words!("choose-another-folder")),
            Self::Unreachable | Self::Timeout => {
                Failure::new(FailureKind::Network, self.to_string(), words!("image-check-connection")).retryable()
            }
            _ => Failure::new(picture, self.to_string(), words!("image-choose-another")),
        }
    }

    /// For an error that came from opening or reading the picture itself.
    pub(super) fn reading(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing,
            ErrorKind::PermissionDenied => Self::Denied,
            ErrorKind::IsADirectory => Self::Folder,
            ErrorKind::UnexpectedEof => Self::Broken,
            _ => Self::Read(error),
        }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

/// The cause in a few words. An error of ours may hold a path, so only the system's own words are shown.
fn reason(error: &io::Error) -> String {
    if is_full(error) { words!("image-disk-full") } else { error.kind().to_string() }
}
