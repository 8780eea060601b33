//! What the world answered.

use std::path::PathBuf;

use super::diagnostics::Diagnostics;
use super::money::Held;
use super::tasks::Transfer;
use super::{Balance, KeyState, LibraryFacts, SamplePair};
use crate::domain::draft::Picture;
use crate::domain::failure::Failure;
use crate::domain::frame::{FrameSlot, PictureFacts, Preview};
use crate::domain::generation::{Generation, GenerationId};
use crate::domain::origin::Recalled;
use crate::domain::settings::Preferences;
use crate::domain::spend::SpendEntry;

/// An answer, or something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    LibraryLoaded(Vec<Generation>),
    LibraryFacts(LibraryFacts),
    Diagnostics(Box<Diagnostics>),
    SamplesLoaded(Vec<SamplePair>),
    /// The header was read: the limits can be judged and the well takes its shape.
    PictureSeen {
        slot: FrameSlot,
        ticket: u64,
        facts: PictureFacts,
    },
    /// The whole picture was read.
    PictureRead {
        slot: FrameSlot,
        ticket: u64,
        result: Result<(Picture, Option<Preview>), String>,
    },
    /// `None` where the dialog was cancelled.
    PicturePicked {
        slot: FrameSlot,
        path: Option<PathBuf>,
    },
    PicturesPasted(Result<Vec<PathBuf>, String>),
    /// The pictures among what was dropped.
    PicturesListed {
        paths: Vec<PathBuf>,
        over: Option<FrameSlot>,
    },
    PictureFetched {
        slot: FrameSlot,
        ticket: u64,
        url: String,
        result: Result<PathBuf, String>,
    },
    PictureCopied {
        slot: FrameSlot,
        ticket: u64,
        result: Result<PathBuf, String>,
    },
    ThumbLoaded {
        path: PathBuf,
        /// `None` where there is no such picture any more.
        preview: Option<Preview>,
    },
    BatchRead {
        batch: u64,
        path: PathBuf,
        result: Result<(Picture, Option<Preview>), String>,
    },
    SampleUnpacked {
        prompt: String,
        first: PathBuf,
        last: PathBuf,
    },
    /// Every intent of an order is stored.
    Placed(Vec<GenerationId>),
    PlaceFailed(Failure),
    /// An order was not placed: somebody has to agree first.
    Held(Box<Held>),
    /// The spend log, newest first.
    SpendLoaded(Vec<SpendEntry>),
    /// A line of the spend log is new or changed; it comes before the task's own change.
    Spent(Box<SpendEntry>),
    SpendExported {
        path: PathBuf,
    },
    PreparedCleared,
    /// A generation is new or changed.
    Changed(Box<Generation>),
    Uploaded {
        id: GenerationId,
        transfer: Transfer,
    },
    Downloaded {
        id: GenerationId,
        transfer: Transfer,
    },
    Removed(GenerationId),
    PostersLoaded {
        id: GenerationId,
        first: Option<Preview>,
        last: Option<Preview>,
    },
    /// The pictures a task was made from, as large as its clip where they are still here.
    StillsLoaded {
        id: GenerationId,
        first: Option<Preview>,
        last: Option<Preview>,
    },
    /// The pictures a task was made from.
    FramesRecalled {
        first: Option<Recalled>,
        last: Option<Recalled>,
        /// Frames that are on this computer no more.
        gone: Vec<FrameSlot>,
        /// Whether they were sent as they are; `None` where that is not known.
        original: Option<bool>,
    },
    FrameExtracted {
        slot: FrameSlot,
        ticket: u64,
        /// It is the clip's last frame.
        last: bool,
        path: PathBuf,
    },
    ClipSaved {
        path: PathBuf,
    },
    FrameExported {
        path: PathBuf,
    },
    KeyChanged {
        host: String,
        key: KeyState,
    },
    BalanceChanged {
        host: String,
        balance: Balance,
    },
    LibraryFolderPicked {
        folder: PathBuf,
        resume: Option<GenerationId>,
    },
    /// The desktop's notification about a task was clicked.
    NotificationClicked(GenerationId),
    /// What the desktop says of colours and movement; again whenever that changes.
    DesktopPrefers(Preferences),
    /// Something asked for could not be done.
    Trouble(Failure),
    /// Something worth a word.
    Said(String),
}
