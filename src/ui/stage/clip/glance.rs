//! The small picture over the filmstrip, of the frame under the pointer.

use egui::{CornerRadius, Id, LayerId, Order, Rect, Response, Shape, StrokeKind, Ui, epaint::RectShape, pos2, vec2};

use super::filmstrip::Place;
use super::reel::Reel;
use super::timing;
use crate::ui::theme::{
    Theme, Type,
    metrics::{radius, space},
};
use crate::ui::widgets::timecode;

const WIDTH: f32 = 160.0;
const CAPTION: f32 = 20.0;

/// Shows it while the pointer rests on the strip and does not drag.
pub fn show(ui: &Ui, place: &Place, response: &Response, reel: &mut Reel) {
    let over = response.hover_pos().filter(|_| response.hovered() && !response.dragged() && reel.is_ready());
    let Some(over) = over else { return };
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let frames = reel.frames();
    let frame = timing::frame_at((over.x - place.cells.left()) / place.cells.width().max(1.0), frames);
    let shape = reel.picture_size().unwrap_or(vec2(16.0, 9.0));
    let size = vec2(WIDTH, (WIDTH * shape.y / shape.x.max(1.0)).clamp(40.0, 200.0).round());
    // As wide as the shape allows, at most as high as it is wide and some.
    let size = vec2((size.y * shape.x / shape.y.max(1.0)).min(WIDTH).round(), size.y);
    let density = ui.pixels_per_point();
    let Some(texture) = reel.glance(ui.ctx(), frame, (size.x * density).ceil() as u32) else { return };
    let whole = size + vec2(2.0 * space::XS, space::XS + CAPTION);
    let left =
        (over.x - whole.x / 2.0).clamp(place.cells.left(), (place.cells.right() - whole.x).max(place.cells.left()));
    let card = Rect::from_min_size(pos2(left.round(), place.cells.top() - space::M - whole.y), whole);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Id::unique("glance")));
    let fill = if theme.dark { p.control } else { p.raised };
    painter.add(theme.float_shadow().as_shape(card, CornerRadius::same(radius::SMALL)));
    let edge = Theme::hairline(p.stroke);
    painter.rect(card, CornerRadius::same(radius::SMALL), fill, edge, StrokeKind::Inside);
    let picture = Rect::from_min_size(card.min + vec2(space::XS, space::XS), size);
    let corner = CornerRadius::same(radius::SMALL - 2);
    let whole = crate::ui::stage::picture::WHOLE;
    let shape = RectShape::filled(picture, corner, egui::Color32::WHITE).with_texture(texture.id(), whole);
    painter.add(Shape::from(shape));
    let words = format!("{}  {}", timecode(reel.hundredths_of(frame)), frame + 1);
    let galley = Type::CaptionMono.line(&painter, words, p.text2);
    let middle = pos2(card.center().x, card.bottom() - CAPTION / 2.0);
    painter.galley(middle - galley.size() / 2.0, galley, p.text2);
}
