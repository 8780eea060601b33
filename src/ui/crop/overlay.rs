//! What a crop looks like: the rest dimmed, a white edge, marks at the corners, thirds while it is moved.

use egui::{Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::ui::theme::{Theme, fade};

const MARK: f32 = 12.0;
const MARK_WIDTH: f32 = 3.0;

/// `shown` is the whole picture, `kept` the part of it that is sent.
pub fn paint(painter: &Painter, theme: &Theme, shown: Rect, kept: Rect, thirds: bool) {
    let p = &theme.palette;
    let (min, max) = (shown.min, shown.max);
    for cut in [
        Rect::from_min_max(min, pos2(max.x, kept.top())),
        Rect::from_min_max(pos2(min.x, kept.bottom()), max),
        Rect::from_min_max(pos2(min.x, kept.top()), kept.left_bottom()),
        Rect::from_min_max(kept.right_top(), pos2(max.x, kept.bottom())),
    ] {
        painter.rect_filled(cut, 0.0, p.crop_dim);
    }
    if thirds {
        let line = Stroke::new(1.0, fade(p.on_picture, 0.5));
        for part in [1.0 / 3.0, 2.0 / 3.0] {
            painter.vline(kept.left() + kept.width() * part, kept.y_range(), line);
            painter.hline(kept.x_range(), kept.top() + kept.height() * part, line);
        }
    }
    painter.rect_stroke(kept, 0.0, Stroke::new(1.0, p.on_picture), StrokeKind::Inside);
    for (corner, x, y) in [
        (kept.left_top(), 1.0, 1.0),
        (kept.right_top(), -1.0, 1.0),
        (kept.left_bottom(), 1.0, -1.0),
        (kept.right_bottom(), -1.0, -1.0),
    ] {
        let mark = |size: Vec2| Rect::from_two_pos(corner, corner + vec2(size.x * x, size.y * y));
        painter.rect_filled(mark(vec2(MARK, MARK_WIDTH)), 0.0, p.on_picture);
        painter.rect_filled(mark(vec2(MARK_WIDTH, MARK)), 0.0, p.on_picture);
    }
}
