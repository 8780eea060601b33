//! The middle of the stage while there is no clip: both frames, the bars between them, a headline and a sentence.

use egui::{Align, Color32, Label, Layout, Rect, Ui, pos2, vec2};

use super::{picture, regions};
use crate::domain::generation::Generation;
use crate::ui::UiContext;
use crate::ui::theme::{
    Theme, Type,
    metrics::{radius, space},
};
use crate::ui::widgets::bars;

const ART_WIDTH: f32 = 626.0;
const POSTER_WIDTH: f32 = 250.0;
const BARS_WIDTH: f32 = 112.0;
const BAR: f32 = 7.0;
pub const BAR_COUNT: usize = 9;

/// The art's width and height for a viewer this wide. The posters have the clip's own shape, as far as there is room.
pub fn art_size(task: &Generation, viewer: Rect) -> egui::Vec2 {
    let width = ART_WIDTH.min(viewer.width() - 42.0);
    let poster = POSTER_WIDTH * width / ART_WIDTH;
    vec2(width, (poster / task.output.ratio() as f32).clamp(80.0, 180.0).round())
}

/// Paints the frames and the bars. `lit` gives how bright each bar is, 0 to 1.
pub fn art(ui: &Ui, cx: &mut UiContext<'_>, task: &Generation, rect: Rect, lit: impl Fn(usize) -> f32) {
    let theme = Theme::of(ui.ctx());
    let (p, painter) = (&theme.palette, ui.painter());
    let scale = rect.width() / ART_WIDTH;
    let room = POSTER_WIDTH * scale;
    let width = room.min(rect.height() * task.output.ratio() as f32);
    let between = BARS_WIDTH * scale;
    let left = Rect::from_min_size(
        pos2(rect.center().x - between / 2.0 - 7.0 - width, rect.top()),
        vec2(width, rect.height()),
    );
    let right = left.translate(vec2(width + between + 14.0, 0.0));
    let [first, last] = picture::posters(cx, task);
    picture::poster(painter, cx, left, first, radius::CONTROL);
    picture::poster(painter, cx, right, last, radius::CONTROL);
    let idle = p.control;
    let place = regions::centred(rect, vec2(between, rect.height()));
    bars(painter, place, BAR_COUNT, BAR * scale, |index, place| {
        crate::ui::theme::mix(idle, p.between(place), lit(index))
    });
}

/// The headline's words, and a number after them in digits that do not shift.
pub fn headline(ui: &mut Ui, rect: Rect, words: &str, number: Option<&str>, color: Color32) {
    let mut job = Type::Display.job(words, color, rect.width());
    if let Some(number) = number {
        job.append(number, space::M, Type::DisplayMono.format(color));
    }
    job.halign = Align::Center;
    centred_text(ui, rect, job);
}

/// A text that fills its lines; the height it took.
pub fn paragraph(ui: &mut Ui, rect: Rect, text: &str, style: Type, color: Color32) -> f32 {
    let mut job = style.job(text, color, rect.width());
    job.halign = Align::Center;
    centred_text(ui, rect, job)
}

/// A sentence under the headline; the height it took.
pub fn sentence(ui: &mut Ui, rect: Rect, text: &str, style: Type, color: Color32) -> f32 {
    let width = balanced(ui, text, style, rect.width());
    let mut job = style.job(text, color, width);
    job.halign = Align::Center;
    let spare = (rect.width() - width) / 2.0;
    centred_text(ui, rect.shrink2(vec2(spare.floor(), 0.0)), job)
}

/// The least width that needs no more lines than `width` does, so that no word is left alone on the last one.
fn balanced(ui: &Ui, text: &str, style: Type, width: f32) -> f32 {
    const STEP: f32 = 16.0;
    let lines = |width: f32| style.lines(ui.painter(), text, Color32::PLACEHOLDER, width).rows.len();
    let most = lines(width);
    if most < 2 {
        return width;
    }
    let mut narrow = width;
    while narrow > width / 2.0 && lines(narrow - STEP) == most {
        narrow -= STEP;
    }
    narrow
}

fn centred_text(ui: &mut Ui, rect: Rect, job: egui::text::LayoutJob) -> f32 {
    regions::part(ui, rect, Layout::top_down(Align::Center), |ui| ui.add(Label::new(job)).rect.height())
}

/// "0:48", "12:05".
pub fn clock(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A header's title: the start of the prompt, in one line.
pub fn title(task: &Generation) -> String {
    let words = task.settings.prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { words!("untitled-clip") } else { words }
}

/// The column for sentences in the middle of the stage.
pub fn measure(viewer: Rect) -> Rect {
    let width = (viewer.width() - 2.0 * space::HUGE).min(600.0);
    Rect::from_center_size(viewer.center(), vec2(width, viewer.height()))
}
