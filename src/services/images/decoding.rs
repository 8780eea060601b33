//! Pixels out of a picture's bytes, within a budget.
//!
//! An allocation that fails ends the program, so what a picture would need is computed from its header and compared
//! with the budget before any decoder sees it. The first frame of an animation and the first page of a document count.

use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::error::PictureError;
use super::header::Header;
use super::jpeg;
use crate::domain::frame::PictureFormat;
use crate::domain::model::Size;

/// Longest file that is decoded, in bytes. Pictures over a model's limit still get a preview up to here.
pub(super) const LONGEST_FILE: u64 = 100_000_000;
/// Most bytes of pixels for a picture that is sent: the largest legal picture in 16-bit RGBA.
pub(super) const SENDING_BUDGET: u64 = 5_999 * 5_999 * 8;
/// Most bytes of pixels for a picture that a copy is made of: 80 megapixels in 8-bit RGB. Resampling takes as much again
/// twice.
pub(super) const COPYING_BUDGET: u64 = 240_000_000;
/// What a PNG's profile and texts may unpack to. A profile of a few kilobytes can claim gigabytes.
pub(super) const PNG_EXTRAS: usize = 16 << 20;
/// What a decoder may take beside the pixels: rows, tiles, a second canvas.
const WORKING_SPACE: u64 = 64 << 20;

/// The decoded picture, not yet turned, and its colour profile.
pub(super) struct Decoded {
    pub image: DynamicImage,
    pub profile: Option<Vec<u8>>,
}

/// Decodes a picture whose header was read, where its pixels take at most `budget` bytes.
///
/// [`PictureError::TooManyPixels`] and [`PictureError::TooManyBytes`] tell that nothing was tried.
pub(super) fn decode<R: BufRead + Seek>(source: R, header: &Header, budget: u64) -> Result<Decoded, PictureError> {
    if header.facts.bytes > LONGEST_FILE {
        return Err(PictureError::TooManyBytes { bytes: header.facts.bytes });
    }
    // Grey takes one byte a pixel; the exact need is known once the decoder is there.
    if header.stored.area() > budget {
        return Err(PictureError::TooManyPixels { size: header.facts.size });
    }
    // Decoders met by hostile files sometimes panic; that is a broken picture, not a broken program.
    catch_unwind(AssertUnwindSafe(|| decode_unguarded(source, header, budget))).unwrap_or(Err(PictureError::Broken))
}

fn decode_unguarded<R: BufRead + Seek>(mut source: R, header: &Header, budget: u64) -> Result<Decoded, PictureError> {
    if header.facts.format == PictureFormat::Jpeg {
        if !jpeg::has_end(&mut BufReader::new(&mut source)).map_err(PictureError::reading)? {
            return Err(PictureError::Broken);
        }
        source.seek(SeekFrom::Start(0)).map_err(PictureError::reading)?;
    }
    let format = image_format(header.facts.format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(header.stored.width);
    limits.max_image_height = Some(header.stored.height);
    // For PNG the limit is on what comes beside the pixels, for the others on both.
    limits.max_alloc = Some(if format == ImageFormat::Png { PNG_EXTRAS as u64 } else { budget + WORKING_SPACE });
    let mut reader = ImageReader::with_format(source, format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(decoding_error)?;
    if Size::from(decoder.dimensions()) != header.stored {
        return Err(PictureError::Broken);
    }
    if decoder.total_bytes() > budget {
        return Err(PictureError::TooManyPixels { size: header.facts.size });
    }
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(decoding_error)?;
    Ok(Decoded { image, profile })
}

/// An error of the disk stays one; everything else means that the picture is broken.
fn decoding_error(error: image::ImageError) -> PictureError {
    match error {
        image::ImageError::IoError(error) if error.raw_os_error().is_some() => PictureError::reading(error),
        _ => PictureError::Broken,
    }
}

const fn image_format(format: PictureFormat) -> ImageFormat {
    match format {
        PictureFormat::Jpeg => ImageFormat::Jpeg,
        PictureFormat::Png => ImageFormat::Png,
        PictureFormat::Webp => ImageFormat::WebP,
        PictureFormat::Bmp => ImageFormat::Bmp,
        PictureFormat::Tiff => ImageFormat::Tiff,
        PictureFormat::Gif => ImageFormat::Gif,
    }
}
