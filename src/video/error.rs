//! Why a clip cannot be played, in sentences.

use std::path::PathBuf;

/// What went wrong with a clip. Each variant prints one sentence a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VideoError {
    /// The file cannot be opened or read.
    #[error("{}", words!("video-read", path = path.display().to_string(), reason = reason))]
    Read {
        /// The file that was asked for.
        path: PathBuf,
        /// The operating system's words.
        reason: String,
    },
    /// The file has no bytes at all.
    #[error("{}", words!("video-empty"))]
    Empty,
    /// The file does not begin like an mp4.
    #[error("{}", words!("video-not-mp4"))]
    NotMp4,
    /// Another container. Its name is for people: "`WebM` or Matroska".
    #[error("{}", words!("video-container", container = *.0))]
    Container(&'static str),
    /// An mp4 whose index is missing: a download that broke off before its end.
    #[error("{}", words!("video-incomplete"))]
    Incomplete,
    /// An mp4 without a picture track.
    #[error("{}", words!("video-no-video"))]
    NoVideo,
    /// A codec other than H.264. The name is for people: "HEVC", "AV1".
    #[error("{}", words!("video-codec", codec = .0))]
    Codec(String),
    /// H.264 of a kind the decoder does not know, such as 4:4:4.
    #[error("{}", words!("video-unsupported", kind = .0))]
    Unsupported(String),
    /// The file contradicts itself or lies outside what the format allows.
    #[error("{}", words!("video-damaged", reason = *.0))]
    Damaged(&'static str),
    /// The picture is larger than the decoder may take memory for.
    #[error("{}", words!("video-too-large", width = width.to_string(), height = height.to_string()))]
    TooLarge {
        /// Coded width in pixels.
        width: u32,
        /// Coded height in pixels.
        height: u32,
    },
    /// More frames than the player counts.
    #[error("{}", words!("video-too-long"))]
    TooLong,
    /// The frame that was asked for does not exist.
    #[error("{}", words!("video-no-frame", frame = (.0 + 1).to_string()))]
    NoFrame(usize),
    /// Decoded frames could not be kept on disk.
    #[error("{}", words!("video-not-kept", reason = .0))]
    Store(String),
}

impl VideoError {
    /// It is the way the clip is coded or packed that is not known here: another program may know it.
    #[must_use]
    pub fn is_about_coding(&self) -> bool {
        matches!(self, Self::Codec(_) | Self::Unsupported(_) | Self::Container(_))
    }
}
