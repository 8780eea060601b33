//! The turn a picture asks for (EXIF orientation), found by hopping through its container, and what it does to a crop.
//!
//! Every walk is bounded. The decoders' own reading of the turn is not used: some of them need the whole file for it, and
//! what was said of the header has to hold for the pixels.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use image::metadata::Orientation;

use crate::domain::frame::Crop;
use crate::domain::model::Size;

/// Most segments or chunks that are hopped over. A 30 MB PNG of 8 KB pieces has 3,700.
pub(super) const MOST_HOPS: usize = 65_536;
/// Most bytes of one EXIF block that are read; a JPEG segment has no more.
const MOST_EXIF: u64 = 65_536;
/// Most entries of a TIFF directory that are looked at.
const MOST_ENTRIES: u64 = 4_096;
const TIFF_ORIENTATION: u16 = 0x0112;

/// Whether the turn makes width of height.
pub(super) fn swaps_sides(turn: Orientation) -> bool {
    matches!(
        turn,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// Where a crop of the upright picture lies in the stored one. `crop` has to lie inside.
pub(super) fn stored_crop(crop: Crop, stored: Size, turn: Orientation) -> Crop {
    let Crop { x, y, width, height } = crop;
    let (w, h) = (stored.width, stored.height);
    let (x, y) = match turn {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (w - x - width, y),
        Orientation::FlipVertical => (x, h - y - height),
        Orientation::Rotate180 => (w - x - width, h - y - height),
        Orientation::Rotate90 => (y, h - x - width),
        Orientation::Rotate270 => (w - y - height, x),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate270FlipH => (w - y - height, h - x - width),
    };
    if swaps_sides(turn) { Crop { x, y, width: height, height: width } } else { Crop { x, y, width, height } }
}

/// The turn in a PNG's eXIf chunk, which may stand before or after the pixels.
pub(super) fn png<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<Option<Orientation>> {
    reader.seek(SeekFrom::Start(8))?;
    for _ in 0..MOST_HOPS {
        let mut head = [0; 8];
        reader.read_exact(&mut head)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        match &head[4..] {
            b"eXIf" => return exif_block(reader, u64::from(length)),
            b"IEND" => return Ok(None),
            _ => reader.seek_relative(i64::from(length) + 4)?,
        }
    }
    Ok(None)
}

/// The turn in a WebP's EXIF chunk, which stands after the pixels.
pub(super) fn webp<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<Option<Orientation>> {
    reader.seek(SeekFrom::Start(12))?;
    for hop in 0..MOST_HOPS {
        let mut head = [0; 8];
        reader.read_exact(&mut head)?;
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        match &head[..4] {
            b"EXIF" => return exif_block(reader, u64::from(length)),
            // The simple forms have nothing but pixels.
            other if hop == 0 && other != b"VP8X" => return Ok(None),
            _ => reader.seek_relative(i64::from(length) + i64::from(length % 2))?,
        }
    }
    Ok(None)
}

fn exif_block(reader: &mut impl Read, length: u64) -> io::Result<Option<Orientation>> {
    let mut block = Vec::new();
    reader.take(length.min(MOST_EXIF)).read_to_end(&mut block)?;
    // Some writers keep the prefix that only JPEG has.
    Ok(Orientation::from_exif_chunk(block.strip_prefix(b"Exif\0\0").unwrap_or(&block)))
}

/// The turn in a TIFF's first directory, which may lie anywhere in the file.
pub(super) fn tiff<R: Read + Seek>(reader: &mut BufReader<R>) -> io::Result<Option<Orientation>> {
    let mut start = [0; 16];
    reader.seek(SeekFrom::Start(0))?;
    reader.read_exact(&mut start)?;
    let little = start[0] == b'I';
    let big_tiff = number(&start[2..4], little) == 43;
    let (directory, count_length, entry_length, value_at) =
        if big_tiff { (&start[8..16], 8, 20, 12) } else { (&start[4..8], 2, 12, 8) };
    reader.seek(SeekFrom::Start(number(directory, little)))?;
    let mut count = [0; 8];
    reader.read_exact(&mut count[..count_length])?;
    for _ in 0..number(&count[..count_length], little).min(MOST_ENTRIES) {
        let mut entry = [0; 20];
        reader.read_exact(&mut entry[..entry_length])?;
        if number(&entry[..2], little) == u64::from(TIFF_ORIENTATION) {
            let value = number(&entry[value_at..value_at + 2], little);
            return Ok(u8::try_from(value).ok().and_then(Orientation::from_exif));
        }
    }
    Ok(None)
}

fn number(bytes: &[u8], little: bool) -> u64 {
    let fold = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
    if little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) }
}
