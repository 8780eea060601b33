//! The filmstrip: the whole clip at a glance, and the handle to move through it.

use egui::{
    Color32, CornerRadius, EventFilter, Key, Modifiers, Rect, Response, Role, Sense, Shape, Ui, WidgetInfo,
    accesskit::{Action, ActionData},
    epaint::RectShape,
    pos2, vec2,
};

use super::reel::Reel;
use super::{glance, marks, timing};
use crate::ui::stage::{picture, strip};
use crate::ui::theme::{
    Theme, fade,
    metrics::{radius, time},
};
use crate::ui::widgets::{focus_ring, paint_span};

const KNOB: f32 = 7.0;

/// Where the parts of the strip lie.
pub struct Place {
    pub cells: Rect,
    pub bar: Rect,
    pub ruler: Rect,
}

/// Shows the strip in `count` cells and moves the playhead as the user asks. Returns whether it is to play or pause.
pub fn show(ui: &mut Ui, place: &Place, count: usize, reel: &mut Reel) -> bool {
    let theme = Theme::of(ui.ctx());
    let response = slider(ui, place, reel);
    let painter = ui.painter().clone();
    strip::ruler(&painter, &theme, place.ruler, reel.seconds(), &marks::flags(place, reel));
    cells(ui, &theme, place.cells, count, reel);
    painter.rect_filled(place.bar, CornerRadius::same(radius::PROGRESS), theme.palette.active);
    let share = timing::share(reel.number(), reel.frames());
    paint_span(&painter, &theme, place.bar, 0.0, share);
    // The caps stand over the bar's ends.
    strip::caps(&painter, &theme, place.cells.union(place.bar));
    marks::show(ui, place, reel);
    if reel.is_ready() {
        playhead(ui, &theme, place, share, &response);
    }
    if response.has_focus() {
        focus_ring(&painter, place.cells, radius::SMALL, &theme);
    }
    glance::show(ui, place, &response, reel);
    // A slider has no use for it, and whoever holds the playhead wants to see it run.
    response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space))
}

fn slider(ui: &mut Ui, place: &Place, reel: &mut Reel) -> Response {
    // The knob and its reach count as part of the strip.
    let reach = place.cells.union(place.bar).expand2(vec2(0.0, 4.0));
    let response = ui.interact(reach, ui.scope_id().with("position"), Sense::click_and_drag());
    let frames = reel.frames();
    if response.drag_started() {
        reel.begin_scrub();
    }
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.is_pointer_button_down_on() || response.dragged() || response.clicked())
    {
        let share = (pointer.x - place.cells.left()) / place.cells.width().max(1.0);
        reel.seek(timing::frame_at(share, frames));
    }
    if response.drag_stopped() {
        reel.end_scrub();
    }
    by_keyboard(ui, &response, reel);
    by_screen_reader(ui, &response, reel);
    let (number, spoken) = (reel.number(), reel.spoken());
    response.widget_info(|| WidgetInfo {
        value: Some(number as f64),
        ..WidgetInfo::labeled(Role::Slider, true, words!("clip-position"))
    });
    let playing = reel.is_playing();
    ui.ctx().accesskit_node_builder(response.id, |node| {
        if !playing {
            // Linux's screen readers get no value that is a text, but the description.
            node.set_description(spoken.clone());
        }
        node.set_value(spoken);
        node.set_min_numeric_value(1.0);
        node.set_max_numeric_value(frames as f64);
        node.set_numeric_value_step(1.0);
        for action in [Action::Increment, Action::Decrement, Action::SetValue] {
            node.add_action(action);
        }
    });
    response
}

fn by_keyboard(ui: &Ui, response: &Response, reel: &mut Reel) {
    if !response.has_focus() {
        return;
    }
    let keep = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keep));
    let (steps, jump) = ui.input_mut(|input| {
        let back = input.count_and_consume_key(Modifiers::NONE, Key::ArrowLeft).cast_signed();
        let on = input.count_and_consume_key(Modifiers::NONE, Key::ArrowRight).cast_signed();
        let first = input.consume_key(Modifiers::NONE, Key::Home);
        let last = input.consume_key(Modifiers::NONE, Key::End);
        (on - back, if first { Some(0) } else { last.then_some(usize::MAX) })
    });
    if steps != 0 {
        reel.step(steps);
    }
    if let Some(frame) = jump {
        reel.seek(frame);
    }
}

fn by_screen_reader(ui: &Ui, response: &Response, reel: &mut Reel) {
    let (steps, value) = ui.input(|input| {
        let count = |action| input.num_accesskit_action_requests(response.id, action).cast_signed();
        let value =
            input.accesskit_action_requests(response.id, Action::SetValue).find_map(|request| match request.data {
                Some(ActionData::NumericValue(value)) => Some(value),
                _ => None,
            });
        (count(Action::Increment) - count(Action::Decrement), value)
    });
    if steps != 0 {
        reel.step(steps);
    }
    if let Some(value) = value {
        reel.seek((value.round().max(1.0) as usize) - 1);
    }
}

fn cells(ui: &Ui, theme: &Theme, rect: Rect, count: usize, reel: &mut Reel) {
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(radius::SMALL), theme.palette.control);
    let size = vec2(rect.width() / count as f32, rect.height());
    let width = reel.picture_size().map_or(size.x, |shape| size.x.max(size.y * shape.x / shape.y.max(1.0)));
    reel.want_cells(ui.ctx(), count, (width * ui.pixels_per_point()).ceil() as u32);
    for cell in 0..count {
        let place = Rect::from_min_size(pos2(rect.left() + cell as f32 * size.x, rect.top()), size);
        let texture = reel.cell(cell);
        let id = ui.scope_id().with(("cell", reel.key(), count, cell));
        let shown = theme.motion.fade(ui.ctx(), id, texture.is_some(), time::SELECT);
        let Some(texture) = texture else { continue };
        let corner = match cell {
            0 => picture::end_corner(true),
            last if last + 1 == count => picture::end_corner(false),
            _ => CornerRadius::ZERO,
        };
        let [wide, high] = texture.size();
        let picture = crate::domain::model::Size::new(wide as u32, high as u32);
        let uv = picture::fill(picture, size);
        let tint = fade(Color32::WHITE, shown);
        painter.add(Shape::from(RectShape::filled(place, corner, tint).with_texture(texture.id(), uv)));
    }
}

fn playhead(ui: &Ui, theme: &Theme, place: &Place, share: f32, response: &Response) {
    let (p, painter) = (&theme.palette, ui.painter());
    let x = (place.cells.left() + share * place.cells.width()).round();
    let top = place.cells.top() - 4.0;
    let line = |width: f32| Rect::from_min_max(pos2(x - width / 2.0, top), pos2(x + width / 2.0, place.bar.center().y));
    painter.rect_filled(line(4.0), CornerRadius::same(1), p.picture_shade);
    painter.rect_filled(line(2.0), CornerRadius::ZERO, p.on_picture);
    let center = pos2(x, place.bar.center().y);
    let grow = if response.hovered() || response.dragged() { 1.0 } else { 0.0 };
    painter.circle_filled(center, KNOB + 1.0 + grow, p.picture_shade);
    painter.circle_filled(center, KNOB + grow, p.on_picture);
}
