//! Prompts written before: those of the library, and those the user gave a name to.

use egui::{Id, Response, ScrollArea, Ui};

use super::prompt;
use crate::state::Command;
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::space;
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{
    Button, ButtonKind, IconButton, TextField, menu as open_menu, menu_caption, menu_row, name_scroll_bars, tooltip,
};

const WIDTH: f32 = 340.0;
/// Height of the list before it scrolls.
const MOST: f32 = 320.0;
/// How many different prompts of the library are offered.
const MOST_RECENT: usize = 12;

/// The menu of "Recent prompts"; `button` opens it.
pub fn menu(ui: &Ui, button: &Response, cx: &mut UiContext<'_>) {
    open_menu(ui, button, &words!("recent-prompts"), WIDTH, |ui| {
        let shown = ScrollArea::vertical().max_height(MOST).show(ui, |ui| {
            presets(ui, cx);
            recent(ui, cx);
        });
        name_scroll_bars(ui, &words!("scroll-prompts"), shown);
        save(ui, cx);
    });
}

fn presets(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let state = cx.state;
    if state.settings.presets.is_empty() {
        return;
    }
    menu_caption(ui, &words!("presets"));
    for preset in &state.settings.presets {
        let row = menu_row(ui, Some(Icon::STAR), &preset.name, 36.0);
        let row = tooltip(row, &Theme::of(ui.ctx()), &preset.prompt);
        let place = row.rect.with_min_x(row.rect.right() - 32.0);
        let name = words!("preset-remove-named", name = preset.name.as_str());
        if IconButton::new(Icon::CLOSE, &name).tiny().tooltip(&words!("preset-remove")).put(ui, place).clicked() {
            cx.send(Command::RemovePreset(preset.name.clone()));
        } else if row.clicked() {
            prompt::write(ui, preset.prompt.clone(), preset.prompt.chars().count(), cx);
            ui.close();
        }
    }
}

fn recent(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    for task in cx.state.tasks.rows() {
        let prompt = task.settings.prompt.trim();
        if !prompt.is_empty() && !seen.contains(&prompt) {
            seen.push(prompt);
        }
        if seen.len() == MOST_RECENT {
            break;
        }
    }
    menu_caption(ui, &words!("recent-prompts"));
    if seen.is_empty() {
        let theme = Theme::of(ui.ctx());
        ui.horizontal(|ui| {
            ui.add_space(space::M);
            ui.label(Type::Small.rich(words!("prompts-none"), theme.palette.text2));
        });
        ui.add_space(space::S);
    }
    for words in seen {
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let row = menu_row(ui, None, &line, 0.0);
        if tooltip(row, &Theme::of(ui.ctx()), words).clicked() {
            prompt::write(ui, words.to_owned(), words.chars().count(), cx);
            ui.close();
        }
    }
}

/// A name for the prompt as it stands.
fn save(ui: &mut Ui, cx: &mut UiContext<'_>) {
    menu_caption(ui, &words!("preset-keep-as"));
    let id = Id::unique("preset name");
    let mut name: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let possible = !name.trim().is_empty() && !cx.state.draft.settings.prompt.trim().is_empty();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        ui.add_space(0.0);
        TextField::new(&mut name, &words!("preset-name"))
            .hint(&words!("preset-name-hint"))
            .width(WIDTH - 104.0)
            .show(ui);
        if ui.add(Button::new(&words!("preset-keep")).kind(ButtonKind::Emphasised).enabled(possible)).clicked() {
            cx.send(Command::SavePreset(std::mem::take(&mut name)));
        }
    });
    ui.add_space(space::S);
    ui.data_mut(|data| data.insert_temp(id, name));
}
