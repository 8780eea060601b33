//! Both pictures as they will be sent: side by side, one over the other, by turns, or the eased way between them.

use egui::{Color32, CornerRadius, Id, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::animatic::Shot;
use super::{Mode, PreviewRoom, chosen};
use crate::domain::draft::FrameChoice;
use crate::domain::frame::FrameSlot;
use crate::domain::model::Size;
use crate::ui::UiContext;
use crate::ui::compose::ground;
use crate::ui::stage::divider;
use crate::ui::stage::picture::{self, sent_part};
use crate::ui::theme::metrics::radius;
use crate::ui::theme::{Motion, Theme, Type, fade};
use crate::ui::widgets::{focus_ring, skeleton, timecode};

/// How long each picture stays while they are shown by turns, in seconds.
const TURN: f64 = 0.8;
/// Width of a picture that has room for the labels of both frames in a row.
const ROOM_FOR_BOTH: f32 = 460.0;

impl PreviewRoom {
    /// Paints the pictures into `rect`. `playing` is what a playing animatic shows now.
    pub(super) fn viewer(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect, playing: Option<Shot>) {
        let theme = Theme::of(ui.ctx());
        ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.palette.viewer);
        let Some(output) = cx.state.output() else { return };
        let frame = picture::fit(rect, output.ratio() as f32);
        if let Some(shot) = playing {
            play(ui, cx, frame, output, shot);
            return;
        }
        let slots: Vec<FrameSlot> =
            FrameSlot::BOTH.into_iter().filter(|slot| !cx.state.draft.frame(*slot).is_empty()).collect();
        let [first, last] = FrameSlot::BOTH;
        match (slots.as_slice(), self.mode) {
            ([_, _], Mode::Split) => self.split(ui, cx, frame, output),
            ([_, _], Mode::Overlay) => self.overlay(ui, cx, frame, output),
            ([_, _], Mode::Flip) => {
                let slot = if self.shows_last(ui, frame) { last } else { first };
                side(ui, cx, slot, frame, output, picture::WHOLE, 1.0);
                label(ui, cx, slot, frame, output);
            }
            ([slot], _) => {
                side(ui, cx, *slot, frame, output, picture::WHOLE, 1.0);
                label(ui, cx, *slot, frame, output);
            }
            _ => {}
        }
    }

    /// The first picture left of a line that can be moved, the last right of it.
    fn split(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>, frame: Rect, output: Size) {
        let [first, last] = FrameSlot::BOTH;
        let at = frame.left() + frame.width() * self.split;
        let share = |left: f32, right: f32| Rect::from_min_max(pos2(left, 0.0), pos2(right, 1.0));
        side(ui, cx, first, frame.with_max_x(at), output, share(0.0, self.split), 1.0);
        side(ui, cx, last, frame.with_min_x(at), output, share(self.split, 1.0), 1.0);
        for slot in FrameSlot::BOTH {
            label(ui, cx, slot, frame, output);
        }
        let handle = self.slider(ui, frame, &words!("preview-split-position"));
        divider::paint(ui, frame, self.split, &handle);
    }

    /// The last picture over the first one, as strong as the slider says.
    fn overlay(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>, frame: Rect, output: Size) {
        let theme = Theme::of(ui.ctx());
        let [first, last] = FrameSlot::BOTH;
        side(ui, cx, first, frame, output, picture::WHOLE, 1.0);
        side(ui, cx, last, frame, output, picture::WHOLE, self.split);
        let handle = self.slider(ui, frame, &words!("preview-overlay-strength"));
        if handle.has_focus() {
            focus_ring(ui.painter(), frame.shrink(3.0), 0, &theme);
        }
        for slot in FrameSlot::BOTH {
            label(ui, cx, slot, frame, output);
        }
    }

    /// A drag over the whole picture, or the arrow keys, move the place between the two.
    fn slider(&mut self, ui: &Ui, frame: Rect, name: &str) -> Response {
        divider::slider(ui, Id::unique("preview slider"), frame, frame, name, &mut self.split)
    }

    /// Which of the two is shown now. With reduced motion a click decides, else time does.
    fn shows_last(&mut self, ui: &Ui, frame: Rect) -> bool {
        let response = ui.interact(frame, Id::unique("preview flip"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words!("preview-other-frame")));
        if response.clicked() {
            self.flipped = !self.flipped;
        }
        if Theme::of(ui.ctx()).motion == Motion::Reduced {
            return self.flipped;
        }
        let now = ui.input(|input| input.time);
        let turn = (now / TURN).floor();
        ui.ctx().request_repaint_after_secs((((turn + 1.0) * TURN - now) as f32).max(0.01));
        ((turn as i64) % 2 == 1) != self.flipped
    }
}

/// One frame of the animatic: the last picture fades in over the first while the camera moves a little.
fn play(ui: &mut Ui, cx: &mut UiContext<'_>, frame: Rect, output: Size, shot: Shot) {
    let response = ui.allocate_rect(frame, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words!("preview-in-between")));
    let view = Rect::from_center_size(pos2(0.5, 0.5), vec2(shot.view, shot.view));
    let both = chosen(cx, FrameSlot::First).is_some() && chosen(cx, FrameSlot::Last).is_some();
    let base = if chosen(cx, FrameSlot::First).is_some() { FrameSlot::First } else { FrameSlot::Last };
    paint(ui, cx, base, frame, output, view, 1.0);
    if both {
        paint(ui, cx, FrameSlot::Last, frame, output, view, shot.blend);
    }
}

/// One picture, or why there is none. `part` is the part of what is sent that `place` shows.
fn side(ui: &mut Ui, cx: &mut UiContext<'_>, slot: FrameSlot, place: Rect, output: Size, part: Rect, strength: f32) {
    let theme = Theme::of(ui.ctx());
    let response = ui.allocate_rect(place, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, slot.title()));
    if paint(ui, cx, slot, place, output, part, strength) {
        return;
    }
    let words = match cx.state.draft.frame(slot) {
        FrameChoice::Unreadable { reason, .. } => reason.clone(),
        FrameChoice::Address { url } => words!("preview-address", url = url),
        FrameChoice::Ready(_) => words!("preview-none"),
        _ => {
            skeleton(ui, place, &words!("reading"));
            return;
        }
    };
    ui.painter().rect_filled(place, CornerRadius::ZERO, theme.palette.control);
    let galley = Type::Small.lines(ui.painter(), &words, theme.palette.text2, place.width() - 32.0);
    ui.painter().galley(place.center() - galley.size() / 2.0, galley, theme.palette.text2);
}

/// Paints what is sent of a picture; whether there was something to paint.
fn paint(
    ui: &Ui,
    cx: &mut UiContext<'_>,
    slot: FrameSlot,
    place: Rect,
    output: Size,
    part: Rect,
    strength: f32,
) -> bool {
    let Some((picture, Some(preview))) = chosen(cx, slot) else { return false };
    let uv = super::within(sent_part(picture, output), part);
    let texture = cx.textures.get(ui.ctx(), preview);
    if picture.transparent {
        let ground = ground(&Theme::of(ui.ctx()), picture);
        ui.painter().rect_filled(place, CornerRadius::ZERO, fade(ground, strength));
    }
    let tint = fade(Color32::WHITE, strength);
    let shape = egui::epaint::RectShape::filled(place, CornerRadius::ZERO, tint).with_texture(texture.id(), uv);
    ui.painter().add(egui::Shape::from(shape));
    true
}

/// Which frame this is, and when it is shown.
fn label(ui: &Ui, cx: &UiContext<'_>, slot: FrameSlot, frame: Rect, output: Size) {
    const INSET: f32 = 12.0;
    let theme = Theme::of(ui.ctx());
    let (p, painter) = (&theme.palette, ui.painter());
    let cropped = chosen(cx, slot).is_some_and(|(picture, _)| {
        !cx.state.draft.send_original && picture.crop_for(output).is_noticeable(picture.facts.size)
    });
    let title = if cropped { words!("preview-cropped", slot = slot.word()) } else { slot.title() };
    let seconds = if slot == FrameSlot::First { 0 } else { cx.state.draft.settings.duration };
    let title = Type::SmallMedium.line(painter, title, p.on_picture);
    let time = Type::SmallMono.line(painter, timecode(u64::from(seconds) * 100), p.on_picture);
    let size = vec2(10.0 + 8.0 + 7.0 + title.size().x + 10.0 + time.size().x + 10.0, 26.0);
    let left = if slot == FrameSlot::First { frame.left() + INSET } else { frame.right() - INSET - size.x };
    // Side by side they need room for both; in a narrow picture the last one's goes to the top.
    let top = slot == FrameSlot::Last && frame.width() < ROOM_FOR_BOTH;
    let top = if top { frame.top() + INSET } else { frame.bottom() - INSET - size.y };
    let chip = Rect::from_min_size(pos2(left, top), size);
    painter.rect_filled(chip, CornerRadius::same(radius::SMALL), p.picture_shade);
    let swatch = Rect::from_center_size(pos2(chip.left() + 14.0, chip.center().y), vec2(8.0, 8.0));
    // The chip lies on a picture, dark in both themes, so its swatch is the dark theme's colour.
    let dark = crate::ui::theme::Palette::DARK;
    painter.rect_filled(swatch, CornerRadius::same(2), dark.slot(slot == FrameSlot::First));
    let middle = chip.center().y;
    let at = |x: f32, height: f32| pos2(x, middle - height / 2.0);
    let time_at = at(chip.right() - 10.0 - time.size().x, time.size().y);
    painter.galley(at(chip.left() + 25.0, title.size().y), title, p.on_picture);
    painter.galley_with_override_text_color(time_at, time, fade(p.on_picture, 0.75));
}
