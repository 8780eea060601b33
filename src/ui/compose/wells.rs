//! The two wells: label, picture, facts, and the button that swaps them.

use egui::{
    Color32, CornerRadius, Id, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::{slot_color, spoken};
use crate::domain::draft::{Advisory, FrameChoice, Picture};
use crate::domain::frame::{FrameSlot, Preview, format_bytes, ratio_label};
use crate::domain::model::Size;
use crate::state::{Action, Command};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::{radius, size, space, stroke};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{
    Dash, Feel, IconButton, KeyLook, MetaChip, Severity, dashed_rect, focus_ring, key_cap_width, paint_key_cap,
    skeleton,
};

const GAP: f32 = 12.0;
const LABEL: f32 = 24.0;
const SWAP: f32 = 30.0;
const SWAP_RING: f32 = 3.0;
/// Height ÷ width of a well's picture.
const SHAPE: f32 = 135.0 / 178.0;

/// Paints both wells and returns where their pictures lie.
pub fn ui(ui: &mut Ui, cx: &mut UiContext<'_>) -> [Rect; 2] {
    let theme = Theme::of(ui.ctx());
    let room = ui.available_width();
    let width = (room - GAP) / 2.0;
    let height = if cx.narrow { 102.0 } else { (width * SHAPE).round() };
    let top = ui.cursor().min;
    let total = LABEL + height + space::S + size::CHIP;
    let (whole, _) = ui.allocate_exact_size(vec2(room, total), Sense::hover());
    let wells = FrameSlot::BOTH.map(|slot| {
        let left = if slot == FrameSlot::First { top.x } else { top.x + width + GAP };
        let label = Rect::from_min_size(pos2(left, top.y), vec2(width, LABEL));
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
    if choice.is_empty() {
        let word = if slot == FrameSlot::First { "Required" } else { "Optional" };
        let word = Type::Small.line(ui.painter(), word, p.muted);
        let at = pos2(rect.right() - word.size().x, rect.center().y - word.size().y / 2.0);
        ui.painter().galley(at, word, p.muted);
        return;
    }
    let name = format!("Remove {slot} frame");
    let place = Rect::from_center_size(pos2(rect.right() - 9.0, rect.center().y), vec2(24.0, 24.0));
    if IconButton::new(Icon::CLOSE, &name).tiny().put(ui, place).clicked() {
        cx.send(Command::RemoveFrame(slot));
    }
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

fn well(ui: &mut Ui, theme: &Theme, rect: Rect, slot: FrameSlot, cx: &mut UiContext<'_>) {
    let response = ui.interact(rect, Id::unique(("well", slot)), Sense::click());
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
        FrameChoice::Empty => empty(ui, theme, rect, slot, &response),
        FrameChoice::Reading { .. } => skeleton(ui, rect, "Reading…"),
        FrameChoice::Unreadable { name, .. } => unreadable(ui, theme, rect, name),
        FrameChoice::Ready(picture) => {
            let preview = cx.state.previews.get(slot).cloned();
            let output = cx.state.output();
            loaded(ui, theme, rect, picture, preview.as_ref(), output, cx.textures);
        }
    }
    if severity == Severity::Error {
        let edge = Theme::hairline(theme.palette.error);
        ui.painter().rect_stroke(rect, CornerRadius::same(radius::CONTROL), edge, StrokeKind::Inside);
    }
    if response.has_focus() {
        focus_ring(ui.painter(), rect, radius::CONTROL, theme);
    }
    if response.clicked() {
        cx.send(Command::ChooseFrame(slot));
    }
}

fn empty(ui: &Ui, theme: &Theme, rect: Rect, slot: FrameSlot, response: &Response) {
    let p = &theme.palette;
    let feel = Feel::of(ui, response, theme);
    let ground = feel.fill(p.raised, p.control, p.control);
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), ground);
    let edge = if slot == FrameSlot::First { p.strong } else { p.stroke };
    let line = Stroke::new(stroke::DASH, feel.fill(edge, p.text2, p.text2));
    dashed_rect(ui.painter(), rect, f32::from(radius::CONTROL), line, Dash::default());
    let (first, second) = match slot {
        FrameSlot::First => ("Drop or choose", "JPEG, PNG, WebP, BMP, TIFF, GIF"),
        FrameSlot::Last => ("Add a last frame", "Where the clip ends"),
    };
    words(ui.painter(), theme, rect, Icon::IMAGE, p.muted, first, second);
}

/// An icon over two lines, in the middle.
fn words(painter: &Painter, theme: &Theme, rect: Rect, icon: Icon, ink: Color32, first: &str, second: &str) {
    let p = &theme.palette;
    let middle = rect.center();
    icon.paint(painter, middle - vec2(0.0, 22.0), 22.0, ink);
    let first = Type::BodyMedium.line_within(painter, first, p.text, rect.width() - 16.0);
    let second = Type::Small.lines(painter, second, p.muted, rect.width() - 20.0);
    painter.galley(pos2(middle.x - first.size().x / 2.0, middle.y - 4.0), first, p.text);
    // Lines of a wrapped text are centred one by one.
    let mut y = middle.y + 13.0;
    for row in &second.rows {
        let text = row.text();
        let line = Type::Small.line(painter, text.trim(), p.muted);
        painter.galley(pos2(middle.x - line.size().x / 2.0, y), line, p.muted);
        y += 15.0;
    }
}

fn unreadable(ui: &Ui, theme: &Theme, rect: Rect, name: &str) {
    let p = &theme.palette;
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), p.raised);
    words(ui.painter(), theme, rect, Icon::IMAGE, p.error, name, "Not readable");
}

fn loaded(
    ui: &Ui,
    theme: &Theme,
    rect: Rect,
    picture: &Picture,
    preview: Option<&Preview>,
    output: Option<Size>,
    textures: &mut crate::ui::Textures,
) {
    let p = &theme.palette;
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect(rect, corner, p.raised, Theme::hairline(p.stroke), StrokeKind::Inside);
    let shown = contained(rect.shrink(1.0), picture.facts.size);
    if let Some(preview) = preview {
        let texture = textures.get(ui.ctx(), preview);
        let corner = if shown.height() > rect.height() - 4.0 { corner } else { CornerRadius::ZERO };
        egui::Image::new((texture.id(), shown.size())).corner_radius(corner).paint_at(ui, shown);
    }
    if let Some(output) = output {
        crop(ui.painter(), theme, shown, picture, output);
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

/// Shows what the output cuts away, where it is enough to be seen.
fn crop(painter: &Painter, theme: &Theme, shown: Rect, picture: &Picture, output: Size) {
    let crop = picture.crop_for(output);
    if !crop.is_noticeable(picture.facts.size) {
        return;
    }
    let p = &theme.palette;
    let scale = shown.width() / picture.facts.size.width as f32;
    let kept = Rect::from_min_size(
        shown.min + vec2(crop.x as f32, crop.y as f32) * scale,
        vec2(crop.width as f32, crop.height as f32) * scale,
    );
    let (min, max) = (shown.min, shown.max);
    for cut in [
        Rect::from_min_max(min, pos2(max.x, kept.top())),
        Rect::from_min_max(pos2(min.x, kept.bottom()), max),
        Rect::from_min_max(pos2(min.x, kept.top()), kept.left_bottom()),
        Rect::from_min_max(kept.right_top(), pos2(max.x, kept.bottom())),
    ] {
        painter.rect_filled(cut, 0.0, p.crop_dim);
    }
    painter.rect_stroke(kept, 0.0, Stroke::new(1.0, p.on_picture), StrokeKind::Inside);
    for (corner, x, y) in [
        (kept.left_top(), 1.0, 1.0),
        (kept.right_top(), -1.0, 1.0),
        (kept.left_bottom(), 1.0, -1.0),
        (kept.right_bottom(), -1.0, -1.0),
    ] {
        let mark = |size: egui::Vec2| Rect::from_two_pos(corner, corner + vec2(size.x * x, size.y * y));
        painter.rect_filled(mark(vec2(12.0, 3.0)), 0.0, p.on_picture);
        painter.rect_filled(mark(vec2(3.0, 12.0)), 0.0, p.on_picture);
    }
}

/// What stands below a well: its shortcut while it is empty, else the picture's facts.
fn under(ui: &mut Ui, theme: &Theme, rect: Rect, slot: FrameSlot, cx: &UiContext<'_>) {
    let choice = cx.state.draft.frame(slot);
    if let FrameChoice::Ready(picture) = choice {
        let facts = &picture.facts;
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
    let p = &theme.palette;
    ui.painter().circle_filled(middle, SWAP / 2.0 + SWAP_RING, p.panel);
    ui.painter().circle_filled(middle, SWAP / 2.0, p.control);
    let place = Rect::from_center_size(middle, vec2(SWAP, SWAP));
    let button = IconButton::new(Icon::SWAP, "Swap first and last frame")
        .sizes(SWAP, size::GLYPH_BUTTON)
        .tooltip("Swap frames")
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
        let width = if lit { 2.0 } else { 1.5 };
        painter.rect_stroke(rect, corner, Stroke::new(width, color), StrokeKind::Inside);
        Icon::REPLACE.paint(painter, rect.center() - vec2(0.0, 12.0), 20.0, p.on_picture);
        let text = Type::BodyMedium.line(painter, format!("Replace {slot} frame"), p.on_picture);
        painter.galley(rect.center() + vec2(-text.size().x / 2.0, 6.0), text, p.on_picture);
        return;
    }
    painter.rect_filled(rect, corner, if lit { soft } else { p.raised });
    let edge = Stroke::new(if lit { 2.0 } else { 1.0 }, color);
    painter.rect_stroke(rect, corner, edge, StrokeKind::Inside);
    let (first, second) = match slot {
        FrameSlot::First => ("Drop as first frame", "The clip starts here"),
        FrameSlot::Last => ("Drop as last frame", "The clip ends here"),
    };
    words(painter, theme, rect, Icon::DOWNLOADING, color, first, second);
}
