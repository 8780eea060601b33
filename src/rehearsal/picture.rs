//! A picture as it was given: its header judged first, and only then its pixels decoded, upright, within a bound.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use imagesize::ImageType;

use super::png;
use super::refusal::{Reason, Refusal};
use crate::domain::frame::{PictureFacts, PictureFormat, PictureViolation};
use crate::domain::model::{PictureLimits, Size};

/// Most memory one decoded picture may take: the largest side on offer squared, at 16 bits and four channels.
const DECODED_MAX: u64 = 300_000_000;

/// A picture that meets every limit, decoded, with the turn that makes it upright still to be done.
pub(super) struct Decoded {
    pub pixels: DynamicImage,
    pub turn: Orientation,
}

/// Judges and decodes a picture. `field` is named in a refusal.
///
/// Blocking and heavy: one picture at a time, off the runtime's threads.
pub(super) fn decode(bytes: &[u8], limits: &PictureLimits, field: &str) -> Result<Decoded, Refusal> {
    let refuse = |reason, message: String| Refusal::new(reason, format!("{field}: {message}")).about(field);
    let unreadable = |error: String| refuse(Reason::InvalidImageFormat, format!("the picture cannot be read: {error}"));
    let broken = |violation: &PictureViolation| refuse(reason(violation), violation.to_string());

    let format = format(bytes)
        .ok_or_else(|| refuse(Reason::InvalidImageFormat, "this is no picture of an accepted format".to_owned()))?;
    // A first look that allocates nothing. The ratio waits: it depends on the turn, which only the decoder knows.
    let header = imagesize::blob_size(bytes).map_err(|error| unreadable(error.to_string()))?;
    let size = Size::new(narrow(header.width), narrow(header.height));
    let facts = PictureFacts { format, size, bytes: bytes.len() as u64 };
    if let Some(violation) =
        facts.violations(limits).iter().find(|violation| !matches!(violation, PictureViolation::Ratio { .. }))
    {
        return Err(broken(violation));
    }

    // A profile or a comment in a PNG is compressed and can unfold to a thousand times its size.
    let stripped = (format == PictureFormat::Png).then(|| png::without_compressed_notes(bytes));
    let mut reader = ImageReader::with_format(Cursor::new(stripped.as_deref().unwrap_or(bytes)), decoder_of(format));
    reader.limits(decoder_limits(limits));
    let mut decoder = reader.into_decoder().map_err(|error| unreadable(error.to_string()))?;
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let stored = Size::from(decoder.dimensions());
    let facts = PictureFacts { size: if is_quarter(turn) { stored.turned() } else { stored }, ..facts };
    if let Some(violation) = facts.violations(limits).first() {
        return Err(broken(violation));
    }
    if decoder.total_bytes() > DECODED_MAX {
        return Err(refuse(Reason::InvalidImageFormat, "its pixels are too deep to be decoded".to_owned()));
    }
    let pixels = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(error.to_string()))?;
    Ok(Decoded { pixels, turn })
}

/// Whether the turn exchanges width and height.
pub(super) const fn is_quarter(turn: Orientation) -> bool {
    matches!(
        turn,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

fn narrow(side: usize) -> u32 {
    u32::try_from(side).unwrap_or(u32::MAX)
}

fn format(bytes: &[u8]) -> Option<PictureFormat> {
    Some(match imagesize::image_type(bytes).ok()? {
        ImageType::Jpeg => PictureFormat::Jpeg,
        ImageType::Png => PictureFormat::Png,
        ImageType::Webp => PictureFormat::Webp,
        ImageType::Bmp => PictureFormat::Bmp,
        ImageType::Tiff => PictureFormat::Tiff,
        ImageType::Gif => PictureFormat::Gif,
        _ => return None,
    })
}

const fn decoder_of(format: PictureFormat) -> ImageFormat {
    match format {
        PictureFormat::Jpeg => ImageFormat::Jpeg,
        PictureFormat::Png => ImageFormat::Png,
        PictureFormat::Webp => ImageFormat::WebP,
        PictureFormat::Bmp => ImageFormat::Bmp,
        PictureFormat::Tiff => ImageFormat::Tiff,
        PictureFormat::Gif => ImageFormat::Gif,
    }
}

fn decoder_limits(limits: &PictureLimits) -> Limits {
    let mut bounds = Limits::default();
    bounds.max_image_width = Some(limits.longer_side_under);
    bounds.max_image_height = Some(limits.longer_side_under);
    bounds.max_alloc = Some(DECODED_MAX + limits.max_bytes);
    bounds
}

const fn reason(violation: &PictureViolation) -> Reason {
    match violation {
        PictureViolation::Format { .. } => Reason::InvalidImageFormat,
        PictureViolation::TooSmall { .. } | PictureViolation::Ratio { .. } => Reason::InvalidImageSize,
        PictureViolation::TooLarge { .. } => Reason::ImageExceedsMaxResolution,
        PictureViolation::TooHeavy { .. } => Reason::ImageFileExceedsMaxSize,
    }
}
