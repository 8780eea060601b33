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
    let ended: Vec<Generation> = jobs.join_all().await.into_iter().flatten().collect();
    let mut report = printer.await.unwrap_or_else(|_| Report::new(json));
    let mut exit = Exit::Done;
    for generation in ended {
        report.end(&generation, None);
        exit = exit.max(Exit::of(&generation.status));
    }
    exit
}

/// `None` where another process follows it.
async fn follow(world: Arc<World>, id: GenerationId, out: Outbox) -> Option<Generation> {
    match generation::follow(&world, &id, Sends::Orders, &out).await {
        Ok(ended) => ended,
        Err(failure) => {
            let mut stored = generation::stored(&world, &id).await.ok()?;
            if !matches!(stored.status, Status::Done) {
                stored.notice = Some(failure);
            }
            Some(stored)
        }
    }
}
