//! A task on its way: how far it is, what happens now, and what comes after.

use std::time::Duration;

use egui::{Color32, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::trouble;
use super::{details, headline, regions};
use crate::domain::generation::{Generation, Status};
use crate::state::action::status_words;
use crate::state::steps::{STEPS, step};
use crate::state::{Command, TaskCommand};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::remedy::remedies;
use crate::ui::theme::{
    Motion, Theme, Type,
    metrics::{space, time},
};
use crate::ui::widgets::{Button, ButtonKind, Tone, status_pill};

const STEP_WIDTH: f32 = 96.0;
const CIRCLE: f32 = 9.0;
const STEPS_HEIGHT: f32 = 60.0;
const NOTICE: f32 = 72.0;

/// How far the present step is, 0 to 1, where anybody says.
fn fraction(cx: &UiContext<'_>, task: &Generation) -> Option<f32> {
    let tasks = &cx.state.tasks;
    match task.status {
        Status::Uploading => tasks.uploads.get(&task.id)?.fraction(),
        Status::Rendering(percent) => percent.map(|percent| f32::from(percent) / 100.0),
        Status::Downloading => tasks.downloads.get(&task.id)?.fraction(),
        _ => None,
    }
}

/// A task that is on its way.
pub fn show(ui: &mut Ui, cx: &mut UiContext<'_>, panel: Rect, task: &Generation) {
    let theme = Theme::of(ui.ctx());
    let mut rest = panel;
    let header = regions::cut_top(&mut rest, regions::header_height(cx.narrow));
    trouble::header(ui, cx, header, task, &[], |ui| {
        let (icon, tone) = look(&task.status);
        status_pill(ui, icon, &status_words(&task.status), tone, false);
    });
    let height = if cx.narrow { details::HEIGHT_NARROW } else { details::HEIGHT };
    let block = regions::cut_bottom(&mut rest, height);
    let mut stop = false;
    details::show(ui, cx, block, task, |ui| {
        if task.status.is_accepted() {
            let title = words!("stop-watching-more");
            let button = Button::new(&title).icon(Icon::CLOSE).kind(ButtonKind::Outline);
            stop = ui.add(button).clicked();
        }
    });
    if stop {
        cx.send(Command::Task(task.id.clone(), TaskCommand::StopWatching));
    }
    let viewer = rest;
    ui.painter().rect_filled(viewer, 0.0, theme.palette.viewer);
    middle(ui, cx, viewer, task);
    // The elapsed time is the one thing that changes by itself.
    ui.ctx().request_repaint_after(Duration::from_secs(1));
}

/// Icon and tone of a status pill.
pub fn look(status: &Status) -> (Icon, Tone) {
    match status {
        Status::Uploading => (Icon::UPLOADING, Tone::Running),
        Status::Unknown(_) => (Icon::UNKNOWN, Tone::Unknown),
        Status::NotSent | Status::Queued => (Icon::QUEUED, Tone::Idle),
        Status::Rendering(_) => (Icon::RENDERING, Tone::Running),
        Status::Downloading => (Icon::DOWNLOADING, Tone::Running),
        Status::Done => (Icon::DONE, Tone::Done),
        Status::Failed(_) | Status::Refused(_) => (Icon::FAILED, Tone::Failed),
        Status::Stopped => (Icon::NOT_WATCHED, Tone::Idle),
    }
}

fn middle(ui: &mut Ui, cx: &mut UiContext<'_>, viewer: Rect, task: &Generation) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let art = headline::art_size(task, viewer);
    let notice = if task.notice.is_some() { NOTICE } else { 0.0 };
    let gap = if viewer.height() < 480.0 { space::SECTION } else { space::PAGE };
    // The letters' own room above and below them differs from step to step.
    let (above, below, above_steps) = (gap + 2.0, space::M - 1.0, gap + 2.0);
    let height = art.y + above + 28.0 + below + 18.0 + above_steps + STEPS_HEIGHT + notice;
    let mut rest = regions::centred(headline::measure(viewer), vec2(headline::measure(viewer).width(), height));
    let art_row = regions::cut_top(&mut rest, art.y);
    let lit = bars_lit(ui, cx, task);
    headline::art(ui, cx, task, regions::centred(art_row, art), lit);
    regions::cut_top(&mut rest, above);
    let line = regions::cut_top(&mut rest, 28.0);
    let (words, number) = headline_words(cx, task);
    headline::headline(ui, line, &words, number.as_deref(), p.text);
    announce_progress(ui, cx, task, line);
    regions::cut_top(&mut rest, below);
    let taken = headline::sentence(ui, rest, &so_far(cx, task), Type::Body, p.text2);
    regions::cut_top(&mut rest, taken.max(18.0));
    regions::cut_top(&mut rest, above_steps);
    steps(ui, cx, regions::cut_top(&mut rest, STEPS_HEIGHT), task);
    if let Some(notice) = &task.notice {
        regions::cut_top(&mut rest, space::L);
        trouble::notice(ui, cx, rest, task, &notice.sentence(), &remedies(task));
    }
}

fn headline_words(cx: &UiContext<'_>, task: &Generation) -> (String, Option<String>) {
    let percent = fraction(cx, task).map(|fraction| format!("{}%", (fraction * 100.0).floor() as u32));
    match task.status {
        Status::NotSent => (words!("running-waiting"), None),
        Status::Uploading => (words!("status-uploading"), percent),
        Status::Queued => (words!("status-queued"), None),
        Status::Downloading => (words!("status-downloading"), percent),
        Status::Done => (words!("status-done"), None),
        _ => (words!("status-rendering"), percent),
    }
}

/// How long it has taken, and whether the window has to stay open.
fn so_far(cx: &UiContext<'_>, task: &Generation) -> String {
    let elapsed = headline::clock(cx.state.now.seconds_since(task.created));
    if task.status.is_accepted() {
        words!("running-so-far", elapsed = elapsed)
    } else {
        words!("running-sending", elapsed = elapsed)
    }
}

/// A screen reader is told the progress as a number too.
fn announce_progress(ui: &mut Ui, cx: &UiContext<'_>, task: &Generation, rect: Rect) {
    let Some(fraction) = fraction(cx, task) else { return };
    let percent = f64::from((fraction * 100.0).floor());
    let name = headline::title(task);
    let response = ui.interact(rect, ui.scope_id().with("progress"), Sense::hover());
    response.widget_info(|| WidgetInfo {
        value: Some(percent),
        ..WidgetInfo::labeled(Role::ProgressIndicator, true, &name)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.set_value(format!("{percent}%"));
    });
}

/// How bright each bar is: filled up to the fraction, or three of them wandering where nobody says how far it is.
fn bars_lit(ui: &Ui, cx: &UiContext<'_>, task: &Generation) -> impl Fn(usize) -> f32 + use<> {
    const WANDER: f64 = 0.18;
    let theme = Theme::of(ui.ctx());
    let somewhere = matches!(task.status, Status::Rendering(None));
    let id = ui.scope_id().with(("bars", &task.id, step(&task.status)));
    let target = fraction(cx, task).unwrap_or(0.0);
    let filled = theme.motion.approach(ui.ctx(), id, target, time::PROGRESS) * headline::BAR_COUNT as f32;
    let still = theme.motion == Motion::Reduced;
    let start = if somewhere && !still {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(WANDER));
        (ui.input(|input| input.time) / WANDER) as usize % headline::BAR_COUNT
    } else {
        0
    };
    move |index| {
        if somewhere {
            let place = (index + headline::BAR_COUNT - start) % headline::BAR_COUNT;
            return if place < 3 { 1.0 } else { 0.0 };
        }
        (filled - index as f32).clamp(0.0, 1.0)
    }
}

fn step_names() -> [String; STEPS] {
    [words!("step-upload"), words!("step-queue"), words!("step-render"), words!("step-download"), words!("step-save")]
}

fn steps(ui: &mut Ui, cx: &UiContext<'_>, rect: Rect, task: &Generation) {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let now = step(&task.status);
    let width = STEP_WIDTH.min(rect.width() / STEPS as f32);
    let left = rect.center().x - width * (STEPS as f32 - 1.0) / 2.0;
    let y = rect.top() + CIRCLE;
    for (index, name) in step_names().iter().enumerate() {
        let center = pos2(left + index as f32 * width, y);
        if index > 0 {
            let color = if index <= now { p.accent } else { p.strong };
            let line = center.x - width + CIRCLE + 5.0..=center.x - CIRCLE - 5.0;
            ui.painter().hline(line, y, Stroke::new(2.0, color));
        }
        circle(ui, &theme, center, index.cmp(&now));
        let ink = if index <= now { p.text } else { p.muted };
        let place = Rect::from_min_size(pos2(center.x - width / 2.0, y + CIRCLE + space::M + 1.0), vec2(width, 16.0));
        let under = place.translate(vec2(0.0, 17.0));
        let took = cx.state.tasks.steps.get(&task.id).and_then(|steps| steps.took(index));
        let text = match index.cmp(&now) {
            std::cmp::Ordering::Less => took.map(headline::clock),
            std::cmp::Ordering::Equal => fraction(cx, task).map(|share| format!("{}%", (share * 100.0).floor() as u32)),
            std::cmp::Ordering::Greater => None,
        };
        let took = text.as_deref().filter(|_| index < now);
        step_label(ui, place, name, index.cmp(&now), took, ink);
        if let Some(text) = text {
            let galley = Type::CaptionMono.line(ui.painter(), text, p.muted);
            ui.painter().galley(under.center_top() - vec2(galley.size().x / 2.0, 0.0), galley, p.muted);
        }
    }
}

fn circle(ui: &Ui, theme: &Theme, center: egui::Pos2, order: std::cmp::Ordering) {
    let (p, painter) = (&theme.palette, ui.painter());
    match order {
        std::cmp::Ordering::Less => {
            painter.circle_filled(center, CIRCLE, p.accent);
            Icon::STEP_DONE.paint(painter, center, 11.0, p.on_accent);
        }
        std::cmp::Ordering::Equal => {
            painter.circle_filled(center, CIRCLE, p.accent);
            painter.circle_filled(center, 4.0, p.on_accent);
        }
        std::cmp::Ordering::Greater => {
            painter.circle_stroke(center, CIRCLE - 1.0, Stroke::new(2.0, p.strong));
        }
    }
}

/// The step's name; a screen reader hears where it stands too.
fn step_label(ui: &mut Ui, place: Rect, name: &str, order: std::cmp::Ordering, took: Option<&str>, color: Color32) {
    let spoken = match order {
        std::cmp::Ordering::Less => words!("step-done", step = name),
        std::cmp::Ordering::Equal => words!("step-now", step = name),
        std::cmp::Ordering::Greater => words!("step-to-come", step = name),
    };
    let spoken = match took {
        Some(took) => format!("{spoken}, {took}"),
        None => spoken,
    };
    let response = ui.interact(place, ui.scope_id().with(("step", name)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let galley = Type::SmallMedium.line(ui.painter(), name, color);
    ui.painter().galley(place.center() - galley.size() / 2.0, galley, color);
}
