//! The dropdown: one of several, listed when opened.

use egui::{
    Color32, CornerRadius, Key, Modifiers, Popup, PopupCloseBehavior, Rect, Response, Role, Sense, SetOpenCommand,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::{
    feel::{Feel, focus_ring},
    menu::{float_frame, give_back},
    text_field::paint_field,
};
use crate::ui::{
    icons::Icon,
    theme::{
        Theme, Type,
        metrics::{radius, size},
        mix,
    },
};

/// The line and twelve points.
const PADDING: f32 = 13.0;
const PADDING_QUIET: f32 = 8.0;
const CARET: f32 = 12.0;
const CHECK: f32 = 14.0;
/// From the caret to the edge of a field.
const CARET_RIGHT: f32 = 9.5;
const CARET_RIGHT_BAR: f32 = 11.0;
const GAP: f32 = 8.0;
const ROW: f32 = 32.0;

/// What it looks like while it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// A field among fields.
    Field,
    /// On the window's ground: the host in the top bar, with its detail beside it.
    Bar,
    /// Without a frame, for figures: the speed in the transport row.
    Figure,
    /// Without a frame, for words.
    Words,
}

/// One entry of a [`Dropdown`].
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<'a, T> {
    pub value: T,
    pub label: &'a str,
    /// A quieter word after the label, in the list and in the top bar.
    pub detail: Option<&'a str>,
    /// Width divided by height of the little frame drawn before the label.
    pub ratio: Option<f32>,
    pub icon: Option<Icon>,
    /// The icon's colour, where it is not that of any icon.
    pub tint: Option<Color32>,
    pub enabled: bool,
}

impl<'a, T> Choice<'a, T> {
    pub const fn new(value: T, label: &'a str) -> Self {
        Self { value, label, detail: None, ratio: None, icon: None, tint: None, enabled: true }
    }

    #[must_use]
    pub const fn detail(mut self, detail: &'a str) -> Self {
        self.detail = Some(detail);
        self
    }

    #[must_use]
    pub const fn ratio(mut self, ratio: f32) -> Self {
        self.ratio = Some(ratio);
        self
    }

    #[must_use]
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    #[must_use]
    pub const fn tint(mut self, tint: Color32) -> Self {
        self.tint = Some(tint);
        self
    }

    #[must_use]
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }
}

/// A field that opens a list.
#[must_use = "call show"]
pub struct Dropdown<'a, T> {
    name: &'a str,
    choices: &'a [Choice<'a, T>],
    width: Option<f32>,
    look: Look,
    enabled: bool,
    /// What a screen reader says as its value, where the visible words are not enough.
    spoken: Option<&'a str>,
}

impl<'a, T: PartialEq + Clone> Dropdown<'a, T> {
    pub const fn new(name: &'a str, choices: &'a [Choice<'a, T>]) -> Self {
        Self { name, choices, width: None, look: Look::Field, enabled: true, spoken: None }
    }

    /// Width in points; without it, that of what is chosen.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Without the frame of a field: the speed in the transport row.
    pub const fn quiet(mut self) -> Self {
        self.look = Look::Figure;
        self
    }

    /// Without the frame of a field, for words.
    pub const fn quiet_words(mut self) -> Self {
        self.look = Look::Words;
        self
    }

    /// On the window's ground, with the detail beside the label.
    pub const fn bar(mut self) -> Self {
        self.look = Look::Bar;
        self
    }

    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// What a screen reader says as its value instead of the visible words.
    pub const fn spoken(mut self, spoken: &'a str) -> Self {
        self.spoken = Some(spoken);
        self
    }

    /// Shows it; the response has changed when `value` has.
    pub fn show(self, ui: &mut Ui, value: &mut T) -> Response {
        let enabled = self.enabled;
        ui.add_enabled(enabled, |ui: &mut Ui| self.draw(ui, value))
    }

    fn draw(&self, ui: &mut Ui, value: &mut T) -> Response {
        let theme = Theme::of(ui.ctx());
        let selected = self.choices.iter().position(|choice| choice.value == *value);
        let current = selected.and_then(|index| self.choices.get(index));
        let height = match self.look {
            Look::Field => size::FIELD,
            Look::Bar => size::FIELD_SLIM,
            Look::Figure | Look::Words => size::BUTTON,
        };
        let width = self.width.unwrap_or_else(|| self.natural_width(ui, current));
        let (rect, mut response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
        let popup_id = response.id.with("list");
        let open = Popup::is_id_open(ui.ctx(), popup_id);
        self.announce(ui, &response, current.map_or("", |choice| choice.label), open);
        self.paint(ui, &theme, &response, current, open);
        let by_arrow =
            response.has_focus() && !open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
        let opening = !open && (by_arrow || response.clicked());
        let toggle = (response.clicked() || by_arrow).then_some(SetOpenCommand::Toggle);
        let picked = Popup::menu(&response)
            .id(popup_id)
            .open_memory(toggle)
            .gap(4.0)
            .width(rect.width())
            .close_behavior(PopupCloseBehavior::CloseOnClick)
            .accessible_name(self.name)
            .frame(float_frame(&theme))
            .show(|ui| self.list(ui, &theme, width, selected, opening && response.has_focus()))
            .and_then(|shown| shown.inner);
        if let Some(choice) = picked.and_then(|index| self.choices.get(index)) {
            Popup::close_id(ui.ctx(), popup_id);
            response.request_focus();
            if choice.value != *value {
                *value = choice.value.clone();
                response.mark_changed();
            }
        }
        give_back(ui, &response, Popup::is_id_open(ui.ctx(), popup_id));
        response
    }

    fn announce(&self, ui: &Ui, response: &Response, label: &str, open: bool) {
        let enabled = ui.is_enabled();
        let value = self.spoken.unwrap_or(label);
        response.widget_info(|| WidgetInfo {
            current_text_value: Some(value.to_owned()),
            ..WidgetInfo::labeled(Role::ComboBox, enabled, self.name)
        });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            // Linux's screen readers get no value that is a text, but the description.
            node.set_description(value);
            node.set_expanded(open);
            node.set_has_popup(egui::accesskit::HasPopup::Listbox);
        });
    }

    const fn is_quiet(&self) -> bool {
        matches!(self.look, Look::Figure | Look::Words)
    }

    const fn style(&self) -> Type {
        match self.look {
            Look::Field => Type::Body,
            Look::Bar => Type::BodyMedium,
            Look::Figure => Type::SmallMono,
            Look::Words => Type::SmallMedium,
        }
    }

    /// Points at the left of the content, and at the right of the caret.
    const fn insets(&self) -> (f32, f32) {
        match self.look {
            Look::Field => (PADDING, CARET_RIGHT),
            Look::Bar => (PADDING, CARET_RIGHT_BAR),
            Look::Figure | Look::Words => (PADDING_QUIET, PADDING_QUIET),
        }
    }

    /// The width that shows a choice whole.
    fn natural_width(&self, ui: &Ui, choice: Option<&Choice<'_, T>>) -> f32 {
        let line = |style: Type, text: &str| style.line(ui.painter(), text, Color32::PLACEHOLDER).size().x;
        let (left, right) = self.insets();
        let content = choice.map_or(0.0, |choice| {
            let detail = choice.detail.filter(|_| self.look == Look::Bar);
            lead(choice)
                + line(self.style(), choice.label)
                + detail.map_or(0.0, |detail| GAP + line(Type::Body, detail) + 2.0)
        });
        left + content + GAP + CARET + right
    }

    fn paint(&self, ui: &Ui, theme: &Theme, response: &Response, choice: Option<&Choice<'_, T>>, open: bool) {
        let p = &theme.palette;
        let feel = Feel::of(ui, response, theme);
        let (rect, painter) = (response.rect, ui.painter());
        let hover = if open { 1.0 } else { feel.hover };
        let corner = CornerRadius::same(radius::CONTROL);
        match self.look {
            Look::Field => paint_field(painter, theme, rect, hover, feel.focused, false),
            Look::Bar => {
                let edge = Theme::hairline(mix(p.line, p.strong, hover));
                painter.rect(rect, corner, p.panel, edge, StrokeKind::Inside);
            }
            Look::Figure | Look::Words => {
                painter.rect_filled(rect, corner, feel.fill(Color32::TRANSPARENT, p.hover, p.active));
            }
        }
        if feel.focused && self.look != Look::Field {
            focus_ring(painter, rect, radius::CONTROL, theme);
        }
        let usual = if self.is_quiet() { mix(p.text2, p.text, hover) } else { p.text };
        let color = if feel.enabled { usual } else { p.disabled };
        let (padding, caret_right) = self.insets();
        let caret = pos2(rect.right() - caret_right - CARET / 2.0, rect.center().y);
        Icon::CARET_DOWN.paint(painter, caret, CARET, if feel.enabled { p.muted } else { p.disabled });
        let Some(choice) = choice else { return };
        let mut left = rect.left() + padding;
        left += paint_lead(ui, choice, pos2(left, rect.center().y), mix(p.text2, color, hover));
        let edge = caret.x - CARET / 2.0 - 4.0;
        let galley = self.style().line_within(painter, choice.label, color, edge - left);
        let right = left + galley.size().x;
        painter.galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, color);
        if let Some(detail) = choice.detail.filter(|_| self.look == Look::Bar) {
            let galley = Type::Body.line_within(painter, detail, p.muted, edge - right - GAP);
            painter.galley(pos2(right + GAP, rect.center().y - galley.size().y / 2.0), galley, p.muted);
        }
    }

    /// The open list; the index of what was picked.
    fn list(&self, ui: &mut Ui, theme: &Theme, least: f32, selected: Option<usize>, take_focus: bool) -> Option<usize> {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::ListBox);
            node.set_label(self.name);
        });
        ui.spacing_mut().item_spacing = vec2(0.0, 1.0);
        let width = self.list_width(ui, least);
        let mut picked = None;
        for (index, choice) in self.choices.iter().enumerate() {
            let on = selected == Some(index);
            let row = |ui: &mut Ui| list_row(ui, theme, choice, width, on);
            let response = ui.add_enabled(choice.enabled, row);
            if take_focus && (on || (selected.is_none() && index == 0)) {
                response.request_focus();
            }
            if response.clicked() {
                picked = Some(index);
            }
        }
        picked
    }

    fn list_width(&self, ui: &Ui, least: f32) -> f32 {
        let line = |style: Type, text: &str| style.line(ui.painter(), text, Color32::PLACEHOLDER).size().x;
        let one = |choice: &Choice<'_, T>| {
            let detail = choice.detail.map_or(0.0, |detail| GAP + line(Type::Small, detail));
            lead(choice) + line(Type::Body, choice.label) + detail + 2.0 * PADDING + 24.0
        };
        self.choices.iter().map(one).fold(least - 8.0, f32::max)
    }
}

fn list_row<T>(ui: &mut Ui, theme: &Theme, choice: &Choice<'_, T>, width: f32, on: bool) -> Response {
    let p = &theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, enabled, choice.label));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(on));
    let feel = Feel::of(ui, &response, theme);
    let lit = if feel.focused { 1.0 } else { feel.hover };
    let painter = ui.painter();
    let hover = if theme.dark { p.active } else { p.control };
    let corner = CornerRadius::same(radius::SMALL);
    painter.rect_filled(rect, corner, mix(Color32::TRANSPARENT, hover, lit));
    if feel.focused {
        painter.rect_stroke(rect, corner, theme.focus_stroke(), StrokeKind::Inside);
    }
    let color = if enabled { p.text } else { p.disabled };
    let mut left = rect.left() + 8.0;
    left += paint_lead(ui, choice, pos2(left, rect.center().y), if enabled { p.text2 } else { p.disabled });
    let style = if on { Type::BodyMedium } else { Type::Body };
    let label = style.line(painter, choice.label, color);
    let label_right = left + label.size().x;
    painter.galley(pos2(left, rect.center().y - label.size().y / 2.0), label, color);
    if let Some(detail) = choice.detail {
        let galley = Type::Small.line(painter, detail, p.text2);
        painter.galley(pos2(label_right + GAP, rect.center().y - galley.size().y / 2.0), galley, p.text2);
    }
    if on {
        Icon::CHECK.paint(painter, rect.right_center() - vec2(14.0, 0.0), CHECK, p.accent);
    }
    response
}

/// Longest side of the little frame before a label.
const FRAME: f32 = 16.0;

/// How far what stands before a label pushes it.
const fn lead<T>(choice: &Choice<'_, T>) -> f32 {
    if choice.ratio.is_some() {
        FRAME + 6.0
    } else if choice.icon.is_some() {
        size::GLYPH_BUTTON + GAP
    } else {
        0.0
    }
}

/// Paints the icon or the little frame before a label; how far it pushes the label.
fn paint_lead<T>(ui: &Ui, choice: &Choice<'_, T>, left_center: egui::Pos2, color: Color32) -> f32 {
    if let Some(ratio) = choice.ratio {
        const SHORT_MIN: f32 = 6.0;
        let box_size = if ratio >= 1.0 {
            vec2(FRAME, (FRAME / ratio).max(SHORT_MIN))
        } else {
            vec2((FRAME * ratio).max(SHORT_MIN), FRAME)
        };
        let rect = Rect::from_center_size(left_center + vec2(FRAME / 2.0, 0.0), box_size.round());
        ui.painter().rect_stroke(rect, CornerRadius::same(2), Theme::hairline(color), StrokeKind::Inside);
    } else if let Some(icon) = choice.icon {
        let center = left_center + vec2(size::GLYPH_BUTTON / 2.0, 0.0);
        icon.paint(ui.painter(), center, size::GLYPH_BUTTON, choice.tint.unwrap_or(color));
    }
    lead(choice)
}
