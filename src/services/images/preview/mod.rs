//! What a picture looks like, small: each format by the decoder that is quickest at making a small picture of it.
//!
//! JPEG and WebP shrink while they decode, PNG and TIFF are decoded row by row, so that none of them is ever held whole.
//! Whatever those do not take (CMYK, interlaced PNG, animations, BMP, GIF …) is decoded whole within a budget. How the
//! decoders compare is in `benches/README.md`.

mod jpeg;
mod png;
mod tiff;
mod webp;

use std::io::{BufRead, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::DynamicImage;

use super::colour;
use super::decoding::{LONGEST_FILE, decode};
use super::error::PictureError;
use super::header::Header;
use super::shrinking::{Shrinker, Small, Stored, fitted};
use crate::domain::frame::{PictureFormat, Preview};
use crate::domain::model::Size;

/// Most pixels of a picture that is shown, however little of it is held at a time: bounds the time.
const MOST_PIXELS: u64 = 100_000_000;
/// Longest side of a picture that is shown, in pixels: bounds a row.
const LONGEST_SIDE: u32 = 500_000;
/// Most bytes a decoder may hold at a time: the largest legal picture in 8-bit RGBA, and some.
const BUDGET: u64 = 150_000_000;

/// A preview, and whether the picture it was made of has any pixel that is see-through.
pub(super) struct Shown {
    pub preview: Preview,
    pub transparent: bool,
}

/// Makes a preview, upright, in sRGB and at most `longest` pixels on a side, of a picture whose header was read.
///
/// [`PictureError::TooManyPixels`] and [`PictureError::TooManyBytes`] tell that nothing was tried.
/// `open` gives a reader at the start of the picture; several of them are read at a time.
pub(super) fn preview<R: BufRead + Seek>(
    open: impl Fn() -> R + Sync,
    header: &Header,
    longest: u32,
) -> Result<Shown, PictureError> {
    if header.facts.bytes > LONGEST_FILE {
        return Err(PictureError::TooManyBytes { bytes: header.facts.bytes });
    }
    if header.stored.area() > MOST_PIXELS || header.stored.longer() > LONGEST_SIDE {
        return Err(too_many_pixels(header));
    }
    // Decoders met by hostile files sometimes panic, and one of them unwinds on every error; that is a broken picture,
    // not a broken program.
    let small =
        catch_unwind(AssertUnwindSafe(|| small(&open, header, longest))).unwrap_or(Err(PictureError::Broken))?;
    let mut pixels = DynamicImage::ImageRgba8(small.pixels);
    colour::to_srgb(&mut pixels, small.profile.as_deref());
    pixels.apply_orientation(header.turn);
    let size = Size::new(pixels.width(), pixels.height());
    let preview = Preview { size, rgba: pixels.into_rgba8().into_raw().into() };
    Ok(Shown { preview, transparent: small.transparent })
}

fn small<R: BufRead + Seek>(
    open: &(impl Fn() -> R + Sync),
    header: &Header,
    longest: u32,
) -> Result<Small, PictureError> {
    let target = fitted(header.stored, longest);
    let quick = match header.facts.format {
        PictureFormat::Jpeg => jpeg::small(&mut open(), header, target)?,
        PictureFormat::Png => png::small(&mut open(), header, target)?,
        PictureFormat::Tiff => tiff::small(open, header, target)?,
        PictureFormat::Webp => webp::small(&mut open(), header, target)?,
        PictureFormat::Bmp | PictureFormat::Gif => None,
    };
    if let Some(small) = quick {
        return Ok(small);
    }
    let decoded = decode(open(), header, BUDGET)?;
    shrink(&decoded.image, target, decoded.profile)
}

/// A whole picture in memory made small.
fn shrink(image: &DynamicImage, target: Size, profile: Option<Vec<u8>>) -> Result<Small, PictureError> {
    match image {
        DynamicImage::ImageLuma8(it) => shrink_rows(it.as_raw(), it.dimensions().into(), 1, target, profile),
        DynamicImage::ImageLumaA8(it) => shrink_rows(it.as_raw(), it.dimensions().into(), 2, target, profile),
        DynamicImage::ImageRgb8(it) => shrink_rows(it.as_raw(), it.dimensions().into(), 3, target, profile),
        DynamicImage::ImageRgba8(it) => shrink_rows(it.as_raw(), it.dimensions().into(), 4, target, profile),
        DynamicImage::ImageLuma16(it) => shrink_rows(it.as_raw(), it.dimensions().into(), 1, target, profile),
        DynamicImage::ImageLumaA16(it) => shrink_rows(it.as_raw(), it.dimensions().into(), 2, target, profile),
        DynamicImage::ImageRgb16(it) => shrink_rows(it.as_raw(), it.dimensions().into(), 3, target, profile),
        DynamicImage::ImageRgba16(it) => shrink_rows(it.as_raw(), it.dimensions().into(), 4, target, profile),
        other => {
            let it = other.to_rgba16();
            shrink_rows(it.as_raw(), it.dimensions().into(), 4, target, profile)
        }
    }
}

fn shrink_rows<T: Stored>(
    samples: &[T],
    size: Size,
    channels: usize,
    target: Size,
    profile: Option<Vec<u8>>,
) -> Result<Small, PictureError> {
    let mut shrinker = Shrinker::new(size, target, channels);
    for row in samples.chunks_exact(size.width as usize * channels) {
        shrinker.push(row);
    }
    shrinker.finish(profile)
}

fn too_many_pixels(header: &Header) -> PictureError {
    PictureError::TooManyPixels { size: header.facts.size }
}
