//! WebP through libwebp, which scales while it decodes. It wants the whole file in memory.

use std::io::{BufRead, Read, Seek};

use image::RgbaImage;
use webpx::{BitstreamFormat, Decoder, DecoderConfig, Limits};

use super::{BUDGET, shrink, too_many_pixels};
use crate::domain::model::Size;
use crate::services::images::decoding::LONGEST_FILE;
use crate::services::images::error::PictureError;
use crate::services::images::header::Header;
use crate::services::images::shrinking::Small;

/// `None` for an animation.
pub(super) fn small<R: BufRead + Seek>(
    source: &mut R,
    header: &Header,
    target: Size,
) -> Result<Option<Small>, PictureError> {
    let mut file = Vec::with_capacity(header.facts.bytes.min(LONGEST_FILE) as usize);
    source.take(LONGEST_FILE).read_to_end(&mut file).map_err(PictureError::reading)?;
    // The limits are this module's own.
    let config = DecoderConfig::new().limits(Limits::none()).use_threads(true);
    let decoder = Decoder::new(&file).map_err(|_| PictureError::Broken)?.config(config);
    let info = decoder.info();
    if info.has_animation {
        return Ok(None);
    }
    if Size::new(info.width, info.height) != header.stored {
        return Err(PictureError::Broken);
    }
    let pixels = header.stored.area();
    let lossless = info.format != BitstreamFormat::Lossy;
    let held = file.len() as u64 + if lossless { pixels * 4 } else { pixels * u64::from(info.has_alpha) };
    if held > BUDGET {
        return Err(too_many_pixels(header));
    }
    // One pixel that is a little see-through is lost in a small picture, so where there is room the large one is asked.
    let whole = target == header.stored || (info.has_alpha && held + pixels * 4 <= BUDGET);
    let has_alpha = info.has_alpha;
    let size = if whole { header.stored } else { target };
    let out = if whole {
        let mut out = RgbaImage::new(size.width, size.height);
        decoder.decode_rgba_into(&mut out, size.width * 4).map_err(|_| PictureError::Broken)?;
        out
    } else {
        let (out, ..) = decoder.scale(size.width, size.height).decode_rgba_raw().map_err(|_| PictureError::Broken)?;
        RgbaImage::from_raw(size.width, size.height, out).ok_or(PictureError::Broken)?
    };
    let profile = profile(&file);
    drop(file);
    if size != target {
        return shrink(&out.into(), target, profile).map(Some);
    }
    let transparent = has_alpha && out.pixels().any(|pixel| pixel.0[3] < u8::MAX);
    Ok(Some(Small { pixels: out, profile, transparent }))
}

/// The colour profile, which is the first chunk behind the extended header.
fn profile(file: &[u8]) -> Option<Vec<u8>> {
    let behind = file.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WEBPVP8X")?.get(14..)?;
    let length = u32::from_le_bytes(*behind.strip_prefix(b"ICCP")?.first_chunk()?);
    behind.get(8..)?.get(..usize::try_from(length).ok()?).map(<[u8]>::to_vec)
}
