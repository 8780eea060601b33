//! What differs between two pictures, pixel by pixel.

use egui::{Rect, pos2};

use crate::video::Rgba;

/// Differences are shown so many times as strong, or the small ones would not be seen.
pub const GAIN: u8 = 4;

/// A picture's pixels, by their rows.
#[derive(Clone, Copy)]
pub struct Pixels<'a> {
    pub width: usize,
    pub height: usize,
    pub rgba: &'a [u8],
}

impl<'a> From<&'a Rgba> for Pixels<'a> {
    fn from(picture: &'a Rgba) -> Self {
        Self { width: picture.width as usize, height: picture.height as usize, rgba: &picture.pixels }
    }
}

/// The difference of each pixel of `one` to its place in `part` (in shares of its sides) of `other`, as RGBA.
pub fn difference(one: Pixels<'_>, other: Pixels<'_>, part: Rect) -> Vec<u8> {
    let across: Vec<usize> =
        (0..one.width).map(|x| 4 * spot(x, one.width, part.left()..part.right(), other.width)).collect();
    let mut out = Vec::with_capacity(one.rgba.len());
    for (y, row) in one.rgba.chunks_exact(4 * one.width.max(1)).enumerate() {
        let line = 4 * other.width * spot(y, one.height, part.top()..part.bottom(), other.height);
        for (pixel, at) in row.chunks_exact(4).zip(&across) {
            let twin = other.rgba.get(line + at..line + at + 3).unwrap_or(&[0; 3]);
            out.extend([0, 1, 2].map(|channel| pixel[channel].abs_diff(twin[channel]).saturating_mul(GAIN)));
            out.push(255);
        }
    }
    out
}

/// The pixel of `there` that lies where pixel `at` of `here` does.
fn spot(at: usize, here: usize, part: std::ops::Range<f32>, there: usize) -> usize {
    let share = (at as f32 + 0.5) / here.max(1) as f32;
    let place = (part.start + share * (part.end - part.start)) * there as f32;
    (place.max(0.0) as usize).min(there.saturating_sub(1))
}

/// The whole of a picture.
pub const WHOLE: Rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: usize, height: usize, values: &[u8]) -> Rgba {
        let pixels = values.iter().flat_map(|&value| [value, value, value, 255]).collect();
        Rgba { width: width as u32, height: height as u32, pixels }
    }

    fn levels(one: &Rgba, other: &Rgba, part: Rect) -> Vec<u8> {
        difference(one.into(), other.into(), part).chunks(4).map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn what_is_equal_is_black_and_what_differs_is_enlarged() {
        let (one, other) = (grey(2, 2, &[10, 20, 30, 200]), grey(2, 2, &[10, 22, 27, 0]));
        assert_eq!(levels(&one, &one, WHOLE), [0, 0, 0, 0]);
        assert_eq!(levels(&one, &other, WHOLE), [0, 8, 12, 255]);
    }

    #[test]
    fn pictures_of_other_sizes_are_laid_over_each_other() {
        let (one, double) = (grey(2, 1, &[10, 50]), grey(4, 2, &[10, 10, 50, 50, 10, 10, 50, 50]));
        assert_eq!(levels(&one, &double, WHOLE), [0, 0]);
        let middle = Rect::from_min_max(pos2(0.25, 0.0), pos2(0.75, 1.0));
        let wide = grey(4, 1, &[99, 10, 50, 99]);
        assert_eq!(levels(&one, &wide, middle), [0, 0]);
        assert_eq!(difference((&one).into(), Pixels { width: 0, height: 0, rgba: &[] }, WHOLE).len(), 8);
    }
}
