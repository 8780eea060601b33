//! Progress: how far from the first frame to the last.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, Mesh, Painter, Rect, Response, Role, Sense, Shape, Ui, WidgetInfo, emath::easing, lerp,
    remap, vec2,
};

use crate::ui::theme::{
    Motion, Theme,
    metrics::{radius, size, time},
};

/// How far something has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Progress {
    /// 0 to 1.
    At(f32),
    /// It moves, but nobody says how far.
    Somewhere,
}

/// Share of the bar that the segment of unknown progress fills, and the seconds it takes to cross it.
const SEGMENT: f32 = 0.3;
const CROSSING: f64 = 1.6;

/// A bar, `width` points wide. `name` says what it is the progress of.
pub fn progress_bar(ui: &mut Ui, name: &str, progress: Progress, width: f32) -> Response {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::PROGRESS), Sense::hover());
    let percent = match progress {
        Progress::At(fraction) => Some(f64::from((fraction.clamp(0.0, 1.0) * 100.0).round())),
        Progress::Somewhere => None,
    };
    response.widget_info(|| WidgetInfo { value: percent, ..WidgetInfo::labeled(Role::ProgressIndicator, true, name) });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        if let Some(percent) = percent {
            node.set_value(format!("{percent}%"));
        }
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(radius::PROGRESS), theme.palette.active);
    let (from, to) = match progress {
        Progress::At(fraction) => {
            let id = response.id.with("progress");
            (0.0, theme.motion.approach(ui.ctx(), id, fraction.clamp(0.0, 1.0), time::PROGRESS))
        }
        Progress::Somewhere => somewhere(ui, theme.motion),
    };
    paint_span(painter, &theme, rect, from, to);
    response
}

/// The part of the bar that is lit while nobody knows how far it is.
fn somewhere(ui: &Ui, motion: Motion) -> (f32, f32) {
    if motion == Motion::Reduced {
        return (0.0, SEGMENT);
    }
    ui.ctx().request_repaint();
    let phase = (ui.input(|input| input.time) % CROSSING / CROSSING) as f32;
    let start = lerp(-SEGMENT..=1.0, easing::quadratic_out(phase));
    (start.max(0.0), (start + SEGMENT).min(1.0))
}

/// Fills `rect` between two fractions, coloured by place: `first` at 0, towards `last` at 1.
pub fn paint_span(painter: &Painter, theme: &Theme, rect: Rect, from: f32, to: f32) {
    let x = |fraction: f32| lerp(rect.left()..=rect.right(), fraction);
    let color = |x: f32| theme.palette.between(remap(x, rect.left()..=rect.right(), 0.0..=1.0));
    let (left, right) = (x(from), x(to));
    if right - left < 0.5 {
        return;
    }
    // Round ends: a dot of each end's colour, and the gradient from the middle of one to the middle of the other.
    let dot = rect.height().min(right - left);
    let corner = CornerRadius::same(radius::PROGRESS);
    for (range, at) in [(left..=left + dot, left), (right - dot..=right, right)] {
        painter.rect_filled(Rect::from_x_y_ranges(range, rect.y_range()), corner, color(at));
    }
    let body = Rect::from_x_y_ranges(left + dot / 2.0..=right - dot / 2.0, rect.y_range());
    if body.width() > 0.0 {
        painter.add(gradient(body, color(left), color(right)));
    }
}

/// A rectangle that runs from one colour at its left to another at its right.
fn gradient(rect: Rect, left: Color32, right: Color32) -> Shape {
    let mut mesh = Mesh::default();
    mesh.colored_vertex(rect.left_top(), left);
    mesh.colored_vertex(rect.right_top(), right);
    mesh.colored_vertex(rect.right_bottom(), right);
    mesh.colored_vertex(rect.left_bottom(), left);
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    Shape::Mesh(Arc::new(mesh))
}
