//! What stands where something is still being read. It does not spin.

use egui::{CornerRadius, Rect, Ui};

use crate::ui::theme::{Theme, Type, metrics::radius};

/// Fills `rect` and says what it waits for, such as "Reading…".
pub fn skeleton(ui: &Ui, rect: Rect, text: &str) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), p.control);
    let galley = Type::Small.line_within(ui.painter(), text, p.muted, rect.width() - 16.0);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, p.muted);
}
