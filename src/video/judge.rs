//! What the faster decoder is exact on, as far as the headers of a stream tell.
//!
//! It is not asked itself, since it is wrong on some of the rest and does not say so (`rusty_h264-decoder` 0.17): on 8×8
//! transforms together with constrained intra prediction, or with slices that begin within a row of macroblocks. It
//! also filters beside macroblocks that are stored as they are (`I_PCM`) as if those were quantised. Headers do not
//! tell of these; it shows with ordinary settings only where colours are quantised more coarsely than brightness.

use rust_h264::nal::{NalUnit, NalUnitType, parse_avcc};
use rusty_h264_decoder::{Pps, Sps};

use super::reading;

/// Follows the headers of one stream.
#[derive(Debug)]
pub(super) struct Judge {
    /// Macroblocks in a row.
    row: u32,
    /// Pictures may have 8×8 transforms.
    is_8x8: bool,
}

impl Judge {
    /// `coded_width` in pixels.
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
        let is_coarse = pps.chroma_qp_index_offset.max(pps.second_chroma_qp_index_offset) > 0;
        !(is_coarse || pps.transform_8x8_mode_flag && pps.constrained_intra_pred_flag)
    }
}
