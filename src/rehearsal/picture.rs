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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::Catalogue;

    fn limits() -> &'static PictureLimits {
        &Catalogue::built_in().default_model().picture
    }

    fn encoded(pixels: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        pixels.write_to(&mut bytes, format).expect("an encoder");
        bytes.into_inner()
    }

    fn grey(width: u32, height: u32) -> Vec<u8> {
        encoded(&DynamicImage::new_luma8(width, height), ImageFormat::Png)
    }

    fn judged(bytes: &[u8]) -> Result<(u32, u32), Reason> {
        match decode(bytes, limits(), "image") {
            Ok(decoded) => Ok((decoded.pixels.width(), decoded.pixels.height())),
            Err(refusal) => {
                assert_eq!(refusal.field.as_deref(), Some("image"));
                Err(refusal.reason)
            }
        }
    }

    #[test]
    fn bounds_are_as_written() {
        for (width, height, expected) in [
            (301, 301, None),
            (300, 301, Some(Reason::InvalidImageSize)),
            (400, 1000, None),
            (1000, 400, None),
            (400, 1001, Some(Reason::InvalidImageSize)),
            (1001, 400, Some(Reason::InvalidImageSize)),
            (5999, 2400, None),
            (6000, 2400, Some(Reason::ImageExceedsMaxResolution)),
        ] {
            let expected = expected.map_or(Ok((width, height)), Err);
            assert_eq!(judged(&grey(width, height)), expected, "{width}×{height}");
        }
    }

    #[test]
    fn every_format_on_the_list_is_decoded() {
        let plain = DynamicImage::new_rgb8(320, 310);
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Bmp, ImageFormat::Tiff] {
            assert_eq!(judged(&encoded(&plain, format)), Ok((320, 310)), "{format:?}");
        }
        assert_eq!(judged(&encoded(&DynamicImage::new_rgba8(320, 310), ImageFormat::Gif)), Ok((320, 310)));
        assert_eq!(judged(&encoded(&DynamicImage::new_rgba16(320, 310), ImageFormat::Png)), Ok((320, 310)));
    }

    #[test]
    fn the_turn_is_read_from_exif() {
        let mut jpeg = encoded(&DynamicImage::new_rgb8(640, 320), ImageFormat::Jpeg);
        let mut exif =
            b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        assert_eq!(exif.len(), 0x22 + 2);
        exif.extend_from_slice(&jpeg.split_off(2));
        jpeg.extend(exif);
        let decoded = decode(&jpeg, limits(), "image").expect("a picture in order");
        assert_eq!((decoded.turn, decoded.pixels.width()), (Orientation::Rotate90, 640));
    }

    #[test]
    fn what_is_damaged_or_something_else_is_refused() {
        let whole = grey(400, 400);
        for bytes in [&whole[..whole.len() / 2], &whole[..20], b"", b"%PDF-1.7", b"\0\0\0\x18ftypheic"] {
            assert_eq!(judged(bytes), Err(Reason::InvalidImageFormat), "{} bytes", bytes.len());
        }
    }

    #[test]
    fn a_header_that_promises_too_much_is_refused_before_anything_is_allocated() {
        let mut lying = grey(400, 400);
        // The width in the header chunk; the checksum behind it no longer matters.
        lying[16..20].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(judged(&lying), Err(Reason::ImageExceedsMaxResolution));
    }
}
