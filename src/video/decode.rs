//! From a clip to its frames: decoding from any point on, and in the order of showing.
//!
//! Owns the choice of where to start, the fall-back from one decoder to the other, cutting by
//! the edit list and turning pictures upright. Keeps no frame: that is the store's business.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::Arc;

use super::clip::Clip;
use super::engine::{Engine, GaveUp, Kind, Picture};
use super::error::{Damage, VideoError};
use super::foreign::{self, Foreign};
use super::frame::Frame;
use super::reading;

/// H.264 never needs more frames than this to put a picture in its place.
pub(super) const MOST_REORDERED: usize = 32;

/// A clip on its way through a decoder.
pub(super) struct Decoding {
    clip: Clip,
    engine: Engine,
    /// For each sample, its place in the order of showing.
    number: Vec<Option<u32>>,
    /// Next sample to feed.
    next: usize,
    /// Where this run began: pictures shown before it lean on ones it never saw.
    began: usize,
    /// On the way to this frame, pictures in front of it that no other leans on are left out.
    needed: Option<usize>,
    /// A fall-back decodes again what came out already; this many samples stay silent.
    silent: usize,
    finished: bool,
    /// The decoder is new and knows nothing: pictures wait for one that stands alone.
    blind: bool,
    bytes: Vec<u8>,
    /// Pictures that came out and were not taken yet.
    ready: VecDeque<Picture>,
    /// The first reason why a picture is missing.
    trouble: Option<VideoError>,
}

impl Decoding {
    pub(super) fn new(clip: Clip) -> Self {
        let kind = Engine::choose(&clip.sps, &clip.movie.parameter_sets, is_reordered(&clip));
        Self::by(clip, kind)
    }

    /// Decodes with a decoder of this kind.
    pub(super) fn by(clip: Clip, kind: Kind) -> Self {
        let mut number = vec![None; clip.movie.samples.len()];
        for (place, &sample) in clip.movie.shown.iter().enumerate() {
            number[sample as usize] = Some(place as u32);
        }
        let engine = Self::engine(&clip, kind);
        Self {
            clip,
            engine,
            number,
            next: 0,
            began: 0,
            needed: None,
            silent: 0,
            finished: false,
            blind: false,
            bytes: Vec::new(),
            ready: VecDeque::new(),
            trouble: None,
        }
    }

    fn engine(clip: &Clip, kind: Kind) -> Engine {
        Engine::new(kind, clip.sps, &clip.movie.parameter_sets, clip.movie.nal_length)
    }

    /// Why a picture is missing, if one is.
    pub(super) fn trouble(&self) -> Option<&VideoError> {
        self.trouble.as_ref()
    }

    /// The earliest frame among those that are still to be fed; `None` at the end.
    pub(super) fn position(&self) -> Option<usize> {
        // Later samples are never shown earlier than those within reach of reordering.
        let near = self.number.iter().skip(self.next).flatten().take(MOST_REORDERED);
        near.min().map(|&n| n as usize)
    }

    /// Whether frame `number` comes sooner when decoding starts again in front of it than when it goes on.
    pub(super) fn is_sooner(&mut self, number: usize) -> bool {
        let sample = self.clip.movie.shown.get(number).map_or(0, |&n| n as usize);
        if sample < self.next {
            // It is on its way, or it is left behind.
            return self.engine.oldest().is_none_or(|oldest| sample < oldest);
        }
        self.fresh_start(sample) > self.next
    }

    /// True once the last picture has come out.
    pub(super) fn is_over(&self) -> bool {
        self.finished && self.ready.is_empty()
    }

    /// Feeds samples until a frame comes out; frames come in decoding order. `None` after the last.
    pub(super) fn next_frame(&mut self) -> Option<Frame> {
        loop {
            let picture = self.next_picture()?;
            if picture.sample < self.silent {
                continue;
            }
            if let Some(frame) = self.frame(picture) {
                return Some(frame);
            }
        }
    }

    fn next_picture(&mut self) -> Option<Picture> {
        loop {
            if let Some(picture) = self.ready.pop_front() {
                return Some(picture);
            }
            if self.next < self.clip.movie.samples.len() {
                self.feed();
            } else if std::mem::replace(&mut self.finished, true) {
                return None;
            } else if let Err(gave_up) = self.engine.finish(&mut self.ready) {
                self.gave_up(gave_up, self.next.saturating_sub(1));
            }
        }
    }

    /// Feeds the next sample.
    fn feed(&mut self) {
        let index = self.next;
        let sample = self.clip.movie.samples[index];
        self.next += 1;
        if let Err(error) = reading::sample(&mut self.clip.file, sample, &mut self.bytes) {
            self.trouble.get_or_insert(error);
            return;
        }
        if self.blind && !reading::is_fresh_start(&self.bytes, self.clip.movie.nal_length) {
            return;
        }
        self.blind = false;
        let in_front = self.needed.is_some_and(|needed| self.number[index].is_some_and(|n| (n as usize) < needed));
        if in_front && reading::is_disposable(&self.bytes, self.clip.movie.nal_length) {
            return;
        }
        if let Err(gave_up) = self.engine.decode(index, &self.bytes, &mut self.ready) {
            self.gave_up(gave_up, index);
        }
    }

    /// Goes on with a decoder that takes more, or without the picture at `failed`.
    fn gave_up(&mut self, gave_up: GaveUp, failed: usize) {
        let kind = self.engine.kind();
        if kind == Kind::Paired {
            // Why, the next one says better. Pictures that came out already may come again.
            let oldest = self.engine.oldest().unwrap_or(failed);
            self.fall_back(Kind::Fast, oldest.min(failed));
            return;
        }
        if kind == Kind::Thorough {
            self.trouble.get_or_insert(gave_up.0);
        }
        match kind {
            Kind::Fast => {
                self.silent = self.silent.max(failed);
                self.fall_back(Kind::Thorough, failed);
            }
            Kind::Thorough if self.engine.is_broken() => {
                self.engine = Self::engine(&self.clip, Kind::Thorough);
                self.blind = true;
            }
            Kind::Paired | Kind::Thorough => {}
        }
    }

    /// Another decoder takes over from the last point at which one can start afresh.
    fn fall_back(&mut self, kind: Kind, failed: usize) {
        let start = self.fresh_start(failed).max(self.began);
        self.engine = Self::engine(&self.clip, kind);
        self.next = start;
        self.finished = false;
    }

    /// The last sample up to `sample` at which decoding can start with nothing known before.
    fn fresh_start(&mut self, sample: usize) -> usize {
        let mut bytes = Vec::new();
        for n in (1..=sample).rev() {
            let candidate = self.clip.movie.samples[n];
            if candidate.sync
                && reading::sample(&mut self.clip.file, candidate, &mut bytes).is_ok()
                && reading::is_fresh_start(&bytes, self.clip.movie.nal_length)
            {
                return n;
            }
        }
        0
    }

    /// Starts again so that frame `number` comes out as soon as it can, and exact. Frames on the way may be left out.
    pub(super) fn hasten(&mut self, number: usize) {
        self.seek(number);
        self.needed = Some(number);
    }

    /// Starts again so that frame `number` comes out soon and exact.
    pub(super) fn seek(&mut self, number: usize) {
        let sample = self.clip.movie.shown.get(number).map_or(0, |&n| n as usize);
        let start = self.fresh_start(sample);
        let kind = self.engine.kind();
        self.engine = Self::engine(&self.clip, kind);
        self.next = start;
        self.began = start;
        self.needed = None;
        self.silent = start;
        self.finished = false;
        self.blind = false;
        self.ready.clear();
    }

    /// The picture as a frame, upright; `None` where the edit list cuts it away or it has
    /// another size than the headers promised.
    fn frame(&mut self, picture: Picture) -> Option<Frame> {
        let number = self.number[picture.sample]? as usize;
        let layout = self.clip.info.layout;
        let turn = self.clip.movie.turn;
        let bytes = layout.sample_bytes();
        let (wide, high) = (picture.width as usize, picture.height as usize);
        let chroma = (wide.div_ceil(2), if layout.tall_chroma { high } else { high.div_ceil(2) });
        let sizes = [(wide, high), chroma, chroma];
        let fits = turn.size(picture.width, picture.height) == (layout.width, layout.height)
            && picture.planes.iter().zip(sizes).all(|(plane, (w, h))| plane.len() == w * h * bytes);
        if !fits {
            self.trouble.get_or_insert(VideoError::Damaged(Damage::OtherSize));
            return None;
        }
        let samples = if turn.is_none() {
            // Luma stays where it is: it is two thirds of what would have to be copied.
            let [mut samples, u, v] = picture.planes;
            samples.reserve_exact(u.len() + v.len());
            samples.extend_from_slice(&u);
            samples.extend_from_slice(&v);
            samples
        } else {
            let mut samples = Vec::with_capacity(layout.frame_bytes());
            for (plane, (w, h)) in picture.planes.iter().zip(sizes) {
                turn.plane(plane, w, h, bytes, &mut samples);
            }
            samples
        };
        Some(Frame::new(number, layout, self.clip.info.colour, samples))
    }
}

/// Whether pictures come in another order than they are shown in, by the times in the index.
fn is_reordered(clip: &Clip) -> bool {
    !clip.movie.samples.is_sorted_by_key(|sample| sample.time)
}

/// The frames of a clip in the order they are shown, each exact.
///
/// Ends after the last frame that can be decoded; a clip of which none can be is an error.
pub struct Frames {
    decoding: Decoding,
    early: BTreeMap<usize, Frame>,
    next: usize,
    any: bool,
    over: bool,
}

/// Decodes the clip at `path` from start to end.
pub fn frames(path: &Path) -> Result<Frames, VideoError> {
    Ok(Frames::of(Decoding::new(Clip::open(path)?)))
}

impl Frames {
    pub(super) fn of(decoding: Decoding) -> Self {
        Self { decoding, early: BTreeMap::new(), next: 0, any: false, over: false }
    }

    /// The decoder at work.
    #[cfg(test)]
    pub(super) fn kind(&self) -> Kind {
        self.decoding.engine.kind()
    }

    /// A frame that is due: the next one, or the first of many that wait for one that is lost.
    fn due(&mut self, at_end: bool) -> Option<Frame> {
        let entry = self.early.first_entry()?;
        let due = *entry.key() <= self.next || at_end || self.early.len() > MOST_REORDERED;
        if !due {
            return None;
        }
        let (number, frame) = self.early.pop_first()?;
        self.next = number + 1;
        Some(frame)
    }
}

impl Iterator for Frames {
    type Item = Result<Frame, VideoError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            if let Some(frame) = self.due(false) {
                self.any = true;
                return Some(Ok(frame));
            }
            match self.decoding.next_frame() {
                // Where a decoder gave up, some come twice.
                Some(frame) if frame.number < self.next => {}
                Some(frame) => drop(self.early.insert(frame.number, frame)),
                None => self.over = true,
            }
        }
        if let Some(frame) = self.due(true) {
            self.any = true;
            return Some(Ok(frame));
        }
        let nothing = !std::mem::replace(&mut self.any, true);
        nothing.then(|| {
            let trouble = self.decoding.trouble().cloned();
            Err(trouble.unwrap_or(VideoError::Damaged(Damage::NothingDecodable)))
        })
    }
}

/// The MD5 of each frame in the order of showing: the last column of
/// `ffmpeg -i CLIP -map 0:v:0 -fps_mode passthrough -f framemd5 -`.
pub fn frame_md5s(path: &Path) -> Result<impl Iterator<Item = Result<String, VideoError>>, VideoError> {
    Ok(frames(path)?.map(|frame| frame.map(|frame| frame.md5())))
}

/// As [`frames`]; `ffmpeg` decodes where the clip is coded in a way that is not known here, into 8-bit 4:2:0.
pub fn frames_through(
    path: &Path,
    ffmpeg: Option<&Path>,
) -> Result<Box<dyn Iterator<Item = Result<Frame, VideoError>>>, VideoError> {
    let error = match frames(path) {
        Ok(frames) => return Ok(Box::new(frames)),
        Err(error) => error,
    };
    let program = ffmpeg.filter(|_| error.is_about_coding());
    let mut clip = program.and_then(|program| Foreign::open(program, path, Arc::default())).ok_or(error)?;
    Ok(Box::new(std::iter::from_fn(move || clip.next_frame()).map(Ok)))
}

/// Exactly frame `number`, counted from 0. `ffmpeg` is asked where the clip is coded in a way that is not known here.
pub fn frame_at(path: &Path, number: usize, ffmpeg: Option<&Path>) -> Result<Frame, VideoError> {
    own_frame_at(path, number).or_else(|error| foreign_frame(path, Some(number), ffmpeg, error))
}

/// The last frame of the clip: of a damaged one, the last that can be decoded.
pub fn last_frame(path: &Path, ffmpeg: Option<&Path>) -> Result<Frame, VideoError> {
    own_last_frame(path).or_else(|error| foreign_frame(path, None, ffmpeg, error))
}

fn foreign_frame(
    path: &Path,
    number: Option<usize>,
    ffmpeg: Option<&Path>,
    error: VideoError,
) -> Result<Frame, VideoError> {
    let program = ffmpeg.filter(|_| error.is_about_coding());
    program.and_then(|program| foreign::frame_at(program, path, number)).ok_or(error)
}

fn own_frame_at(path: &Path, number: usize) -> Result<Frame, VideoError> {
    let clip = Clip::open(path)?;
    if number >= clip.info.frames {
        return Err(VideoError::NoFrame(number));
    }
    let mut decoding = Decoding::new(clip);
    decoding.hasten(number);
    while let Some(frame) = decoding.next_frame() {
        if frame.number == number {
            return Ok(frame);
        }
    }
    Err(decoding.trouble().cloned().unwrap_or(VideoError::NoFrame(number)))
}

fn own_last_frame(path: &Path) -> Result<Frame, VideoError> {
    let clip = Clip::open(path)?;
    let last = clip.info.frames - 1;
    let mut decoding = Decoding::new(clip);
    decoding.seek(last);
    let mut best = last_of(&mut decoding);
    if best.is_none() {
        decoding.seek(0);
        best = last_of(&mut decoding);
    }
    best.ok_or_else(|| decoding.trouble().cloned().unwrap_or(VideoError::NoFrame(last)))
}

fn last_of(decoding: &mut Decoding) -> Option<Frame> {
    let mut best: Option<Frame> = None;
    while let Some(frame) = decoding.next_frame() {
        if best.as_ref().is_none_or(|b| b.number <= frame.number) {
            best = Some(frame);
        }
    }
    best
}
