//! What the faster decoder is exact on, as far as the headers of a stream tell.
//!
//! It is not asked itself, since it is wrong on some of the rest and does not say so (`rusty_h264-decoder` 0.17):
//!
//! - 8×8 transforms together with constrained intra prediction, or with slices that begin within a row of macroblocks:
//!   clips drawn at random showed both. Pictures in several slices are not given to it at all, since it also filters a
//!   whole picture as its last slice asks;
//! - other quantisers for one colour plane than for the other, and the cyclic order of pictures: read in its source;
//! - macroblocks that are stored as they are (`I_PCM`), beside which it filters as if they were quantised. Headers do
//!   not tell of these. Where colours are quantised more coarsely than brightness it shows, and such clips are not
//!   given to it; what is left is listed in `tests/README.md`.

use rust_h264::nal::{NalUnit, NalUnitType, parse_avcc};
use rusty_h264_decoder::{Pps, Sps};

use super::reading;

/// Whether all units of a sample are taken.
pub(super) fn takes(bytes: &[u8], nal_length: usize) -> bool {
    reading::nals(bytes, nal_length).all(takes_nal)
}

/// Whether a unit is taken.
pub(super) fn takes_nal(nal: &[u8]) -> bool {
    if !reading::is_parameter_set(nal) {
        return !reading::continues_a_picture(nal);
    }
    let framed = [&(nal.len() as u32).to_be_bytes()[..], nal].concat();
    parse_avcc(&framed, 4).iter().all(takes_set)
}

fn takes_set(set: &NalUnit<'_>) -> bool {
    if set.nal_unit_type == NalUnitType::Sps {
        let parsed = reading::guarded(|| Sps::parse(&set.rbsp));
        let Some(Ok(sps)) = parsed else { return false };
        return sps.frame_crop_left == 0 && sps.frame_crop_top == 0 && sps.pic_order_cnt_type != 1;
    }
    let Some(Ok(pps)) = reading::guarded(|| Pps::parse(&set.rbsp)) else { return false };
    pps.chroma_qp_index_offset <= 0
        && pps.second_chroma_qp_index_offset == pps.chroma_qp_index_offset
        && !(pps.transform_8x8_mode_flag && pps.constrained_intra_pred_flag)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes an Exp-Golomb code.
    fn code(bits: &mut String, value: u32) {
        let binary = format!("{:b}", value + 1);
        bits.push_str(&"0".repeat(binary.len() - 1));
        bits.push_str(&binary);
    }

    fn signed(bits: &mut String, value: i32) {
        let magnitude = value.unsigned_abs() * 2;
        code(bits, if value > 0 { magnitude - 1 } else { magnitude });
    }

    /// A picture parameter set with these offsets for both colour planes.
    fn pps(offsets: [i32; 2], constrained: bool, large: bool) -> Vec<u8> {
        let flag = |bits: &mut String, on: bool| bits.push(if on { '1' } else { '0' });
        let mut bits = String::new();
        for id in [0, 0] {
            code(&mut bits, id);
        }
        bits.push_str("10");
        // No slice groups; one reference each way.
        for count in [0, 0, 0] {
            code(&mut bits, count);
        }
        bits.push_str("000");
        for value in [0, 0, offsets[0]] {
            signed(&mut bits, value);
        }
        bits.push('1');
        flag(&mut bits, constrained);
        bits.push('0');
        flag(&mut bits, large);
        bits.push('0');
        signed(&mut bits, offsets[1]);
        bits.push('1');
        while !bits.len().is_multiple_of(8) {
            bits.push('0');
        }
        let bytes = bits.as_bytes().chunks(8).map(|byte| u8::from_str_radix(str::from_utf8(byte).unwrap(), 2).unwrap());
        std::iter::once(0x68).chain(bytes).collect()
    }

    #[test]
    fn headers_tell_what_is_not_taken() {
        assert!(takes_nal(&pps([0, 0], false, true)));
        assert!(takes_nal(&pps([-3, -3], true, false)));
        assert!(!takes_nal(&pps([0, 0], true, true)), "constrained prediction with large transforms");
        assert!(!takes_nal(&pps([2, 2], false, true)), "coarse colours");
        assert!(!takes_nal(&pps([-2, 0], false, true)), "each plane its own");
        assert!(takes_nal(&[0x65, 0b1000_0000]) && !takes_nal(&[0x65, 0b0100_0000]), "a second slice");
        assert!(takes_nal(&[0x06, 5, 0]), "what is no picture");
        assert!(!takes_nal(&[0x67, 1]) && !takes_nal(&[0x68]), "half a set");
    }
}
