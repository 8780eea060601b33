//! How often a host is asked: one line for the questions of all tasks.
//!
//! Questions keep a gap. A host that asks to slow down is left alone for that long by everybody, orders included. While
//! it cannot be reached one task alone tries, at short intervals, and with its first answer all others go on: a network
//! that comes back is noticed within seconds however many tasks wait.

use std::sync::{Mutex, MutexGuard as Held, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Mutex as Line, MutexGuard};

use crate::domain::polling::heeded;
use crate::services::api::{ApiError, TransportFault};

/// Longest pause between two tries to reach a host.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// The first one; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// A sleeping computer is noticed within this time of its waking.
const LOOK_AT_THE_CLOCK: Duration = Duration::from_secs(2);

/// A clock that is set runs away from the timers by less than this.
const A_NAP: Duration = Duration::from_secs(10);

/// The line before one host.
#[derive(Debug)]
pub(super) struct Limiter {
    gap: Duration,
    /// Whoever holds it is next. It is fair: first come, first served.
    line: Line<()>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When the next question may be asked.
    next: Instant,
    /// Until when the host asked to be left alone.
    alone_until: Instant,
    /// Tries in a row that did not reach the host.
    unreached: u32,
}

/// The right to ask one question. Has to be told what came of it, unless the task that asked was stopped.
#[must_use]
pub(super) struct Turn<'a> {
    limiter: &'a Limiter,
    /// Nobody else asks before the answer is here.
    _alone: Option<MutexGuard<'a, ()>>,
}

/// What came of a question, as far as the line is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// The host, or somebody in its place, answered, or may yet have.
    Something,
    /// No connection came about.
    Nobody,
    /// It asks to slow down.
    SlowDown(Duration),
}

impl Heard {
    /// What an answer means for the questions of all tasks.
    pub(super) fn of<T>(answer: &Result<T, ApiError>) -> Self {
        match answer {
            Err(ApiError::Transport(TransportFault::Connect)) => Self::Nobody,
            Err(error) => error.retry_after().map_or(Self::Something, |asked| Self::SlowDown(heeded(asked))),
            Ok(_) => Self::Something,
        }
    }
}

impl Limiter {
    /// A line whose questions are `gap` apart.
    pub(super) fn new(gap: Duration) -> Self {
        let now = Instant::now();
        Self { gap, line: Line::new(()), state: Mutex::new(State { next: now, alone_until: now, unreached: 0 }) }
    }

    /// Whether the last try did not reach the host.
    pub(super) fn is_unreached(&self) -> bool {
        self.state().unreached > 0
    }

    /// The host asked to be left alone for `pause`.
    pub(super) fn slow_down(&self, pause: Duration) {
        let mut state = self.state();
        let until = Instant::now() + pause;
        state.next = state.next.max(until);
        state.alone_until = state.alone_until.max(until);
    }

    /// Waits while the host asked to be left alone. For orders, which keep no gap.
    pub(super) async fn left_alone(&self) {
        loop {
            let left = self.state().alone_until.saturating_duration_since(Instant::now());
            if left.is_zero() || rest(left).await == Woken::ByTheWall {
                return;
            }
        }
    }

    /// Waits for the turn to ask.
    pub(super) async fn turn(&self) -> Turn<'_> {
        let alone = self.line.lock().await;
        loop {
            let left = self.state().next.saturating_duration_since(Instant::now());
            if left.is_zero() || rest(left).await == Woken::ByTheWall {
                break;
            }
        }
        let mut state = self.state();
        state.next = Instant::now() + self.gap;
        let alone = (state.unreached > 0).then_some(alone);
        Turn { limiter: self, _alone: alone }
    }

    fn state(&self) -> Held<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Ends the turn.
    pub(super) fn heard(self, what: Heard) {
        if let Heard::SlowDown(pause) = what {
            self.limiter.slow_down(pause);
        }
        let mut state = self.limiter.state();
        match what {
            Heard::Something | Heard::SlowDown(_) => state.unreached = 0,
            Heard::Nobody => {
                let pause = FIRST_PAUSE.saturating_mul(1 << state.unreached.min(8)).min(LONGEST_PAUSE);
                state.unreached = state.unreached.saturating_add(1);
                state.next = state.next.max(Instant::now() + pause);
            }
        }
    }
}

/// What ended a rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woken {
    InTime,
    /// The computer slept meanwhile: by the clock on the wall it is late already.
    ByTheWall,
}

/// Waits, but no longer than that by the clock on the wall: timers stand still while a computer sleeps, so one that wakes
/// goes on at once.
pub(super) async fn rest(wanted: Duration) -> Woken {
    let (begun, wall) = (Instant::now(), jiff::Timestamp::now());
    loop {
        let left = wanted.saturating_sub(begun.elapsed());
        if left.is_zero() {
            return Woken::InTime;
        }
        let gone = jiff::Timestamp::now().duration_since(wall);
        if Duration::try_from(gone).is_ok_and(|gone| gone >= wanted) {
            return Woken::ByTheWall;
        }
        tokio::time::sleep(left.min(LOOK_AT_THE_CLOCK)).await;
    }
}

/// Ends once the computer has slept. A connection from before is dead as a rule, and nothing would say so for long.
pub(super) async fn slept() {
    let (mut before, mut wall) = (Instant::now(), jiff::Timestamp::now());
    loop {
        tokio::time::sleep(LOOK_AT_THE_CLOCK).await;
        let (now, wall_now) = (Instant::now(), jiff::Timestamp::now());
        let gone = Duration::try_from(wall_now.duration_since(wall)).unwrap_or_default();
        if gone > now.duration_since(before) + A_NAP {
            return;
        }
        (before, wall) = (now, wall_now);
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::sync::Arc;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn is_ready(future: &mut (impl Future + Unpin)) -> bool {
        matches!(std::pin::Pin::new(future).poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(_))
    }

    #[tokio::test]
    async fn a_host_that_is_reached_is_asked_by_many_at_once() {
        let limiter = Limiter::new(Duration::ZERO);
        let first = limiter.turn().await;
        let second = limiter.turn().await;
        first.heard(Heard::Something);
        second.heard(Heard::Something);
        assert!(!limiter.is_unreached());
    }

    #[tokio::test]
    async fn a_host_that_is_not_reached_is_tried_by_one_alone() {
        let limiter = Arc::new(Limiter::new(Duration::ZERO));
        limiter.turn().await.heard(Heard::Nobody);
        assert!(limiter.is_unreached());
        let trying = limiter.turn().await;
        let mut waiting = Box::pin(limiter.turn());
        assert!(!is_ready(&mut waiting));
        trying.heard(Heard::Something);
        waiting.await.heard(Heard::Something);
        assert!(!limiter.is_unreached());
    }

    #[tokio::test]
    async fn a_stopped_task_does_not_hold_the_line() {
        let limiter = Limiter::new(Duration::ZERO);
        limiter.turn().await.heard(Heard::Nobody);
        drop(limiter.turn().await);
        limiter.turn().await.heard(Heard::Something);
    }

    #[tokio::test]
    async fn one_task_that_is_told_to_slow_down_slows_all() {
        let limiter = Limiter::new(Duration::ZERO);
        limiter.turn().await.heard(Heard::SlowDown(Duration::from_secs(3600)));
        let mut waiting = Box::pin(limiter.turn());
        assert!(!is_ready(&mut waiting));
        let mut order = Box::pin(limiter.left_alone());
        assert!(!is_ready(&mut order));
        assert!(!limiter.is_unreached());
    }

    #[tokio::test]
    async fn an_order_waits_for_no_question() {
        let limiter = Limiter::new(Duration::from_secs(3600));
        limiter.turn().await.heard(Heard::Something);
        limiter.left_alone().await;
    }
}
