//! Small pictures kept beside a task, for the list and the stage, when the prepared ones are long gone.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType};

use super::error::PictureError;
use super::header::{open, read_header};
use super::preview::preview;
use super::resampling::resample;
use super::saving::{into_io, make_private_folder, write_whole};
use crate::domain::draft::Backdrop;
use crate::domain::frame::{Crop, FrameSlot, PreparedFrame, Preview};
use crate::services::files::Access;

/// Longer side of a poster in pixels.
pub const POSTER_LONGEST: u32 = 480;
/// JPEG quality, 1 to 100: a poster is some 30 KB.
const QUALITY: u8 = 85;

/// Where the poster of a frame lies in its task's folder.
#[must_use]
pub fn poster_path(folder: &Path, slot: FrameSlot) -> PathBuf {
    folder.join(format!("poster-{}.jpg", slot.word()))
}

/// Keeps a poster of a prepared frame in `folder` and returns its pixels; `None` for an address, which has no pixels.
pub fn poster(frame: &PreparedFrame, folder: &Path, slot: FrameSlot) -> Result<Option<Preview>, PictureError> {
    let PreparedFrame::File { path, .. } = frame else { return Ok(None) };
    let shown = small(path)?;
    make_private_folder(folder)?;
    let pixels = DynamicImage::ImageRgba8(
        image::RgbaImage::from_raw(shown.size.width, shown.size.height, shown.rgba.to_vec())
            .ok_or(PictureError::Broken)?,
    );
    let whole = Crop { x: 0, y: 0, width: shown.size.width, height: shown.size.height };
    let flat = resample(pixels, whole, shown.size, Backdrop::Black)?;
    write_whole(&poster_path(folder, slot), Access::Private, |writer| {
        JpegEncoder::new_with_quality(writer, QUALITY)
            .encode(&flat, shown.size.width, shown.size.height, ExtendedColorType::Rgb8)
            .map_err(into_io)
    })?;
    Ok(Some(shown))
}

/// The poster that was kept. [`PictureError::Missing`] where there is none.
pub fn load_poster(folder: &Path, slot: FrameSlot) -> Result<Preview, PictureError> {
    small(&poster_path(folder, slot))
}

fn small(path: &Path) -> Result<Preview, PictureError> {
    let (_, bytes) = open(path)?;
    if bytes > super::decoding::LONGEST_FILE {
        return Err(PictureError::TooManyBytes { bytes });
    }
    from_bytes(&fs::read(path).map_err(PictureError::reading)?, POSTER_LONGEST)
}

/// A preview of a picture in memory.
pub(super) fn from_bytes(bytes: &[u8], longest: u32) -> Result<Preview, PictureError> {
    let header = read_header(Cursor::new(bytes), bytes.len() as u64)?;
    preview(|| Cursor::new(bytes), &header, longest).map(|shown| shown.preview)
}
