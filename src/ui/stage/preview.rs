//! Before generating: both pictures as they will be sent, and the strip of frames to be filled in.

use egui::{Color32, CornerRadius, Label, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::picture::{self, sent_part};
use super::regions::{self, PADDING};
use super::strip;
use crate::domain::draft::{FrameChoice, Picture};
use crate::domain::frame::{FrameSlot, Preview};
use crate::domain::model::Size;
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::{
    Theme, Type, fade,
    metrics::{radius, space},
};
use crate::ui::widgets::{skeleton, timecode};

const FOOTER: f32 = 71.0;
const PROMISE: f32 = 70.0;
const DISC: f32 = 38.0;

/// The pictures in the wells.
pub fn show(ui: &mut Ui, cx: &mut UiContext<'_>, panel: Rect) {
    let theme = Theme::of(ui.ctx());
    let mut rest = panel;
    let header = regions::cut_top(&mut rest, regions::header_height(cx.narrow));
    regions::header(ui, header, "Preview", "Before generating", |_| ());
    footer(ui, cx, regions::cut_bottom(&mut rest, FOOTER));
    promise(ui, cx, regions::cut_bottom(&mut rest, PROMISE));
    let ruler = regions::cut_bottom(&mut rest, strip::RULER).shrink2(vec2(PADDING, 0.0));
    strip::ruler(ui.painter(), &theme, ruler, f64::from(cx.state.draft.settings.duration));
    regions::cut_bottom(&mut rest, space::M);
    empty_strip(ui, cx, regions::cut_bottom(&mut rest, strip::HEIGHT).shrink2(vec2(PADDING, 0.0)));
    regions::cut_bottom(&mut rest, space::XL);
    viewer(ui, cx, rest.shrink2(vec2(1.0, 0.0)));
}

/// A well's picture with what was read of it.
fn chosen<'a>(cx: &UiContext<'a>, slot: FrameSlot) -> Option<(&'a Picture, Option<&'a Preview>)> {
    let picture = cx.state.draft.frame(slot).picture()?;
    Some((picture, cx.state.previews.get(slot)))
}

fn viewer(ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect) {
    let theme = Theme::of(ui.ctx());
    ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.palette.viewer);
    let Some(output) = cx.state.output() else { return };
    let frame = picture::fit(rect, output.ratio() as f32);
    let slots: Vec<FrameSlot> =
        FrameSlot::BOTH.into_iter().filter(|slot| !cx.state.draft.frame(*slot).is_empty()).collect();
    let split = slots.len() == 2;
    for slot in &slots {
        let right = *slot == FrameSlot::Last;
        let place = if split { picture::half(frame, right) } else { frame };
        side(ui, cx, *slot, place, output, split);
    }
    if split {
        let line = Stroke::new(2.0, theme.palette.on_picture);
        ui.painter().vline(frame.center().x, frame.y_range(), line);
    }
    for slot in slots {
        label(ui, cx, slot, frame, output);
    }
}

/// One picture: the part of it that will be sent, or half of that part.
fn side(ui: &mut Ui, cx: &mut UiContext<'_>, slot: FrameSlot, place: Rect, output: Size, split: bool) {
    let theme = Theme::of(ui.ctx());
    let response = ui.allocate_rect(place, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, slot.title()));
    match (chosen(cx, slot), cx.state.draft.frame(slot)) {
        (Some((picture, Some(preview))), _) => {
            let part = sent_part(picture, output);
            let part = if split { picture::half(part, slot == FrameSlot::Last) } else { part };
            let texture = cx.textures.get(ui.ctx(), preview);
            picture::paint(ui.painter(), place, texture.id(), part, CornerRadius::ZERO);
        }
        (_, FrameChoice::Unreadable { reason, .. }) => {
            ui.painter().rect_filled(place, CornerRadius::ZERO, theme.palette.control);
            let galley = Type::Small.lines(ui.painter(), reason, theme.palette.text2, place.width() - 32.0);
            ui.painter().galley(place.center() - galley.size() / 2.0, galley, theme.palette.text2);
        }
        _ => skeleton(ui, place, "Reading…"),
    }
}

/// Which frame this is, and when it is shown.
fn label(ui: &Ui, cx: &UiContext<'_>, slot: FrameSlot, frame: Rect, output: Size) {
    const INSET: f32 = 12.0;
    let theme = Theme::of(ui.ctx());
    let (p, painter) = (&theme.palette, ui.painter());
    let cropped = chosen(cx, slot).is_some_and(|(picture, _)| {
        !cx.state.draft.send_original && picture.crop_for(output).is_noticeable(picture.facts.size)
    });
    let title = if cropped { format!("{}, cropped", slot.title()) } else { slot.title().to_owned() };
    let seconds = if slot == FrameSlot::First { 0 } else { cx.state.draft.settings.duration };
    let title = Type::SmallMedium.line(painter, title, p.on_picture);
    let time = Type::SmallMono.line(painter, timecode(u64::from(seconds) * 100), p.on_picture);
    let size = vec2(10.0 + 8.0 + 7.0 + title.size().x + 10.0 + time.size().x + 10.0, 26.0);
    let left = if slot == FrameSlot::First { frame.left() + INSET } else { frame.right() - INSET - size.x };
    let chip = Rect::from_min_size(pos2(left, frame.bottom() - INSET - size.y), size);
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

fn empty_strip(ui: &Ui, cx: &mut UiContext<'_>, rect: Rect) {
    let theme = Theme::of(ui.ctx());
    let places = strip::still_rects(rect);
    let stills: [Option<Shape>; 2] =
        [(FrameSlot::First, places[0]), (FrameSlot::Last, places[1])].map(|(slot, place)| {
            let (picture, preview) = chosen(cx, slot)?;
            let (preview, output) = (preview?, cx.state.output()?);
            let texture = cx.textures.get(ui.ctx(), preview);
            let part = within(sent_part(picture, output), picture::fill(output, place.size()));
            Some(strip::still(place, slot == FrameSlot::First, texture.id(), part))
        });
    strip::empty(ui.painter(), &theme, rect, stills);
}

/// The part `inner` of the part `outer`, both in shares.
fn within(outer: Rect, inner: Rect) -> Rect {
    Rect::from_min_size(outer.min + inner.min.to_vec2() * outer.size(), outer.size() * inner.size())
}

/// What Generate will bring.
fn promise(ui: &mut Ui, cx: &UiContext<'_>, rect: Rect) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    let center = pos2(inner.left() + DISC / 2.0, rect.center().y);
    ui.painter().circle_filled(center, DISC / 2.0, p.control);
    Icon::PLAY.paint(ui.painter(), center, 18.0, p.disabled);
    let frames = cx.state.model().frame_count(cx.state.draft.settings.duration);
    let words = inner.with_min_x(inner.left() + DISC + space::GROUP);
    two_lines(
        ui,
        words,
        &format!("{frames} frames to fill in"),
        "Press Generate and the strip fills as the clip arrives.",
        p.muted,
    );
}

fn footer(ui: &mut Ui, cx: &UiContext<'_>, rect: Rect) {
    let theme = Theme::of(ui.ctx());
    regions::rule_above(ui, rect);
    let Some(output) = cx.state.output() else { return };
    let headline = format!("Output is {} at {output}", cx.state.draft.settings.ratio);
    let inner = rect.shrink2(vec2(PADDING, 0.0));
    two_lines(ui, inner, &headline, &losses(cx, output), theme.palette.muted);
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

/// What is cut from the pictures, and what is still missing.
fn losses(cx: &UiContext<'_>, output: Size) -> String {
    let draft = &cx.state.draft;
    if draft.first.is_empty() {
        return "Add a first frame to say where the clip starts.".to_owned();
    }
    let mut sentences = Vec::new();
    for slot in FrameSlot::BOTH {
        if let Some(picture) = draft.frame(slot).picture() {
            sentences.extend(loss(slot, picture, output));
        }
    }
    if draft.last.is_empty() && cx.state.model().request.last_image_key.is_some() {
        sentences.push("Add a last frame to say where the clip ends.".to_owned());
    } else if sentences.is_empty() && draft.first.picture().is_some() {
        sentences.push("Both frames are used whole.".to_owned());
    }
    sentences.join(" ")
}

/// "The last frame loses 12.5% at the top and at the bottom."
fn loss(slot: FrameSlot, picture: &Picture, output: Size) -> Option<String> {
    let (crop, size) = (picture.crop_for(output), picture.facts.size);
    if !crop.is_noticeable(size) {
        return None;
    }
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1)) * 100.0;
    let right = size.width.saturating_sub(crop.x + crop.width);
    let below = size.height.saturating_sub(crop.y + crop.height);
    let mut edges = Vec::new();
    for (edge, cut) in [
        ("at the top", share(crop.y, size.height)),
        ("at the bottom", share(below, size.height)),
        ("on the left", share(crop.x, size.width)),
        ("on the right", share(right, size.width)),
    ] {
        if cut >= 0.05 {
            edges.push((percent(cut), edge));
        }
    }
    let said = match edges.as_slice() {
        [(one, near), (other, far)] if one == other => format!("{one} {near} and {far}"),
        more => more.iter().map(|(cut, edge)| format!("{cut} {edge}")).collect::<Vec<_>>().join(" and "),
    };
    Some(format!("The {slot} frame loses {said}."))
}

/// One decimal, and none where it is zero: "12.5%", "12%".
fn percent(value: f64) -> String {
    let text = format!("{value:.1}");
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::draft::PictureSource;
    use crate::domain::frame::{Crop, PictureFacts, PictureFormat};

    fn picture(width: u32, height: u32) -> Picture {
        let facts = PictureFacts { format: PictureFormat::Png, size: Size::new(width, height), bytes: 1 };
        Picture::new(PictureSource::Url("https://example.org/a.png".into()), facts, false, [0; 32])
    }

    #[test]
    fn what_is_cut_is_said_edge_by_edge() {
        let output = Size::new(1600, 900);
        let said = |picture: &Picture| loss(FrameSlot::Last, picture, output);
        assert_eq!(said(&picture(4000, 3000)).unwrap(), "The last frame loses 12.5% at the top and at the bottom.");
        assert_eq!(said(&picture(1000, 450)).unwrap(), "The last frame loses 10% on the left and on the right.");
        assert_eq!(said(&picture(1600, 900)), None);
        let mut moved = picture(4000, 3000);
        moved.accepted_crop = Some((Crop { x: 0, y: 150, width: 4000, height: 2250 }, output));
        assert_eq!(said(&moved).unwrap(), "The last frame loses 5% at the top and 20% at the bottom.");
    }

    #[test]
    fn a_part_of_a_part_lies_inside_it() {
        let outer = Rect::from_min_max(pos2(0.0, 0.2), pos2(1.0, 0.8));
        let inner = Rect::from_min_max(pos2(0.25, 0.0), pos2(0.75, 0.5));
        let part = within(outer, inner);
        assert!((part.min - pos2(0.25, 0.2)).length() < 1e-6 && (part.max - pos2(0.75, 0.5)).length() < 1e-6);
    }
}
