//! Asks after an accepted task until its clip is here. Nothing but the host's own word ends a paid task.

use std::sync::Arc;
use std::time::Duration;

use super::{fetch, now, store_followed};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, Status, UnixMillis};
use crate::domain::polling::LONG_WAIT;
use crate::jobs::limiter::{Heard, rest, slept};
use crate::jobs::{Outbox, World};
use crate::services::api::{ApiError, ResultUrl, Subject, TaskReport, TaskState, TransportFault};

/// So many addresses of a clip in a row are refused before that is said.
const REFUSED_TIMES: u32 = 3;

/// So often a clip comes damaged before it is taken as it is: the host has no other.
const DAMAGED_TIMES: u32 = 3;

/// So often in a row the host calls a task done without an address before that is said.
const WITHOUT_ADDRESS_TIMES: u32 = 10;

/// What follows from one answer.
enum Next {
    AskAgain(Pause),
    /// Settled, or waiting for somebody to act.
    Rest,
}

/// How long until the next question.
#[derive(Clone, Copy)]
enum Pause {
    /// As the pace says, or as long as the host asks for.
    Pace { retry_after: Option<Duration> },
    /// None of its own: the computer has just woken, or the host cannot be reached and the line before it says when to
    /// try.
    None,
    /// The clip is there and could not be fetched so many times in a row.
    FetchAgain(u32),
}

/// What was met on the way.
struct Course {
    /// When the task was accepted, as far as that is known.
    accepted: UnixMillis,
    /// Polls since this process follows the task; the pace slows with it.
    attempt: u32,
    /// How often in a row the host did not know the task.
    gone: u32,
    /// How often in a row the host called it done without an address.
    without_address: u32,
    /// How many addresses in a row were refused.
    refused: u32,
    /// How many times the clip came whole and damaged.
    damaged: u32,
    /// How many times in a row the clip could not be fetched for another reason.
    unfetched: u32,
}

impl Course {
    fn waited(&self) -> Duration {
        Duration::from_secs(now().seconds_since(self.accepted))
    }
}

pub(super) async fn collect(
    world: &Arc<World>,
    mut generation: Generation,
    accepted: UnixMillis,
    out: &Outbox,
) -> Result<Generation, Failure> {
    let mut course = Course { accepted, attempt: 0, gone: 0, without_address: 0, refused: 0, damaged: 0, unfetched: 0 };
    let pace = World::pace(&generation.host);
    loop {
        let next = ask(world, &mut generation, &mut course, out).await?;
        let Next::AskAgain(pause) = next else { return Ok(generation) };
        let delay = match pause {
            Pause::Pace { retry_after } => pace.delay(course.attempt, course.waited(), retry_after, rand::random()),
            Pause::None => Duration::ZERO,
            Pause::FetchAgain(times) => pace.first.saturating_mul(1 << times.min(8)).min(pace.slow),
        };
        course.attempt += 1;
        rest(delay).await;
    }
}

async fn ask(
    world: &Arc<World>,
    generation: &mut Generation,
    course: &mut Course,
    out: &Outbox,
) -> Result<Next, Failure> {
    let Some(task_id) = generation.task_id.clone() else {
        return Err(Failure::new(FailureKind::Library, words!("job-no-task-id"), ""));
    };
    let client = match world.client(&generation.host).await {
        Ok(client) => client,
        Err(failure) => {
            let next = after(&failure, PACE);
            say(world, generation, failure, out).await?;
            return Ok(next);
        }
    };
    let limiter = world.limiter(&generation.host);
    if limiter.is_unreached() {
        // Another task found that out; this one waits for it, and says so.
        let failure = ApiError::Transport(TransportFault::Connect).into_failure(&Subject::of(generation));
        say(world, generation, failure, out).await?;
    }
    let turn = limiter.turn().await;
    let answer = tokio::select! {
        answer = client.task(&task_id) => answer,
        () = slept() => {
            turn.heard(Heard::Something);
            return Ok(Next::AskAgain(Pause::None));
        }
    };
    turn.heard(Heard::of(&answer));
    match answer {
        Ok(report) => {
            course.gone = 0;
            heard(world, generation, course, report, out).await
        }
        Err(error) if error.is_task_gone() => {
            course.gone += 1;
            if !World::pace(&generation.host).believes_gone(course.gone, course.waited()) {
                return Ok(Next::AskAgain(PACE));
            }
            let failure = error.into_failure(&Subject::of(generation));
            settle(world, generation, Status::Failed(failure), out).await
        }
        Err(error) => {
            let pause = match &error {
                ApiError::Transport(TransportFault::Connect) => Pause::None,
                other => Pause::Pace { retry_after: other.retry_after() },
            };
            let is_said = error.is_said_in_the_contracts_words();
            let failure = error.into_failure(&Subject::of(generation));
            // A proxy or a gateway says 401 and 403 as well; that mends nothing and ends nothing.
            let next = if is_said { after(&failure, pause) } else { Next::AskAgain(pause) };
            say(world, generation, failure, out).await?;
            Ok(next)
        }
    }
}

const PACE: Pause = Pause::Pace { retry_after: None };

/// Says a passing trouble beside the status, which stands.
async fn say(world: &Arc<World>, generation: &mut Generation, failure: Failure, out: &Outbox) -> Result<(), Failure> {
    if generation.notice.as_ref() != Some(&failure) {
        generation.notice = Some(failure);
        *generation = store_followed(world, generation.clone(), out).await?;
    }
    Ok(())
}

/// Only what somebody has to mend stops the questions.
fn after(failure: &Failure, pause: Pause) -> Next {
    let rests = matches!(
        failure.kind,
        FailureKind::Key | FailureKind::Account | FailureKind::DiskFull | FailureKind::Folder | FailureKind::Keychain
    );
    if rests { Next::Rest } else { Next::AskAgain(pause) }
}

async fn settle(
    world: &Arc<World>,
    generation: &mut Generation,
    status: Status,
    out: &Outbox,
) -> Result<Next, Failure> {
    generation.status = status;
    generation.notice = None;
    *generation = store_followed(world, generation.clone(), out).await?;
    Ok(Next::Rest)
}

async fn heard(
    world: &Arc<World>,
    generation: &mut Generation,
    course: &mut Course,
    report: TaskReport,
    out: &Outbox,
) -> Result<Next, Failure> {
    let known = generation.clone();
    if report.seed.is_some() {
        generation.seed_used = report.seed;
    }
    if !matches!(report.state, TaskState::Succeeded { .. }) {
        course.refused = 0;
    }
    // The notice of a refused address stands until the next one is tried.
    generation.notice =
        if course.refused >= REFUSED_TIMES { Some(address_refused()) } else { takes_long(course.waited()) };
    match report.state {
        TaskState::Queued => {
            course.without_address = 0;
            generation.status = Status::Queued;
        }
        TaskState::Running { percent } => {
            course.without_address = 0;
            generation.status = Status::Rendering(percent);
        }
        // Rendered; the address of the clip is still to come.
        TaskState::SucceededWithoutVideo => {
            course.without_address += 1;
            generation.status = Status::Rendering(Some(100));
            if course.without_address >= WITHOUT_ADDRESS_TIMES {
                generation.notice = Some(no_address());
            }
        }
        TaskState::Failed(reason) => {
            let failure = reason.into_task_failure(&Subject::of(generation));
            return settle(world, generation, Status::Failed(failure), out).await;
        }
        TaskState::Succeeded { video, .. } => {
            generation.status = Status::Downloading;
            *generation = store_followed(world, generation.clone(), out).await?;
            return fetched(world, generation, course, &video, out).await;
        }
    }
    if *generation != known {
        *generation = store_followed(world, generation.clone(), out).await?;
    }
    Ok(Next::AskAgain(PACE))
}

async fn fetched(
    world: &Arc<World>,
    generation: &mut Generation,
    course: &mut Course,
    video: &ResultUrl,
    out: &Outbox,
) -> Result<Next, Failure> {
    let fetched = tokio::select! {
        fetched = fetch::fetch(world, generation, video, course.damaged >= DAMAGED_TIMES, out) => fetched?,
        () = slept() => return Ok(Next::AskAgain(Pause::None)),
    };
    let (failure, times) = match fetched {
        fetch::Fetched::Done => return Ok(Next::Rest),
        fetch::Fetched::AskForFreshAddress => {
            course.refused += 1;
            if course.refused < REFUSED_TIMES {
                return Ok(Next::AskAgain(PACE));
            }
            (address_refused(), course.refused)
        }
        fetch::Fetched::Damaged(failure) => {
            (course.refused, course.damaged) = (0, course.damaged + 1);
            (failure, course.damaged)
        }
        fetch::Fetched::Trouble(failure) => {
            (course.refused, course.unfetched) = (0, course.unfetched + 1);
            (failure, course.unfetched)
        }
    };
    let next = after(&failure, Pause::FetchAgain(times));
    say(world, generation, failure, out).await?;
    Ok(next)
}

fn no_address() -> Failure {
    let summary = words!("job-no-address");
    Failure::new(FailureKind::Server, summary, words!("job-leave-or-ask"))
}

fn address_refused() -> Failure {
    let summary = words!("job-address-refused");
    Failure::new(FailureKind::Server, summary, words!("job-host-keeps"))
}

fn takes_long(waited: Duration) -> Option<Failure> {
    (waited >= LONG_WAIT).then(|| {
        let summary = words!("job-takes-long");
        Failure::new(FailureKind::Server, summary, words!("job-leave-or-stop"))
    })
}
