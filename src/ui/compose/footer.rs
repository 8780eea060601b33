//! Output, price and Generate: always visible.

use egui::{Frame, Layout, Margin, Ui, vec2};

use super::spoken;
use crate::state::Action;
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::{size, space};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{Button, ButtonSize};

const PADDING: f32 = 16.0;
const SUMMARY: f32 = 18.0;
const REASON: f32 = 24.0;
const BELOW: f32 = 16.0;
const BELOW_NARROW: f32 = 12.0;

/// Height of the footer: a reason or a word of caution needs a line of its own.
pub fn height(cx: &UiContext<'_>) -> f32 {
    let line = if cx.state.blocked().is_some() || cx.state.balance_may_be_too_low() { REASON } else { 0.0 };
    let below = if cx.narrow { BELOW_NARROW } else { BELOW };
    1.0 + 11.0 + SUMMARY + 9.0 + size::BUTTON_LARGE + line + below
}

pub fn ui(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let blocked = cx.state.blocked();
    let price = cx.state.price();
    Frame::new().inner_margin(Margin::symmetric(PADDING as i8, 0)).show(ui, |ui| {
        ui.add_space(11.0);
        let row = Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(vec2(ui.available_width(), SUMMARY), row, |ui| {
            ui.set_height(SUMMARY);
            ui.label(Type::Small.rich(summary(cx), p.text2));
            ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(Type::SmallStrong.rich(price.to_string(), p.text));
            });
        });
        ui.add_space(9.0);
        let name = spoken::generate(price);
        let keys = Action::Generate.shortcut().map(|shortcut| shortcut.text(cfg!(target_os = "macos")));
        let words = words!("generate");
        let mut button = Button::new(&words)
            .primary()
            .size(ButtonSize::Large)
            .width(ui.available_width())
            .name(&name)
            .enabled(blocked.is_none());
        if blocked.is_none() {
            button = button.icon(Icon::PLAY);
        }
        if let Some(keys) = &keys {
            button = button.keys(keys);
        }
        if let Some(reason) = &blocked {
            button = button.description(reason);
        }
        if ui.add(button).clicked() {
            cx.act(Action::Generate);
        }
        let line = match (blocked, cx.state.balance_may_be_too_low()) {
            (Some(reason), _) => Some((reason, p.muted)),
            (None, true) => Some((words!("balance-too-low"), p.warning)),
            (None, false) => None,
        };
        if let Some((words, color)) = line {
            ui.add_space(space::M);
            ui.allocate_ui(vec2(ui.available_width(), 16.0), |ui| {
                ui.vertical_centered(|ui| ui.label(Type::Small.rich(words, color)));
            });
        }
    });
}

fn summary(cx: &UiContext<'_>) -> String {
    let settings = &cx.state.draft.settings;
    match cx.state.output() {
        Some(output) => words!(
            "summary-output",
            size = output.to_string(),
            fps = cx.state.model().output.fps,
            seconds = settings.duration,
        ),
        None => String::new(),
    }
}
