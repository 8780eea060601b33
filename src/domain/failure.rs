//! A failure in plain words: the one form in which an error reaches a person.
//!
//! Every boundary has an error enum of its own and turns it into a [`Failure`] once. No sentence holds a key or a URL.

use serde::{Deserialize, Serialize};

use super::frame::FrameSlot;

/// What went wrong, for whom to act and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub kind: FailureKind,
    /// One sentence, with its full stop.
    pub summary: String,
    /// What to do about it; one sentence, or empty where nothing can be done.
    pub advice: String,
    /// Trying the same again may help.
    pub retryable: bool,
    /// The host confirmed that nothing was charged.
    #[serde(default)]
    pub not_charged: bool,
}

impl Failure {
    #[must_use]
    pub fn new(kind: FailureKind, summary: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { kind, summary: summary.into(), advice: advice.into(), retryable: false, not_charged: false }
    }

    /// A request may have arrived, and `what` says why nobody knows. `free` where the host charges nothing.
    #[must_use]
    pub fn outcome_unknown(what: &str, free: bool) -> Self {
        let summary =
            if free { words!("failure-again-free", what = what) } else { words!("failure-again-charged", what = what) };
        Self::new(FailureKind::OutcomeUnknown, summary, words!("failure-check-list"))
    }

    /// The connection, or the program, ended after a request may have arrived.
    #[must_use]
    pub fn dropped_unconfirmed(host_name: &str, free: bool) -> Self {
        Self::outcome_unknown(&words!("failure-dropped", host = host_name), free)
    }

    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }

    #[must_use]
    pub fn not_charged(mut self) -> Self {
        self.not_charged = true;
        self
    }

    /// The summary, and "Not charged." where the host confirmed that.
    #[must_use]
    pub fn sentence(&self) -> String {
        if self.not_charged {
            words!("failure-not-charged", sentence = self.summary.as_str())
        } else {
            self.summary.clone()
        }
    }
}

/// Who has to act on a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The key is missing or was not accepted.
    Key,
    /// The account may not use this model.
    Account,
    /// Not enough credit.
    Balance,
    /// The request's parameters were refused.
    Parameters,
    /// A picture was refused, or could not be read.
    Picture { slot: Option<FrameSlot> },
    /// The prompt was refused by moderation.
    PromptModeration,
    /// A picture was refused by moderation.
    PictureModeration,
    /// The host does not serve this model (any more).
    ModelGone,
    /// The host does not know the task (any more).
    TaskGone,
    /// Too many requests.
    RateLimited,
    /// The host failed.
    Server,
    /// No connection.
    Network,
    /// The connection ended after the request may have arrived.
    OutcomeUnknown,
    /// The host's answer was not understood.
    Protocol,
    /// The clip that arrived is not what it should be.
    Clip,
    /// The disk is full.
    DiskFull,
    /// The library's folder cannot be written.
    Folder,
    /// The library itself could not be read or written.
    Library,
    /// The system's keychain.
    Keychain,
    /// Something on this computer: the clipboard, a program to open a file.
    Desktop,
}
