//! One line of text in a field frame, and the frame itself for other fields.

use egui::{
    Color32, CornerRadius, Frame, Margin, Painter, Rect, Response, RichText, Shape, StrokeKind, TextEdit, Ui, vec2,
};

use crate::ui::{
    icons::Icon,
    theme::{
        Theme, Type,
        metrics::{radius, size, time},
        mix,
    },
};

/// The line and twelve points.
const PADDING: i8 = 13;

/// The shape of a field: fill, outline, and the ring of keyboard focus inside it.
///
/// `hover` runs from 0 to 1.
pub fn field_frame(theme: &Theme, rect: Rect, hover: f32, focused: bool, error: bool) -> Shape {
    let p = &theme.palette;
    let corner = CornerRadius::same(radius::CONTROL);
    let edge = match (focused, error) {
        (true, _) => theme.focus_stroke(),
        (false, true) => Theme::hairline(p.error),
        (false, false) => Theme::hairline(mix(p.stroke, p.strong, hover)),
    };
    egui::epaint::RectShape::new(rect, corner, p.raised, edge, StrokeKind::Inside).into()
}

/// Paints [`field_frame`].
pub(super) fn paint_field(painter: &Painter, theme: &Theme, rect: Rect, hover: f32, focused: bool, error: bool) {
    painter.add(field_frame(theme, rect, hover, focused, error));
}

/// A single-line text field.
#[must_use = "call show"]
pub struct TextField<'a> {
    text: &'a mut String,
    name: &'a str,
    hint: &'a str,
    /// The hint is a value of its own, not an invitation.
    hint_is_value: bool,
    id_salt: Option<&'a str>,
    width: Option<f32>,
    /// Points kept free at the right for what the caller puts there.
    right: f32,
    icon: Option<Icon>,
    mono: bool,
    password: bool,
    error: Option<&'a str>,
    enabled: bool,
    search: bool,
    height: f32,
}

impl<'a> TextField<'a> {
    pub const fn new(text: &'a mut String, name: &'a str) -> Self {
        Self {
            text,
            name,
            hint: "",
            hint_is_value: false,
            id_salt: None,
            width: None,
            right: 0.0,
            icon: None,
            mono: false,
            password: false,
            error: None,
            enabled: true,
            search: false,
            height: size::FIELD,
        }
    }

    /// Words shown while the field is empty.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// What the hint says holds while the field is empty: it reads as a value does.
    pub const fn stands_for_a_value(mut self) -> Self {
        self.hint_is_value = true;
        self
    }

    /// Width in points; without it, all there is.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Points kept free at the right edge, for icons or a key cap.
    pub const fn reserve_right(mut self, points: f32) -> Self {
        self.right = points;
        self
    }

    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Digits that do not shift.
    pub const fn mono(mut self) -> Self {
        self.mono = true;
        self
    }

    /// Shows dots.
    pub const fn password(mut self, password: bool) -> Self {
        self.password = password;
        self
    }

    /// What is wrong with the text, told to screen readers; the outline turns red.
    pub const fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// A little lower than a field of a form.
    pub const fn slim(mut self) -> Self {
        self.height = size::FIELD_SLIM;
        self
    }

    /// Tells screen readers that this searches.
    pub const fn search(mut self) -> Self {
        self.search = true;
        self
    }

    /// A stable identity, for the caller to give the field the focus: `ui.make_persistent_id(salt)`.
    pub const fn id_salt(mut self, salt: &'a str) -> Self {
        self.id_salt = Some(salt);
        self
    }

    /// Shows the field. The response is the text's, its rectangle the whole frame.
    pub fn show(self, ui: &mut Ui) -> Response {
        let enabled = self.enabled;
        ui.add_enabled(enabled, |ui: &mut Ui| self.draw(ui))
    }

    fn draw(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let p = &theme.palette;
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let background = ui.painter().add(Shape::Noop);
        let style = if self.mono && !(self.text.is_empty()) { Type::BodyMono } else { Type::Body };
        let left = if self.icon.is_some() { PADDING + 22 } else { PADDING };
        let line = ui.fonts_mut(|fonts| fonts.row_height(&style.font_id())).ceil();
        let vertical = ((self.height - line) / 2.0).floor().max(0.0);
        let margin = Margin {
            left,
            right: PADDING.max(self.right as i8),
            top: vertical as i8,
            bottom: (self.height - line - vertical) as i8,
        };
        let color = if ui.is_enabled() { p.text } else { p.disabled };
        let hint = if self.hint_is_value { p.text2 } else { p.muted };
        let edit = TextEdit::singleline(self.text)
            .id(ui.make_persistent_id(self.id_salt.unwrap_or(self.name)))
            .font(style.font_id())
            .text_color(color)
            .hint_text(RichText::new(self.hint).font(Type::Body.font_id()).color(hint))
            .password(self.password)
            .frame(Frame::NONE.inner_margin(margin))
            .desired_width(width)
            .min_size(vec2(width, self.height));
        let response = ui.add_sized(vec2(width, self.height), edit);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_label(self.name);
            if self.search {
                node.set_role(egui::Role::SearchInput);
            }
            if let Some(error) = self.error {
                node.set_invalid(egui::accesskit::Invalid::True);
                node.set_description(error);
            }
        });
        let hovered = response.hovered() && ui.is_enabled();
        let hover = theme.motion.fade(ui.ctx(), response.id.with("hover"), hovered, time::HOVER);
        let rect = response.rect;
        ui.painter().set(background, field_frame(&theme, rect, hover, response.has_focus(), self.error.is_some()));
        if let Some(icon) = self.icon {
            let center = rect.left_center() + vec2(f32::from(PADDING) + 7.0, 0.0);
            icon.paint(ui.painter(), center, size::GLYPH_BUTTON, disabled_or(p.muted, p.disabled, ui));
        }
        response
    }
}

fn disabled_or(color: Color32, disabled: Color32, ui: &Ui) -> Color32 {
    if ui.is_enabled() { color } else { disabled }
}
