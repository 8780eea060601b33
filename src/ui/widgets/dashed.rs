//! Dashed rounded rectangles: a place where something can be put.

use egui::{Painter, Pos2, Rect, Shape, Stroke, Vec2};

/// Lengths of a dash and of the gap after it, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dash {
    pub length: f32,
    pub gap: f32,
}

impl Default for Dash {
    fn default() -> Self {
        Self { length: 3.0, gap: 2.0 }
    }
}

/// Outlines `rect` with dashes; the line lies inside its edge, on whole pixels of the screen.
pub fn dashed_rect(painter: &Painter, rect: Rect, radius: f32, stroke: Stroke, dash: Dash) {
    let density = painter.pixels_per_point();
    let stroke = Stroke::new((stroke.width * density).floor().max(1.0) / density, stroke.color);
    let path = outline(rect.shrink(stroke.width / 2.0), radius);
    // Stretch the gap so that the last dash meets the first.
    let total: f32 = path.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let count = (total / (dash.length + dash.gap)).round().max(1.0);
    let gap = total / count - dash.length;
    painter.extend(Shape::dashed_line(&path, stroke, dash.length, gap.max(0.5)));
}

/// The closed path around a rounded rectangle, clockwise from the left end of its top edge.
fn outline(rect: Rect, radius: f32) -> Vec<Pos2> {
    const STEPS: usize = 8;
    let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
    let inner = rect.shrink(radius);
    let corners = [inner.right_top(), inner.right_bottom(), inner.left_bottom(), inner.left_top()];
    let mut path = vec![Pos2::new(inner.left(), rect.top())];
    for (quarter, center) in corners.into_iter().enumerate() {
        for step in 0..=STEPS {
            let turn = quarter as f32 + step as f32 / STEPS as f32 - 1.0;
            path.push(center + radius * Vec2::angled(turn * std::f32::consts::FRAC_PI_2));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_is_closed_and_stays_in_the_rectangle() {
        let rect = Rect::from_min_size(Pos2::new(10.0, 20.0), Vec2::new(178.0, 135.0));
        let path = outline(rect, 8.0);
        assert!(path[0].distance(*path.last().unwrap()) < 0.01);
        assert!(path.iter().all(|point| rect.expand(0.01).contains(*point)));
        for edge in [rect.left(), rect.right()] {
            assert!(path.iter().any(|point| (point.x - edge).abs() < 0.01));
        }
    }

    #[test]
    fn a_radius_too_large_for_the_rectangle_is_cut_down() {
        let rect = Rect::from_min_size(Pos2::ZERO, Vec2::new(20.0, 8.0));
        assert!(outline(rect, 50.0).iter().all(|point| rect.expand(0.01).contains(*point)));
    }
}
