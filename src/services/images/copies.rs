//! Copies of a picture that meet a limit the picture itself breaks: smaller, lighter, or a part of it.
//!
//! A copy is upright, in 8-bit sRGB, without EXIF, and a file of its own in a private folder; the picture it was made
//! from is only read. What is see-through stays so. Whether a copy is wanted is the user's decision, and whether it then
//! meets every limit is judged like that of any other picture.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};

use fast_image_resize::images::TypedImage;
use fast_image_resize::pixels::U8x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as RowFilter, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageEncoder, RgbaImage};
use uuid::Uuid;

use super::colour;
use super::decoding::{COPYING_BUDGET, decode};
use super::error::PictureError;
use super::header::{Header, open, read_header};
use super::orientation::stored_crop;
use super::resampling::resample;
use super::saving::{into_io, make_private_folder, write_whole};
use super::shrinking::fitted;
use crate::domain::draft::Backdrop;
use crate::domain::frame::{Crop, PictureFormat};
use crate::domain::model::Size;
use crate::services::files::Access;

/// JPEG quality of a copy that has no limit to its bytes; no channel is made coarser.
const QUALITY: u8 = 95;
/// Qualities that are tried at full size, before the picture loses pixels.
const QUALITIES: [u8; 4] = [95, 92, 88, 84];
/// Quality of a copy that had to lose pixels.
const SCALED_QUALITY: u8 = 88;
/// A copy of a picture without loss stays without loss up to here, in bytes; above, hosts would refuse it.
const LONGEST_LOSSLESS: u64 = 20_000_000;
/// Shortest side a copy is brought to for the sake of its bytes, in pixels.
const SHORTEST: u32 = 64;
/// Most steps down in size. Each aims at the limit, so the second or third is there.
const STEPS: u32 = 8;

/// A copy of the whole picture whose longer side is one pixel less than `longest_side_under`, or as it is where it is
/// shorter. Returns the new file in `folder`, which is made where it is missing.
///
/// [`PictureError::TooManyPixels`] and [`PictureError::TooManyBytes`] where the picture is too large to be decoded.
pub fn scaled_down(source: &Path, folder: &Path, longest_side_under: u32) -> Result<PathBuf, PictureError> {
    let (header, decoded) = opened(source, None)?;
    let pixels = upright(decoded, &header, longest_side_under.saturating_sub(1).max(1))?;
    save(&pixels, folder, header.facts.format)
}

/// A copy of the picture in a file of at most `max_bytes`: with all of its pixels where a JPEG of good quality is that
/// short, else with as many as fit. Returns the new file in `folder`, which is made where it is missing.
///
/// A picture with see-through pixels becomes a PNG, any other one a JPEG. [`PictureError::TooManyPixels`] and
/// [`PictureError::TooManyBytes`] where the picture is too large to be decoded; [`PictureError::NotSmaller`] where no
/// picture worth having is that short.
pub fn smaller_copy(source: &Path, folder: &Path, max_bytes: u64) -> Result<PathBuf, PictureError> {
    let (header, pixels) = opened(source, None)?;
    let mut pixels = upright(pixels, &header, u32::MAX)?;
    // A PNG has one quality.
    let qualities = if pixels.color().has_alpha() { &QUALITIES[..1] } else { &QUALITIES };
    let mut length = max_bytes;
    for quality in qualities {
        match encode(&pixels, *quality, max_bytes)? {
            Attempt::Fits(file) => return keep(&file, folder),
            Attempt::Over(over) => length = over,
        }
    }
    for _ in 0..STEPS {
        // Bytes go with the area, if a little slower.
        let share = (max_bytes as f64 / length as f64).sqrt() * 0.97;
        let size = Size::new(pixels.width(), pixels.height());
        if f64::from(size.shorter()) * share < f64::from(SHORTEST) {
            break;
        }
        pixels = resized(pixels, (f64::from(size.longer()) * share) as u32)?;
        match encode(&pixels, SCALED_QUALITY, max_bytes)? {
            Attempt::Fits(file) => return keep(&file, folder),
            Attempt::Over(over) => length = over,
        }
    }
    Err(PictureError::NotSmaller { max: max_bytes })
}

/// A copy of a part of the picture, in the picture's own pixels. `crop` is of the picture seen upright and has to lie
/// inside it. Returns the new file in `folder`, which is made where it is missing.
///
/// [`PictureError::Changed`] where the crop lies outside; [`PictureError::TooManyPixels`] and
/// [`PictureError::TooManyBytes`] where the picture is too large to be decoded.
pub fn cropped_copy(source: &Path, folder: &Path, crop: Crop) -> Result<PathBuf, PictureError> {
    let (header, decoded) = opened(source, Some(crop))?;
    let pixels = upright(decoded, &header, u32::MAX)?;
    save(&pixels, folder, header.facts.format)
}

/// The stored pixels, all of them or those of the crop, in 8 bits and sRGB.
fn opened(source: &Path, crop: Option<Crop>) -> Result<(Header, DynamicImage), PictureError> {
    let (file, bytes) = open(source)?;
    let header = read_header(&file, bytes)?;
    if crop.is_some_and(|crop| !crop.lies_in(header.facts.size)) {
        return Err(PictureError::Changed);
    }
    let decoded = decode(reader(&file)?, &header, COPYING_BUDGET)?;
    let mut pixels = decoded.image;
    if let Some(crop) = crop {
        let crop = stored_crop(crop, header.stored, header.turn);
        pixels = pixels.crop_imm(crop.x, crop.y, crop.width, crop.height);
    }
    let mut pixels = if pixels.color().has_alpha() {
        let pixels = pixels.into_rgba8();
        if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
            DynamicImage::ImageRgba8(pixels).into_rgb8().into()
        } else {
            pixels.into()
        }
    } else {
        pixels.into_rgb8().into()
    };
    colour::to_srgb(&mut pixels, decoded.profile.as_deref());
    Ok((header, pixels))
}

/// The open file from its start.
fn reader(mut file: &File) -> Result<BufReader<&File>, PictureError> {
    io::Seek::rewind(&mut file).map_err(PictureError::reading)?;
    Ok(BufReader::with_capacity(1 << 16, file))
}

/// Scaled as stored, then turned: the small picture is the cheaper one to turn.
fn upright(pixels: DynamicImage, header: &Header, longest: u32) -> Result<DynamicImage, PictureError> {
    let mut pixels = resized(pixels, longest)?;
    pixels.apply_orientation(header.turn);
    Ok(pixels)
}

/// No side longer than `longest`; never enlarged. Opaque pixels are resampled in linear light like those that are sent,
/// see-through ones as they are stored.
fn resized(pixels: DynamicImage, longest: u32) -> Result<DynamicImage, PictureError> {
    let size = Size::new(pixels.width(), pixels.height());
    if size.longer() <= longest {
        return Ok(pixels);
    }
    let to = fitted(size, longest);
    match pixels {
        DynamicImage::ImageRgba8(pixels) => {
            let mut pixels = pixels.into_raw();
            let source = TypedImage::<U8x4>::from_buffer(size.width, size.height, &mut pixels);
            let source = source.map_err(|_| PictureError::Broken)?;
            let mut out = RgbaImage::new(to.width, to.height);
            let mut target =
                TypedImage::from_buffer(to.width, to.height, &mut out).map_err(|_| PictureError::Broken)?;
            let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
            Resizer::new().resize_typed(&source, &mut target, &options).map_err(|_| PictureError::Broken)?;
            Ok(out.into())
        }
        pixels => {
            let whole = Crop { x: 0, y: 0, width: size.width, height: size.height };
            Ok(resample(pixels, whole, to, Backdrop::Black)?.into())
        }
    }
}

/// Keeps the pixels without loss where the picture was so and that is not too long, else as a good JPEG.
fn save(pixels: &DynamicImage, folder: &Path, from: PictureFormat) -> Result<PathBuf, PictureError> {
    if !matches!(from, PictureFormat::Jpeg | PictureFormat::Webp)
        && let Attempt::Fits(file) = as_png(pixels, LONGEST_LOSSLESS)?
    {
        return keep(&file, folder);
    }
    match encode(pixels, QUALITY, u64::MAX)? {
        Attempt::Fits(file) => keep(&file, folder),
        Attempt::Over(max) => Err(PictureError::NotSmaller { max }),
    }
}

/// A file that is not written yet.
struct Encoded {
    file: Vec<u8>,
    format: PictureFormat,
}

enum Attempt {
    Fits(Encoded),
    /// How many bytes it would have been.
    Over(u64),
}

/// PNG for what is see-through, else JPEG of that quality (1 to 100).
fn encode(pixels: &DynamicImage, quality: u8, max_bytes: u64) -> Result<Attempt, PictureError> {
    if pixels.color().has_alpha() {
        return as_png(pixels, max_bytes);
    }
    let mut counted = Counted::new(max_bytes);
    let colour: ExtendedColorType = pixels.color().into();
    JpegEncoder::new_with_quality(&mut counted, quality)
        .encode(pixels.as_bytes(), pixels.width(), pixels.height(), colour)
        .map_err(|error| PictureError::Write(into_io(error)))?;
    Ok(counted.attempt(PictureFormat::Jpeg))
}

fn as_png(pixels: &DynamicImage, max_bytes: u64) -> Result<Attempt, PictureError> {
    let mut counted = Counted::new(max_bytes);
    PngEncoder::new_with_quality(&mut counted, CompressionType::Fast, RowFilter::Adaptive)
        .write_image(pixels.as_bytes(), pixels.width(), pixels.height(), pixels.color().into())
        .map_err(|error| PictureError::Write(into_io(error)))?;
    Ok(counted.attempt(PictureFormat::Png))
}

fn keep(encoded: &Encoded, folder: &Path) -> Result<PathBuf, PictureError> {
    make_private_folder(folder)?;
    let path = folder.join(format!("{}.{}", Uuid::new_v4(), encoded.format.extension()));
    write_whole(&path, Access::Private, |writer| writer.write_all(&encoded.file))?;
    Ok(path)
}

/// Keeps what is written up to a limit, and counts on.
struct Counted {
    file: Vec<u8>,
    length: u64,
    max: u64,
}

impl Counted {
    fn new(max: u64) -> Self {
        Self { file: Vec::new(), length: 0, max }
    }

    fn attempt(self, format: PictureFormat) -> Attempt {
        if self.length > self.max {
            Attempt::Over(self.length)
        } else {
            Attempt::Fits(Encoded { file: self.file, format })
        }
    }
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.length += bytes.len() as u64;
        if self.length > self.max {
            self.file = Vec::new();
        } else {
            self.file.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
