//! From a decoded picture to exactly what a clip starts or ends on: upright, without transparency, cropped around its
//! centre to the clip's ratio, at the clip's size.

use fast_image_resize::images::{CroppedImage, Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

use super::picture::{Decoded, is_quarter};
use super::refusal::{Reason, Refusal};
use crate::domain::frame::Crop;
use crate::domain::model::Size;

/// Tightly packed 8-bit RGB of exactly `clip`.
///
/// A picture that has this size already goes through untouched. The scaling works on the stored values, not in linear
/// light: what is sent was scaled by the sender as a rule, and this only has to agree with it.
pub(super) fn prepare(picture: Decoded, clip: Size) -> Result<Vec<u8>, Refusal> {
    let turn = picture.turn;
    let pixels = flatten(picture.pixels);
    let stored = Size::from(pixels.dimensions());
    let upright = if is_quarter(turn) { stored.turned() } else { stored };
    // Turning comes last, on the few pixels that are left, so the crop is moved to where it lies in the stored picture.
    let crop = as_stored(Crop::centred(upright, clip), upright, turn);
    let target = if is_quarter(turn) { clip.turned() } else { clip };
    let scaled = scale(pixels, crop, target)
        .map_err(|error| Refusal::new(Reason::CreateTaskFailed, format!("the picture could not be scaled: {error}")))?;
    let mut turned = DynamicImage::ImageRgb8(scaled);
    turned.apply_orientation(turn);
    Ok(turned.into_rgb8().into_raw())
}

/// On black, as the documentation of none of the hosts says otherwise and black is what players show around a clip.
fn flatten(pixels: DynamicImage) -> RgbImage {
    if !pixels.color().has_alpha() {
        return pixels.into_rgb8();
    }
    let pixels = pixels.into_rgba8();
    let (width, height) = pixels.dimensions();
    let flat = pixels
        .pixels()
        .flat_map(|pixel| {
            let [red, green, blue, alpha] = pixel.0;
            [red, green, blue].map(|value| ((u16::from(value) * u16::from(alpha) + 127) / 255) as u8)
        })
        .collect();
    RgbImage::from_raw(width, height, flat).expect("three bytes a pixel")
}

fn scale(pixels: RgbImage, crop: Crop, target: Size) -> Result<RgbImage, String> {
    let size = Size::from(pixels.dimensions());
    if size == target {
        return Ok(pixels);
    }
    let source = ImageRef::new(size.width, size.height, pixels.as_raw(), PixelType::U8x3).map_err(|e| e.to_string())?;
    // Cut first, so that the filter sees nothing of what lies outside.
    let Crop { x, y, width, height } = crop;
    let cut = CroppedImage::new(&source, x, y, width, height).map_err(|error| error.to_string())?;
    let mut scaled = Image::new(target.width, target.height, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&cut, &mut scaled, &options).map_err(|error| error.to_string())?;
    RgbImage::from_raw(target.width, target.height, scaled.into_vec()).ok_or_else(|| "a short picture".to_owned())
}

/// The rectangle of the stored picture that shows as `crop` once the picture is turned upright.
const fn as_stored(crop: Crop, upright: Size, turn: Orientation) -> Crop {
    let Crop { x, y, width, height } = crop;
    let right = upright.width - x - width;
    let below = upright.height - y - height;
    match turn {
        Orientation::NoTransforms => crop,
        Orientation::FlipHorizontal => Crop { x: right, y, width, height },
        Orientation::FlipVertical => Crop { x, y: below, width, height },
        Orientation::Rotate180 => Crop { x: right, y: below, width, height },
        Orientation::Rotate90 => Crop { x: y, y: right, width: height, height: width },
        Orientation::Rotate270 => Crop { x: below, y: x, width: height, height: width },
        Orientation::Rotate90FlipH => Crop { x: y, y: x, width: height, height: width },
        Orientation::Rotate270FlipH => Crop { x: below, y: right, width: height, height: width },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture in which every pixel has a colour of its own.
    fn numbered(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, (x * 7 + y * 13) as u8]))
    }

    #[test]
    fn the_crop_is_the_same_whichever_way_the_picture_is_stored() {
        let crop = Crop { x: 3, y: 5, width: 20, height: 9 };
        for exif in 1..=8 {
            let turn = Orientation::from_exif(exif).expect("1 to 8");
            let stored = numbered(40, 31);
            let mut upright = DynamicImage::ImageRgb8(stored.clone());
            upright.apply_orientation(turn);
            let size = Size::new(upright.width(), upright.height());
            let expected = upright.crop_imm(crop.x, crop.y, crop.width, crop.height).to_rgb8();

            let there = as_stored(crop, size, turn);
            let cut = image::imageops::crop_imm(&stored, there.x, there.y, there.width, there.height).to_image();
            let mut cut = DynamicImage::ImageRgb8(cut);
            cut.apply_orientation(turn);
            assert_eq!(cut.to_rgb8(), expected, "orientation {exif}");
        }
    }

    #[test]
    fn a_picture_of_the_right_size_is_untouched_and_turned() {
        let stored = numbered(40, 32);
        let mut expected = DynamicImage::ImageRgb8(stored.clone());
        expected.apply_orientation(Orientation::Rotate90);
        let picture = Decoded { pixels: DynamicImage::ImageRgb8(stored), turn: Orientation::Rotate90 };
        assert_eq!(prepare(picture, Size::new(32, 40)), Ok(expected.into_rgb8().into_raw()));
    }

    #[test]
    fn transparency_becomes_black() {
        let pixels = image::RgbaImage::from_fn(4, 1, |x, _| image::Rgba([200, 100, 50, (x * 85) as u8]));
        let picture = Decoded { pixels: DynamicImage::ImageRgba8(pixels), turn: Orientation::NoTransforms };
        let flat = prepare(picture, Size::new(4, 1)).expect("the same size");
        assert_eq!(flat, [0, 0, 0, 67, 33, 17, 133, 67, 33, 200, 100, 50]);
    }

    #[test]
    fn the_sides_of_a_wide_picture_are_cut_off_evenly() {
        // White bars left and right of a grey square.
        let pixels = RgbImage::from_fn(100, 40, |x, _| image::Rgb([if (30..70).contains(&x) { 90 } else { 255 }; 3]));
        let picture = Decoded { pixels: DynamicImage::ImageRgb8(pixels), turn: Orientation::NoTransforms };
        let prepared = prepare(picture, Size::new(20, 20)).expect("scaled");
        assert!(prepared.iter().all(|&value| value == 90));
    }
}
