//! `rusty_h264-decoder`: the faster decoder, for progressive pictures in 8-bit 4:2:0.

use rust_h264::nal::{NalUnitType, parse_avcc};
use rusty_h264_decoder::{DecodeError, Decoder, Pps, Sps};

use super::engine::{GaveUp, PANICKED, Picture};
use super::error::{Coding, VideoError};
use super::reading;

#[derive(Default)]
pub(super) struct Fast(Box<Decoder>);

impl Fast {
    /// Whether it is exact on pictures with this parameter set. A unit that is none is no hindrance.
    pub(super) fn takes(set: &[u8]) -> bool {
        let framed = [&(set.len() as u32).to_be_bytes()[..], set].concat();
        parse_avcc(&framed, 4).iter().all(|nal| match nal.nal_unit_type {
            NalUnitType::Sps => {
                let parsed = reading::guarded(|| Sps::parse(&nal.rbsp));
                matches!(parsed, Some(Ok(sps)) if sps.frame_crop_left == 0 && sps.frame_crop_top == 0)
            }
            NalUnitType::Pps => {
                let parsed = reading::guarded(|| Pps::parse(&nal.rbsp));
                // With both it predicts wrongly, and does not say so (0.17).
                matches!(parsed, Some(Ok(pps)) if !(pps.constrained_intra_pred_flag && pps.transform_8x8_mode_flag))
            }
            _ => true,
        })
    }

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
