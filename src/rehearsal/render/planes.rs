//! A frame as the encoder takes it: I420 planes, BT.709, limited range.
//!
//! Blending and the camera move work on the planes: 1.5 bytes a pixel in place of 3, and a picture shown whole goes
//! through untouched.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use yuv::{BufferStoreMut, YuvConversionMode, YuvPlanarImageMut, YuvRange, YuvStandardMatrix};

use super::RenderError;
use super::motion::View;
use crate::domain::model::Size;

/// Darkest luma of the limited range.
pub(super) const BLACK: u8 = 16;
/// Brightest luma of the limited range.
pub(super) const WHITE: u8 = 235;
/// Chroma of a grey.
pub(super) const GREY: u8 = 128;

/// Three planes of one frame; chroma has half the width and height. Both sides are even.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planes {
    pub size: Size,
    pub y: Vec<u8>,
    pub u: Vec<u8>,
    pub v: Vec<u8>,
}

impl Planes {
    /// A black frame.
    pub(super) fn black(size: Size) -> Self {
        let luma = size.area() as usize;
        Self { size, y: vec![BLACK; luma], u: vec![GREY; luma / 4], v: vec![GREY; luma / 4] }
    }

    /// From tightly packed 8-bit RGB of exactly `size`.
    pub(super) fn from_rgb(rgb: &[u8], size: Size) -> Result<Self, RenderError> {
        let mut planes = Self::black(size);
        let mut image = YuvPlanarImageMut {
            y_plane: BufferStoreMut::Borrowed(&mut planes.y),
            y_stride: size.width,
            u_plane: BufferStoreMut::Borrowed(&mut planes.u),
            u_stride: size.width / 2,
            v_plane: BufferStoreMut::Borrowed(&mut planes.v),
            v_stride: size.width / 2,
            width: size.width,
            height: size.height,
        };
        yuv::rgb_to_yuv420(
            &mut image,
            rgb,
            size.width * 3,
            YuvRange::Limited,
            YuvStandardMatrix::Bt709,
            YuvConversionMode::Balanced,
        )
        .map_err(|error| RenderError::Pixels(error.to_string()))?;
        Ok(planes)
    }

    /// Each plane with its size in pixels.
    fn parts_mut(&mut self) -> [(&mut Vec<u8>, Size); 3] {
        let chroma = Size::new(self.size.width / 2, self.size.height / 2);
        [(&mut self.y, self.size), (&mut self.u, chroma), (&mut self.v, chroma)]
    }

    fn parts(&self) -> [&[u8]; 3] {
        [&self.y, &self.u, &self.v]
    }

    /// Mixes `other` in: `share` 0 keeps this frame, 1 leaves only the other. Both have the same size.
    pub(super) fn blend(&mut self, other: &Self, share: f64) {
        let weight = (share.clamp(0.0, 1.0) * 256.0).round() as u16;
        for ((mine, _), theirs) in self.parts_mut().into_iter().zip(other.parts()) {
            for (mine, &theirs) in mine.iter_mut().zip(theirs) {
                let mixed = u16::from(*mine) * (256 - weight) + u16::from(theirs) * weight + 128;
                *mine = (mixed >> 8) as u8;
            }
        }
    }

    /// Makes the light stronger or weaker; 1 changes nothing.
    pub(super) fn light(&mut self, strength: f64) {
        let black = f64::from(BLACK);
        let table: [u8; 256] = std::array::from_fn(|value| {
            let lit = (value as f64 - black).mul_add(strength, black).round();
            // What lies outside the range already stays where it is.
            if (usize::from(BLACK)..=usize::from(WHITE)).contains(&value) {
                lit.clamp(black, f64::from(WHITE)) as u8
            } else {
                value as u8
            }
        });
        for value in &mut self.y {
            *value = table[usize::from(*value)];
        }
    }
}

/// Cuts views out of frames, keeping the filter's working memory from frame to frame.
pub(super) struct Camera {
    resizer: Resizer,
}

impl Camera {
    pub(super) fn new() -> Self {
        Self { resizer: Resizer::new() }
    }

    /// The part of `source` that `view` names, at the full size.
    pub(super) fn take(&mut self, source: &Planes, view: View) -> Result<Planes, RenderError> {
        if view.share >= 1.0 {
            return Ok(source.clone());
        }
        let mut taken = Planes::black(source.size);
        for (from, (to, size)) in source.parts().into_iter().zip(taken.parts_mut()) {
            let (width, height) = (f64::from(size.width), f64::from(size.height));
            let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom)).crop(
                view.left * width,
                view.top * height,
                view.share * width,
                view.share * height,
            );
            let from = ImageRef::new(size.width, size.height, from, PixelType::U8).map_err(RenderError::pixels)?;
            let mut to =
                Image::from_slice_u8(size.width, size.height, to, PixelType::U8).map_err(RenderError::pixels)?;
            self.resizer.resize(&from, &mut to, &options).map_err(RenderError::pixels)?;
        }
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(size: Size) -> Planes {
        let rgb: Vec<u8> = (0..size.area()).flat_map(|at| [(at % 251) as u8, (at % 83) as u8, 90]).collect();
        Planes::from_rgb(&rgb, size).expect("a picture of the right length")
    }

    #[test]
    fn colours_follow_bt709_in_the_limited_range() {
        let size = Size::new(2, 2);
        for (rgb, expected) in [
            ([255, 255, 255], (235, 128, 128)),
            ([0, 0, 0], (16, 128, 128)),
            ([255, 0, 0], (63, 102, 240)),
            ([0, 0, 255], (32, 240, 118)),
        ] {
            let planes = Planes::from_rgb(&rgb.repeat(4), size).expect("four pixels");
            let near = |got: u8, want: i32| (i32::from(got) - want).abs() <= 1;
            let (y, u, v) = expected;
            assert!(near(planes.y[0], y) && near(planes.u[0], u) && near(planes.v[0], v), "{rgb:?}: {planes:?}");
        }
    }

    #[test]
    fn a_blend_keeps_its_ends_exactly() {
        let size = Size::new(64, 32);
        let (first, last) = (ramp(size), Planes::black(size));
        let mut mixed = first.clone();
        mixed.blend(&last, 0.0);
        assert_eq!(mixed, first);
        mixed.blend(&last, 1.0);
        assert_eq!(mixed, last);
    }

    #[test]
    fn the_whole_view_is_the_picture_untouched_and_a_part_is_not() {
        let size = Size::new(64, 32);
        let source = ramp(size);
        let mut camera = Camera::new();
        assert_eq!(camera.take(&source, View::WHOLE).expect("sizes agree"), source);
        let part = camera.take(&source, View { left: 0.05, top: 0.05, share: 0.9 }).expect("inside the picture");
        assert_ne!(part, source);
    }

    #[test]
    fn the_light_stays_in_range() {
        let mut planes = ramp(Size::new(64, 32));
        let before = planes.clone();
        planes.light(1.0);
        assert_eq!(planes, before);
        planes.light(1.5);
        assert!(planes.y.iter().all(|&value| (BLACK..=WHITE).contains(&value)));
        assert_ne!(planes, before);
    }
}
