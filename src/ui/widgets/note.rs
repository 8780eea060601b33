//! Note cards: what is wrong in one sentence, and the fix beside it.

use egui::{CornerRadius, Frame, Label, Margin, Rect, Ui, UiBuilder, vec2};

use super::{
    badge::Severity,
    button::{Button, ButtonKind},
};
use crate::ui::theme::{
    Theme, Type,
    metrics::{radius, size, space},
};

const GLYPH: f32 = 18.0;

/// An amber or red card under the wells. Amber never blocks; red does.
#[must_use = "call show"]
pub struct Note<'a> {
    text: &'a str,
    severity: Severity,
    actions: &'a [&'a str],
}

impl<'a> Note<'a> {
    /// The first action is the recommended fix.
    pub const fn warning(text: &'a str, actions: &'a [&'a str]) -> Self {
        Self { text, severity: Severity::Warning, actions }
    }

    pub const fn error(text: &'a str, actions: &'a [&'a str]) -> Self {
        Self { text, severity: Severity::Error, actions }
    }

    /// Shows the card in the whole width; the index of the action that was pressed.
    pub fn show(self, ui: &mut Ui) -> Option<usize> {
        let theme = Theme::of(ui.ctx());
        let (fill, line, ink) = self.severity.colors(&theme);
        let width = ui.available_width();
        let builder = UiBuilder::new().accessibility_role(egui::Role::Note).accessibility_label(self.text);
        let card = |ui: &mut Ui| {
            let frame = Frame::new()
                .fill(fill)
                .stroke(Theme::hairline(line))
                .corner_radius(CornerRadius::same(radius::CONTROL))
                .inner_margin(Margin { left: 11, right: 11, top: 10, bottom: 10 });
            frame.show(ui, |ui| {
                ui.set_width(width - 24.0);
                self.content(ui, &theme, ink)
            })
        };
        ui.scope_builder(builder, card).inner.inner
    }

    fn content(&self, ui: &mut Ui, theme: &Theme, ink: egui::Color32) -> Option<usize> {
        let mut pressed = None;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::L, space::M);
            let (rect, _) = ui.allocate_exact_size(vec2(GLYPH, GLYPH), egui::Sense::hover());
            if let Some(icon) = self.severity.icon() {
                icon.paint(ui.painter(), Rect::from_min_size(rect.min, rect.size()).center(), GLYPH, ink);
            }
            ui.vertical(|ui| {
                ui.add(Label::new(Type::Reason.rich(self.text, theme.palette.text)).wrap());
                if !self.actions.is_empty() {
                    pressed = self.buttons(ui);
                }
            });
        });
        pressed
    }

    fn buttons(&self, ui: &mut Ui) -> Option<usize> {
        let mut pressed = None;
        // The row is as high as its buttons.
        ui.spacing_mut().interact_size.y = size::BUTTON_SMALL;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::M, space::S);
            for (index, action) in self.actions.iter().enumerate() {
                let kind = match (index, self.severity) {
                    (0, Severity::Warning) => ButtonKind::Warning,
                    (0, _) => ButtonKind::Emphasised,
                    _ => ButtonKind::Quiet,
                };
                if ui.add(Button::new(action).kind(kind).small()).clicked() {
                    pressed = Some(index);
                }
            }
        });
        pressed
    }
}
