//! Where jobs put their events: a channel, and a waker for whoever reads it.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Waker;

use crate::state::Event;

/// The sending side; cheap to clone.
#[derive(Debug, Clone)]
pub struct Outbox {
    events: Sender<Event>,
    waker: Waker,
}

impl Outbox {
    /// A new channel whose reader is woken by `waker` at each event.
    #[must_use]
    pub fn new(waker: Waker) -> (Self, Receiver<Event>) {
        let (events, inbox) = channel();
        (Self { events, waker }, inbox)
    }

    /// Sends an event. Once the reader is gone there is nobody left to tell.
    pub fn send(&self, event: Event) {
        if self.events.send(event).is_ok() {
            self.waker.wake_by_ref();
        }
    }

    #[must_use]
    pub fn waker(&self) -> &Waker {
        &self.waker
    }
}
