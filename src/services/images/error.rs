//! Why a picture could not be read, fetched or saved, as the sentence that is shown.

use std::io::{self, ErrorKind};

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{FrameSlot, format_bytes};
use crate::domain::model::Size;

/// What can go wrong with a picture. Displays as a sentence; holds no address and no path.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("This file is not there any more.")]
    Missing,
    #[error("This is a folder, not a picture.")]
    Folder,
    /// A pipe, a socket or a device: reading it might never end.
    #[error("This is not a regular file.")]
    Special,
    #[error("This file may not be read: permission denied.")]
    Denied,
    #[error("This file is empty (0 bytes).")]
    Empty,
    /// The content is in none of the formats on offer, whatever the file's name says.
    #[error("Only JPEG, PNG, WebP, BMP, TIFF or GIF images")]
    Kind,
    /// The content starts like a picture and cannot be decoded, is cut short, or contradicts its own header.
    #[error("This file could not be read as an image.")]
    Broken,
    /// More pixels than are decoded at all.
    #[error("This image is {size}; that is too large to open.")]
    TooManyPixels { size: Size },
    /// A file longer than is decoded at all.
    #[error("File is {}; that is too large to open.", format_bytes(*bytes))]
    TooManyBytes { bytes: u64 },
    #[error("This file changed since it was chosen; choose it again.")]
    Changed,
    /// Every step that makes a copy smaller was taken.
    #[error("This image could not be made smaller than {}.", format_bytes(*max))]
    NotSmaller { max: u64 },
    #[error("This file could not be read: {}.", reason(.0))]
    Read(#[source] io::Error),
    #[error("The image could not be saved: {}.", reason(.0))]
    Write(#[source] io::Error),
    #[error("Only http and https addresses can be fetched.")]
    Address,
    /// Name lookup, connection, TLS, or a transfer that broke off.
    #[error("The image could not be fetched: no connection to its address.")]
    Unreachable,
    #[error("The image could not be fetched: its address did not answer in time.")]
    Timeout,
    #[error("The image could not be fetched: its address answered with status {0}.")]
    Status(u16),
    #[error("The image at this address is larger than {}.", format_bytes(*max))]
    FetchedTooHeavy { max: u64 },
}

impl PictureError {
    /// The plain form of this error, for the well it belongs to.
    #[must_use]
    pub fn failure(&self, slot: Option<FrameSlot>) -> Failure {
        let picture = FailureKind::Picture { slot };
        match self {
            Self::Write(error) if is_full(error) => {
                Failure::new(FailureKind::DiskFull, self.to_string(), "Free some space and try again.").retryable()
            }
            Self::Write(_) => Failure::new(FailureKind::Folder, self.to_string(), "Choose another folder."),
            Self::Unreachable | Self::Timeout => {
                Failure::new(FailureKind::Network, self.to_string(), "Check the connection and try again.").retryable()
            }
            _ => Failure::new(picture, self.to_string(), "Choose another image."),
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
    if is_full(error) { "the disk is full".to_owned() } else { error.kind().to_string() }
}
