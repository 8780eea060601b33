//! Words that lie on the picture: dark in both themes, and told to screen readers.

use egui::{Align2, CornerRadius, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::theme::{
    Theme, Type,
    metrics::{radius, space},
};

const HEIGHT: f32 = 26.0;
const INSET: f32 = 12.0;

/// Shows `text` in a corner of `room` and returns where.
pub fn show(ui: &Ui, room: Rect, corner: Align2, text: &str) -> Rect {
    lines(ui, room, corner, text, &[text.to_owned()], Type::SmallMedium)
}

/// Shows several lines in a corner of `room`; a screen reader says `name`.
pub fn lines(ui: &Ui, room: Rect, corner: Align2, name: &str, lines: &[String], style: Type) -> Rect {
    let p = &Theme::of(ui.ctx()).palette;
    let galleys: Vec<_> = lines.iter().map(|line| style.line(ui.painter(), line.clone(), p.on_picture)).collect();
    let width = galleys.iter().map(|galley| galley.size().x).fold(0.0, f32::max);
    let line = galleys.first().map_or(0.0, |galley| galley.size().y);
    let height = (line * galleys.len() as f32 + 2.0 * space::XS).max(HEIGHT);
    let chip = corner.align_size_within_rect(vec2(width + 2.0 * space::L, height), room.shrink(INSET));
    let response = ui.interact(chip, ui.scope_id().with(("chip", name)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    ui.painter().rect_filled(chip, CornerRadius::same(radius::SMALL), p.picture_shade);
    let mut top = chip.center().y - line * galleys.len() as f32 / 2.0;
    for galley in galleys {
        ui.painter().galley(egui::pos2(chip.left() + space::L, top), galley, p.on_picture);
        top += line;
    }
    chip
}
