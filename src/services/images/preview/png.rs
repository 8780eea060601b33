//! PNG, row by row.

use std::io::{BufRead, Seek};

use png::{BitDepth, Decoder, DecodingError, Limits, Transformations};

use crate::domain::model::Size;
use crate::services::images::decoding::PNG_EXTRAS;
use crate::services::images::error::PictureError;
use crate::services::images::header::Header;
use crate::services::images::shrinking::{Shrinker, Small};

/// `None` for an interlaced picture, whose rows do not come in their order.
pub(super) fn small<R: BufRead + Seek>(
    source: &mut R,
    header: &Header,
    target: Size,
) -> Result<Option<Small>, PictureError> {
    let mut decoder = Decoder::new_with_limits(source, Limits { bytes: PNG_EXTRAS });
    decoder.set_transformations(Transformations::EXPAND);
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(broken)?;
    let info = reader.info();
    let size = Size::new(info.width, info.height);
    if size != header.stored {
        return Err(PictureError::Broken);
    }
    if info.interlaced {
        return Ok(None);
    }
    let profile = info.icc_profile.as_ref().map(|profile| profile.to_vec());
    let (colour, depth) = reader.output_color_type();
    let mut shrinker = Shrinker::new(size, target, colour.samples());
    let mut wide = Vec::new();
    while let Some(row) = reader.next_row().map_err(broken)? {
        if depth == BitDepth::Sixteen {
            wide.clear();
            wide.extend(row.data().as_chunks().0.iter().map(|pair| u16::from_be_bytes(*pair)));
            shrinker.push(&wide);
        } else {
            shrinker.push(row.data());
        }
    }
    shrinker.finish(profile).map(Some)
}

fn broken(error: DecodingError) -> PictureError {
    match error {
        DecodingError::IoError(error) if error.raw_os_error().is_some() => PictureError::reading(error),
        _ => PictureError::Broken,
    }
}
