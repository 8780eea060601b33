//! What can be done about a task that is not on its way to a clip.

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, Status};
use crate::state::TaskCommand;
use crate::ui::icons::Icon;

/// A button beside a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    pub title: &'static str,
    pub icon: Option<Icon>,
    pub command: TaskCommand,
}

impl Remedy {
    const fn new(title: &'static str, icon: Option<Icon>, command: TaskCommand) -> Self {
        Self { title, icon, command }
    }

    const RETRY: Self = Self::new("Retry", Some(Icon::RETRY), TaskCommand::Retry);
    const EDIT_PROMPT: Self = Self::new("Edit prompt", None, TaskCommand::EditPrompt);
    const REUSE: Self = Self::new("Reuse settings", Some(Icon::REUSE_SETTINGS), TaskCommand::ReuseSettings);
}

/// The buttons of a task, the recommended one first; none where it is on its way or done.
#[must_use]
pub fn remedies(task: &Generation) -> Vec<Remedy> {
    match &task.status {
        Status::Unknown(_) => vec![
            Remedy::new("Check again", Some(Icon::SEARCH), TaskCommand::CheckAgain),
            Remedy::new("Send again…", None, TaskCommand::SendAgain),
        ],
        Status::Stopped => vec![Remedy::new("Pick up again", Some(Icon::RETRY), TaskCommand::PickUpAgain)],
        Status::Failed(failure) | Status::Refused(failure) => for_failure(failure, true),
        _ => task.notice.as_ref().map(|notice| for_failure(notice, false)).unwrap_or_default(),
    }
}

/// `ended` tells a final failure from a passing trouble, during which the form is no way out.
fn for_failure(failure: &Failure, ended: bool) -> Vec<Remedy> {
    match failure.kind {
        FailureKind::Key => {
            vec![Remedy::new("Open settings", Some(Icon::SETTINGS), TaskCommand::OpenSettings), Remedy::RETRY]
        }
        FailureKind::Balance => {
            vec![Remedy::new("Add funds", Some(Icon::WALLET), TaskCommand::AddFunds), Remedy::RETRY]
        }
        FailureKind::DiskFull | FailureKind::Folder => {
            vec![Remedy::new("Choose folder…", Some(Icon::FOLDER), TaskCommand::ChooseFolder), Remedy::RETRY]
        }
        FailureKind::TaskGone if ended => {
            vec![Remedy::new("Ask again", Some(Icon::RETRY), TaskCommand::PickUpAgain), Remedy::REUSE]
        }
        FailureKind::PromptModeration => vec![Remedy::RETRY, Remedy::EDIT_PROMPT],
        _ if !ended => vec![Remedy::RETRY],
        _ if failure.retryable => vec![Remedy::RETRY, Remedy::EDIT_PROMPT],
        _ => vec![Remedy::REUSE],
    }
}
