//! Many first frames with the same settings: the list, one price, one confirmation.

use egui::{Align, Frame, Label, Layout, Margin, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::UiContext;
use super::icons::Icon;
use super::sheet;
use super::stage::picture;
use super::theme::metrics::{radius, size, space};
use super::theme::{Theme, Type};
use super::widgets::{Button, IconButton, Note};
use crate::domain::draft::FrameChoice;
use crate::domain::price::Price;
use crate::state::batch::{Item, MOST_PICTURES, Offer};
use crate::state::{BatchCommand, Command};

const ROW: f32 = 58.0;
const POSTER: egui::Vec2 = vec2(80.0, 46.0);
const FOOTER: f32 = 60.0;

pub fn ui(ui: &Ui, cx: &mut UiContext<'_>) {
    let Some((batch, offer)) = cx.state.batch.as_ref().zip(cx.state.batch_offer()) else { return };
    let width = sheet::width(ui.ctx());
    let mut asked = None;
    let title = words!("batch-title", count = batch.items.len());
    let reason = cx.state.blocked_by_host();
    let ready = !batch.is_reading() && offer.clips > 0 && reason.is_none();
    let closed = sheet::show(
        ui,
        &title,
        width,
        |ui| asked = footer(ui, &offer, ready, reason.as_deref(), batch.is_reading()),
        |ui| {
            caption(ui, batch.left_out, cx);
            if let Some(over_cap) = &offer.over_cap {
                indented(ui, |ui| Note::warning(&over_cap.to_string(), &[]).show(ui));
            }
            for (index, (item, order)) in batch.items.iter().zip(&offer.orders).enumerate() {
                if row(ui, width, item, order.as_ref().err().map(String::as_str), cx) {
                    cx.send(Command::Batch(BatchCommand::Remove(index)));
                }
            }
        },
    );
    match asked {
        Some(command) => cx.send(Command::Batch(command)),
        None if closed => cx.send(Command::Batch(BatchCommand::Cancel)),
        None => {}
    }
}

fn caption(ui: &mut Ui, left_out: usize, cx: &UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let last = if cx.state.draft.last.is_empty() { "no" } else { "yes" };
    let words = words!("batch-caption", last = last);
    let words = match left_out {
        0 => words,
        more => words!("sentences", one = words, two = words!("batch-left-out", count = more, most = MOST_PICTURES),),
    };
    indented(ui, |ui| ui.add(Label::new(Type::Small.rich(words, theme.palette.muted)).wrap()));
}

/// In line with the rows.
fn indented<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) {
    let margin = Margin { left: space::SECTION as i8, right: space::SECTION as i8, top: 12, bottom: 6 };
    Frame::new().inner_margin(margin).show(ui, add);
}

/// One picture; whether it was taken out.
fn row(ui: &mut Ui, width: f32, item: &Item, trouble: Option<&str>, cx: &mut UiContext<'_>) -> bool {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    let inner = rect.shrink2(vec2(space::SECTION, 0.0));
    let poster = Rect::from_min_size(pos2(inner.left(), rect.center().y - POSTER.y / 2.0), POSTER);
    picture::poster(ui.painter(), cx, poster, item.preview.as_ref(), radius::SMALL);
    let name = item.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let words = Rect::from_min_max(pos2(poster.right() + space::XL, inner.top()), inner.max - vec2(40.0, 0.0));
    let line = Type::BodyMedium.line_within(ui.painter(), &name, p.text, words.width());
    ui.painter().galley(pos2(words.left(), words.center().y - 18.0), line, p.text);
    let (under, color) = match (&item.choice, trouble) {
        (FrameChoice::Reading { .. }, _) => (words!("reading"), p.muted),
        (_, Some(trouble)) => (words!("batch-trouble", reason = trouble), p.error),
        (choice, None) => (choice.facts().map_or_else(String::new, |facts| facts.size.to_string()), p.muted),
    };
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Label, true, words!("batch-row-spoken", name = name.as_str(), fact = under.as_str()))
    });
    let under = Type::Small.line_within(ui.painter(), &under, color, words.width());
    ui.painter().galley(pos2(words.left(), words.center().y + 2.0), under, color);
    let place = Rect::from_center_size(pos2(inner.right() - 14.0, rect.center().y), vec2(28.0, 28.0));
    let remove = words!("batch-take-out-named", name = name.as_str());
    IconButton::new(Icon::CLOSE, &remove).small().tooltip(&words!("batch-take-out")).put(ui, place).clicked()
}

fn footer(ui: &mut Ui, offer: &Offer, ready: bool, reason: Option<&str>, reading: bool) -> Option<BatchCommand> {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), FOOTER), Sense::hover());
    let inner = rect.shrink2(vec2(space::SECTION, 0.0));
    let count = offer.clips;
    let words = match (reason, reading, offer.price) {
        (Some(reason), _, _) => reason.to_owned(),
        (None, true, _) => words!("batch-reading"),
        (None, false, Price::About { total, .. }) => {
            words!("batch-about", count = count, amount = total.to_string())
        }
        (None, false, Price::Free) => words!("batch-free", count = count),
        (None, false, Price::Unknown) => words!("batch-price-unknown", count = count),
    };
    let mut left = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center)));
    left.label(Type::BodyStrong.rich(words, p.text));
    let mut right = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)));
    right.spacing_mut().item_spacing.x = space::M;
    let generate = words!("batch-generate", count = count);
    let button = Button::new(&generate).primary().width(size::BUTTON * 5.5).enabled(ready);
    if right.add(button).clicked() {
        return Some(BatchCommand::Generate);
    }
    right.add(Button::new(&words!("cancel"))).clicked().then_some(BatchCommand::Cancel)
}
