//! The design's tokens, and the one way to reach them: [`Theme::of`].
//!
//! Owns colours, type, sizes, times and egui's style. Knows no widget and no state; what the user chose arrives as
//! an [`Appearance`].

pub mod color;
pub mod metrics;
mod motion;
mod palette;
mod style;
mod type_scale;

use std::sync::Arc;

use egui::{Context, Id, ThemePreference};

pub use color::{contrast, fade, mix};
pub use motion::Motion;
pub use palette::Palette;
pub use type_scale::Type;

/// What the user asked of the looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Appearance {
    pub theme: ThemePreference,
    pub motion: Motion,
    /// Stronger outlines and captions, doubled focus rings.
    pub increase_contrast: bool,
}

/// The tokens in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    pub palette: Palette,
    pub motion: Motion,
    /// Width of a focus ring, in points.
    pub focus_width: f32,
    /// Whether the dark theme is shown.
    pub dark: bool,
}

impl Theme {
    fn new(theme: egui::Theme, appearance: Appearance) -> Self {
        let factor = if appearance.increase_contrast { 2.0 } else { 1.0 };
        Self {
            palette: Palette::new(theme, appearance.increase_contrast),
            motion: appearance.motion,
            focus_width: metrics::stroke::FOCUS * factor,
            dark: theme == egui::Theme::Dark,
        }
    }

    /// The tokens of the theme that is shown now. Cheap: one look-up, no copy.
    #[must_use]
    pub fn of(ctx: &Context) -> Arc<Self> {
        let installed = ctx.data(|data| data.get_temp::<Installed>(Id::NULL));
        let installed = installed.unwrap_or_else(|| install(ctx, Appearance::default()));
        match ctx.theme() {
            egui::Theme::Dark => installed.dark,
            egui::Theme::Light => installed.light,
        }
    }

    /// egui's outline of a focused control.
    #[must_use]
    pub fn focus_stroke(&self) -> egui::Stroke {
        egui::Stroke::new(self.focus_width, self.palette.accent)
    }

    /// A one-point line in `color`.
    #[must_use]
    pub fn hairline(color: egui::Color32) -> egui::Stroke {
        egui::Stroke::new(metrics::stroke::HAIRLINE, color)
    }

    /// The shadow of what floats: toasts, menus, the drag ghost.
    #[must_use]
    pub const fn float_shadow(&self) -> egui::Shadow {
        egui::Shadow { offset: [0, 8], blur: 24, spread: 0, color: self.palette.shadow }
    }

    /// The shadow of the settings sheet.
    #[must_use]
    pub const fn sheet_shadow(&self) -> egui::Shadow {
        egui::Shadow { offset: [0, 16], blur: 48, spread: 0, color: self.palette.sheet_shadow }
    }
}

#[derive(Clone)]
struct Installed {
    appearance: Appearance,
    dark: Arc<Theme>,
    light: Arc<Theme>,
}

/// Puts `appearance` in force. Cheap when nothing changed, so it may be called every frame.
pub fn apply(ctx: &Context, appearance: Appearance) {
    let current = ctx.data(|data| data.get_temp::<Installed>(Id::NULL));
    if current.is_none_or(|installed| installed.appearance != appearance) {
        install(ctx, appearance);
    }
}

fn install(ctx: &Context, appearance: Appearance) -> Installed {
    let both = [egui::Theme::Dark, egui::Theme::Light].map(|theme| (theme, Arc::new(Theme::new(theme, appearance))));
    for (theme, tokens) in &both {
        ctx.set_style_of(*theme, style::style(*theme, &tokens.palette, appearance.motion == Motion::Reduced));
    }
    ctx.set_theme(appearance.theme);
    let [(_, dark), (_, light)] = both;
    let installed = Installed { appearance, dark, light };
    ctx.data_mut(|data| data.insert_temp(Id::NULL, installed.clone()));
    installed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_theme_is_the_one_that_is_read() {
        let ctx = Context::default();
        for (preference, dark) in [(ThemePreference::Light, false), (ThemePreference::Dark, true)] {
            apply(&ctx, Appearance { theme: preference, ..Appearance::default() });
            assert_eq!(Theme::of(&ctx).dark, dark);
            assert_eq!(ctx.global_style().visuals.panel_fill, Theme::of(&ctx).palette.bg);
        }
    }

    #[test]
    fn increased_contrast_doubles_the_focus_ring() {
        let ctx = Context::default();
        apply(&ctx, Appearance::default());
        let plain = Theme::of(&ctx).focus_width;
        apply(&ctx, Appearance { increase_contrast: true, ..Appearance::default() });
        assert!((Theme::of(&ctx).focus_width - 2.0 * plain).abs() < f32::EPSILON);
    }

    #[test]
    fn reduced_motion_jumps() {
        let ctx = Context::default();
        let id = Id::unique("knob");
        assert!(Motion::Reduced.travel(&ctx, id, false, 1.0).abs() < f32::EPSILON);
        assert!((Motion::Reduced.travel(&ctx, id, true, 1.0) - 1.0).abs() < f32::EPSILON);
    }
}
