//! Commands without an argument: the one place for their words, shortcuts and availability.
//!
//! Menus, tooltips and the keyboard all read from here, so that they cannot disagree.

use super::{Stage, State};
use crate::domain::generation::Status;

/// An argument-less command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    ChooseFirst,
    ChooseLast,
    Paste,
    SwapFrames,
    ClearForm,
    Generate,
    SaveAs,
    OpenSettings,
    ShowShortcuts,
    CommandPalette,
    NextRegion,
    PreviousRegion,
    SearchTasks,
    NextTask,
    PreviousTask,
    ReuseSettings,
    ShowInFolder,
    OpenInPlayer,
    RemoveTask,
    CloseTop,
    Quit,
    PlayPause,
    BackOneFrame,
    ForwardOneFrame,
    FirstFrame,
    LastFrame,
    ToggleLoop,
    Mute,
    PlayBackward,
    Pause,
    PlayForward,
    InPoint,
    OutPoint,
    ClearPoints,
    FullScreen,
    ToggleZoom,
    Compare,
    UseFrameAsFirst,
    UseFrameAsLast,
    ExportFrame,
    CopyFrame,
    Diagnostics,
}

/// A key with its modifiers. `command` is Ctrl, and Cmd on macOS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    pub command: bool,
    pub shift: bool,
    pub key: Key,
}

/// The keys shortcuts use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Enter,
    Space,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    Delete,
    Escape,
    Comma,
    Slash,
    Question,
    F6,
    C,
    D,
    E,
    F,
    I,
    J,
    K,
    L,
    M,
    O,
    Q,
    S,
    V,
    X,
    Z,
}

impl Key {
    /// As a key cap shows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enter => "Enter",
            Self::Space => "Space",
            Self::Left => "←",
            Self::Right => "→",
            Self::Up => "↑",
            Self::Down => "↓",
            Self::Home => "Home",
            Self::End => "End",
            Self::Delete => "Del",
            Self::Escape => "Esc",
            Self::Comma => ",",
            Self::Slash => "/",
            Self::Question => "?",
            Self::F6 => "F6",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
            Self::I => "I",
            Self::J => "J",
            Self::K => "K",
            Self::L => "L",
            Self::M => "M",
            Self::O => "O",
            Self::Q => "Q",
            Self::S => "S",
            Self::V => "V",
            Self::X => "X",
            Self::Z => "Z",
        }
    }
}

impl Shortcut {
    const fn plain(key: Key) -> Self {
        Self { command: false, shift: false, key }
    }

    const fn command(key: Key) -> Self {
        Self { command: true, shift: false, key }
    }

    /// "Ctrl+Shift+O"; on a Mac "Cmd+Shift+O".
    #[must_use]
    pub fn text(self, mac: bool) -> String {
        let command = match (self.command, mac) {
            (false, _) => "",
            (true, false) => "Ctrl+",
            (true, true) => "Cmd+",
        };
        let shift = if self.shift { "Shift+" } else { "" };
        format!("{command}{shift}{}", self.key.name())
    }
}

impl Action {
    /// Every action, in the order the shortcuts sheet lists them.
    pub const ALL: [Self; 42] = [
        Self::ChooseFirst,
        Self::ChooseLast,
        Self::Paste,
        Self::SwapFrames,
        Self::ClearForm,
        Self::Generate,
        Self::SaveAs,
        Self::PlayPause,
        Self::BackOneFrame,
        Self::ForwardOneFrame,
        Self::FirstFrame,
        Self::LastFrame,
        Self::PlayBackward,
        Self::Pause,
        Self::PlayForward,
        Self::ToggleLoop,
        Self::Mute,
        Self::InPoint,
        Self::OutPoint,
        Self::ClearPoints,
        Self::FullScreen,
        Self::ToggleZoom,
        Self::Compare,
        Self::UseFrameAsFirst,
        Self::UseFrameAsLast,
        Self::ExportFrame,
        Self::CopyFrame,
        Self::Diagnostics,
        Self::SearchTasks,
        Self::PreviousTask,
        Self::NextTask,
        Self::ReuseSettings,
        Self::ShowInFolder,
        Self::OpenInPlayer,
        Self::RemoveTask,
        Self::NextRegion,
        Self::PreviousRegion,
        Self::OpenSettings,
        Self::ShowShortcuts,
        Self::CommandPalette,
        Self::CloseTop,
        Self::Quit,
    ];

    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ChooseFirst => "Choose first frame",
            Self::ChooseLast => "Choose last frame",
            Self::Paste => "Paste image into the next empty well",
            Self::SwapFrames => "Swap frames",
            Self::ClearForm => "Clear form",
            Self::Generate => "Generate",
            Self::SaveAs => "Save as…",
            Self::OpenSettings => "Settings",
            Self::ShowShortcuts => "Keyboard shortcuts",
            Self::CommandPalette => "Command palette",
            Self::NextRegion => "Next part of the window",
            Self::PreviousRegion => "Previous part of the window",
            Self::SearchTasks => "Search tasks",
            Self::NextTask => "Next task",
            Self::PreviousTask => "Previous task",
            Self::ReuseSettings => "Reuse settings of the selected task",
            Self::ShowInFolder => "Show clip in folder",
            Self::OpenInPlayer => "Open clip in player",
            Self::RemoveTask => "Remove the selected task",
            Self::CloseTop => "Close sheet, panel or search",
            Self::Quit => "Quit",
            Self::PlayPause => "Play or pause",
            Self::BackOneFrame => "Back one frame",
            Self::ForwardOneFrame => "Forward one frame",
            Self::FirstFrame => "First frame of the clip",
            Self::LastFrame => "Last frame of the clip",
            Self::ToggleLoop => "Loop",
            Self::Mute => "Mute or unmute",
            Self::PlayBackward => "Play backwards; again for 2× and 4×",
            Self::Pause => "Pause",
            Self::PlayForward => "Play forwards; again for 2× and 4×",
            Self::InPoint => "In point at this frame",
            Self::OutPoint => "Out point at this frame",
            Self::ClearPoints => "Clear in and out points",
            Self::FullScreen => "Full screen",
            Self::ToggleZoom => "Zoom to pixels, or fit",
            Self::Compare => "Compare",
            Self::UseFrameAsFirst => "Use this frame as first",
            Self::UseFrameAsLast => "Use this frame as last",
            Self::ExportFrame => "Export frame",
            Self::CopyFrame => "Copy frame",
            Self::Diagnostics => "Diagnostics of the player",
        }
    }

    #[must_use]
    pub const fn shortcut(self) -> Option<Shortcut> {
        Some(match self {
            Self::ChooseFirst => Shortcut::command(Key::O),
            Self::ChooseLast => Shortcut { command: true, shift: true, key: Key::O },
            Self::Paste => Shortcut::command(Key::V),
            Self::Generate => Shortcut::command(Key::Enter),
            Self::SaveAs => Shortcut::command(Key::S),
            Self::OpenSettings => Shortcut::command(Key::Comma),
            Self::ShowShortcuts => Shortcut::plain(Key::Question),
            Self::CommandPalette => Shortcut::command(Key::K),
            Self::NextRegion => Shortcut::plain(Key::F6),
            Self::PreviousRegion => Shortcut { command: false, shift: true, key: Key::F6 },
            Self::Quit => Shortcut::command(Key::Q),
            Self::SearchTasks => Shortcut::plain(Key::Slash),
            Self::NextTask => Shortcut::plain(Key::Down),
            Self::PreviousTask => Shortcut::plain(Key::Up),
            Self::RemoveTask => Shortcut::plain(Key::Delete),
            Self::CloseTop => Shortcut::plain(Key::Escape),
            Self::PlayPause => Shortcut::plain(Key::Space),
            Self::BackOneFrame => Shortcut::plain(Key::Left),
            Self::ForwardOneFrame => Shortcut::plain(Key::Right),
            Self::FirstFrame => Shortcut::plain(Key::Home),
            Self::LastFrame => Shortcut::plain(Key::End),
            Self::Mute => Shortcut::plain(Key::M),
            Self::PlayBackward => Shortcut::plain(Key::J),
            Self::Pause => Shortcut::plain(Key::K),
            Self::PlayForward => Shortcut::plain(Key::L),
            Self::InPoint => Shortcut::plain(Key::I),
            Self::OutPoint => Shortcut::plain(Key::O),
            Self::ClearPoints => Shortcut::plain(Key::X),
            Self::FullScreen => Shortcut::plain(Key::F),
            Self::ToggleZoom => Shortcut::plain(Key::Z),
            Self::Compare => Shortcut::plain(Key::C),
            Self::ExportFrame => Shortcut::command(Key::E),
            Self::CopyFrame => Shortcut::command(Key::C),
            Self::Diagnostics => Shortcut::command(Key::D),
            Self::SwapFrames
            | Self::ClearForm
            | Self::ToggleLoop
            | Self::UseFrameAsFirst
            | Self::UseFrameAsLast
            | Self::ReuseSettings
            | Self::ShowInFolder
            | Self::OpenInPlayer => return None,
        })
    }

    /// Whether it makes sense now.
    #[must_use]
    pub fn is_available(self, state: &State) -> bool {
        let has_clip = matches!(state.stage(), Stage::Task(task) if task.clip.is_some());
        match self {
            Self::Generate => state.blocked().is_none(),
            Self::SwapFrames => !state.draft.first.is_empty() || !state.draft.last.is_empty(),
            Self::SaveAs | Self::ShowInFolder | Self::OpenInPlayer => has_clip,
            Self::ReuseSettings => state.tasks.selected().is_some_and(|task| !task.status.is_running()),
            action if action.is_for_player() => has_clip && action.is_built(),
            Self::RemoveTask => state.tasks.selected().is_some_and(|task| task.status.may_be_removed()),
            Self::NextTask | Self::PreviousTask => !state.tasks.rows().is_empty(),
            Self::CloseTop => state.sheet.is_some() || state.question.is_some() || !state.tasks.search().is_empty(),
            _ => true,
        }
    }

    /// Whether this build can do it at all.
    #[must_use]
    pub const fn is_built(self) -> bool {
        cfg!(feature = "sound") || !matches!(self, Self::Mute)
    }

    /// Handled by the player in the stage, which owns the playhead.
    #[must_use]
    pub const fn is_for_player(self) -> bool {
        matches!(
            self,
            Self::PlayPause
                | Self::BackOneFrame
                | Self::ForwardOneFrame
                | Self::FirstFrame
                | Self::LastFrame
                | Self::ToggleLoop
                | Self::Mute
                | Self::PlayBackward
                | Self::Pause
                | Self::PlayForward
                | Self::InPoint
                | Self::OutPoint
                | Self::ClearPoints
                | Self::FullScreen
                | Self::ToggleZoom
                | Self::Compare
                | Self::UseFrameAsFirst
                | Self::UseFrameAsLast
                | Self::ExportFrame
                | Self::CopyFrame
                | Self::Diagnostics
        )
    }
}

/// The status's words for a pill: "Rendering 42%".
#[must_use]
pub fn status_words(status: &Status) -> String {
    match status {
        Status::NotSent => "Not sent".to_owned(),
        Status::Uploading => "Uploading".to_owned(),
        Status::Unknown(_) => "Unknown — may have been charged".to_owned(),
        Status::Queued => "Queued".to_owned(),
        Status::Rendering(Some(percent)) => format!("Rendering {percent}%"),
        Status::Rendering(None) => "Rendering".to_owned(),
        Status::Downloading => "Downloading".to_owned(),
        Status::Done => "Done".to_owned(),
        Status::Failed(_) | Status::Refused(_) => "Failed".to_owned(),
        Status::Stopped => "Not watched".to_owned(),
    }
}
