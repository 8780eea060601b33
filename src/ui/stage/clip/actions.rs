//! What can be done with a finished clip.

use egui::{Rect, Ui};

use super::reel::Reel;
use crate::domain::frame::FrameSlot;
use crate::domain::generation::Generation;
use crate::state::{Command, TaskCommand};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::stage::regions;
use crate::ui::theme::metrics::space;
use crate::ui::widgets::{Button, ButtonKind, IconButton};

/// Shows the row of actions.
pub fn show(ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect, task: &Generation, reel: &Reel) {
    let last_as_first = if cx.narrow { "Use last as first" } else { "Use last frame as first" };
    let frame = reel.number().saturating_sub(1) as u64;
    let mut asked = regions::row(ui, rect, |ui| {
        let buttons = [
            (Button::new("Save as…").icon(Icon::SAVE).kind(ButtonKind::Emphasised), TaskCommand::SaveAs),
            (Button::new(last_as_first).icon(Icon::LAST_AS_FIRST), TaskCommand::UseLastFrame(FrameSlot::First)),
            (Button::new("Export frame").icon(Icon::IMAGE).enabled(reel.is_ready()), TaskCommand::ExportFrame(frame)),
        ];
        let mut asked = None;
        for (button, command) in buttons {
            if ui.add(button).clicked() {
                asked = Some(command);
            }
        }
        asked
    });
    regions::row_from_right(ui, rect, |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        if ui.add(IconButton::new(Icon::SHOW_IN_FOLDER, "Show in folder")).clicked() {
            asked = Some(TaskCommand::ShowInFolder);
        }
        if ui.add(IconButton::new(Icon::OPEN_OUTSIDE, "Open in player")).clicked() {
            asked = Some(TaskCommand::OpenInPlayer);
        }
    });
    if let Some(command) = asked {
        cx.send(Command::Task(task.id.clone(), command));
    }
}

/// What is asked less often, for the header's menu. Without a decoded frame there is none to use.
pub fn more(reel: &Reel) -> Vec<(&'static str, TaskCommand)> {
    let frame = reel.number().saturating_sub(1) as u64;
    let mut entries = vec![("Use last frame as last", TaskCommand::UseLastFrame(FrameSlot::Last))];
    if reel.is_ready() {
        entries.push(("Use this frame as first", TaskCommand::UseFrame { frame, slot: FrameSlot::First }));
        entries.push(("Use this frame as last", TaskCommand::UseFrame { frame, slot: FrameSlot::Last }));
    }
    entries
}
