//! The command palette: every action by name, searched by typing and run by Enter or a click.
//!
//! What it lists and how it is found is the state's; what an action does is the window's. The keyboard stays in the
//! search field, from where the arrows move through the list.

use egui::{
    Align2, Area, CornerRadius, EventFilter, Id, Key, Margin, Modifiers, Order, Rect, Response, Role, ScrollArea,
    Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::UiContext;
use super::icons::Icon;
use super::sheet;
use super::theme::metrics::{radius, space};
use super::theme::{Theme, Type};
use super::widgets::{KeyLook, TextField, key_cap_width, paint_key_cap, rule};
use crate::state::Action;
use crate::state::palette::{Entry, entries};

const WIDTH: f32 = 560.0;
/// From the top of the window.
const TOP: f32 = 96.0;
const ROW: f32 = 34.0;
/// Of the list; as many rows as can be seen at once, and half of the next.
const MOST_HEIGHT: f32 = 10.5 * ROW;

/// What the palette remembers while it is open.
#[derive(Default)]
pub struct CommandPalette {
    typed: String,
    /// The row that Enter runs.
    chosen: usize,
    /// The chosen row moved by a key and is to be seen.
    reveal: bool,
}

impl CommandPalette {
    /// Forgets what was typed; for every pass in which it is closed.
    pub fn rest(&mut self) {
        if !self.typed.is_empty() || self.chosen != 0 {
            *self = Self::default();
        }
    }

    /// Shows the palette and returns the action that is to be run.
    pub fn ui(&mut self, ui: &Ui, cx: &mut UiContext<'_>) -> Option<Action> {
        let ctx = ui.ctx();
        let theme = Theme::of(ctx);
        let arrival = sheet::Arrival::of(ctx, &theme, Order::Middle);
        sheet::scrim(ctx, &theme, Order::Middle);
        let screen = ctx.content_rect();
        let width = WIDTH.min(screen.width() - 2.0 * space::PAGE);
        let top = TOP.min(screen.height() / 8.0) + arrival.below;
        let area = Area::new(Id::unique("command palette")).order(Order::Middle);
        // Over its scrim, whatever that was there for before.
        ctx.move_to_top(area.layer());
        area.anchor(Align2::CENTER_TOP, vec2(0.0, top))
            .fade_in(false)
            .show(ctx, |ui| {
                ui.set_opacity(arrival.opacity);
                sheet::modal(ui, Role::Dialog, &words!("palette-name"), |ui| {
                    sheet::frame(&theme).show(ui, |ui| {
                        ui.set_width(width);
                        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                        self.content(ui, &theme, cx)
                    })
                })
                .inner
            })
            .inner
    }

    fn content(&mut self, ui: &mut Ui, theme: &Theme, cx: &UiContext<'_>) -> Option<Action> {
        let listed = entries(cx.state, &self.typed);
        let run = self.keys(ui, &listed);
        let name = words!("palette-search");
        let field = egui::Frame::new()
            .inner_margin(Margin::same(12))
            .show(ui, |ui| TextField::new(&mut self.typed, &name).hint(&name).icon(Icon::SEARCH).search().show(ui));
        let field = field.inner;
        if !field.has_focus() {
            field.request_focus();
        }
        // Tab would be kept for what comes after the palette, and take the keyboard once that is closed.
        let all = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(field.id, all));
        let listed = if field.changed() {
            self.chosen = 0;
            self.reveal = true;
            entries(cx.state, &self.typed)
        } else {
            listed
        };
        rule(ui);
        let pressed = self.list(ui, theme, &field, &listed);
        run.or(pressed)
    }

    /// Moves through the list, and runs what is chosen. The keys are taken before the field sees them.
    fn keys(&mut self, ui: &Ui, listed: &[Entry]) -> Option<Action> {
        let (down, up, enter) = ui.input_mut(|input| {
            let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key);
            (count(Key::ArrowDown), count(Key::ArrowUp), count(Key::Enter))
        });
        let can_be_run = listed.iter().take_while(|entry| entry.available).count();
        if can_be_run == 0 {
            self.chosen = 0;
            return None;
        }
        if down != up {
            self.chosen = moved(self.chosen, down.cast_signed() - up.cast_signed(), can_be_run);
            self.reveal = true;
        }
        self.chosen = self.chosen.min(can_be_run - 1);
        listed.get(self.chosen).filter(|_| enter > 0).map(|entry| entry.action)
    }

    fn list(&mut self, ui: &mut Ui, theme: &Theme, field: &Response, listed: &[Entry]) -> Option<Action> {
        let mut run = None;
        egui::Frame::new().inner_margin(Margin::same(8)).show(ui, |ui| {
            if listed.is_empty() {
                let words = words!("tasks-no-match", search = self.typed.trim());
                ui.add_space(space::M);
                ui.vertical_centered(|ui| ui.label(Type::Small.rich(words, theme.palette.muted)));
                ui.add_space(space::M);
                return;
            }
            ScrollArea::vertical().max_height(MOST_HEIGHT).show(ui, |ui| {
                let builder =
                    UiBuilder::new().accessibility_role(Role::ListBox).accessibility_label(words!("palette-commands"));
                ui.scope_builder(builder, |ui| {
                    for (place, entry) in listed.iter().enumerate() {
                        let response = row(ui, theme, *entry, place == self.chosen && entry.available);
                        if place == self.chosen && entry.available {
                            let active = response.id.accesskit_id();
                            ui.ctx().accesskit_node_builder(field.id, |node| node.set_active_descendant(active));
                            if std::mem::take(&mut self.reveal) {
                                response.scroll_to_me(None);
                            }
                        }
                        let moved = ui.input(|input| input.pointer.is_moving());
                        if entry.available && moved && response.hovered() {
                            self.chosen = place;
                        }
                        if entry.available && response.clicked() {
                            run = Some(entry.action);
                        }
                    }
                });
            });
        });
        run
    }
}

/// The place `by` rows further, round and round among `rows`.
fn moved(from: usize, by: isize, rows: usize) -> usize {
    (from.cast_signed() + by).rem_euclid(rows.cast_signed()).cast_unsigned()
}

/// One action: its name, and its key at the right. It cannot have the keyboard, which stays in the field.
fn row(ui: &mut Ui, theme: &Theme, entry: Entry, chosen: bool) -> Response {
    let p = &theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    let title = entry.action.title();
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, entry.available, &title));
    let keys = entry.action.shortcut().map(|shortcut| shortcut.text(cfg!(target_os = "macos")));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(chosen);
        if let Some(keys) = &keys {
            node.set_keyboard_shortcut(keys.clone());
        }
        if !entry.available {
            node.set_disabled();
        }
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if chosen {
        ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), p.accent_soft);
        let mark = Rect::from_min_size(rect.min + vec2(0.0, 9.0), vec2(2.0, ROW - 18.0));
        ui.painter().rect_filled(mark, CornerRadius::same(1), p.accent);
    }
    let (color, look) = if entry.available { (p.text, KeyLook::Outline) } else { (p.muted, KeyLook::Disabled) };
    let mut right = rect.right() - space::M;
    if let Some(keys) = &keys {
        paint_key_cap(ui.painter(), theme, pos2(right, rect.center().y), keys, look);
        right -= key_cap_width(ui.painter(), keys) + space::M;
    }
    let left = rect.left() + space::XL;
    let words = Type::Body.line_within(ui.painter(), &title, color, right - left);
    ui.painter().galley(pos2(left, rect.center().y - words.size().y / 2.0), words, color);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrows_go_round() {
        assert_eq!(moved(0, 2, 5), 2);
        assert_eq!(moved(0, -1, 5), 4);
        assert_eq!(moved(4, 1, 5), 0);
        assert_eq!(moved(1, -7, 5), 4);
    }
}
