//! What a crop looks like: the rest dimmed, a white edge, marks at the corners, thirds while it is moved.

use egui::{CornerRadius, Painter, Rect, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::ui::theme::{Theme, fade};

const MARK: f32 = 12.0;
const MARK_WIDTH: f32 = 3.0;

/// `shown` is the whole picture with its `corners`, `kept` the part of it that is sent.
pub fn paint(painter: &Painter, theme: &Theme, shown: Rect, corners: CornerRadius, kept: Rect, thirds: bool) {
    let p = &theme.palette;
    let (min, max) = (shown.min, shown.max);
    for cut in [
        Rect::from_min_max(min, pos2(max.x, kept.top())),
        Rect::from_min_max(pos2(min.x, kept.bottom()), max),
        Rect::from_min_max(pos2(min.x, kept.top()), kept.left_bottom()),
        Rect::from_min_max(kept.right_top(), pos2(max.x, kept.bottom())),
    ] {
        // Only where it ends with the picture is it round like the picture.
        let at = |is: bool, radius: u8| if is { radius } else { 0 };
        let (left, right) = (cut.left() <= min.x, cut.right() >= max.x);
        let (top, bottom) = (cut.top() <= min.y, cut.bottom() >= max.y);
        let corners = CornerRadius {
            nw: at(left && top, corners.nw),
            ne: at(right && top, corners.ne),
            sw: at(left && bottom, corners.sw),
            se: at(right && bottom, corners.se),
        };
        painter.rect_filled(cut, corners, p.crop_dim);
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
