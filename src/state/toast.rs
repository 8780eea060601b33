//! Short messages over the stage. They leave after six seconds; errors stay until they are closed.

use crate::domain::generation::{GenerationId, UnixMillis};

/// How long a message stays, in milliseconds.
pub const LIFETIME_MILLIS: i64 = 6_000;

/// At most this many are shown, the newest.
pub const MOST_SHOWN: usize = 2;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    pub number: u64,
    pub tone: Tone,
    pub text: String,
    pub action: Option<ToastAction>,
    pub born: UnixMillis,
}

/// How a message looks and is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Success,
    Info,
    Error,
}

/// The one button of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToastAction {
    Play(GenerationId),
    Show(GenerationId),
    ShowFile(std::path::PathBuf),
    /// Brings back what has this number.
    Undo(u64),
}

impl ToastAction {
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Play(_) => words!("toast-play"),
            Self::Show(_) => words!("toast-show"),
            Self::ShowFile(_) => words!("show-in-folder"),
            Self::Undo(_) => words!("toast-undo"),
        }
    }
}

/// The messages, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Toasts {
    kept: Vec<Toast>,
    newest: u64,
}

impl Toasts {
    #[must_use]
    pub fn shown(&self) -> &[Toast] {
        &self.kept[self.kept.len().saturating_sub(MOST_SHOWN)..]
    }

    pub fn push(&mut self, tone: Tone, text: impl Into<String>, action: Option<ToastAction>, now: UnixMillis) {
        let text = text.into();
        // What was said already and is still there need not be said again.
        if tone == Tone::Error && self.kept.iter().any(|toast| toast.tone == tone && toast.text == text) {
            return;
        }
        self.newest += 1;
        self.kept.push(Toast { number: self.newest, tone, text, action, born: now });
        // An error stays until it is closed: it waits behind what is newer.
        let passing = self.kept.iter().filter(|toast| toast.tone != Tone::Error).count();
        if passing > MOST_SHOWN
            && let Some(oldest) = self.kept.iter().position(|toast| toast.tone != Tone::Error)
        {
            self.kept.remove(oldest);
        }
    }

    pub fn dismiss(&mut self, number: u64) -> Option<Toast> {
        let place = self.kept.iter().position(|toast| toast.number == number)?;
        Some(self.kept.remove(place))
    }

    /// Lets go of what has been shown long enough.
    pub fn expire(&mut self, now: UnixMillis) {
        self.kept.retain(|toast| toast.tone == Tone::Error || now.0 - toast.born.0 < LIFETIME_MILLIS);
    }

    /// Keeps a message that is hovered or focused from leaving.
    pub fn hold(&mut self, number: u64, now: UnixMillis) {
        if let Some(toast) = self.kept.iter_mut().find(|toast| toast.number == number) {
            toast.born = now;
        }
    }

    /// Milliseconds until the next message leaves by itself.
    #[must_use]
    pub fn next_expiry(&self, now: UnixMillis) -> Option<i64> {
        let timed = self.kept.iter().filter(|toast| toast.tone != Tone::Error);
        timed.map(|toast| (toast.born.0 + LIFETIME_MILLIS - now.0).max(0)).min()
    }
}
