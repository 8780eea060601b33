//! Words as coverage: outlines of a font, filled.
//!
//! Enough for one short line of text on a picture. No shaping, no hinting, no kerning.

use skrifa::instance::{LocationRef, Size as FontSize};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

/// Scan lines a row of pixels is sampled with.
const SAMPLES: u32 = 8;
/// Straight pieces a curve is cut into.
const PIECES: u32 = 8;

/// Width of `text` in pixels when set at `pixels` to the em, rounded up.
pub(super) fn width(font: &FontRef<'_>, text: &str, pixels: f32) -> u32 {
    let metrics = font.glyph_metrics(FontSize::new(pixels), LocationRef::default());
    let charmap = font.charmap();
    let advance: f32 =
        text.chars().filter_map(|letter| metrics.advance_width(charmap.map(letter).unwrap_or_default())).sum();
    advance.ceil() as u32
}

/// How much of each pixel `text` covers, 0 to 1, row by row.
///
/// It is filled into an area of the given width and height; `start` is the left end of its baseline.
pub(super) fn fill(
    font: &FontRef<'_>,
    text: &str,
    pixels: f32,
    (width, height): (u32, u32),
    start: (f32, f32),
) -> Vec<f32> {
    let size = FontSize::new(pixels);
    let metrics = font.glyph_metrics(size, LocationRef::default());
    let (charmap, outlines) = (font.charmap(), font.outline_glyphs());
    let mut edges = Edges { origin: start.0, baseline: start.1, ..Edges::default() };
    for letter in text.chars() {
        let glyph = charmap.map(letter).unwrap_or_default();
        if let Some(outline) = outlines.get(glyph) {
            // A glyph that cannot be drawn leaves a gap: the rest of the word can still be read.
            let _ = outline.draw(DrawSettings::unhinted(size, LocationRef::default()), &mut edges);
        }
        edges.origin += metrics.advance_width(glyph).unwrap_or_default();
    }
    edges.cover(width, height)
}

/// Outlines as straight edges in pixels, y downwards.
#[derive(Default)]
struct Edges {
    origin: f32,
    baseline: f32,
    start: (f32, f32),
    at: (f32, f32),
    lines: Vec<((f32, f32), (f32, f32))>,
}

impl Edges {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.origin + x, self.baseline - y)
    }

    fn line(&mut self, to: (f32, f32)) {
        self.lines.push((self.at, to));
        self.at = to;
    }

    /// Where a scan line is crossed, and in which direction.
    fn crossings(&self, y: f32) -> Vec<(f32, i32)> {
        let mut found: Vec<(f32, i32)> = self
            .lines
            .iter()
            .filter_map(|&((x0, y0), (x1, y1))| {
                let direction = if y0 <= y && y < y1 {
                    1
                } else if y1 <= y && y < y0 {
                    -1
                } else {
                    return None;
                };
                Some((x0 + (y - y0) / (y1 - y0) * (x1 - x0), direction))
            })
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found
    }

    fn cover(&self, width: u32, height: u32) -> Vec<f32> {
        let mut values = vec![0.0_f32; width as usize * height as usize];
        for (row, values) in values.chunks_exact_mut(width as usize).enumerate() {
            for sample in 0..SAMPLES {
                let y = row as f32 + (sample as f32 + 0.5) / SAMPLES as f32;
                let (mut winding, mut from) = (0, 0.0);
                for (x, direction) in self.crossings(y) {
                    if winding != 0 {
                        add_span(values, from, x);
                    }
                    winding += direction;
                    from = x;
                }
            }
        }
        values
    }
}

/// Adds one sample of a filled span to a row, with the right part of the pixels at its ends.
fn add_span(row: &mut [f32], from: f32, to: f32) {
    let (from, to) = (from.clamp(0.0, row.len() as f32), to.clamp(0.0, row.len() as f32));
    for (at, value) in row.iter_mut().enumerate().take(to.ceil() as usize).skip(from as usize) {
        let covered = to.min(at as f32 + 1.0) - from.max(at as f32);
        *value = (*value + covered.max(0.0) / SAMPLES as f32).min(1.0);
    }
}

impl OutlinePen for Edges {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.place(x, y);
        self.at = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.place(x, y);
        self.line(to);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, control, to) = (self.at, self.place(cx, cy), self.place(x, y));
        for piece in 1..=PIECES {
            let t = piece as f32 / PIECES as f32;
            let mix = |a: f32, b: f32, c: f32| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
            self.line((mix(from.0, control.0, to.0), mix(from.1, control.1, to.1)));
        }
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let (from, one, two, to) = (self.at, self.place(cx0, cy0), self.place(cx1, cy1), self.place(x, y));
        for piece in 1..=PIECES {
            let t = piece as f32 / PIECES as f32;
            let s = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
            };
            self.line((mix(from.0, one.0, two.0, to.0), mix(from.1, one.1, two.1, to.1)));
        }
    }

    fn close(&mut self) {
        let start = self.start;
        self.line(start);
    }
}
