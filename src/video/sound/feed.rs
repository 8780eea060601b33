//! What is handed to the device: at every moment the samples that are due when they are heard.
//!
//! Owns the place in the queue, the way from one rate to another, and fades, so that nothing clicks. The time is passed in
//! to [`Feed::fill`]; only the [`Iterator`] that the device pulls looks at a clock. Never waits for the thread: what is not
//! there yet is silence.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rodio::{ChannelCount, SampleRate, Source};

use super::adts::Piece;
use super::course::Course;
use super::line::Line;

/// Samples for each channel that are made at once.
pub(super) const BLOCK: usize = 256;

/// Sound and picture may be so far apart.
pub(super) const TOLERANCE: Duration = Duration::from_millis(40);

/// Blocks in a row that have to be too far off: one may have been asked for late.
const PATIENCE: u32 = 8;

/// The device asks for several blocks at once; after a pause like this it has asked anew.
const PAUSE: Duration = Duration::from_millis(2);

/// How long a fade takes, in seconds.
const FADE: f32 = 0.004;

/// How the device wants its samples.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) rate: SampleRate,
    pub(super) channels: ChannelCount,
    /// What is handed over is heard so much later.
    pub(super) latency: Duration,
}

/// A clip's sound as the device pulls it.
pub(super) struct Feed {
    line: Arc<Line>,
    shape: Shape,
    /// Rate and channels of the clip's sound.
    rate: u32,
    channels: usize,
    turn: u64,
    /// How far the first piece of the queue is used up, in samples of the clip.
    offset: f64,
    /// Samples of the clip for each sample of the device.
    step: f64,
    /// It is where the playhead is.
    joined: bool,
    /// Blocks in a row that were too far off.
    astray: u32,
    gain: f32,
    /// When the last block was asked for, and when it is heard.
    asked: Option<Instant>,
    heard: Instant,
    /// Times the device asked, several blocks at once being one.
    times: u32,
    block: Vec<f32>,
    used: usize,
}

impl Feed {
    pub(super) fn new(line: Arc<Line>, shape: Shape, rate: u32, channels: u8, now: Instant) -> Self {
        Self {
            line,
            shape,
            rate,
            channels: usize::from(channels.max(1)),
            turn: 0,
            offset: 0.0,
            step: 1.0,
            joined: false,
            astray: 0,
            gain: 0.0,
            asked: None,
            heard: now,
            times: 0,
            block: Vec::new(),
            used: 0,
        }
    }

    /// Makes the block that is asked for at `now`.
    pub(super) fn fill(&mut self, now: Instant) -> &[f32] {
        self.reckon(now);
        self.block.clear();
        self.block.resize(BLOCK * usize::from(self.shape.channels.get()), 0.0);
        self.used = 0;
        let line = Arc::clone(&self.line);
        let mut state = line.lock();
        if state.turn != self.turn {
            self.turn = state.turn;
            self.leave();
            self.offset = 0.0;
        }
        let before = state.queue.len();
        match state.course {
            // The first time, a device takes more than it will have waiting later on.
            Some(_) if self.times < 2 => {}
            Some(course) => {
                self.step = course.speed * f64::from(self.rate) / f64::from(self.shape.rate.get());
                self.join(&mut state.queue, &course);
                let loudness = if self.joined { state.loudness } else { 0.0 };
                self.play(&mut state.queue, loudness);
            }
            None => self.play(&mut state.queue, 0.0),
        }
        if state.queue.len() != before {
            line.notify();
        }
        &self.block
    }

    /// When this block is heard.
    fn reckon(&mut self, now: Instant) {
        let anew = self.asked.is_none_or(|asked| now.saturating_duration_since(asked) > PAUSE);
        let length = Duration::from_secs_f64(BLOCK as f64 / f64::from(self.shape.rate.get()));
        self.heard = if anew { now + self.shape.latency } else { self.heard + length };
        self.times = self.times.saturating_add(u32::from(anew));
        self.asked = Some(now);
    }

    /// Goes to where the playhead will be when this block is heard, if it is not near it.
    fn join(&mut self, queue: &mut VecDeque<Piece>, course: &Course) {
        let second = 1e9 / f64::from(self.rate);
        let place = queue.front().map(|piece| (piece.at as f64 + self.offset) * second);
        let (Some(place), Some(due)) = (place, course.at(self.heard)) else { return self.leave() };
        // In samples of the clip; above 0 the sound is late.
        let off = course.way(place as i64, due) as f64 / second;
        let apart = TOLERANCE.as_secs_f64() * course.speed * f64::from(self.rate);
        let far = off.abs() > apart;
        self.astray = if far { self.astray + 1 } else { 0 };
        if self.joined && self.astray < PATIENCE {
            return;
        }
        self.leave();
        if off >= 0.0 {
            self.joined = self.skip(queue, off);
        } else if -off < BLOCK as f64 * self.step {
            self.joined = true;
        }
    }

    /// Leaves off, to be faded in again.
    fn leave(&mut self) {
        self.joined = false;
        self.astray = 0;
        self.gain = 0.0;
    }

    /// Drops so many samples; false where there are not so many.
    fn skip(&mut self, queue: &mut VecDeque<Piece>, samples: f64) -> bool {
        self.offset += samples;
        while let Some(piece) = queue.front() {
            let length = (piece.samples.len() / self.channels) as f64;
            if self.offset < length {
                return true;
            }
            self.offset -= length;
            queue.pop_front();
        }
        self.offset = 0.0;
        false
    }

    /// Fills the block from the queue, fading towards `loudness`.
    fn play(&mut self, queue: &mut VecDeque<Piece>, loudness: f32) {
        let fade = 1.0 / (FADE * self.shape.rate.get() as f32);
        let wide = usize::from(self.shape.channels.get());
        for place in 0..BLOCK {
            self.gain += (loudness - self.gain).clamp(-fade, fade);
            if self.gain <= 0.0 && loudness <= 0.0 {
                return;
            }
            let Some((left, right)) = self.between(queue) else { return self.leave() };
            let out = &mut self.block[place * wide..(place + 1) * wide];
            match out {
                [only] => *only = self.gain * f32::midpoint(left, right),
                [first, second, ..] => (*first, *second) = (self.gain * left, self.gain * right),
                [] => {}
            }
            self.skip(queue, self.step);
        }
    }

    /// The left and the right sample at the present place, between its two neighbours.
    fn between(&self, queue: &VecDeque<Piece>) -> Option<(f32, f32)> {
        let front = &queue.front()?.samples;
        let (count, whole) = (front.len() / self.channels, self.offset as usize);
        let frame = |number: usize| {
            let (piece, number) =
                if number < count { (front, number) } else { (&queue.get(1)?.samples, number - count) };
            let at = number * self.channels;
            Some((*piece.get(at)?, *piece.get(at + self.channels - 1)?))
        };
        let (here, part) = (frame(whole)?, (self.offset - whole as f64) as f32);
        let next = frame(whole + 1).unwrap_or(here);
        let mix = |a: f32, b: f32| a + (b - a) * part;
        Some((mix(here.0, next.0), mix(here.1, next.1)))
    }
}

impl Iterator for Feed {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.used >= self.block.len() {
            self.fill(Instant::now());
        }
        let sample = self.block.get(self.used).copied();
        self.used += 1;
        // It never ends of its own: an empty block is silence.
        Some(sample.unwrap_or(0.0))
    }
}

impl Source for Feed {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> ChannelCount {
        self.shape.channels
    }

    fn sample_rate(&self) -> SampleRate {
        self.shape.rate
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}
