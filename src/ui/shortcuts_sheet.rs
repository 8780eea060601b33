//! The keyboard shortcuts, read from the one list of actions.

use egui::{Grid, Margin, Ui, vec2};

use super::UiContext;
use super::sheet;
use super::theme::metrics::space;
use super::theme::{Theme, Type};
use super::widgets::{Button, key_cap};
use crate::state::Action;

pub fn ui(ui: &Ui, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let mut done = false;
    let footer = |ui: &mut Ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(24, 14)).show(ui, |ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                done = ui.add(Button::new("Done").primary()).clicked();
            });
        });
    };
    let closed = sheet::show(ui, "Keyboard shortcuts", 480.0, footer, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            Grid::new("shortcuts").spacing(vec2(space::PAGE, space::M)).min_col_width(300.0).show(ui, |ui| {
                for action in Action::ALL {
                    let Some(shortcut) = action.shortcut() else { continue };
                    ui.label(Type::Body.rich(action.title(), theme.palette.text));
                    key_cap(ui, &shortcut.text(cfg!(target_os = "macos")));
                    ui.end_row();
                }
            });
        });
    });
    if closed || done {
        cx.act(Action::CloseTop);
    }
}
