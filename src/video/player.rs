//! A clip that can be played, stepped and scrubbed, exact to the frame.
//!
//! Owns the playhead. Opening and decoding happen on a thread of their own; every method here
//! returns at once. The reader draws [`Player::current`], asks [`Player::advance`] when to look
//! again, and is woken through its waker when something it waits for has come. While a frame is
//! not decoded yet the playhead waits for it: no other frame is ever shown under its number.

#[cfg_attr(not(feature = "sound"), path = "player/unheard.rs")]
mod heard;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use super::clip::ClipInfo;
use super::clock::{Clock, Timeline};
use super::error::VideoError;
use super::frame::{Frame, Rgba};
use super::store::Fate;
use super::worker::{self, Opened, PlayerOptions, Shared, cell_frame};

/// Frames kept in memory for being shown again: as many, and at most so many bytes.
const RECENT: usize = 8;
const RECENT_BYTES: usize = 48 << 20;

/// How far a player is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlayerState {
    /// The headers are being read.
    Opening,
    /// It plays; decoding may still go on.
    Ready(ClipInfo),
    /// It cannot be played, and why.
    Failed(VideoError),
}

/// What [`Player::advance`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The frame that is due, from 0.
    pub frame: usize,
    /// It is another one than at the last look.
    pub changed: bool,
    /// When to look again. `None`: nothing will change by itself; either playing is paused, or
    /// the next frame is still being decoded and the waker will tell.
    pub next: Option<Duration>,
}

/// A clip and its playhead.
#[derive(Debug)]
pub struct Player {
    shared: Arc<Shared>,
    clock: Clock,
    frame: usize,
    /// The playhead stands at the edge of a frame that is not decoded yet.
    waiting: bool,
    late: u64,
    recent: VecDeque<Arc<Frame>>,
    sound: heard::Sound,
}

impl Drop for Player {
    /// The thread ends at its next picture; it is not waited for.
    fn drop(&mut self) {
        self.shared.stop();
    }
}

impl Player {
    /// Opens the clip at `path` and returns at once. `waker` is woken, from another thread,
    /// when the state changes, when a cell of the filmstrip is filled, when a frame that was
    /// asked for has come, and when decoding ends.
    #[must_use]
    pub fn open(path: &Path, waker: Waker, options: PlayerOptions) -> Self {
        let shared = Arc::new(Shared::new());
        let (mine, path) = (Arc::clone(&shared), path.to_owned());
        let sound = heard::Sound::new(&waker);
        let thread = std::thread::Builder::new().name("decode".into());
        let started = thread.spawn(move || {
            worker::step_back();
            worker::run(&path, &options, &mine, &waker);
        });
        if let Err(error) = started {
            shared.progress().failed = Some(VideoError::Store(error.to_string()));
        }
        let (clock, recent) = (Clock::default(), VecDeque::new());
        Self { shared, clock, frame: 0, waiting: false, late: 0, recent, sound }
    }

    /// How far it is. A clip of which something can be shown stays ready.
    #[must_use]
    pub fn state(&self) -> PlayerState {
        if let Some(error) = &self.shared.progress().failed {
            return PlayerState::Failed(error.clone());
        }
        self.info().map_or(PlayerState::Opening, |info| PlayerState::Ready(info.clone()))
    }

    /// What the clip is, once it is open.
    #[must_use]
    pub fn info(&self) -> Option<&ClipInfo> {
        self.opened().map(|opened| &opened.info)
    }

    fn opened(&self) -> Option<&Opened> {
        self.shared.opened.get()
    }

    fn timeline(&self) -> Option<&Timeline> {
        self.opened().map(|opened| &opened.timeline)
    }

    fn last(&self) -> usize {
        self.timeline().map_or(0, Timeline::last)
    }

    /// Frames that are there at once, out of [`ClipInfo::frames`].
    #[must_use]
    pub fn decoded_frames(&self) -> usize {
        self.shared.progress().fates.decided()
    }

    /// Frames that a damaged clip does not yield. The nearest one before stands in for each;
    /// [`Frame::number`] says which.
    #[must_use]
    pub fn lost_frames(&self) -> usize {
        self.shared.progress().fates.lost()
    }

    /// Frames that playing had to leave out because the reader looked too late.
    #[must_use]
    pub fn late_frames(&self) -> u64 {
        self.late
    }

    /// True while it plays, also while it waits for a frame.
    #[must_use]
    pub fn is_playing(&self) -> bool {
        self.clock.is_playing()
    }

    /// Plays or pauses. Playing from the last frame begins anew.
    pub fn set_playing(&mut self, playing: bool) {
        if playing == self.is_playing() {
            return;
        }
        let shared = Arc::clone(&self.shared);
        let timeline = shared.opened.get().map(|opened| &opened.timeline);
        self.clock.set_playing(playing, self.frame, timeline);
        self.waiting = playing;
        self.shared.play(playing);
        if let (Some(timeline), true) = (timeline, playing) {
            self.move_to(self.clock.frame(timeline));
        }
    }

    /// Plays if paused, pauses if playing.
    pub fn toggle(&mut self) {
        self.set_playing(!self.is_playing());
    }

    /// True where the end leads back to the start.
    #[must_use]
    pub fn is_looping(&self) -> bool {
        self.clock.is_looping()
    }

    /// Whether the end leads back to the start, or stops on the last frame.
    pub fn set_looping(&mut self, looping: bool) {
        self.clock.set_looping(looping);
    }

    /// Times the clip's own speed; negative is backwards.
    #[must_use]
    pub fn speed(&self) -> f32 {
        self.clock.speed()
    }

    /// Sets the speed, kept within 0.05 to 16 times either way; zero and NaN change nothing.
    pub fn set_speed(&mut self, speed: f32) {
        self.clock.set_speed(speed);
        self.jump(self.frame);
    }

    /// Puts the playhead on frame `number`, or on the last one. It goes on playing if it was.
    pub fn seek_frame(&mut self, number: usize) {
        self.jump(number.min(self.last()));
    }

    /// Moves by whole frames and pauses there.
    pub fn step(&mut self, frames: isize) {
        self.set_playing(false);
        self.seek_frame(self.frame.saturating_add_signed(frames));
    }

    /// Plays only from the first to the last of these frames; `None` plays the whole clip again. A playhead that
    /// stands still may stand anywhere.
    pub fn set_span(&mut self, span: Option<(usize, usize)>) {
        self.clock.set_span(span);
        if self.is_playing() {
            self.jump(self.frame);
        }
    }

    fn jump(&mut self, number: usize) {
        let shared = Arc::clone(&self.shared);
        let Some(opened) = shared.opened.get() else { return };
        let (first, last) = self.clock.ends(&opened.timeline);
        let number = if self.is_playing() { number.clamp(first, last) } else { number };
        self.clock.jump(number, &opened.timeline);
        self.waiting = self.is_playing();
        self.move_to(number);
    }

    fn move_to(&mut self, number: usize) {
        self.frame = number;
        self.shared.look_at(number);
    }

    /// The frame the playhead is on, from 0.
    #[must_use]
    pub fn frame_number(&self) -> usize {
        self.frame
    }

    /// Moves the playhead on to `now` and says what is due and when to look again.
    pub fn advance(&mut self, now: Instant) -> Due {
        let before = self.frame;
        let shared = Arc::clone(&self.shared);
        let next = match shared.opened.get() {
            Some(opened) if self.is_playing() => self.run(now, &opened.timeline),
            _ => None,
        };
        if next.is_none() && !self.is_playing() {
            // At the end it stops by itself.
            shared.play(false);
        }
        heard::follow(self, now);
        Due { frame: self.frame, changed: self.frame != before, next }
    }

    fn run(&mut self, now: Instant, timeline: &Timeline) -> Option<Duration> {
        if self.waiting {
            // Time begins to run when the frame it waits for is there.
            if !self.is_there(self.clock.frame(timeline)) {
                return None;
            }
            self.waiting = false;
            self.clock.hold(now);
        }
        let before = self.frame;
        self.clock.run(now, timeline);
        let due = self.clock.frame(timeline);
        let (reached, gap) = self.reach(before, due, timeline);
        self.count_late(before, reached, timeline);
        self.move_to(reached);
        if let Some(gap) = gap {
            self.clock.wait_at(gap, timeline);
            self.waiting = true;
            return None;
        }
        self.clock.until_next(timeline)
    }

    /// How far from `before` towards `due` the frames are there, and the first that is not.
    fn reach(&self, before: usize, due: usize, timeline: &Timeline) -> (usize, Option<usize>) {
        let (first, last) = self.clock.ends(timeline);
        let frames = last - first + 1;
        let steps = self.steps(before, due, timeline);
        let before = before.clamp(first, last) - first;
        let at =
            |step: usize| first + if self.clock.backwards() { before + frames - step } else { before + step } % frames;
        let mut progress = self.shared.progress();
        let missing = |n: &usize| progress.fates.of(*n) == Fate::Unknown;
        // Standing still, the frame itself may be missing.
        let gap = if steps == 0 { missing(&due).then_some(0) } else { (1..=steps).find(|step| missing(&at(*step))) };
        progress.awaited = gap.map(at);
        match gap {
            Some(step) => (at(step.saturating_sub(1)), Some(at(step))),
            None => (due, None),
        }
    }

    /// Frames from one to another as the clip is played: forwards or backwards, over the turn where it loops.
    fn steps(&self, from: usize, to: usize, timeline: &Timeline) -> usize {
        let (first, last) = self.clock.ends(timeline);
        let frames = last - first + 1;
        let (from, to) = (from.clamp(first, last), to.clamp(first, last));
        let moved = if self.clock.backwards() { from + frames - to } else { to + frames - from };
        moved % frames
    }

    fn count_late(&mut self, before: usize, reached: usize, timeline: &Timeline) {
        self.late += self.steps(before, reached, timeline).saturating_sub(1) as u64;
    }

    /// Whether frame `number` can be shown at once.
    #[must_use]
    pub fn has_frame(&self, number: usize) -> bool {
        self.shared.progress().fates.of(number) != Fate::Unknown
    }

    /// Whether a frame is decoded or will never be; if neither, it is awaited from now on.
    fn is_there(&self, number: usize) -> bool {
        let mut progress = self.shared.progress();
        let there = progress.fates.of(number) != Fate::Unknown;
        if !there {
            progress.awaited = Some(number);
        }
        there
    }

    /// The very frame the playhead is on; `None` until it is decoded, when the waker tells.
    pub fn current(&mut self) -> Option<Arc<Frame>> {
        self.frame_at(self.frame)
    }

    /// Frame `number` if it is decoded; else the waker tells when it is.
    pub fn frame_at(&mut self, number: usize) -> Option<Arc<Frame>> {
        if !self.is_there(number) {
            return None;
        }
        let number = self.shared.progress().fates.stand_in(number)?;
        if let Some(frame) = self.recent.iter().find(|frame| frame.number == number) {
            return Some(Arc::clone(frame));
        }
        let frame = Arc::new(self.read(number)?);
        let room = (RECENT_BYTES / frame.samples().len().max(1)).clamp(2, RECENT);
        self.recent.truncate(room - 1);
        self.recent.push_front(Arc::clone(&frame));
        Some(frame)
    }

    fn read(&self, number: usize) -> Option<Frame> {
        let frame = self.opened()?.store.read(number).ok()?;
        // In a long clip another frame may have taken its place meanwhile.
        (self.shared.progress().fates.of(number) == Fate::Held).then_some(frame)
    }

    /// A small picture of frame `number`, at most `width` pixels wide, if it is decoded.
    #[must_use]
    pub fn thumbnail(&self, number: usize, width: u32) -> Option<Rgba> {
        let number = self.shared.progress().fates.stand_in(number)?;
        self.read(number).map(|frame| frame.thumbnail(width))
    }

    /// The filmstrip: for each cell the number of its frame, and its picture once decoded.
    #[must_use]
    pub fn filmstrip(&self) -> Vec<(usize, Option<Arc<Rgba>>)> {
        let frames = self.last() + 1;
        let cells = self.shared.progress().cells.clone();
        let count = cells.len();
        cells.into_iter().enumerate().map(|(cell, picture)| (cell_frame(cell, count, frames), picture)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::clip::Clip;
    use super::super::sound::track::Found;
    use super::super::store::{Fates, Store};
    use super::*;

    const STEP: Duration = Duration::from_nanos(41_666_667);

    /// A player without its thread: the test decides which frames are there.
    fn player(there: std::ops::Range<usize>) -> Player {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/main-b.mp4");
        let clip = Clip::open(&path).unwrap();
        let info = clip.info.clone();
        let store = Store::new(None, info.layout, info.colour, info.frames, 1 << 20).unwrap();
        let timeline = Timeline::new(&clip.starts, info.duration);
        let shared = Arc::new(Shared::new());
        shared.progress().fates = Fates::new(info.frames, store.slots());
        shared.opened.set(Opened { info, timeline, store, sound: Found::Nothing }).unwrap();
        let (clock, recent, sound) = (Clock::default(), VecDeque::new(), heard::Sound::new(Waker::noop()));
        let player = Player { shared, clock, frame: 0, waiting: false, late: 0, recent, sound };
        arrive(&player, there);
        player
    }

    fn arrive(player: &Player, there: std::ops::Range<usize>) {
        there.for_each(|n| player.shared.progress().fates.hold(n));
    }

    #[test]
    fn the_playhead_waits_for_a_frame_and_time_waits_with_it() {
        let mut player = player(0..3);
        let start = Instant::now();
        player.set_playing(true);
        player.advance(start);
        let due = player.advance(start + STEP * 8);
        assert_eq!((due.frame, due.next), (2, None), "frame 3 is not there");
        assert_eq!(player.shared.progress().awaited, Some(3));

        arrive(&player, 3..20);
        let due = player.advance(start + STEP * 100);
        assert_eq!(due.frame, 3, "none is left out for the time that was lost");
        assert!(due.changed && due.next.is_some());
        assert_eq!(player.late_frames(), 1, "frame 1, before the wait");
    }

    #[test]
    fn it_waits_at_the_end_and_at_the_turn_as_well() {
        let mut player = player(0..18);
        let start = Instant::now();
        player.set_looping(true);
        player.seek_frame(17);
        player.set_playing(true);
        player.advance(start);
        assert_eq!(player.advance(start + STEP * 5).frame, 17);
        assert!(player.is_playing());
        player.set_looping(false);
        assert_eq!(player.advance(start + STEP * 9).frame, 17);
        arrive(&player, 18..20);
        player.advance(start + STEP * 10);
        let due = player.advance(start + STEP * 20);
        assert_eq!((due.frame, due.next, player.is_playing()), (19, None, false));
    }

    #[test]
    fn backwards_waits_and_goes_on_too() {
        let mut player = player(10..20);
        let start = Instant::now();
        player.set_speed(-1.0);
        player.seek_frame(12);
        player.set_playing(true);
        player.advance(start);
        let due = player.advance(start + STEP * 6);
        assert_eq!((due.frame, due.next), (10, None));
        arrive(&player, 0..10);
        assert_eq!(player.advance(start + STEP * 7).frame, 9);
        player.advance(start + STEP * 30);
        assert_eq!((player.frame_number(), player.is_playing()), (0, false));
    }

    #[test]
    fn late_frames_are_counted_also_over_the_turn() {
        let mut player = player(0..20);
        let start = Instant::now();
        player.set_looping(true);
        player.set_playing(true);
        player.advance(start);
        player.advance(start + STEP);
        player.advance(start + STEP * 2);
        assert_eq!(player.late_frames(), 0);
        player.advance(start + STEP * 5);
        assert_eq!(player.late_frames(), 2);
        player.seek_frame(19);
        player.advance(start + STEP * 5);
        player.advance(start + STEP * 7);
        assert_eq!((player.frame_number(), player.late_frames()), (1, 3));
    }

    #[test]
    fn a_span_loops_within_itself_and_loses_no_frame() {
        let mut player = player(0..20);
        let start = Instant::now();
        player.set_looping(true);
        player.set_span(Some((4, 6)));
        player.seek_frame(15);
        assert_eq!(player.frame_number(), 15, "standing still it may stand anywhere");
        player.set_playing(true);
        let mut seen = Vec::new();
        for step in 0..7 {
            seen.push(player.advance(start + STEP * step).frame);
        }
        assert_eq!(seen, [4, 5, 6, 4, 5, 6, 4]);
        assert_eq!(player.late_frames(), 0);
        player.set_span(Some((10, 12)));
        assert_eq!(player.advance(start + STEP * 7).frame, 10, "it moves into a new span");
        player.set_span(None);
        player.advance(start + STEP * 8);
        assert_eq!(player.advance(start + STEP * 9).frame, 11);
    }

    #[test]
    fn paused_it_stands_still_and_stepping_pauses() {
        let mut player = player(0..20);
        let start = Instant::now();
        player.set_playing(true);
        player.advance(start);
        player.step(3);
        let due = player.advance(start + STEP * 9);
        assert_eq!((due.frame, due.next, player.is_playing()), (3, None, false));
        player.step(-9);
        assert_eq!(player.frame_number(), 0);
        player.seek_frame(500);
        assert_eq!(player.frame_number(), 19);
        player.toggle();
        assert_eq!(player.frame_number(), 0, "from the last frame it begins anew");
    }
}
