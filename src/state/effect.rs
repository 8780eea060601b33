//! What is asked of the world. The jobs run these; the answers come back as [`Event`](super::Event)s.

use std::path::PathBuf;

use super::CopyChange;
use crate::domain::draft::Order;
use crate::domain::frame::FrameSlot;
use crate::domain::generation::GenerationId;
use crate::domain::model::PictureLimits;
use crate::domain::price::Cents;
use crate::domain::secret::ApiKey;
use crate::domain::settings::{Language, Settings};
use crate::domain::spend::Consent;

/// A wish addressed to the world.
#[derive(Debug, Clone)]
pub enum Effect {
    LoadLibrary,
    LoadSamples,
    LoadKey {
        host: String,
    },
    ReadPicture {
        slot: FrameSlot,
        path: PathBuf,
        ticket: u64,
    },
    PickPicture {
        slot: FrameSlot,
    },
    PastePicture,
    /// Say which of these are pictures, those inside folders included.
    ListPictures {
        paths: Vec<PathBuf>,
        over: Option<FrameSlot>,
    },
    FetchPicture {
        slot: FrameSlot,
        url: String,
        ticket: u64,
    },
    /// Make a changed copy of a well's picture that keeps the model's limits.
    CopyPicture {
        slot: FrameSlot,
        path: PathBuf,
        change: CopyChange,
        limits: &'static PictureLimits,
        ticket: u64,
    },
    LoadThumb {
        path: PathBuf,
    },
    /// Read one picture of a batch.
    ReadBatch {
        batch: u64,
        path: PathBuf,
    },
    UnpackSample {
        id: &'static str,
    },
    /// Prepare the pictures, store one intent for each take, and send them; held back where consent is missing.
    Place {
        order: Box<Order>,
        host: String,
        each: Option<Cents>,
        consent: Consent,
    },
    /// Make a new generation with the settings and pictures of this one.
    PlaceAgain {
        of: GenerationId,
        consent: Consent,
    },
    /// Count the clips and what is kept for tasks.
    LoadLibraryFacts,
    /// Find out what a report of a fault needs to know.
    LoadDiagnostics,
    LoadSpending,
    /// Ask where, and write the spend log there as CSV.
    ExportSpendLog,
    /// Remove prepared pictures that no unfinished task needs.
    ClearPrepared,
    /// Follow a task to its end.
    Follow {
        id: GenerationId,
    },
    StopWatching {
        id: GenerationId,
    },
    CheckUnknown {
        id: GenerationId,
    },
    Remove {
        id: GenerationId,
    },
    LoadPosters {
        id: GenerationId,
    },
    /// Read the pictures a task was made from as large as its clip.
    LoadStills {
        id: GenerationId,
    },
    /// Ask the host for the clip of a finished task once more. A whole file that is there is left alone.
    DownloadAgain {
        id: GenerationId,
    },
    SaveClipAs {
        id: GenerationId,
    },
    /// Put one exact frame of a clip into a well; without a number it is the true last one.
    ExtractFrame {
        id: GenerationId,
        frame: Option<u64>,
        slot: FrameSlot,
        ticket: u64,
    },
    ExportFrame {
        id: GenerationId,
        frame: u64,
    },
    RecallFrames {
        id: GenerationId,
    },
    TrashClip {
        id: GenerationId,
    },
    Reveal {
        path: PathBuf,
    },
    Open {
        path: PathBuf,
    },
    OpenLibraryFolder,
    OpenUrl {
        url: String,
    },
    PickLibraryFolder {
        resume: Option<GenerationId>,
    },
    SaveKey {
        host: String,
        key: ApiKey,
    },
    RemoveKey {
        host: String,
    },
    VerifyKey {
        host: String,
    },
    /// Speak this language from the next frame on.
    Speak {
        language: Language,
    },
    SaveSettings {
        settings: Box<Settings>,
    },
    /// Tell the desktop that a clip is ready.
    NotifyReady {
        id: GenerationId,
        name: String,
        sound: bool,
    },
    NotifyFailed {
        id: GenerationId,
        name: String,
        sentence: String,
        sound: bool,
    },
    /// Tell the taskbar how many tasks run.
    ShowRunning {
        count: usize,
    },
    /// Bring the window to the front.
    RaiseWindow,
    CloseWindow,
}
