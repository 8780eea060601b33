//! The switch: on or off, in effect at once.

use egui::{CornerRadius, Rect, Response, Role, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use super::feel::{Feel, focus_ring};
use crate::ui::theme::{
    Theme,
    metrics::{size, time},
    mix,
};

const KNOB_INSET: f32 = 3.0;

/// A switch for a `bool`; the words beside it are the caller's.
#[must_use = "add it to a Ui"]
pub struct Switch<'a> {
    on: &'a mut bool,
    name: &'a str,
    description: Option<&'a str>,
    enabled: bool,
}

impl<'a> Switch<'a> {
    pub const fn new(on: &'a mut bool, name: &'a str) -> Self {
        Self { on, name, description: None, enabled: true }
    }

    pub const fn description(mut self, description: &'a str) -> Self {
        self.description = Some(description);
        self
    }

    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    fn draw(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let (rect, seen) = ui.allocate_exact_size(size::SWITCH, Sense::hover());
        // No target is lower than this, though the switch is.
        let reach = rect.expand2(vec2(0.0, (size::ICON_BUTTON_WELL - rect.height()) / 2.0));
        let mut response = ui.interact(reach, seen.id.with("reach"), Sense::click());
        if response.clicked() {
            *self.on = !*self.on;
            response.mark_changed();
        }
        let (on, enabled) = (*self.on, ui.is_enabled());
        response.widget_info(|| WidgetInfo::selected(Role::Switch, enabled, on, self.name));
        if let Some(description) = self.description {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(description));
        }
        if ui.is_rect_visible(rect) {
            paint(ui, &theme, rect, &response, on);
        }
        response
    }
}

fn paint(ui: &Ui, theme: &Theme, rect: Rect, response: &Response, on: bool) {
    let p = &theme.palette;
    let feel = Feel::of(ui, response, theme);
    let moved = theme.motion.travel(ui.ctx(), response.id.with("knob"), on, time::SELECT);
    let (track, knob) = if feel.enabled {
        let off = mix(p.strong, p.muted, 0.5 * feel.hover);
        (mix(off, mix(p.accent, p.accent_hover, feel.hover), moved), mix(p.knob, p.on_accent, moved))
    } else {
        (p.active, p.disabled)
    };
    let corner = (rect.height() / 2.0) as u8;
    ui.painter().rect_filled(rect, CornerRadius::same(corner), track);
    let reach = rect.height() / 2.0;
    let x = egui::lerp(rect.left() + reach..=rect.right() - reach, moved);
    ui.painter().circle_filled(pos2(x, rect.center().y), reach - KNOB_INSET, knob);
    if feel.focused {
        focus_ring(ui.painter(), rect, corner, theme);
    }
}

impl Widget for Switch<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let enabled = self.enabled;
        ui.add_enabled(enabled, |ui: &mut Ui| self.draw(ui))
    }
}
