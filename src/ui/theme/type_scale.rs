//! The type scale: which family, size and line height each kind of text has.

use std::sync::Arc;

use egui::{
    Color32, FontFamily, FontId, Galley, Painter, RichText,
    text::{LayoutJob, TextFormat, TextWrapping},
};

use crate::ui::fonts::Face;

/// A text style. Sizes in points; each has its own line height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// Empty stage and progress.
    Display,
    /// The percentage beside a [`Self::Display`] word.
    DisplayMono,
    /// Sheet titles.
    Title,
    /// The player's clock.
    Timecode,
    /// Panel and clip titles, Generate.
    Heading,
    /// Running text that introduces the stage.
    Lead,
    Body,
    BodyMedium,
    BodyStrong,
    BodyMono,
    /// What the user writes: a point more line height.
    Prompt,
    /// Prompts that are read, not written: half a point smaller, so that more of them fits.
    Excerpt,
    ExcerptMedium,
    /// Field labels, captions, notes.
    Small,
    /// What went wrong with a task, over several lines.
    Reason,
    SmallMedium,
    /// What a clip costs.
    SmallStrong,
    SmallMono,
    /// Metadata, counters, key caps.
    Caption,
    CaptionMedium,
    CaptionMono,
    /// The ruler under the filmstrip.
    Ruler,
    /// The length on a poster.
    Badge,
}

impl Type {
    pub const ALL: [Self; 23] = [
        Self::Display,
        Self::DisplayMono,
        Self::Title,
        Self::Timecode,
        Self::Heading,
        Self::Lead,
        Self::Body,
        Self::BodyMedium,
        Self::BodyStrong,
        Self::BodyMono,
        Self::Prompt,
        Self::Excerpt,
        Self::ExcerptMedium,
        Self::Small,
        Self::Reason,
        Self::SmallMedium,
        Self::SmallStrong,
        Self::SmallMono,
        Self::Caption,
        Self::CaptionMedium,
        Self::CaptionMono,
        Self::Ruler,
        Self::Badge,
    ];

    /// Face, size, line height.
    const fn spec(self) -> (Face, f32, f32) {
        match self {
            Self::Display => (Face::SemiBold, 22.0, 28.0),
            Self::DisplayMono => (Face::Mono, 22.0, 28.0),
            Self::Title => (Face::SemiBold, 17.0, 24.0),
            Self::Timecode => (Face::MonoMedium, 17.0, 24.0),
            Self::Heading => (Face::SemiBold, 14.0, 20.0),
            Self::Lead => (Face::Regular, 14.0, 21.0),
            Self::Body => (Face::Regular, 13.0, 18.0),
            Self::BodyMedium => (Face::Medium, 13.0, 18.0),
            Self::BodyStrong => (Face::SemiBold, 13.0, 18.0),
            // Its letters are larger than Inter's of the same size.
            Self::BodyMono => (Face::Mono, 12.5, 18.0),
            Self::Prompt => (Face::Regular, 13.0, 19.0),
            Self::Excerpt => (Face::Regular, 12.5, 18.0),
            Self::ExcerptMedium => (Face::Medium, 12.5, 18.0),
            Self::Small => (Face::Regular, 12.0, 16.0),
            Self::Reason => (Face::Regular, 12.0, 17.0),
            Self::SmallMedium => (Face::Medium, 12.0, 16.0),
            Self::SmallStrong => (Face::SemiBold, 12.0, 16.0),
            Self::SmallMono => (Face::Mono, 12.0, 16.0),
            Self::Caption => (Face::Regular, 11.0, 14.0),
            Self::CaptionMedium => (Face::Medium, 11.0, 14.0),
            Self::CaptionMono => (Face::Mono, 11.0, 14.0),
            Self::Ruler => (Face::Mono, 10.5, 14.0),
            Self::Badge => (Face::SemiBold, 10.0, 14.0),
        }
    }

    #[must_use]
    pub fn family(self) -> FontFamily {
        self.spec().0.family()
    }

    #[must_use]
    pub fn font_id(self) -> FontId {
        FontId::new(self.spec().1, self.family())
    }

    #[must_use]
    pub const fn line_height(self) -> f32 {
        self.spec().2
    }

    #[must_use]
    pub fn format(self, color: Color32) -> TextFormat {
        TextFormat { line_height: Some(self.line_height()), ..TextFormat::simple(self.font_id(), color) }
    }

    /// Text for egui's own labels and buttons.
    #[must_use]
    pub fn rich(self, text: impl Into<String>, color: Color32) -> RichText {
        RichText::new(text).font(self.font_id()).line_height(Some(self.line_height())).color(color)
    }

    /// Text that wraps at `max_width` (points; infinite for one line).
    #[must_use]
    pub fn job(self, text: impl Into<String>, color: Color32, max_width: f32) -> LayoutJob {
        let mut job = LayoutJob::single_section(text.into(), self.format(color));
        job.wrap.max_width = max_width;
        job
    }

    /// One line, as wide as it needs to be.
    #[must_use]
    pub fn line(self, painter: &Painter, text: impl Into<String>, color: Color32) -> Arc<Galley> {
        painter.layout_job(self.job(text, color, f32::INFINITY))
    }

    /// One line that ends in "…" where `max_width` is too narrow for it.
    #[must_use]
    pub fn line_within(self, painter: &Painter, text: impl Into<String>, color: Color32, width: f32) -> Arc<Galley> {
        let mut job = self.job(text, color, width);
        job.wrap = TextWrapping::truncate_at_width(width);
        job.break_on_newline = false;
        painter.layout_job(job)
    }

    /// As many lines as it takes.
    #[must_use]
    pub fn lines(self, painter: &Painter, text: impl Into<String>, color: Color32, max_width: f32) -> Arc<Galley> {
        painter.layout_job(self.job(text, color, max_width))
    }
}
