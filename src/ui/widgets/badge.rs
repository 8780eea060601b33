//! Pills, tags and chips: small facts that are not pressed.

use egui::{
    Color32, CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2,
    text::LayoutJob, vec2,
};

use crate::ui::{
    icons::Icon,
    theme::{
        Theme, Type,
        metrics::{radius, size},
    },
};

/// What a status means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Running,
    Idle,
    Done,
    Failed,
    Unknown,
}

impl Tone {
    /// Fill and ink.
    #[must_use]
    pub fn colors(self, theme: &Theme) -> (Color32, Color32) {
        let p = &theme.palette;
        match self {
            Self::Running => (p.accent_soft, p.accent),
            Self::Idle => (p.control, p.text2),
            Self::Done => (p.success_soft, p.success),
            Self::Failed => (p.error_soft, p.error),
            Self::Unknown => (p.warning_soft, p.warning),
        }
    }
}

/// A status pill: an icon and a word. On a selected row it lies on the panel's colour.
pub fn status_pill(ui: &mut Ui, icon: Icon, text: &str, tone: Tone, on_selected: bool) -> Response {
    /// At the left, between icon and words, at the right; and where a task row has no more room.
    const ROOMY: [f32; 3] = [5.0, 4.0, 7.0];
    const TIGHT: [f32; 3] = [3.0, 3.0, 4.0];
    let theme = Theme::of(ui.ctx());
    let (fill, ink) = tone.colors(&theme);
    let fill = if on_selected { theme.palette.panel } else { fill };
    let natural = Type::CaptionMedium.line(ui.painter(), text, ink).size().x;
    let around = |gaps: [f32; 3]| gaps.iter().sum::<f32>() + size::GLYPH_PILL;
    let fits = natural + around(ROOMY) <= ui.available_width();
    let gaps = if fits { ROOMY } else { TIGHT };
    let [left, gap, _] = gaps;
    let room = ui.available_width() - around(gaps);
    let galley = Type::CaptionMedium.line_within(ui.painter(), text, ink, room.max(20.0));
    let width = around(gaps) + galley.size().x;
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::PILL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(radius::SMALL), fill);
    let glyph = pos2(rect.left() + left + size::GLYPH_PILL / 2.0, rect.center().y);
    icon.paint(painter, glyph, size::GLYPH_PILL, ink);
    let at = pos2(rect.left() + left + size::GLYPH_PILL + gap, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, ink);
    response
}

/// A tag: one fact about a clip. The second part, a number, is set in digits that do not shift.
#[must_use = "add it to a Ui"]
pub struct Tag<'a> {
    text: &'a str,
    number: Option<&'a str>,
}

impl<'a> Tag<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { text, number: None }
    }

    pub const fn number(mut self, number: &'a str) -> Self {
        self.number = Some(number);
        self
    }
}

impl Widget for Tag<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        const PADDING: f32 = 8.0;
        let theme = Theme::of(ui.ctx());
        let p = &theme.palette;
        let mut job = LayoutJob::single_section(self.text.to_owned(), Type::Caption.format(p.text2));
        if let Some(number) = self.number {
            job.append(number, 4.0, Type::CaptionMono.format(p.text2));
        }
        let name = job.text.clone();
        let galley = ui.painter().layout_job(job);
        let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 2.0 * PADDING, size::TAG), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        ui.painter().rect_filled(rect, CornerRadius::same(radius::SMALL), p.control);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, p.text2);
        response
    }
}

/// How serious a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Severity {
    #[default]
    Plain,
    Warning,
    Error,
}

impl Severity {
    /// Fill, outline and ink.
    pub(super) fn colors(self, theme: &Theme) -> (Color32, Color32, Color32) {
        let p = &theme.palette;
        match self {
            Self::Plain => (p.control, p.control, p.text2),
            Self::Warning => (p.warning_soft, p.warning_line, p.warning),
            Self::Error => (p.error_soft, p.error_line, p.error),
        }
    }

    pub(super) const fn icon(self) -> Option<Icon> {
        match self {
            Self::Plain => None,
            Self::Warning => Some(Icon::WARNING),
            Self::Error => Some(Icon::ERROR),
        }
    }
}

/// The line of facts under a well, centred in its width.
#[must_use = "add it to a Ui"]
pub struct MetaChip<'a> {
    text: &'a str,
    severity: Severity,
    width: f32,
}

impl<'a> MetaChip<'a> {
    pub const fn new(text: &'a str, severity: Severity, width: f32) -> Self {
        Self { text, severity, width }
    }
}

impl Widget for MetaChip<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        const GLYPH: f32 = 13.0;
        const GAP: f32 = 4.0;
        let theme = Theme::of(ui.ctx());
        let (fill, _, ink) = self.severity.colors(&theme);
        let (rect, response) = ui.allocate_exact_size(vec2(self.width, size::CHIP), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.text));
        let painter = ui.painter();
        painter.rect(rect, CornerRadius::same(radius::SMALL), fill, Stroke::NONE, StrokeKind::Inside);
        let icon = self.severity.icon();
        let lead = if icon.is_some() { GLYPH + GAP } else { 0.0 };
        let galley = Type::Caption.line_within(painter, self.text, ink, self.width - lead - 12.0);
        let content = Rect::from_center_size(rect.center(), vec2(lead + galley.size().x, galley.size().y));
        if let Some(icon) = icon {
            icon.paint(painter, content.left_center() + vec2(GLYPH / 2.0, 0.0), GLYPH, ink);
        }
        painter.galley(content.min + vec2(lead, 0.0), galley, ink);
        response
    }
}
