//! The line between two pictures that can be moved, by the pointer, the arrow keys or a screen reader.

use egui::{
    CursorIcon, EventFilter, Id, Key, Modifiers, Rect, Response, Sense, Stroke, Ui, WidgetInfo,
    accesskit::{Action, ActionData},
    pos2, vec2,
};

use crate::ui::icons::Icon;
use crate::ui::theme::Theme;
use crate::ui::widgets::focus_ring;

const HANDLE: f32 = 30.0;
const KEY_STEP: f32 = 0.05;

/// Moves `share`, 0 to 1 over the width of `frame`, as the user asks. Only `reach` of it takes the pointer.
pub fn slider(ui: &Ui, id: Id, reach: Rect, frame: Rect, name: &str, share: &mut f32) -> Response {
    let response = ui.interact(reach, id, Sense::click_and_drag());
    let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    if let Some(at) = response.interact_pointer_pos().filter(|_| response.dragged() || response.clicked()) {
        *share = ((at.x - frame.left()) / frame.width().max(1.0)).clamp(0.0, 1.0);
    }
    if response.has_focus() {
        let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let step = ui.input_mut(|input| {
            let count = |input: &mut egui::InputState, key| input.count_and_consume_key(Modifiers::NONE, key) as f32;
            count(input, Key::ArrowRight) - count(input, Key::ArrowLeft)
        });
        *share = (*share + step * KEY_STEP).clamp(0.0, 1.0);
    }
    *share = by_screen_reader(ui, response.id, *share);
    let percent = f64::from((*share * 100.0).round());
    response.widget_info(|| WidgetInfo::slider(true, percent, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let spoken = format!("{percent}%");
        node.set_description(spoken.clone());
        node.set_value(spoken);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.set_numeric_value_step(f64::from(KEY_STEP) * 100.0);
        for action in [Action::Increment, Action::Decrement, Action::SetValue] {
            node.add_action(action);
        }
    });
    response
}

/// Where a screen reader moves it in this pass.
fn by_screen_reader(ui: &Ui, id: Id, share: f32) -> f32 {
    ui.input(|input| {
        let times = |action| input.num_accesskit_action_requests(id, action) as f32;
        let mut share = share + (times(Action::Increment) - times(Action::Decrement)) * KEY_STEP;
        for request in input.accesskit_action_requests(id, Action::SetValue) {
            if let Some(ActionData::NumericValue(percent)) = request.data {
                share = percent as f32 / 100.0;
            }
        }
        share.clamp(0.0, 1.0)
    })
}

/// Where the line is, and how far around it the pointer takes it.
pub fn reach(frame: Rect, share: f32) -> Rect {
    let at = frame.left() + frame.width() * share;
    Rect::from_min_max(pos2(at - HANDLE / 2.0, frame.top()), pos2(at + HANDLE / 2.0, frame.bottom()))
}

/// Paints the line and its handle over `frame`.
pub fn paint(ui: &Ui, frame: Rect, share: f32, response: &Response) {
    let theme = Theme::of(ui.ctx());
    let at = frame.left() + frame.width() * share;
    let middle = pos2(at, frame.center().y);
    ui.painter().vline(at, frame.y_range(), Stroke::new(2.0, theme.palette.on_picture));
    ui.painter().circle_filled(middle, HANDLE / 2.0, theme.palette.on_picture);
    Icon::SPLIT_HANDLE.paint(ui.painter(), middle, 16.0, crate::ui::theme::Palette::DARK.panel);
    if response.has_focus() {
        let round = Rect::from_center_size(middle, vec2(HANDLE, HANDLE));
        focus_ring(ui.painter(), round, (HANDLE / 2.0) as u8, &theme);
    }
}
