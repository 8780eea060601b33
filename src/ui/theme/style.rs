//! egui's own style, set from the tokens, so that menus, scroll bars, text fields and tooltips fit in.

use egui::{
    CornerRadius, CursorIcon, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Vec2,
    epaint::FontColorTransferFunction,
    style::{ScrollStyle, TextCursorStyle, WidgetVisuals, Widgets},
};

use super::{
    Palette, Type,
    metrics::{radius, size, space, stroke, time},
};

/// The whole egui style of one theme.
pub(super) fn style(theme: egui::Theme, palette: &Palette, reduced_motion: bool) -> Style {
    let mut style = theme.default_style();
    style.text_styles = [
        (TextStyle::Heading, Type::Heading.font_id()),
        (TextStyle::Body, Type::Body.font_id()),
        (TextStyle::Button, Type::BodyMedium.font_id()),
        (TextStyle::Small, Type::Caption.font_id()),
        (TextStyle::Monospace, FontId::new(13.0, FontFamily::Monospace)),
    ]
    .into();
    style.animation_time = if reduced_motion { 0.0 } else { time::SELECT };
    style.explanation_tooltips = false;
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    spacing(&mut style);
    visuals(&mut style, palette);
    style
}

fn spacing(style: &mut Style) {
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::splat(space::M);
    spacing.button_padding = egui::vec2(space::XL, space::S);
    spacing.interact_size = egui::vec2(size::ICON_BUTTON, size::BUTTON);
    spacing.menu_margin = Margin::same(4);
    spacing.window_margin = Margin::same(16);
    spacing.icon_width = size::GLYPH_BUTTON;
    spacing.combo_height = 320.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = ScrollStyle { bar_width: 6.0, floating_width: 4.0, ..ScrollStyle::floating() };
}

/// Exponent of a glyph's coverage: below 1 is heavier than drawn.
const GAMMA: f32 = 1.0;

fn visuals(style: &mut Style, palette: &Palette) {
    let visuals = &mut style.visuals;
    visuals.widgets = widgets(palette);
    visuals.weak_text_color = Some(palette.muted);
    visuals.selection.bg_fill = super::color::mix(palette.raised, palette.accent, 0.35);
    visuals.selection.stroke = Stroke::new(stroke::HAIRLINE, palette.text);
    visuals.hyperlink_color = palette.accent;
    visuals.faint_bg_color = palette.raised;
    visuals.extreme_bg_color = palette.raised;
    visuals.text_edit_bg_color = Some(palette.raised);
    visuals.code_bg_color = palette.control;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.error;
    visuals.window_corner_radius = CornerRadius::same(radius::SHEET);
    visuals.window_fill = palette.panel;
    visuals.window_stroke = Stroke::new(stroke::HAIRLINE, palette.stroke);
    visuals.window_shadow = Shadow { offset: [0, 16], blur: 48, spread: 0, color: palette.sheet_shadow };
    visuals.menu_corner_radius = CornerRadius::same(radius::CONTROL);
    visuals.popup_shadow = Shadow { offset: [0, 8], blur: 24, spread: 0, color: palette.shadow };
    visuals.panel_fill = palette.bg;
    visuals.text_cursor = TextCursorStyle { stroke: Stroke::new(1.5, palette.accent), ..TextCursorStyle::default() };
    visuals.interact_cursor = Some(CursorIcon::PointingHand);
    // The widgets have their own disabled look; a second fade would wash the words out.
    visuals.disabled_alpha = 1.0;
    // egui thickens light text on dark; at this contrast the letters are heavy enough as they are drawn.
    visuals.text_options.color_transfer_function = FontColorTransferFunction::Gamma(GAMMA);
    visuals.slider_trailing_fill = true;
    visuals.image_loading_spinners = false;
}

fn widgets(palette: &Palette) -> Widgets {
    let look = |fill, edge, text| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(stroke::HAIRLINE, edge),
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: Stroke::new(stroke::HAIRLINE, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: look(palette.panel, palette.line, palette.text),
        inactive: look(palette.control, palette.stroke, palette.text),
        hovered: look(palette.hover, palette.strong, palette.text),
        active: look(palette.active, palette.strong, palette.text),
        open: look(palette.active, palette.strong, palette.text),
    }
}
