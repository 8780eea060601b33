//! The Spending section: what today and this month cost, the limit of a day, and the way to the spend log.

use egui::{Align, Layout, Ui, vec2};

use super::rows;
use crate::domain::price::Cents;
use crate::domain::spend::Spent;
use crate::state::{Command, SettingsCommand};
use crate::ui::UiContext;
use crate::ui::theme::metrics::{size, space};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{Button, TextField};

/// The field of the limit: free text until it is an amount.
#[derive(Default)]
pub struct CapField {
    text: String,
    /// The text is no amount; the last limit that was one stands.
    wrong: bool,
    focused: bool,
}

impl CapField {
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>) {
        let theme = Theme::of(ui.ctx());
        rows::row(ui, &sums(cx), None, |ui| {
            if ui.add(Button::new(&words!("cap-log"))).clicked() {
                cx.send(Command::Settings(SettingsCommand::ShowSpendLog));
            }
        });
        ui.add_space(space::M);
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), size::FIELD),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.spacing_mut().item_spacing.x = space::M;
                ui.label(Type::Body.rich(words!("cap-ask-above"), theme.palette.text));
                self.field(ui, cx);
                ui.label(Type::Body.rich(words!("cap-a-day"), theme.palette.text));
            },
        );
        ui.add_space(space::M);
        let (caption, color) = if self.wrong {
            (words!("cap-no-amount"), theme.palette.error)
        } else {
            (words!("cap-caption"), theme.palette.muted)
        };
        ui.label(Type::Small.rich(caption, color));
    }

    fn field(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>) {
        let cap = cx.state.settings.daily_cap;
        if !self.focused && !self.wrong {
            self.text = cap.map(|cap| cap.to_string()).unwrap_or_default();
        }
        let no_amount = words!("cap-no-amount");
        let field = TextField::new(&mut self.text, &words!("cap-name"))
            .hint(&words!("cap-none"))
            .mono()
            .width(112.0)
            .error(self.wrong.then_some(no_amount.as_str()))
            .show(ui);
        self.focused = field.has_focus();
        let typed = self.text.trim().trim_start_matches('$').trim();
        let amount = Cents::parse(typed);
        if field.changed() {
            self.wrong = !typed.is_empty() && amount.is_none();
        }
        // Not before it is finished: on the way to another amount the old limit holds.
        if field.lost_focus() && !self.wrong && amount != cap {
            cx.send(Command::Settings(SettingsCommand::SetDailyCap(amount)));
        }
    }

    /// Forgets what was typed and is no amount.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// "Today about $1.04 · this month about $12.30".
fn sums(cx: &UiContext<'_>) -> String {
    let money = &cx.state.money;
    words!("cap-sums", today = about(money.today()), month = about(money.month()))
}

/// "about $1.04"; with tasks of unknown price "at least $1.04".
pub fn about(spent: Spent) -> String {
    let amount = Cents(spent.cents).to_string();
    if spent.unpriced > 0 { words!("spent-at-least", amount = amount) } else { words!("spent-about", amount = amount) }
}
