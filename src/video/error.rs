//! Why a clip cannot be played, in sentences.

use std::path::PathBuf;

/// What went wrong with a clip. Each variant prints one sentence a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VideoError {
    /// The file cannot be opened or read.
    #[error("The clip {} could not be read: {reason}", path.display())]
    Read {
        /// The file that was asked for.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// The file has no bytes at all.
    #[error("The clip is an empty file")]
    Empty,
    /// The file does not begin like an mp4.
    #[error("The file is not an mp4 clip")]
    NotMp4,
    /// Another container. Its name is for people: "WebM or Matroska".
    #[error("The clip is a file in {0}, which cannot be read here")]
    Container(&'static str),
    /// An mp4 whose index is missing: a download that broke off before its end.
    #[error("The clip is incomplete: its index is missing")]
    Incomplete,
    /// An mp4 without a picture track.
    #[error("The file holds no video")]
    NoVideo,
    /// A codec other than H.264. The name is for people: "HEVC", "AV1".
    #[error("The clip is coded as {0}, which cannot be played here")]
    Codec(String),
    /// H.264 of a kind the decoder does not know, such as 4:4:4.
    #[error("The clip uses a kind of H.264 that cannot be played here ({0})")]
    Unsupported(String),
    /// The file contradicts itself or lies outside what the format allows.
    #[error("The clip is damaged: {0}")]
    Damaged(&'static str),
    /// The picture is larger than the decoder may take memory for.
    #[error("The picture is too large to play here ({width} × {height} pixels)")]
    TooLarge {
        /// Coded width in pixels.
        width: u32,
        /// Coded height in pixels.
        height: u32,
    },
    /// More frames than the player counts.
    #[error("The clip is too long to play here")]
    TooLong,
    /// The frame that was asked for does not exist.
    #[error("The clip has no frame {}", .0 + 1)]
    NoFrame(usize),
    /// Decoded frames could not be kept on disk.
    #[error("Frames of the clip could not be kept: {0}")]
    Store(String),
}

impl VideoError {
    /// It is the way the clip is coded or packed that is not known here: another program may know it.
    #[must_use]
    pub fn is_about_coding(&self) -> bool {
        matches!(self, Self::Codec(_) | Self::Unsupported(_) | Self::Container(_))
    }
}
