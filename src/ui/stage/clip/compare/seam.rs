//! The join of two clips, or of a clip with itself, played over and over.

/// Frames on either side of the join.
const REACH: usize = 12;

/// Which frames are shown, and when.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seam {
    running: bool,
    /// When the present round began, by the window's clock; `None` while frames are awaited.
    since: Option<f64>,
    /// Where it stands, in frames from the start of the round.
    at: usize,
}

/// A frame on one side of the join, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Before(usize),
    After(usize),
}

impl Default for Seam {
    fn default() -> Self {
        Self { running: true, since: None, at: 0 }
    }
}

impl Seam {
    /// Frames of a round: the end of a clip of `before` frames, and the start of one of `after`.
    pub fn round(before: usize, after: usize) -> Vec<Side> {
        let end = (before.saturating_sub(REACH)..before).map(Side::Before);
        end.chain((0..after.min(REACH)).map(Side::After)).collect()
    }

    pub fn toggle(&mut self) {
        self.running = !self.running;
        self.since = None;
    }

    pub fn is_running(self) -> bool {
        self.running
    }

    /// Moves by one frame and stands still there.
    pub fn step(&mut self, by: isize, length: usize) {
        self.running = false;
        self.since = None;
        self.at = (self.at.cast_signed() + by).rem_euclid(length.max(1).cast_signed()).cast_unsigned();
    }

    /// Moves on to `now` in a round of `length` frames that lasts `rate` frames a second. Returns the place in the round,
    /// and the seconds until the next one. `ready` tells that every frame of the round is there.
    pub fn advance(&mut self, now: f64, length: usize, rate: f64, ready: bool) -> (usize, Option<f64>) {
        let length = length.max(1);
        self.at %= length;
        if !self.running || !ready {
            self.since = None;
            return (self.at, None);
        }
        let since = *self.since.get_or_insert(now - self.at as f64 / rate);
        let passed = (now - since).max(0.0) * rate;
        // A look right at a boundary finds the frame after it, whatever is lost in rounding.
        let whole = (passed + 1e-6).floor();
        self.at = whole as usize % length;
        (self.at, Some((whole + 1.0 - passed) / rate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_goes_over_the_join() {
        let round = Seam::round(120, 120);
        assert_eq!(round.len(), 24);
        assert_eq!(
            (round[0], round[11], round[12], round[23]),
            (Side::Before(108), Side::Before(119), Side::After(0), Side::After(11),)
        );
        assert_eq!(Seam::round(1, 3), [Side::Before(0), Side::After(0), Side::After(1), Side::After(2)]);
    }

    #[test]
    fn every_frame_has_its_time_and_the_round_begins_anew() {
        let mut seam = Seam::default();
        let mut now = 100.0;
        let mut seen = Vec::new();
        for _ in 0..8 {
            let (at, wait) = seam.advance(now, 3, 24.0, true);
            seen.push(at);
            now += wait.expect("it plays");
        }
        assert_eq!(seen, [0, 1, 2, 0, 1, 2, 0, 1]);
    }

    #[test]
    fn it_waits_for_its_frames_and_stands_where_it_was_paused() {
        let mut seam = Seam::default();
        assert_eq!(seam.advance(1.0, 24, 24.0, false), (0, None));
        seam.advance(9.0, 24, 24.0, true);
        assert_eq!(seam.advance(9.0 + 5.0 / 24.0, 24, 24.0, true).0, 5);
        seam.toggle();
        assert_eq!(seam.advance(50.0, 24, 24.0, true), (5, None));
        seam.step(-6, 24);
        assert_eq!(seam.advance(51.0, 24, 24.0, true), (23, None));
        seam.toggle();
        assert_eq!(seam.advance(60.0, 24, 24.0, true).0, 23);
    }
}
