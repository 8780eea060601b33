//! Every error of this boundary as a [`Failure`]: the one place where they become sentences.

use super::body::BodyError;
use super::download::DownloadError;
use super::endpoint::EndpointError;
use super::errors::{ApiError, NotSent, Outcome, SubmitError, TransportFault};
use super::host_error::{Cause, HostError};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::FrameSlot;
use crate::domain::generation::Generation;
use crate::domain::model::{Catalogue, Host};

/// Whom a failure is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    host: String,
    model: String,
    /// The host charges nothing.
    free: bool,
}

impl Subject {
    /// A host of the catalogue by its id or its name, or one that is in no catalogue.
    #[must_use]
    pub fn host(named: &str) -> Self {
        let host = Catalogue::built_in().hosts.iter().find(|host| host.id == named || host.name == named);
        let (title, free) = host.map_or_else(|| (named.to_owned(), false), |host| (host.title(), host.free));
        Self { host: title, model: words!("api-this-model"), free }
    }

    /// The host and model of a generation.
    #[must_use]
    pub fn of(generation: &Generation) -> Self {
        let catalogue = Catalogue::built_in();
        let (host, model) = (&generation.host.host, &generation.settings.model);
        Self {
            free: catalogue.host(host).is_some_and(|host| host.free),
            host: catalogue.host(host).map_or_else(|| host.clone(), Host::title),
            model: catalogue.model(model).map_or(model, |model| &model.name).clone(),
        }
    }
}

impl ApiError {
    /// What a failed question means for a person.
    #[must_use]
    pub fn into_failure(self, subject: &Subject) -> Failure {
        match self {
            Self::Endpoint(error) => error.into(),
            Self::Setup { reason } => {
                let summary = words!("api-setup", reason = reason);
                Failure::new(FailureKind::Network, summary, words!("try-again")).retryable()
            }
            Self::Transport(fault) => transport(fault, subject),
            Self::Host(error) => host(&error, subject),
            Self::Unreadable => {
                let summary = words!("api-unreadable", host = subject.host.as_str());
                Failure::new(FailureKind::Protocol, summary, words!("api-asked-again")).retryable()
            }
        }
    }
}

impl SubmitError {
    /// What a failed submit means for a person. Only a documented refusal says that nothing was charged.
    #[must_use]
    pub fn into_failure(self, subject: &Subject) -> Failure {
        match self {
            Self::NotSent(NotSent::NoConnection) => {
                let advice = words!("api-nothing-sent");
                Failure::new(FailureKind::Network, words!("api-no-connection"), advice).retryable()
            }
            Self::NotSent(NotSent::Body(error)) => error.into(),
            Self::NotSent(NotSent::Request) => {
                Failure::new(FailureKind::Protocol, words!("api-request"), words!("api-check-url"))
            }
            Self::RateLimited { .. } => {
                let summary = words!("api-slow-down", host = subject.host.as_str());
                Failure::new(FailureKind::RateLimited, summary, words!("api-sent-after-pause")).retryable()
            }
            Self::Refused(error) => {
                let failure = host(&error, subject);
                if error.documented.is_some() { failure.not_charged() } else { failure }
            }
            Self::OutcomeUnknown(outcome) => unknown(&outcome, subject),
        }
    }
}

fn unknown(outcome: &Outcome, subject: &Subject) -> Failure {
    let name = subject.host.as_str();
    let what = match outcome {
        Outcome::NoAnswer => words!("api-unknown-no-answer", host = name),
        Outcome::Host(error) => words!("api-unknown-error", host = name, status = error.status.to_string()),
        Outcome::Redirected { status } => words!("api-unknown-redirect", host = name, status = status.to_string()),
        Outcome::NoTaskId => words!("api-unknown-no-task", host = name),
        Outcome::UploadStalled | Outcome::Transport(_) => {
            return Failure::dropped_unconfirmed(&subject.host, subject.free);
        }
    };
    Failure::outcome_unknown(&what, subject.free)
}

fn transport(fault: TransportFault, subject: &Subject) -> Failure {
    let summary = match fault {
        TransportFault::Connect => words!("api-no-connection"),
        TransportFault::TimedOut => words!("api-timed-out", host = subject.host.as_str()),
        TransportFault::Broken | TransportFault::TooLong => words!("api-broken", host = subject.host.as_str()),
    };
    Failure::new(FailureKind::Network, summary, words!("api-tried-again")).retryable()
}

impl HostError {
    /// What it means that an accepted task failed. Whether it was charged is not said by anybody.
    #[must_use]
    pub fn into_task_failure(self, subject: &Subject) -> Failure {
        if self.documented.is_some_and(|cause| cause != Cause::Server) {
            return host(&self, subject);
        }
        let (name, reason) = (subject.host.as_str(), self.message.trim_end_matches('.'));
        let summary = if reason.is_empty() {
            words!("api-task-failed", host = name)
        } else {
            words!("api-task-failed-because", host = name, reason = reason)
        };
        Failure::new(FailureKind::Server, summary, words!("api-other-prompt")).retryable()
    }
}

fn host(error: &HostError, subject: &Subject) -> Failure {
    let name = subject.host.as_str();
    let slot = error.slot.map_or("none", FrameSlot::word);
    let of_picture =
        |what: String, advice: String| Failure::new(FailureKind::Picture { slot: error.slot }, what, advice);
    match error.cause() {
        Cause::KeyMissing | Cause::KeyRefused => {
            Failure::new(FailureKind::Key, words!("api-key-refused"), words!("api-check-key"))
        }
        Cause::Account => {
            let summary = words!("api-account", model = subject.model.as_str(), host = name);
            Failure::new(FailureKind::Account, summary, words!("api-ask-host"))
        }
        Cause::RealName => {
            let summary = words!("api-real-name", host = name);
            Failure::new(FailureKind::Account, summary, words!("api-verify-account"))
        }
        Cause::Balance => {
            Failure::new(FailureKind::Balance, words!("api-balance"), words!("api-add-funds")).retryable()
        }
        Cause::Parameters => parameters(error, name),
        Cause::PictureTooHeavy => {
            of_picture(words!("api-picture-too-heavy", host = name, slot = slot), words!("api-smaller-file"))
        }
        Cause::PictureFormat => {
            of_picture(words!("api-picture-format", host = name, slot = slot), words!("api-jpeg-or-png"))
        }
        Cause::PictureTooLarge => {
            of_picture(words!("api-picture-too-large", host = name, slot = slot), words!("api-scale-down"))
        }
        Cause::PictureSize => {
            of_picture(words!("api-picture-size", host = name, slot = slot), words!("api-other-picture"))
        }
        Cause::PromptModeration => {
            let summary = words!("api-prompt-moderation", host = name);
            Failure::new(FailureKind::PromptModeration, summary, words!("api-change-prompt"))
        }
        Cause::PictureModeration => {
            let summary = words!("api-picture-moderation", host = name, slot = slot);
            Failure::new(FailureKind::PictureModeration, summary, words!("api-other-picture"))
        }
        Cause::ModelGone => model_gone(subject),
        Cause::TaskGone => {
            let summary = words!("api-task-gone", host = name);
            Failure::new(FailureKind::TaskGone, summary, words!("api-ask-with-id"))
        }
        Cause::RateLimited => {
            let summary = words!("api-slow-down", host = name);
            Failure::new(FailureKind::RateLimited, summary, words!("api-asked-after-pause")).retryable()
        }
        Cause::Server => {
            let summary = words!("api-server", host = name, status = error.status.to_string());
            Failure::new(FailureKind::Server, summary, words!("api-asked-again")).retryable()
        }
    }
}

fn parameters(error: &HostError, name: &str) -> Failure {
    let words = error.message.trim_end_matches('.');
    let summary = if words.is_empty() {
        words!("api-refused-error", host = name, status = error.status.to_string())
    } else {
        words!("api-refused-because", host = name, reason = words)
    };
    Failure::new(FailureKind::Parameters, summary, words!("api-change-settings"))
}

fn model_gone(subject: &Subject) -> Failure {
    let catalogue = Catalogue::built_in();
    let others: Vec<_> = catalogue
        .hosts
        .iter()
        .map(Host::title)
        .filter(|title| *title != subject.host)
        .chain(catalogue.models.iter().map(|model| model.name.clone()).filter(|name| *name != subject.model))
        .collect();
    let summary = words!("api-not-served", model = subject.model.as_str(), host = subject.host.as_str());
    let offered = others.join(&words!("list-comma"));
    let advice = if others.is_empty() { String::new() } else { words!("api-on-offer", offered = offered) };
    Failure::new(FailureKind::ModelGone, summary, advice)
}

impl From<EndpointError> for Failure {
    fn from(error: EndpointError) -> Self {
        Self::new(FailureKind::Parameters, error.to_string(), words!("api-change-url"))
    }
}

impl From<BodyError> for Failure {
    fn from(error: BodyError) -> Self {
        let slot: Option<FrameSlot> = match &error {
            BodyError::Unreadable { slot, .. } | BodyError::Changed { slot } => Some(*slot),
            BodyError::NoLastFrame => None,
        };
        Self::new(FailureKind::Picture { slot }, error.to_string(), words!("api-choose-again"))
    }
}

impl From<DownloadError> for Failure {
    fn from(error: DownloadError) -> Self {
        let summary = error.to_string();
        match error {
            DownloadError::DiskFull => Self::new(FailureKind::DiskFull, summary, words!("download-make-room")),
            DownloadError::Folder(_) | DownloadError::FolderGone(_) => {
                Self::new(FailureKind::Folder, summary, words!("choose-another-folder"))
            }
            DownloadError::NotAClip | DownloadError::Damaged | DownloadError::TooLarge => {
                Self::new(FailureKind::Clip, summary, words!("download-fetched-again")).retryable()
            }
            DownloadError::Address(_) => Self::new(FailureKind::Protocol, summary, words!("download-new-address")),
            DownloadError::Refused { .. } | DownloadError::Transport(_) | DownloadError::Cut => {
                Self::new(FailureKind::Network, summary, words!("download-fetched-again")).retryable()
            }
            DownloadError::Api(error) => error.into_failure(&Subject::host(&words!("api-the-host"))),
        }
    }
}
