//! How a control answers to the pointer and the keyboard: eased hover and press, and the focus ring.

use egui::{Color32, CornerRadius, Painter, Rect, Response, StrokeKind, Ui};

use crate::ui::theme::{
    Theme, Type,
    metrics::{stroke, time},
    mix,
};

/// A control's state, with hover and press eased from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub struct Feel {
    pub hover: f32,
    pub press: f32,
    pub focused: bool,
    pub enabled: bool,
}

impl Feel {
    #[must_use]
    pub fn of(ui: &Ui, response: &Response, theme: &Theme) -> Self {
        let enabled = response.enabled();
        let ease = |name, on| theme.motion.fade(ui.ctx(), response.id.with(name), on, time::HOVER);
        Self {
            hover: ease("hover", enabled && response.hovered()),
            press: ease("press", enabled && response.is_pointer_button_down_on()),
            focused: response.has_focus(),
            enabled,
        }
    }

    /// The fill that belongs to this state.
    #[must_use]
    pub fn fill(&self, rest: Color32, hover: Color32, pressed: Color32) -> Color32 {
        mix(mix(rest, hover, self.hover), pressed, self.press)
    }
}

/// The ring around a control that has the keyboard: outside its edge by a small gap.
pub fn focus_ring(painter: &Painter, rect: Rect, radius: u8, theme: &Theme) {
    let gap = stroke::FOCUS_GAP;
    let radius = CornerRadius::same(radius.saturating_add(gap as u8));
    painter.rect_stroke(rect.expand(gap), radius, theme.focus_stroke(), StrokeKind::Outside);
}

/// Shows `text` beside the control while the pointer rests on it, disabled or not.
#[must_use]
pub fn tooltip(response: Response, theme: &Theme, text: &str) -> Response {
    let rich = || Type::Small.rich(text, theme.palette.text);
    response.on_hover_text(rich()).on_disabled_hover_text(rich())
}
