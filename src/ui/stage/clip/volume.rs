//! How loud the clip plays: a switch, and a slider that comes out while one of them is in use.

use egui::{
    Area, CornerRadius, EventFilter, Id, Key, Modifiers, Order, Rect, Response, Role, Sense, StrokeKind, Ui,
    WidgetInfo,
    accesskit::{Action as Spoken, ActionData},
    pos2, vec2,
};

use super::reel::Reel;
use super::transport::Wish;
use crate::domain::settings::ClipSound;
use crate::state::Action;
use crate::ui::icons::Icon;
use crate::ui::theme::{
    Theme,
    metrics::{radius, size, space},
};
use crate::ui::widgets::{IconButton, focus_ring, paint_span};
use crate::video::Hearing;

const WIDTH: f32 = 132.0;
const KNOB: f32 = 6.0;
const BAR: f32 = 4.0;
/// Percent for a press of an arrow key.
const STEP: isize = 5;

/// Shows the switch where the clip has sound, and why it is not played where it is not.
pub fn show(ui: &mut Ui, reel: &Reel, sound: ClipSound) -> Option<Wish> {
    let trouble = match reel.hearing() {
        Hearing::Nothing => return None,
        Hearing::Never(why) => {
            ui.add(IconButton::new(Icon::MUTED, &why.to_string()).enabled(false));
            return None;
        }
        Hearing::Played(trouble) => trouble,
    };
    let silent = sound.muted || sound.volume == 0 || trouble.is_some();
    let name = if sound.muted { words!("volume-unmute") } else { words!("volume-mute") };
    let tip = trouble.map(|trouble| trouble.to_string());
    let icon = if silent { Icon::MUTED } else { Icon::SOUND };
    let button = ui.add(IconButton::new(icon, &name).keys("M").tooltip(tip.as_ref().unwrap_or(&name)));
    let volume = slider(ui, &button, if sound.muted { 0 } else { sound.volume });
    if button.clicked() { Some(Wish::Do(Action::Mute)) } else { volume.map(Wish::Volume) }
}

/// The slider, over the button while either is in use; else there for the keyboard and for screen readers alone. Returns
/// what was chosen.
fn slider(ui: &Ui, button: &Response, percent: u8) -> Option<u8> {
    let id = button.id.with("volume");
    let corner = pos2(button.rect.right() - WIDTH, button.rect.top() - size::ICON_BUTTON);
    let card = Rect::from_min_size(corner, vec2(WIDTH, size::ICON_BUTTON));
    let was_open = ui.data(|data| data.get_temp(id).unwrap_or(false));
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let over = was_open && pointer.is_some_and(|at| card.expand(space::XS).contains(at));
    let used = ui.memory(|memory| memory.has_focus(id)) || ui.ctx().is_being_dragged(id);
    let open = button.hovered() || over || used;
    ui.data_mut(|data| data.insert_temp(id, open));
    let response = if open {
        let area = Area::new(id.with("card")).order(Order::Foreground).fixed_pos(card.min).constrain(false);
        area.show(ui.ctx(), |ui| paint(ui, id, card, percent)).inner
    } else {
        ui.interact(button.rect, id, Sense::focusable_noninteractive())
    };
    announce(ui, &response, percent);
    let chosen = chosen(ui, &response, card, percent);
    if chosen == percent {
        return None;
    }
    // The settings are told in the next pass.
    ui.ctx().request_repaint();
    Some(chosen)
}

/// Where the bar lies on its card.
fn bar(card: Rect) -> Rect {
    Rect::from_center_size(card.center(), vec2(card.width() - 2.0 * space::XL, BAR))
}

fn paint(ui: &mut Ui, id: Id, card: Rect, percent: u8) -> Response {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    ui.allocate_rect(card, Sense::hover());
    let response = ui.interact(card, id, Sense::click_and_drag());
    let fill = if theme.dark { p.control } else { p.raised };
    let edge = Theme::hairline(p.stroke);
    ui.painter().rect(card, CornerRadius::same(radius::CONTROL), fill, edge, StrokeKind::Inside);
    let (bar, share) = (bar(card), f32::from(percent) / 100.0);
    ui.painter().rect_filled(bar, CornerRadius::same(radius::PROGRESS), p.active);
    paint_span(ui.painter(), &theme, bar, 0.0, share);
    ui.painter().circle_filled(pos2(bar.left() + share * bar.width(), bar.center().y), KNOB, p.text);
    if response.has_focus() {
        focus_ring(ui.painter(), card, radius::CONTROL, &theme);
    }
    response
}

fn announce(ui: &Ui, response: &Response, percent: u8) {
    response.widget_info(|| WidgetInfo {
        value: Some(f64::from(percent)),
        ..WidgetInfo::labeled(Role::Slider, true, words!("volume-name"))
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(format!("{percent}%"));
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.set_numeric_value_step(STEP as f64);
        for action in [Spoken::Increment, Spoken::Decrement, Spoken::SetValue] {
            node.add_action(action);
        }
    });
}

/// What pointer, keyboard or screen reader make of it.
fn chosen(ui: &Ui, response: &Response, card: Rect, percent: u8) -> u8 {
    if let Some(pointer) = response.interact_pointer_pos()
        && (response.is_pointer_button_down_on() || response.dragged() || response.clicked())
    {
        let bar = bar(card);
        let share = (pointer.x - bar.left()) / bar.width().max(1.0);
        return (share.clamp(0.0, 1.0) * 100.0).round() as u8;
    }
    let (mut steps, value) = ui.input(|input| {
        let count = |action| input.num_accesskit_action_requests(response.id, action).cast_signed();
        let value =
            input.accesskit_action_requests(response.id, Spoken::SetValue).find_map(|request| match request.data {
                Some(ActionData::NumericValue(value)) => Some(value),
                _ => None,
            });
        (count(Spoken::Increment) - count(Spoken::Decrement), value)
    });
    if let Some(value) = value {
        return value.round().clamp(0.0, 100.0) as u8;
    }
    if response.has_focus() {
        let keep = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keep));
        steps += ui.input_mut(|input| {
            let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key).cast_signed();
            count(Key::ArrowRight) + count(Key::ArrowUp) - count(Key::ArrowLeft) - count(Key::ArrowDown)
        });
    }
    (isize::from(percent) + steps * STEP).clamp(0, 100) as u8
}
