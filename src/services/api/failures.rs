//! Every error of this boundary as a [`Failure`]: the one place where they become sentences.

use super::body::BodyError;
use super::download::DownloadError;
use super::endpoint::EndpointError;
use super::errors::{ApiError, NotSent, Outcome, SubmitError, TransportFault};
use super::host_error::{Cause, HostError};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::FrameSlot;
use crate::domain::generation::Generation;
use crate::domain::model::Catalogue;

/// Whom a failure is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    host: String,
    model: String,
    /// The host charges nothing.
    free: bool,
}

impl Subject {
    /// A host by its name for people.
    #[must_use]
    pub fn host(name: &str) -> Self {
        let free = Catalogue::built_in().hosts.iter().any(|host| host.name == name && host.free);
        Self { host: name.to_owned(), model: "This model".to_owned(), free }
    }

    /// The host and model of a generation.
    #[must_use]
    pub fn of(generation: &Generation) -> Self {
        let catalogue = Catalogue::built_in();
        let (host, model) = (&generation.host.host, &generation.settings.model);
        Self {
            free: catalogue.host(host).is_some_and(|host| host.free),
            host: catalogue.host(host).map_or(host, |host| &host.name).clone(),
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
                let summary = format!("The connection could not be set up: {reason}.");
                Failure::new(FailureKind::Network, summary, "Try again.").retryable()
            }
            Self::Transport(fault) => transport(fault, subject),
            Self::Host(error) => host(&error, subject),
            Self::Unreadable => {
                let summary = format!("{} gave an answer that was not understood.", subject.host);
                Failure::new(FailureKind::Protocol, summary, "It is asked again.").retryable()
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
                let advice = "Nothing was sent and nothing is charged. Try again when there is a connection.";
                Failure::new(FailureKind::Network, "No connection.", advice).retryable()
            }
            Self::NotSent(NotSent::Body(error)) => error.into(),
            Self::NotSent(NotSent::Request) => {
                Failure::new(FailureKind::Protocol, "The request could not be built.", "Check the base URL.")
            }
            Self::RateLimited { .. } => {
                let summary = format!("{} asks to slow down.", subject.host);
                Failure::new(FailureKind::RateLimited, summary, "It is sent after a pause.").retryable()
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
    let what = match outcome {
        Outcome::NoAnswer => format!("{} did not answer", subject.host),
        Outcome::Host(error) => format!("{} answered with an error ({})", subject.host, error.status),
        Outcome::Redirected { status } => format!("{} pointed elsewhere ({status})", subject.host),
        Outcome::NoTaskId => format!("{}'s answer held no task", subject.host),
        Outcome::UploadStalled | Outcome::Transport(_) => {
            return Failure::dropped_unconfirmed(&subject.host, subject.free);
        }
    };
    Failure::outcome_unknown(&format!("{what}, so the task may exist."), subject.free)
}

fn transport(fault: TransportFault, subject: &Subject) -> Failure {
    let summary = match fault {
        TransportFault::Connect => "No connection.".to_owned(),
        TransportFault::TimedOut => format!("{} does not answer.", subject.host),
        TransportFault::Broken | TransportFault::TooLong => format!("The connection to {} broke.", subject.host),
    };
    Failure::new(FailureKind::Network, summary, "It is tried again.").retryable()
}

impl HostError {
    /// What it means that an accepted task failed. Whether it was charged is not said by anybody.
    #[must_use]
    pub fn into_task_failure(self, subject: &Subject) -> Failure {
        if self.documented.is_some_and(|cause| cause != Cause::Server) {
            return host(&self, subject);
        }
        let words =
            if self.message.is_empty() { String::new() } else { format!(": {}", self.message.trim_end_matches('.')) };
        let summary = format!("{} could not make the clip{words}.", subject.host);
        Failure::new(FailureKind::Server, summary, "Try again, perhaps with another prompt.").retryable()
    }
}

fn host(error: &HostError, subject: &Subject) -> Failure {
    let name = &subject.host;
    let picture = error.slot.map_or("a picture".to_owned(), |slot| format!("the {slot} frame"));
    let refused = |what: &str| format!("{name} refused {picture}: {what}.");
    let of_picture =
        |what: &str, advice: &str| Failure::new(FailureKind::Picture { slot: error.slot }, refused(what), advice);
    match error.cause() {
        Cause::KeyMissing | Cause::KeyRefused => {
            Failure::new(FailureKind::Key, "The key was not accepted.", "Check the API key in Settings.")
        }
        Cause::Account => {
            let summary = format!("This account may not use {} at {name}.", subject.model);
            Failure::new(FailureKind::Account, summary, "Ask the host to allow it.")
        }
        Cause::RealName => {
            let summary = format!("{name} wants the account verified with a real name first.");
            Failure::new(FailureKind::Account, summary, "Verify the account at the host.")
        }
        Cause::Balance => {
            Failure::new(FailureKind::Balance, "Balance is too low.", "Add funds, then retry.").retryable()
        }
        Cause::Parameters => parameters(error, name),
        Cause::PictureTooHeavy => of_picture("the file is too large", "Use a smaller file."),
        Cause::PictureFormat => of_picture("its format is not accepted", "Use JPEG or PNG."),
        Cause::PictureTooLarge => of_picture("it has too many pixels", "Scale it down."),
        Cause::PictureSize => of_picture("its size is not accepted", "Use another picture."),
        Cause::PromptModeration => {
            let summary = format!("{name} refused the prompt: it may contain sensitive information.");
            Failure::new(FailureKind::PromptModeration, summary, "Change the prompt.")
        }
        Cause::PictureModeration => {
            let summary = refused("it may contain sensitive content");
            Failure::new(FailureKind::PictureModeration, summary, "Use another picture.")
        }
        Cause::ModelGone => model_gone(subject),
        Cause::TaskGone => {
            let summary = format!("{name} does not know this task any more.");
            Failure::new(FailureKind::TaskGone, summary, "Ask the host about it, with the task's id.")
        }
        Cause::RateLimited => {
            let summary = format!("{name} asks to slow down.");
            Failure::new(FailureKind::RateLimited, summary, "It is asked again after a pause.").retryable()
        }
        Cause::Server => {
            let summary = format!("{name} has trouble (error {}).", error.status);
            Failure::new(FailureKind::Server, summary, "It is asked again.").retryable()
        }
    }
}

fn parameters(error: &HostError, name: &str) -> Failure {
    let words = error.message.trim_end_matches('.');
    let summary = if words.is_empty() {
        format!("{name} refused the request (error {}).", error.status)
    } else {
        format!("{name} refused the request: {words}.")
    };
    Failure::new(FailureKind::Parameters, summary, "Change the settings it names.")
}

fn model_gone(subject: &Subject) -> Failure {
    let catalogue = Catalogue::built_in();
    let others: Vec<_> = catalogue
        .hosts
        .iter()
        .filter(|host| host.name != subject.host)
        .map(|host| host.name.as_str())
        .chain(catalogue.models.iter().map(|model| model.name.as_str()).filter(|name| *name != subject.model))
        .collect();
    let summary = format!("{} is not served by {} (any more).", subject.model, subject.host);
    let advice = if others.is_empty() { String::new() } else { format!("On offer are: {}.", others.join(", ")) };
    Failure::new(FailureKind::ModelGone, summary, advice)
}

impl From<EndpointError> for Failure {
    fn from(error: EndpointError) -> Self {
        Self::new(FailureKind::Parameters, error.to_string(), "Change --base-url or INBETWEEN_BASE_URL.")
    }
}

impl From<BodyError> for Failure {
    fn from(error: BodyError) -> Self {
        let slot: Option<FrameSlot> = match &error {
            BodyError::Unreadable { slot, .. } | BodyError::Changed { slot } => Some(*slot),
            BodyError::NoLastFrame => None,
        };
        Self::new(FailureKind::Picture { slot }, error.to_string(), "Choose the picture again.")
    }
}

impl From<DownloadError> for Failure {
    fn from(error: DownloadError) -> Self {
        let summary = format!("The clip could not be {error}.");
        match error {
            DownloadError::DiskFull => Self::new(FailureKind::DiskFull, summary, "Make room or choose another folder."),
            DownloadError::Folder(_) | DownloadError::FolderGone(_) => {
                Self::new(FailureKind::Folder, summary, "Choose another folder.")
            }
            DownloadError::NotAClip | DownloadError::Damaged | DownloadError::TooLarge => {
                Self::new(FailureKind::Clip, summary, "It is fetched again.").retryable()
            }
            DownloadError::Address(_) => Self::new(FailureKind::Protocol, summary, "It is asked for a new address."),
            DownloadError::Refused { .. } | DownloadError::Transport(_) | DownloadError::Cut => {
                Self::new(FailureKind::Network, summary, "It is fetched again.").retryable()
            }
            DownloadError::Api(error) => error.into_failure(&Subject::host("The host")),
        }
    }
}
