//! `inbetween resume`: follows every unfinished task to its end.

use std::sync::Arc;
use std::task::Waker;

use tokio::task::JoinSet;

use super::report::{self, Report};
use super::{Exit, Place};
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::jobs::generation::Sends;
use crate::jobs::{Outbox, World, generation};

pub(super) async fn run(place: Place, json: bool) -> Exit {
    let world = match place.open() {
        Ok((world, _)) => world,
        Err(failure) => {
            report::failed_before_sending(json, &failure);
            return Exit::BadInput;
        }
    };
    let unfinished = match world.library.unfinished() {
        Ok(unfinished) => unfinished,
        Err(error) => {
            report::failed_before_sending(json, &error.into());
            return Exit::BadInput;
        }
    };
    let (out, inbox) = Outbox::new(Waker::noop().clone());
    let mut jobs = JoinSet::new();
    for Generation { id, .. } in unfinished {
        jobs.spawn(follow(Arc::clone(&world), id, out.clone()));
    }
    drop(out);
    let printer = tokio::task::spawn_blocking(move || {
        let mut report = Report::new(json);
        for event in &inbox {
            report.event(&event);
        }
        report
    });
    let ended = jobs.join_all().await;
    let mut report = printer.await.unwrap_or_else(|_| Report::new(json));
    let mut exit = Exit::Done;
    for end in ended {
        exit = exit.max(match end {
            End::Here(generation) => {
                report.end(&generation, None);
                Exit::of(&generation.status)
            }
            End::FollowedElsewhere(id) => {
                report.followed_elsewhere(&id);
                Exit::Unfinished
            }
            End::Removed => Exit::Done,
        });
    }
    exit
}

/// What became of one task.
enum End {
    Here(Box<Generation>),
    /// Another process has it: a window that is open, as a rule.
    FollowedElsewhere(GenerationId),
    /// Somebody took it off the list meanwhile.
    Removed,
}

async fn follow(world: Arc<World>, id: GenerationId, out: Outbox) -> End {
    match generation::follow(&world, &id, Sends::Orders, &out).await {
        Ok(Some(ended)) => End::Here(Box::new(ended)),
        Ok(None) => End::FollowedElsewhere(id),
        Err(failure) => {
            let Ok(mut stored) = generation::stored(&world, &id).await else { return End::Removed };
            if !matches!(stored.status, Status::Done) {
                stored.notice = Some(failure);
            }
            End::Here(Box::new(stored))
        }
    }
}
