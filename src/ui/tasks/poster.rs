//! The small picture of a task.

use egui::{Color32, CornerRadius, Rect, Ui, pos2, vec2};

use super::hover::Moment;
use crate::domain::frame::Preview;
use crate::domain::generation::Generation;
use crate::domain::model::Size;
use crate::state::Command;
use crate::state::tasks::Posters;
use crate::ui::UiContext;
use crate::ui::stage::picture;
use crate::ui::theme::metrics::{radius, space};
use crate::ui::theme::{Theme, Type};

/// Fills `rect` with the task's first picture, cropped to it; asks for the picture where it is not loaded.
pub fn paint(ui: &Ui, theme: &Theme, rect: Rect, generation: &Generation, cx: &mut UiContext<'_>) {
    let corner = CornerRadius::same(radius::SMALL);
    ui.painter().rect_filled(rect, corner, theme.palette.control);
    match cx.state.tasks.posters.get(&generation.id) {
        None => cx.send(Command::LoadPosters(generation.id.clone())),
        Some(Posters::Ready { first: Some(first), .. }) => {
            let first = first.clone();
            let texture = cx.textures.get(ui.ctx(), &first);
            egui::Image::new((texture.id(), rect.size()))
                .uv(cover(&first, rect))
                .corner_radius(corner)
                .paint_at(ui, rect);
        }
        Some(_) => {}
    }
}

/// Fills `rect` with what plays in it while it is hovered; a line tells how far it is.
pub fn playing(ui: &Ui, theme: &Theme, rect: Rect, moment: &Moment) {
    let [wide, high] = moment.texture.size();
    let uv = picture::fill(Size::new(wide as u32, high as u32), rect.size());
    let corner = CornerRadius::same(radius::SMALL);
    egui::Image::new((moment.texture.id(), rect.size())).uv(uv).corner_radius(corner).paint_at(ui, rect);
    let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max);
    ui.painter().rect_filled(line, 0.0, theme.palette.picture_shade);
    let passed = line.with_max_x(line.left() + moment.share * line.width());
    ui.painter().rect_filled(passed, 0.0, theme.palette.on_picture);
}

/// The part of a picture that fills a rectangle, in texture coordinates.
fn cover(picture: &Preview, rect: Rect) -> Rect {
    let (wide, tall) = (picture.size.ratio() as f32, rect.aspect_ratio());
    let share = if wide > tall { vec2(tall / wide, 1.0) } else { vec2(1.0, wide / tall) };
    Rect::from_center_size(pos2(0.5, 0.5), share)
}

/// From a poster's edge to what lies in its corner.
const INSET: f32 = 3.0;

/// The length of the clip in the corner of its poster.
pub fn length_badge(ui: &Ui, theme: &Theme, rect: Rect, seconds: u32) {
    let words = words!("seconds-short", seconds = seconds.to_string());
    let words = Type::Badge.line(ui.painter(), words, theme.palette.on_picture);
    let size = words.size() + vec2(2.0 * space::XS, 0.0);
    let badge = Rect::from_min_size(rect.max - size - vec2(INSET, INSET), size);
    ui.painter().rect_filled(badge, CornerRadius::same(4), theme.palette.picture_shade);
    ui.painter().galley(badge.min + vec2(space::XS, 0.0), words, Color32::PLACEHOLDER);
}
