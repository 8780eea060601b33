//! The block under the stage: the pictures and the prompt a clip was made from, and its facts as tags.

use egui::{Align, Layout, Rect, Ui, Widget, vec2};

use super::{picture, regions};
use crate::domain::generation::{ClipFacts, Generation, Status};
use crate::domain::model::Host;
use crate::domain::request::RANDOM_SEED;
use crate::state::{State, TaskCommand};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::{
    Theme, Type,
    metrics::{radius, size, space},
};
use crate::ui::widgets::{Button, ButtonKind, MetaChip, Severity, Tag, tooltip};

/// Height of the block with two lines of prompt and a row of tags.
pub const HEIGHT: f32 = 97.0;
/// Height with the tags alone, where points run short.
pub const HEIGHT_NARROW: f32 = 56.0;
/// Height of the block under a finished clip, which shows its frames too.
pub const CLIP_HEIGHT: f32 = 109.0;
/// The line above the block.
const RULE: f32 = 1.0;
const POSTER: egui::Vec2 = vec2(78.0, 44.0);

/// One fact about a clip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    text: String,
    number: Option<String>,
    /// What was asked for, where the clip is something else.
    asked: Option<String>,
}

impl Fact {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), number: None, asked: None }
    }

    /// What was measured, and what was asked where that is something else.
    fn measured(found: String, asked: &str, same: bool) -> Self {
        Self { text: found, number: None, asked: (!same).then(|| asked.to_owned()) }
    }

    /// In whole, as it is read out.
    fn spoken(&self) -> String {
        match (&self.asked, &self.number) {
            (Some(asked), _) => words!("fact-asked-spoken", fact = self.text.as_str(), asked = asked),
            (None, Some(number)) => format!("{} {number}", self.text),
            (None, None) => self.text.clone(),
        }
    }
}

/// The facts of a task: as asked while it is on its way, as measured once the clip is here.
pub fn facts(state: &State, task: &Generation) -> Vec<Fact> {
    let mut facts = match &task.measured {
        Some(found) => {
            let (fps, length) = (f64::from(task.fps), f64::from(task.settings.duration));
            let half_a_frame = 0.5 / found.fps.max(1.0) + 0.001;
            vec![
                Fact::measured(found.size.to_string(), &task.output.to_string(), found.size == task.output),
                Fact::measured(
                    words!("fact-fps", fps = short(found.fps)),
                    &words!("fact-fps", fps = task.fps),
                    (found.fps - fps).abs() < 0.01,
                ),
                Fact::measured(
                    words!("seconds-short", seconds = short(found.duration)),
                    &words!("seconds-short", seconds = task.settings.duration),
                    (found.duration - length).abs() < half_a_frame,
                ),
            ]
            .into_iter()
            .chain(frames(task, found))
            .collect()
        }
        // What was asked is no fact about a clip that could not be read.
        None if task.status == Status::Done => vec![Fact::plain(words!("fact-not-measured"))],
        None => vec![
            Fact::plain(task.output.to_string()),
            Fact::plain(words!("fact-fps", fps = task.fps)),
            Fact::plain(words!("seconds-short", seconds = task.settings.duration)),
        ],
    };
    facts.extend(seed(task));
    if task.settings.camera_fixed {
        facts.push(Fact::plain(words!("field-camera-fixed")));
    }
    let host = state.catalogue.host(&task.host.host);
    if host.is_some_and(|host| host.free) {
        facts.push(Fact::plain(words!("price-free")));
    } else if let Some(price) = task.price {
        facts.push(Fact::plain(words!("price-about", amount = price.to_string())));
    }
    let host = host.map_or_else(|| task.host.host.clone(), Host::title);
    if host.is_empty() {
        facts.push(Fact::plain(words!("fact-found-again")));
    } else {
        facts.push(Fact::plain(host));
    }
    facts
}

/// The number of frames, where it is not what was asked; otherwise the timecode says it.
fn frames(task: &Generation, found: &ClipFacts) -> Option<Fact> {
    let asked = u64::from(task.fps) * u64::from(task.settings.duration);
    let words = |count: u64| words!("fact-frames", count = count);
    (found.frames != asked).then(|| Fact::measured(words(found.frames), &words(asked), false))
}

fn seed(task: &Generation) -> Option<Fact> {
    let asked = task.settings.seed;
    match task.seed_used {
        Some(used) if asked != RANDOM_SEED && used != asked => {
            Some(Fact::measured(words!("fact-seed", seed = used.to_string()), &asked.to_string(), false))
        }
        Some(used) => Some(Fact { text: words!("field-seed"), number: Some(used.to_string()), asked: None }),
        None if asked == RANDOM_SEED => None,
        None => Some(Fact { text: words!("field-seed"), number: Some(asked.to_string()), asked: None }),
    }
}

/// At most two decimals, and none where they are zero.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How many tags fit, and the room for one that counts the rest with them.
fn fitting(widths: &[f32], room: f32, count: f32) -> usize {
    let ends: Vec<f32> = widths
        .iter()
        .scan(-space::S, |end, width| {
            *end += space::S + width;
            Some(*end)
        })
        .collect();
    if ends.last().is_none_or(|&end| end <= room) {
        return ends.len();
    }
    ends.iter().take_while(|&&end| end + space::S + count <= room).count()
}

/// Shows the tags in a row. Those there is no room for are counted in the last one, which names them.
pub fn tags(ui: &mut Ui, row: Rect, facts: &[Fact]) {
    regions::row(ui, row, |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let widths: Vec<f32> = facts.iter().map(|fact| width(ui, fact)).collect();
        let rest = |shown: usize| Fact::plain(words!("fact-more", count = facts.len() - shown));
        let shown = fitting(&widths, ui.available_width(), width(ui, &rest(0)));
        for (fact, width) in facts[..shown].iter().zip(widths) {
            if let Some(asked) = &fact.asked {
                let chip = MetaChip::new(&fact.text, Severity::Warning, width).ui(ui);
                ui.ctx().accesskit_node_builder(chip.id, |node| node.set_label(fact.spoken()));
                let _ = tooltip(chip, &Theme::of(ui.ctx()), &words!("fact-asked", asked = asked));
            } else {
                let tag = Tag::new(&fact.text);
                ui.add(match &fact.number {
                    Some(number) => tag.number(number),
                    None => tag,
                });
            }
        }
        if shown < facts.len() {
            let names: Vec<String> = facts[shown..].iter().map(Fact::spoken).collect();
            let names = names.join(" · ");
            let count = rest(shown);
            // What is not as it was asked for shows, even unnamed.
            let tag = if facts[shown..].iter().any(|fact| fact.asked.is_some()) {
                let marked = Fact { asked: Some(String::new()), ..count };
                MetaChip::new(&marked.text, Severity::Warning, width(ui, &marked)).ui(ui)
            } else {
                ui.add(Tag::new(&count.text))
            };
            ui.ctx().accesskit_node_builder(tag.id, |node| node.set_label(names.as_str()));
            let _ = tooltip(tag, &Theme::of(ui.ctx()), &names);
        }
    });
}

fn width(ui: &Ui, fact: &Fact) -> f32 {
    let line = |style: Type, text: &str| style.line(ui.painter(), text, egui::Color32::PLACEHOLDER).size().x;
    let number = fact.number.as_deref().map_or(0.0, |number| 4.0 + line(Type::CaptionMono, number));
    let icon = if fact.asked.is_some() { 17.0 } else { 0.0 };
    line(Type::Caption, &fact.text) + number + icon + 17.0
}

/// The block of a task without a clip: what was asked, and perhaps a button at the right.
pub fn show(ui: &mut Ui, cx: &UiContext<'_>, rect: Rect, task: &Generation, right: impl FnOnce(&mut Ui)) {
    regions::rule_above(ui, rect);
    let inner = rect.shrink2(vec2(regions::PADDING, 0.0));
    let facts = facts(cx.state, task);
    let mut room = inner;
    let top = if cx.narrow { inner } else { room.shrink2(vec2(0.0, RULE + space::GROUP)) };
    let button_row = Rect::from_min_size(top.min, vec2(top.width(), if cx.narrow { top.height() } else { 32.0 }));
    let taken = regions::row_from_right(ui, button_row, |ui| {
        right(ui);
        ui.min_rect().left()
    });
    let edge = (taken - space::XXL).max(inner.left());
    if cx.narrow {
        tags(ui, inner.with_max_x(edge), &facts);
        return;
    }
    regions::cut_top(&mut room, RULE + space::GROUP);
    prompt(ui, regions::cut_top(&mut room, 36.0).with_max_x(edge), task);
    regions::cut_top(&mut room, space::M + 2.0);
    tags(ui, regions::cut_top(&mut room, size::TAG), &facts);
}

/// The block of a finished clip.
pub fn show_clip(ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect, task: &Generation) {
    let theme = Theme::of(ui.ctx());
    regions::rule_above(ui, rect);
    let mut room = rect.shrink2(vec2(regions::PADDING, 0.0));
    regions::cut_top(&mut room, RULE + space::GROUP);
    let mut top = regions::cut_top(&mut room, POSTER.y);
    let posters = picture::posters(cx, task);
    let count = 1 + usize::from(task.has_last_frame);
    for (index, poster) in posters.into_iter().take(count).enumerate() {
        let place = Rect::from_min_size(top.min, POSTER);
        picture::poster(ui.painter(), cx, place, poster, radius::KEY);
        let line = Rect::from_min_max(egui::pos2(place.left(), place.bottom() - 3.0), place.max);
        let corner = egui::CornerRadius { nw: 0, ne: 0, sw: 3, se: 3 };
        ui.painter().rect_filled(line, corner, theme.palette.slot(index == 0));
        top.min.x += POSTER.x + space::S;
    }
    top.min.x += space::M;
    prompt(ui, top, task);
    regions::cut_top(&mut room, space::XL);
    let row = regions::cut_top(&mut room, size::TAG);
    let title = words!("reuse-settings");
    let reuse = Button::new(&title).icon(Icon::REUSE_SETTINGS).kind(ButtonKind::Link).small();
    let taken = regions::row_from_right(ui, row.expand2(vec2(0.0, 2.0)), |ui| {
        ui.add_space(space::S);
        if ui.add(reuse).clicked() {
            cx.send(crate::state::Command::Task(task.id.clone(), TaskCommand::ReuseSettings));
        }
        ui.min_rect().left()
    });
    tags(ui, row.with_max_x(taken - space::M), &facts(cx.state, task));
}

/// The prompt in two lines at most.
fn prompt(ui: &mut Ui, rect: Rect, task: &Generation) {
    let theme = Theme::of(ui.ctx());
    let text = task.settings.prompt.trim();
    let none = words!("fact-no-prompt");
    let (text, color) =
        if text.is_empty() { (none.as_str(), theme.palette.muted) } else { (text, theme.palette.text2) };
    let mut job = Type::Excerpt.job(text, color, rect.width());
    job.wrap.max_rows = 2;
    job.wrap.break_anywhere = false;
    // Letters of half a size lie a point low in their line.
    regions::part(ui, rect.translate(vec2(0.0, -1.0)), Layout::top_down(Align::Min), |ui| {
        ui.add(egui::Label::new(job).show_tooltip_when_elided(false))
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::{STATE_SIZE, generation, state};
    use super::*;
    use crate::domain::model::Size;

    fn texts(task: &Generation) -> Vec<String> {
        facts(&state(), task).iter().map(Fact::spoken).collect()
    }

    #[test]
    fn tags_that_do_not_fit_are_counted_in_one_that_does() {
        let widths = [100.0, 50.0, 50.0];
        let all = 200.0 + 2.0 * space::S;
        assert_eq!(fitting(&widths, all, 30.0), 3, "no room is kept for a count that is not needed");
        assert_eq!(fitting(&widths, all - 1.0, 30.0), 2);
        assert_eq!(fitting(&widths, 180.0 + 2.0 * space::S - 1.0, 30.0), 1);
        assert_eq!(fitting(&widths, 90.0, 30.0), 0);
        assert_eq!(fitting(&[], 0.0, 30.0), 0);
    }

    #[test]
    fn a_clip_that_is_as_asked_says_so_plainly() {
        let mut task = generation("a", Status::Done);
        task.measured = Some(ClipFacts { size: STATE_SIZE, fps: 24.0, frames: 120, duration: 5.0 });
        task.seed_used = Some(48_213_907);
        assert_eq!(texts(&task), ["1248×704", "24 fps", "5 s", "Seed 48213907", "Free", "Rehearsal"]);
        assert!(facts(&state(), &task).iter().all(|fact| fact.asked.is_none()));
    }

    #[test]
    fn a_clip_that_is_something_else_says_both() {
        let mut task = generation("a", Status::Done);
        let found = ClipFacts { size: Size::new(1280, 720), fps: 23.976, frames: 121, duration: 5.046 };
        task.measured = Some(found);
        let differing: Vec<_> =
            facts(&state(), &task).into_iter().filter_map(|fact| Some((fact.text, fact.asked?))).collect();
        let expected =
            [("1280×720", "1248×704"), ("23.98 fps", "24 fps"), ("5.05 s", "5 s"), ("121 frames", "120 frames")];
        assert_eq!(differing, expected.map(|(found, asked)| (found.to_owned(), asked.to_owned())));
    }
}
