//! The in and out points of the open clip, and their handles under the filmstrip.

use egui::{
    CursorIcon, EventFilter, Key, Modifiers, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, accesskit::Action, pos2,
    vec2,
};

use super::filmstrip::Place;
use super::reel::Reel;
use super::timing;
use crate::ui::theme::{Theme, fade};
use crate::ui::widgets::focus_ring;

/// Width of a handle's reach; its height is the ruler's.
const REACH: f32 = 24.0;
const HANDLE: f32 = 9.0;

/// The first and the last frame that are played, counted from 0, as far as they are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    first: Option<usize>,
    last: Option<usize>,
}

impl Marks {
    /// An in point behind the out point takes the out point away.
    pub fn set_in(&mut self, frame: usize) {
        self.first = Some(frame);
        self.last = self.last.filter(|last| *last >= frame);
    }

    /// An out point before the in point takes the in point away.
    pub fn set_out(&mut self, frame: usize) {
        self.last = Some(frame);
        self.first = self.first.filter(|first| *first <= frame);
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    pub fn any(&self) -> bool {
        self.first.is_some() || self.last.is_some()
    }

    /// What is played of a clip with so many frames; `None` where it is all of it.
    pub fn span(&self, frames: usize) -> Option<(usize, usize)> {
        self.any().then(|| (self.first.unwrap_or(0), self.last.unwrap_or(frames.saturating_sub(1))))
    }
}

/// Where the set points lie on the strip.
fn edges(place: &Place, reel: &Reel) -> [Option<f32>; 2] {
    let (marks, frames) = (reel.marks(), reel.frames());
    let at = |share: f32| place.cells.left() + share * place.cells.width();
    let left = marks.first.map(|first| at(timing::share(first, frames)));
    [left, marks.last.map(|last| at(timing::share(last + 1, frames)))]
}

/// The flags under the strip, which take the ruler's place.
pub fn flags(place: &Place, reel: &Reel) -> Vec<Rect> {
    let flag = |x: f32, is_in: bool| {
        let at = pos2(if is_in { x } else { x - HANDLE }, place.ruler.top());
        Rect::from_min_size(at, vec2(HANDLE, HANDLE)).expand(2.0)
    };
    let [first, last] = edges(place, reel);
    first.map(|x| flag(x, true)).into_iter().chain(last.map(|x| flag(x, false))).collect()
}

/// Dims what is not played, and shows the handles.
pub fn show(ui: &mut Ui, place: &Place, reel: &mut Reel) {
    let theme = Theme::of(ui.ctx());
    let [first, last] = edges(place, reel);
    let film = Rect::from_min_max(place.cells.min, pos2(place.cells.right(), place.bar.bottom()));
    let shade = fade(theme.palette.panel, 0.72);
    if let Some(left) = first {
        ui.painter().rect_filled(film.with_max_x(left), 0.0, shade);
    }
    if let Some(right) = last {
        ui.painter().rect_filled(film.with_min_x(right), 0.0, shade);
    }
    for (x, is_in) in [(first, true), (last, false)] {
        if let Some(x) = x {
            handle(ui, &theme, place, x, is_in, reel);
        }
    }
}

/// One handle. It can be dragged, and moved by the arrow keys frame by frame.
fn handle(ui: &mut Ui, theme: &Theme, place: &Place, x: f32, is_in: bool, reel: &mut Reel) {
    let frames = reel.frames();
    let Some((first, last)) = reel.marks().span(frames) else { return };
    let frame = if is_in { first } else { last };
    let middle = x + if is_in { HANDLE / 2.0 } else { -HANDLE / 2.0 };
    let reach = Rect::from_center_size(pos2(middle, place.ruler.center().y), vec2(REACH, place.ruler.height() + 8.0));
    let name = if is_in { words!("clip-in") } else { words!("clip-out") };
    let response = ui.interact(reach, ui.scope_id().with(("mark", is_in)), Sense::click_and_drag());
    let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    let mut wanted = None;
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        wanted = Some(timing::frame_at((pointer.x - place.cells.left()) / place.cells.width().max(1.0), frames));
    }
    let step = steps(ui, &response);
    if step != 0 {
        wanted = Some(frame.saturating_add_signed(step).min(frames - 1));
    }
    if let Some(wanted) = wanted {
        // One cannot be dragged past the other.
        let kept = if is_in { wanted.min(last) } else { wanted.max(first) };
        reel.mark(|marks, _| if is_in { marks.set_in(kept) } else { marks.set_out(kept) });
    }
    response.widget_info(|| WidgetInfo {
        value: Some((frame + 1) as f64),
        ..WidgetInfo::labeled(Role::Slider, true, &name)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let spoken = words!("clip-frame-of", frame = (frame + 1).to_string(), frames = frames.to_string());
        node.set_description(spoken.clone());
        node.set_value(spoken);
        node.set_min_numeric_value(1.0);
        node.set_max_numeric_value(frames as f64);
        node.set_numeric_value_step(1.0);
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
    });
    paint(ui, theme, place, x, is_in);
    if response.has_focus() {
        focus_ring(ui.painter(), reach.shrink2(vec2(4.0, 4.0)), 3, theme);
    }
}

/// Frames that the arrow keys or a screen reader ask to move by.
fn steps(ui: &Ui, response: &egui::Response) -> isize {
    let spoken = ui.input(|input| {
        let count = |action| input.num_accesskit_action_requests(response.id, action).cast_signed();
        count(Action::Increment) - count(Action::Decrement)
    });
    if !response.has_focus() {
        return spoken;
    }
    let keep = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keep));
    let typed = ui.input_mut(|input| {
        let back = input.count_and_consume_key(Modifiers::NONE, Key::ArrowLeft).cast_signed();
        input.count_and_consume_key(Modifiers::NONE, Key::ArrowRight).cast_signed() - back
    });
    spoken + typed
}

/// A line over the strip, and a flag below it that points to what is played.
fn paint(ui: &Ui, theme: &Theme, place: &Place, x: f32, is_in: bool) {
    let p = &theme.palette;
    let color = p.accent;
    let x = x.round();
    ui.painter().vline(x, place.cells.top()..=place.ruler.top() + HANDLE, Stroke::new(2.0, color));
    let (top, out) = (place.ruler.top(), if is_in { HANDLE } else { -HANDLE });
    let flag = vec![pos2(x, top), pos2(x + out, top + HANDLE / 2.0), pos2(x, top + HANDLE)];
    ui.painter().add(Shape::convex_polygon(flag, color, Stroke::NONE));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_cross_push_the_other_away() {
        let mut marks = Marks::default();
        assert_eq!(marks.span(120), None);
        marks.set_out(50);
        assert_eq!(marks.span(120), Some((0, 50)));
        marks.set_in(20);
        assert_eq!(marks.span(120), Some((20, 50)));
        marks.set_in(60);
        assert_eq!(marks.span(120), Some((60, 119)));
        marks.set_out(10);
        assert_eq!(marks.span(120), Some((0, 10)));
        marks.clear();
        assert!(!marks.any());
    }

    #[test]
    fn one_frame_alone_can_be_marked() {
        let mut marks = Marks::default();
        marks.set_in(7);
        marks.set_out(7);
        assert_eq!(marks.span(20), Some((7, 7)));
    }
}
