//! Panels: their frame, header, rules and labels.

use egui::{Align, CornerRadius, Frame, Label, Layout, Margin, Rect, Response, Stroke, Ui, UiBuilder, vec2};

use crate::ui::theme::{
    Theme, Type,
    metrics::{radius, space},
};

/// The frame of one of the three panels. Its content reaches to the edge.
pub fn panel_frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.palette.panel)
        .stroke(Theme::hairline(theme.palette.line))
        .corner_radius(CornerRadius::same(radius::PANEL))
        .inner_margin(Margin::ZERO)
}

/// A panel's header row: its title and, from the right, what `right` adds. The title gives way to the right side.
pub fn panel_header<R>(
    ui: &mut Ui,
    title: &str,
    height: f32,
    padding: f32,
    right: impl FnOnce(&mut Ui) -> R,
) -> (Rect, R) {
    let theme = Theme::of(ui.ctx());
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    let inner = rect.shrink2(vec2(padding, 0.0));
    let builder = UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center));
    let mut row = ui.new_child(builder);
    row.spacing_mut().item_spacing.x = space::XS;
    let result = right(&mut row);
    let room = Rect::from_min_max(inner.min, egui::pos2(row.min_rect().left() - space::M, inner.bottom()));
    let builder = UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Center));
    let text = Type::Heading.rich(title, theme.palette.text);
    ui.new_child(builder).add(Label::new(text).truncate());
    (rect, result)
}

/// A line between two regions, over the whole width.
pub fn rule(ui: &mut Ui) -> Response {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, theme.palette.line));
    response
}

/// The label over a field.
pub fn field_label(ui: &mut Ui, text: &str) -> Response {
    let theme = Theme::of(ui.ctx());
    ui.add(Label::new(Type::SmallMedium.rich(text, theme.palette.text2)))
}

/// The label of a section in the settings sheet.
pub fn section_label(ui: &mut Ui, text: &str) -> Response {
    let theme = Theme::of(ui.ctx());
    ui.add(Label::new(Type::BodyStrong.rich(text, theme.palette.text)))
}
