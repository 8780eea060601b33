//! The H.264 decoders behind one face, and which of them gets a clip.
//!
//! `rusty_h264-decoder` is the faster one of two and takes progressive 8-bit 4:2:0, as far as `judge` finds it exact
//! there; `rust_h264` knows the rest (interlaced, 10-bit, 4:2:2, grey, pictures cropped on the left or top …) and steps
//! in where the first one gives up. Where there is a second processor, two of the faster one share a clip.
//!
//! Pictures come out each with the sample it was coded in. None is trusted: every call runs behind a fence, and
//! after a panic the decoder is thrown away.

use std::collections::VecDeque;
use std::num::NonZero;
use std::thread;

use rust_h264::decoder::Decoder as Thorough;
use rust_h264::nal::{NalUnit, NalUnitType, SpsInfo, parse_avcc};

use super::clip;
use super::error::{Coding, Damage, VideoError};
use super::fast::Fast;
use super::judge;
use super::paired::Paired;
use super::reading;

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
    /// Two of the fast one.
    Paired,
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
    Paired(Box<Paired>),
    Fast(Fast),
    /// The picture that comes out is the one before, so its sample is kept here.
    Thorough(Box<Thorough>, Option<usize>),
    /// It panicked and is gone, with the pictures from this sample on.
    Broken(Option<usize>),
}

/// The decoder gave up on a picture.
#[derive(Debug)]
pub(super) struct GaveUp(pub(super) VideoError);

impl Engine {
    /// The decoder that a stream with these parameter sets should go to first. Where pictures come in another order
    /// than they are shown in there are some that no other leans on.
    pub(super) fn choose(sps: &SpsInfo, parameter_sets: &[Vec<u8>], is_reordered: bool) -> Kind {
        let plain = sps.progressive && sps.chroma_format == 1 && sps.bit_depth_luma == 8 && sps.bit_depth_chroma == 8;
        if !plain || !parameter_sets.iter().all(|set| judge::takes_nal(set)) {
            return Kind::Thorough;
        }
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        if is_reordered && processors > 1 && clip::has_room_for_two(sps) { Kind::Paired } else { Kind::Fast }
    }

    /// A decoder that has read the parameter sets and nothing else.
    pub(super) fn new(kind: Kind, sps: SpsInfo, parameter_sets: &[Vec<u8>], nal_length: usize) -> Self {
        let paired = (kind == Kind::Paired).then(Paired::new).flatten();
        let (kind, inner) = match (kind, paired) {
            (Kind::Paired, Some(paired)) => (kind, Inner::Paired(Box::new(paired))),
            (Kind::Paired | Kind::Fast, _) => (Kind::Fast, Inner::Fast(Fast::default())),
            (Kind::Thorough, _) => (kind, Inner::Thorough(Box::default(), None)),
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
            Inner::Paired(decoder) => decoder.oldest(),
            Inner::Thorough(_, pending) => *pending,
            Inner::Fast(_) => None,
            Inner::Broken(oldest) => *oldest,
        }
    }

    /// Feeds one sample. What comes out goes to `ready`, and may belong to this sample or to some before.
    pub(super) fn decode(&mut self, sample: usize, bytes: &[u8], ready: &mut VecDeque<Picture>) -> Result<(), GaveUp> {
        self.check_parameter_sets(bytes).map_err(GaveUp)?;
        let nal_length = self.nal_length;
        if self.kind != Kind::Thorough && !judge::takes(bytes, nal_length) {
            return Err(GaveUp(UNDECODABLE));
        }
        self.fenced(|inner| {
            match inner {
                Inner::Paired(decoder) => return decoder.decode(sample, bytes, nal_length, ready),
                Inner::Fast(decoder) => ready.extend(decoder.decode(sample, &Fast::stream(bytes, nal_length))?),
                Inner::Thorough(decoder, pending) => {
                    ready.extend(thorough(decoder, pending, sample, bytes, nal_length)?);
                }
                Inner::Broken(_) => return Err(GaveUp(UNDECODABLE)),
            }
            Ok(())
        })
    }

    /// The last pictures, after the last sample.
    pub(super) fn finish(&mut self, ready: &mut VecDeque<Picture>) -> Result<(), GaveUp> {
        self.fenced(|inner| match inner {
            Inner::Paired(decoder) => decoder.finish(ready),
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
            Err(GaveUp(UNDECODABLE))
        })
    }

    /// A picture format that changes midway would outgrow what was allowed at opening.
    fn check_parameter_sets(&self, bytes: &[u8]) -> Result<(), VideoError> {
        for nal in reading::nals(bytes, self.nal_length).filter(|nal| reading::is_sps(nal)) {
            let framed = [&(nal.len() as u32).to_be_bytes()[..], nal].concat();
            for nal in &parse_avcc(&framed, 4) {
                let sps = reading::guarded(|| clip::read_sps(nal)).unwrap_or(Err(UNDECODABLE))?;
                if !clip::same_picture(&self.sps, &sps) {
                    return Err(VideoError::Unsupported(Coding::SizeChanges));
                }
            }
        }
        Ok(())
    }
}

pub(super) const UNDECODABLE: VideoError = VideoError::Damaged(Damage::PictureUndecodable);

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
            Err(GaveUp(VideoError::Unsupported(Coding::named(what))))
        }
        (None, Some(_)) => Err(GaveUp(UNDECODABLE)),
        (out, _) => Ok(out),
    }
}

fn from_thorough(sample: usize, frame: rust_h264::decoder::Frame) -> Picture {
    Picture { sample, width: frame.width, height: frame.height, planes: [frame.y, frame.u, frame.v] }
}

fn is_slice(nal: &NalUnit<'_>) -> bool {
    matches!(nal.nal_unit_type, NalUnitType::Slice | NalUnitType::SliceIdr)
}
