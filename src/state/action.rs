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
    pub fn title(self) -> String {
        match self {
            Self::ChooseFirst => words!("action-choose-first"),
            Self::ChooseLast => words!("action-choose-last"),
            Self::Paste => words!("action-paste"),
            Self::SwapFrames => words!("action-swap"),
            Self::ClearForm => words!("clear-form"),
            Self::Generate => words!("generate"),
            Self::SaveAs => words!("save-as"),
            Self::OpenSettings => words!("settings-title"),
            Self::ShowShortcuts => words!("shortcuts-title"),
            Self::CommandPalette => words!("palette-name"),
            Self::NextRegion => words!("action-next-region"),
            Self::PreviousRegion => words!("action-previous-region"),
            Self::SearchTasks => words!("action-search"),
            Self::NextTask => words!("action-next"),
            Self::PreviousTask => words!("action-previous"),
            Self::ReuseSettings => words!("action-reuse"),
            Self::ShowInFolder => words!("action-show-clip"),
            Self::OpenInPlayer => words!("action-open-clip"),
            Self::RemoveTask => words!("action-remove"),
            Self::CloseTop => words!("action-close-top"),
            Self::Quit => words!("action-quit"),
            Self::PlayPause => words!("action-play-pause"),
            Self::BackOneFrame => words!("clip-back"),
            Self::ForwardOneFrame => words!("clip-forward"),
            Self::FirstFrame => words!("action-first-of-clip"),
            Self::LastFrame => words!("action-last-of-clip"),
            Self::ToggleLoop => words!("clip-loop"),
            Self::Mute => words!("action-mute"),
            Self::PlayBackward => words!("action-backward"),
            Self::Pause => words!("clip-pause"),
            Self::PlayForward => words!("action-forward"),
            Self::InPoint => words!("action-in-point"),
            Self::OutPoint => words!("action-out-point"),
            Self::ClearPoints => words!("action-clear-points"),
            Self::FullScreen => words!("clip-full"),
            Self::ToggleZoom => words!("action-zoom"),
            Self::Compare => words!("compare"),
            Self::UseFrameAsFirst => words!("action-as-first"),
            Self::UseFrameAsLast => words!("action-as-last"),
            Self::ExportFrame => words!("export-frame"),
            Self::CopyFrame => words!("action-copy-frame"),
            Self::Diagnostics => words!("action-diagnostics"),
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
        Status::NotSent => words!("status-not-sent"),
        Status::Uploading => words!("status-uploading"),
        Status::Unknown(_) => words!("status-unknown"),
        Status::Queued => words!("status-queued"),
        Status::Rendering(Some(percent)) => words!("status-rendering-percent", percent = *percent),
        Status::Rendering(None) => words!("status-rendering"),
        Status::Downloading => words!("status-downloading"),
        Status::Done => words!("status-done"),
        Status::Failed(_) | Status::Refused(_) => words!("status-failed"),
        Status::Stopped => words!("status-stopped"),
    }
}
