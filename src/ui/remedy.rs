//! What can be done about a task that is not on its way to a clip: decided here for the list and for the stage.

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, Status};
use crate::state::TaskCommand;
use crate::ui::icons::Icon;

/// A button beside a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    pub title: String,
    pub icon: Option<Icon>,
    pub command: TaskCommand,
}

impl Remedy {
    fn new(title: String, icon: Option<Icon>, command: TaskCommand) -> Self {
        Self { title, icon, command }
    }

    fn retry() -> Self {
        Self::new(words!("retry"), Some(Icon::RETRY), TaskCommand::Retry)
    }

    fn edit_prompt() -> Self {
        Self::new(words!("edit-prompt"), None, TaskCommand::EditPrompt)
    }

    fn reuse() -> Self {
        Self::new(words!("reuse-settings"), Some(Icon::REUSE_SETTINGS), TaskCommand::ReuseSettings)
    }
}

/// The buttons of a task, the recommended one first; none where it is on its way or done.
#[must_use]
pub fn remedies(task: &Generation) -> Vec<Remedy> {
    match &task.status {
        Status::Unknown(_) => vec![
            Remedy::new(words!("check-again"), Some(Icon::SEARCH), TaskCommand::CheckAgain),
            Remedy::new(words!("send-again-more"), None, TaskCommand::SendAgain),
        ],
        Status::Stopped => vec![Remedy::new(words!("pick-up-again"), Some(Icon::RETRY), TaskCommand::PickUpAgain)],
        Status::Failed(_) if task.status.may_be_picked_up() => {
            vec![
                Remedy::new(words!("ask-the-host-again"), Some(Icon::RETRY), TaskCommand::PickUpAgain),
                Remedy::reuse(),
            ]
        }
        Status::Failed(failure) | Status::Refused(failure) => for_failure(failure, true),
        Status::Done => Vec::new(),
        _ => task.notice.as_ref().map(|notice| for_failure(notice, false)).unwrap_or_default(),
    }
}

/// `ended` tells a final failure from a passing trouble, during which the form is no way out.
fn for_failure(failure: &Failure, ended: bool) -> Vec<Remedy> {
    match failure.kind {
        FailureKind::Key => {
            vec![Remedy::new(words!("open-settings"), Some(Icon::SETTINGS), TaskCommand::OpenSettings), Remedy::retry()]
        }
        FailureKind::Balance => {
            vec![Remedy::new(words!("add-funds"), Some(Icon::WALLET), TaskCommand::AddFunds), Remedy::retry()]
        }
        FailureKind::DiskFull | FailureKind::Folder => {
            vec![
                Remedy::new(words!("choose-folder-more"), Some(Icon::FOLDER), TaskCommand::ChooseFolder),
                Remedy::retry(),
            ]
        }
        FailureKind::PromptModeration => vec![Remedy::retry(), Remedy::edit_prompt()],
        _ if !ended => vec![Remedy::retry()],
        _ if failure.retryable => vec![Remedy::retry(), Remedy::edit_prompt()],
        _ => vec![Remedy::reuse()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::generation::HostRef;
    use crate::domain::settings::Settings;
    use crate::state::{Command, State, update};

    fn task(status: Status, notice: Option<Failure>) -> Generation {
        Generation {
            host: HostRef { host: "novita".to_owned(), base_url: Some("https://api.novita.ai".to_owned()) },
            notice,
            task_id: Some("t".to_owned()),
            ..Generation::sample("task", status)
        }
    }

    fn failures() -> impl Iterator<Item = Failure> {
        use FailureKind as K;
        let kinds = [
            K::Key,
            K::Account,
            K::Balance,
            K::Parameters,
            K::Picture { slot: None },
            K::PromptModeration,
            K::ModelGone,
            K::TaskGone,
            K::RateLimited,
            K::Server,
            K::Network,
            K::Protocol,
            K::Clip,
            K::DiskFull,
            K::Folder,
            K::Library,
            K::Keychain,
        ];
        let failure = |kind| Failure::new(kind, "It failed.", "");
        kinds.into_iter().flat_map(move |kind| [failure(kind), failure(kind).retryable()])
    }

    /// Tasks in every status, with every trouble.
    fn tasks() -> Vec<Generation> {
        let mut tasks = vec![task(Status::Stopped, None), task(Status::Done, None)];
        for failure in failures() {
            for ended in [Status::Failed, Status::Refused, Status::Unknown] {
                tasks.push(task(ended(failure.clone()), None));
            }
            for under_way in [Status::NotSent, Status::Queued, Status::Rendering(None), Status::Downloading] {
                tasks.push(task(under_way, Some(failure.clone())));
            }
        }
        tasks
    }

    fn press(task: &Generation, command: TaskCommand) -> (State, Vec<crate::state::Effect>) {
        let mut state = State::new(Settings::default(), 7);
        state.tasks.load(vec![task.clone()]);
        let effects = update::command(&mut state, Command::Task(task.id.clone(), command));
        (state, effects)
    }

    #[test]
    fn every_button_does_something() {
        for task in tasks() {
            for remedy in remedies(&task) {
                let (state, effects) = press(&task, remedy.command.clone());
                let answered = state.question.is_some() || state.sheet.is_some() || !effects.is_empty();
                assert!(answered, "{:?} of {:?} with {:?} does nothing", remedy.title, task.status, task.notice);
            }
        }
    }

    #[test]
    fn whatever_may_be_at_the_host_is_asked_after_and_not_bought_by_its_first_button() {
        for task in tasks() {
            let may_be_there = matches!(task.status, Status::Unknown(_)) || task.status.may_be_picked_up();
            let Some(first) = remedies(&task).into_iter().next().filter(|_| may_be_there) else { continue };
            let (_, effects) = press(&task, first.command);
            let asks = |effect: &_| {
                use crate::state::Effect::{CheckUnknown, Follow};
                matches!(effect, CheckUnknown { .. } | Follow { .. })
            };
            assert!(!effects.is_empty() && effects.iter().all(asks), "{:?}: {effects:?}", task.status);
        }
    }
}
