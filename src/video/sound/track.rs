//! Where the packets of a clip's sound lie, and when each is heard beside the pictures.
//!
//! Owns the sound track's description, its list of packets, and both tracks' edit lists, as far as those say where sound
//! and pictures begin. Only the index is kept in memory. Times are counted in samples from the first picture's start.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::index::{self, Index};
use crate::video::boxes::{self, Fields};
use crate::video::mp4;
use crate::video::reading::guarded;
use crate::video::samples::{self, Defaults, Room, Sample};

/// Samples for each channel in a packet of AAC.
pub(super) const PACKET: i64 = 1024;

/// Rates of AAC, by their index.
const RATES: [u32; 13] =
    [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/// What there is to hear.
#[derive(Clone, Debug)]
pub(in crate::video) enum Found {
    Nothing,
    /// Coded in a way that is not known here, or damaged.
    Unknown,
    Sound(Arc<Track>),
}

/// A sound track that can be decoded.
#[derive(Debug)]
pub(in crate::video) struct Track {
    /// Samples a second for each channel.
    pub(super) rate: u32,
    /// The same, as an index of AAC's.
    pub(super) rate_index: u8,
    /// 1 or 2.
    pub(super) channels: u8,
    /// In the order of their time.
    pub(super) packets: Vec<Packet>,
    /// What the edit list lets be heard.
    pub(super) heard: Range<i64>,
    file: Mutex<File>,
}

/// One packet in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Packet {
    pub(super) offset: u64,
    pub(super) size: u32,
    /// When its first sample is heard.
    pub(super) at: i64,
}

/// Reads the sound track of the clip at `path`, whatever its pictures are coded in.
pub(in crate::video) fn find(path: &Path) -> Found {
    let Some(mut index) = guarded(|| index::read(path)).flatten() else { return Found::Nothing };
    if index.track(*b"soun").is_none() {
        return Found::Nothing;
    }
    let track = guarded(|| Track::read(&mut index)).flatten();
    // The file is kept open: the packets of another one that takes its name lie elsewhere.
    track.map_or(Found::Unknown, |track| Found::Sound(Arc::new(track.of(index.file))))
}

impl Track {
    /// Reads the packets themselves; the file follows.
    fn read(index: &mut Index) -> Option<Unfiled> {
        let sound = index.track(*b"soun")?.to_vec();
        let coding = coding(&sound)?;
        let shift = Shift::of(&index.moov, &sound)?;
        let lead = lead(index);
        let samples = listed(index, &sound)?;
        let in_samples = |nanos: i64| scaled(nanos, coding.rate, 1_000_000_000);
        let at = |ticks: i64| {
            let since = scaled(ticks.saturating_sub(shift.start), coding.rate, shift.timescale);
            since.saturating_add(in_samples(shift.pause.saturating_sub(lead)))
        };
        let mut packets: Vec<Packet> = samples
            .iter()
            .map(|sample| Packet { offset: sample.offset, size: sample.size, at: at(sample.time) })
            .collect();
        packets.sort_by_key(|packet| packet.at);
        let last = packets.last()?.at.saturating_add(PACKET);
        let heard = at(shift.start)..shift.end.map_or(last, at);
        Some(Unfiled { coding, packets, heard })
    }

    /// Reads a packet into `out`; false where it is not to be had.
    pub(super) fn packet(&self, number: usize, out: &mut Vec<u8>) -> bool {
        let Some(packet) = self.packets.get(number) else { return false };
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let start = out.len();
        out.resize(start + packet.size as usize, 0);
        file.seek(SeekFrom::Start(packet.offset)).and_then(|_| file.read_exact(&mut out[start..])).is_ok()
    }

    /// The packet that holds a sample, or the first after it.
    pub(super) fn number_at(&self, at: i64) -> usize {
        self.packets.partition_point(|packet| packet.at.saturating_add(PACKET) <= at)
    }
}

/// A track whose file is not with it yet.
struct Unfiled {
    coding: Coding,
    packets: Vec<Packet>,
    heard: Range<i64>,
}

impl Unfiled {
    fn of(self, file: File) -> Track {
        let Self { coding: Coding { rate, rate_index, channels }, packets, heard } = self;
        Track { rate, rate_index, channels, packets, heard, file: Mutex::new(file) }
    }
}

/// `value` of `from` a second in `to` a second, to the nearest.
fn scaled(value: i64, to: u32, from: u32) -> i64 {
    let (wide, from) = (i128::from(value) * i128::from(to), i128::from(from.max(1)));
    i64::try_from((wide + from / 2).div_euclid(from)).unwrap_or(i64::MAX / 4)
}

/// The samples of a track: those of its table, then those of the fragments.
fn listed(index: &mut Index, trak: &[u8]) -> Option<Vec<Sample>> {
    let table = boxes::descend(trak, &[*b"mdia", *b"minf", *b"stbl"])?;
    let mut listed = samples::from_table(table, index.length).map_or_else(|_| Vec::new(), |(samples, _)| samples);
    let id = mp4::track_id(trak)?;
    let (defaults, mut room) = (Defaults::read(&index.moov, id), Room::of(index.length));
    for &(at, head) in index.top.iter().filter(|(_, head)| &head.name == b"moof") {
        let Ok(Some(fragment)) = mp4::body(&mut index.file, at, head) else { break };
        let whole = samples::add_fragment(&mut listed, &fragment, at, id, defaults, index.length, &mut room);
        if !matches!(whole, Ok(true)) {
            break;
        }
    }
    (!listed.is_empty()).then_some(listed)
}

/// What a track's edit list says of its beginning.
struct Shift {
    /// Ticks of the track's own time in a second.
    timescale: u32,
    /// Nanoseconds before the track begins.
    pause: i64,
    /// The first tick that counts, and the first that does not.
    start: i64,
    end: Option<i64>,
}

impl Shift {
    /// Reads it. Of several stretches the first one counts.
    fn of(moov: &[u8], trak: &[u8]) -> Option<Self> {
        let timescale = mp4::media_timescale(trak)?;
        let mut shift = Self { timescale, pause: 0, start: 0, end: None };
        let Some(list) = boxes::descend(trak, &[*b"edts", *b"elst"]) else { return Some(shift) };
        let (mut fields, movie) = (Fields(list), mp4::movie_timescale(moov)?);
        let (version, _) = fields.version()?;
        for _ in 0..fields.u32()?.min(mp4::MOST_EDITS) {
            let length = i64::try_from(fields.wide(version)?).ok()?;
            let start = if version == 1 { fields.u64()?.cast_signed() } else { i64::from(fields.i32()?) };
            fields.skip(4)?;
            if start < 0 {
                shift.pause = shift.pause.saturating_add(scaled(length, 1_000_000_000, movie));
                continue;
            }
            let fragmented = boxes::child(moov, *b"mvex").is_some();
            let end = start.saturating_add(scaled(length, timescale, movie));
            // In a fragmented file the length speaks of what came before.
            return Some(Self { start, end: (length > 0 && !fragmented).then_some(end), ..shift });
        }
        Some(shift)
    }
}

/// When the first picture is shown, in nanoseconds from the start of the movie; 0 where it cannot be told.
fn lead(index: &mut Index) -> i64 {
    let Some(pictures) = index.track(*b"vide").map(<[u8]>::to_vec) else { return 0 };
    let Some(shift) = Shift::of(&index.moov, &pictures) else { return 0 };
    let samples = listed(index, &pictures).unwrap_or_default();
    let shown = samples.iter().map(|sample| sample.time).filter(|time| *time >= shift.start);
    let since = shown.min().map_or(0, |time| scaled(time - shift.start, 1_000_000_000, shift.timescale));
    shift.pause.saturating_add(since)
}

/// How the sound is coded, as far as it is known here: AAC of low complexity, in one or two channels.
struct Coding {
    rate: u32,
    rate_index: u8,
    channels: u8,
}

fn coding(trak: &[u8]) -> Option<Coding> {
    let table = boxes::descend(trak, &[*b"mdia", *b"minf", *b"stbl", *b"stsd"])?.get(8..)?;
    let entry = boxes::children(table).next().filter(|entry| &entry.name == b"mp4a")?;
    // The fields of a sound sample entry; QuickTime has more of them in its later versions.
    let front = match entry.body.get(8..10)? {
        [0, 1] => 44,
        [0, 2] => 64,
        _ => 28,
    };
    let inner = entry.body.get(front..)?;
    let esds = boxes::child(inner, *b"esds").or_else(|| boxes::descend(inner, &[*b"wave", *b"esds"]))?;
    config(specific(esds)?)
}

/// The decoder's own description inside an `esds`.
fn specific(esds: &[u8]) -> Option<&[u8]> {
    let mut fields = Fields(esds.get(4..)?);
    let mut element = descriptor(&mut fields, 3)?;
    element.skip(2)?;
    let flags = element.u8()?;
    if flags & 0x80 != 0 {
        element.skip(2)?;
    }
    if flags & 0x40 != 0 {
        let address = usize::from(element.u8()?);
        element.skip(address)?;
    }
    if flags & 0x20 != 0 {
        element.skip(2)?;
    }
    let mut decoder = descriptor(&mut element, 4)?;
    // MPEG-4 sound, or MPEG-2's AAC of low complexity.
    if !matches!(decoder.u8()?, 0x40 | 0x67) {
        return None;
    }
    decoder.skip(12)?;
    descriptor(&mut decoder, 5).map(|fields| fields.0)
}

/// What a descriptor of this kind holds, if it is the next one.
fn descriptor<'a>(fields: &mut Fields<'a>, kind: u8) -> Option<Fields<'a>> {
    if fields.u8()? != kind {
        return None;
    }
    let mut length = 0usize;
    for _ in 0..4 {
        let byte = fields.u8()?;
        length = length << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    fields.take(length.min(fields.0.len())).map(Fields)
}

/// AAC's `AudioSpecificConfig`.
fn config(bytes: &[u8]) -> Option<Coding> {
    const PLAIN: u64 = 2;
    let mut word = [0; 8];
    let known = bytes.len().min(8);
    word[..known].copy_from_slice(&bytes[..known]);
    let (word, mut at) = (u64::from_be_bytes(word), 0u32);
    let mut bits = |count: u32| {
        at += count;
        if at as usize > known * 8 { None } else { Some(word >> (64 - at) & ((1 << count) - 1)) }
    };
    let mut kind = bits(5)?;
    let rate_index = bits(4)?;
    let channels = bits(4)?;
    if kind == 5 || kind == 29 {
        // With what doubles its rate, which is left out: the plain sound below it is heard.
        if bits(4)? == 15 {
            bits(24)?;
        }
        kind = bits(5)?;
    }
    let short = bits(1)? == 1;
    let rate = *RATES.get(usize::try_from(rate_index).ok()?)?;
    let plain = kind == PLAIN && !short && (1..=2).contains(&channels);
    plain.then_some(Coding { rate, rate_index: rate_index as u8, channels: channels as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_aac_is_known_and_the_rest_refused() {
        let known = |bytes: &[u8]| config(bytes).map(|coding| (coding.rate, coding.channels));
        assert_eq!(known(&[0x11, 0x90]), Some((48_000, 2)));
        assert_eq!(known(&[0x12, 0x08]), Some((44_100, 1)));
        // HE-AAC at 48 kHz: the plain sound is at half of it.
        assert_eq!(known(&[0x2b, 0x11, 0x88, 0x00]), Some((24_000, 2)));
        for refused in [&[0x11, 0xb0][..], &[0x0a, 0x10], &[0x11, 0x94], &[0x17, 0x80], &[0x11], &[]] {
            assert_eq!(known(refused), None, "{refused:x?}");
        }
    }

    #[test]
    fn times_are_scaled_to_the_nearest() {
        assert_eq!(scaled(1024, 48_000, 48_000), 1024);
        assert_eq!(scaled(-23, 48_000, 1000), -1104);
        assert_eq!(scaled(1, 44_100, 90_000), 0);
        assert_eq!(scaled(i64::MAX, u32::MAX, 1), i64::MAX / 4);
    }
}
