//! The in-between bars and the app mark: a first frame, the frames in between, a last frame.

use egui::{Color32, CornerRadius, Painter, Pos2, Rect, vec2};

use crate::ui::theme::{Theme, metrics::size};

/// Paints `count` upright bars, each `width` points wide, spread over `rect` from edge to edge.
///
/// `color` is given each bar's place between the frames: above 0, below 1.
pub fn bars(painter: &Painter, rect: Rect, count: usize, width: f32, color: impl Fn(usize, f32) -> Color32) {
    let step = if count > 1 { (rect.width() - width) / (count - 1) as f32 } else { 0.0 };
    for index in 0..count {
        let place = (index + 1) as f32 / (count + 1) as f32;
        let left = rect.left() + index as f32 * step;
        let bar = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, rect.height()));
        let corner = CornerRadius::same((width / 2.0).min(3.0) as u8);
        painter.rect_filled(bar, corner, color(index, place));
    }
}

/// Paints the app mark, 30 × 14 points, with its left top corner at `min`.
pub fn app_mark(painter: &Painter, theme: &Theme, min: Pos2) {
    const BLOCK: f32 = 8.0;
    const BAR: f32 = 2.0;
    const GAP: f32 = 2.0;
    let p = &theme.palette;
    let height = size::MARK.y;
    let block = |left: f32, color| {
        let rect = Rect::from_min_size(min + vec2(left, 0.0), vec2(BLOCK, height));
        painter.rect_filled(rect, CornerRadius::same(2), color);
    };
    block(0.0, p.first);
    for (index, place) in [0.25, 0.5, 0.75].into_iter().enumerate() {
        let left = BLOCK + GAP + index as f32 * (BAR + GAP);
        let rect = Rect::from_min_size(min + vec2(left, 0.0), vec2(BAR, height));
        painter.rect_filled(rect, CornerRadius::ZERO, p.between(place));
    }
    block(BLOCK + GAP + 3.0 * (BAR + GAP), p.last);
}
