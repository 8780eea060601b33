//! TIFF, one strip or one row of tiles at a time; of several pages the first.
//!
//! Strips and tiles do not depend on each other, so two threads unpack them by turns: LZW and deflate are what takes the
//! time.

use std::io::{BufRead, Seek};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

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
/// The value of the tag for samples that are whole numbers from 0 up.
const UNSIGNED: u16 = 1;
/// What the tag of one name may hold, in bytes.
const LONGEST_TAG: usize = 1 << 20;
/// What one strip or tile may take as it is stored, in bytes.
const LONGEST_STORED: usize = 64 << 20;
/// How often a row of chunks is held at most: one that is taken apart, one that waits, and one for each thread.
const HELD: u64 = 4;

/// Chunks that lie side by side, each with its width in pixels.
type Row = Vec<(u32, DecodingResult)>;

/// How the pixels are cut up.
#[derive(Clone, Copy)]
struct Cut {
    channels: usize,
    /// Chunks side by side.
    across: u32,
    /// Rows of chunks.
    down: u32,
}

/// `None` for the kinds of pixels that are rare.
pub(super) fn small<R: BufRead + Seek>(
    open: &(impl Fn() -> R + Sync),
    header: &Header,
    target: Size,
) -> Result<Option<Small>, PictureError> {
    let mut decoder = limited(open())?;
    if Size::from(decoder.dimensions().map_err(broken)?) != header.stored {
        return Err(PictureError::Broken);
    }
    let Some(cut) = cut(&mut decoder, header.stored)? else { return Ok(None) };
    let profile = decoder.find_tag(Tag::IccProfile).ok().flatten().and_then(|tag| tag.into_u8_vec().ok());
    let mut shrinker = Shrinker::new(header.stored, target, cut.channels);
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(1);
        let unpack = move || {
            let Ok(mut decoder) = limited(open()) else { return };
            for row in (0..cut.down).step_by(2) {
                // Nobody waits any more where the other rows were broken.
                if sender.send(chunks(&mut decoder, cut, row)).is_err() {
                    return;
                }
            }
        };
        let name = "picture strips".to_owned();
        let even = cut.down > 1 && thread::Builder::new().name(name).spawn_scoped(scope, unpack).is_ok();
        let even = even.then_some(receiver);
        push_all(&mut decoder, even.as_ref(), cut, header.stored, &mut shrinker)
    })?;
    shrinker.finish(profile).map(Some)
}

/// A decoder that takes no more than a strip or two at a time.
fn limited<R: BufRead + Seek>(source: R) -> Result<Decoder<R>, PictureError> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = BUDGET as usize;
    limits.intermediate_buffer_size = LONGEST_STORED;
    limits.ifd_value_size = LONGEST_TAG;
    Ok(Decoder::new(source).map_err(broken)?.with_limits(limits))
}

/// `None` for pixels that are not taken here, and for chunks too large to be held.
fn cut<R: BufRead + Seek>(decoder: &mut Decoder<R>, size: Size) -> Result<Option<Cut>, PictureError> {
    let channels = match decoder.colortype().map_err(broken)? {
        ColorType::Gray(8 | 16) => 1,
        ColorType::GrayA(8 | 16) => 2,
        ColorType::RGB(8 | 16) => 3,
        ColorType::RGBA(8 | 16) => 4,
        _ => return Ok(None),
    };
    let formats = decoder.find_tag_unsigned_vec::<u16>(Tag::SampleFormat).map_err(broken)?.unwrap_or_default();
    let planes = decoder.find_tag_unsigned(Tag::PlanarConfiguration).map_err(broken)? == Some(PLANES);
    let (width, height) = decoder.chunk_dimensions();
    if planes || formats.iter().any(|format| *format != UNSIGNED) || width == 0 || height == 0 {
        return Ok(None);
    }
    let across = if decoder.get_chunk_type() == ChunkType::Tile { size.width.div_ceil(width) } else { 1 };
    let row = u64::from(width) * u64::from(across) * u64::from(height.min(size.height)) * channels as u64 * 2;
    let down = size.height.div_ceil(height);
    let held = row.saturating_mul(if down > 1 { HELD } else { 1 });
    Ok((held <= BUDGET).then_some(Cut { channels, across, down }))
}

fn chunks<R: BufRead + Seek>(decoder: &mut Decoder<R>, cut: Cut, row: u32) -> Result<Row, PictureError> {
    let chunk = |index| Ok((decoder.chunk_data_dimensions(index).0, decoder.read_chunk(index).map_err(broken)?));
    (row * cut.across..(row + 1) * cut.across).map(chunk).collect()
}

/// Hands over every row of chunks in its order; those with even numbers come from the helper, where there is one.
fn push_all<R: BufRead + Seek>(
    decoder: &mut Decoder<R>,
    even: Option<&Receiver<Result<Row, PictureError>>>,
    cut: Cut,
    size: Size,
    shrinker: &mut Shrinker,
) -> Result<(), PictureError> {
    for row in 0..cut.down {
        let chunks = match even {
            Some(helper) if row % 2 == 0 => helper.recv().map_err(|_| PictureError::Broken)??,
            _ => chunks(decoder, cut, row)?,
        };
        match chunks.first() {
            Some((_, DecodingResult::U8(_))) => push(shrinker, size, cut, &chunks, |chunk| match chunk {
                DecodingResult::U8(samples) => Some(samples),
                _ => None,
            })?,
            Some((_, DecodingResult::U16(_))) => push(shrinker, size, cut, &chunks, |chunk| match chunk {
                DecodingResult::U16(samples) => Some(samples),
                _ => None,
            })?,
            _ => return Err(PictureError::Broken),
        }
    }
    Ok(())
}

/// Hands over the rows of pixels of the chunks that lie side by side.
fn push<T: Stored>(
    shrinker: &mut Shrinker,
    size: Size,
    cut: Cut,
    chunks: &Row,
    samples: impl Fn(&DecodingResult) -> Option<&Vec<T>>,
) -> Result<(), PictureError> {
    let pieces = chunks.iter().map(|(width, chunk)| Some((*width as usize * cut.channels, samples(chunk)?)));
    let pieces = pieces.collect::<Option<Vec<_>>>().ok_or(PictureError::Broken)?;
    let length = size.width as usize * cut.channels;
    if pieces.iter().map(|(length, _)| *length).sum::<usize>() != length {
        return Err(PictureError::Broken);
    }
    let rows = pieces.iter().map(|(length, samples)| samples.len() / (*length).max(1)).min().unwrap_or(0);
    let mut line = Vec::with_capacity(length);
    for row in 0..rows {
        line.clear();
        for (length, samples) in &pieces {
            line.extend_from_slice(&samples[row * length..][..*length]);
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
