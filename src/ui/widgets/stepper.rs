//! The stepper: a small number with a minus and a plus. A spin button to the keyboard and to screen readers.

use std::ops::RangeInclusive;

use egui::{
    Align2, CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, StrokeKind, Ui, WidgetInfo,
    accesskit::{Action, ActionData},
    vec2,
};

use super::{
    feel::{Feel, tooltip},
    text_field::paint_field,
};
use crate::ui::{
    icons::Icon,
    theme::{
        Theme, Type,
        metrics::{radius, size},
        mix,
    },
};

/// Plus and minus are a little smaller than a button's icon.
const GLYPH: f32 = 14.0;

/// A whole number between two bounds.
#[must_use = "call show"]
pub struct Stepper<'a> {
    name: &'a str,
    range: RangeInclusive<u32>,
    width: f32,
    enabled: bool,
}

impl<'a> Stepper<'a> {
    pub const fn new(name: &'a str, range: RangeInclusive<u32>) -> Self {
        Self { name, range, width: 102.0, enabled: true }
    }

    /// Width in points.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Shows it; the response has changed when `value` has.
    pub fn show(self, ui: &mut Ui, value: &mut u32) -> Response {
        let enabled = self.enabled;
        ui.add_enabled(enabled, |ui: &mut Ui| self.draw(ui, value))
    }

    fn draw(&self, ui: &mut Ui, value: &mut u32) -> Response {
        let theme = Theme::of(ui.ctx());
        let (rect, mut response) =
            ui.allocate_exact_size(vec2(self.width, size::FIELD), Sense::focusable_noninteractive());
        let before = *value;
        *value = self.asked_value(ui, response.id, before);
        let feel = Feel::of(ui, &response, &theme);
        paint_field(ui.painter(), &theme, rect, feel.hover, feel.focused, false);
        let (low, high) = (*self.range.start(), *self.range.end());
        let minus = Rect::from_min_size(rect.min, vec2(size::FIELD, size::FIELD));
        let plus = minus.translate(vec2(rect.width() - size::FIELD, 0.0));
        let fewer = (Icon::MINUS, words!("stepper-decrease", name = self.name.to_lowercase()), *value > low);
        let more = (Icon::PLUS, words!("stepper-increase", name = self.name.to_lowercase()), *value < high);
        if step_button(ui, &theme, response.id.with("minus"), minus, &fewer) {
            *value -= 1;
        }
        if step_button(ui, &theme, response.id.with("plus"), plus, &more) {
            *value += 1;
        }
        let color = if feel.enabled { theme.palette.text } else { theme.palette.disabled };
        let text = value.to_string();
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, Type::BodyMedium.font_id(), color);
        if *value != before {
            response.mark_changed();
        }
        self.announce(ui, &response, *value);
        response
    }

    /// The value after the keys and the screen reader's actions of this frame.
    fn asked_value(&self, ui: &Ui, id: Id, value: u32) -> u32 {
        let mut steps = 0_i64;
        if ui.memory(|memory| memory.has_focus(id)) {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            ui.input_mut(|input| {
                let mut count = |key| i64::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
                steps += count(Key::ArrowUp) + count(Key::ArrowRight);
                steps -= count(Key::ArrowDown) + count(Key::ArrowLeft);
            });
        }
        let mut value = value;
        ui.input(|input| {
            let times = |action| i64::try_from(input.num_accesskit_action_requests(id, action)).unwrap_or(0);
            steps += times(Action::Increment) - times(Action::Decrement);
            for request in input.accesskit_action_requests(id, Action::SetValue) {
                if let Some(ActionData::NumericValue(asked)) = request.data {
                    value = asked.round() as u32;
                }
            }
        });
        let (low, high) = (i64::from(*self.range.start()), i64::from(*self.range.end()));
        u32::try_from((i64::from(value) + steps).clamp(low, high)).unwrap_or(value)
    }

    fn announce(&self, ui: &Ui, response: &Response, value: u32) {
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo {
            value: Some(f64::from(value)),
            enabled,
            label: Some(self.name.to_owned()),
            ..WidgetInfo::new(Role::SpinButton)
        });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_min_numeric_value(f64::from(*self.range.start()));
            node.set_max_numeric_value(f64::from(*self.range.end()));
            node.set_numeric_value_step(1.0);
            node.set_value(value.to_string());
            if enabled {
                node.add_action(Action::SetValue);
                if value < *self.range.end() {
                    node.add_action(Action::Increment);
                }
                if value > *self.range.start() {
                    node.add_action(Action::Decrement);
                }
            }
        });
    }
}

/// A half of the stepper. The pointer's only: the keyboard has the arrows, and Tab stops once.
fn step_button(ui: &mut Ui, theme: &Theme, id: Id, rect: Rect, part: &(Icon, String, bool)) -> bool {
    let (icon, name, possible) = part;
    let draw = |ui: &mut Ui| {
        let response = ui.interact(rect, id, Sense::CLICK);
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
        let feel = Feel::of(ui, &response, theme);
        let p = &theme.palette;
        let inner = rect.shrink(3.0);
        let fill = feel.fill(egui::Color32::TRANSPARENT, p.hover, p.active);
        ui.painter().rect(inner, CornerRadius::same(radius::SMALL), fill, egui::Stroke::NONE, StrokeKind::Inside);
        let color = if feel.enabled { mix(p.text2, p.text, feel.hover) } else { p.disabled };
        icon.paint(ui.painter(), rect.center(), GLYPH, color);
        tooltip(response, theme, name)
    };
    ui.add_enabled(*possible, draw).clicked()
}
