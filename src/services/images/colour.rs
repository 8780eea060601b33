//! Colours of a picture with a profile of its own, brought to sRGB: the only space a clip knows.
//!
//! Done on the small picture, after resizing. A profile that cannot be used is ignored, as a viewer would.

use std::panic::{AssertUnwindSafe, catch_unwind};

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Longest profile that is looked at, in bytes. Real ones of displays and cameras have a few kilobytes.
const LONGEST_PROFILE: usize = 4 << 20;

/// Converts 8-bit RGB or RGBA pixels from the profile's colours to sRGB. Grey and CMYK profiles are left alone: the
/// decoder has already made RGB of those.
pub(super) fn to_srgb(pixels: &mut DynamicImage, profile: Option<&[u8]>) {
    let Some(profile) = profile.filter(|profile| profile.len() <= LONGEST_PROFILE) else { return };
    let width = pixels.width() as usize;
    let (samples, row, layout): (&mut [u8], _, _) = match pixels {
        DynamicImage::ImageRgb8(image) => (image, width * 3, Layout::Rgb),
        DynamicImage::ImageRgba8(image) => (image, width * 4, Layout::Rgba),
        _ => return,
    };
    // A hostile profile may panic the parser, or the conversion of the first row.
    let _ = catch_unwind(AssertUnwindSafe(|| convert(samples, row, layout, profile)));
}

/// Row by row: a second picture of the same size is never needed.
fn convert(samples: &mut [u8], row: usize, layout: Layout, profile: &[u8]) -> Option<()> {
    let from = ColorProfile::new_from_slice(profile).ok()?;
    if from.color_space != DataColorSpace::Rgb {
        return None;
    }
    let to = ColorProfile::new_srgb();
    let transform = from.create_transform_8bit(layout, &to, layout, TransformOptions::default()).ok()?;
    let mut converted = vec![0; row];
    for samples in samples.chunks_exact_mut(row) {
        transform.transform(samples, &mut converted).ok()?;
        samples.copy_from_slice(&converted);
    }
    Some(())
}
