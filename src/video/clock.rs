//! When which frame is due.
//!
//! Time is passed in; nothing here looks at a clock, decodes or waits. Frames need not all last
//! equally long.

use std::time::{Duration, Instant};

/// Slowest and fastest playing, either way.
const SPEEDS: std::ops::RangeInclusive<f32> = 0.05..=16.0;

/// When each frame of a clip starts, in nanoseconds from the first one's start.
#[derive(Debug)]
pub(super) struct Timeline {
    starts: Vec<i64>,
    end: i64,
}

impl Timeline {
    /// `starts` is sorted and not empty.
    pub(super) fn new(starts: &[Duration], duration: Duration) -> Self {
        let starts: Vec<i64> = starts.iter().map(|&d| nanos(d)).collect();
        let last = starts.last().copied().unwrap_or(0);
        Self { starts, end: nanos(duration).max(last + 1) }
    }

    pub(super) fn last(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn frame_at(&self, position: i64) -> usize {
        self.starts.partition_point(|&start| start <= position).saturating_sub(1)
    }

    fn start(&self, frame: usize) -> i64 {
        self.starts.get(frame).copied().unwrap_or(self.end)
    }
}

fn nanos(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX / 4)
}

/// The playhead.
#[derive(Debug)]
pub(super) struct Clock {
    /// Nanoseconds from the first frame's start, as of `since`.
    pub(super) position: i64,
    /// When `position` was right; `None` until the first look after a jump.
    since: Option<Instant>,
    playing: bool,
    looping: bool,
    speed: f32,
    /// First and last frame that are played; `None` plays all of them.
    span: Option<(usize, usize)>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { position: 0, since: None, playing: false, looping: false, speed: 1.0, span: None }
    }
}

impl Clock {
    pub(super) fn is_playing(&self) -> bool {
        self.playing
    }

    pub(super) fn is_looping(&self) -> bool {
        self.looping
    }

    pub(super) fn speed(&self) -> f32 {
        self.speed
    }

    pub(super) fn backwards(&self) -> bool {
        self.speed < 0.0
    }

    pub(super) fn set_looping(&mut self, looping: bool) {
        self.looping = looping;
    }

    /// Plays from `first` to `last` only. What stands elsewhere stands there until it plays.
    pub(super) fn set_span(&mut self, span: Option<(usize, usize)>) {
        self.span = span.map(|(first, last)| (first.min(last), last));
    }

    /// The first and the last frame that are played.
    pub(super) fn ends(&self, timeline: &Timeline) -> (usize, usize) {
        let end = timeline.last();
        self.span.map_or((0, end), |(first, last)| (first.min(end), last.min(end)))
    }

    /// Where playing begins and ends, in nanoseconds.
    pub(super) fn bounds(&self, timeline: &Timeline) -> (i64, i64) {
        let (first, last) = self.ends(timeline);
        let start = timeline.start(first);
        (start, timeline.start(last + 1).max(start + 1))
    }

    /// Starting at the far end, or outside of what is played, begins anew from the near end.
    pub(super) fn set_playing(&mut self, playing: bool, frame: usize, timeline: Option<&Timeline>) {
        if let Some(timeline) = timeline
            && playing
            && !self.playing
        {
            let (first, last) = self.ends(timeline);
            let (near, far) = if self.backwards() { (last, first) } else { (first, last) };
            let anew = frame == far || !(first..=last).contains(&frame);
            self.jump(if anew { near } else { frame }, timeline);
        }
        self.playing = playing;
        self.since = None;
    }

    /// Negative plays backwards; kept within what can be followed, never zero.
    pub(super) fn set_speed(&mut self, speed: f32) {
        if speed.is_finite() && speed != 0.0 {
            self.speed = speed.abs().clamp(*SPEEDS.start(), *SPEEDS.end()).copysign(speed);
        }
    }

    /// Puts the playhead where `frame` begins to be due: its start, or backwards its end.
    pub(super) fn jump(&mut self, frame: usize, timeline: &Timeline) {
        self.position = if self.backwards() { timeline.start(frame + 1) - 1 } else { timeline.start(frame) };
        self.since = None;
    }

    /// The playhead cannot get past the edge of `frame` and waits there, still playing.
    pub(super) fn wait_at(&mut self, frame: usize, timeline: &Timeline) {
        self.jump(frame, timeline);
        self.playing = true;
    }

    /// The playhead was held up: time begins to run for it now.
    pub(super) fn hold(&mut self, now: Instant) {
        self.since = Some(now);
    }

    pub(super) fn frame(&self, timeline: &Timeline) -> usize {
        timeline.frame_at(self.position)
    }

    /// Moves the playhead on to `now`. At an end it turns over, or stops playing there.
    pub(super) fn run(&mut self, now: Instant, timeline: &Timeline) {
        let elapsed = self.since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since));
        self.since = Some(now);
        let moved = (elapsed.as_nanos() as f64 * f64::from(self.speed)).round() as i64;
        let (start, end) = self.bounds(timeline);
        if !(start..end).contains(&self.position) {
            self.position = if self.backwards() { end - 1 } else { start };
        }
        let position = self.position.saturating_add(moved);
        if (start..end).contains(&position) {
            self.position = position;
        } else if self.looping {
            self.position = start + (position - start).rem_euclid(end - start);
        } else {
            self.position = position.clamp(start, end - 1);
            self.playing = false;
        }
    }

    /// How long until another frame is due; `None` when paused.
    pub(super) fn until_next(&self, timeline: &Timeline) -> Option<Duration> {
        if !self.playing {
            return None;
        }
        let frame = timeline.frame_at(self.position);
        let distance = if self.backwards() {
            self.position - timeline.start(frame) + 1
        } else {
            timeline.start(frame + 1) - self.position
        };
        // Rounded up: a look just before the change would find nothing new.
        let wait = (distance.max(0) as f64 / f64::from(self.speed.abs())).ceil();
        Some(Duration::from_nanos(wait as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Duration = Duration::from_millis(40);

    fn even(frames: u32) -> Timeline {
        let starts: Vec<Duration> = (0..frames).map(|n| STEP * n).collect();
        Timeline::new(&starts, STEP * frames)
    }

    fn playing(speed: f32) -> Clock {
        Clock { playing: true, speed, ..Clock::default() }
    }

    #[test]
    fn a_look_at_the_promised_time_always_finds_the_next_frame() {
        for speed in [1.0, 0.25, 0.3, 2.0, 3.7] {
            let (line, mut clock, mut now) = (even(50), playing(speed), Instant::now());
            clock.run(now, &line);
            for frame in 0..49 {
                assert_eq!(clock.frame(&line), frame, "speed {speed}");
                now += clock.until_next(&line).unwrap();
                clock.run(now, &line);
            }
            assert_eq!(clock.frame(&line), 49);
        }
    }

    #[test]
    fn backwards_is_the_same_the_other_way_round() {
        let (line, mut clock, mut now) = (even(10), playing(-2.0), Instant::now());
        clock.jump(9, &line);
        clock.run(now, &line);
        for frame in (0..10).rev() {
            assert_eq!(clock.frame(&line), frame);
            now += clock.until_next(&line).unwrap();
            clock.run(now, &line);
        }
        assert!(!clock.is_playing());
    }

    #[test]
    fn the_end_stops_on_the_last_frame_or_turns_over() {
        let line = even(5);
        let start = Instant::now();
        let mut clock = playing(1.0);
        clock.run(start, &line);
        clock.run(start + STEP * 7, &line);
        assert_eq!((clock.frame(&line), clock.is_playing()), (4, false));
        assert_eq!(clock.until_next(&line), None);

        let mut clock = playing(1.0);
        clock.set_looping(true);
        clock.run(start, &line);
        clock.run(start + STEP * 7, &line);
        assert_eq!((clock.frame(&line), clock.is_playing()), (2, true));
    }

    #[test]
    fn only_the_span_is_played() {
        let (line, start) = (even(10), Instant::now());
        let mut clock = Clock::default();
        clock.set_span(Some((3, 5)));
        clock.set_playing(true, 8, Some(&line));
        assert_eq!(clock.frame(&line), 3, "from outside it begins at the near end");
        clock.run(start, &line);
        clock.run(start + STEP * 2, &line);
        assert_eq!((clock.frame(&line), clock.is_playing()), (5, true));
        clock.run(start + STEP * 4, &line);
        assert_eq!((clock.frame(&line), clock.is_playing()), (5, false));

        clock.set_looping(true);
        clock.set_playing(true, 5, Some(&line));
        clock.run(start, &line);
        clock.run(start + STEP * 4, &line);
        assert_eq!(clock.frame(&line), 4, "over the turn");
        clock.set_speed(-1.0);
        clock.jump(3, &line);
        clock.run(start, &line);
        clock.run(start + STEP, &line);
        assert_eq!(clock.frame(&line), 5, "and back over it");
        clock.set_span(Some((2, 400)));
        assert_eq!(clock.ends(&line), (2, 9));
    }

    #[test]
    fn uneven_frames_keep_their_own_length() {
        let starts = [0, 40, 200, 240].map(Duration::from_millis);
        let line = Timeline::new(&starts, Duration::from_millis(280));
        let (mut clock, now) = (playing(1.0), Instant::now());
        clock.run(now, &line);
        clock.run(now + Duration::from_millis(199), &line);
        assert_eq!(clock.frame(&line), 1);
        assert_eq!(clock.until_next(&line), Some(Duration::from_millis(1)));
    }

    #[test]
    fn starting_at_the_end_begins_anew() {
        let line = even(5);
        let mut clock = Clock::default();
        clock.jump(4, &line);
        clock.set_playing(true, 4, Some(&line));
        assert_eq!(clock.frame(&line), 0);
    }

    #[test]
    fn no_speed_stands_still_or_runs_away() {
        let mut clock = Clock::default();
        for (asked, got) in [(0.0, 1.0), (f32::NAN, 1.0), (1e9, 16.0), (-1e-9, -0.05)] {
            clock.set_speed(asked);
            assert!((clock.speed() - got).abs() < 1e-6, "{asked}");
        }
    }
}
