//! JPEG through libjpeg, which decodes straight to an eighth, two eighths … of the size.

use std::io::{BufRead, BufReader, Seek, SeekFrom};

use mozjpeg::{ColorSpace, Decompress, Marker};

use super::{BUDGET, too_many_pixels};
use crate::domain::model::Size;
use crate::services::images::error::PictureError;
use crate::services::images::header::Header;
use crate::services::images::jpeg;
use crate::services::images::shrinking::{Shrinker, Small};

/// Sizes that are decoded to, in parts of the whole.
const PARTS: u32 = 8;
/// Most scans of one picture. Each of them goes over all of its pixels; cameras and programs write a dozen.
const MOST_SCANS: usize = 100;
/// What stands before the piece of a profile in its segment, and behind it the number of the piece and of all.
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// `None` for a picture in colours that libjpeg does not turn into RGB.
pub(super) fn small<R: BufRead + Seek>(
    source: &mut R,
    header: &Header,
    target: Size,
) -> Result<Option<Small>, PictureError> {
    check_scans(source, header)?;
    source.seek(SeekFrom::Start(0)).map_err(PictureError::reading)?;
    let mut decoder = Decompress::with_markers(&[Marker::APP(2)]).from_reader(source).map_err(broken)?;
    if decoder.size() != (header.stored.width as usize, header.stored.height as usize) {
        return Err(PictureError::Broken);
    }
    if !matches!(decoder.color_space(), ColorSpace::JCS_GRAYSCALE | ColorSpace::JCS_YCbCr | ColorSpace::JCS_RGB) {
        return Ok(None);
    }
    let profile = profile(decoder.markers().map(|marker| marker.data));
    let longer = u64::from(header.stored.longer());
    let enough = |parts: &u32| longer * u64::from(*parts) >= u64::from(target.longer() * PARTS);
    decoder.scale((1..PARTS).find(enough).unwrap_or(PARTS) as u8);
    let mut rows = decoder.rgb().map_err(broken)?;
    let size = Size::new(rows.width() as u32, rows.height() as u32);
    let mut shrinker = Shrinker::new(size, target, 3);
    let mut row = vec![0_u8; rows.width() * 3];
    for _ in 0..size.height {
        shrinker.push(rows.read_scanlines_into(&mut row).map_err(broken)?);
    }
    shrinker.finish(profile).map(Some)
}

/// Looks for what would make libjpeg take much memory or time, and for the end of the picture.
fn check_scans<R: BufRead + Seek>(source: &mut R, header: &Header) -> Result<(), PictureError> {
    let mut reader = BufReader::new(source);
    if !jpeg::has_end(&mut reader).map_err(PictureError::reading)? {
        return Err(PictureError::Broken);
    }
    let scans = jpeg::scans(&mut reader).map_err(PictureError::reading)?.ok_or(PictureError::Broken)?;
    if !scans.fit_in(header.facts.bytes) {
        return Err(PictureError::Broken);
    }
    if scans.held() > BUDGET {
        return Err(too_many_pixels(header));
    }
    if !scans.in_one && jpeg::count_scans(&mut reader).map_err(PictureError::reading)? > MOST_SCANS {
        return Err(PictureError::Broken);
    }
    Ok(())
}

/// The colour profile, which comes in numbered pieces. `None` where one is missing.
fn profile<'a>(segments: impl Iterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut pieces: Vec<(u8, u8, &[u8])> = segments
        .filter_map(|segment| match segment.strip_prefix(PROFILE)? {
            [number, all, piece @ ..] => Some((*number, *all, piece)),
            _ => None,
        })
        .collect();
    pieces.sort_by_key(|(number, ..)| *number);
    let whole = pieces
        .iter()
        .zip(1..)
        .all(|((number, all, _), expected)| *number == expected && usize::from(*all) == pieces.len());
    (whole && !pieces.is_empty()).then(|| pieces.iter().flat_map(|(.., piece)| *piece).copied().collect())
}

/// What the system says of the disk, else that the picture is broken.
fn broken(error: std::io::Error) -> PictureError {
    if error.raw_os_error().is_some() { PictureError::reading(error) } else { PictureError::Broken }
}
