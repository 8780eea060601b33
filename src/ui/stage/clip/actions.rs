//! What can be done with a finished clip.

use egui::{Rect, Response, Ui, accesskit::Toggled};

use super::reel::Reel;
use crate::domain::frame::FrameSlot;
use crate::domain::generation::Generation;
use crate::state::{Action, Command, TaskCommand};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::stage::regions;
use crate::ui::stage::trouble::Entry;
use crate::ui::theme::metrics::space;
use crate::ui::widgets::{Button, ButtonKind, IconButton, Surface};

/// Shows the row of actions. Returns what is asked of the player; the rest is asked of the task.
pub fn show(
    ui: &mut Ui,
    cx: &mut UiContext<'_>,
    rect: Rect,
    task: &Generation,
    reel: &Reel,
    comparing: bool,
) -> Option<Action> {
    let last_as_first = if cx.narrow { words!("clip-last-as-first-short") } else { words!("clip-last-as-first") };
    let (save, export) = (words!("save-as"), words!("export-frame"));
    let frame = reel.frame() as u64;
    let (mut asked, compare) = regions::row(ui, rect, |ui| {
        let buttons = [
            (Button::new(&save).icon(Icon::SAVE).kind(ButtonKind::Emphasised), TaskCommand::SaveAs),
            (Button::new(&last_as_first).icon(Icon::LAST_AS_FIRST), TaskCommand::UseLastFrame(FrameSlot::First)),
            (Button::new(&export).icon(Icon::IMAGE).enabled(reel.is_ready()), TaskCommand::ExportFrame(frame)),
        ];
        let mut asked = None;
        for (button, command) in buttons {
            if ui.add(button).clicked() {
                asked = Some(command);
            }
        }
        let compare = compare(ui, cx.narrow, comparing, reel.is_ready());
        (asked, compare.clicked().then_some(Action::Compare))
    });
    regions::row_from_right(ui, rect, |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        if ui.add(IconButton::new(Icon::SHOW_IN_FOLDER, &words!("show-in-folder"))).clicked() {
            asked = Some(TaskCommand::ShowInFolder);
        }
        if ui.add(IconButton::new(Icon::OPEN_OUTSIDE, &words!("open-in-player"))).clicked() {
            asked = Some(TaskCommand::OpenInPlayer);
        }
    });
    if let Some(command) = asked {
        cx.send(Command::Task(task.id.clone(), command));
    }
    compare
}

/// The switch of the comparison: an icon alone where points run short.
pub fn compare(ui: &mut Ui, narrow: bool, on: bool, ready: bool) -> Response {
    let name = words!("compare");
    if narrow {
        let surface = if on { Surface::Bare } else { Surface::Filled };
        let button = IconButton::new(Icon::COMPARE, &name).keys("C").surface(surface).toggled(on).enabled(ready);
        return ui.add(button);
    }
    let kind = if on { ButtonKind::Lit } else { ButtonKind::Default };
    let response = ui.add(Button::new(&name).icon(Icon::COMPARE).kind(kind).enabled(ready));
    let toggled = if on { Toggled::True } else { Toggled::False };
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_toggled(toggled));
    response
}

/// What is asked less often, for the header's menu. Without a decoded frame there is none to use.
pub fn more(reel: &Reel) -> Vec<(String, Entry)> {
    let mut entries = vec![(words!("clip-last-as-last"), Entry::Task(TaskCommand::UseLastFrame(FrameSlot::Last)))];
    if reel.is_ready() {
        let own = [Action::UseFrameAsFirst, Action::UseFrameAsLast, Action::CopyFrame];
        entries.extend(own.map(|action| (action.title(), Entry::Do(action))));
    }
    if reel.marks().any() {
        entries.push((Action::ClearPoints.title(), Entry::Do(Action::ClearPoints)));
    }
    entries
}

/// What an action on the frame under the playhead asks of its task.
pub fn of_frame(action: Action, frame: usize) -> Option<TaskCommand> {
    let frame = frame as u64;
    Some(match action {
        Action::UseFrameAsFirst => TaskCommand::UseFrame { frame, slot: FrameSlot::First },
        Action::UseFrameAsLast => TaskCommand::UseFrame { frame, slot: FrameSlot::Last },
        Action::ExportFrame => TaskCommand::ExportFrame(frame),
        _ => return None,
    })
}
