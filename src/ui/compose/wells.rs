//! The two wells: label, picture, facts, and the button that swaps them.

use egui::{
    Color32, CornerRadius, Id, Painter, PointerButton, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::{slot_color, sources, spoken};
use crate::domain::advisory::Advisory;
use crate::domain::draft::{Backdrop, FrameChoice, Picture};
use crate::domain::frame::{FrameSlot, format_bytes, ratio_label};
use crate::domain::model::Size;
use crate::state::{Action, Command, Fix};
use crate::ui::UiContext;
use crate::ui::crop::{CropChange, CropEditor};
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::{radius, size, space, stroke};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{
    Dash, Feel, IconButton, KeyLook, MetaChip, Severity, dashed_rect, focus_ring, key_cap_width, paint_key_cap,
    skeleton,
};

const GAP: f32 = 12.0;
/// The label row and the gap below it.
const LABEL: f32 = 16.0 + space::S;
const SWAP: f32 = 30.0;
const SWAP_RING: f32 = 3.0;
const SWAP_GLYPH: f32 = 14.0;
/// Height ÷ width of a well's picture.
const SHAPE: f32 = 135.0 / 177.0;
const SHAPE_NARROW: f32 = 102.0 / 137.0;
const HIGHEST: f32 = 135.0;

/// Paints both wells and returns where their pictures lie.
pub fn ui(ui: &mut Ui, cx: &mut UiContext<'_>) -> [Rect; 2] {
    let theme = Theme::of(ui.ctx());
    let room = ui.available_width();
    let width = (room - GAP) / 2.0;
    let height = if cx.narrow { (width * SHAPE_NARROW).round().clamp(102.0, HIGHEST) } else { (width * SHAPE).round() };
    let top = ui.cursor().min;
    let total = LABEL + height + space::S + size::CHIP;
    let (whole, _) = ui.allocate_exact_size(vec2(room, total), Sense::hover());
    let wells = FrameSlot::BOTH.map(|slot| {
        let left = if slot == FrameSlot::First { top.x } else { top.x + width + GAP };
        let label = Rect::from_min_size(pos2(left, top.y), vec2(width, LABEL - space::S));
        let picture = Rect::from_min_size(pos2(left, top.y + LABEL), vec2(width, height));
        label_row(ui, &theme, label, slot, cx);
        well(ui, &theme, picture, slot, cx);
        let below = Rect::from_min_size(pos2(left, picture.bottom() + space::S), vec2(width, size::CHIP));
        under(ui, &theme, below, slot, cx);
        picture
    });
    swap(ui, &theme, pos2(whole.center().x, wells[0].center().y), cx);
    wells
}

fn label_row(ui: &mut Ui, theme: &Theme, rect: Rect, slot: FrameSlot, cx: &mut UiContext<'_>) {
    let p = &theme.palette;
    let dot = Rect::from_center_size(pos2(rect.left() + 4.0, rect.center().y), vec2(8.0, 8.0));
    ui.painter().rect_filled(dot, CornerRadius::same(2), slot_color(theme, slot));
    let title = Type::SmallMedium.line(ui.painter(), slot.title(), p.text2);
    ui.painter().galley(pos2(rect.left() + 14.0, rect.center().y - title.size().y / 2.0), title, p.text2);
    let choice = cx.state.draft.frame(slot);
    let place = |index: f32| {
        let middle = pos2(rect.right() - 7.0 - index * size::ICON_BUTTON_WELL, rect.center().y);
        Rect::from_center_size(middle, vec2(size::ICON_BUTTON_WELL, size::ICON_BUTTON_WELL))
    };
    if !choice.is_empty() {
        let name = words!("well-remove", slot = slot.word());
        if IconButton::new(Icon::CLOSE, &name).tiny().put(ui, place(0.0)).clicked() {
            cx.send(Command::RemoveFrame(slot));
        }
    }
    if choice.picture().is_some() {
        let name = words!("well-adjust", slot = slot.word());
        if IconButton::new(Icon::CROP, &name).tiny().tooltip(&words!("adjust-crop")).put(ui, place(1.0)).clicked() {
            cx.send(Command::Fix(Fix::AdjustCrop(slot)));
        }
    }
    if choice.is_empty() {
        let word = if slot == FrameSlot::First { words!("well-required") } else { words!("well-optional") };
        let word = Type::Small.line(ui.painter(), word, p.muted);
        let at = pos2(rect.right() - word.size().x, rect.center().y - word.size().y / 2.0);
        ui.painter().galley(at, word, p.muted);
    } else {
        let well = Rect::from_min_size(rect.min, vec2(rect.width(), LABEL + HIGHEST));
        let shown = ui.rect_contains_pointer(well) || focused(ui.ctx()) == Some(slot);
        more(ui, place(2.0), slot, shown, cx);
    }
}

/// A well's identity.
fn id(slot: FrameSlot) -> Id {
    Id::unique(("well", slot))
}

/// The well that has the keyboard.
pub fn focused(ctx: &egui::Context) -> Option<FrameSlot> {
    let focus = ctx.memory(egui::Memory::focused)?;
    FrameSlot::BOTH.into_iter().find(|slot| id(*slot) == focus)
}

/// How a well looks when it is not right.
fn severity(cx: &UiContext<'_>, slot: FrameSlot) -> (Severity, Vec<String>) {
    let model = cx.state.model();
    match cx.state.draft.frame(slot) {
        FrameChoice::Unreadable { .. } => (Severity::Error, Vec::new()),
        FrameChoice::Ready(picture) => {
            let broken = picture.facts.violations(&model.picture);
            if !broken.is_empty() {
                return (Severity::Error, broken.iter().map(ToString::to_string).collect());
            }
            let words: Vec<_> = cx.state.advisories().into_iter().filter(|found| found.slot() == slot).collect();
            let amber = words.iter().any(|found| !matches!(found, Advisory::SamePicture));
            let severity = if amber { Severity::Warning } else { Severity::Plain };
            (severity, words.iter().map(ToString::to_string).collect())
        }
        _ => (Severity::Plain, Vec::new()),
    }
}

/// The model takes no last frame. One that is there all the same is shown, to be taken away.
fn is_disabled(cx: &UiContext<'_>, slot: FrameSlot) -> bool {
    slot == FrameSlot::Last
        && cx.state.model().request.last_image_key.is_none()
        && cx.state.draft.frame(slot).is_empty()
}

pub(super) fn none(ui: &Ui, theme: &Theme, rect: Rect, slot: FrameSlot) {
    let none = words!("well-none");
    let p = &theme.palette;
    let response = ui.interact(rect, id(slot), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, false, spoken::well_name(slot)));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(none.as_str()));
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect(rect, corner, p.panel, Theme::hairline(p.line), StrokeKind::Inside);
    Icon::IMAGE_PLACE.paint(ui.painter(), rect.center() - vec2(0.0, 11.0), 22.0, p.disabled);
    let words = Type::BodyMedium.line_within(ui.painter(), &none, p.muted, rect.width() - 16.0);
    ui.painter().galley(rect.center() + vec2(-words.size().x / 2.0, 6.0), words, p.muted);
}

fn well(ui: &mut Ui, theme: &Theme, rect: Rect, slot: FrameSlot, cx: &mut UiContext<'_>) {
    if is_disabled(cx, slot) {
        return none(ui, theme, rect, slot);
    }
    let sense = if cx.state.draft.frame(slot).picture().is_some() { Sense::click_and_drag() } else { Sense::click() };
    let response = ui.interact(rect, id(slot), sense);
    let (severity, warnings) = severity(cx, slot);
    let choice = cx.state.draft.frame(slot);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken::well_name(slot)));
    let spoken = spoken::well_value(choice, &warnings);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        // Linux's screen readers get no value of a button, but its description.
        node.set_description(spoken.clone());
        node.set_value(spoken);
    });
    match choice {
        FrameChoice::Empty => empty(ui, theme, rect, slot, &response, cx.state.takes_drops),
        FrameChoice::Reading { facts: None, .. } => skeleton(ui, rect, &words!("reading")),
        FrameChoice::Reading { facts: Some(facts), .. } => {
            // The header is known: the well takes the picture's shape before its pixels are there.
            let p = &theme.palette;
            ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), p.raised);
            skeleton(ui, contained(rect.shrink(1.0), facts.size), &words!("reading"));
        }
        FrameChoice::Unreadable { source, .. } => unreadable(ui, theme, rect, &source.name()),
        FrameChoice::Address { url } => address(ui, theme, rect, url),
        FrameChoice::Ready(picture) => loaded(ui, theme, rect, slot, picture, &response, cx),
    }
    if severity == Severity::Error {
        let edge = Theme::hairline(theme.palette.error);
        ui.painter().rect_stroke(rect, CornerRadius::same(radius::CONTROL), edge, StrokeKind::Inside);
    }
    if response.has_focus() {
        focus_ring(ui.painter(), rect, radius::CONTROL, theme);
    }
    if let Some(command) = pressed(&response, cx, slot) {
        cx.send(command);
    }
}

/// A press on an empty well chooses a picture. On a loaded one the pointer works on the crop, and the keyboard's press
/// opens its large view.
fn pressed(response: &Response, cx: &UiContext<'_>, slot: FrameSlot) -> Option<Command> {
    if !response.clicked() {
        return None;
    }
    if cx.state.draft.frame(slot).picture().is_none() {
        return Some(Command::ChooseFrame(slot));
    }
    let by_pointer = response.clicked_by(PointerButton::Primary);
    (!by_pointer).then_some(Command::Fix(Fix::AdjustCrop(slot)))
}

fn empty(ui: &Ui, theme: &Theme, rect: Rect, slot: FrameSlot, response: &Response, takes_drops: bool) {
    let p = &theme.palette;
    let feel = Feel::of(ui, response, theme);
    let ground = feel.fill(p.raised, p.control, p.control);
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), ground);
    let edge = if slot == FrameSlot::First { p.strong } else { p.stroke };
    let line = Stroke::new(stroke::DASH, feel.fill(edge, p.text2, p.text2));
    dashed_rect(ui.painter(), rect, f32::from(radius::CONTROL), line, Dash::default());
    let (first, second) = match slot {
        FrameSlot::First if takes_drops => (words!("well-drop"), words!("well-formats")),
        FrameSlot::First => (words!("well-paste"), words!("well-formats")),
        FrameSlot::Last => (words!("well-add-last"), words!("well-clip-ends")),
    };
    words(ui.painter(), theme, rect, (Icon::IMAGE_PLACE, GLYPH), p.muted, &first, &second);
}

/// The icon of a well without a picture.
const GLYPH: f32 = 22.0;

/// An icon of this size over two lines, in the middle.
fn words(painter: &Painter, theme: &Theme, rect: Rect, icon: (Icon, f32), ink: Color32, first: &str, second: &str) {
    const LINE: f32 = 16.0;
    let p = &theme.palette;
    let (icon, glyph) = icon;
    let lower = (glyph - GLYPH) / 2.0;
    // On a frame's own soft colour a caption needs more ink.
    let quiet = if lower > 0.0 { p.text2 } else { p.muted };
    let first = Type::BodyMedium.line_within(painter, first, p.text, rect.width() - 16.0);
    let second = Type::Small.lines(painter, second, quiet, rect.width() - 20.0);
    // What is longer than two lines grows downwards: icons and titles of two wells stand in line.
    let middle = rect.center();
    icon.paint(painter, middle - vec2(0.0, 19.5), glyph, ink);
    painter.galley(pos2(middle.x - first.size().x / 2.0, middle.y - 2.0 + lower), first, p.text);
    // Lines of a wrapped text are centred one by one.
    let mut y = middle.y + 15.0 + lower;
    for row in &second.rows {
        let text = row.text();
        let line = Type::Small.line(painter, text.trim(), quiet);
        painter.galley(pos2(middle.x - line.size().x / 2.0, y), line, quiet);
        y += LINE;
    }
}

fn unreadable(ui: &Ui, theme: &Theme, rect: Rect, name: &str) {
    let p = &theme.palette;
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), p.raised);
    words(ui.painter(), theme, rect, (Icon::IMAGE_PLACE, GLYPH), p.error, name, &words!("well-unreadable"));
}

/// The colour behind a see-through picture.
pub fn ground(theme: &Theme, picture: &Picture) -> Color32 {
    match picture.backdrop.unwrap_or_default() {
        Backdrop::Black => theme.palette.behind_black,
        Backdrop::White => theme.palette.behind_white,
    }
}

/// An address the host will fetch: there is nothing to see yet.
fn address(ui: &Ui, theme: &Theme, rect: Rect, url: &str) {
    let p = &theme.palette;
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect(rect, corner, p.raised, Theme::hairline(p.stroke), StrokeKind::Inside);
    let host = url.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(url);
    words(ui.painter(), theme, rect, (Icon::LINK, GLYPH), p.muted, host, &words!("well-address"));
}

fn loaded(
    ui: &Ui,
    theme: &Theme,
    rect: Rect,
    slot: FrameSlot,
    picture: &Picture,
    response: &Response,
    cx: &mut UiContext<'_>,
) {
    let p = &theme.palette;
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect(rect, corner, p.raised, Theme::hairline(p.stroke), StrokeKind::Inside);
    let shown = contained(rect.shrink(1.0), picture.facts.size);
    let corners = if shown.height() > rect.height() - 4.0 { corner } else { CornerRadius::ZERO };
    if let Some(preview) = cx.state.previews.get(slot) {
        let texture = cx.textures.get(ui.ctx(), preview);
        if picture.transparent {
            // Seen as it is sent: on the colour that will be behind it.
            ui.painter().rect_filled(shown, corners, ground(theme, picture));
        }
        egui::Image::new((texture.id(), shown.size())).corner_radius(corners).paint_at(ui, shown);
    }
    let Some(output) = cx.state.output().filter(|_| !cx.state.draft.send_original) else { return };
    let editor = CropEditor { shown, corners, picture: picture.facts.size, crop: picture.crop_for(output), output };
    // A press gives the crop the keyboard: the arrows nudge it from there.
    if response.clicked_by(PointerButton::Primary) {
        response.request_focus();
    }
    let busy = response.dragged() || response.has_focus();
    if busy || response.hovered() || editor.crop.is_noticeable(picture.facts.size) {
        editor.paint(ui, busy);
    }
    match editor.change(ui, response) {
        Some(CropChange::Set(crop)) => cx.send(Command::Fix(Fix::SetCrop(slot, crop))),
        Some(CropChange::Reset) => cx.send(Command::Fix(Fix::ResetCrop(slot))),
        None => {}
    }
}

/// The largest rectangle of a size's ratio inside `rect`, in its middle.
pub fn contained(rect: Rect, size: Size) -> Rect {
    let ratio = size.ratio() as f32;
    let fitted = if ratio > rect.aspect_ratio() {
        vec2(rect.width(), rect.width() / ratio)
    } else {
        vec2(rect.height() * ratio, rect.height())
    };
    Rect::from_center_size(rect.center(), fitted)
}

/// What stands below a well: its shortcut and other ways to choose a picture while it is empty, else its facts.
fn under(ui: &mut Ui, theme: &Theme, rect: Rect, slot: FrameSlot, cx: &mut UiContext<'_>) {
    if is_disabled(cx, slot) || (cx.state.draft.frame(slot).is_empty() && is_dragged_over(ui)) {
        return;
    }
    facts_or_keys(ui, theme, rect, slot, cx);
    if cx.state.draft.frame(slot).is_empty() {
        more(ui, rect.with_min_x(rect.right() - size::ICON_BUTTON_WELL), slot, true, cx);
    }
}

/// Other ways to choose a picture. On a loaded well they show while the pointer or the keyboard is there.
fn more(ui: &mut Ui, place: Rect, slot: FrameSlot, shown: bool, cx: &mut UiContext<'_>) {
    let name = words!("well-more", slot = slot.word());
    let seen = ui.scope_id().with(("more", slot));
    let focused = ui.data(|data| data.get_temp::<bool>(seen)).unwrap_or(false);
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("more", slot)));
    if !shown && !focused {
        child.set_opacity(0.0);
    }
    let more = IconButton::new(Icon::MORE, &name).tiny().tooltip(&words!("well-more-tip")).put(&mut child, place);
    if more.has_focus() != focused {
        ui.data_mut(|data| data.insert_temp(seen, !focused));
    }
    sources::menu(ui, &more, slot, cx);
}

/// A file hangs over the window: what it covers is not there to be pressed.
fn is_dragged_over(ui: &Ui) -> bool {
    ui.input(|input| !input.raw.hovered_files.is_empty())
}

fn facts_or_keys(ui: &mut Ui, theme: &Theme, rect: Rect, slot: FrameSlot, cx: &UiContext<'_>) {
    let choice = cx.state.draft.frame(slot);
    if let Some(facts) = choice.facts() {
        let ratio = ratio_label(facts.size);
        let text = if cx.narrow {
            format!("{} · {ratio}", facts.size)
        } else {
            format!("{} · {ratio} · {}", facts.size, format_bytes(facts.bytes))
        };
        let chip = MetaChip::new(&text, severity(cx, slot).0, rect.width());
        ui.new_child(UiBuilder::new().max_rect(rect)).add(chip);
    } else if choice.is_empty() {
        let action = if slot == FrameSlot::First { Action::ChooseFirst } else { Action::ChooseLast };
        let Some(keys) = action.shortcut().map(|shortcut| shortcut.text(cfg!(target_os = "macos"))) else { return };
        let right = rect.center().x + key_cap_width(ui.painter(), &keys) / 2.0;
        paint_key_cap(ui.painter(), theme, pos2(right, rect.center().y), &keys, KeyLook::Outline);
    }
}

fn swap(ui: &mut Ui, theme: &Theme, middle: egui::Pos2, cx: &mut UiContext<'_>) {
    if is_dragged_over(ui) {
        return;
    }
    let p = &theme.palette;
    ui.painter().circle_filled(middle, SWAP / 2.0 + SWAP_RING, p.panel);
    ui.painter().circle_filled(middle, SWAP / 2.0, p.control);
    let place = Rect::from_center_size(middle, vec2(SWAP, SWAP));
    let (name, tip) = (words!("well-swap"), words!("well-swap-tip"));
    let button = IconButton::new(Icon::SWAP, &name)
        .sizes(SWAP, SWAP_GLYPH)
        .tooltip(&tip)
        .enabled(Action::SwapFrames.is_available(cx.state));
    if button.put(ui, place).clicked() {
        cx.act(Action::SwapFrames);
    }
}

/// How a well looks while a file hangs over it.
pub fn paint_drop_target(painter: &Painter, theme: &Theme, rect: Rect, slot: FrameSlot, replaces: bool, lit: bool) {
    let p = &theme.palette;
    let corner = CornerRadius::same(radius::CONTROL);
    let color = slot_color(theme, slot);
    let soft = if slot == FrameSlot::First { p.first_soft } else { p.last_soft };
    if replaces {
        painter.rect_filled(rect, corner, p.replace_dim);
        let density = painter.pixels_per_point();
        let width = if lit { 2.0 } else { (1.5 * density).floor() / density };
        painter.rect_stroke(rect, corner, Stroke::new(width, color), StrokeKind::Inside);
        Icon::REPLACE.paint(painter, rect.center() - vec2(0.0, 12.0), 20.0, p.on_picture);
        let text = Type::BodyMedium.line(painter, words!("well-replace", slot = slot.word()), p.on_picture);
        painter.galley(rect.center() + vec2(-text.size().x / 2.0, 6.0), text, p.on_picture);
        return;
    }
    painter.rect_filled(rect, corner, if lit { soft } else { p.raised });
    let edge = Stroke::new(if lit { 2.0 } else { 1.0 }, color);
    painter.rect_stroke(rect, corner, edge, StrokeKind::Inside);
    let (first, second) = match slot {
        FrameSlot::First => (words!("well-drop-first"), words!("well-starts-here")),
        FrameSlot::Last => (words!("well-drop-last"), words!("well-ends-here")),
    };
    words(painter, theme, rect, (Icon::DOWNLOADING, 26.0), color, &first, &second);
}
