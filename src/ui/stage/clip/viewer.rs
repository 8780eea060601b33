//! The picture: the whole frame, never cropped, and what is said where it cannot be shown.

use egui::{CornerRadius, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::reel::Reel;
use crate::domain::generation::Generation;
use crate::state::{Command, TaskCommand};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::stage::empty::centred_row;
use crate::ui::stage::{headline, picture, regions};
use crate::ui::theme::{
    Theme, Type,
    metrics::{size, space},
};
use crate::ui::widgets::{Button, ButtonKind};

/// Shows the current frame; a click plays or pauses.
pub fn show(ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect, task: &Generation, reel: &mut Reel) {
    let theme = Theme::of(ui.ctx());
    ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.palette.viewer);
    let (number, frames) = (reel.number(), reel.frames());
    let response = ui.interact(rect, ui.scope_id().with("viewer"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Clip, frame {number} of {frames}")));
    if response.clicked() {
        reel.toggle();
    }
    let size = reel.picture_size().unwrap_or(vec2(task.output.width as f32, task.output.height as f32));
    let place = picture::fit(rect, size.x / size.y.max(1.0));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if let Some(texture) = reel.texture() {
        picture::paint(&painter, place, texture, picture::WHOLE, CornerRadius::ZERO);
    } else if let [Some(first), _] = picture::posters(cx, task) {
        // The first frame's small picture stands in until the first frame is decoded.
        picture::poster(&painter, cx, place, Some(first), CornerRadius::ZERO);
    }
    if response.has_focus() {
        painter.rect_stroke(rect.shrink(1.0), CornerRadius::ZERO, theme.focus_stroke(), egui::StrokeKind::Inside);
    }
}

/// A clip that cannot be played.
pub fn failed(ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect, task: &Generation, reason: &str) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    ui.painter().rect_filled(rect, CornerRadius::ZERO, p.viewer);
    let column = headline::measure(rect);
    let mut room = regions::centred(column, vec2(column.width(), 148.0));
    let glyph = regions::cut_top(&mut room, 24.0);
    Icon::FAILED.paint(ui.painter(), glyph.center(), 24.0, p.error);
    regions::cut_top(&mut room, space::L);
    headline::headline(ui, regions::cut_top(&mut room, 28.0), "This clip could not be played.", None, p.text);
    regions::cut_top(&mut room, space::M);
    let taken = headline::sentence(ui, room, &format!("{reason}."), Type::Body, p.text2);
    regions::cut_top(&mut room, taken + space::HUGE);
    let row = regions::cut_top(&mut room, size::BUTTON);
    let pressed = centred_row(ui, row, "damaged", |ui| {
        let open = Button::new("Open in player").icon(Icon::OPEN_OUTSIDE).kind(ButtonKind::Emphasised);
        let fetch = Button::new("Download again").icon(Icon::DOWNLOADING).kind(ButtonKind::Quiet);
        let (open, fetch) = (ui.add(open).clicked(), ui.add(fetch).clicked());
        open.then_some(TaskCommand::OpenInPlayer).or(fetch.then_some(TaskCommand::DownloadAgain))
    });
    if let Some(command) = pressed {
        cx.send(Command::Task(task.id.clone(), command));
    }
}
