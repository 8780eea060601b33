//! The key field: Save, Verify, Remove, and what is known of the key.

use egui::Ui;
use zeroize::Zeroizing;

use crate::domain::secret::ApiKey;
use crate::state::{Balance, Command, KeyCheck, KeyOrigin, KeyState, SettingsCommand};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::size;
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{Button, ButtonKind, TextField};

/// What is being typed. Wiped when the sheet closes or the key is saved.
#[derive(Default)]
pub struct KeyField {
    text: Zeroizing<String>,
    trouble: Option<String>,
}

impl KeyField {
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>) {
        let theme = Theme::of(ui.ctx());
        if cx.state.host().free {
            ui.label(Type::Small.rich(words!("key-not-needed"), theme.palette.muted));
            return;
        }
        match &cx.state.key {
            KeyState::Present { hint, origin, check } => {
                let (hint, origin, check) = (hint.clone(), *origin, check.clone());
                present(ui, &theme, cx, &hint, origin, &check);
            }
            KeyState::Unknown | KeyState::Absent { .. } => self.entry(ui, &theme, cx),
        }
    }

    fn entry(&mut self, ui: &mut Ui, theme: &Theme, cx: &mut UiContext<'_>) {
        let mut save = false;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let width = ui.available_width() - 80.0;
            let field = TextField::new(&mut self.text, &words!("settings-api-key"))
                .hint(&words!("key-paste"))
                .password(true)
                .icon(Icon::KEY)
                .width(width)
                .error(self.trouble.as_deref())
                .show(ui);
            if field.changed() {
                self.trouble = None;
            }
            save = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            save |=
                ui.add(Button::new(&words!("key-save")).enabled(!self.text.trim().is_empty()).width(72.0)).clicked();
        });
        if save {
            match ApiKey::parse(&self.text) {
                Ok(key) => {
                    self.clear();
                    cx.send(Command::Settings(SettingsCommand::SaveKey(key)));
                    cx.send(Command::Settings(SettingsCommand::VerifyKey));
                }
                Err(error) => self.trouble = Some(error.to_string()),
            }
        }
        ui.add_space(8.0);
        if let Some(trouble) = &self.trouble {
            ui.label(Type::Small.rich(trouble, theme.palette.error));
        }
        match &cx.state.key {
            KeyState::Absent { trouble: Some(trouble) } => {
                ui.label(Type::Small.rich(trouble, theme.palette.warning));
                kept(ui, theme, cx, &words!("key-kept-this-run"));
            }
            _ => kept(ui, theme, cx, &words!("key-kept")),
        }
    }
}

fn present(ui: &mut Ui, theme: &Theme, cx: &mut UiContext<'_>, hint: &str, origin: KeyOrigin, check: &KeyCheck) {
    let mut asked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let width = ui.available_width() - 84.0 - 98.0 - 16.0;
        let shown = format!("••••••••••••••••••••{hint}");
        super::rows::value_field(ui, theme, Icon::KEY, &shown, Type::BodyMono, width);
        if ui
            .add(
                Button::new(&words!("key-verify"))
                    .icon(Icon::VERIFY)
                    .beside_field()
                    .enabled(*check != KeyCheck::Checking),
            )
            .clicked()
        {
            asked = Some(SettingsCommand::VerifyKey);
        }
        let removable = origin != KeyOrigin::Environment;
        let title = words!("remove");
        let remove = Button::new(&title).icon(Icon::TRASH).beside_field().kind(ButtonKind::Danger).enabled(removable);
        if ui.add(remove).clicked() {
            asked = Some(SettingsCommand::RemoveKey);
        }
    });
    ui.add_space(8.0);
    checked(ui, theme, cx, check);
    let sentence = match origin {
        KeyOrigin::Keychain => words!("key-kept"),
        KeyOrigin::ThisRun => words!("key-kept-this-run"),
        KeyOrigin::Environment => words!("key-from-variable"),
    };
    kept(ui, theme, cx, &sentence);
    if let Some(asked) = asked {
        cx.send(Command::Settings(asked));
    }
}

/// "Verified 2 minutes ago. Balance $18.42."
fn checked(ui: &mut Ui, theme: &Theme, cx: &UiContext<'_>, check: &KeyCheck) {
    let (text, color) = match check {
        KeyCheck::NotTried => return,
        KeyCheck::Checking => (words!("key-checking"), theme.palette.muted),
        KeyCheck::Failed(reason) => (reason.clone(), theme.palette.error),
        KeyCheck::Verified { at } => {
            let verified = words!("key-verified", minutes = cx.state.now.seconds_since(*at) / 60);
            let said = match cx.state.balance {
                Balance::Known { cents } => {
                    let balance = words!("key-balance", balance = crate::ui::topbar::dollars(cents));
                    words!("sentences", one = verified, two = balance)
                }
                Balance::Unknown => verified,
            };
            (said, theme.palette.success)
        }
    };
    if matches!(check, KeyCheck::Verified { .. }) {
        done(ui, theme, &text);
    } else {
        ui.label(Type::Small.rich(text, color));
    }
    ui.add_space(6.0);
}

/// A line that begins with a tick.
fn done(ui: &mut Ui, theme: &Theme, text: &str) {
    let row = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(ui.available_width(), 16.0), row, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (place, _) = ui.allocate_exact_size(egui::vec2(14.0, 14.0), egui::Sense::hover());
        Icon::DONE.paint(ui.painter(), place.center(), 14.0, theme.palette.success);
        ui.label(Type::Small.rich(text, theme.palette.success));
    });
}

fn kept(ui: &mut Ui, theme: &Theme, cx: &mut UiContext<'_>, sentence: &str) {
    let said = ui.label(Type::Small.rich(sentence, theme.palette.muted)).rect;
    let Some(url) = &cx.state.host().key_url else { return };
    // The line is no higher for the link in it.
    let middle = said.bottom() - Type::Small.line_height() / 2.0;
    let place = egui::Rect::from_min_max(
        egui::pos2(said.right(), middle - size::BUTTON_SMALL / 2.0),
        egui::pos2(ui.max_rect().right(), middle + size::BUTTON_SMALL / 2.0),
    );
    if Button::new(&words!("key-get")).kind(ButtonKind::Link).small().put(ui, place, egui::Align::Min).clicked() {
        cx.send(Command::OpenUrl(url.clone()));
    }
}
