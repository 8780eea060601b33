//! The small "Rehearsal" tag burned into every frame, so that no clip made here passes for another.

use skrifa::FontRef;

use super::RenderError;
use super::glyphs;
use super::planes::{BLACK, GREY, Planes, WHITE};
use crate::domain::frame::Crop;
use crate::domain::model::Size;

const WORD: &str = "Rehearsal";
const FONT: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");
/// Height of the tag as a share of the clip's shorter side.
const HEIGHT_SHARE: f64 = 0.042;
/// Smallest height in pixels at which the word can be read.
const HEIGHT_MIN: u32 = 20;
/// Height of the em as a share of the tag's.
const EM_SHARE: f32 = 0.66;
/// Where the baseline lies, as a share of the tag's height.
const BASELINE_SHARE: f32 = 0.735;
/// How dark the plate under the word is.
const PLATE: f32 = 0.62;

/// The rectangle of a clip of this size that the tag covers, in pixels. Nothing outside it is touched.
///
/// It lies in the lower right corner, and all four figures are even, as the chroma planes need them.
#[must_use]
pub fn tag_area(clip: Size) -> Crop {
    let height = even_up(((f64::from(clip.shorter()) * HEIGHT_SHARE) as u32).max(HEIGHT_MIN));
    let em = height as f32 * EM_SHARE;
    // The program's own font always opens; without it the plate alone is drawn.
    let word = FontRef::new(FONT).map_or(0, |font| glyphs::width(&font, WORD, em));
    let width = even_up(word + height * 3 / 4).min(clip.width);
    let margin = even_up(height / 2);
    Crop {
        x: clip.width.saturating_sub(width + margin) & !1,
        y: clip.height.saturating_sub(height + margin) & !1,
        width,
        height,
    }
}

const fn even_up(value: u32) -> u32 {
    value.next_multiple_of(2)
}

/// The tag ready to be laid on frames of one size.
pub(super) struct Tag {
    area: Crop,
    /// For each pixel of the area: the share of the picture that shows through, and the luma that is added.
    luma: Vec<(f32, f32)>,
    /// The share of the picture's chroma that is kept, for each pixel of the halved area.
    chroma: Vec<f32>,
}

impl Tag {
    pub(super) fn new(clip: Size) -> Result<Self, RenderError> {
        let area = tag_area(clip);
        let font = FontRef::new(FONT).map_err(|error| RenderError::Pixels(error.to_string()))?;
        let (em, height) = (area.height as f32 * EM_SHARE, area.height as f32);
        let inset = (area.width - glyphs::width(&font, WORD, em).min(area.width)) as f32 / 2.0;
        let words = glyphs::fill(&font, WORD, em, (area.width, area.height), (inset, height * BASELINE_SHARE));
        let luma: Vec<(f32, f32)> = words
            .iter()
            .enumerate()
            .map(|(at, &word)| {
                let (x, y) = (at as u32 % area.width, at as u32 / area.width);
                let plate = PLATE * rounded(x, y, area);
                let keep = (1.0 - plate) * (1.0 - word);
                (keep, f32::from(BLACK) * plate * (1.0 - word) + f32::from(WHITE) * word)
            })
            .collect();
        let keep = |x: u32, y: u32| luma[(y * area.width + x) as usize].0;
        let chroma = (0..area.height / 2)
            .flat_map(|y| (0..area.width / 2).map(move |x| (x * 2, y * 2)))
            .map(|(x, y)| (keep(x, y) + keep(x + 1, y) + keep(x, y + 1) + keep(x + 1, y + 1)) / 4.0)
            .collect();
        Ok(Self { area, luma, chroma })
    }

    /// Lays the tag on a frame of the size it was made for.
    pub(super) fn burn(&self, frame: &mut Planes) {
        let stride = frame.size.width as usize;
        let (left, top) = (self.area.x as usize, self.area.y as usize);
        let (width, height) = (self.area.width as usize, self.area.height as usize);
        for (row, tag) in self.luma.chunks_exact(width).enumerate().take(height) {
            let start = (top + row) * stride + left;
            for (value, &(keep, add)) in frame.y[start..start + width].iter_mut().zip(tag) {
                *value = f32::from(*value).mul_add(keep, add).round() as u8;
            }
        }
        for plane in [&mut frame.u, &mut frame.v] {
            for (row, tag) in self.chroma.chunks_exact(width / 2).enumerate() {
                let start = (top / 2 + row) * (stride / 2) + left / 2;
                for (value, &keep) in plane[start..start + width / 2].iter_mut().zip(tag) {
                    *value = f32::from(*value).mul_add(keep, f32::from(GREY) * (1.0 - keep)).round() as u8;
                }
            }
        }
    }
}

/// How much of a pixel lies inside the area with its corners rounded off.
fn rounded(x: u32, y: u32, area: Crop) -> f32 {
    let radius = area.height as f32 * 0.28;
    let off = |at: u32, side: u32| {
        let centre = at as f32 + 0.5;
        (radius - centre.min(side as f32 - centre)).max(0.0)
    };
    let (dx, dy) = (off(x, area.width), off(y, area.height));
    (radius - dx.hypot(dy) + 0.5).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::model::Catalogue;

    #[test]
    fn the_area_is_small_even_and_inside_every_size_on_offer() {
        for row in &Catalogue::built_in().default_model().output.resolutions {
            for &size in row.sizes.values() {
                let area = tag_area(size);
                assert!([area.x, area.y, area.width, area.height].iter().all(|figure| figure % 2 == 0), "{area:?}");
                assert!(area.x + area.width < size.width && area.y + area.height < size.height, "{area:?} in {size}");
                let share = f64::from(area.width * area.height) / size.area() as f64;
                assert!(share < 0.01, "{share} of {size}");
            }
        }
    }

    #[test]
    fn it_burns_the_word_and_leaves_the_rest_alone() {
        let size = Size::new(864, 480);
        let area = tag_area(size);
        let mut frame = Planes::black(size);
        frame.y.fill(120);
        Tag::new(size).expect("the font is part of the program").burn(&mut frame);
        let inside = |at: usize| {
            let (x, y) = (at as u32 % size.width, at as u32 / size.width);
            x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height
        };
        assert!(frame.y.iter().enumerate().all(|(at, &value)| inside(at) || value == 120));
        let bright = frame.y.iter().filter(|&&value| value > 200).count();
        let dark = frame.y.iter().filter(|&&value| value < 80).count();
        assert!(bright > 80 && dark > bright, "{bright} bright, {dark} dark pixels");
    }
}
