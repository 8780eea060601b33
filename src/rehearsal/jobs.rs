//! The jobs in memory: their queue, how far each one is, and the disk kept in step.
//!
//! Shared by the server, which asks and submits, and by the one thread that renders.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::render::Pictures;
use super::store::{Record, State, Store};

/// What a task-result answer says of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Status {
    Queued,
    /// Percent of the frames that are done, 0 to 99.
    Processing(u32),
    Succeeded,
    Failed(String),
}

/// Where a finished clip lies.
#[derive(Debug)]
pub(super) struct Clip {
    pub path: PathBuf,
    /// SHA-256 of its bytes in hex.
    pub sha256: String,
}

/// All jobs of one library.
#[derive(Debug)]
pub(super) struct Jobs {
    store: Store,
    table: Mutex<Table>,
    changed: Condvar,
    closing: AtomicBool,
}

#[derive(Debug, Default)]
struct Table {
    jobs: HashMap<String, Job>,
    queue: VecDeque<String>,
}

#[derive(Debug)]
struct Job {
    record: Record,
    /// Finished frames of the job that is being rendered.
    rendering: Option<u32>,
}

impl Jobs {
    /// Takes up every job on the disk; the open ones are rendered again, in the order they came in.
    pub(super) fn resume(store: Store) -> io::Result<Self> {
        let mut table = Table::default();
        for (id, record) in store.load()? {
            if record.state == State::Open {
                table.queue.push_back(id.clone());
            }
            table.jobs.insert(id, Job { record, rendering: None });
        }
        Ok(Self { store, table: Mutex::new(table), changed: Condvar::new(), closing: AtomicBool::new(false) })
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        // Nothing in here panics half way through a change.
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores a job and puts it at the end of the queue. Blocks until it is on the disk.
    pub(super) fn submit(&self, record: Record, pictures: &Pictures) -> io::Result<String> {
        let id = uuid::Uuid::new_v4().to_string();
        self.store.create(&id, &record, pictures)?;
        let mut table = self.table();
        table.queue.push_back(id.clone());
        table.jobs.insert(id.clone(), Job { record, rendering: None });
        drop(table);
        self.changed.notify_all();
        Ok(id)
    }

    /// How a job is doing, and its seed. `None` if there is no such job, or no longer.
    pub(super) fn status(&self, id: &str) -> Option<(Status, i64)> {
        let mut table = self.table();
        let job = table.jobs.get(id)?;
        let (status, seed) = (job.status(), job.record.seed);
        if self.store.is_over(id, &job.record.state) {
            table.jobs.remove(id);
            self.store.remove(id);
            return None;
        }
        Some((status, seed))
    }

    /// The clip of a job that is done.
    pub(super) fn clip(&self, id: &str) -> Option<Clip> {
        self.status(id)?;
        match &self.table().jobs.get(id)?.record.state {
            State::Done { sha256 } => Some(Clip { path: self.store.clip(id), sha256: sha256.clone() }),
            _ => None,
        }
    }

    /// Removes every job that is past its time.
    pub(super) fn sweep(&self) {
        let ids: Vec<String> = self.table().jobs.keys().cloned().collect();
        for id in ids {
            self.status(&id);
        }
    }

    /// Waits for the next job to render. `None` once the host is closing.
    pub(super) fn next(&self) -> Option<(String, Record)> {
        let mut table = self.table();
        loop {
            if self.closing.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(id) = table.queue.pop_front() {
                if let Some(job) = table.jobs.get_mut(&id) {
                    job.rendering = Some(0);
                    return Some((id, job.record.clone()));
                }
            } else {
                table = self.changed.wait(table).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    pub(super) fn progress(&self, id: &str, frames: u32) {
        if let Some(job) = self.table().jobs.get_mut(id) {
            job.rendering = Some(frames);
        }
    }

    /// Settles a job: its new state is on the disk before anybody is told of it.
    pub(super) fn settle(&self, id: &str, mut record: Record, state: State) {
        record.state = state;
        let written = match &record.state {
            State::Done { .. } => self.store.finish(id, &record),
            _ => self.store.settle(id, &record),
        };
        if let Err(error) = written {
            tracing::error!(%id, %error, "a job could not be settled");
            record.state = State::Failed { reason: format!("TASK_FAILED: the clip could not be kept: {error}") };
        }
        if let Some(job) = self.table().jobs.get_mut(id) {
            *job = Job { record, rendering: None };
        }
    }

    pub(super) const fn store(&self) -> &Store {
        &self.store
    }

    /// Set once the host is closing; rendering stops at the next frame.
    pub(super) const fn closing(&self) -> &AtomicBool {
        &self.closing
    }

    pub(super) fn close(&self) {
        // Under the lock, so that a thread about to wait cannot miss it.
        let table = self.table();
        self.closing.store(true, Ordering::Relaxed);
        drop(table);
        self.changed.notify_all();
    }
}

impl Job {
    fn status(&self) -> Status {
        match (&self.record.state, self.rendering) {
            (State::Done { .. }, _) => Status::Succeeded,
            (State::Failed { reason }, _) => Status::Failed(reason.clone()),
            (State::Open, None) => Status::Queued,
            (State::Open, Some(frames)) => Status::Processing((frames * 100 / self.record.frames.max(1)).min(99)),
        }
    }
}
