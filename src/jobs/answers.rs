//! Effects with exactly one answer, as promises.

use std::future::Future;
use std::task::Waker;

use poll_promise::Promise;
use tokio::runtime::Handle;

use crate::state::Event;

/// Answers on their way.
#[derive(Default)]
pub struct Answers {
    pending: Vec<Promise<Option<Event>>>,
}

impl Answers {
    /// Runs `question` in the background; its answer is ready at a later [`Answers::take_ready`].
    pub fn ask(
        &mut self,
        runtime: &Handle,
        waker: &Waker,
        question: impl Future<Output = Option<Event>> + Send + 'static,
    ) {
        let (sender, promise) = Promise::new();
        let waker = waker.clone();
        runtime.spawn(async move {
            sender.send(question.await);
            waker.wake();
        });
        self.pending.push(promise);
    }

    /// Every answer that is there by now.
    pub fn take_ready(&mut self) -> Vec<Event> {
        let mut ready = Vec::new();
        for promise in std::mem::take(&mut self.pending) {
            match promise.try_take() {
                Ok(event) => ready.extend(event),
                Err(promise) => self.pending.push(promise),
            }
        }
        ready
    }
}
