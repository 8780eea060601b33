//! Pictures on the stage: fitted whole, cropped to fill, or cut as they will be sent.

use egui::{Color32, CornerRadius, Painter, Rect, Shape, TextureId, Vec2, epaint::RectShape, pos2, vec2};

use crate::domain::draft::Picture;
use crate::domain::frame::Preview;
use crate::domain::generation::Generation;
use crate::domain::model::Size;
use crate::state::tasks::Posters;
use crate::ui::UiContext;
use crate::ui::theme::{Theme, metrics::radius};

/// The whole of a texture.
pub const WHOLE: Rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));

/// The largest rectangle of this ratio (width ÷ height) that fits into `room`, on whole points.
pub fn fit(room: Rect, ratio: f32) -> Rect {
    let wide = (room.height() * ratio).min(room.width());
    let size = vec2(wide, wide / ratio).round();
    super::regions::centred(room, size)
}

/// The middle part of a picture of this size that fills `shape` (width and height) without distortion.
pub fn fill(picture: Size, shape: Vec2) -> Rect {
    let have = picture.ratio() as f32;
    let want = shape.x / shape.y.max(1.0);
    let part = if have > want { vec2(want / have, 1.0) } else { vec2(1.0, have / want) };
    Rect::from_center_size(pos2(0.5, 0.5), part)
}

/// The part of a picture that is sent for this output, in shares of its sides.
pub fn sent_part(picture: &Picture, output: Size) -> Rect {
    let (crop, size) = (picture.crop_for(output), picture.facts.size);
    let share = |part: u32, whole: u32| part as f32 / whole.max(1) as f32;
    Rect::from_min_size(
        pos2(share(crop.x, size.width), share(crop.y, size.height)),
        vec2(share(crop.width, size.width), share(crop.height, size.height)),
    )
}

/// Paints a part of a texture into `rect`.
pub fn paint(painter: &Painter, rect: Rect, texture: TextureId, uv: Rect, corner: CornerRadius) {
    painter.add(Shape::from(RectShape::filled(rect, corner, Color32::WHITE).with_texture(texture, uv)));
}

/// Paints a small picture so that it fills `rect`; a plain block where there is none.
pub fn poster(
    painter: &Painter,
    cx: &mut UiContext<'_>,
    rect: Rect,
    picture: Option<&Preview>,
    corner: impl Into<CornerRadius>,
) {
    let corner = corner.into();
    if let Some(picture) = picture {
        let texture = cx.textures.get(painter.ctx(), picture);
        paint(painter, rect, texture.id(), fill(picture.size, rect.size()), corner);
    } else {
        painter.rect_filled(rect, corner, Theme::of(painter.ctx()).palette.control);
    }
}

/// The small pictures of a task's frames, as far as they are loaded.
pub fn posters<'a>(cx: &UiContext<'a>, task: &Generation) -> [Option<&'a Preview>; 2] {
    match cx.state.tasks.posters.get(&task.id) {
        Some(Posters::Ready { first, last }) => [first.as_ref(), last.as_ref()],
        _ => [None, None],
    }
}

/// The corner of a filmstrip's cells at its ends.
pub fn end_corner(first: bool) -> CornerRadius {
    let round = radius::SMALL;
    if first {
        CornerRadius { nw: round, sw: round, ne: 0, se: 0 }
    } else {
        CornerRadius { nw: 0, sw: 0, ne: round, se: round }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_clip_fills_the_width_and_a_tall_one_the_height() {
        let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(668.0, 500.0));
        let wide = fit(room, 1248.0 / 704.0);
        assert!((wide.width() - 668.0).abs() < 1.0 && wide.height() < 500.0);
        let tall = fit(room, 704.0 / 1248.0);
        assert!((tall.height() - 500.0).abs() < 1.0 && tall.width() < 300.0);
        assert!(room.contains_rect(wide) && room.contains_rect(tall));
    }

    #[test]
    fn filling_cuts_the_longer_side_evenly() {
        let part = fill(Size::new(400, 300), vec2(160.0, 90.0));
        assert!((part.width() - 1.0).abs() < 1e-6);
        assert!((part.height() - 0.75).abs() < 1e-6);
        assert!((part.center().y - 0.5).abs() < 1e-6);
    }
}
