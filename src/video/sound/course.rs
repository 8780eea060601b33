//! Where the playhead will be: a stretch of time in which it moves evenly.

use std::time::{Duration, Instant};

use crate::video::clock::{Clock, Timeline};

/// The playhead as of a moment, and how it goes on from there. Times are nanoseconds from the first picture's start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::video) struct Course {
    pub(super) position: i64,
    pub(super) since: Instant,
    /// Times the clip's own speed, above 0.
    pub(super) speed: f64,
    /// What is played lies between these.
    pub(super) start: i64,
    pub(super) end: i64,
    /// From the end it goes on at the start.
    pub(super) looping: bool,
}

impl Course {
    /// The course of a playhead that plays forwards.
    pub(in crate::video) fn of(clock: &Clock, timeline: &Timeline, since: Instant) -> Option<Self> {
        let speed = f64::from(clock.speed());
        let (start, end) = clock.bounds(timeline);
        let course = Self { position: clock.position, since, speed, start, end, looping: clock.is_looping() };
        (clock.is_playing() && speed > 0.0).then_some(course)
    }

    /// Where the playhead is at `now`; `None` past the end.
    pub(super) fn at(&self, now: Instant) -> Option<i64> {
        let passed = now.saturating_duration_since(self.since).as_nanos() as f64;
        let position = self.position.saturating_add((passed * self.speed).round() as i64);
        if position < self.end {
            Some(position)
        } else {
            self.looping.then(|| self.start + (position - self.start).rem_euclid(self.length()))
        }
    }

    /// The same by a clock that this one is so many nanoseconds behind.
    pub(in crate::video) fn later(self, nanos: i128) -> Self {
        let by = Duration::from_nanos(u64::try_from(nanos.unsigned_abs()).unwrap_or(u64::MAX));
        let moved = if nanos < 0 { self.since.checked_sub(by) } else { self.since.checked_add(by) };
        Self { since: moved.unwrap_or(self.since), ..self }
    }

    pub(super) fn length(&self) -> i64 {
        (self.end - self.start).max(1)
    }

    /// How far it is from one place to another: the shorter way round where it loops.
    pub(super) fn way(&self, from: i64, to: i64) -> i64 {
        let straight = to.saturating_sub(from);
        if !self.looping {
            return straight;
        }
        let round = straight.rem_euclid(self.length());
        if round > self.length() / 2 { round - self.length() } else { round }
    }

    /// Whether a playhead that follows this course would be where `other` says, and go on as it does.
    pub(in crate::video) fn leads_to(&self, other: &Self) -> bool {
        let key = |course: &Self| (course.start, course.end, course.looping, course.speed.to_bits());
        let near = |at: i64| self.way(at, other.position).unsigned_abs() < SLACK.as_nanos() as u64;
        key(self) == key(other) && self.at(other.since).is_some_and(near)
    }
}

/// A playhead further off than this was moved.
const SLACK: Duration = Duration::from_millis(10);

#[cfg(test)]
mod tests {
    use super::*;

    const MS: i64 = 1_000_000;

    fn course(looping: bool) -> Course {
        Course { position: 900 * MS, since: Instant::now(), speed: 2.0, start: 500 * MS, end: 1000 * MS, looping }
    }

    #[test]
    fn it_ends_or_turns_over() {
        let once = course(false);
        assert_eq!(once.at(once.since + Duration::from_millis(20)), Some(940 * MS));
        assert_eq!(once.at(once.since + Duration::from_millis(50)), None);
        let round = course(true);
        assert_eq!(round.at(round.since + Duration::from_millis(60)), Some(520 * MS));
        assert_eq!((round.way(990 * MS, 510 * MS), round.way(510 * MS, 990 * MS)), (20 * MS, -20 * MS));
        assert_eq!(once.way(990 * MS, 510 * MS), -480 * MS);
    }

    #[test]
    fn a_playhead_that_was_moved_is_told_from_one_that_ran() {
        let told = course(true);
        let later = told.since + Duration::from_millis(60);
        let ran = Course { position: 520 * MS, since: later, ..told };
        assert!(told.leads_to(&ran));
        assert!(!told.leads_to(&Course { position: 535 * MS, ..ran }));
        assert!(!told.leads_to(&Course { speed: 1.0, ..ran }));
        assert!(!told.leads_to(&Course { end: 900 * MS, ..ran }));
    }
}
