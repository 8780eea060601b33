//! The picture: the whole frame or a part of it, pixel by pixel, and what is said where it cannot be shown.

use egui::{Align2, Color32, CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::chip;
use super::compare::Compare;
use super::reel::Reel;
use super::zoom::Zoom;
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

/// How the picture is shown.
pub struct Look<'a> {
    pub zoom: &'a mut Zoom,
    pub compare: Option<&'a mut Compare>,
    /// What lies around the picture.
    pub ground: Color32,
}

/// Shows the current frame. Returns whether it was clicked, which plays or pauses.
pub fn show(
    ui: &mut Ui,
    cx: &mut UiContext<'_>,
    rect: Rect,
    task: &Generation,
    reel: &mut Reel,
    look: Look<'_>,
) -> bool {
    ui.painter().rect_filled(rect, CornerRadius::ZERO, look.ground);
    let (number, frames) = (reel.number(), reel.frames());
    let response = ui.interact(rect, ui.scope_id().with("viewer"), Sense::click_and_drag());
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Image,
            true,
            words!("clip-picture-spoken", frame = number.to_string(), frames = frames.to_string()),
        )
    });
    let size = reel.picture_size().unwrap_or(vec2(task.output.width as f32, task.output.height as f32));
    look.zoom.heed(ui, &response, rect, size);
    let zoom = *look.zoom;
    match look.compare {
        Some(compare) => compare.show(ui, cx, rect, task, reel, zoom),
        None => alone(ui, cx, rect, task, reel, zoom),
    }
    driving(ui, rect, reel);
    edge(ui, rect, &response);
    response.clicked()
}

/// The frame by itself.
fn alone(ui: &Ui, cx: &mut UiContext<'_>, rect: Rect, task: &Generation, reel: &mut Reel, zoom: Zoom) {
    let size = reel.picture_size().unwrap_or(vec2(task.output.width as f32, task.output.height as f32));
    let place = zoom.place(rect, size, ui.pixels_per_point());
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let frame = reel.frame();
    let shown = reel.picture(ui.ctx(), frame, zoom.grain(place, ui.pixels_per_point()));
    if let Some(texture) = shown {
        picture::paint(&painter, place, texture, picture::WHOLE, CornerRadius::ZERO);
    } else if let Some(texture) = reel.texture() {
        picture::paint(&painter, place, texture, picture::WHOLE, CornerRadius::ZERO);
        decoding(ui, rect, place, frame);
    } else if let [Some(first), _] = picture::posters(cx, task) {
        // The first frame's small picture stands in until the first frame is decoded.
        picture::poster(&painter, cx, place, Some(first), CornerRadius::ZERO);
        if frame > 0 {
            decoding(ui, rect, place, frame);
        }
    }
    if let Some(other) = reel.stand_in().filter(|_| shown.is_some()) {
        let words = words!("clip-stands-in", frame = (frame + 1).to_string(), other = (other + 1).to_string());
        chip::show(ui, place.intersect(rect), Align2::LEFT_BOTTOM, &words);
    }
}

/// What is shown is another frame than the one whose number is shown: that must be seen.
pub fn decoding(ui: &Ui, room: Rect, place: Rect, frame: usize) {
    let seen = place.intersect(room);
    ui.painter().rect_filled(seen, CornerRadius::ZERO, Theme::of(ui.ctx()).palette.stale_dim);
    chip::show(ui, seen, Align2::CENTER_CENTER, &words!("clip-decoding", frame = (frame + 1).to_string()));
}

/// How J and L make it play, while they do.
fn driving(ui: &Ui, rect: Rect, reel: &Reel) {
    let words = match reel.shuttle() {
        1 => return,
        -1 => words!("clip-backwards"),
        fast if fast < 0 => words!("clip-backwards-fast", speed = -fast),
        fast => format!("{fast}×"),
    };
    if reel.is_playing() {
        chip::show(ui, rect, Align2::RIGHT_TOP, &words);
    }
}

fn edge(ui: &Ui, rect: Rect, response: &Response) {
    if response.has_focus() {
        let stroke = Theme::of(ui.ctx()).focus_stroke();
        ui.painter().rect_stroke(rect.shrink(1.0), CornerRadius::ZERO, stroke, egui::StrokeKind::Inside);
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
    headline::headline(ui, regions::cut_top(&mut room, 28.0), &words!("clip-unplayable"), None, p.text);
    regions::cut_top(&mut room, space::M);
    let taken = headline::sentence(ui, room, &words!("clip-because", reason = reason), Type::Body, p.text2);
    regions::cut_top(&mut room, taken + space::HUGE);
    let row = regions::cut_top(&mut room, size::BUTTON);
    let pressed = centred_row(ui, row, "damaged", |ui| {
        let (open, again, show) = (words!("open-in-player"), words!("download-again"), words!("show-in-folder"));
        let buttons = [
            (Button::new(&open).icon(Icon::OPEN_OUTSIDE), ButtonKind::Emphasised, TaskCommand::OpenInPlayer),
            (Button::new(&again).icon(Icon::DOWNLOADING), ButtonKind::Default, TaskCommand::DownloadAgain),
            (Button::new(&show).icon(Icon::SHOW_IN_FOLDER), ButtonKind::Quiet, TaskCommand::ShowInFolder),
        ];
        let mut pressed = None;
        for (button, kind, command) in buttons {
            if ui.add(button.kind(kind)).clicked() {
                pressed = Some(command);
            }
        }
        pressed
    });
    if let Some(command) = pressed {
        cx.send(Command::Task(task.id.clone(), command));
    }
}
