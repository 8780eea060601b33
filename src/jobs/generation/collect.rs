//! Asks after an accepted task until its clip is here. Nothing but the host's own word ends a paid task.

use std::sync::Arc;
use std::time::Duration;

use super::{fetch, now, store};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, Status};
use crate::domain::polling::LONG_WAIT;
use crate::jobs::{Outbox, World};
use crate::services::api::{ApiError, Subject, TaskReport, TaskState};

/// So many times the host has to say that it does not know a task before that is believed.
const GONE_TIMES: u32 = 3;

/// What follows from one answer.
enum Next {
    AskAgain {
        retry_after: Option<Duration>,
    },
    /// Settled, or waiting for somebody to act.
    Rest,
}

/// What was met on the way.
#[derive(Default)]
struct Course {
    /// Polls in a row that went the same way; the pace slows with it.
    attempt: u32,
    gone: u32,
}

pub(super) async fn collect(
    world: &Arc<World>,
    mut generation: Generation,
    out: &Outbox,
) -> Result<Generation, Failure> {
    let mut course = Course::default();
    loop {
        let next = ask(world, &mut generation, &mut course, out).await?;
        let Next::AskAgain { retry_after } = next else { return Ok(generation) };
        let waited = Duration::from_secs(now().seconds_since(generation.created));
        let delay = World::pace(&generation.host).delay(course.attempt, waited, retry_after, rand::random());
        course.attempt += 1;
        tokio::time::sleep(delay).await;
    }
}

async fn ask(
    world: &Arc<World>,
    generation: &mut Generation,
    course: &mut Course,
    out: &Outbox,
) -> Result<Next, Failure> {
    let Some(task_id) = generation.task_id.clone() else {
        return Err(Failure::new(FailureKind::Library, "The row has no task id.", ""));
    };
    let client = match world.client(&generation.host).await {
        Ok(client) => client,
        Err(failure) => return trouble(world, generation, failure, None, out).await,
    };
    match client.task(&task_id).await {
        Ok(report) => {
            course.gone = 0;
            heard(world, generation, report, out).await
        }
        Err(error) if error.is_task_gone() => {
            course.gone += 1;
            if course.gone < GONE_TIMES {
                return Ok(Next::AskAgain { retry_after: None });
            }
            let failure = error.into_failure(&Subject::of(generation));
            settle(world, generation, Status::Failed(failure), out).await
        }
        Err(error) => {
            let retry_after = ApiError::retry_after(&error);
            let failure = error.into_failure(&Subject::of(generation));
            trouble(world, generation, failure, retry_after, out).await
        }
    }
}

/// A passing trouble: said beside the status, which stands. Only what somebody has to mend stops the questions.
async fn trouble(
    world: &Arc<World>,
    generation: &mut Generation,
    failure: Failure,
    retry_after: Option<Duration>,
    out: &Outbox,
) -> Result<Next, Failure> {
    let rests = matches!(
        failure.kind,
        FailureKind::Key | FailureKind::Account | FailureKind::DiskFull | FailureKind::Folder | FailureKind::Keychain
    );
    if generation.notice.as_ref() != Some(&failure) {
        generation.notice = Some(failure);
        *generation = store(world, generation.clone(), out).await?;
    }
    Ok(if rests { Next::Rest } else { Next::AskAgain { retry_after } })
}

async fn settle(
    world: &Arc<World>,
    generation: &mut Generation,
    status: Status,
    out: &Outbox,
) -> Result<Next, Failure> {
    generation.status = status;
    generation.notice = None;
    *generation = store(world, generation.clone(), out).await?;
    Ok(Next::Rest)
}

async fn heard(
    world: &Arc<World>,
    generation: &mut Generation,
    report: TaskReport,
    out: &Outbox,
) -> Result<Next, Failure> {
    let known = generation.clone();
    if report.seed.is_some() {
        generation.seed_used = report.seed;
    }
    generation.notice = takes_long(generation);
    match report.state {
        TaskState::Queued => generation.status = Status::Queued,
        TaskState::Running { percent } => generation.status = Status::Rendering(percent),
        // Rendered; the address of the clip is still to come.
        TaskState::SucceededWithoutVideo => generation.status = Status::Rendering(Some(100)),
        TaskState::Failed(reason) => {
            let failure = reason.into_task_failure(&Subject::of(generation));
            return settle(world, generation, Status::Failed(failure), out).await;
        }
        TaskState::Succeeded { video, .. } => {
            generation.status = Status::Downloading;
            *generation = store(world, generation.clone(), out).await?;
            return match fetch::fetch(world, generation, &video, out).await? {
                fetch::Fetched::Done => Ok(Next::Rest),
                fetch::Fetched::AskForFreshAddress => Ok(Next::AskAgain { retry_after: None }),
                fetch::Fetched::Trouble(failure) => trouble(world, generation, failure, None, out).await,
            };
        }
    }
    if *generation != known {
        *generation = store(world, generation.clone(), out).await?;
    }
    Ok(Next::AskAgain { retry_after: None })
}

fn takes_long(generation: &Generation) -> Option<Failure> {
    let minutes = now().seconds_since(generation.created) / 60;
    (minutes * 60 >= LONG_WAIT.as_secs()).then(|| {
        let summary = "This task takes more than 30 minutes; it is still asked after.";
        Failure::new(FailureKind::Server, summary, "Nothing is lost: leave it, or stop watching and pick it up later.")
    })
}
