//! Buttons with words.

use std::sync::Arc;

use egui::{
    Align, Color32, CornerRadius, Galley, Rect, Response, Role, Sense, StrokeKind, Ui, Vec2, Widget, WidgetInfo, pos2,
    vec2,
};

use super::{
    feel::{Feel, focus_ring, tooltip},
    key_cap::{KeyLook, key_cap_width, paint_key_cap},
};
use crate::ui::{
    icons::Icon,
    theme::{
        Theme, Type,
        metrics::{radius, size},
        mix,
    },
};

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The next action. One per view.
    Primary,
    #[default]
    Default,
    /// The likeliest of several default buttons.
    Emphasised,
    /// A switch that is on.
    Lit,
    /// No fill until hovered.
    Quiet,
    /// No fill, an outline.
    Outline,
    /// Takes something away.
    Danger,
    /// The fix in an amber note.
    Warning,
    /// Words in the accent colour, as in a sentence.
    Link,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonSize {
    #[default]
    Default,
    Small,
    /// The two that the empty stage begins with.
    Roomy,
    /// Generate: as wide as its place, the key cap at the right edge.
    Large,
}

/// A button with a word, and perhaps an icon and a key cap.
#[must_use = "add it to a Ui"]
pub struct Button<'a> {
    text: &'a str,
    icon: Option<Icon>,
    kind: ButtonKind,
    size: ButtonSize,
    keys: Option<&'a str>,
    width: Option<f32>,
    beside_field: bool,
    enabled: bool,
    name: Option<&'a str>,
    description: Option<&'a str>,
    tooltip: Option<&'a str>,
}

impl<'a> Button<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            icon: None,
            kind: ButtonKind::Default,
            size: ButtonSize::Default,
            keys: None,
            width: None,
            beside_field: false,
            enabled: true,
            name: None,
            description: None,
            tooltip: None,
        }
    }

    pub const fn kind(mut self, kind: ButtonKind) -> Self {
        self.kind = kind;
        self
    }

    pub const fn primary(self) -> Self {
        self.kind(ButtonKind::Primary)
    }

    pub const fn size(mut self, size: ButtonSize) -> Self {
        self.size = size;
        self
    }

    pub const fn small(self) -> Self {
        self.size(ButtonSize::Small)
    }

    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The shortcut shown in a key cap.
    pub const fn keys(mut self, keys: &'a str) -> Self {
        self.keys = Some(keys);
        self
    }

    /// A width in points instead of the words' own.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// As high as the field it stands beside.
    pub const fn beside_field(mut self) -> Self {
        self.beside_field = true;
        self
    }

    /// What a screen reader says instead of the words.
    pub const fn name(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// What a screen reader adds: the reason why it is disabled, for one.
    pub const fn description(mut self, description: &'a str) -> Self {
        self.description = Some(description);
        self
    }

    pub const fn tooltip(mut self, tooltip: &'a str) -> Self {
        self.tooltip = Some(tooltip);
        self
    }

    const fn measures(&self) -> Measures {
        match (self.size, self.kind) {
            (ButtonSize::Large, _) => Measures { height: size::BUTTON_LARGE, padding: 14.0, radius: radius::LARGE },
            (_, ButtonKind::Link) => Measures { height: size::BUTTON_SMALL, padding: 4.0, radius: radius::SMALL },
            (ButtonSize::Small, _) => Measures { height: size::BUTTON_SMALL, padding: 10.0, radius: radius::SMALL },
            (ButtonSize::Roomy, _) => Measures { height: size::BUTTON_ROOMY, padding: 14.0, radius: radius::CONTROL },
            (ButtonSize::Default, _) => Measures { height: size::BUTTON, padding: 12.0, radius: radius::CONTROL },
        }
    }

    const fn text_style(&self) -> Type {
        match (self.size, self.kind) {
            (ButtonSize::Large, _) => Type::Heading,
            (ButtonSize::Small, _) => Type::SmallMedium,
            (ButtonSize::Default | ButtonSize::Roomy, ButtonKind::Primary) => Type::BodyStrong,
            (ButtonSize::Default | ButtonSize::Roomy, _) => Type::BodyMedium,
        }
    }

    fn colors(&self, feel: &Feel, theme: &Theme) -> Colors {
        let p = &theme.palette;
        let none = Color32::TRANSPARENT;
        if !feel.enabled {
            let bare = matches!(self.kind, ButtonKind::Quiet | ButtonKind::Outline | ButtonKind::Link);
            let text = if self.size == ButtonSize::Large { p.muted } else { p.disabled };
            return Colors { fill: if bare { none } else { p.control }, edge: none, text, icon: text };
        }
        // Away from the words' own colour, or they would be hard to read while the button is held.
        let pressed = |rest| mix(rest, p.text, 0.18);
        let lit = mix(p.accent, p.accent_hover, feel.hover.max(feel.press));
        let (fill, edge, text) = match self.kind {
            ButtonKind::Primary => (feel.fill(p.accent, p.accent_hover, pressed(p.accent)), none, p.on_accent),
            ButtonKind::Default => (feel.fill(p.control, p.hover, p.active), none, p.text),
            ButtonKind::Emphasised => (feel.fill(p.active, mix(p.active, p.text, 0.08), p.hover), none, p.text),
            ButtonKind::Lit => (feel.fill(p.accent_soft, mix(p.accent_soft, p.accent, 0.12), p.active), none, lit),
            ButtonKind::Quiet => (feel.fill(none, p.hover, p.active), none, mix(p.text2, p.text, feel.hover)),
            ButtonKind::Outline => (feel.fill(none, p.hover, p.active), p.stroke, p.text),
            ButtonKind::Danger => {
                (feel.fill(p.control, p.error_soft, mix(p.error_soft, p.error_line, 0.5)), none, p.error)
            }
            ButtonKind::Warning => {
                (feel.fill(p.warning, mix(p.warning, p.text, 0.15), pressed(p.warning)), none, p.on_warning)
            }
            ButtonKind::Link => (none, none, mix(p.accent, p.accent_hover, feel.hover)),
        };
        // The words lead; the icon keeps a little back.
        let icon = match self.kind {
            ButtonKind::Default | ButtonKind::Emphasised | ButtonKind::Outline => mix(p.text2, p.text, feel.hover),
            _ => text,
        };
        Colors { fill, edge, text, icon }
    }

    fn draw(&self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let measures = self.measures();
        let parts = Parts::measure(self, ui);
        let natural = parts.width(self.size) + 2.0 * measures.padding;
        let height = if self.beside_field { size::FIELD } else { measures.height };
        let desired = vec2(self.width.unwrap_or(natural), height);
        let (rect, response) = ui.allocate_exact_size(desired, Sense::click());
        self.announce(ui, &response);
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let feel = Feel::of(ui, &response, &theme);
        let colors = self.colors(&feel, &theme);
        let corner = CornerRadius::same(measures.radius);
        ui.painter().rect(rect, corner, colors.fill, Theme::hairline(colors.edge), StrokeKind::Inside);
        self.paint_content(ui, &theme, rect, &parts, &colors, &feel);
        if feel.focused {
            focus_ring(ui.painter(), rect, measures.radius, &theme);
        }
        match self.tooltip {
            Some(text) => tooltip(response, &theme, text),
            None => response,
        }
    }

    fn announce(&self, ui: &Ui, response: &Response) {
        let enabled = ui.is_enabled();
        let role = if self.kind == ButtonKind::Link { Role::Link } else { Role::Button };
        response.widget_info(|| WidgetInfo::labeled(role, enabled, self.name.unwrap_or(self.text)));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            if let Some(description) = self.description {
                node.set_description(description);
            }
            if let Some(keys) = self.keys {
                node.set_keyboard_shortcut(keys);
            }
        });
    }

    fn paint_content(&self, ui: &Ui, theme: &Theme, rect: Rect, parts: &Parts, colors: &Colors, feel: &Feel) {
        let painter = ui.painter();
        let padding = self.measures().padding;
        let centered = self.size == ButtonSize::Large || self.width.is_some();
        let lead = parts.icon_width + parts.text.size().x;
        let left = if centered { rect.center().x - lead / 2.0 } else { rect.left() + padding };
        if let Some(icon) = self.icon {
            let center = pos2(left + parts.glyph / 2.0, rect.center().y);
            icon.paint(painter, center, parts.glyph, colors.icon);
        }
        let text_pos = pos2(left + parts.icon_width, rect.center().y - parts.text.size().y / 2.0);
        painter.galley_with_override_text_color(text_pos, Arc::clone(&parts.text), colors.text);
        if self.kind == ButtonKind::Link && feel.hover > 0.0 {
            let y = text_pos.y + parts.text.size().y - 1.0;
            let x = text_pos.x..=text_pos.x + parts.text.size().x;
            painter.hline(x, y, Theme::hairline(crate::ui::theme::fade(colors.text, feel.hover)));
        }
        if let Some(keys) = self.keys {
            let look = match (feel.enabled, self.kind) {
                (false, _) => KeyLook::Disabled,
                (true, ButtonKind::Primary) => KeyLook::Primary,
                (true, _) => KeyLook::Outline,
            };
            let inset = if self.size == ButtonSize::Large { 12.0 } else { padding };
            paint_key_cap(painter, theme, rect.right_center() - vec2(inset, 0.0), keys, look);
        }
    }
}

struct Measures {
    height: f32,
    padding: f32,
    radius: u8,
}

struct Colors {
    fill: Color32,
    edge: Color32,
    text: Color32,
    icon: Color32,
}

/// The laid out content and its widths.
struct Parts {
    text: Arc<Galley>,
    glyph: f32,
    icon_width: f32,
    key_width: f32,
}

impl Parts {
    fn measure(button: &Button<'_>, ui: &Ui) -> Self {
        let glyph = match button.size {
            ButtonSize::Large => 18.0,
            ButtonSize::Default | ButtonSize::Roomy => size::GLYPH_BUTTON,
            ButtonSize::Small => 14.0,
        };
        let gap = match button.size {
            ButtonSize::Small => 6.0,
            ButtonSize::Default => 7.0,
            ButtonSize::Roomy | ButtonSize::Large => 8.0,
        };
        Self {
            text: button.text_style().line(ui.painter(), button.text, Color32::PLACEHOLDER),
            glyph,
            icon_width: if button.icon.is_some() { glyph + gap } else { 0.0 },
            key_width: button.keys.map_or(0.0, |keys| key_cap_width(ui.painter(), keys)),
        }
    }

    fn width(&self, size: ButtonSize) -> f32 {
        let gap = match (self.key_width > 0.0, size) {
            (false, _) => 0.0,
            (true, ButtonSize::Large) => 24.0,
            (true, _) => 10.0,
        };
        self.icon_width + self.text.size().x + gap + self.key_width
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let enabled = self.enabled;
        ui.add_enabled(enabled, |ui: &mut Ui| self.draw(ui))
    }
}

impl Button<'_> {
    /// Puts the button at `rect`'s left centre (or right, or middle), outside the flow of `ui`.
    pub fn put(self, ui: &mut Ui, rect: Rect, align: Align) -> Response {
        let layout = match align {
            Align::Min => egui::Layout::left_to_right(Align::Center),
            Align::Center => egui::Layout::centered_and_justified(egui::Direction::LeftToRight),
            Align::Max => egui::Layout::right_to_left(Align::Center),
        };
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
        child.spacing_mut().item_spacing = Vec2::ZERO;
        child.add(self)
    }
}
