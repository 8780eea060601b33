//! The clip alone on the whole screen, with its controls over the picture while they are needed.

use egui::{CornerRadius, CursorIcon, Rect, Shape, StrokeKind, Ui, UiBuilder, Vec2, epaint::RectShape, pos2, vec2};

use super::reel::{Footage, Reel};
use super::{ClipRoom, FILM, RULER_BELOW, TRANSPORT, Wish, actions, takes};
use crate::domain::generation::{Generation, GenerationId};
use crate::state::Action;
use crate::ui::UiContext;
use crate::ui::stage::{regions, strip};
use crate::ui::theme::metrics::{radius, size, space, time};
use crate::ui::theme::{Palette, Theme};

/// Controls leave the picture alone this long after the pointer moved last, in seconds.
const REST: f64 = 2.5;
const WIDEST: f32 = 900.0;
/// Cells of the strip on a panel this wide.
const CELLS: usize = 12;
/// Height of the controls: a margin, the strip, its bar and ruler, and the transport.
const HEIGHT: f32 = space::XL + FILM + RULER_BELOW + strip::RULER + TRANSPORT;

/// Whether the clip fills the screen, and whether the window knows.
#[derive(Debug, Default)]
pub struct Full {
    on: bool,
    /// What the window was told last.
    told: bool,
    /// When the pointer moved last, by the window's clock.
    moved: f64,
    /// Where the bar at the top lay last.
    bar: Option<Rect>,
}

impl Full {
    pub fn is_on(&self) -> bool {
        self.on
    }

    pub fn set(&mut self, on: bool) {
        self.on = on;
    }

    /// What the window is to be told, once for each change.
    pub fn change(&mut self, wanted: bool) -> Option<bool> {
        self.on = wanted;
        (std::mem::replace(&mut self.told, wanted) != wanted).then_some(wanted)
    }

    /// Whether the controls are to be seen: a while after the pointer moved, and while nothing plays.
    fn needs_controls(&mut self, ui: &Ui, playing: bool, over: bool) -> bool {
        let (now, moved) =
            ui.input(|input| (input.time, input.pointer.delta() != Vec2::ZERO || input.pointer.any_down()));
        if moved || over {
            self.moved = now;
        }
        let rest = self.moved + REST - now;
        if playing && rest > 0.0 {
            ui.ctx().request_repaint_after_secs(rest as f32);
        }
        !playing || rest > 0.0
    }
}

impl ClipRoom {
    /// Shows the open clip in the whole of `screen`.
    pub fn show_full(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>, screen: Rect, task: &Generation) {
        self.settle(ui, cx, task);
        let Some(reel) = &mut self.reel else { return };
        reel.advance(ui.ctx());
        if let Some(compare) = &mut self.compare {
            compare.advance(ui, cx.state, reel);
        }
        if matches!(reel.footage(), Footage::Failed(_)) {
            // What is said of it, and what can be done, is in the panel.
            self.full.set(false);
            return;
        }
        let playing = reel.is_playing() || self.compare.as_ref().is_some_and(|c| c.has_clock() && c.is_running());
        // Dark in both themes: nothing around the picture is brighter than it.
        self.viewer(ui, cx, screen, task, Palette::DARK.viewer);
        let width = (screen.width() - 2.0 * space::PAGE).min(WIDEST);
        let bottom = screen.bottom() - space::PAGE;
        let card = Rect::from_min_max(
            pos2((screen.center().x - width / 2.0).round(), bottom - HEIGHT),
            pos2((screen.center().x + width / 2.0).round(), bottom),
        );
        let over = ui.rect_contains_pointer(card) || self.full.bar.is_some_and(|bar| ui.rect_contains_pointer(bar));
        let needed = self.full.needs_controls(ui, playing, over);
        let theme = Theme::of(ui.ctx());
        let shown = theme.motion.fade(ui.ctx(), ui.scope_id().with("full controls"), needed, time::PANEL);
        if !needed {
            ui.ctx().set_cursor_icon(CursorIcon::None);
        }
        let mut inner = ui.new_child(UiBuilder::new().max_rect(card).id_salt("full controls"));
        // They stay for the keyboard and for screen readers whether they are seen or not.
        inner.set_opacity(shown);
        let corner = CornerRadius::same(radius::PANEL);
        let edge = Theme::hairline(theme.palette.line);
        // What is pressed between the controls is not meant for the picture.
        inner.interact(card, inner.scope_id().with("card"), egui::Sense::CLICK | egui::Sense::DRAG);
        inner.painter().rect(card, corner, theme.palette.panel, edge, StrokeKind::Inside);
        let mut rest = card;
        let transport = regions::cut_bottom(&mut rest, TRANSPORT).shrink2(vec2(regions::PADDING, 0.0));
        let wish = self.controls(&mut inner, transport, &mut rest, CELLS);
        self.answer(wish);
        let top = Rect::from_min_size(screen.min, vec2(screen.width(), size::BUTTON));
        let top = top.translate(vec2(0.0, space::PAGE + space::M));
        let mut bar = ui.new_child(UiBuilder::new().max_rect(top).id_salt("full bar"));
        bar.set_opacity(shown);
        if let Some(take) = self.bar(&mut bar, cx, task) {
            self.switch_to(cx, take);
        }
    }

    /// The bar at the top right: the comparison and how it is made, or the takes. Returns the take that was chosen.
    fn bar(&mut self, ui: &mut Ui, cx: &UiContext<'_>, task: &Generation) -> Option<GenerationId> {
        let theme = Theme::of(ui.ctx());
        let room = ui.max_rect().shrink2(vec2(space::PAGE + space::M, 0.0));
        if let Some(last) = self.full.bar {
            // What is pressed between its buttons is not meant for the picture.
            ui.interact(last, ui.scope_id().with("ground"), egui::Sense::CLICK | egui::Sense::DRAG);
        }
        let ground = ui.painter().add(Shape::Noop);
        let (ready, comparing) = (self.reel.as_ref().is_some_and(Reel::is_ready), self.compare.is_some());
        let compare = self.compare.as_mut();
        let (take, pressed, taken) = regions::row_from_right(ui, room, |ui| {
            let pressed = actions::compare(ui, true, comparing, ready).clicked();
            let take = match compare {
                Some(compare) => {
                    compare.controls(ui, cx.state, cx.narrow, task);
                    None
                }
                None => takes::show(ui, cx.state, task),
            };
            (take, pressed, ui.min_rect().expand2(vec2(space::M, space::M)))
        });
        let edge = Theme::hairline(theme.palette.line);
        let card =
            RectShape::new(taken, CornerRadius::same(radius::PANEL), theme.palette.panel, edge, StrokeKind::Inside);
        ui.painter().set(ground, card);
        self.full.bar = Some(taken);
        if pressed {
            self.answer(Some(Wish::Do(Action::Compare)));
        }
        take
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_told_once_for_each_change() {
        let mut full = Full::default();
        assert_eq!(full.change(false), None);
        full.set(true);
        assert_eq!((full.change(true), full.change(true)), (Some(true), None));
        assert_eq!((full.change(false), full.is_on()), (Some(false), false));
    }
}
