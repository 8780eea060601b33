//! How often a task is asked after: growing intervals with full jitter, and a slow pace that never ends.
//!
//! A paid task has no deadline. Time and chance are passed in.

use std::time::Duration;

/// After this long a task is said to take long, and asked after slowly.
pub const LONG_WAIT: Duration = Duration::from_secs(30 * 60);

/// So many times in a row the host has to say that it does not know a task before that is believed.
const GONE_TIMES: u32 = 3;

/// Bounds of the interval between two polls, and of the belief that a task is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub first: Duration,
    pub most: Duration,
    /// The interval once [`LONG_WAIT`] has passed.
    pub slow: Duration,
    /// Between two questions about whatever tasks of one host.
    pub gap: Duration,
    /// A younger task may be one that not every server of the host knows yet.
    pub gone_after: Duration,
}

impl Pace {
    /// For a service in the network: 3 s growing to 10 s (the contract names no interval), a minute once it takes long.
    pub const REMOTE: Self = Self {
        first: Duration::from_secs(3),
        most: Duration::from_secs(10),
        slow: Duration::from_secs(60),
        gap: Duration::from_millis(200),
        gone_after: Duration::from_secs(5 * 60),
    };

    /// For a host on this computer, where a poll costs nothing.
    pub const LOCAL: Self = Self {
        first: Duration::from_millis(200),
        most: Duration::from_millis(500),
        slow: Duration::from_secs(5),
        gap: Duration::from_millis(5),
        gone_after: Duration::from_secs(2),
    };

    /// Whether a paid task of this age is over because the host said `times` in a row that it does not know it.
    #[must_use]
    pub fn believes_gone(&self, times: u32, age: Duration) -> bool {
        times >= GONE_TIMES && age >= self.gone_after
    }

    /// How long to wait before poll number `attempt` (from 0).
    ///
    /// `waited` is the time since the task was accepted, `chance` a number in 0..1. The interval is drawn between nothing
    /// and its bound, so that many tasks spread out; the gap between all questions keeps them from hammering. A host's Retry-After wins,
    /// clamped by [`heeded`].
    #[must_use]
    pub fn delay(&self, attempt: u32, waited: Duration, retry_after: Option<Duration>, chance: f64) -> Duration {
        if let Some(asked) = retry_after {
            return heeded(asked);
        }
        let bound = if waited >= LONG_WAIT {
            self.slow
        } else {
            self.first.mul_f64(1.3_f64.powi(attempt.min(16).cast_signed())).min(self.most)
        };
        bound.mul_f64(chance.clamp(0.0, 1.0))
    }
}

/// A host's Retry-After as far as it is followed: 1 s ..= 120 s.
#[must_use]
pub fn heeded(asked: Duration) -> Duration {
    asked.clamp(Duration::from_secs(1), Duration::from_secs(120))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_secs(10);

    #[test]
    fn the_interval_grows_to_its_bound_and_stays() {
        let at = |attempt| Pace::REMOTE.delay(attempt, SHORT, None, 1.0);
        assert_eq!(at(0), Duration::from_secs(3));
        assert!(at(1) > at(0) && at(2) > at(1));
        assert_eq!(at(10), Duration::from_secs(10));
        assert_eq!(at(u32::MAX), Duration::from_secs(10));
    }

    #[test]
    fn chance_spreads_polls_over_the_whole_interval() {
        assert_eq!(Pace::REMOTE.delay(0, SHORT, None, 0.0), Duration::ZERO);
        assert_eq!(Pace::REMOTE.delay(0, SHORT, None, 0.5), Duration::from_millis(1_500));
        assert_eq!(Pace::REMOTE.delay(0, SHORT, None, 7.0), Duration::from_secs(3));
    }

    #[test]
    fn a_long_wait_slows_down_and_never_ends() {
        assert_eq!(Pace::REMOTE.delay(400, LONG_WAIT, None, 1.0), Duration::from_secs(60));
        assert_eq!(Pace::REMOTE.delay(400, LONG_WAIT * 1000, None, 1.0), Duration::from_secs(60));
    }

    #[test]
    fn a_paid_task_is_given_up_neither_at_once_nor_at_one_word() {
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        assert!(!Pace::REMOTE.believes_gone(3, SHORT));
        assert!(!Pace::REMOTE.believes_gone(400, Duration::from_secs(5 * 60 - 1)));
        assert!(!Pace::REMOTE.believes_gone(2, minutes(600)));
        assert!(Pace::REMOTE.believes_gone(3, minutes(5)));
        assert!(Pace::LOCAL.believes_gone(3, SHORT));
    }

    #[test]
    fn retry_after_wins_within_reason() {
        let asked = |seconds| Pace::REMOTE.delay(0, SHORT, Some(Duration::from_secs(seconds)), 0.5);
        assert_eq!(asked(7), Duration::from_secs(7));
        assert_eq!(asked(0), Duration::from_secs(1));
        assert_eq!(asked(86_400), Duration::from_secs(120));
    }
}
