//! What the filmstrip looks like with and without a clip: its measures, its ends, its ruler and its empty frames.
//!
//! Scrubbing is not here: it needs a clip.

use egui::{Color32, CornerRadius, Painter, Rect, Shape, Stroke, pos2, vec2};

use super::picture::end_corner;
use crate::ui::theme::metrics::{radius, stroke};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{Dash, bars, dashed_rect};

/// Height of the cells, in points.
pub const HEIGHT: f32 = 52.0;
/// Width of the coloured caps at both ends.
pub const CAP: f32 = 4.0;
pub const RULER: f32 = 16.0;
/// Width of a still at either end of an empty strip.
const STILL: f32 = 92.0;

/// The caps that mark where the first and the last frame are.
pub fn caps(painter: &Painter, theme: &Theme, rect: Rect) {
    cap(painter, theme, rect, true);
    cap(painter, theme, rect, false);
}

fn cap(painter: &Painter, theme: &Theme, rect: Rect, first: bool) {
    painter.rect_filled(cap_of(rect, first), end_corner(first), theme.palette.slot(first));
}

fn cap_of(rect: Rect, first: bool) -> Rect {
    if first { rect.with_max_x(rect.left() + CAP) } else { rect.with_min_x(rect.right() - CAP) }
}

/// A label for each second of a clip this long, but where one would lie on what is `taken`.
pub fn ruler(painter: &Painter, theme: &Theme, rect: Rect, seconds: f64, taken: &[Rect]) {
    let color = theme.palette.muted;
    let whole = seconds.floor() as u32;
    let step = whole.div_ceil(10).max(1);
    for second in (0..=whole).step_by(step as usize) {
        let share = if seconds > 0.0 { (f64::from(second) / seconds) as f32 } else { 0.0 };
        let galley = Type::Ruler.line(painter, words!("seconds-short", seconds = second.to_string()), color);
        let middle = rect.left() + share * rect.width();
        let left = (middle - galley.size().x / 2.0).clamp(rect.left(), rect.right() - galley.size().x);
        let place = Rect::from_min_size(pos2(left, rect.center().y - galley.size().y / 2.0), galley.size());
        if !taken.iter().any(|other| other.intersects(place)) {
            painter.galley(place.min, galley, color);
        }
    }
}

/// A strip whose frames are still to be made: stills at the ends, idle bars between.
pub fn empty(painter: &Painter, theme: &Theme, rect: Rect, stills: &[Option<Shape>; 2]) {
    let p = &theme.palette;
    let [left, right] = still_rects(rect);
    for (place, still) in [(left, &stills[0]), (right, &stills[1])] {
        if let Some(shape) = still {
            painter.add(shape.clone());
            let first = place == left;
            painter.with_clip_rect(cap_of(place, first)).rect_filled(place, radius::SMALL, p.slot(first));
        } else {
            let line = Stroke::new(stroke::DASH, p.stroke);
            dashed_rect(painter, place, f32::from(radius::SMALL), line, Dash::default());
        }
    }
    let between = Rect::from_min_max(pos2(left.right() + 8.0, rect.top()), pos2(right.left() - 8.0, rect.bottom()));
    let count = (between.width() / 17.0).round().max(1.0) as usize;
    bars(painter, between, count, 11.0, |_, _| p.control);
}

/// Where the stills of an empty strip lie.
pub fn still_rects(rect: Rect) -> [Rect; 2] {
    let size = vec2(STILL, rect.height());
    [Rect::from_min_size(rect.min, size), Rect::from_min_size(rect.max - size, size)]
}

/// One still of an empty strip.
pub fn still(rect: Rect, texture: egui::TextureId, uv: Rect) -> Shape {
    let corner = CornerRadius::same(radius::SMALL);
    Shape::from(egui::epaint::RectShape::filled(rect, corner, Color32::WHITE).with_texture(texture, uv))
}
