//! The app mark on a tile, as an SVG and as pixels.

use std::fmt::Write as _;

use egui::Color32;
use image::{Rgba, RgbaImage};
use inbetween::ui::theme::Palette;

/// Side of the drawing.
const SIDE: f64 = 512.0;
const TILE_RADIUS: f64 = 112.0;
/// Pixels of the drawing for a point of the mark.
const SCALE: f64 = 13.0;
/// The mark is 30 × 14 points; on a tile its height is that of the blocks in a square icon.
const MARK: (f64, f64) = (30.0, 18.0);
const CORNER: f64 = 2.5;
/// Each pixel is looked at so many times along each side.
const LOOKS: u32 = 4;

struct Piece {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    radius: f64,
    color: Color32,
}

impl Piece {
    fn holds(&self, x: f64, y: f64) -> bool {
        let (x, y) = (x - self.x, y - self.y);
        if !(0.0..self.width).contains(&x) || !(0.0..self.height).contains(&y) {
            return false;
        }
        // How far into a corner's square.
        let deep = |at: f64, length: f64| (self.radius - at).max(at - (length - self.radius)).max(0.0);
        deep(x, self.width).hypot(deep(y, self.height)) <= self.radius
    }
}

/// The tile, then the blocks and the bars between them.
fn pieces() -> Vec<Piece> {
    let palette = Palette::DARK;
    let tile = Piece { x: 0.0, y: 0.0, width: SIDE, height: SIDE, radius: TILE_RADIUS, color: palette.panel };
    let left = (SIDE - MARK.0 * SCALE) / 2.0;
    let top = (SIDE - MARK.1 * SCALE) / 2.0;
    let part = |from: f64, width: f64, color: Color32| Piece {
        x: left + from * SCALE,
        y: top,
        width: width * SCALE,
        height: MARK.1 * SCALE,
        radius: CORNER.min(width / 2.0) * SCALE,
        color,
    };
    let bars = [0.25, 0.5, 0.75].into_iter().enumerate();
    let bars = bars.map(|(place, share)| part(10.0 + 4.0 * place as f64, 2.0, palette.between(share)));
    let mut pieces = vec![tile, part(0.0, 8.0, palette.first)];
    pieces.extend(bars);
    pieces.push(part(22.0, 8.0, palette.last));
    pieces
}

pub fn svg() -> String {
    let hex = |color: Color32| format!("#{:02X}{:02X}{:02X}", color.r(), color.g(), color.b());
    let mut svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\">\n");
    for Piece { x, y, width, height, radius, color } in pieces() {
        let color = hex(color);
        let _ = writeln!(
            svg,
            "  <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\" fill=\"{color}\"/>"
        );
    }
    svg + "</svg>\n"
}

pub fn draw(size: u32) -> RgbaImage {
    let pieces = pieces();
    let unit = SIDE / f64::from(size * LOOKS);
    RgbaImage::from_fn(size, size, |x, y| {
        let mut sum = [0_u32; 4];
        for look in 0..LOOKS * LOOKS {
            let at = |pixel: u32, look: u32| (f64::from(pixel * LOOKS + look) + 0.5) * unit;
            let (x, y) = (at(x, look % LOOKS), at(y, look / LOOKS));
            let Some(piece) = pieces.iter().rev().find(|piece| piece.holds(x, y)) else { continue };
            let color = piece.color;
            for (sum, channel) in sum.iter_mut().zip([color.r(), color.g(), color.b(), 255]) {
                *sum += u32::from(channel);
            }
        }
        let covered = (sum[3] / 255).max(1);
        let channel = |sum: u32| ((sum + covered / 2) / covered) as u8;
        let alpha = (sum[3] / (LOOKS * LOOKS)) as u8;
        Rgba([channel(sum[0]), channel(sum[1]), channel(sum[2]), alpha])
    })
}
