//! Nothing chosen yet: what to do first, and samples to try it with.

use egui::{CornerRadius, Label, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::regions::{self, PADDING};
use super::{headline, picture};
use crate::state::{Action, Command, SamplePair};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::{
    Theme, Type,
    metrics::{radius, size, space, stroke},
    mix,
};
use crate::ui::widgets::{Button, ButtonSize, Dash, Feel, bars, dashed_rect, focus_ring};

const ART: egui::Vec2 = vec2(418.0, 88.0);
const WELL: f32 = 150.0;
const BARS: f32 = 91.0;
const LEAD_WIDTH: f32 = 440.0;
const CARD: egui::Vec2 = vec2(190.0, 100.0);
const CARD_GAP: f32 = space::XL;
const FOOTER: f32 = 45.0;
const ABOVE_HEADLINE: f32 = 30.0;
const INVITATION: f32 = 28.0 + space::M + 42.0;
const ABOVE_BUTTONS: f32 = 22.0;
const ABOVE_SAMPLES: f32 = 56.0;
/// Art, headline, lead, buttons, caption and cards with the gaps between them.
const COLUMN: f32 =
    ART.y + ABOVE_HEADLINE + INVITATION + ABOVE_BUTTONS + size::BUTTON_ROOMY + ABOVE_SAMPLES + 16.0 + space::L + CARD.y;

/// The invitation to begin.
pub fn show(ui: &mut Ui, cx: &mut UiContext<'_>, panel: Rect) {
    let mut room = panel;
    if cx.state.host().free {
        footer(ui, regions::cut_bottom(&mut room, FOOTER));
    }
    let width = (CARD.x * 3.0 + CARD_GAP * 2.0).min(room.width() - 2.0 * PADDING);
    let column = regions::centred(room, vec2(width, COLUMN.min(room.height() - 2.0 * PADDING)));
    let mut room = column;
    art(ui, regions::cut_top(&mut room, ART.y));
    // A low stage has less room between its parts.
    let spare = (column.height() - COLUMN).min(0.0);
    regions::cut_top(&mut room, ABOVE_HEADLINE + spare * 0.2);
    invitation(ui, regions::cut_top(&mut room, INVITATION), cx.state.takes_drops);
    regions::cut_top(&mut room, ABOVE_BUTTONS + spare * 0.2);
    buttons(ui, cx, regions::cut_top(&mut room, size::BUTTON_ROOMY));
    regions::cut_top(&mut room, ABOVE_SAMPLES + spare * 0.6);
    samples(ui, cx, room);
}

fn art(ui: &Ui, row: Rect) {
    let theme = Theme::of(ui.ctx());
    let (p, painter) = (&theme.palette, ui.painter());
    let rect = regions::centred(row, ART);
    let dash = Dash { length: 4.0, gap: 3.0 };
    for (left, color) in [(rect.left(), p.first), (rect.right() - WELL, p.last)] {
        let well = Rect::from_min_size(pos2(left, rect.top()), vec2(WELL, ART.y));
        dashed_rect(painter, well, f32::from(radius::LARGE), Stroke::new(stroke::DASH, color), dash);
        Icon::PLUS.paint(painter, well.center(), 24.0, color);
    }
    bars(painter, regions::centred(rect, vec2(BARS, ART.y)), 7, 7.0, |_, place| p.between(place));
}

fn invitation(ui: &mut Ui, rect: Rect, takes_drops: bool) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let mut room = regions::centred(rect, vec2(LEAD_WIDTH.min(rect.width()), rect.height()));
    headline::headline(ui, regions::cut_top(&mut room, 28.0), &words!("empty-start"), None, p.text);
    regions::cut_top(&mut room, space::M);
    let text = if takes_drops { words!("empty-drop") } else { words!("empty-paste") };
    headline::paragraph(ui, room, &text, Type::Lead, p.text2);
}

fn buttons(ui: &mut Ui, cx: &mut UiContext<'_>, row: Rect) {
    let mac = cfg!(target_os = "macos");
    let keys = Action::Paste.shortcut().map(|shortcut| shortcut.text(mac)).unwrap_or_default();
    let (choose, paste) = (words!("empty-choose"), words!("empty-paste-button"));
    let choose = Button::new(&choose).primary().size(ButtonSize::Roomy).icon(Icon::IMAGE);
    let paste = Button::new(&paste).size(ButtonSize::Roomy).icon(Icon::CLIPBOARD).keys(&keys);
    let pressed = centred_row(ui, row, "empty buttons", |ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        (ui.add(choose).clicked(), ui.add(paste).clicked())
    });
    match pressed {
        (true, _) => cx.act(Action::ChooseFirst),
        (_, true) => cx.act(Action::Paste),
        _ => {}
    }
}

/// A row of things that are centred together. Their width is known after the first pass.
pub fn centred_row<R>(ui: &mut Ui, row: Rect, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let id = ui.scope_id().with(name);
    let known: Option<f32> = ui.data(|data| data.get_temp(id));
    let width = known.unwrap_or(row.width());
    let place = Rect::from_min_max(pos2((row.center().x - width / 2.0).round(), row.top()), row.max);
    let (result, taken) = regions::row(ui, place, |ui| (add(ui), ui.min_rect().width()));
    if known.is_none_or(|known| (known - taken).abs() > 0.5) {
        ui.data_mut(|data| data.insert_temp(id, taken));
        ui.ctx().request_discard("a row is centred by its width");
    }
    result
}

fn samples(ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect) {
    let state = cx.state;
    if state.samples.is_empty() {
        return;
    }
    let theme = Theme::of(ui.ctx());
    let mut room = rect;
    let caption = regions::cut_top(&mut room, 16.0);
    regions::row(ui, caption, |ui| ui.add(Label::new(Type::Small.rich(words!("empty-samples"), theme.palette.muted))));
    regions::cut_top(&mut room, space::L);
    let width = (room.width() - 2.0 * CARD_GAP) / 3.0;
    for (index, pair) in state.samples.iter().take(3).enumerate() {
        let left = room.left() + index as f32 * (width + CARD_GAP);
        let card = Rect::from_min_size(pos2(left, room.top()), vec2(width, CARD.y));
        if sample(ui, cx, card, pair).clicked() {
            cx.send(Command::UseSample(pair.id));
        }
    }
}

fn sample(ui: &mut Ui, cx: &mut UiContext<'_>, card: Rect, pair: &SamplePair) -> Response {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let response = ui.allocate_rect(card, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, (pair.title)()));
    let feel = Feel::of(ui, &response, &theme);
    let painter = ui.painter();
    let corner = CornerRadius::same(radius::LARGE);
    let fill = feel.fill(p.raised, p.control, p.hover);
    painter.rect(card, corner, fill, Theme::hairline(mix(p.stroke, p.strong, feel.hover)), StrokeKind::Inside);
    let inner = card.shrink(9.0);
    let width = (inner.width() - 4.0) / 2.0;
    for (left, preview) in [(inner.left(), &pair.first), (inner.right() - width, &pair.last)] {
        let thumb = Rect::from_min_size(pos2(left, inner.top()), vec2(width, 56.0));
        picture::poster(painter, cx, thumb, Some(preview), radius::SMALL - 2);
    }
    let line = Rect::from_min_max(pos2(inner.left(), inner.top() + 56.0), card.max - vec2(9.0, 0.0));
    Icon::ARROW_RIGHT.paint(painter, pos2(line.right() - 7.0, line.center().y), 14.0, mix(p.muted, p.text, feel.hover));
    let title = Type::ExcerptMedium.line_within(painter, (pair.title)(), p.text, line.width() - 22.0);
    painter.galley(pos2(line.left(), line.center().y - title.size().y / 2.0), title, p.text);
    if feel.focused {
        focus_ring(painter, card, radius::LARGE, &theme);
    }
    response
}

fn footer(ui: &mut Ui, rect: Rect) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    regions::rule_above(ui, rect);
    regions::row(ui, rect.shrink2(vec2(PADDING + 4.0, 0.0)), |ui| {
        let (glyph, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
        Icon::THIS_COMPUTER.paint(ui.painter(), glyph.center(), 16.0, p.first);
        ui.add_space(space::XXS);
        let text = words!("empty-rehearsal");
        let style = if rect.width() < 640.0 { Type::Caption } else { Type::Small };
        ui.add(Label::new(style.rich(text, p.text2)).wrap());
    });
}
