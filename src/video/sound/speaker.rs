//! The thread that decodes ahead of the playhead, and the device it opens.
//!
//! Owns the device: it is opened when there is something to hear, and let go of a while after. One that is not there, is
//! busy or goes away is a sentence, and is asked again when playing starts the next time, not before.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rodio::cpal::traits::HostTrait as _;
use rodio::cpal::{self, BufferSize, ErrorKind};
use rodio::{DeviceSinkBuilder, MixerDeviceSink};

use super::Silence;
use super::adts::{Packets, Piece};
use super::course::Course;
use super::feed::{Feed, Shape};
use super::line::{Line, State};
use super::track::{PACKET, Track};

/// Pieces that are decoded ahead: some 350 ms, and 130 kB in stereo.
pub(super) const AHEAD: usize = 16;

/// A device that plays nothing is kept for so long.
const IDLE: Duration = Duration::from_secs(3);

/// Samples that the device takes at once, where it lets itself be told: 21 ms.
const PERIOD: u32 = 1024;

/// A device that takes nothing for so long is gone, whatever it says.
const STALLED: Duration = Duration::from_secs(2);

/// A stretch that loops is at least so many samples long.
const SHORTEST: i64 = 64;

/// Starts the thread that plays `track` as `line` says, until that is stopped.
pub(in crate::video) fn start(track: &Arc<Track>, line: &Arc<Line>) {
    let (track, mine) = (Arc::clone(track), Arc::clone(line));
    let started = std::thread::Builder::new().name("sound".into()).spawn(move || run(&track, &mine));
    if started.is_err() {
        line.fail(Silence::NoThread);
    }
}

/// What is to be done next.
enum Work {
    Stop,
    /// Let go of the device, which is gone.
    Lost,
    /// Let go of the device, which is not needed.
    Close,
    Open,
    /// Decode on in this turn.
    Decode(u64, Course),
}

fn run(track: &Arc<Track>, line: &Arc<Line>) {
    let mut device: Option<MixerDeviceSink> = None;
    let mut reading: Option<(u64, Reading)> = None;
    loop {
        match next(line, device.is_some()) {
            Work::Stop => return,
            Work::Close => device = None,
            Work::Lost => {
                line.fail(Silence::Lost);
                device = None;
            }
            Work::Open => match open(track, line) {
                Some(opened) => device = Some(opened),
                None => line.fail(Silence::NoDevice),
            },
            Work::Decode(turn, course) => {
                if reading.as_ref().is_none_or(|(of, _)| *of != turn) {
                    reading = Reading::of(track, course, Instant::now()).map(|reading| (turn, reading));
                }
                let piece = reading.as_mut().and_then(|(_, reading)| reading.next());
                hand_over(&mut line.lock(), turn, piece);
            }
        }
    }
}

fn hand_over(state: &mut State, turn: u64, piece: Option<Piece>) {
    if state.turn == turn {
        state.ended = piece.is_none();
        state.queue.extend(piece);
    }
}

/// Waits until there is something to do.
fn next(line: &Line, open: bool) -> Work {
    let mut state = line.lock();
    loop {
        if state.stop {
            return Work::Stop;
        }
        if std::mem::take(&mut state.lost) && open {
            return Work::Lost;
        }
        let course = state.course.filter(|_| state.trouble.is_none());
        let most = match course {
            Some(_) if !open => return Work::Open,
            Some(course) if !state.ended && state.queue.len() < AHEAD => return Work::Decode(state.turn, course),
            Some(_) => (!state.ended).then_some(STALLED),
            None => open.then_some(IDLE),
        };
        let over;
        (state, over) = line.wait(state, most);
        if over && open {
            return if state.course.is_some() { Work::Lost } else { Work::Close };
        }
    }
}

/// A track read along a course: the stretch that is played, over and over where it loops.
pub(super) struct Reading {
    track: Arc<Track>,
    packets: Packets,
    /// What is heard of this stretch, in samples.
    stretch: Range<i64>,
    /// The next sample that is wanted.
    wanted: i64,
    /// What was decoded of the track from there on.
    held: Option<Piece>,
    looping: bool,
}

impl Reading {
    /// Begins where the playhead is at `now`; `None` past the end, and where there is next to nothing to play.
    pub(super) fn of(track: &Arc<Track>, course: Course, now: Instant) -> Option<Self> {
        let sample = |nanos: i64| (nanos as f64 * f64::from(track.rate) / 1e9).round() as i64;
        let stretch = sample(course.start)..sample(course.end);
        let wanted = sample(course.at(now)?);
        let packets = Packets::from(track, wanted);
        let reading = Self { track: Arc::clone(track), packets, stretch, wanted, held: None, looping: course.looping };
        (reading.stretch.end - reading.stretch.start >= SHORTEST).then_some(reading)
    }

    /// What comes next, without a gap; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Piece> {
        if self.wanted >= self.stretch.end {
            if !self.looping {
                return None;
            }
            self.wanted = self.stretch.start;
            self.packets = Packets::from(&self.track, self.wanted);
            self.held = None;
        }
        while self.held.is_none()
            && let Some(piece) = self.packets.next()
        {
            self.held = self.starting_where_wanted(piece);
        }
        let piece = match self.held.take_if(|piece| piece.at <= self.wanted) {
            Some(piece) => piece,
            // Where it loops the playhead goes on to the end of the stretch.
            None if self.held.is_some() || self.looping => self.silence(),
            None => return None,
        };
        let channels = usize::from(self.track.channels);
        let mut piece = Piece { at: self.wanted, samples: piece.samples };
        piece.samples.truncate((self.stretch.end - self.wanted) as usize * channels);
        self.wanted += (piece.samples.len() / channels).cast_signed() as i64;
        Some(piece)
    }

    /// As long as a packet, but not into what is held.
    fn silence(&self) -> Piece {
        let length = self.held.as_ref().map_or(PACKET, |piece| (piece.at - self.wanted).min(PACKET));
        Piece { at: self.wanted, samples: vec![0.0; length as usize * usize::from(self.track.channels)] }
    }

    /// The part of a piece that has not come yet, if any. What the edit list cuts is silent.
    fn starting_where_wanted(&self, mut piece: Piece) -> Option<Piece> {
        let channels = usize::from(self.track.channels);
        for (number, frame) in (piece.at..).zip(piece.samples.chunks_mut(channels)) {
            if !self.track.heard.contains(&number) {
                frame.fill(0.0);
            }
        }
        let length = (piece.samples.len() / channels).cast_signed() as i64;
        let early = self.wanted.saturating_sub(piece.at).clamp(0, length);
        let rest = piece.samples.split_off(early as usize * channels);
        (!rest.is_empty()).then_some(Piece { at: piece.at + early, samples: rest })
    }
}

/// What a device complains of.
#[derive(Clone, Debug, Default)]
struct Errors {
    /// The first and the last of a row of them.
    row: Option<(Instant, Instant)>,
}

impl Errors {
    /// Whether the device is gone. Much of what one complains of it gets over by itself: `PulseAudio` behind ALSA fails
    /// for some milliseconds after it was opened.
    fn are_the_end(&mut self, kind: ErrorKind, now: Instant) -> bool {
        const APART: Duration = Duration::from_millis(100);
        const LONG: Duration = Duration::from_millis(300);
        match kind {
            ErrorKind::Xrun | ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied => return false,
            ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable | ErrorKind::StreamInvalidated => return true,
            _ => {}
        }
        let first = self.row.filter(|(_, last)| now.saturating_duration_since(*last) < APART).map_or(now, |row| row.0);
        self.row = Some((first, now));
        now.saturating_duration_since(first) > LONG
    }
}

/// Opens the system's device and lets it pull the clip's sound.
fn open(track: &Track, line: &Arc<Line>) -> Option<MixerDeviceSink> {
    let device = cpal::default_host().default_output_device()?;
    let (lost, mut errors) = (Arc::clone(line), Errors::default());
    let failed = move |error: cpal::Error| {
        if errors.are_the_end(error.kind(), Instant::now()) {
            lost.lock().lost = true;
            lost.notify();
        }
    };
    let builder = DeviceSinkBuilder::from_device(device).ok()?.with_error_callback(failed);
    let mut sink = builder.with_buffer_size(BufferSize::Fixed(PERIOD)).open_sink_or_fallback().ok()?;
    sink.log_on_drop(false);
    let (rate, channels) = (sink.config().sample_rate(), sink.config().channel_count());
    let period = match sink.config().buffer_size() {
        BufferSize::Fixed(samples) => *samples,
        BufferSize::Default => PERIOD,
    };
    // When the device asks, about one period waits to be heard.
    let latency = Duration::from_secs_f64(f64::from(period) / f64::from(rate.get()));
    let shape = Shape { rate, channels, latency };
    sink.mixer().add(Feed::new(Arc::clone(line), shape, track.rate, track.channels, Instant::now()));
    Some(sink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_gone_when_it_says_so_or_complains_for_long() {
        let (mut errors, start) = (Errors::default(), Instant::now());
        let at = |millis| start + Duration::from_millis(millis);
        assert!(errors.are_the_end(ErrorKind::DeviceNotAvailable, start));
        assert!((0..50).all(|millis| !errors.are_the_end(ErrorKind::BackendError, at(millis))));
        assert!(!errors.are_the_end(ErrorKind::BackendError, at(400)), "a new row");
        assert!((5..9).all(|n| !errors.are_the_end(ErrorKind::Xrun, at(n * 100))));
        let last = (16..30).map(|n| errors.are_the_end(ErrorKind::Other, at(n * 50))).collect::<Vec<_>>();
        assert_eq!(last.iter().position(|end| *end), Some(7));
    }

    #[test]
    fn a_device_that_is_gone_is_let_go_and_not_asked_again() {
        use std::task::Waker;
        let line = Line::new(Waker::noop().clone(), 1.0);
        let course =
            Course { position: 0, since: Instant::now(), speed: 1.0, start: 0, end: 1_000_000_000, looping: true };
        line.follow(Some(course), true);
        assert!(matches!(next(&line, false), Work::Open));
        assert!(matches!(next(&line, true), Work::Decode(1, _)));
        line.lock().lost = true;
        assert!(matches!(next(&line, true), Work::Lost));
        line.fail(Silence::Lost);
        // Neither a seek nor a frame that was awaited asks for it, but playing anew does.
        for course in [Some(course), None, Some(course)] {
            line.follow(course, false);
            assert_eq!(line.trouble(), Some(Silence::Lost));
        }
        line.follow(Some(course), true);
        assert_eq!(line.trouble(), None);
        assert!(matches!(next(&line, false), Work::Open));
        line.stop();
        assert!(matches!(next(&line, true), Work::Stop));
    }
}
