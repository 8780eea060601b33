//! The H.264 decoders behind one face, and which of them gets a clip.
//!
//! `rusty_h264-decoder` is the faster one of two and takes progressive 8-bit 4:2:0; `rust_h264` knows
//! the rest (interlaced, 10-bit, 4:2:2, grey, pictures cropped on the left or top) and steps in
//! where the first one gives up. It also has threads, which make it the fastest where there are processors for
//! them. All are exact against ffmpeg on what they are given here.
//!
//! Pictures come out each with the sample it was coded in. None is trusted: every call runs behind a fence, and
//! after a panic the decoder is thrown away.

use std::collections::VecDeque;

use rust_h264::decoder::Decoder as Thorough;
use rust_h264::nal::{SpsInfo, parse_avcc};
use rusty_h264_decoder::Decoder as Fast;

use super::clip;
use super::error::VideoError;
use super::parallel::{Parallel, is_slice};
use super::reading;

/// More pictures at once than this would only take memory.
const MOST_THREADS: usize = 8;

/// A picture as it was coded: cropped, not yet turned.
pub(super) struct Picture {
    /// Index of its sample.
    pub(super) sample: usize,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Y, U, V, tightly packed.
    pub(super) planes: [Vec<u8>; 3],
}

/// Which decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Several pictures at once; none comes after more than `depth` that are shown later.
    Parallel {
        threads: usize,
        depth: usize,
    },
    Fast,
    Thorough,
}

/// A decoder at work.
pub(super) struct Engine {
    sps: SpsInfo,
    nal_length: usize,
    kind: Kind,
    inner: Inner,
}

enum Inner {
    Parallel(Box<Parallel>),
    Fast(Box<Fast>),
    /// The picture that comes out is the one before, so its sample is kept here.
    Thorough(Box<Thorough>, Option<usize>),
    /// It panicked and is gone, with the pictures from this sample on.
    Broken(Option<usize>),
}

/// The decoder gave up on a picture.
#[derive(Debug)]
pub(super) struct GaveUp(pub(super) VideoError);

impl Engine {
    /// The decoder that a stream with these parameter sets should go to first. None of its pictures comes after more
    /// than `depth` that are shown later.
    pub(super) fn choose(sps: &SpsInfo, parameter_sets: &[Vec<u8>], depth: usize) -> Kind {
        let plain = sps.progressive && sps.chroma_format == 1 && sps.bit_depth_luma == 8 && sps.bit_depth_chroma == 8;
        let taken = parameter_sets.iter().filter(|set| reading::is_sps(set)).all(|set| fast_takes(set));
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        match (plain && taken, processors) {
            (false, _) => Kind::Thorough,
            (true, 1) => Kind::Fast,
            // One more than there are processors for: now and then one waits for another.
            (true, several) => Kind::Parallel { threads: (several + 1).min(MOST_THREADS), depth },
        }
    }

    /// A decoder that has read the parameter sets and nothing else.
    pub(super) fn new(kind: Kind, sps: SpsInfo, parameter_sets: &[Vec<u8>], nal_length: usize) -> Self {
        let inner = match kind {
            Kind::Parallel { threads, depth } => Inner::Parallel(Box::new(Parallel::new(threads, depth))),
            Kind::Fast => Inner::Fast(Box::default()),
            Kind::Thorough => Inner::Thorough(Box::default(), None),
        };
        let mut engine = Self { sps, nal_length: 4, kind, inner };
        for set in parameter_sets {
            let framed = [&(set.len() as u32).to_be_bytes()[..], set].concat();
            // A set the decoder refuses shows when a picture asks for it.
            let _ = engine.decode(0, &framed, &mut VecDeque::new());
        }
        engine.nal_length = nal_length;
        engine
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// It panicked; only a new one can go on.
    pub(super) fn is_broken(&self) -> bool {
        matches!(self.inner, Inner::Broken(_))
    }

    /// The first sample that was fed and whose picture may still come out.
    pub(super) fn oldest(&self) -> Option<usize> {
        match &self.inner {
            Inner::Parallel(decoder) => decoder.oldest(),
            Inner::Thorough(_, pending) => *pending,
            Inner::Fast(_) => None,
            Inner::Broken(oldest) => *oldest,
        }
    }

    /// Feeds one sample. What comes out goes to `ready`, and may belong to this sample or to some before.
    pub(super) fn decode(&mut self, sample: usize, bytes: &[u8], ready: &mut VecDeque<Picture>) -> Result<(), GaveUp> {
        self.check_parameter_sets(bytes).map_err(GaveUp)?;
        let nal_length = self.nal_length;
        self.fenced(|inner| {
            match inner {
                Inner::Parallel(decoder) => return decoder.decode(sample, bytes, nal_length, ready),
                Inner::Fast(decoder) => ready.extend(fast(decoder, sample, bytes, nal_length)?),
                Inner::Thorough(decoder, pending) => {
                    ready.extend(thorough(decoder, pending, sample, bytes, nal_length)?);
                }
                Inner::Broken(_) => return Err(GaveUp(PANICKED)),
            }
            Ok(())
        })
    }

    /// The last pictures, after the last sample.
    pub(super) fn finish(&mut self, ready: &mut VecDeque<Picture>) -> Result<(), GaveUp> {
        self.fenced(|inner| match inner {
            Inner::Parallel(decoder) => decoder.finish(ready),
            Inner::Thorough(decoder, pending) => {
                let last = pending.take().and_then(|sample| Some(from_thorough(sample, decoder.flush()?)));
                ready.extend(last);
                Ok(())
            }
            Inner::Fast(_) | Inner::Broken(_) => Ok(()),
        })
    }

    /// Lets the decoder work; it is gone where it panics.
    fn fenced(&mut self, work: impl FnOnce(&mut Inner) -> Result<(), GaveUp>) -> Result<(), GaveUp> {
        let (oldest, inner) = (self.oldest(), &mut self.inner);
        reading::guarded(|| work(inner)).unwrap_or_else(|| {
            self.inner = Inner::Broken(oldest);
            Err(GaveUp(PANICKED))
        })
    }

    /// A picture format that changes midway would outgrow what was allowed at opening.
    fn check_parameter_sets(&self, bytes: &[u8]) -> Result<(), VideoError> {
        for nal in reading::nals(bytes, self.nal_length).filter(|nal| reading::is_sps(nal)) {
            let framed = [&(nal.len() as u32).to_be_bytes()[..], nal].concat();
            for nal in &parse_avcc(&framed, 4) {
                let sps = reading::guarded(|| clip::read_sps(nal)).unwrap_or(Err(PANICKED))?;
                if !clip::same_picture(&self.sps, &sps) {
                    return Err(VideoError::Unsupported("its picture size changes".into()));
                }
            }
        }
        Ok(())
    }
}

pub(super) const PANICKED: VideoError = VideoError::Damaged("a picture cannot be decoded");

/// Whether the fast decoder knows a sequence parameter set and crops as it asks.
fn fast_takes(set: &[u8]) -> bool {
    let framed = [&(set.len() as u32).to_be_bytes()[..], set].concat();
    let nals = parse_avcc(&framed, 4);
    nals.iter().all(|nal| {
        let parsed = reading::guarded(|| rusty_h264_decoder::Sps::parse(&nal.rbsp));
        matches!(parsed, Some(Ok(sps)) if sps.frame_crop_left == 0 && sps.frame_crop_top == 0)
    })
}

fn fast(decoder: &mut Fast, sample: usize, bytes: &[u8], nal_length: usize) -> Result<Option<Picture>, GaveUp> {
    // It takes start codes instead of lengths.
    let mut stream = Vec::with_capacity(bytes.len() + 16);
    for nal in reading::nals(bytes, nal_length) {
        stream.extend_from_slice(&[0, 0, 0, 1]);
        stream.extend_from_slice(nal);
    }
    match decoder.decode(&stream) {
        Ok(frame) => Ok(frame.map(|frame| Picture {
            sample,
            width: frame.width as u32,
            height: frame.height as u32,
            planes: [frame.y, frame.u, frame.v],
        })),
        Err(rusty_h264_decoder::DecodeError::Unsupported(what)) => {
            Err(GaveUp(VideoError::Unsupported(what.to_owned())))
        }
        Err(_) => Err(GaveUp(PANICKED)),
    }
}

fn thorough(
    decoder: &mut Thorough,
    pending: &mut Option<usize>,
    sample: usize,
    bytes: &[u8],
    nal_length: usize,
) -> Result<Option<Picture>, GaveUp> {
    let mut out = None;
    let mut error = None;
    for nal in &parse_avcc(bytes, nal_length) {
        match decoder.decode_nal(nal) {
            Ok(Some(frame)) => {
                if let Some(earlier) = pending.take() {
                    out = Some(from_thorough(earlier, frame));
                }
            }
            Ok(None) => {}
            Err(e) => error = Some(e),
        }
        if is_slice(nal) && error.is_none() {
            *pending = Some(sample);
        }
    }
    match (out, error) {
        (None, Some(rust_h264::error::DecodeError::Unsupported(what))) => {
            Err(GaveUp(VideoError::Unsupported(what.to_owned())))
        }
        (None, Some(_)) => Err(GaveUp(PANICKED)),
        (out, _) => Ok(out),
    }
}

pub(super) fn from_thorough(sample: usize, frame: rust_h264::decoder::Frame) -> Picture {
    Picture { sample, width: frame.width, height: frame.height, planes: [frame.y, frame.u, frame.v] }
}
