//! Where a clip's frames come from: the decoders here, or an ffmpeg where those refuse the clip.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::clip::{Clip, ClipInfo};
use super::decode::Decoding;
use super::error::VideoError;
use super::foreign::Foreign;
use super::frame::Frame;
use super::process::Leash;

/// A clip that is being decoded.
pub(super) enum Source {
    Own(Box<Decoding>),
    Foreign(Box<Foreign>),
}

/// A clip that was opened, and when each of its frames starts.
pub(super) struct Opening {
    pub(super) source: Source,
    pub(super) info: ClipInfo,
    pub(super) starts: Vec<Duration>,
}

impl Opening {
    fn foreign(clip: Foreign) -> Self {
        Self { info: clip.info().clone(), starts: clip.starts().to_vec(), source: Source::Foreign(Box::new(clip)) }
    }
}

/// Opens the clip at `path`; one that is coded in a way that is not known here with `ffmpeg`.
pub(super) fn open(path: &Path, ffmpeg: Option<&Path>, leash: &Arc<Leash>) -> Result<Opening, VideoError> {
    match Clip::open(path) {
        Ok(clip) => {
            let (info, starts) = (clip.info.clone(), clip.starts.clone());
            Ok(Opening { source: Source::Own(Box::new(Decoding::new(clip))), info, starts })
        }
        Err(error) => {
            let program = ffmpeg.filter(|_| error.is_about_coding());
            let clip = program.and_then(|program| Foreign::open(program, path, Arc::clone(leash)));
            clip.map(Opening::foreign).ok_or(error)
        }
    }
}

impl Source {
    pub(super) fn trouble(&self) -> Option<&VideoError> {
        match self {
            Self::Own(decoding) => decoding.trouble(),
            Self::Foreign(_) => None,
        }
    }

    /// The earliest frame that is still to come; `None` at the end.
    pub(super) fn position(&self) -> Option<usize> {
        match self {
            Self::Own(decoding) => decoding.position(),
            Self::Foreign(clip) => clip.position(),
        }
    }

    /// Whether frame `number` comes sooner when decoding starts again in front of it than when it goes on.
    pub(super) fn is_sooner(&mut self, number: usize) -> bool {
        match self {
            Self::Own(decoding) => decoding.is_sooner(number),
            // Every start of it is at the beginning.
            Self::Foreign(clip) => clip.position().is_none_or(|position| number < position),
        }
    }

    /// True once the last frame has come out.
    pub(super) fn is_over(&self) -> bool {
        match self {
            Self::Own(decoding) => decoding.is_over(),
            Self::Foreign(clip) => clip.position().is_none(),
        }
    }

    pub(super) fn next_frame(&mut self) -> Option<Frame> {
        match self {
            Self::Own(decoding) => decoding.next_frame(),
            Self::Foreign(clip) => clip.next_frame(),
        }
    }

    /// Starts again so that frame `number` comes out soon and exact.
    pub(super) fn seek(&mut self, number: usize) {
        match self {
            Self::Own(decoding) => decoding.seek(number),
            Self::Foreign(clip) => clip.seek(number),
        }
    }

    /// Starts again so that frame `number` comes out as soon as it can, and exact. Frames on the way may be left out.
    pub(super) fn hasten(&mut self, number: usize) {
        match self {
            Self::Own(decoding) => decoding.hasten(number),
            Self::Foreign(clip) => clip.seek(number),
        }
    }

    pub(super) fn is_foreign(&self) -> bool {
        matches!(self, Self::Foreign(_))
    }
}
