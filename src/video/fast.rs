//! `rusty_h264-decoder`: the faster decoder, for progressive pictures in 8-bit 4:2:0.

use rusty_h264_decoder::Decoder;

use super::engine::{GaveUp, Picture, UNDECODABLE};
use super::reading;

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
            // Why, the other decoder says better.
            Err(_) => Err(GaveUp(UNDECODABLE)),
        }
    }
}
