//! Before generating: both pictures as they will be sent, and the strip of frames to be filled in.

mod animatic;
mod losses;
mod viewer;

use std::cmp::Ordering;

use egui::{Color32, Label, Rect, Stroke, Ui, pos2, vec2};

use super::picture::{self, sent_part};
use super::regions::{self, PADDING};
use super::strip;
use crate::domain::draft::Picture;
use crate::domain::frame::{FrameSlot, Preview};
use crate::state::{Action, Command, Fix};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::{Theme, Type, metrics::space};
use crate::ui::widgets::{Button, ButtonKind, IconButton, Segment, Segmented, Surface, frame_counter};
use animatic::{Animatic, Shape, Shot};
use losses::losses;

const FOOTER: f32 = 70.0;
const PROMISE: f32 = 71.0;
/// From the ruler to the middle of the line that promises the frames.
const PROMISE_MIDDLE: f32 = 34.0;
const DISC: f32 = 38.0;

/// How the two pictures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    #[default]
    Split,
    Overlay,
    Flip,
}

/// The room before a clip exists, and what it remembers between passes.
pub struct PreviewRoom {
    mode: Mode,
    /// Where the line between the two is, and how strong the overlay: 0 to 1.
    split: f32,
    flipped: bool,
    animatic: Animatic,
    /// A shortcut asked to play or pause.
    toggled: bool,
}

impl Default for PreviewRoom {
    fn default() -> Self {
        Self { mode: Mode::Split, split: 0.5, flipped: false, animatic: Animatic::default(), toggled: false }
    }
}

impl PreviewRoom {
    /// The pictures in the wells.
    pub fn show(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>, panel: Rect) {
        let shot = self.shot(ui, cx);
        let mut rest = panel;
        let header = regions::cut_top(&mut rest, regions::header_height(cx.narrow));
        let both = FrameSlot::BOTH.iter().all(|slot| !cx.state.draft.frame(*slot).is_empty());
        regions::header(ui, header, &words!("preview-title"), &words!("preview-before"), |ui| {
            if both {
                ui.add_space(-space::XS);
                let (split, overlay, flip) =
                    (words!("preview-split"), words!("preview-overlay"), words!("preview-flip"));
                let segments = [
                    Segment::new(Mode::Split, &split),
                    Segment::new(Mode::Overlay, &overlay),
                    Segment::new(Mode::Flip, &flip),
                ];
                if Segmented::new(&words!("preview-mode"), &segments).padding(13.0).show(ui, &mut self.mode).changed() {
                    self.animatic.stop();
                }
            }
        });
        footer(ui, cx, regions::cut_bottom(&mut rest, FOOTER));
        self.promise(ui, cx, regions::cut_bottom(&mut rest, PROMISE), shot);
        let ruler = regions::cut_bottom(&mut rest, strip::RULER).shrink2(vec2(PADDING, 0.0));
        let theme = Theme::of(ui.ctx());
        strip::ruler(ui.painter(), &theme, ruler, f64::from(cx.state.draft.settings.duration), &[]);
        regions::cut_bottom(&mut rest, space::M);
        let cells = regions::cut_bottom(&mut rest, strip::HEIGHT).shrink2(vec2(PADDING, 0.0));
        empty_strip(ui, cx, cells);
        if let Some(shot) = shot {
            let share = shot.frame as f32 / (shape(cx).frames.saturating_sub(1).max(1)) as f32;
            let at = cells.left() + cells.width() * share;
            ui.painter().vline(at, cells.y_range(), Stroke::new(2.0, theme.palette.on_picture));
        }
        regions::cut_bottom(&mut rest, space::XL);
        self.viewer(ui, cx, rest, shot);
    }

    /// Plays or pauses the animatic, as a shortcut asks.
    pub fn toggle(&mut self) {
        self.toggled = true;
    }

    /// Called while another room is shown.
    pub fn rest(&mut self) {
        self.animatic.stop();
        self.toggled = false;
    }

    /// What a playing animatic shows in this pass.
    fn shot(&mut self, ui: &Ui, cx: &UiContext<'_>) -> Option<Shot> {
        let now = ui.input(|input| input.time);
        if std::mem::take(&mut self.toggled) && is_playable(cx) {
            self.animatic.toggle(now);
        }
        if !is_playable(cx) {
            self.animatic.stop();
        }
        let (shot, next) = self.animatic.at(now, shape(cx))?;
        ui.ctx().request_repaint_after_secs(next as f32);
        Some(shot)
    }

    /// What Generate will bring, and the animatic that can be had at once.
    fn promise(&mut self, ui: &mut Ui, cx: &UiContext<'_>, rect: Rect, shot: Option<Shot>) {
        let theme = Theme::of(ui.ctx());
        let p = &theme.palette;
        let inner = rect.shrink2(vec2(PADDING, 0.0)).with_max_y(rect.top() + 2.0 * PROMISE_MIDDLE);
        let place = Rect::from_center_size(pos2(inner.left() + DISC / 2.0, inner.center().y), vec2(DISC, DISC));
        let (icon, name) = match shot {
            Some(_) => (Icon::PAUSE, words!("preview-stop")),
            None => (Icon::PLAY, words!("preview-play")),
        };
        let keys = Action::PlayPause.shortcut().map(|keys| keys.text(false)).unwrap_or_default();
        let button = IconButton::new(icon, &name).sizes(DISC, 18.0).surface(Surface::Disc).keys(&keys);
        if button.enabled(is_playable(cx)).put(ui, place).clicked() {
            self.animatic.toggle(ui.input(|input| input.time));
        }
        let words = inner.with_min_x(inner.left() + DISC + space::GROUP);
        let frames = shape(cx).frames;
        let (line, under) = match shot {
            Some(shot) => (
                frame_counter(u64::from(shot.frame) + 1, u64::from(frames)),
                if shape(cx).two_pictures { words!("preview-fade") } else { words!("preview-move") },
            ),
            None => (words!("preview-to-fill", frames = frames.to_string()), words!("preview-press")),
        };
        two_lines(ui, words, &line, &under, p.muted);
    }
}

fn shape(cx: &UiContext<'_>) -> Shape {
    let (draft, model) = (&cx.state.draft, cx.state.model());
    let has = |slot| chosen(cx, slot).is_some_and(|(_, preview)| preview.is_some());
    Shape {
        fps: model.output.fps,
        frames: model.frame_count(draft.settings.duration),
        camera_fixed: draft.settings.camera_fixed,
        two_pictures: has(FrameSlot::First) && has(FrameSlot::Last),
    }
}

fn is_playable(cx: &UiContext<'_>) -> bool {
    FrameSlot::BOTH.iter().any(|slot| chosen(cx, *slot).is_some_and(|(_, preview)| preview.is_some()))
}

/// A well's picture with what was read of it.
fn chosen<'a>(cx: &UiContext<'a>, slot: FrameSlot) -> Option<(&'a Picture, Option<&'a Preview>)> {
    let picture = cx.state.draft.frame(slot).picture()?;
    Some((picture, cx.state.previews.get(slot)))
}

fn empty_strip(ui: &Ui, cx: &mut UiContext<'_>, rect: Rect) {
    let theme = Theme::of(ui.ctx());
    let places = strip::still_rects(rect);
    let stills: [Option<egui::Shape>; 2] =
        [(FrameSlot::First, places[0]), (FrameSlot::Last, places[1])].map(|(slot, place)| {
            let (picture, preview) = chosen(cx, slot)?;
            let (preview, output) = (preview?, cx.state.output()?);
            let texture = cx.textures.get(ui.ctx(), preview);
            let part = within(sent_part(picture, output), picture::fill(output, place.size()));
            Some(strip::still(place, texture.id(), part))
        });
    strip::empty(ui.painter(), &theme, rect, &stills);
}

/// The part `inner` of the part `outer`, both in shares.
fn within(outer: Rect, inner: Rect) -> Rect {
    Rect::from_min_size(outer.min + inner.min.to_vec2() * outer.size(), outer.size() * inner.size())
}

fn footer(ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect) {
    let theme = Theme::of(ui.ctx());
    regions::rule_above(ui, rect);
    let Some(output) = cx.state.output() else { return };
    let headline = words!("preview-output", ratio = cx.state.draft.ratio(cx.state.model()), size = output.to_string());
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    // The picture that loses more is the one to be adjusted.
    let lost = |slot: &FrameSlot| {
        let picture = cx.state.draft.frame(*slot).picture()?;
        let (crop, size) = (picture.crop_for(output), picture.facts.size);
        crop.is_noticeable(size).then(|| crop.lost_share(size))
    };
    let adjusted = FrameSlot::BOTH.into_iter().rev().filter(|slot| lost(slot).is_some());
    let adjusted = adjusted.max_by(|one, other| lost(one).partial_cmp(&lost(other)).unwrap_or(Ordering::Equal));
    let mut taken = inner.right();
    if let Some(slot) = adjusted.filter(|_| !cx.state.draft.send_original) {
        let (pressed, left) = regions::row_from_right(ui, inner, |ui| {
            let button = ui.add(Button::new(&words!("adjust-crop-more")).icon(Icon::CROP).kind(ButtonKind::Outline));
            (button.clicked(), button.rect.left())
        });
        taken = left - space::XL;
        if pressed {
            cx.send(Command::Fix(Fix::AdjustCrop(slot)));
        }
    }
    two_lines(ui, inner.with_max_x(taken), &headline, &losses(cx, output), theme.palette.muted);
}

/// A line and a quieter one under it, centred in the height of `rect`.
fn two_lines(ui: &mut Ui, rect: Rect, line: &str, under: &str, under_color: Color32) {
    let theme = Theme::of(ui.ctx());
    let both = Rect::from_center_size(rect.center(), vec2(rect.width(), 36.0));
    regions::part(ui, both, egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.add(Label::new(Type::BodyMedium.rich(line, theme.palette.text)).truncate());
        ui.add_space(space::XXS);
        ui.add(Label::new(Type::Small.rich(under, under_color)).truncate());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_part_lies_inside_it() {
        let outer = Rect::from_min_max(pos2(0.0, 0.2), pos2(1.0, 0.8));
        let inner = Rect::from_min_max(pos2(0.25, 0.0), pos2(0.75, 0.5));
        let part = within(outer, inner);
        assert!((part.min - pos2(0.25, 0.2)).length() < 1e-6 && (part.max - pos2(0.75, 0.5)).length() < 1e-6);
    }
}
