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
use super::track::Track;

/// Pieces that are decoded ahead: some 350 ms, and 130 kB in stereo.
pub(super) const AHEAD: usize = 16;

/// A device that plays nothing is kept for so long.
const IDLE: Duration = Duration::from_secs(3);

/// Samples that the device takes at once, where it lets itself be told: 21 ms.
const PERIOD: u32 = 1024;

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
        let mut most = None;
        match course {
            Some(_) if !open => return Work::Open,
            Some(course) if !state.ended && state.queue.len() < AHEAD => return Work::Decode(state.turn, course),
            Some(_) => {}
            None => most = open.then_some(IDLE),
        }
        let over;
        (state, over) = line.wait(state, most);
        if over && state.course.is_none() {
            return Work::Close;
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
    looping: bool,
}

impl Reading {
    /// Begins where the playhead is at `now`; `None` past the end, and where there is next to nothing to play.
    pub(super) fn of(track: &Arc<Track>, course: Course, now: Instant) -> Option<Self> {
        let sample = |nanos: i64| (nanos as f64 * f64::from(track.rate) / 1e9).round() as i64;
        let stretch = sample(course.start)..sample(course.end);
        let wanted = sample(course.at(now)?);
        let packets = Packets::from(track, wanted);
        let reading = Self { track: Arc::clone(track), packets, stretch, wanted, looping: course.looping };
        (reading.stretch.end - reading.stretch.start >= SHORTEST).then_some(reading)
    }

    /// What comes next; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Piece> {
        loop {
            let end = self.stretch.end;
            if let Some(piece) = self.packets.next().filter(|piece| piece.at < end) {
                if let Some(piece) = self.cut(piece) {
                    return Some(piece);
                }
            } else if self.looping && self.wanted > self.stretch.start {
                self.wanted = self.stretch.start;
                self.packets = Packets::from(&self.track, self.wanted);
            } else {
                return None;
            }
        }
    }

    /// The part of a piece that belongs to the stretch and has not come yet, if any. What the edit list cuts is silent.
    fn cut(&mut self, mut piece: Piece) -> Option<Piece> {
        let channels = usize::from(self.track.channels);
        let length = (piece.samples.len() / channels).cast_signed() as i64;
        let whole = piece.at..piece.at.saturating_add(length);
        let (from, to) = (whole.start.max(self.wanted), whole.end.min(self.stretch.end));
        if from >= to {
            return None;
        }
        for (number, frame) in (whole.start..).zip(piece.samples.chunks_mut(channels)) {
            if !self.track.heard.contains(&number) {
                frame.fill(0.0);
            }
        }
        let part = (from - whole.start) as usize * channels..(to - whole.start) as usize * channels;
        self.wanted = to;
        Some(Piece { at: from, samples: piece.samples.drain(part).collect() })
    }
}

/// Opens the system's device and lets it pull the clip's sound.
fn open(track: &Track, line: &Arc<Line>) -> Option<MixerDeviceSink> {
    let device = cpal::default_host().default_output_device()?;
    let lost = Arc::clone(line);
    let failed = move |error: cpal::Error| {
        // What the device gets over by itself is not worth a word.
        if !matches!(error.kind(), ErrorKind::Xrun | ErrorKind::DeviceChanged | ErrorKind::RealtimeDenied) {
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
