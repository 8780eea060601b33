//! How the panel is cut into regions: slices off a rectangle, and the rows and rules that lie in them.

use egui::{Align, Label, Layout, Rect, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::ui::theme::{
    Theme, Type,
    metrics::{layout, space},
};

/// Inner padding of the stage, in points.
pub const PADDING: f32 = space::XXL;

/// Cuts `height` points off the top of `rest`.
pub fn cut_top(rest: &mut Rect, height: f32) -> Rect {
    let at = (rest.top() + height).min(rest.bottom());
    let cut = Rect::from_min_max(rest.min, pos2(rest.right(), at));
    rest.min.y = at;
    cut
}

/// Cuts `height` points off the bottom of `rest`.
pub fn cut_bottom(rest: &mut Rect, height: f32) -> Rect {
    let at = (rest.bottom() - height).max(rest.top());
    let cut = Rect::from_min_max(pos2(rest.left(), at), rest.max);
    rest.max.y = at;
    cut
}

/// A rectangle of `size` around the middle of `rect`.
pub fn centred(rect: Rect, size: egui::Vec2) -> Rect {
    let min = (rect.center() - size / 2.0).round();
    Rect::from_min_size(min, size)
}

/// Lays out a part of the panel on its own, outside the flow of `ui`.
pub fn part<R>(ui: &mut Ui, rect: Rect, layout: Layout, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        ui.spacing_mut().item_spacing = vec2(space::M, 0.0);
        add(ui)
    })
    .inner
}

/// A row from the left, its content centred in height.
pub fn row<R>(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui) -> R) -> R {
    part(ui, rect, Layout::left_to_right(Align::Center), add)
}

/// A row from the right.
pub fn row_from_right<R>(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui) -> R) -> R {
    part(ui, rect, Layout::right_to_left(Align::Center), add)
}

/// A line over the whole width at the top of `rect`.
pub fn rule_above(ui: &Ui, rect: Rect) {
    let theme = Theme::of(ui.ctx());
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, theme.palette.line));
}

/// Height of the stage's header.
pub fn header_height(narrow: bool) -> f32 {
    if narrow { layout::PANEL_HEADER_NARROW } else { layout::PANEL_HEADER }
}

/// The header: a title, a caption after it, and what `right` adds from the right. The title gives way.
pub fn header<R>(ui: &mut Ui, rect: Rect, title: &str, caption: &str, right: impl FnOnce(&mut Ui) -> R) -> R {
    let theme = Theme::of(ui.ctx());
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let (result, taken) = row_from_right(ui, inner, |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let result = right(ui);
        (result, ui.min_rect().left())
    });
    let room = Rect::from_min_max(inner.min, pos2((taken - space::XL).max(inner.left()), inner.bottom()));
    row(ui, room, |ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        let heading = Type::Heading.rich(title, theme.palette.text);
        ui.add(Label::new(heading).truncate());
        if !caption.is_empty() {
            ui.add(Label::new(Type::Small.rich(caption, theme.palette.muted)).truncate());
        }
    });
    result
}
