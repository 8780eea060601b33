//! The fonts that come with the program, as egui families.
//!
//! Every weight is a family of its own, because egui picks weights by family. No family falls back to another text
//! font: what Inter and `JetBrains` Mono lack (Chinese, Arabic, emoji …) is looked up among the system's fonts by the
//! provider eframe installs, which appends to whichever family asked. A font of egui's own in between would only
//! stand in that provider's way, so egui's `default_fonts` stay off.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily, FontTweak};

/// A font family of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    Regular,
    Medium,
    SemiBold,
    Mono,
    MonoMedium,
    /// Outline icons.
    Icons,
    /// Solid icons: states, and Play.
    IconsFill,
    /// Heavy icons: the tick in a finished step.
    IconsBold,
}

impl Face {
    pub const ALL: [Self; 8] = [
        Self::Regular,
        Self::Medium,
        Self::SemiBold,
        Self::Mono,
        Self::MonoMedium,
        Self::Icons,
        Self::IconsFill,
        Self::IconsBold,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Regular => "inter-regular",
            Self::Medium => "inter-medium",
            Self::SemiBold => "inter-semibold",
            Self::Mono => "jetbrains-mono-regular",
            Self::MonoMedium => "jetbrains-mono-medium",
            Self::Icons => "phosphor-regular",
            Self::IconsFill => "phosphor-fill",
            Self::IconsBold => "phosphor-bold",
        }
    }

    /// The egui family. Regular text and mono text are egui's own two, so that unstyled widgets fit in.
    #[must_use]
    pub fn family(self) -> FontFamily {
        match self {
            Self::Regular => FontFamily::Proportional,
            Self::Mono => FontFamily::Monospace,
            _ => FontFamily::Name(self.name().into()),
        }
    }

    fn data(self) -> FontData {
        match self {
            Self::Regular => FontData::from_static(include_bytes!("../../assets/fonts/Inter-Regular.otf")),
            Self::Medium => FontData::from_static(include_bytes!("../../assets/fonts/Inter-Medium.otf")),
            Self::SemiBold => FontData::from_static(include_bytes!("../../assets/fonts/Inter-SemiBold.otf")),
            Self::Mono => FontData::from_static(include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf")),
            Self::MonoMedium => FontData::from_static(include_bytes!("../../assets/fonts/JetBrainsMono-Medium.ttf")),
            Self::Icons => icons(include_bytes!("../../assets/fonts/Phosphor.ttf")),
            Self::IconsFill => icons(include_bytes!("../../assets/fonts/Phosphor-Fill.ttf")),
            Self::IconsBold => icons(include_bytes!("../../assets/fonts/Phosphor-Bold.ttf")),
        }
    }

    /// Fonts of the program that stand in for glyphs this one lacks.
    const fn fallbacks(self) -> &'static [Self] {
        match self {
            Self::Regular | Self::Medium | Self::SemiBold => &[],
            // Arrows and signs that only Inter has; and the icon families need its replacement glyph.
            _ => &[Self::Regular],
        }
    }
}

/// Icon outlines are drawn on their own grid: hinting them to the text grid would bend them.
fn icons(font: &'static [u8]) -> FontData {
    FontData::from_static(font).tweak(FontTweak { hinting: Some(false), ..FontTweak::default() })
}

/// Every face, ready for [`Context::set_fonts`].
#[must_use]
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for face in Face::ALL {
        fonts.font_data.insert(face.name().to_owned(), Arc::new(face.data()));
        let chain = std::iter::once(face).chain(face.fallbacks().iter().copied());
        fonts.families.insert(face.family(), chain.map(|face| face.name().to_owned()).collect());
    }
    fonts
}

/// Installs the fonts. Call once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(definitions());
}
