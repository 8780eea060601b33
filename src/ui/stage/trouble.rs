//! A task that needs somebody: what went wrong in a sentence, and the buttons that help.

use egui::{Label, Rect, Ui, vec2};

use super::{details, empty::centred_row, headline, regions};
use crate::domain::generation::{Generation, Status};
use crate::state::action::status_words;
use crate::state::{Action, Command, TaskCommand};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::remedy::{Remedy, remedies};
use crate::ui::theme::{
    Theme, Type,
    metrics::{size, space},
};
use crate::ui::widgets::{Button, ButtonKind, IconButton, menu, menu_row, status_pill};

const MENU_WIDTH: f32 = 210.0;

/// Whether a task waits for somebody rather than for the host.
pub fn is_in_trouble(task: &Generation) -> bool {
    match task.status {
        Status::NotSent => task.notice.is_some(),
        _ => task.status.failure().is_some() || matches!(task.status, Status::Stopped),
    }
}

/// A task that needs somebody.
pub fn show(ui: &mut Ui, cx: &mut UiContext<'_>, panel: Rect, task: &Generation) {
    let theme = Theme::of(ui.ctx());
    let mut room = panel;
    let top = regions::cut_top(&mut room, regions::header_height(cx.narrow));
    header(ui, cx, top, task, &[], |ui| {
        let (icon, tone) = super::running::look(&task.status);
        status_pill(ui, icon, &status_words(&task.status), tone, false);
    });
    let height = if cx.narrow { details::HEIGHT_NARROW } else { details::HEIGHT };
    details::show(ui, cx, regions::cut_bottom(&mut room, height), task, |_| ());
    let viewer = room;
    ui.painter().rect_filled(viewer, 0.0, theme.palette.viewer);
    let art = headline::art_size(task, viewer);
    let column = headline::measure(viewer);
    let height = art.y + space::PAGE + 24.0 + space::L + 28.0 + space::M + 60.0 + space::HUGE + size::BUTTON;
    let mut room = regions::centred(column, vec2(column.width(), height));
    headline::art(ui, cx, task, regions::centred(regions::cut_top(&mut room, art.y), art), |_| 0.0);
    regions::cut_top(&mut room, space::PAGE);
    words(ui, cx, room, task);
}

fn words(ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect, task: &Generation) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let mut room = rect;
    let (icon, tone) = super::running::look(&task.status);
    let glyph = regions::cut_top(&mut room, 24.0);
    icon.paint(ui.painter(), glyph.center(), 24.0, tone.colors(&theme).1);
    regions::cut_top(&mut room, space::L);
    headline::headline(ui, regions::cut_top(&mut room, 28.0), &headline_words(task), None, p.text);
    regions::cut_top(&mut room, space::M);
    let (sentence, advice) = sentences(task);
    let taken = headline::sentence(ui, room, &sentence, Type::Body, p.text);
    regions::cut_top(&mut room, taken);
    if !advice.is_empty() {
        regions::cut_top(&mut room, space::XS);
        let taken = headline::sentence(ui, room, &advice, Type::Body, p.text2);
        regions::cut_top(&mut room, taken);
    }
    regions::cut_top(&mut room, space::HUGE);
    let row = regions::cut_top(&mut room, size::BUTTON);
    buttons(ui, cx, row, task, &remedies(task));
}

fn headline_words(task: &Generation) -> String {
    match task.status {
        Status::Unknown(_) => words!("trouble-unknown"),
        Status::Stopped => words!("status-stopped"),
        Status::NotSent => words!("status-not-sent"),
        Status::Refused(_) => words!("trouble-refused"),
        _ => words!("status-failed"),
    }
}

/// What happened, and what to do about it.
fn sentences(task: &Generation) -> (String, String) {
    match &task.status {
        Status::Stopped => (words!("trouble-stopped"), words!("trouble-pick-up")),
        status => match status.failure().or(task.notice.as_ref()) {
            Some(failure) => (failure.sentence(), failure.advice.clone()),
            None => (String::new(), String::new()),
        },
    }
}

/// A passing trouble under the steps.
pub fn notice(ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect, task: &Generation, text: &str, remedies: &[Remedy]) {
    let theme = Theme::of(ui.ctx());
    let mut room = rect;
    let line = regions::cut_top(&mut room, 18.0);
    centred_row(ui, line, "notice", |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let (glyph, _) = ui.allocate_exact_size(vec2(16.0, 16.0), egui::Sense::hover());
        Icon::WARNING.paint(ui.painter(), glyph.center(), 16.0, theme.palette.warning);
        ui.add(Label::new(Type::Body.rich(text, theme.palette.text)).truncate());
    });
    regions::cut_top(&mut room, space::M);
    buttons(ui, cx, regions::cut_top(&mut room, size::BUTTON), task, remedies);
}

/// The buttons of a failure, centred; the recommended one is emphasised.
fn buttons(ui: &mut Ui, cx: &mut UiContext<'_>, row: Rect, task: &Generation, remedies: &[Remedy]) {
    let pressed = centred_row(ui, row, "remedies", |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let mut pressed = None;
        for (index, remedy) in remedies.iter().enumerate() {
            let kind = if index == 0 { ButtonKind::Emphasised } else { ButtonKind::Quiet };
            let mut button = Button::new(&remedy.title).kind(kind);
            if let Some(icon) = remedy.icon {
                button = button.icon(icon);
            }
            if ui.add(button).clicked() {
                pressed = Some(remedy.command.clone());
            }
        }
        pressed
    });
    if let Some(command) = pressed {
        cx.send(Command::Task(task.id.clone(), command));
    }
}

/// What an entry of a room's menu asks for.
#[derive(Debug, Clone)]
pub enum Entry {
    Task(TaskCommand),
    /// For the room itself.
    Do(Action),
}

/// The header of every room about a task: its title, what `right` adds, and the menu of everything else, with the
/// entries of the room first. Returns what is asked of the room.
pub fn header(
    ui: &mut Ui,
    cx: &mut UiContext<'_>,
    rect: Rect,
    task: &Generation,
    own: &[(String, Entry)],
    right: impl FnOnce(&mut Ui),
) -> Option<Action> {
    let asked = regions::header(ui, rect, &headline::title(task), "", |ui| {
        // The glyph, not the button around it, ends where the stage's content does.
        ui.add_space(-space::M);
        let more = ui.add(IconButton::new(Icon::MORE, &words!("more-actions")).small());
        right(ui);
        entries(ui, &more, task, own)
    });
    match asked {
        Some(Entry::Task(command)) => {
            cx.send(Command::Task(task.id.clone(), command));
            None
        }
        Some(Entry::Do(action)) => Some(action),
        None => None,
    }
}

fn entries(ui: &Ui, button: &egui::Response, task: &Generation, own: &[(String, Entry)]) -> Option<Entry> {
    let mut others =
        vec![(words!("reuse-settings"), TaskCommand::ReuseSettings), (words!("edit-prompt"), TaskCommand::EditPrompt)];
    if task.clip.is_some() {
        others.push((words!("show-in-folder"), TaskCommand::ShowInFolder));
        others.push((words!("open-in-player"), TaskCommand::OpenInPlayer));
        others.push((words!("trash-more"), TaskCommand::MoveToTrash));
    }
    if task.status.may_be_removed() {
        others.push((words!("remove-more"), TaskCommand::Remove));
    }
    let mut entries = own.to_vec();
    entries.extend(others.into_iter().map(|(title, command)| (title, Entry::Task(command))));
    let mut asked = None;
    menu(ui, button, &words!("more-actions"), MENU_WIDTH, |ui| {
        for (title, entry) in entries {
            if menu_row(ui, None, &title, 0.0).clicked() {
                asked = Some(entry);
                ui.close();
            }
        }
    });
    asked
}
