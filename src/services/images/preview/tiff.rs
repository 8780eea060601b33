//! TIFF, one strip or one row of tiles at a time; of several pages the first.

use std::io::{BufRead, Seek};

use tiff::decoder::{ChunkType, Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::BUDGET;
use crate::domain::model::Size;
use crate::services::images::error::PictureError;
use crate::services::images::header::Header;
use crate::services::images::shrinking::{Shrinker, Small, Stored};

/// The value of the tag for samples that lie in planes, one for each channel.
const PLANES: u16 = 2;
/// What the tag of one name may hold, in bytes.
const LONGEST_TAG: usize = 1 << 20;
/// What one strip or tile may take as it is stored, in bytes.
const LONGEST_STORED: usize = 64 << 20;

/// `None` for the kinds of pixels that are rare.
pub(super) fn small<R: BufRead + Seek>(
    source: &mut R,
    header: &Header,
    target: Size,
) -> Result<Option<Small>, PictureError> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = BUDGET as usize;
    limits.intermediate_buffer_size = LONGEST_STORED;
    limits.ifd_value_size = LONGEST_TAG;
    let mut decoder = Decoder::new(source).map_err(broken)?.with_limits(limits);
    if Size::from(decoder.dimensions().map_err(broken)?) != header.stored {
        return Err(PictureError::Broken);
    }
    let channels = match decoder.colortype().map_err(broken)? {
        ColorType::Gray(8 | 16) => 1,
        ColorType::GrayA(8 | 16) => 2,
        ColorType::RGB(8 | 16) => 3,
        ColorType::RGBA(8 | 16) => 4,
        _ => return Ok(None),
    };
    if decoder.find_tag_unsigned(Tag::PlanarConfiguration).map_err(broken)? == Some(PLANES) {
        return Ok(None);
    }
    let (width, height) = decoder.chunk_dimensions();
    let across =
        if decoder.get_chunk_type() == ChunkType::Tile { header.stored.width.div_ceil(width.max(1)) } else { 1 };
    // A row of tiles is held twice while it is put together.
    let held = u64::from(width) * u64::from(height.min(header.stored.height)) * u64::from(across) * channels as u64 * 4;
    if held > BUDGET {
        return Ok(None);
    }
    let profile = decoder.find_tag(Tag::IccProfile).ok().flatten().and_then(|tag| tag.into_u8_vec().ok());
    let mut shrinker = Shrinker::new(header.stored, target, channels);
    let down = header.stored.height.div_ceil(height.max(1));
    for row in 0..down {
        let chunks = (row * across..(row + 1) * across)
            .map(|index| Ok((decoder.chunk_data_dimensions(index).0, decoder.read_chunk(index).map_err(broken)?)))
            .collect::<Result<Vec<_>, PictureError>>()?;
        match chunks.first() {
            Some((_, DecodingResult::U8(_))) => {
                push(&mut shrinker, header.stored, channels, &chunks, |chunk| match chunk {
                    DecodingResult::U8(samples) => Some(samples.as_slice()),
                    _ => None,
                })?;
            }
            Some((_, DecodingResult::U16(_))) => {
                push(&mut shrinker, header.stored, channels, &chunks, |chunk| match chunk {
                    DecodingResult::U16(samples) => Some(samples.as_slice()),
                    _ => None,
                })?;
            }
            _ => return Ok(None),
        }
    }
    shrinker.finish(profile).map(Some)
}

/// Hands over the rows of the chunks that lie side by side.
fn push<T: Stored + Default>(
    shrinker: &mut Shrinker,
    size: Size,
    channels: usize,
    chunks: &[(u32, DecodingResult)],
    samples: impl Fn(&DecodingResult) -> Option<&[T]>,
) -> Result<(), PictureError> {
    let lengths = chunks.iter().map(|(width, chunk)| Some((*width as usize * channels, samples(chunk)?)));
    let chunks = lengths.collect::<Option<Vec<_>>>().ok_or(PictureError::Broken)?;
    let rows = chunks.iter().map(|(length, samples)| samples.len() / (*length).max(1)).min().unwrap_or(0);
    let mut line = Vec::with_capacity(size.width as usize * channels);
    for row in 0..rows {
        line.clear();
        for (length, samples) in &chunks {
            line.extend_from_slice(&samples[row * length..(row + 1) * length]);
        }
        if line.len() != size.width as usize * channels {
            return Err(PictureError::Broken);
        }
        shrinker.push(&line);
    }
    Ok(())
}

fn broken(error: TiffError) -> PictureError {
    match error {
        TiffError::IoError(error) if error.raw_os_error().is_some() => PictureError::reading(error),
        _ => PictureError::Broken,
    }
}
