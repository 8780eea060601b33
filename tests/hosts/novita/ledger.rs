//! What the host was asked, and what it made of it.

use std::time::Instant;

/// A task that may be charged.
#[derive(Debug, Clone)]
pub struct Task {
    pub id: String,
    /// Of the request's body, in hexadecimal.
    pub body_sha256: String,
    pub told: Told,
    /// When it was asked after.
    pub polls: Vec<Instant>,
    /// How often it was said to be unfinished.
    pub unfinished: u32,
    /// Requests for its clip.
    pub downloads: u32,
}

/// How much of the answer with a task's id was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Nothing,
    /// Some of its bytes, or an answer that lost the id on purpose.
    Partly,
    /// All of it, and the client could read the id in it.
    Whole,
}

#[derive(Default)]
pub(super) struct Ledger {
    pub posts: usize,
    pub tasks: Vec<Task>,
    /// Requests that a plan has spoilt, by step.
    pub spoilt: [usize; 3],
    pub breaches: Vec<String>,
}

impl Ledger {
    /// Makes a task of a body and returns its id.
    pub fn accept(&mut self, body_sha256: String, numeric_id: bool) -> String {
        let number = self.tasks.len();
        // As long as a real one, and the same for nobody else.
        let id = if numeric_id { format!("70{number:05}") } else { uuid::Uuid::new_v4().to_string() };
        let task =
            Task { id: id.clone(), body_sha256, told: Told::Nothing, polls: Vec::new(), unfinished: 0, downloads: 0 };
        self.tasks.push(task);
        id
    }

    pub fn task(&mut self, id: &str) -> Option<&mut Task> {
        self.tasks.iter_mut().find(|task| task.id == id)
    }

    /// Counts a question after a task, and returns how often it was said to be unfinished before.
    pub fn asked(&mut self, id: &str, is_said_well: bool) -> Option<u32> {
        let Some(task) = self.task(id) else {
            self.breach("a question after a task that was never made");
            return None;
        };
        task.polls.push(Instant::now());
        let before = task.unfinished;
        task.unfinished += u32::from(is_said_well);
        Some(before)
    }

    pub fn told(&mut self, id: &str, told: Told) {
        if let Some(task) = self.task(id) {
            task.told = told;
        }
    }

    pub fn breach(&mut self, what: &str) {
        self.breaches.push(what.to_owned());
    }
}
