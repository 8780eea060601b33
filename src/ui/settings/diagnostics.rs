//! The Diagnostics section: what a report of a fault needs to know, to be read and copied.

use egui::{Label, Ui};

use crate::state::Command;
use crate::state::diagnostics::Diagnostics;
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::space;
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::Button;

/// Where the values begin.
const NAMES: f32 = 84.0;

pub fn ui(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let scale = ui.pixels_per_point();
    ui.spacing_mut().item_spacing.y = space::XS;
    for (name, value) in Diagnostics::lines(cx.state, scale) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.allocate_ui(egui::vec2(NAMES, 16.0), |ui| {
                ui.set_min_width(NAMES);
                ui.label(Type::Small.rich(name, theme.palette.muted));
            });
            ui.add(Label::new(Type::Small.rich(value, theme.palette.text2)).wrap());
        });
    }
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        if ui.add(Button::new(&words!("diagnostics-copy")).icon(Icon::CLIPBOARD)).clicked() {
            ui.copy_text(Diagnostics::text(cx.state, scale));
            cx.send(Command::DiagnosticsCopied);
        }
        ui.label(Type::Small.rich(words!("diagnostics-no-secret"), theme.palette.muted));
    });
}
