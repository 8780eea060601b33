//! How a control answers to the pointer and the keyboard: eased hover and press, and the focus ring.

use egui::{Color32, CornerRadius, Id, Painter, Rect, Response, StrokeKind, Ui};

use crate::ui::theme::{
    Theme, Type,
    metrics::{space, stroke, time},
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

/// Scrolls the control that has just got the keyboard into sight; called after the last control of a scrolled content.
pub fn keep_focus_in_sight(ui: &Ui) {
    let noted = ui.unique_id().with("had the keyboard");
    let focused = ui.memory(egui::Memory::focused);
    if ui.data(|data| data.get_temp::<Option<Id>>(noted)).flatten() == focused {
        return;
    }
    ui.data_mut(|data| data.insert_temp(noted, focused));
    let control = focused.and_then(|id| ui.ctx().read_response(id));
    // What is seen whole stays where it is; so does what lies elsewhere.
    let hidden = |control: &Response| control.layer_id == ui.layer_id() && control.interact_rect != control.rect;
    if let Some(control) = control.filter(hidden)
        && ui.min_rect().contains(control.rect.center())
    {
        ui.scroll_to_rect(control.rect.expand(space::M), None);
    }
}

/// Shows `text` beside the control while the pointer rests on it, disabled or not.
#[must_use]
pub fn tooltip(response: Response, theme: &Theme, text: &str) -> Response {
    let rich = || Type::Small.rich(text, theme.palette.text);
    response.on_hover_text(rich()).on_disabled_hover_text(rich())
}
