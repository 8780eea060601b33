//! A picture the user chose: its facts, its digest, whether it is see-through, and what it looks like.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use image::DynamicImage;
use sha2::{Digest, Sha256};

use super::colour;
use super::decoding::{Decoded, LONGEST_FILE, PREVIEW_BUDGET, decode};
use super::error::PictureError;
use super::header::{Header, open, read_header};
use super::resampling;
use crate::domain::draft::Picture;
use crate::domain::frame::Preview;
use crate::domain::model::Size;

/// Reads a picture and a preview of it, upright and at most `longest` pixels on a side.
///
/// A picture too large to decode safely comes without a preview, so that its limits can still be judged; its digest
/// then covers the start of the file and its length alone, and it counts as opaque.
pub fn read(path: &Path, longest: u32) -> Result<(Picture, Option<Preview>), PictureError> {
    let (mut file, bytes) = open(path)?;
    let header = read_header(&file, bytes)?;
    let digest = digest(&mut file, bytes)?;
    file.seek(SeekFrom::Start(0)).map_err(PictureError::reading)?;
    let (transparent, preview) = match decode(BufReader::with_capacity(1 << 16, &file), &header, PREVIEW_BUDGET) {
        Ok(decoded) => {
            let transparent = resampling::is_transparent(&decoded.image);
            (transparent, Some(preview(decoded, &header, longest)?))
        }
        Err(PictureError::TooManyPixels { .. } | PictureError::TooManyBytes { .. }) => (false, None),
        Err(error) => return Err(error),
    };
    Ok((Picture::new(path.to_owned(), header.facts, transparent, digest), preview))
}

/// Shrunk first and turned after: the other way round costs nearly twice the time.
pub(super) fn preview(decoded: Decoded, header: &Header, longest: u32) -> Result<Preview, PictureError> {
    let small = resampling::shrink(&decoded.image, longest)?;
    drop(decoded.image);
    let mut small = DynamicImage::ImageRgba8(small);
    colour::to_srgb(&mut small, decoded.profile.as_deref());
    small.apply_orientation(header.turn);
    let size = Size::new(small.width(), small.height());
    Ok(Preview { size, rgba: small.into_rgba8().into_raw().into() })
}

/// SHA-256 of the whole file, or of its first megabyte and its length where it is too long ever to be sent.
fn digest(file: &mut File, bytes: u64) -> Result<[u8; 32], PictureError> {
    file.seek(SeekFrom::Start(0)).map_err(PictureError::reading)?;
    let mut hash = Sha256::new();
    let part = if bytes > LONGEST_FILE { 1 << 20 } else { LONGEST_FILE };
    let read = copy_hashed(&mut file.take(part), &mut io::sink(), &mut hash).map_err(PictureError::reading)?;
    if read < bytes {
        hash.update(bytes.to_le_bytes());
    }
    Ok(hash.finalize().into())
}

/// Copies everything and hashes it on the way; returns the number of bytes. Errors of either side are returned as met.
pub(super) fn copy_hashed(from: &mut impl Read, to: &mut impl io::Write, hash: &mut Sha256) -> io::Result<u64> {
    let mut buffer = vec![0; 1 << 16];
    let mut total = 0;
    loop {
        let count = match from.read(&mut buffer) {
            Ok(0) => return Ok(total),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(&buffer[..count]);
        to.write_all(&buffer[..count])?;
        total += count as u64;
    }
}
