//! Where a coded picture belongs in the order of showing, read from its own header.
//!
//! Owns what of the parameter sets and slice headers that takes: progressive H.264 that counts its pictures directly
//! or by their frame numbers. Nothing is decoded. A picture whose place cannot be told has none.

use std::collections::BTreeMap;

use rust_h264::nal::{NalUnit, NalUnitType};
use rusty_h264_decoder::{Pps, Sps};

/// A picture's place among all of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Counts the pictures at which everything begins anew.
    period: u32,
    /// H.264's picture order count, from the start of the period.
    pub(super) count: i32,
}

/// Follows the pictures of a stream in the order they are coded in.
#[derive(Debug, Default)]
pub(super) struct PictureOrder {
    sps: BTreeMap<u32, Sps>,
    pps: BTreeMap<u32, Pps>,
    period: u32,
    /// Of the last picture that others lean on: the high and the low part of its count.
    high: i32,
    low: i32,
    /// Of the last picture: its frame number, and what was added to it as numbers began anew.
    number: u32,
    offset: i64,
}

impl PictureOrder {
    /// Takes note of a parameter set; other NAL units mean nothing here.
    pub(super) fn learn(&mut self, nal: &NalUnit<'_>) {
        match nal.nal_unit_type {
            NalUnitType::Sps => {
                if let Ok(sps) = Sps::parse(&nal.rbsp) {
                    self.sps.insert(sps.seq_parameter_set_id, sps);
                }
            }
            NalUnitType::Pps => {
                if let Ok(pps) = Pps::parse(&nal.rbsp) {
                    self.pps.insert(pps.pic_parameter_set_id, pps);
                }
            }
            _ => {}
        }
    }

    /// The place of the picture that begins with this slice; `None` where it cannot be told, or begins with another.
    pub(super) fn place(&mut self, nal: &NalUnit<'_>) -> Option<Place> {
        let mut bits = Bits { bytes: &nal.rbsp, at: 0 };
        let first = bits.number()? == 0;
        let _kind = bits.number()?;
        let pps = self.pps.get(&bits.number()?)?;
        let sps = self.sps.get(&pps.seq_parameter_set_id).filter(|sps| first && sps.frame_mbs_only)?;
        let number = bits.take(sps.log2_max_frame_num)?;
        let anew = nal.nal_unit_type == NalUnitType::SliceIdr;
        if anew {
            let _id = bits.number()?;
            self.period += 1;
            (self.high, self.low, self.offset, self.number) = (0, 0, 0, 0);
        }
        let leant_on = nal.nal_ref_idc != 0;
        let count = match sps.pic_order_cnt_type {
            0 => {
                let low = i32::try_from(bits.take(sps.log2_max_pic_order_cnt_lsb)?).ok()?;
                let below = if pps.bottom_field_pic_order_present { bits.signed()? } else { 0 };
                let high = self.high_part(low, 1 << sps.log2_max_pic_order_cnt_lsb.min(16));
                if leant_on {
                    (self.high, self.low) = (high, low);
                }
                (high + low).checked_add(below.min(0))?
            }
            2 => {
                self.offset += if self.number > number { 1 << sps.log2_max_frame_num.min(16) } else { 0 };
                self.number = number;
                let doubled = 2 * (self.offset + i64::from(number));
                i32::try_from(if anew { 0 } else { doubled - i64::from(!leant_on) }).ok()?
            }
            _ => return None,
        };
        Some(Place { period: self.period, count })
    }

    /// The high part of a count whose low part turns over at `turn`.
    fn high_part(&self, low: i32, turn: i32) -> i32 {
        if low < self.low && self.low - low >= turn / 2 {
            self.high + turn
        } else if low > self.low && low - self.low > turn / 2 {
            self.high - turn
        } else {
            self.high
        }
    }
}

/// Bits of a header, from the left.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn bit(&mut self) -> Option<u32> {
        let byte = self.bytes.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Some(u32::from(bit))
    }

    fn take(&mut self, count: u32) -> Option<u32> {
        (0..count.min(32)).try_fold(0, |value: u32, _| Some(value << 1 | self.bit()?))
    }

    /// A number in Exp-Golomb code.
    fn number(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while self.bit()? == 0 {
            zeros += 1;
            if zeros > 31 {
                return None;
            }
        }
        Some((1 << zeros) - 1 + self.take(zeros)?)
    }

    /// A signed number in Exp-Golomb code.
    fn signed(&mut self) -> Option<i32> {
        let code = i64::from(self.number()?);
        i32::try_from(if code % 2 == 0 { -code / 2 } else { code / 2 + 1 }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_of_their_code() {
        // 1, 010, 011, 00100, 00111, then the signed 00101.
        let mut bits = Bits { bytes: &[0b1010_0110, 0b0100_0011, 0b1001_0100], at: 0 };
        let plain: Vec<u32> = (0..5).filter_map(|_| bits.number()).collect();
        assert_eq!(plain, [0, 1, 2, 3, 6]);
        assert_eq!(bits.signed(), Some(-2));
        assert_eq!(bits.number(), None, "the end");
        assert_eq!(Bits { bytes: &[0; 8], at: 0 }.number(), None);
    }

    #[test]
    fn the_count_goes_on_where_its_low_part_turns_over() {
        let order = PictureOrder { high: 16, low: 14, ..PictureOrder::default() };
        assert_eq!(order.high_part(2, 16), 32);
        assert_eq!(order.high_part(12, 16), 16);
        let order = PictureOrder { high: 16, low: 1, ..PictureOrder::default() };
        assert_eq!(order.high_part(15, 16), 0);
    }
}
