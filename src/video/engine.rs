//! The two H.264 decoders behind one face, and which of them gets a clip.
//!
//! `rusty_h264-decoder` is the faster one and takes progressive 8-bit 4:2:0; `rust_h264` knows
//! the rest (interlaced, 10-bit, 4:2:2, grey, pictures cropped on the left or top) and steps in
//! where the first one gives up. Both are exact against ffmpeg on what they are given here.
//!
//! Pictures come out in decoding order, each with the sample it was coded in. Neither is
//! trusted: every call runs behind a fence, and after a panic the decoder is thrown away.

use rust_h264::decoder::Decoder as Thorough;
use rust_h264::nal::{NalUnit, NalUnitType, SpsInfo, parse_avcc};
use rusty_h264_decoder::Decoder as Fast;

use super::clip;
use super::error::VideoError;
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
    Fast(Box<Fast>),
    /// The picture that comes out is the one before, so its sample is kept here.
    Thorough(Box<Thorough>, Option<usize>),
    /// It panicked and is gone.
    Broken,
}

/// The decoder gave up on a picture.
#[derive(Debug)]
pub(super) struct GaveUp(pub(super) VideoError);

impl Engine {
    /// The decoder that a stream with these parameter sets should go to first.
    pub(super) fn choose(sps: &SpsInfo, parameter_sets: &[Vec<u8>]) -> Kind {
        let plain = sps.progressive && sps.chroma_format == 1 && sps.bit_depth_luma == 8 && sps.bit_depth_chroma == 8;
        let taken = parameter_sets.iter().filter(|set| reading::is_sps(set)).all(|set| fast_takes(set));
        if plain && taken { Kind::Fast } else { Kind::Thorough }
    }

    /// A decoder that has read the parameter sets and nothing else.
    pub(super) fn new(kind: Kind, sps: SpsInfo, parameter_sets: &[Vec<u8>], nal_length: usize) -> Self {
        let inner = match kind {
            Kind::Fast => Inner::Fast(Box::default()),
            Kind::Thorough => Inner::Thorough(Box::default(), None),
        };
        let mut engine = Self { sps, nal_length: 4, kind, inner };
        for set in parameter_sets {
            let framed = [&(set.len() as u32).to_be_bytes()[..], set].concat();
            // A set the decoder refuses shows when a picture asks for it.
            let _ = engine.decode(0, &framed);
        }
        engine.nal_length = nal_length;
        engine
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// It panicked; only a new one can go on.
    pub(super) fn is_broken(&self) -> bool {
        matches!(self.inner, Inner::Broken)
    }

    /// Feeds one sample. What comes out may belong to this sample, to the one before, or be
    /// nothing yet.
    pub(super) fn decode(&mut self, sample: usize, bytes: &[u8]) -> Result<Option<Picture>, GaveUp> {
        self.check_parameter_sets(bytes).map_err(GaveUp)?;
        let nal_length = self.nal_length;
        let inner = &mut self.inner;
        let done = reading::guarded(|| match inner {
            Inner::Fast(decoder) => fast(decoder, sample, bytes, nal_length),
            Inner::Thorough(decoder, pending) => thorough(decoder, pending, sample, bytes, nal_length),
            Inner::Broken => Err(GaveUp(PANICKED)),
        });
        done.unwrap_or_else(|| {
            self.inner = Inner::Broken;
            Err(GaveUp(PANICKED))
        })
    }

    /// The last picture, after the last sample.
    pub(super) fn finish(&mut self) -> Option<Picture> {
        let Inner::Thorough(decoder, pending) = &mut self.inner else { return None };
        let sample = pending.take()?;
        let frame = reading::guarded(|| decoder.flush()).flatten()?;
        Some(from_thorough(sample, frame))
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

const PANICKED: VideoError = VideoError::Damaged("a picture cannot be decoded");

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
    let is_slice = |nal: &NalUnit<'_>| matches!(nal.nal_unit_type, NalUnitType::Slice | NalUnitType::SliceIdr);
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

fn from_thorough(sample: usize, frame: rust_h264::decoder::Frame) -> Picture {
    Picture { sample, width: frame.width, height: frame.height, planes: [frame.y, frame.u, frame.v] }
}
