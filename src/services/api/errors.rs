//! What can go wrong between this program and a host, and what may be assumed after it.

use std::error::Error;
use std::io;
use std::time::Duration;

use super::body::BodyError;
use super::endpoint::EndpointError;
use super::host_error::{Cause, HostError};
use crate::domain::frame::{FrameSlot, PreparedFrames};

/// The way to the host, or back, broke. Holds no URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportFault {
    /// Name lookup, TCP or TLS failed or took too long: no byte of the request left.
    #[error("no connection")]
    Connect,
    #[error("no answer in time")]
    TimedOut,
    #[error("the connection broke")]
    Broken,
    /// The answer is longer than any of the contract.
    #[error("the answer was too long")]
    TooLong,
}

impl TransportFault {
    /// Takes an error's class and drops the rest, its URL above all.
    pub(super) fn from_reqwest(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::Connect
        } else if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::Broken
        }
    }
}

/// A question to the host failed. Asking again changes nothing there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// The client could not be built; `reason` is the library's sentence, without a URL.
    #[error("the connection could not be set up: {reason}")]
    Setup { reason: String },
    #[error("{0}")]
    Transport(TransportFault),
    /// The host refused, or failed.
    #[error("the host answered {} ({:?})", .0.status, .0.cause())]
    Host(HostError),
    /// A success that says nothing of what was asked: HTML, another JSON, half of one.
    #[error("the answer was not understood")]
    Unreadable,
}

impl ApiError {
    pub(super) fn setup(error: reqwest::Error) -> Self {
        let error = error.without_url();
        // The outer sentence is always "builder error".
        let reason = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        Self::Setup { reason }
    }

    /// The host does not know the task: final, after a few tries. A bare 404 is not enough for that.
    #[must_use]
    pub fn is_task_gone(&self) -> bool {
        matches!(self, Self::Host(error) if error.documented == Some(Cause::TaskGone))
    }

    /// Whether the host itself said it, by a reason of the contract: a bare status may be a proxy's.
    #[must_use]
    pub fn is_said_in_the_contracts_words(&self) -> bool {
        matches!(self, Self::Host(error) if error.documented.is_some())
    }

    /// How long the host asks to wait before the next question.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Host(error) => error.retry_after,
            _ => None,
        }
    }
}

/// A submit failed; each variant says what may be assumed of a task at the host.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// There is no task: no request left, or none that anybody could read.
    #[error("not sent: {0}")]
    NotSent(NotSent),
    /// There is no task: the host asks to slow down. Safe to send again after the pause.
    #[error("the host asks to slow down")]
    RateLimited { retry_after: Option<Duration> },
    /// There is no task: the host said why.
    #[error("the host refused with {} ({:?})", .0.status, .0.cause())]
    Refused(HostError),
    /// There may be a task, and it may be charged. Never to be sent again unasked.
    #[error("the outcome is unknown: {0}")]
    OutcomeUnknown(Outcome),
}

/// Why a request did not leave this computer.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// Name lookup, TCP or TLS failed.
    #[error("no connection")]
    NoConnection,
    /// A picture could not be read or does not belong into the request. One that changed during the upload cut the
    /// request off before its closing brace, so that it cannot be read as one.
    #[error(transparent)]
    Body(BodyError),
    /// The request could not be built.
    #[error("the request could not be built")]
    Request,
}

/// What happened after the first byte left.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Outcome {
    /// The network took no more of the request.
    #[error("the upload stalled")]
    UploadStalled,
    /// All was sent and no answer came.
    #[error("no answer in time")]
    NoAnswer,
    /// The connection broke, or its answer was cut or endless.
    #[error("{0}")]
    Transport(TransportFault),
    /// The host failed, or answered with something that is no documented refusal.
    #[error("the host answered {} ({:?})", .0.status, .0.cause())]
    Host(HostError),
    /// The host pointed elsewhere. Nobody documents redirects here, and some are sent after the work was done, so none
    /// proves that nothing was created.
    #[error("the host answered with a redirect ({status})")]
    Redirected { status: u16 },
    /// A success without a task id that could be read.
    #[error("the answer held no task id")]
    NoTaskId,
}

impl SubmitError {
    /// What a failed exchange proves. Only a failed connect proves that nothing left, unless this computer itself cut
    /// the body.
    pub(super) fn from_send(error: &reqwest::Error) -> Self {
        let fault = TransportFault::from_reqwest(error);
        let is_builder = error.is_builder();
        if fault == TransportFault::Connect {
            return Self::NotSent(NotSent::NoConnection);
        }
        if let Some(body) = body_error(error) {
            return Self::NotSent(NotSent::Body(body));
        }
        if is_builder { Self::NotSent(NotSent::Request) } else { Self::OutcomeUnknown(Outcome::Transport(fault)) }
    }

    /// What an answer other than success proves.
    ///
    /// A reason of the contract decides, whatever the status. Without one, a 4xx is a refusal, but for those by which a
    /// proxy speaks of time or of a request it has seen already (408, 409, 425, 499).
    pub(super) fn from_host(error: HostError) -> Self {
        match (error.documented, error.status) {
            (Some(Cause::RateLimited), 400..500) | (None, 429) => Self::RateLimited { retry_after: error.retry_after },
            // The contract knows no task before a submit: this answer is none to it.
            (Some(Cause::RateLimited | Cause::Server | Cause::TaskGone), _) | (None, 408 | 409 | 425 | 499) => {
                Self::OutcomeUnknown(Outcome::Host(error))
            }
            (Some(_), _) | (None, 400..500) => Self::Refused(error),
            (None, 300..400) => Self::OutcomeUnknown(Outcome::Redirected { status: error.status }),
            (None, _) => Self::OutcomeUnknown(Outcome::Host(error)),
        }
    }
}

impl SubmitError {
    /// A refused picture is the first frame where there is no other.
    pub(super) fn about_only(mut self, frames: &PreparedFrames) -> Self {
        if let Self::Refused(error) = &mut self
            && frames.last.is_none()
        {
            error.slot = Some(FrameSlot::First);
        }
        self
    }
}

/// The body's own error behind a failed exchange.
fn body_error(error: &reqwest::Error) -> Option<BodyError> {
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(body) = inner.downcast_ref::<BodyError>() {
            return Some(body.copy());
        }
        source = inner.source();
    }
    None
}

impl BodyError {
    /// The same error out of a borrowed chain; an `io::Error` keeps its kind alone.
    fn copy(&self) -> Self {
        match self {
            Self::Unreadable { slot, source } => {
                Self::Unreadable { slot: *slot, source: io::Error::from(source.kind()) }
            }
            Self::Changed { slot } => Self::Changed { slot: *slot },
            Self::NoLastFrame => Self::NoLastFrame,
        }
    }
}
