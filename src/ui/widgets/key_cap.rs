//! Key caps: the shortcut shown beside a control.

use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Response, Sense, StrokeKind, Ui, vec2};

use crate::ui::theme::{
    Theme, Type, fade,
    metrics::{radius, size},
};

const PADDING: f32 = 7.0;
const LEAST: f32 = 18.0;

/// Where a key cap lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyLook {
    /// An outlined cap, on a panel.
    Outline,
    /// An outlined cap in a field, as dark as the panel around it.
    Field,
    /// In a primary button: a shade of its fill.
    Primary,
    /// In a button that cannot be pressed now.
    Disabled,
}

/// Width of the cap for `keys`, in points.
#[must_use]
pub fn key_cap_width(painter: &Painter, keys: &str) -> f32 {
    let width = Type::Caption.line(painter, keys, Color32::PLACEHOLDER).size().x + 2.0 * PADDING;
    width.max(LEAST)
}

/// Paints a cap whose right edge and vertical centre are at `right_center`.
pub fn paint_key_cap(painter: &Painter, theme: &Theme, right_center: Pos2, keys: &str, look: KeyLook) {
    let palette = &theme.palette;
    let (fill, edge, text) = match look {
        KeyLook::Outline => (Color32::TRANSPARENT, palette.stroke, palette.muted),
        KeyLook::Field => (palette.panel, palette.stroke, palette.muted),
        KeyLook::Primary => (palette.primary_key, Color32::TRANSPARENT, fade(palette.on_accent, 0.92)),
        KeyLook::Disabled => (palette.panel, Color32::TRANSPARENT, palette.muted),
    };
    let galley = Type::Caption.line(painter, keys, text);
    let width = (galley.size().x + 2.0 * PADDING).max(LEAST);
    let min = right_center - vec2(width, size::KEY_CAP / 2.0);
    let rect = Rect::from_min_size(min, vec2(width, size::KEY_CAP));
    let corner = CornerRadius::same(radius::KEY);
    painter.rect(rect, corner, fill, Theme::hairline(edge), StrokeKind::Inside);
    painter.galley(rect.center() - galley.size() / 2.0, galley, text);
}

/// A key cap of its own. Decoration: the control it belongs to names its shortcut to screen readers.
pub fn key_cap(ui: &mut Ui, keys: &str) -> Response {
    let theme = Theme::of(ui.ctx());
    let width = key_cap_width(ui.painter(), keys);
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::KEY_CAP), Sense::hover());
    paint_key_cap(ui.painter(), &theme, rect.right_center(), keys, KeyLook::Outline);
    response
}
