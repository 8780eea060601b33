//! The colour tokens, dark and light.
//!
//! The only place in the program where a colour is written as a number.

use egui::Color32;

/// Every colour the interface paints with. Read it through [`super::Theme::palette`].
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// The window behind the panels.
    pub bg: Color32,
    /// The three panels and the sheet.
    pub panel: Color32,
    /// Wells, fields, sample cards.
    pub raised: Color32,
    /// Buttons, chips, tags, idle frames.
    pub control: Color32,
    pub hover: Color32,
    /// Pressed controls, emphasised buttons, tracks.
    pub active: Color32,
    /// Around the picture.
    pub viewer: Color32,
    /// Rules between regions and panel outlines.
    pub line: Color32,
    /// Field outlines: decoration, never the only sign of a field.
    pub stroke: Color32,
    /// Outlines that must be seen.
    pub strong: Color32,
    pub text: Color32,
    pub text2: Color32,
    /// Captions. Never on [`Self::active`].
    pub muted: Color32,
    /// Disabled glyphs, never needed information.
    pub disabled: Color32,
    pub accent: Color32,
    pub accent_hover: Color32,
    pub on_accent: Color32,
    /// Selected rows and running pills.
    pub accent_soft: Color32,
    /// The first frame's identity.
    pub first: Color32,
    /// The fill of a first-frame well that is the drop target.
    pub first_soft: Color32,
    /// The last frame's identity.
    pub last: Color32,
    /// The fill of a last-frame well that is the drop target.
    pub last_soft: Color32,
    pub warning: Color32,
    pub warning_soft: Color32,
    pub warning_line: Color32,
    pub on_warning: Color32,
    pub error: Color32,
    pub error_soft: Color32,
    pub error_line: Color32,
    pub success: Color32,
    pub success_soft: Color32,
    /// Behind sheets and drags.
    pub scrim: Color32,
    /// Under toasts, menus and the drag ghost.
    pub shadow: Color32,
    /// Under the settings sheet.
    pub sheet_shadow: Color32,
    /// The toast's fill.
    pub toast: Color32,
    /// The selected segment's fill and its outline.
    pub segment: Color32,
    pub segment_stroke: Color32,
    /// The knob of a switch that is off.
    pub knob: Color32,
    /// The key cap inside a primary button.
    pub primary_key: Color32,
    /// Lines, glyphs and words over a picture: the same in both themes.
    pub on_picture: Color32,
    /// The dark edge of what lies over a picture, and the badges on posters.
    pub picture_shade: Color32,
    /// The parts of a picture that a crop cuts away.
    pub crop_dim: Color32,
    /// A frame that is not the one whose number is shown.
    pub stale_dim: Color32,
    /// A picture that a drop would replace.
    pub replace_dim: Color32,
    /// Behind see-through pictures, as they are sent.
    pub behind_black: Color32,
    pub behind_white: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

const fn rgba(hex: u32, percent: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgba_unmultiplied_const(r, g, b, ((percent * 255 + 50) / 100) as u8)
}

impl Palette {
    pub const DARK: Self = Self {
        bg: rgb(0x0B_0C_0E),
        panel: rgb(0x15_17_1A),
        raised: rgb(0x1B_1E_22),
        control: rgb(0x23_27_2C),
        hover: rgb(0x2C_31_38),
        active: rgb(0x36_3C_44),
        viewer: rgb(0x07_08_09),
        line: rgb(0x24_28_2D),
        stroke: rgb(0x31_36_3D),
        strong: rgb(0x71_79_83),
        text: rgb(0xEC_EE_F1),
        text2: rgb(0xBC_C2_CA),
        muted: rgb(0x94_9C_A6),
        disabled: rgb(0x5C_63_6C),
        accent: rgb(0x7D_A9_F2),
        accent_hover: rgb(0x94_B9_F6),
        on_accent: rgb(0x0A_13_22),
        accent_soft: rgb(0x1A_25_37),
        first: rgb(0x4F_C3_D9),
        first_soft: rgb(0x1A_28_2D),
        last: rgb(0xA5_8D_FA),
        last_soft: rgb(0x21_1D_33),
        warning: rgb(0xF0_B6_4A),
        warning_soft: rgb(0x2A_22_14),
        warning_line: rgb(0x57_45_1F),
        on_warning: rgb(0x1D_15_03),
        error: rgb(0xFF_8A_80),
        error_soft: rgb(0x2D_1A_1B),
        error_line: rgb(0x5E_30_33),
        success: rgb(0x5F_CF_92),
        success_soft: rgb(0x15_28_1F),
        scrim: rgba(0x04_05_06, 62),
        shadow: rgba(0x00_00_00, 45),
        sheet_shadow: rgba(0x00_00_00, 50),
        toast: rgb(0x2C_31_38),
        segment: rgb(0x36_3C_44),
        segment_stroke: rgb(0x36_3C_44),
        knob: rgb(0xF4_F5_F7),
        primary_key: rgba(0x0A_13_22, 16),
        on_picture: rgb(0xFF_FF_FF),
        picture_shade: rgba(0x0B_0C_0E, 78),
        crop_dim: rgba(0x07_08_09, 68),
        stale_dim: rgba(0x00_00_00, 60),
        replace_dim: rgba(0x07_08_09, 72),
        behind_black: rgb(0x00_00_00),
        behind_white: rgb(0xFF_FF_FF),
    };

    pub const LIGHT: Self = Self {
        bg: rgb(0xE9_EB_EE),
        panel: rgb(0xFA_FB_FC),
        raised: rgb(0xFF_FF_FF),
        control: rgb(0xEE_F0_F3),
        hover: rgb(0xE4_E7_EB),
        active: rgb(0xD8_DC_E2),
        viewer: rgb(0xE1_E4_E8),
        line: rgb(0xE3_E6_EA),
        stroke: rgb(0xD0_D5_DB),
        strong: rgb(0x7B_83_8D),
        text: rgb(0x16_19_1D),
        text2: rgb(0x3F_46_4E),
        muted: rgb(0x5E_66_6F),
        disabled: rgb(0xA2_A9_B1),
        accent: rgb(0x2C_62_C8),
        accent_hover: rgb(0x24_55_B2),
        on_accent: rgb(0xFF_FF_FF),
        accent_soft: rgb(0xE4_ED_FB),
        first: rgb(0x0C_7C_93),
        first_soft: rgb(0xE3_F1_F4),
        last: rgb(0x6A_4C_CB),
        last_soft: rgb(0xEF_EA_FB),
        warning: rgb(0x87_58_00),
        warning_soft: rgb(0xFF_F3_D9),
        warning_line: rgb(0xE9_CD_93),
        on_warning: rgb(0xFF_FF_FF),
        error: rgb(0xB3_26_1E),
        error_soft: rgb(0xFD_EB_E9),
        error_line: rgb(0xEF_BD_B8),
        success: rgb(0x1A_74_43),
        success_soft: rgb(0xE3_F4_EA),
        scrim: rgba(0x14_18_1E, 40),
        shadow: rgba(0x14_1C_28, 18),
        sheet_shadow: rgba(0x14_1C_28, 28),
        toast: rgb(0xFF_FF_FF),
        segment: rgb(0xFF_FF_FF),
        segment_stroke: rgb(0xD0_D5_DB),
        knob: rgb(0xFF_FF_FF),
        // Darker than its button, as in the dark theme: lighter, the words in it would be too weak.
        primary_key: rgba(0x0A_13_22, 16),
        on_picture: rgb(0xFF_FF_FF),
        picture_shade: rgba(0x0B_0C_0E, 78),
        crop_dim: rgba(0x07_08_09, 68),
        stale_dim: rgba(0x00_00_00, 60),
        replace_dim: rgba(0x07_08_09, 72),
        behind_black: rgb(0x00_00_00),
        behind_white: rgb(0xFF_FF_FF),
    };

    /// The tokens of one theme, with "Increase contrast" applied where it is asked for.
    #[must_use]
    pub fn new(theme: egui::Theme, increase_contrast: bool) -> Self {
        let base = match theme {
            egui::Theme::Dark => Self::DARK,
            egui::Theme::Light => Self::LIGHT,
        };
        if increase_contrast {
            Self { stroke: base.strong, segment_stroke: base.strong, muted: base.text2, ..base }
        } else {
            base
        }
    }

    /// The colour of a frame, by which end of the clip it is.
    #[must_use]
    pub const fn slot(&self, first: bool) -> Color32 {
        if first { self.first } else { self.last }
    }

    /// The colour that lies `fraction` (0 to 1) of the way from the first frame to the last.
    #[must_use]
    pub fn between(&self, fraction: f32) -> Color32 {
        super::color::mix(self.first, self.last, fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::color::contrast;

    /// Pair, dark ratio, light ratio, and the least ratio it needs.
    type Row = (&'static str, fn(&Palette) -> (Color32, Color32), f64, f64, f64);

    const TABLE: &[Row] = &[
        ("text on panel", |p| (p.text, p.panel), 15.5, 17.0, 4.5),
        ("text2 on control", |p| (p.text2, p.control), 8.4, 8.4, 4.5),
        ("muted on panel", |p| (p.muted, p.panel), 6.5, 5.6, 4.5),
        ("muted on control", |p| (p.muted, p.control), 5.4, 5.1, 4.5),
        ("muted on hover", |p| (p.muted, p.hover), 4.7, 4.7, 4.5),
        ("muted on viewer", |p| (p.muted, p.viewer), 7.2, 4.6, 4.5),
        ("muted on accentSoft", |p| (p.muted, p.accent_soft), 5.6, 4.9, 4.5),
        ("accent on panel", |p| (p.accent, p.panel), 7.6, 5.5, 4.5),
        ("accent on accentSoft", |p| (p.accent, p.accent_soft), 6.5, 4.8, 4.5),
        ("on-accent on accent", |p| (p.on_accent, p.accent), 7.8, 5.7, 4.5),
        ("warning on soft", |p| (p.warning, p.warning_soft), 8.6, 5.6, 4.5),
        ("error on soft", |p| (p.error, p.error_soft), 7.2, 5.7, 4.5),
        ("error on control", |p| (p.error, p.control), 6.6, 5.7, 4.5),
        ("success on soft", |p| (p.success, p.success_soft), 8.0, 5.1, 4.5),
        ("first on panel", |p| (p.first, p.panel), 8.7, 4.7, 3.0),
        ("last on panel", |p| (p.last, p.panel), 6.7, 5.8, 3.0),
        ("strong on raised", |p| (p.strong, p.raised), 3.8, 3.8, 3.0),
    ];

    #[test]
    fn every_pair_has_the_contrast_the_design_states() {
        for (name, pair, dark, light, least) in TABLE {
            for (theme, palette, stated) in [("dark", Palette::DARK, dark), ("light", Palette::LIGHT, light)] {
                let (a, b) = pair(&palette);
                let found = contrast(a, b);
                assert!(found >= *least, "{name} ({theme}): {found:.2} is below {least}");
                assert!((found - stated).abs() <= 0.1, "{name} ({theme}): {found:.2}, the design says {stated}");
            }
        }
    }

    /// Colours with their names, and what each of them lies on somewhere in the window.
    type Used = (&'static str, fn(&Palette) -> Color32, fn(&Palette) -> Vec<Color32>);

    const WORDS: &[Used] = &[
        (
            "text",
            |p| p.text,
            |p| {
                let fills = vec![p.bg, p.panel, p.raised, p.control, p.hover, p.active, p.viewer, p.segment, p.toast];
                let soft = vec![p.accent_soft, p.warning_soft, p.error_soft, p.first_soft, p.last_soft];
                [fills, soft].concat()
            },
        ),
        (
            "text2",
            |p| p.text2,
            |p| {
                let fills = vec![p.bg, p.panel, p.raised, p.control, p.hover, p.active, p.viewer, p.segment];
                let soft = vec![p.accent_soft, p.warning_soft, p.error_soft, p.last_soft];
                [fills, soft].concat()
            },
        ),
        (
            "muted",
            |p| p.muted,
            |p| vec![p.bg, p.panel, p.raised, p.control, p.hover, p.viewer, p.accent_soft, p.first_soft, p.last_soft],
        ),
        ("accent", |p| p.accent, |p| vec![p.panel, p.accent_soft, p.toast]),
        ("accent hover", |p| p.accent_hover, |p| vec![p.panel, p.accent_soft, p.active, p.toast]),
        ("on accent", |p| p.on_accent, |p| vec![p.accent, p.accent_hover]),
        ("warning", |p| p.warning, |p| vec![p.warning_soft, p.panel, p.raised]),
        ("on warning", |p| p.on_warning, |p| vec![p.warning]),
        ("error", |p| p.error, |p| vec![p.error_soft, p.panel, p.raised, p.control]),
        ("success", |p| p.success, |p| vec![p.success_soft, p.panel]),
    ];

    const GLYPHS: &[Used] = &[
        ("first", |p| p.first, |p| vec![p.bg, p.panel, p.raised, p.first_soft, p.viewer, p.active]),
        ("last", |p| p.last, |p| vec![p.bg, p.panel, p.raised, p.last_soft, p.viewer, p.active]),
        ("between", |p| p.between(0.5), |p| vec![p.bg, p.panel, p.viewer, p.active]),
        ("strong", |p| p.strong, |p| vec![p.panel, p.raised, p.viewer]),
        ("accent", |p| p.accent, |p| vec![p.bg, p.panel, p.raised, p.control, p.viewer, p.active]),
        ("error", |p| p.error, |p| vec![p.raised, p.panel, p.viewer, p.toast]),
        ("warning", |p| p.warning, |p| vec![p.viewer]),
        ("success", |p| p.success, |p| vec![p.toast]),
        ("knob", |p| p.knob, |p| vec![p.strong]),
    ];

    #[test]
    fn every_pair_in_use_is_readable_in_every_look() {
        let looks = [egui::Theme::Dark, egui::Theme::Light].map(|theme| [false, true].map(|more| (theme, more)));
        let mut weak = Vec::new();
        for (theme, more) in looks.into_iter().flatten() {
            let palette = Palette::new(theme, more);
            for (table, least) in [(WORDS, 4.5), (GLYPHS, 3.0)] {
                for (name, color, grounds) in table {
                    for ground in grounds(&palette) {
                        let found = contrast(color(&palette), ground);
                        if found < least {
                            weak.push(format!("{theme:?}, increased {more}: {name} on {ground:?}: {found:.2}"));
                        }
                    }
                }
            }
            // What "Increase contrast" makes visible: outlines of fields.
            if more {
                assert!(
                    contrast(palette.stroke, palette.raised) >= 3.0 && contrast(palette.stroke, palette.panel) >= 3.0
                );
            }
        }
        assert!(weak.is_empty(), "{}", weak.join("\n"));
    }

    #[test]
    fn increased_contrast_swaps_the_weak_tokens() {
        for theme in [egui::Theme::Dark, egui::Theme::Light] {
            let (plain, strong) = (Palette::new(theme, false), Palette::new(theme, true));
            assert_eq!((strong.stroke, strong.muted), (plain.strong, plain.text2));
            assert_eq!((strong.text, strong.panel), (plain.text, plain.panel));
        }
    }
}
