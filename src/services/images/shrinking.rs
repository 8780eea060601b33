//! A large picture made small while it is decoded, row by row.
//!
//! Whole blocks of pixels are averaged as they are stored (the eye sees no difference at that size), so that no more
//! than one row of blocks is held at the full width; what is left of the scale is a small resize at the end. For
//! previews alone: what is sent is made with more care in `resampling`.

use fast_image_resize::images::TypedImage;
use fast_image_resize::pixels::U8x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::RgbaImage;

use super::error::PictureError;
use crate::domain::model::Size;

/// Longest side of a block; a picture longer than this many times its preview is left to the final resize. Keeps the
/// sums within 32 bits.
const LONGEST_BLOCK: u32 = 4_096;
/// Bits behind the point where a division is done by multiplication.
const FRACTION: u32 = 40;

/// A sample as a decoder hands it over.
pub(super) trait Stored: Copy {
    /// What a sum is divided by, beside the number of samples, to be on the 8-bit scale.
    const SCALE: u64;
    fn raw(self) -> u32;
    fn byte(self) -> u32;
    /// Whether as an alpha it lets nothing through.
    fn is_opaque(self) -> bool;
}

impl Stored for u8 {
    const SCALE: u64 = 1;
    fn raw(self) -> u32 {
        u32::from(self)
    }
    fn byte(self) -> u32 {
        u32::from(self)
    }
    fn is_opaque(self) -> bool {
        self == Self::MAX
    }
}

impl Stored for u16 {
    const SCALE: u64 = 257;
    fn raw(self) -> u32 {
        u32::from(self)
    }
    fn byte(self) -> u32 {
        (u32::from(self) + 128) / 257
    }
    fn is_opaque(self) -> bool {
        self == Self::MAX
    }
}

/// A picture without its large side: pixels no longer than asked for, not yet turned and in the picture's own colours.
pub(super) struct Small {
    pub pixels: RgbaImage,
    /// The colour profile, where there is one that was read.
    pub profile: Option<Vec<u8>>,
    /// Whether any pixel of the large picture is see-through.
    pub transparent: bool,
}

/// Takes the rows of a picture from the top and makes its [`Small`] one.
pub(super) struct Shrinker {
    size: Size,
    target: Size,
    channels: usize,
    block: usize,
    /// Sums down the columns of the row of blocks that is being filled; colours times alpha where there is one.
    columns: Vec<u32>,
    /// Rows in `columns`.
    filled: u32,
    /// Rows seen.
    seen: u32,
    scale: u64,
    out: Vec<u8>,
    transparent: bool,
}

/// The size of a preview: never enlarged, no side longer than `longest`, no side gone.
pub(super) fn fitted(full: Size, longest: u32) -> Size {
    if full.longer() <= longest {
        return full;
    }
    let scale = f64::from(longest) / f64::from(full.longer());
    let fit = |length: u32| ((f64::from(length) * scale).round() as u32).clamp(1, longest.max(1));
    Size::new(fit(full.width), fit(full.height))
}

impl Shrinker {
    /// For `size` pixels in rows of 1 to 4 channels (grey, grey with alpha, RGB, RGBA). The decoder may have shrunk the
    /// picture already; `target` is the size to end with and not larger.
    pub fn new(size: Size, target: Size, channels: usize) -> Self {
        let block = (size.longer() / target.longer().max(1)).clamp(1, LONGEST_BLOCK);
        let out = size.width.div_ceil(block) as usize * size.height.div_ceil(block) as usize * 4;
        Self {
            size,
            target,
            channels,
            block: block as usize,
            columns: vec![0; size.width as usize * channels],
            filled: 0,
            seen: 0,
            scale: 1,
            out: Vec::with_capacity(out),
            transparent: false,
        }
    }

    /// Takes the next row, exactly as wide as the picture. Rows below its end are left out.
    pub fn push<T: Stored>(&mut self, row: &[T]) {
        if self.seen == self.size.height {
            return;
        }
        match self.channels {
            1 if self.block == 1 => return self.copy_opaque::<T, 1>(row),
            3 if self.block == 1 => return self.copy_opaque::<T, 3>(row),
            2 => self.add_with_alpha::<T, 2>(row),
            4 => self.add_with_alpha::<T, 4>(row),
            _ => {
                self.scale = T::SCALE;
                for (sum, sample) in self.columns.iter_mut().zip(row) {
                    *sum += sample.raw();
                }
            }
        }
        self.filled += 1;
        self.seen += 1;
        if self.filled as usize == self.block || self.seen == self.size.height {
            self.close_row();
        }
    }

    /// Blocks of one pixel are that pixel.
    fn copy_opaque<T: Stored, const N: usize>(&mut self, row: &[T]) {
        for (to, pixel) in pixels(&mut self.out, self.size.width as usize).zip(row.as_chunks::<N>().0) {
            let [r, g, b] = [pixel[0], pixel[N / 2], pixel[N - 1]].map(|sample| sample.byte() as u8);
            *to = [r, g, b, u8::MAX];
        }
        self.seen += 1;
    }

    fn add_with_alpha<T: Stored, const N: usize>(&mut self, row: &[T]) {
        for (sums, pixel) in self.columns.as_chunks_mut::<N>().0.iter_mut().zip(row.as_chunks::<N>().0) {
            let alpha = pixel[N - 1];
            self.transparent |= !alpha.is_opaque();
            let weight = alpha.byte();
            for (sum, sample) in sums.iter_mut().zip(&pixel[..N - 1]) {
                *sum += sample.byte() * weight;
            }
            sums[N - 1] += weight;
        }
    }

    /// Turns the sums of a row of blocks into pixels.
    fn close_row(&mut self) {
        match self.channels {
            1 => self.close_opaque::<1>(),
            3 => self.close_opaque::<3>(),
            2 => self.close_with_alpha::<2>(),
            _ => self.close_with_alpha::<4>(),
        }
        self.columns.fill(0);
        self.filled = 0;
    }

    fn close_opaque<const N: usize>(&mut self) {
        let mut divide = Divider::default();
        let blocks = self.columns.as_chunks::<N>().0.chunks(self.block);
        for (to, block) in pixels(&mut self.out, blocks.len()).zip(blocks) {
            divide.by(block.len() as u64 * u64::from(self.filled) * self.scale);
            let mut sums = [0_u64; N];
            for pixel in block {
                for (sum, column) in sums.iter_mut().zip(pixel) {
                    *sum += u64::from(*column);
                }
            }
            let [r, g, b] = [sums[0], sums[N / 2], sums[N - 1]].map(|sum| divide.rounded(sum));
            *to = [r, g, b, u8::MAX];
        }
    }

    fn close_with_alpha<const N: usize>(&mut self) {
        let mut divide = Divider::default();
        let blocks = self.columns.as_chunks::<N>().0.chunks(self.block);
        for (to, block) in pixels(&mut self.out, blocks.len()).zip(blocks) {
            let count = block.len() as u64 * u64::from(self.filled);
            let mut sums = [0_u64; N];
            for pixel in block {
                for (sum, column) in sums.iter_mut().zip(pixel) {
                    *sum += u64::from(*column);
                }
            }
            let weight = sums[N - 1];
            divide.by(weight);
            let [r, g, b] = [0, (N - 1) / 2, N - 2].map(|channel| divide.rounded(sums[channel]));
            *to = [r, g, b, ((weight + count / 2) / count) as u8];
        }
    }

    /// The small picture; [`PictureError::Broken`] where rows are missing.
    pub fn finish(self, profile: Option<Vec<u8>>) -> Result<Small, PictureError> {
        if self.seen < self.size.height {
            return Err(PictureError::Broken);
        }
        let block = self.block as u32;
        let (width, height) = (self.size.width.div_ceil(block), self.size.height.div_ceil(block));
        drop(self.columns);
        let blocks = RgbaImage::from_raw(width, height, self.out).ok_or(PictureError::Broken)?;
        let pixels = if Size::new(width, height) == self.target {
            blocks
        } else {
            resize(blocks, self.target, self.transparent)?
        };
        Ok(Small { pixels, profile, transparent: self.transparent })
    }
}

/// The next `count` RGBA pixels at the end of `out`.
fn pixels(out: &mut Vec<u8>, count: usize) -> impl Iterator<Item = &mut [u8; 4]> {
    let start = out.len();
    out.resize(start + count * 4, 0);
    out[start..].as_chunks_mut().0.iter_mut()
}

/// Divides by the same number again and again: a true division takes as long as all the rest.
#[derive(Default)]
struct Divider {
    divisor: u64,
    reciprocal: u64,
}

impl Divider {
    fn by(&mut self, divisor: u64) {
        if divisor != self.divisor {
            self.divisor = divisor;
            self.reciprocal = (1_u64 << FRACTION).checked_div(divisor).map_or(0, |quotient| quotient + 1);
        }
    }

    /// 0 where the divisor is. The quotient has to be on the 8-bit scale.
    fn rounded(&self, dividend: u64) -> u8 {
        ((dividend + self.divisor / 2).saturating_mul(self.reciprocal) >> FRACTION).min(255) as u8
    }
}

fn resize(image: RgbaImage, to: Size, transparent: bool) -> Result<RgbaImage, PictureError> {
    let (width, height) = image.dimensions();
    let mut source = image.into_raw();
    let source = TypedImage::<U8x4>::from_buffer(width, height, &mut source).map_err(|_| PictureError::Broken)?;
    let mut out = RgbaImage::new(to.width, to.height);
    let mut target = TypedImage::from_buffer(to.width, to.height, &mut out).map_err(|_| PictureError::Broken)?;
    let filter = ResizeAlg::Convolution(FilterType::CatmullRom);
    let options = ResizeOptions::new().resize_alg(filter).use_alpha(transparent);
    Resizer::new().resize_typed(&source, &mut target, &options).map_err(|_| PictureError::Broken)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_surface_stays_what_it_is() {
        for (size, longest) in [(Size::new(1_000, 700), 64), (Size::new(300, 4_000), 97), (Size::new(64, 64), 64)] {
            for level in [0, 1, 127, 254, 255] {
                let mut shrinker = Shrinker::new(size, fitted(size, longest), 3);
                let row = vec![u16::from(level) * 257; size.width as usize * 3];
                (0..size.height).for_each(|_| shrinker.push(&row));
                let small = shrinker.finish(None).unwrap();
                assert!(small.pixels.pixels().all(|pixel| pixel.0 == [level, level, level, 255]), "{size} {level}");
            }
        }
    }

    #[test]
    fn a_picture_with_rows_missing_is_broken() {
        let size = Size::new(10, 10);
        let mut shrinker = Shrinker::new(size, size, 1);
        (0..9).for_each(|_| shrinker.push(&[0_u8; 10]));
        assert!(matches!(shrinker.finish(None), Err(PictureError::Broken)));
    }

    #[test]
    fn the_longest_line_does_not_overflow() {
        let size = Size::new(500_000, 1);
        let mut shrinker = Shrinker::new(size, fitted(size, 100), 4);
        shrinker.push(&vec![u16::MAX; 2_000_000]);
        let small = shrinker.finish(None).unwrap();
        assert!(small.pixels.pixels().all(|pixel| pixel.0 == [255; 4]) && !small.transparent);
    }
}
