//! A decoder that works on several pictures at once.
//!
//! `rust_h264`'s threads hand pictures out in the order of showing and tell of each its picture order count. Which
//! sample that is, is told here, from the samples' own headers. Whatever does not come exactly as those say ends this
//! decoder: one that works on one picture at a time goes on.

use std::collections::{BTreeMap, VecDeque};

use rust_h264::nal::{NalUnit, NalUnitType, parse_avcc};
use rust_h264::threading::ThreadedDecoder;

use super::engine::{GaveUp, PANICKED, Picture, from_thorough};
use super::order::{PictureOrder, Place};

/// A decoder with threads of its own.
pub(super) struct Parallel {
    decoder: ThreadedDecoder,
    order: PictureOrder,
    /// Samples that were fed and whose pictures are still to come.
    due: BTreeMap<Place, usize>,
}

impl Parallel {
    /// Works on `threads` pictures at once. No picture of the stream comes after more than `depth` that are shown
    /// later.
    pub(super) fn new(threads: usize, depth: usize) -> Self {
        Self {
            decoder: ThreadedDecoder::with_max_depth(threads, depth),
            order: PictureOrder::default(),
            due: BTreeMap::new(),
        }
    }

    /// The first sample whose picture is still to come.
    pub(super) fn oldest(&self) -> Option<usize> {
        self.due.values().min().copied()
    }

    /// Feeds one sample. Pictures that came out go to `ready`; they may be those of samples long before.
    pub(super) fn decode(
        &mut self,
        sample: usize,
        bytes: &[u8],
        nal_length: usize,
        ready: &mut VecDeque<Picture>,
    ) -> Result<(), GaveUp> {
        let mut begun = false;
        for nal in &parse_avcc(bytes, nal_length) {
            self.order.learn(nal);
            if is_slice(nal) && !begun {
                begun = true;
                let place = self.order.place(nal).ok_or(GaveUp(PANICKED))?;
                if self.due.insert(place, sample).is_some() {
                    return Err(GaveUp(PANICKED));
                }
            }
            let frames = self.decoder.decode_nal(nal).map_err(|_| GaveUp(PANICKED))?;
            for frame in frames {
                ready.push_back(self.known(frame)?);
            }
        }
        Ok(())
    }

    /// The last pictures, after the last sample; those that came before one that failed are told of.
    pub(super) fn finish(&mut self, ready: &mut VecDeque<Picture>) -> Result<(), GaveUp> {
        let frames = self.decoder.flush();
        if frames.len() != self.due.len() {
            return Err(GaveUp(PANICKED));
        }
        for frame in frames {
            ready.push_back(self.known(frame)?);
        }
        Ok(())
    }

    /// Tells whose picture this is: the first one that is due, or something is amiss.
    fn known(&mut self, frame: rust_h264::decoder::Frame) -> Result<Picture, GaveUp> {
        let due = self.due.first_entry().filter(|entry| entry.key().count == frame.pic_order_cnt);
        due.map(|entry| from_thorough(entry.remove(), frame)).ok_or(GaveUp(PANICKED))
    }
}

pub(super) fn is_slice(nal: &NalUnit<'_>) -> bool {
    matches!(nal.nal_unit_type, NalUnitType::Slice | NalUnitType::SliceIdr)
}
