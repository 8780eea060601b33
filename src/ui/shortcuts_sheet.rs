//! The keyboard shortcuts, read from the one list of actions.

use egui::{Margin, Ui};

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
            ui.spacing_mut().item_spacing.y = space::XS;
            for action in Action::ALL {
                let Some(shortcut) = action.shortcut() else { continue };
                ui.horizontal(|ui| {
                    ui.label(Type::Body.rich(action.title(), theme.palette.text));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        key_cap(ui, &shortcut.text(cfg!(target_os = "macos")));
                    });
                });
            }
        });
    });
    if closed || done {
        cx.act(Action::CloseTop);
    }
}
