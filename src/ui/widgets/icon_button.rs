//! Buttons that are an icon alone. The name is not optional: a screen reader and the tooltip need it.

use egui::{Color32, CornerRadius, Response, Role, Sense, StrokeKind, Ui, Vec2, Widget, WidgetInfo};

use super::feel::{Feel, focus_ring, tooltip};
use crate::ui::{
    icons::Icon,
    theme::{
        Theme,
        metrics::{radius, size},
        mix,
    },
};

/// What an icon button rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Surface {
    /// Nothing until hovered.
    #[default]
    Bare,
    /// Nothing; a switch that is on says so by its glyph alone.
    Glyph,
    /// A button's fill.
    Filled,
    /// A light disc with a dark glyph: the play button.
    Disc,
}

/// An icon that can be pressed, or switched on and off.
#[must_use = "add it to a Ui"]
pub struct IconButton<'a> {
    icon: Icon,
    name: &'a str,
    tooltip: Option<&'a str>,
    keys: Option<&'a str>,
    side: f32,
    glyph: f32,
    surface: Surface,
    toggled: Option<bool>,
    enabled: bool,
}

impl<'a> IconButton<'a> {
    /// A 32-point button; `name` is what a screen reader says and, unless [`Self::tooltip`] is set, the tooltip.
    pub const fn new(icon: Icon, name: &'a str) -> Self {
        Self {
            icon,
            name,
            tooltip: None,
            keys: None,
            side: size::ICON_BUTTON,
            glyph: size::GLYPH_ICON_BUTTON,
            surface: Surface::Bare,
            toggled: None,
            enabled: true,
        }
    }

    /// 28 points, for rows.
    pub const fn small(mut self) -> Self {
        self.side = size::ICON_BUTTON_SMALL;
        self.glyph = size::GLYPH_BUTTON;
        self
    }

    /// 24 points, for label rows.
    pub const fn tiny(mut self) -> Self {
        self.side = size::ICON_BUTTON_WELL;
        self.glyph = size::GLYPH_BUTTON;
        self
    }

    /// Side and glyph size in points.
    pub const fn sizes(mut self, side: f32, glyph: f32) -> Self {
        self.side = side;
        self.glyph = glyph;
        self
    }

    pub const fn surface(mut self, surface: Surface) -> Self {
        self.surface = surface;
        self
    }

    /// Makes it a switch that is on or off.
    pub const fn toggled(mut self, on: bool) -> Self {
        self.toggled = Some(on);
        self
    }

    pub const fn tooltip(mut self, tooltip: &'a str) -> Self {
        self.tooltip = Some(tooltip);
        self
    }

    /// The shortcut, told to screen readers.
    pub const fn keys(mut self, keys: &'a str) -> Self {
        self.keys = Some(keys);
        self
    }

    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    fn colors(&self, feel: &Feel, theme: &Theme) -> (Color32, Color32) {
        let p = &theme.palette;
        let rest = match self.surface {
            Surface::Disc if feel.enabled => return (feel.fill(p.text, p.text, p.text2), p.panel),
            Surface::Bare | Surface::Glyph => Color32::TRANSPARENT,
            Surface::Filled | Surface::Disc => p.control,
        };
        if !feel.enabled {
            return (rest, p.disabled);
        }
        match self.toggled {
            Some(true) if self.surface == Surface::Glyph => (feel.fill(rest, p.hover, p.active), p.accent),
            Some(true) => (feel.fill(p.accent_soft, mix(p.accent_soft, p.accent, 0.12), p.active), p.accent),
            _ => (feel.fill(rest, p.hover, p.active), mix(p.text2, p.text, feel.hover)),
        }
    }

    fn draw(&self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(self.side), Sense::click());
        let enabled = ui.is_enabled();
        response.widget_info(|| match self.toggled {
            Some(on) => WidgetInfo::selected(Role::Switch, enabled, on, self.name),
            None => WidgetInfo::labeled(Role::Button, enabled, self.name),
        });
        if let Some(keys) = self.keys {
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(keys));
        }
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let feel = Feel::of(ui, &response, &theme);
        let (fill, glyph) = self.colors(&feel, &theme);
        let corner = match (self.surface, self.side >= size::ICON_BUTTON_SMALL) {
            (Surface::Disc, _) => (self.side / 2.0) as u8,
            (_, true) => radius::CONTROL,
            (_, false) => radius::SMALL,
        };
        let painter = ui.painter();
        // A disc swells a little under the pointer: its fill has no lighter step left.
        let shown = if self.surface == Surface::Disc { rect.expand(feel.hover - feel.press) } else { rect };
        painter.rect(shown, CornerRadius::same(corner), fill, egui::Stroke::NONE, StrokeKind::Inside);
        self.icon.paint(painter, rect.center(), self.glyph, glyph);
        if feel.focused {
            focus_ring(painter, rect, corner, &theme);
        }
        tooltip(response, &theme, self.tooltip.unwrap_or(self.name))
    }
}

impl Widget for IconButton<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let enabled = self.enabled;
        ui.add_enabled(enabled, |ui: &mut Ui| self.draw(ui))
    }
}

impl IconButton<'_> {
    /// Puts the button around the middle of `rect`, outside the flow of `ui`.
    pub fn put(self, ui: &mut Ui, rect: egui::Rect) -> Response {
        let side = Vec2::splat(self.side);
        let place = egui::Rect::from_center_size(rect.center(), side);
        // A child of its own: a scope would move the cursor of `ui`.
        ui.new_child(egui::UiBuilder::new().max_rect(place)).add(self)
    }
}
