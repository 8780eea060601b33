//! Short messages over the stage. They leave after six seconds; errors stay until they are closed.

use crate::domain::generation::{GenerationId, UnixMillis};

/// How long a message stays, in milliseconds.
pub const LIFETIME_MILLIS: i64 = 6_000;

/// At most this many are shown; the oldest leaves first.
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
    Undo,
}

impl ToastAction {
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Play(_) => "Play",
            Self::Show(_) => "Show",
            Self::ShowFile(_) => "Show in folder",
            Self::Undo => "Undo",
        }
    }
}

/// The messages on screen, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    newest: u64,
}

impl Toasts {
    #[must_use]
    pub fn shown(&self) -> &[Toast] {
        &self.shown
    }

    pub fn push(&mut self, tone: Tone, text: impl Into<String>, action: Option<ToastAction>, now: UnixMillis) {
        self.newest += 1;
        self.shown.push(Toast { number: self.newest, tone, text: text.into(), action, born: now });
        if self.shown.len() > MOST_SHOWN {
            self.shown.remove(0);
        }
    }

    pub fn dismiss(&mut self, number: u64) -> Option<Toast> {
        let place = self.shown.iter().position(|toast| toast.number == number)?;
        Some(self.shown.remove(place))
    }

    /// Lets go of what has been shown long enough.
    pub fn expire(&mut self, now: UnixMillis) {
        self.shown.retain(|toast| toast.tone == Tone::Error || now.0 - toast.born.0 < LIFETIME_MILLIS);
    }

    /// Keeps a message that is hovered or focused from leaving.
    pub fn hold(&mut self, number: u64, now: UnixMillis) {
        if let Some(toast) = self.shown.iter_mut().find(|toast| toast.number == number) {
            toast.born = now;
        }
    }

    /// Milliseconds until the next message leaves by itself.
    #[must_use]
    pub fn next_expiry(&self, now: UnixMillis) -> Option<i64> {
        let timed = self.shown.iter().filter(|toast| toast.tone != Tone::Error);
        timed.map(|toast| (toast.born.0 + LIFETIME_MILLIS - now.0).max(0)).min()
    }
}
