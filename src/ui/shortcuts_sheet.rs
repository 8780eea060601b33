//! The keyboard shortcuts, read from the one list of actions.

use egui::{Margin, Role, Ui, WidgetInfo};

use super::UiContext;
use super::sheet;
use super::theme::metrics::{size, space};
use super::theme::{Theme, Type};
use super::widgets::{Button, key_cap};
use crate::state::Action;
use crate::state::action::Shortcut;

/// Between the two columns.
const COLUMN_GAP: f32 = space::PAGE;

pub fn ui(ui: &Ui, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let mut done = false;
    let footer = |ui: &mut Ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(24, 14)).show(ui, |ui| {
            // Of its own height: in what is left of the sheet it would stand in the middle.
            let size = egui::vec2(ui.available_width(), size::BUTTON);
            ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), |ui| {
                done = ui.add(Button::new(&words!("done")).primary()).clicked();
            });
        });
    };
    let listed: Vec<_> = Action::ALL
        .into_iter()
        .filter(|action| action.is_built())
        .filter_map(|action| Some((action.title(), action.shortcut()?)))
        .collect();
    let width = sheet::width(ui.ctx());
    let closed = sheet::show(ui, &words!("shortcuts-title"), width, footer, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            // Down the first column, then down the second.
            let column = (ui.available_width() - COLUMN_GAP) / 2.0;
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = COLUMN_GAP;
                for half in listed.chunks(listed.len().div_ceil(2)) {
                    ui.vertical(|ui| {
                        ui.set_width(column);
                        ui.spacing_mut().item_spacing.y = space::XS;
                        for (title, shortcut) in half {
                            row(ui, &theme, title, *shortcut);
                        }
                    });
                }
            });
        });
    });
    if closed || done {
        cx.act(Action::CloseTop);
    }
}

fn row(ui: &mut Ui, theme: &Theme, title: &str, shortcut: Shortcut) {
    ui.horizontal(|ui| {
        ui.label(Type::Body.rich(title, theme.palette.text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let keys = shortcut.text(cfg!(target_os = "macos"));
            key_cap(ui, &keys).widget_info(|| WidgetInfo::labeled(Role::Label, true, &keys));
        });
    });
}
