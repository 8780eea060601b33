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
    // A hostile profile may panic the parser.
    let converted = catch_unwind(AssertUnwindSafe(|| convert(pixels, profile)));
    if let Ok(Some(converted)) = converted {
        *pixels = converted;
    }
}

fn convert(pixels: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let from = ColorProfile::new_from_slice(profile).ok()?;
    if from.color_space != DataColorSpace::Rgb {
        return None;
    }
    let layout = match pixels {
        DynamicImage::ImageRgb8(_) => Layout::Rgb,
        DynamicImage::ImageRgba8(_) => Layout::Rgba,
        _ => return None,
    };
    let to = ColorProfile::new_srgb();
    let transform = from.create_transform_8bit(layout, &to, layout, TransformOptions::default()).ok()?;
    let mut out = vec![0; pixels.as_bytes().len()];
    transform.transform(pixels.as_bytes(), &mut out).ok()?;
    match pixels {
        DynamicImage::ImageRgb8(image) => image::RgbImage::from_raw(image.width(), image.height(), out).map(Into::into),
        _ => image::RgbaImage::from_raw(pixels.width(), pixels.height(), out).map(Into::into),
    }
}
