//! What the user asked.

use std::path::PathBuf;

use super::Action;
use super::tasks::Filter;
use super::toast::ToastAction;
use crate::domain::clip_name::Template;
use crate::domain::draft::Backdrop;
use crate::domain::frame::{Crop, FrameSlot};
use crate::domain::generation::GenerationId;
use crate::domain::price::Cents;
use crate::domain::secret::ApiKey;
use crate::domain::settings::{Language, Motion, Theme};
use crate::domain::window::WindowPlace;

/// A wish of the user, from the window.
#[derive(Debug, Clone)]
pub enum Command {
    Do(Action),
    ChooseFrame(FrameSlot),
    /// Files dropped, pasted or given as arguments; `over` is the well they were dropped on.
    TakeFiles {
        paths: Vec<PathBuf>,
        over: Option<FrameSlot>,
    },
    /// An address in place of a file: fetched to be seen and cropped, or left to the host unseen.
    TakeAddress {
        url: String,
        slot: FrameSlot,
        fetch: bool,
    },
    RemoveFrame(FrameSlot),
    Fix(Fix),
    SetPrompt(String),
    SetResolution(String),
    SetRatio(String),
    SetDuration(u32),
    SetSeed(String),
    ToggleSeedLock,
    RollSeed,
    SetTakes(u32),
    SetCameraFixed(bool),
    SetSendOriginal(bool),
    /// Gives the prompt a name; one of the same name is replaced.
    SavePreset(String),
    RemovePreset(String),
    /// Pictures in a menu came into view and are not loaded.
    LoadThumbs(Vec<PathBuf>),
    Batch(BatchCommand),
    UseSample(&'static str),
    Select(Option<GenerationId>),
    Search(String),
    SetFilter(Filter),
    /// A row came into view and its pictures are not loaded.
    LoadPosters(GenerationId),
    /// The pictures a task was made from are to be compared with its clip.
    LoadStills(GenerationId),
    /// A frame of a clip was put on the clipboard.
    FrameCopied,
    DiagnosticsCopied,
    /// Where the window lies, and in which state, when that changed.
    WindowPlaced(WindowPlace),
    Task(GenerationId, TaskCommand),
    SetHost(String),
    Settings(SettingsCommand),
    /// The answer to the open question.
    Answer(bool),
    DismissToast(u64),
    /// A message is hovered or focused: it stays.
    HoldToast(u64),
    ToastAction(u64, ToastAction),
    OpenUrl(String),
    /// The window is asked to close.
    CloseRequested,
}

/// What is asked of many first frames at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchCommand {
    /// Takes one picture out.
    Remove(usize),
    /// One generation for each picture that passes.
    Generate,
    Cancel,
}

/// A fix offered beside a warning or an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Accepts the crop that is shown.
    AcceptCrop(FrameSlot),
    /// Takes a crop the user drew, for the output it was drawn for.
    SetCrop(FrameSlot, Crop),
    /// Back to the middle, and to be seen again.
    ResetCrop(FrameSlot),
    /// Opens the large view of the crop.
    AdjustCrop(FrameSlot),
    UseResolution(String),
    UseRatio(String),
    /// Replaces the picture by a changed copy that keeps the limits.
    Copy(FrameSlot, CopyChange),
    RemoveFrame(FrameSlot),
    /// What see-through areas turn into.
    Fill(FrameSlot, Backdrop),
    ChooseAnother(FrameSlot),
}

/// What makes a picture keep the limits of its model. The picture itself is left alone: a copy is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyChange {
    /// Whole, with its longer side just under the limit.
    ScaleDown,
    /// Compressed until it is no larger than the limit.
    Smaller,
    /// Cut to the part that is shown.
    Crop(Crop),
}

/// Something asked of one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskCommand {
    Play,
    ReuseSettings,
    EditPrompt,
    ShowInFolder,
    OpenInPlayer,
    /// Fetches a damaged clip anew.
    DownloadAgain,
    SaveAs,
    /// Puts the true last frame into a well.
    UseLastFrame(FrameSlot),
    /// Puts one exact frame, counted from 0, into a well.
    UseFrame {
        frame: u64,
        slot: FrameSlot,
    },
    /// Saves one exact frame, counted from 0.
    ExportFrame(u64),
    /// Makes a new generation of a refused or failed one.
    Retry,
    CheckAgain,
    SendAgain,
    StopWatching,
    PickUpAgain,
    Remove,
    /// Asks, then gives the clip to the system's trash. The task stays.
    MoveToTrash,
    /// Chooses another folder for clips and goes on.
    ChooseFolder,
    AddFunds,
    OpenSettings,
}

/// A change in the Settings sheet.
#[derive(Debug, Clone)]
pub enum SettingsCommand {
    SaveKey(ApiKey),
    VerifyKey,
    RemoveKey,
    ChangeLibraryFolder,
    OpenLibraryFolder,
    SetFileNames(Template),
    SetDailyCap(Option<Cents>),
    ShowSpendLog,
    ExportSpendLog,
    ClearPrepared,
    SetNotifyReady(bool),
    SetNotifyFailed(bool),
    SetSound(bool),
    SetLanguage(Language),
    SetTheme(Theme),
    SetMotion(Motion),
    SetContrast(bool),
    /// The sound of clips.
    SetMuted(bool),
    /// In percent. Whoever sets it wants to hear something.
    SetVolume(u8),
}
