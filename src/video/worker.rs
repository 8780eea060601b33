//! The thread that opens a clip, decodes it once and fills the store.
//!
//! Owns what the thread and its reader share, and decides what to decode next. A clip that
//! finds room as a whole is decoded from start to end, once. A longer one is decoded in a
//! window around the playhead, again from the nearest point where decoding can start afresh.
//! The thread ends when the work is done, or at the next picture once its player is gone.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::Waker;
use std::time::Duration;

use super::clip::ClipInfo;
use super::clock::Timeline;
use super::decode::MOST_REORDERED;
use super::error::{Damage, VideoError};
use super::foreign::Foreign;
use super::frame::{Frame, Rgba};
use super::process::Leash;
use super::reading;
use super::sound::track::{self, Found};
use super::source::{self, Source};
use super::store::{Fate, Fates, Store};

/// As the system finds it on its path.
pub const FFMPEG: &str = "ffmpeg";

/// How a player works.
#[derive(Clone, Debug)]
pub struct PlayerOptions {
    /// Where decoded frames are kept while the player lives; the system's temporary folder
    /// where `None`. The file has no name and vanishes with the player.
    pub cache_dir: Option<PathBuf>,
    /// Cells of the filmstrip, evenly spaced from the first frame to the last.
    pub cells: usize,
    /// Width of a cell in pixels.
    pub cell_width: u32,
    /// Decoded frames may take so many bytes; a longer clip is decoded in parts.
    pub most_bytes: u64,
    /// The program for clips that are coded in a way that is not known here; none is asked where `None`.
    pub ffmpeg: Option<PathBuf>,
}

impl Default for PlayerOptions {
    fn default() -> Self {
        Self {
            cache_dir: None,
            cells: 16,
            cell_width: 160,
            most_bytes: super::store::MOST_BYTES,
            ffmpeg: Some(FFMPEG.into()),
        }
    }
}

/// What stands once a clip is open.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) info: ClipInfo,
    pub(super) timeline: Timeline,
    pub(super) store: Store,
    pub(super) sound: Found,
}

/// What the thread and the player tell each other.
#[derive(Debug)]
pub(super) struct Progress {
    pub(super) failed: Option<VideoError>,
    pub(super) fates: Fates,
    pub(super) cells: Vec<Option<Arc<Rgba>>>,
    /// Where the reader looks: decoding of a long clip goes on from here.
    pub(super) playhead: usize,
    /// A frame the reader waits for.
    pub(super) awaited: Option<usize>,
    /// The reader goes from frame to frame by the clock.
    pub(super) playing: bool,
    stop: bool,
}

/// Shared by the player and its thread.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) opened: OnceLock<Opened>,
    progress: Mutex<Progress>,
    moved: Condvar,
    /// Holds the program that decodes, where one does.
    leash: Arc<Leash>,
}

impl Shared {
    pub(super) fn new() -> Self {
        let progress = Progress {
            failed: None,
            fates: Fates::new(0, 1),
            cells: Vec::new(),
            playhead: 0,
            awaited: None,
            playing: false,
            stop: false,
        };
        Self { opened: OnceLock::new(), progress: Mutex::new(progress), moved: Condvar::new(), leash: Arc::default() }
    }

    /// Every section is a handful of plain assignments, so a poisoned lock is still whole.
    pub(super) fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn look_at(&self, number: usize) {
        let mut progress = self.progress();
        if progress.playhead != number {
            progress.playhead = number;
            self.moved.notify_all();
        }
    }

    /// Whether the reader goes from frame to frame by the clock.
    pub(super) fn play(&self, playing: bool) {
        let mut progress = self.progress();
        if progress.playing != playing {
            progress.playing = playing;
            self.moved.notify_all();
        }
    }

    pub(super) fn stop(&self) {
        self.progress().stop = true;
        self.moved.notify_all();
        // The thread may wait for a program that says nothing more.
        self.leash.cut();
    }
}

/// Whoever shows the frames goes first: this thread, and those it starts, take what is left of the processors.
#[cfg(target_os = "linux")]
pub(super) fn step_back() {
    // Here it means the calling thread alone. Where it may not, it decodes all the same.
    let _ = rustix::process::nice(15);
}

#[cfg(not(target_os = "linux"))]
pub(super) fn step_back() {}

/// The thread's whole life.
pub(super) fn run(path: &Path, options: &PlayerOptions, shared: &Shared, waker: &Waker) {
    let outcome = reading::guarded(|| work(path, options, shared, waker));
    if let Err(error) = outcome.unwrap_or(Err(VideoError::Damaged(Damage::NothingDecodable))) {
        shared.progress().failed = Some(error);
    }
    waker.wake_by_ref();
}

fn work(path: &Path, options: &PlayerOptions, shared: &Shared, waker: &Waker) -> Result<(), VideoError> {
    let source::Opening { source, info, starts } = source::open(path, options.ffmpeg.as_deref(), &shared.leash)?;
    let dir = options.cache_dir.as_deref();
    let store = Store::new(dir, info.layout, info.colour, info.frames, options.most_bytes)?;
    let timeline = Timeline::new(&starts, info.duration);
    {
        let mut progress = shared.progress();
        progress.fates = Fates::new(info.frames, store.slots());
        progress.cells = vec![None; options.cells.min(info.frames)];
    }
    let sound = track::find(path);
    let opened = shared.opened.get_or_init(|| Opened { info, timeline, store, sound });
    waker.wake_by_ref();
    let (came, judged) = (BTreeSet::new(), 0);
    Worker { source, path, options, shared, waker, opened, run_start: 0, aim: 0, came, judged }.decode()
}

/// The number of the frame that stands in cell `cell` of `cells`.
pub(super) fn cell_frame(cell: usize, cells: usize, frames: usize) -> usize {
    if cells < 2 { 0 } else { cell * (frames - 1) / (cells - 1) }
}

struct Worker<'a> {
    source: Source,
    path: &'a Path,
    options: &'a PlayerOptions,
    shared: &'a Shared,
    waker: &'a Waker,
    opened: &'a Opened,
    /// The first frame that the present run can bring.
    run_start: usize,
    /// The frame this run was started for.
    aim: usize,
    /// Frames that this run brought, from `judged` on.
    came: BTreeSet<usize>,
    /// What this run brought and what it did not is settled for every frame before this one.
    judged: usize,
}

/// What to do next.
enum Next {
    Stop,
    /// Go on where decoding stands.
    On,
    /// Start again in front of this frame.
    From(usize),
    /// The same, and leave out what is not needed for it: somebody waits.
    Hasten(usize),
}

impl Worker<'_> {
    fn frames(&self) -> usize {
        self.opened.info.frames
    }

    fn whole(&self) -> bool {
        self.opened.store.slots() >= self.frames()
    }

    /// The frames worth holding while the playhead is at `playhead`. A quarter of the room is
    /// for what lies behind it.
    fn window(&self, playhead: usize) -> Range<usize> {
        let (slots, frames) = (self.opened.store.slots(), self.frames());
        let start = playhead.saturating_sub(slots / 4).min(frames.saturating_sub(slots));
        start..(start + slots).min(frames)
    }

    fn decode(mut self) -> Result<(), VideoError> {
        loop {
            match self.next() {
                Next::Stop => return Ok(()),
                Next::On => {}
                Next::From(number) => {
                    self.source.seek(number);
                    let start = self.source.position().unwrap_or(0).min(number);
                    self.begin_run(start, number);
                }
                Next::Hasten(number) => {
                    self.source.hasten(number);
                    // What is left out before it is not lost.
                    self.begin_run(number, number);
                }
            }
            match self.source.next_frame() {
                Some(frame) => self.keep(&frame)?,
                None => self.run_ended()?,
            }
        }
    }

    /// A run begins for frame `aim` that brings every frame from `start` on.
    fn begin_run(&mut self, start: usize, aim: usize) {
        (self.run_start, self.judged, self.aim) = (start, start, aim);
        self.came.clear();
    }

    /// Waits while there is nothing worth decoding.
    fn next(&mut self) -> Next {
        /// Frames that are there in front of the playhead when decoding takes its time.
        const AT_EASE: usize = 48;
        /// How long it rests before each picture then: whoever shows the frames needs the processors too.
        const BREATH: Duration = Duration::from_millis(25);
        let shared = self.shared;
        let mut progress = shared.progress();
        let mut rested = false;
        loop {
            if progress.stop || self.whole() && progress.fates.decided() == self.frames() {
                return Next::Stop;
            }
            let playhead = progress.playhead;
            let window = self.window(playhead);
            let awaited = progress.awaited.filter(|n| window.contains(n) && progress.fates.of(*n) == Fate::Unknown);
            let ahead = progress.fates.first_unknown(playhead..window.end);
            // What lies behind the playhead is fetched again only when it is asked for, unless there is room for all.
            let behind = || progress.fates.first_unknown(0..playhead).filter(|_| self.whole());
            let target = awaited.or(ahead).or_else(behind);
            let at_ease = |target: usize| target < playhead || target - playhead >= AT_EASE;
            if progress.playing && !rested && awaited.is_none() && target.is_some_and(at_ease) {
                let goes_on =
                    |progress: &mut Progress| progress.playing && progress.awaited.is_none() && !progress.stop;
                let rest = shared.moved.wait_timeout_while(progress, BREATH, goes_on);
                (progress, rested) = (rest.unwrap_or_else(PoisonError::into_inner).0, true);
                continue;
            }
            if let Some(target) = target {
                drop(progress);
                return self.towards(target, awaited.is_some());
            }
            progress = shared.moved.wait(progress).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whether `target` is best reached by going on or by starting again in front of it.
    fn towards(&mut self, target: usize, awaited: bool) -> Next {
        /// Frames that are decoded on the way rather than skipped by a new start.
        const NEAR: usize = 48;
        /// The same while somebody waits.
        const NEAR_AWAITED: usize = 4;
        let brought = target < self.judged || self.came.contains(&target);
        let reach = if awaited { NEAR_AWAITED } else { NEAR };
        let near = match self.source.position() {
            // Up to its aim this run has no later place to start from.
            Some(position) => target <= self.aim.max(position + reach),
            None => !self.source.is_over(),
        };
        if brought || !near && self.source.is_sooner(target) {
            return if awaited { Next::Hasten(target) } else { Next::From(target) };
        }
        self.aim = self.aim.max(target);
        Next::On
    }

    fn keep(&mut self, frame: &Frame) -> Result<(), VideoError> {
        let number = frame.number;
        let room = {
            let mut progress = self.shared.progress();
            let room = self.window(progress.playhead).contains(&number) && number >= self.run_start;
            let room = room && progress.fates.of(number) != Fate::Held;
            if room {
                progress.fates.make_room(number);
            }
            room
        };
        if room {
            self.opened.store.write(frame)?;
        }
        self.came.insert(number);
        let cell = self.cell(frame);
        let mut progress = self.shared.progress();
        if room {
            progress.fates.hold(number);
        }
        Self::judge(&mut self.came, &mut self.judged, number.saturating_sub(MOST_REORDERED), &mut progress.fates);
        let filled = cell.is_some();
        if let Some((cell, picture)) = cell
            && let Some(place) = progress.cells.get_mut(cell)
        {
            *place = Some(Arc::new(picture));
        }
        let arrived = progress.awaited.is_some_and(|n| progress.fates.of(n) != Fate::Unknown);
        if arrived {
            progress.awaited = None;
        }
        drop(progress);
        if arrived || filled {
            self.waker.wake_by_ref();
        }
        Ok(())
    }

    /// Gives up the frames before `passed` that this run should have brought and did not.
    fn judge(came: &mut BTreeSet<usize>, judged: &mut usize, passed: usize, fates: &mut Fates) {
        for number in *judged..passed {
            if !came.remove(&number) {
                fates.lose(number..number + 1);
            }
        }
        *judged = passed.max(*judged);
    }

    /// The cell that shows this frame, if it has none yet.
    fn cell(&self, frame: &Frame) -> Option<(usize, Rgba)> {
        let cell = {
            let progress = self.shared.progress();
            let cells = progress.cells.len();
            let cell = (0..cells).find(|&c| cell_frame(c, cells, self.frames()) == frame.number)?;
            progress.cells[cell].is_none().then_some(cell)?
        };
        Some((cell, frame.thumbnail(self.options.cell_width)))
    }

    /// The stream is at its end: what has not come will not come.
    fn run_ended(&mut self) -> Result<(), VideoError> {
        let mut progress = self.shared.progress();
        Self::judge(&mut self.came, &mut self.judged, self.opened.info.frames, &mut progress.fates);
        progress.awaited = None;
        let nothing = progress.fates.lost() == self.frames();
        drop(progress);
        if nothing && self.take_foreign() {
            return Ok(());
        }
        self.waker.wake_by_ref();
        if nothing {
            let trouble = self.source.trouble().cloned();
            return Err(trouble.unwrap_or(VideoError::Damaged(Damage::NothingDecodable)));
        }
        Ok(())
    }

    /// Begins anew with the user's ffmpeg, where the decoders here got nothing out of the clip and it has the same
    /// frames to give.
    fn take_foreign(&mut self) -> bool {
        let program = self.options.ffmpeg.as_deref().filter(|_| !self.source.is_foreign());
        let clip = program.and_then(|program| Foreign::open(program, self.path, Arc::clone(&self.shared.leash)));
        let info = &self.opened.info;
        let same = |clip: &Foreign| clip.info().layout == info.layout && clip.info().frames == info.frames;
        let Some(clip) = clip.filter(same) else { return false };
        self.source = Source::Foreign(Box::new(clip));
        self.begin_run(0, 0);
        self.shared.progress().fates = Fates::new(self.opened.info.frames, self.opened.store.slots());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_run_from_the_first_frame_to_the_last() {
        let cells: Vec<usize> = (0..5).map(|c| cell_frame(c, 5, 120)).collect();
        assert_eq!(cells, [0, 29, 59, 89, 119]);
        assert_eq!(cell_frame(0, 1, 120), 0);
    }
}
