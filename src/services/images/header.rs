//! What a picture's first bytes say: its format, its size seen upright, and the length of its file.
//!
//! Reads a few kilobytes whatever the file's length, and decodes nothing.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use image::metadata::Orientation;

use super::error::PictureError;
use super::{jpeg, orientation};
use crate::domain::frame::{PictureFacts, PictureFormat};
use crate::domain::model::Size;

/// Small on purpose: headers are hopped through, and every hop that leaves the buffer fills it again.
const BUFFER: usize = 512;

/// A picture's facts, and how its pixels are stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub facts: PictureFacts,
    /// Size of the stored pixels, before the turn.
    pub stored: Size,
    /// What turns the stored pixels upright.
    pub turn: Orientation,
}

/// Reads the facts of the picture at `path` from its header alone.
///
/// Directories, pipes, devices, empty and unreadable files and other kinds of file are errors; a picture that breaks a
/// model's limits is not.
pub fn header(path: &Path) -> Result<PictureFacts, PictureError> {
    let (file, bytes) = open(path)?;
    Ok(read_header(file, bytes)?.facts)
}

/// Opens a regular, non-empty file and tells its length in bytes.
///
/// The kind is asked before opening, because opening a pipe waits for its other end.
pub(super) fn open(path: &Path) -> Result<(File, u64), PictureError> {
    let kind = fs::metadata(path).map_err(PictureError::reading)?;
    if kind.is_dir() {
        return Err(PictureError::Folder);
    }
    if !kind.is_file() {
        return Err(PictureError::Special);
    }
    let file = File::open(path).map_err(PictureError::reading)?;
    let bytes = file.metadata().map_err(PictureError::reading)?.len();
    if bytes == 0 { Err(PictureError::Empty) } else { Ok((file, bytes)) }
}

/// Reads the header of a picture of `bytes` bytes from its start.
pub(super) fn read_header<R: Read + Seek>(source: R, bytes: u64) -> Result<Header, PictureError> {
    let mut reader = BufReader::with_capacity(BUFFER, source);
    let mut start = Vec::with_capacity(32);
    reader.by_ref().take(32).read_to_end(&mut start).map_err(PictureError::reading)?;
    let format = sniff(&start).ok_or(PictureError::Kind)?;
    let (stored, turn) = match format {
        PictureFormat::Jpeg => jpeg::size_and_turn(&mut reader).map_err(PictureError::reading)?,
        PictureFormat::Bmp => bmp_size(&start).map(|size| (size, Orientation::NoTransforms)),
        _ => {
            let size = listed_size(&mut reader)?;
            let turn = match format {
                PictureFormat::Png => orientation::png(&mut reader),
                PictureFormat::Webp => orientation::webp(&mut reader),
                PictureFormat::Tiff => orientation::tiff(&mut reader),
                _ => Ok(None),
            };
            // A turn that cannot be read is none: the size above already stands.
            size.map(|size| (size, turn.ok().flatten().unwrap_or(Orientation::NoTransforms)))
        }
    }
    .filter(|(size, _)| size.width > 0 && size.height > 0)
    .ok_or(PictureError::Broken)?;
    let size = if orientation::swaps_sides(turn) { stored.turned() } else { stored };
    Ok(Header { facts: PictureFacts { format, size, bytes }, stored, turn })
}

/// The format by its signature.
fn sniff(start: &[u8]) -> Option<PictureFormat> {
    match start {
        [0xFF, 0xD8, 0xFF, ..] => Some(PictureFormat::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(PictureFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(PictureFormat::Webp),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(PictureFormat::Gif),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(PictureFormat::Tiff),
        // Two letters are a weak signature, so the length of the second header has to be one that exists.
        [b'B', b'M', ..] if matches!(bmp_info_length(start)?, 12 | 40 | 52 | 56 | 64 | 108 | 124) => {
            Some(PictureFormat::Bmp)
        }
        _ => None,
    }
}

fn bmp_info_length(start: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(start.get(14..18)?.try_into().ok()?))
}

/// A height below zero means rows from the top.
fn bmp_size(start: &[u8]) -> Option<Size> {
    let long = |at: usize| Some(i32::from_le_bytes(start.get(at..at + 4)?.try_into().ok()?).unsigned_abs());
    let short = |at: usize| Some(u32::from(u16::from_le_bytes(start.get(at..at + 2)?.try_into().ok()?)));
    match bmp_info_length(start)? {
        12 => Some(Size::new(short(18)?, short(20)?)),
        _ => Some(Size::new(long(18)?, long(22)?)),
    }
}

fn listed_size<R: Read + Seek>(reader: &mut BufReader<R>) -> Result<Option<Size>, PictureError> {
    reader.seek(SeekFrom::Start(0)).map_err(PictureError::reading)?;
    match imagesize::reader_size(reader) {
        Ok(size) => {
            let narrow = |side: usize| u32::try_from(side).ok();
            Ok(narrow(size.width).zip(narrow(size.height)).map(Size::from))
        }
        Err(imagesize::ImageError::IoError(error)) if is_trouble(&error) => Err(PictureError::reading(error)),
        Err(_) => Ok(None),
    }
}

/// Whether an error is the disk's rather than the picture's.
fn is_trouble(error: &io::Error) -> bool {
    !matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
}
