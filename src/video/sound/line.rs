//! What the window, the decoding thread and the device tell each other.
//!
//! Owns one lock, held for as long as a few numbers or one packet take to be moved. The window says where the playhead is
//! and how loud, the thread fills the queue, the device empties it.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Duration;

use super::Silence;
use super::adts::Piece;
use super::course::Course;

/// One clip's sound on its way to the device.
#[derive(Debug)]
pub(in crate::video) struct Line {
    state: Mutex<State>,
    moved: Condvar,
    /// Woken where something is wrong.
    waker: Waker,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// Where the playhead is; `None` while nothing is to be heard.
    pub(super) course: Option<Course>,
    /// Grows with every new course: what was queued before is of no use.
    pub(super) turn: u64,
    /// From 0, silent, to 1.
    pub(super) loudness: f32,
    pub(super) queue: VecDeque<Piece>,
    /// Nothing more will be queued in this turn.
    pub(super) ended: bool,
    /// Why nothing can be heard. It stands until somebody begins to play.
    pub(super) trouble: Option<Silence>,
    /// The device is gone.
    pub(super) lost: bool,
    pub(super) stop: bool,
}

impl Line {
    pub(in crate::video) fn new(waker: Waker, loudness: f32) -> Self {
        Self { state: Mutex::new(State { loudness, ..State::default() }), moved: Condvar::new(), waker }
    }

    /// Says why nothing is to be heard.
    pub(super) fn fail(&self, trouble: Silence) {
        self.lock().trouble = Some(trouble);
        self.waker.wake_by_ref();
    }

    /// No section can leave it half changed, so a poisoned lock is still whole.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells where the playhead is from now on. What is on its way from before fades out. `anew` where somebody began to
    /// play: a device that was not there may be by now.
    pub(in crate::video) fn follow(&self, course: Option<Course>, anew: bool) {
        let mut state = self.lock();
        if course.is_some() {
            state.trouble = state.trouble.filter(|_| !anew);
            state.turn += 1;
            state.queue.clear();
            state.ended = false;
        }
        state.course = course;
        drop(state);
        self.moved.notify_all();
    }

    pub(in crate::video) fn set_loudness(&self, loudness: f32) {
        self.lock().loudness = loudness;
    }

    pub(in crate::video) fn trouble(&self) -> Option<Silence> {
        self.lock().trouble
    }

    /// Ends the thread and the device with it.
    pub(in crate::video) fn stop(&self) {
        self.lock().stop = true;
        self.moved.notify_all();
    }

    /// Says that something was changed that the thread waits for.
    pub(super) fn notify(&self) {
        self.moved.notify_all();
    }

    /// Waits for a change, or for so long.
    pub(super) fn wait<'a>(
        &self,
        state: MutexGuard<'a, State>,
        most: Option<Duration>,
    ) -> (MutexGuard<'a, State>, bool) {
        match most {
            None => (self.moved.wait(state).unwrap_or_else(PoisonError::into_inner), false),
            Some(most) => {
                let (state, over) = self.moved.wait_timeout(state, most).unwrap_or_else(PoisonError::into_inner);
                (state, over.timed_out())
            }
        }
    }
}
