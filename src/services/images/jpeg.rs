//! A JPEG's segments: the size and turn among the first of them, how many scans come, and whether its end is there.
//!
//! The decoder fills what is missing of a photo with grey and calls it a success; nobody wants to pay for that.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use image::metadata::Orientation;

use super::orientation::MOST_HOPS;
use crate::domain::model::Size;

const END: [u8; 2] = [0xFF, 0xD9];
/// How far from the end of the file the end of the picture is looked for first.
const TAIL: u64 = 64;

/// Size and turn of a JPEG: both stand among its first segments. `None` where no frame header comes.
pub(super) fn size_and_turn<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<Option<(Size, Orientation)>> {
    reader.seek(SeekFrom::Start(2))?;
    let mut turn = None;
    for _ in 0..MOST_HOPS {
        let Some(marker) = next_marker(reader)? else { return Ok(None) };
        // Markers that stand alone.
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            continue;
        }
        // The end, or the pixels, before any size.
        if matches!(marker, 0xD9 | 0xDA) {
            return Ok(None);
        }
        let Some(length) = be_u16(reader)?.checked_sub(2) else { return Ok(None) };
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let mut frame = [0; 5];
                reader.read_exact(&mut frame)?;
                let side = |at: usize| u32::from(u16::from_be_bytes([frame[at], frame[at + 1]]));
                return Ok(Some((Size::new(side(3), side(1)), turn.unwrap_or(Orientation::NoTransforms))));
            }
            0xE1 if turn.is_none() => {
                let mut segment = vec![0; usize::from(length)];
                reader.read_exact(&mut segment)?;
                turn = segment.strip_prefix(b"Exif\0\0").and_then(Orientation::from_exif_chunk);
            }
            _ => reader.seek_relative(i64::from(length))?,
        }
    }
    Ok(None)
}

/// How the pixels of a JPEG come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scans {
    /// Blocks of 8×8 samples of all channels together.
    pub blocks: u64,
    /// One scan has all channels of a block at once; otherwise a decoder holds the whole picture until the last scan.
    pub in_one: bool,
}

impl Scans {
    /// What a decoder holds until the last scan, in bytes: 64 coefficients a block, two bytes each.
    pub fn held(self) -> u64 {
        if self.in_one { 0 } else { self.blocks * 64 * 2 }
    }

    /// Whether so many bytes can hold so many blocks at all. A block takes one bit for its mean and, where it is not
    /// left to a later scan, one for the rest.
    pub fn fit_in(self, bytes: u64) -> bool {
        self.blocks <= bytes.saturating_mul(if self.in_one { 4 } else { 8 })
    }
}

/// How the pixels come, by the headers of the frame and of its first scan. `None` where there is none.
pub(super) fn scans<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<Option<Scans>> {
    reader.seek(SeekFrom::Start(2))?;
    let mut frame = None;
    for _ in 0..MOST_HOPS {
        let Some(marker) = next_marker(reader)? else { return Ok(None) };
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            continue;
        }
        let Some(length) = be_u16(reader)?.checked_sub(2) else { return Ok(None) };
        let mut segment = vec![0; usize::from(length)];
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                reader.read_exact(&mut segment)?;
                frame = Some((matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE), segment));
            }
            0xDA => {
                reader.read_exact(&mut segment)?;
                let Some((progressive, frame)) = frame else { return Ok(None) };
                let in_one = !progressive && segment.first() == frame.get(5);
                return Ok(blocks(&frame).map(|blocks| Scans { blocks, in_one }));
            }
            _ => reader.seek_relative(i64::from(length))?,
        }
    }
    Ok(None)
}

/// Blocks of all channels, by the frame's header.
fn blocks(frame: &[u8]) -> Option<u64> {
    let side = |at: usize| Some(u64::from(u16::from_be_bytes([*frame.get(at)?, *frame.get(at + 1)?])));
    let (height, width) = (side(1)?, side(3)?);
    let samplings: Vec<(u64, u64)> = frame
        .get(6..)?
        .chunks_exact(3)
        .map(|channel| (u64::from(channel[1] >> 4), u64::from(channel[1] & 15)))
        .collect();
    let most = samplings.iter().copied().reduce(|most, next| (most.0.max(next.0), most.1.max(next.1)))?;
    let along = |side: u64, share: u64, most: u64| (side * share).div_ceil(8 * most.max(1));
    Some(samplings.iter().map(|(across, down)| along(width, *across, most.0) * along(height, *down, most.1)).sum())
}

/// How many scans the file has at most. The two bytes that begin one stand for nothing else among the pixels.
pub(super) fn count_scans<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<usize> {
    reader.seek(SeekFrom::Start(0))?;
    let mut piece = vec![0; 1 << 16];
    let (mut kept, mut scans) = (0, 0);
    loop {
        let count = reader.read(&mut piece[kept..])?;
        if count == 0 {
            return Ok(scans);
        }
        let seen = &piece[..kept + count];
        scans += seen.iter().zip(&seen[1..]).filter(|pair| (*pair.0, *pair.1) == (0xFF, 0xDA)).count();
        piece[0] = piece[kept + count - 1];
        kept = 1;
    }
}

/// The next marker; any number of fill bytes may stand before it.
fn next_marker(reader: &mut impl Read) -> io::Result<Option<u8>> {
    if u8_of(reader)? != 0xFF {
        return Ok(None);
    }
    for _ in 0..MOST_HOPS {
        match u8_of(reader)? {
            0xFF => {}
            marker => return Ok(Some(marker)),
        }
    }
    Ok(None)
}

/// Whether the picture's end is in the file: at its end as a rule, else anywhere behind the size.
///
/// Pixels never hold the two bytes of the end, and the small pictures inside a photo stand before its size.
pub(super) fn has_end<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<bool> {
    let length = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    reader.read_to_end(&mut tail)?;
    if contains_end(&tail) {
        return Ok(true);
    }
    if size_and_turn(reader)?.is_none() {
        return Ok(false);
    }
    let mut piece = vec![0; 1 << 16];
    let mut kept = 0;
    loop {
        let count = reader.read(&mut piece[kept..])?;
        if count == 0 {
            return Ok(false);
        }
        if contains_end(&piece[..kept + count]) {
            return Ok(true);
        }
        // The two bytes may lie on both sides of a seam.
        piece[0] = piece[kept + count - 1];
        kept = 1;
    }
}

fn contains_end(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| pair == END)
}

fn u8_of(reader: &mut impl Read) -> io::Result<u8> {
    let mut byte = [0];
    reader.read_exact(&mut byte)?;
    Ok(byte[0])
}

fn be_u16(reader: &mut impl Read) -> io::Result<u16> {
    let mut bytes = [0; 2];
    reader.read_exact(&mut bytes)?;
    Ok(u16::from_be_bytes(bytes))
}
