//! From packets to samples, in order, each with the time it belongs to.
//!
//! The library is given a stream in which every packet has the short header of ADTS, one packet a read. It reads on only
//! when it has used up what it was given, so the packet that was begun last is the one whose samples come out. That tells
//! which ones it skipped because they are damaged: silence takes their place, and what follows stays in time. Only to tell
//! what it was given it looks ahead, by a few bytes: so the first packet is made no shorter.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rodio::{Decoder, Source};

use super::track::{PACKET, Track};
use crate::video::reading::guarded;

/// Bytes of the header, and the most that it can say it leads.
const HEADER: usize = 7;
const MOST: usize = (1 << 13) - 1;

/// Bytes that are looked at to tell what a stream is, and some more.
const PROBED: usize = 32;

/// Packets that are decoded before the wanted one and thrown away: each overlaps the one before.
const RUN_IN: usize = 1;

/// So many new beginnings in a row are the end.
const MOST_FAILURES: usize = 100;

/// The samples of a packet, or of a part of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// When its first sample is heard, in samples from the first picture's start.
    pub(super) at: i64,
    /// The channels by turns.
    pub(super) samples: Vec<f32>,
}

/// A sound track being decoded.
pub(super) struct Packets {
    track: Arc<Track>,
    /// The packet that comes out next.
    next: usize,
    decoder: Option<Decoder<Stream>>,
    /// Packets that were begun, counted from the track's first.
    begun: Arc<AtomicUsize>,
    /// What came out after packets that did not.
    early: Option<(usize, Vec<f32>)>,
    failures: usize,
}

impl Packets {
    /// Begins with the packet that holds the sample at `at`.
    pub(super) fn from(track: &Arc<Track>, at: i64) -> Self {
        let next = track.number_at(at);
        let begun = Arc::new(AtomicUsize::new(next.saturating_sub(RUN_IN)));
        let mut packets = Self { track: Arc::clone(track), next, decoder: None, begun, early: None, failures: 0 };
        packets.begin();
        packets
    }

    /// The next packet's samples; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Piece> {
        let at = self.track.packets.get(self.next)?.at;
        while self.early.as_ref().is_none_or(|(number, _)| *number < self.next) {
            match self.pull() {
                Some(came) => {
                    self.early = Some(came);
                    self.failures = 0;
                }
                // What it cannot get over is left out.
                None if self.failures < MOST_FAILURES && self.begun() < self.track.packets.len() => self.begin(),
                None => return None,
            }
        }
        let came = self.early.take_if(|(number, _)| *number == self.next);
        self.next += 1;
        let silence = || vec![0.0; PACKET as usize * usize::from(self.track.channels)];
        Some(Piece { at, samples: came.map_or_else(silence, |(_, samples)| samples) })
    }

    fn begun(&self) -> usize {
        self.begun.load(Ordering::Relaxed)
    }

    /// Starts decoding at the packet that is to be begun next.
    fn begin(&mut self) {
        self.failures += 1;
        let stream = Stream {
            track: Arc::clone(&self.track),
            begun: Arc::clone(&self.begun),
            frame: Vec::new(),
            read: 0,
            fresh: true,
            over: false,
        };
        let build = || Decoder::builder().with_data(stream).with_hint("aac").build();
        self.decoder = guarded(build).and_then(Result::ok);
    }

    /// The samples of the next packet that can be decoded, and its number.
    fn pull(&mut self) -> Option<(usize, Vec<f32>)> {
        let mut decoder = self.decoder.take()?;
        let channels = u16::from(self.track.channels);
        let (decoder, samples) = guarded(move || {
            let first = decoder.next();
            let length = decoder.current_span_len().unwrap_or(0);
            let fits = decoder.channels().get() == channels && length <= PACKET as usize * usize::from(channels);
            let rest = decoder.by_ref().take(length.saturating_sub(1));
            let samples: Vec<f32> = first.filter(|_| fits).into_iter().chain(rest).collect();
            (decoder, samples)
        })?;
        if samples.is_empty() {
            return None;
        }
        self.decoder = Some(decoder);
        Some((self.begun().saturating_sub(1), samples))
    }
}

/// The track's packets as the library reads them.
struct Stream {
    track: Arc<Track>,
    begun: Arc<AtomicUsize>,
    /// The packet that is being read, with its header.
    frame: Vec<u8>,
    read: usize,
    /// Nothing was read yet.
    fresh: bool,
    /// A packet cannot be had: here it ends.
    over: bool,
}

impl Stream {
    /// Takes up the next packet.
    fn load(&mut self) -> bool {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        self.frame.clear();
        self.read = 0;
        let size = self.track.packets.get(number).map_or(0, |packet| packet.size as usize);
        if size == 0 || size + HEADER > MOST {
            return false;
        }
        // What follows a packet's end inside its frame is left alone.
        let length = if std::mem::take(&mut self.fresh) { (size + HEADER).max(PROBED) } else { size + HEADER };
        self.frame.extend(header(&self.track, length));
        let there = self.track.packet(number, &mut self.frame);
        self.frame.resize(length, 0);
        there
    }
}

impl Read for Stream {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.read == self.frame.len() && !self.over {
            self.over = !self.load();
        }
        if self.over {
            return Ok(0);
        }
        let count = out.len().min(self.frame.len() - self.read);
        out[..count].copy_from_slice(&self.frame[self.read..self.read + count]);
        self.read += count;
        Ok(count)
    }
}

impl Seek for Stream {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The header of one packet, `length` bytes with it: AAC of low complexity, no checksum, one packet.
fn header(track: &Track, length: usize) -> [u8; HEADER] {
    const LOW_COMPLEXITY: u8 = 1;
    let length = length.min(MOST) as u16;
    // The 13 bits of the length end the fourth byte, fill the fifth and begin the sixth.
    let third = LOW_COMPLEXITY << 6 | track.rate_index << 2 | track.channels >> 2;
    let fourth = (track.channels & 3) << 6 | (length >> 11) as u8;
    [0xff, 0xf1, third, fourth, (length >> 3) as u8, (length << 5) as u8 | 0x1f, 0xfc]
}
