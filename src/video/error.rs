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
    #[error("{}", words!("video-unsupported", kind = .0.to_string()))]
    Unsupported(Coding),
    /// The file contradicts itself or lies outside what the format allows.
    #[error("{}", words!("video-damaged", reason = .0.to_string()))]
    Damaged(Damage),
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

/// What is wrong with a damaged clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("{}", words!("video-damage-picture-too-large"))]
    PictureTooLarge,
    #[error("{}", words!("video-damage-picture-unreadable"))]
    PictureUnreadable,
    #[error("{}", words!("video-damage-index-too-large"))]
    IndexTooLarge,
    #[error("{}", words!("video-damage-no-picture"))]
    NoPicture,
    #[error("{}", words!("video-damage-index-unreadable"))]
    IndexUnreadable,
    #[error("{}", words!("video-damage-track-unreadable"))]
    TrackUnreadable,
    #[error("{}", words!("video-damage-list-unreadable"))]
    ListUnreadable,
    #[error("{}", words!("video-damage-picture-undecodable"))]
    PictureUndecodable,
    #[error("{}", words!("video-damage-other-size"))]
    OtherSize,
    #[error("{}", words!("video-damage-nothing-decodable"))]
    NothingDecodable,
    #[error("{}", words!("video-damage-contradiction"))]
    Contradiction,
    #[error("{}", words!("video-damage-no-coding"))]
    NoCoding,
    #[error("{}", words!("video-damage-no-size"))]
    NoSize,
}

/// A kind of H.264 that is not decoded here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Coding {
    /// Another picture size, chroma or bit depth from some frame on.
    #[error("{}", words!("video-kind-size-changes"))]
    SizeChanges,
    /// As many chroma samples as luma samples.
    #[error("{}", words!("video-kind-full-chroma"))]
    FullChroma,
    /// Neither 8 nor 10 bits a sample.
    #[error("{}", words!("video-kind-bit-depth"))]
    BitDepth,
    /// 4:2:2 that is to be turned by a quarter: its chroma would be 4:4:0.
    #[error("{}", words!("video-kind-tall-chroma-turned"))]
    TallChromaTurned,
    /// Stored without loss, past the transform.
    #[error("{}", words!("video-kind-lossless"))]
    Lossless,
    /// What neither decoder knows, and has no more words for.
    #[error("{}", words!("video-kind-unknown"))]
    Unknown,
}

impl Coding {
    /// The kind that `rust_h264` tells of in its own words.
    pub(super) fn named(words: &str) -> Self {
        match words {
            "4:4:4 chroma" => Self::FullChroma,
            words if words.contains("bit depth") => Self::BitDepth,
            words if words.contains("lossless") => Self::Lossless,
            _ => Self::Unknown,
        }
    }
}
