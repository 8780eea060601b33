//! Pixels made fewer or more with care, for what is sent: Lanczos3 in linear light, band by band, so that a large photo
//! is never held a second time in the wider format. Previews are made the quick way, in `shrinking`.

use std::sync::LazyLock;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U16x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, ImageBuffer, Pixel, RgbImage};

use super::error::PictureError;
use crate::domain::draft::Backdrop;
use crate::domain::frame::Crop;
use crate::domain::model::Size;

/// Rows that are in the wide format at once.
const BAND: u32 = 64;

/// A sample of any depth on the 16-bit scale.
pub(super) trait Sample: Copy {
    fn wide(self) -> u16;
}

impl Sample for u8 {
    fn wide(self) -> u16 {
        u16::from(self) * 257
    }
}

impl Sample for u16 {
    fn wide(self) -> u16 {
        self
    }
}

impl Sample for f32 {
    fn wide(self) -> u16 {
        // Not-a-number becomes 0 in the cast.
        (self.clamp(0.0, 1.0) * 65_535.0).round() as u16
    }
}

/// Back to 8 bits; exact for what [`Sample::wide`] made of 8 bits.
fn narrow(wide: u16) -> u8 {
    ((u32::from(wide) + 128) / 257) as u8
}

/// Runs a generic function on the buffer inside, whatever its samples are.
macro_rules! with_buffer {
    ($image:expr, $buffer:ident => $body:expr) => {
        match $image {
            DynamicImage::ImageLuma8($buffer) => $body,
            DynamicImage::ImageLumaA8($buffer) => $body,
            DynamicImage::ImageRgb8($buffer) => $body,
            DynamicImage::ImageRgba8($buffer) => $body,
            DynamicImage::ImageLuma16($buffer) => $body,
            DynamicImage::ImageLumaA16($buffer) => $body,
            DynamicImage::ImageRgb16($buffer) => $body,
            DynamicImage::ImageRgba16($buffer) => $body,
            DynamicImage::ImageRgb32F($buffer) => $body,
            DynamicImage::ImageRgba32F($buffer) => $body,
            other => {
                let $buffer = other.into_rgba8();
                $body
            }
        }
    };
}

/// A crop of the picture, flattened on the backdrop, at exactly `to`. Both are as stored, before any turn. The picture
/// is given up on the way, before the last of its successors is made.
///
/// Where nothing has to be scaled, opaque 8-bit pixels come out as they went in.
pub(super) fn resample(
    image: DynamicImage,
    crop: Crop,
    to: Size,
    backdrop: Backdrop,
) -> Result<RgbImage, PictureError> {
    with_buffer!(image, buffer => resample_buffer(buffer, crop, to, backdrop))
}

fn resample_buffer<P>(
    image: ImageBuffer<P, Vec<P::Subpixel>>,
    crop: Crop,
    to: Size,
    backdrop: Backdrop,
) -> Result<RgbImage, PictureError>
where
    P: Pixel<Subpixel: Sample>,
{
    let row = |y: u32| {
        let channels = P::CHANNEL_COUNT as usize;
        let start = (image.width() as usize * (crop.y + y) as usize + crop.x as usize) * channels;
        let samples = &image.as_raw()[start..][..crop.width as usize * channels];
        samples.chunks_exact(channels).map(move |pixel| flattened::<P>(P::from_slice(pixel), backdrop))
    };
    let mut out = RgbImage::new(to.width, to.height);
    if Size::new(crop.width, crop.height) == to {
        for (y, line) in out.rows_mut().enumerate() {
            for (pixel, wide) in line.zip(row(y as u32)) {
                pixel.0 = wide.map(narrow);
            }
        }
        return Ok(out);
    }
    let light = &*LIGHT;
    let linear = |y: u32| row(y).map(|wide| U16x3::new(wide.map(|sample| light.linear[usize::from(sample)])));
    let narrowed = resize_across(crop, to.width, linear)?;
    drop(image);
    let source = TypedImageRef::new(to.width, crop.height, &narrowed).map_err(|_| PictureError::Broken)?;
    let mut target = TypedImage::new(to.width, to.height);
    lanczos(&source, &mut target)?;
    for (pixel, linear) in out.pixels_mut().zip(target.pixels()) {
        pixel.0 = linear.0.map(|sample| light.display[usize::from(sample)]);
    }
    Ok(out)
}

/// All rows of the crop at the new width, still at their old height. The two directions of a resize are independent.
fn resize_across<I>(crop: Crop, width: u32, row: impl Fn(u32) -> I) -> Result<Vec<U16x3>, PictureError>
where
    I: Iterator<Item = U16x3>,
{
    let mut out = vec![U16x3::new([0; 3]); width as usize * crop.height as usize];
    let mut band = Vec::with_capacity(crop.width as usize * BAND as usize);
    for (index, rows) in out.chunks_mut(width as usize * BAND as usize).enumerate() {
        let top = index as u32 * BAND;
        let count = (rows.len() / width as usize) as u32;
        band.clear();
        band.extend((top..top + count).flat_map(&row));
        let source = TypedImageRef::new(crop.width, count, &band).map_err(|_| PictureError::Broken)?;
        let mut target = TypedImage::from_pixels_slice(width, count, rows).map_err(|_| PictureError::Broken)?;
        lanczos(&source, &mut target)?;
    }
    Ok(out)
}

fn lanczos(source: &TypedImageRef<'_, U16x3>, target: &mut TypedImage<'_, U16x3>) -> Result<(), PictureError> {
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(false);
    Resizer::new().resize_typed(source, target, &options).map_err(|_| PictureError::Broken)
}

/// A pixel over the backdrop, mixed as stored: that is how every viewer shows it.
fn flattened<P: Pixel<Subpixel: Sample>>(pixel: &P, backdrop: Backdrop) -> [u16; 3] {
    let [r, g, b, a] = pixel.to_rgba().0.map(Sample::wide);
    if a == u16::MAX {
        return [r, g, b];
    }
    let behind = match backdrop {
        Backdrop::Black => 0,
        Backdrop::White => u64::from(u16::MAX),
    };
    let alpha = u64::from(a);
    let most = u64::from(u16::MAX);
    [r, g, b].map(|sample| ((u64::from(sample) * alpha + behind * (most - alpha) + most / 2) / most) as u16)
}

/// Between samples as stored (sRGB) and light.
struct Light {
    /// By the stored 16-bit sample.
    linear: Vec<u16>,
    /// By the 16-bit amount of light.
    display: Vec<u8>,
}

static LIGHT: LazyLock<Light> = LazyLock::new(|| {
    let scale = |value: u16| f64::from(value) / 65_535.0;
    let to_linear = |v: f64| if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
    let to_display = |v: f64| if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    Light {
        linear: (0..=u16::MAX).map(|sample| (to_linear(scale(sample)) * 65_535.0).round() as u16).collect(),
        display: (0..=u16::MAX).map(|sample| (to_display(scale(sample)) * 255.0).round() as u8).collect(),
    }
});
