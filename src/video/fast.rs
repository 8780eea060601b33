//! `rusty_h264-decoder`: the faster decoder, for progressive pictures in 8-bit 4:2:0.

use rust_h264::nal::{NalUnit, NalUnitType, parse_avcc};
use rusty_h264_decoder::{DecodeError, Decoder, Pps, Sps};

use super::engine::{GaveUp, PANICKED, Picture};
use super::error::{Coding, VideoError};
use super::reading;

/// Tells what it takes; it is not asked, since it is wrong on some of the rest and does not say so (0.17): on 8×8
/// transforms together with constrained intra prediction, or with slices that begin within a row of macroblocks.
#[derive(Debug)]
pub(super) struct Judge {
    /// Macroblocks in a row.
    row: u32,
    /// Pictures may have 8×8 transforms.
    is_8x8: bool,
}

impl Judge {
    pub(super) fn new(coded_width: u32) -> Self {
        Self { row: coded_width.div_ceil(16).max(1), is_8x8: false }
    }

    /// Whether all units of a sample are taken.
    pub(super) fn takes(&mut self, bytes: &[u8], nal_length: usize) -> bool {
        reading::nals(bytes, nal_length).all(|nal| self.takes_nal(nal))
    }

    /// Whether a unit is taken, after those before it.
    pub(super) fn takes_nal(&mut self, nal: &[u8]) -> bool {
        if let Some(first) = reading::first_macroblock(nal) {
            return !self.is_8x8 || first % self.row == 0;
        }
        let framed = || [&(nal.len() as u32).to_be_bytes()[..], nal].concat();
        !reading::is_parameter_set(nal) || parse_avcc(&framed(), 4).iter().all(|set| self.takes_set(set))
    }

    fn takes_set(&mut self, set: &NalUnit<'_>) -> bool {
        if set.nal_unit_type == NalUnitType::Sps {
            let parsed = reading::guarded(|| Sps::parse(&set.rbsp));
            return matches!(parsed, Some(Ok(sps)) if sps.frame_crop_left == 0 && sps.frame_crop_top == 0);
        }
        let Some(Ok(pps)) = reading::guarded(|| Pps::parse(&set.rbsp)) else { return false };
        self.is_8x8 |= pps.transform_8x8_mode_flag;
        !(pps.transform_8x8_mode_flag && pps.constrained_intra_pred_flag)
    }
}

#[derive(Default)]
pub(super) struct Fast(Box<Decoder>);

impl Fast {
    /// A sample as [`Self::decode`] takes it: with start codes instead of lengths.
    pub(super) fn stream(bytes: &[u8], nal_length: usize) -> Vec<u8> {
        let mut stream = Vec::with_capacity(bytes.len() + 16);
        for nal in reading::nals(bytes, nal_length) {
            stream.extend_from_slice(&[0, 0, 0, 1]);
            stream.extend_from_slice(nal);
        }
        stream
    }

    /// The picture of a sample, which comes at once.
    pub(super) fn decode(&mut self, sample: usize, stream: &[u8]) -> Result<Option<Picture>, GaveUp> {
        match self.0.decode(stream) {
            Ok(frame) => Ok(frame.map(|frame| Picture {
                sample,
                width: frame.width as u32,
                height: frame.height as u32,
                planes: [frame.y, frame.u, frame.v],
            })),
            Err(DecodeError::Unsupported(what)) => Err(GaveUp(VideoError::Unsupported(Coding::Tool(what)))),
            Err(_) => Err(GaveUp(PANICKED)),
        }
    }
}
