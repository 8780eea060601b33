//! One clip on its way: what was asked, where it stands, and which steps are legal from there.
//!
//! The row in the library mirrors this; the wire's words never get here.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::failure::{Failure, FailureKind};
use super::model::Size;
use super::price::Cents;
use super::request::ClipSettings;

/// Identifies a generation in this library. Made before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GenerationId(String);

impl GenerationId {
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GenerationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// Whole seconds from `earlier` to this moment; 0 where the clock went backwards.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> u64 {
        u64::try_from((self.0 - earlier.0) / 1000).unwrap_or(0)
    }
}

/// Where a generation's host is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HostRef {
    /// Id of a host of the catalogue.
    pub host: String,
    /// Origin of the API. `None` for the host on this computer, whose port is new at every start.
    pub base_url: Option<String>,
}

/// One clip on its way, or made.
#[derive(Debug, Clone, PartialEq)]
pub struct Generation {
    pub id: GenerationId,
    pub created: UnixMillis,
    /// When it got its final status.
    pub finished: Option<UnixMillis>,
    pub host: HostRef,
    pub settings: ClipSettings,
    /// Size the clip was asked in.
    pub output: Size,
    pub fps: u32,
    pub has_last_frame: bool,
    /// The estimate at the time of sending.
    pub price: Option<Cents>,
    pub status: Status,
    /// A passing trouble while the status stands: no connection, a full disk.
    pub notice: Option<Failure>,
    /// The host's own id, known once it accepted.
    pub task_id: Option<String>,
    /// The seed the host used.
    pub seed_used: Option<i64>,
    /// The saved clip.
    pub clip: Option<PathBuf>,
    /// What the saved clip turned out to be.
    pub measured: Option<ClipFacts>,
}

/// What a clip file is, read from the file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClipFacts {
    pub size: Size,
    /// Frames a second.
    pub fps: f64,
    pub frames: u64,
    /// Length in seconds.
    pub duration: f64,
}

/// Where a generation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Stored, and proven that no byte of it left.
    NotSent,
    /// A POST is, or was, under way.
    Uploading,
    /// The POST may have arrived; it may have been charged. Never sent again unasked.
    Unknown(Failure),
    Queued,
    /// `None` where the host gives no percentage.
    Rendering(Option<u8>),
    Downloading,
    Done,
    /// The host accepted the task and could not finish it.
    Failed(Failure),
    /// The host did not accept the task.
    Refused(Failure),
    /// Not watched any more; may be picked up again.
    Stopped,
}

impl Status {
    /// The name the command line and the library write.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Uploading => "uploading",
            Self::Unknown(_) => "unknown",
            Self::Queued => "queued",
            Self::Rendering(_) => "rendering",
            Self::Downloading => "downloading",
            Self::Done => "done",
            Self::Failed(_) => "failed",
            Self::Refused(_) => "refused",
            Self::Stopped => "stopped",
        }
    }

    /// Nothing more will happen by itself, and nothing can be lost by removing the row.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::Done | Self::Failed(_) | Self::Refused(_))
    }

    /// Nothing is lost by removing the row: it is settled, or no byte of it left.
    #[must_use]
    pub fn may_be_removed(&self) -> bool {
        self.is_settled() || *self == Self::NotSent
    }

    /// Not asked after any more, and may be again: it was stopped, or the host said that it does not know the task, which
    /// may have been the word of another account's key.
    #[must_use]
    pub fn may_be_picked_up(&self) -> bool {
        match self {
            Self::Stopped => true,
            Self::Failed(failure) => failure.kind == FailureKind::TaskGone,
            _ => false,
        }
    }

    /// The host has the task and its clip is still to come.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Queued | Self::Rendering(_) | Self::Downloading)
    }

    /// Counted as running.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.is_accepted() || matches!(self, Self::Uploading | Self::NotSent)
    }

    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Unknown(failure) | Self::Failed(failure) | Self::Refused(failure) => Some(failure),
            _ => None,
        }
    }

    /// Whether a generation may go from this status to the next.
    ///
    /// The one way out of `Unknown` is a task that was found after all: sending again makes a new generation.
    #[must_use]
    pub fn may_become(&self, next: &Self) -> bool {
        match self {
            Self::NotSent => matches!(next, Self::NotSent | Self::Uploading | Self::Stopped),
            Self::Uploading => matches!(next, Self::NotSent | Self::Unknown(_) | Self::Queued | Self::Refused(_)),
            Self::Unknown(_) => matches!(next, Self::Queued),
            Self::Queued | Self::Rendering(_) => next.is_accepted() || matches!(next, Self::Failed(_) | Self::Stopped),
            Self::Downloading => next.is_accepted() || matches!(next, Self::Done | Self::Failed(_) | Self::Stopped),
            Self::Stopped => matches!(next, Self::Queued | Self::NotSent),
            Self::Failed(_) => self.may_be_picked_up() && matches!(next, Self::Queued),
            Self::Done | Self::Refused(_) => false,
        }
    }
}

#[cfg(test)]
impl Generation {
    /// A task for tests: at the host on this computer, with the default settings and nothing known beyond its status.
    pub(crate) fn sample(id: &str, status: Status) -> Self {
        let model = crate::domain::model::Catalogue::built_in().default_model();
        Self {
            id: GenerationId::new(id),
            created: UnixMillis(0),
            finished: None,
            host: HostRef { host: "rehearsal".to_owned(), base_url: None },
            settings: ClipSettings::defaults(model),
            output: Size::new(1248, 704),
            fps: 24,
            has_last_frame: false,
            price: None,
            status,
            notice: None,
            task_id: None,
            seed_used: None,
            clip: None,
            measured: None,
        }
    }
}
