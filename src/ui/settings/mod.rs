//! The Settings sheet. Every change is saved as it is made.

mod diagnostics;
mod key;
mod money;
mod names;
mod rows;

pub use money::about;

use egui::{Frame, Margin, Ui};

use super::UiContext;
use super::icons::Icon;
use super::sheet;
use super::theme::metrics::{size, space};
use super::theme::{Theme, Type};
use super::widgets::{Button, Choice, Dropdown, IconButton, Surface, rule};
use crate::domain::frame::format_bytes;
use crate::domain::settings::{Language, Motion, Theme as ThemeChoice};
use crate::state::{Action, Command, SettingsCommand};

/// What the sheet remembers between passes.
#[derive(Default)]
pub struct SettingsSheet {
    key: key::KeyField,
    cap: money::CapField,
    names: names::NamesField,
}

impl SettingsSheet {
    pub fn ui(&mut self, ui: &Ui, cx: &mut UiContext<'_>) {
        let theme = Theme::of(ui.ctx());
        let mut done = false;
        let footer = |ui: &mut Ui| {
            Frame::new().inner_margin(Margin::symmetric(24, 14)).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.label(Type::Small.rich(words!("settings-saved"), theme.palette.muted));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        done = ui.add(Button::new(&words!("done")).primary()).clicked();
                    });
                });
            });
        };
        let closed = sheet::show(ui, &words!("settings-title"), sheet::width(ui.ctx()), footer, |ui| {
            rows::section(ui, &words!("host-name"), |ui| rows::hosts(ui, cx));
            rule(ui);
            rows::section(ui, &words!("settings-api-key"), |ui| self.key.ui(ui, cx));
            rule(ui);
            rows::section(ui, &words!("settings-spending"), |ui| self.cap.ui(ui, cx));
            rule(ui);
            rows::section(ui, &words!("settings-library"), |ui| {
                library(ui, cx);
                ui.add_space(space::GROUP);
                self.names.ui(ui, cx);
            });
            rule(ui);
            rows::section(ui, &words!("settings-notifications"), |ui| notifications(ui, cx));
            rule(ui);
            rows::section(ui, &words!("settings-appearance"), |ui| appearance(ui, cx));
            rule(ui);
            rows::section(ui, &words!("settings-diagnostics"), |ui| diagnostics::ui(ui, cx));
        });
        if closed || done {
            self.key.clear();
            self.cap.clear();
            self.names.clear();
            cx.act(Action::CloseTop);
        }
    }
}

fn library(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let facts = &cx.state.library;
    let mut asked = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let room = ui.available_width() - 84.0 - size::FIELD - 16.0;
        rows::value_field(ui, &theme, Icon::FOLDER, &facts.folder, Type::Body, room);
        if ui.add(Button::new(&words!("settings-change")).beside_field()).clicked() {
            asked = Some(SettingsCommand::ChangeLibraryFolder);
        }
        if ui
            .add(
                IconButton::new(Icon::SHOW_IN_FOLDER, &words!("show-in-folder"))
                    .sizes(size::FIELD, 18.0)
                    .surface(Surface::Filled),
            )
            .clicked()
        {
            asked = Some(SettingsCommand::OpenLibraryFolder);
        }
    });
    let line = words!("settings-clips", count = facts.clips, size = format_bytes(facts.bytes));
    ui.add_space(8.0);
    ui.label(Type::Small.rich(line, theme.palette.muted));
    ui.add_space(8.0);
    if prepared(ui, cx) {
        asked = Some(SettingsCommand::ClearPrepared);
    }
    if let Some(asked) = asked {
        cx.send(Command::Settings(asked));
    }
}

/// "Prepared pictures: 34 MB" and the way to free them; returns whether that was asked for.
fn prepared(ui: &mut Ui, cx: &UiContext<'_>) -> bool {
    let facts = &cx.state.library;
    let detail = match (facts.prepared, facts.clearable) {
        (0, _) => words!("settings-prepared-what"),
        (_, 0) => words!("settings-prepared-needed"),
        (all, free) if free < all => words!("settings-prepared-some"),
        _ => words!("settings-prepared-free"),
    };
    let mut clear = false;
    rows::row(ui, &words!("settings-prepared", size = format_bytes(facts.prepared)), Some(&detail), |ui| {
        clear = ui.add(Button::new(&words!("settings-clear")).enabled(facts.clearable > 0)).clicked();
    });
    clear
}

fn notifications(ui: &mut Ui, cx: &mut UiContext<'_>) {
    ui.spacing_mut().item_spacing.y = space::XL;
    let wanted = cx.state.settings.notifications;
    let mut ready = wanted.ready;
    if rows::switch(ui, &words!("settings-notify-ready"), Some(&words!("settings-notify-ready-detail")), &mut ready) {
        cx.send(Command::Settings(SettingsCommand::SetNotifyReady(ready)));
    }
    let mut failed = wanted.failed;
    if rows::switch(ui, &words!("settings-notify-failed"), None, &mut failed) {
        cx.send(Command::Settings(SettingsCommand::SetNotifyFailed(failed)));
    }
    let mut sound = wanted.sound;
    if rows::switch(ui, &words!("settings-sound"), None, &mut sound) {
        cx.send(Command::Settings(SettingsCommand::SetSound(sound)));
    }
}

fn appearance(ui: &mut Ui, cx: &mut UiContext<'_>) {
    ui.spacing_mut().item_spacing.y = space::XL;
    let settings = &cx.state.settings;
    let (mut theme, mut motion, mut contrast) = (settings.theme, settings.motion, settings.increase_contrast);
    let languages = [
        (Language::System, words!("language-system")),
        // Each in its own tongue, so that everybody finds the way back.
        (Language::English, "English".to_owned()),
        (Language::SimplifiedChinese, "简体中文".to_owned()),
    ];
    let mut language = settings.language;
    let choices: Vec<_> = languages.iter().map(|(language, name)| Choice::new(*language, name)).collect();
    let name = words!("language-name");
    rows::row(ui, &name, None, |ui| {
        if Dropdown::new(&name, &choices).width(240.0).show(ui, &mut language).changed() {
            cx.send(Command::Settings(SettingsCommand::SetLanguage(language)));
        }
    });
    let themes = [
        (ThemeChoice::System, words!("language-system")),
        (ThemeChoice::Dark, words!("settings-dark")),
        (ThemeChoice::Light, words!("settings-light")),
    ];
    if rows::choice(ui, &words!("settings-theme"), &themes, &mut theme) {
        cx.send(Command::Settings(SettingsCommand::SetTheme(theme)));
    }
    let motions = [
        (Motion::System, words!("language-system")),
        (Motion::Full, words!("settings-motion-full")),
        (Motion::Reduced, words!("settings-motion-reduced")),
    ];
    if rows::choice(ui, &words!("settings-motion"), &motions, &mut motion) {
        cx.send(Command::Settings(SettingsCommand::SetMotion(motion)));
    }
    let asked = (cx.state.desktop.contrast == Some(true)).then(|| words!("settings-contrast-asked"));
    if rows::switch(ui, &words!("settings-contrast"), asked.as_deref(), &mut contrast) {
        cx.send(Command::Settings(SettingsCommand::SetContrast(contrast)));
    }
}
