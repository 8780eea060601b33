//! One row: poster, prompt, status, time; what went wrong and what to do about it.

use egui::{
    CornerRadius, EventFilter, Id, Key, Label, Modifiers, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, epaint::RectShape, pos2, vec2,
};

use super::hover::{Hover, Moment};
use super::{poster, words};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::domain::model::Size;
use crate::state::{Command, TaskCommand};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::stage::picture;
use crate::ui::theme::metrics::{radius, space};
use crate::ui::theme::{Theme, Type, fade};
use crate::ui::widgets::{Button, ButtonKind, IconButton, Progress, focus_ring, progress_bar, status_pill};

const PADDING: f32 = 8.0;
const MARGIN: f32 = 8.0;
const POSTER: egui::Vec2 = vec2(80.0, 46.0);
const TEXT_GAP: f32 = 10.0;

/// Least height of a row.
pub const LEAST: f32 = POSTER.y + 2.0 * PADDING;

/// A row's identity.
pub fn id(generation: &GenerationId) -> Id {
    Id::unique(("task", generation.as_str()))
}

/// Shows a row in `place` and returns the height it needs. `number` is its place among the rows that are shown.
pub fn ui(
    ui: &mut Ui,
    theme: &Theme,
    place: Rect,
    number: usize,
    generation: &Generation,
    cx: &mut UiContext<'_>,
    hover: &mut Hover,
) -> f32 {
    let id = id(&generation.id);
    let card = place.shrink2(vec2(MARGIN, 0.0));
    let response = ui.interact(card, id, Sense::click());
    let selected = cx.state.tasks.is_selected(&generation.id);
    let time = words::elapsed(generation, cx.state.now);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, words::spoken(generation, cx.state.now)));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_selected(selected);
        node.set_position_in_set(number);
    });
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    by_arrows(ui, &response, number, cx);
    if response.clicked() {
        cx.send(Command::Select(Some(generation.id.clone())));
    }
    let inside = ui.rect_contains_pointer(card);
    // Painted once it is known how high the row is.
    let background = ui.painter().add(Shape::Noop);
    let width = (POSTER.x * ui.pixels_per_point()).ceil() as u32;
    let moment = if inside { hover.moment(ui, generation, selected, width) } else { None };
    let plays = moment.is_some();
    poster_of(ui, theme, card, generation, cx, moment);
    let left = card.left() + PADDING + POSTER.x + TEXT_GAP;
    let text = Rect::from_min_max(pos2(left, card.top() + PADDING - 1.0), pos2(card.right() - PADDING, f32::INFINITY));
    // To a screen reader all of it is a part of the row.
    let builder = UiBuilder::new().max_rect(text).scope_id(id.with("content")).accessibility_parent(id);
    let mut column = ui.new_child(builder);
    column.spacing_mut().item_spacing = vec2(space::S, space::XS);
    // The whole prompt would lie over what plays.
    let (title, start) = (words::title(generation), words::start(generation));
    let words = Label::new(Type::Body.rich(start, theme.palette.text)).truncate().selectable(false);
    let said = column.add(words.show_tooltip_when_elided(!plays && start == title));
    if !plays && start != title {
        said.on_hover_text(title);
    }
    status_line(&mut column, theme, generation, selected, inside || response.has_focus(), &time, cx);
    progress(&mut column, generation, cx);
    trouble(&mut column, theme, generation, cx);
    let needed = (column.min_rect().bottom() - card.top() + PADDING).max(LEAST);
    let card = Rect::from_min_size(card.min, vec2(card.width(), needed));
    ui.painter().set(background, ground(theme, card, selected, inside));
    if response.has_focus() {
        focus_ring(ui.painter(), card, radius::CONTROL, theme);
    }
    needed
}

/// The arrow keys move on from a row that has the keyboard, and take it along.
fn by_arrows(ui: &Ui, response: &Response, number: usize, cx: &mut UiContext<'_>) {
    if !response.has_focus() {
        return;
    }
    let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let next = match (pressed(Key::ArrowUp), pressed(Key::ArrowDown)) {
        (true, false) => number.checked_sub(1),
        (false, true) => Some(number + 1),
        _ => None,
    };
    if let Some(next) = next.and_then(|next| cx.state.tasks.visible_at(next)) {
        ui.memory_mut(|memory| {
            memory.request_focus(id(&next.id));
            // The key has done its work.
            memory.move_focus(egui::FocusDirection::None);
        });
        cx.send(Command::Select(Some(next.id.clone())));
    }
}

/// What a row lies on.
fn ground(theme: &Theme, card: Rect, selected: bool, inside: bool) -> Shape {
    let p = &theme.palette;
    let (fill, edge) = match (selected, inside) {
        (true, _) => (p.accent_soft, Theme::hairline(fade(p.accent, 0.45))),
        (false, true) => (p.control, Stroke::NONE),
        (false, false) => return Shape::Noop,
    };
    Shape::from(RectShape::new(card, CornerRadius::same(radius::CONTROL), fill, edge, StrokeKind::Inside))
}

/// The poster, or what plays in its place while the row is hovered.
fn poster_of(
    ui: &Ui,
    theme: &Theme,
    card: Rect,
    generation: &Generation,
    cx: &mut UiContext<'_>,
    moment: Option<Moment>,
) {
    let rect = Rect::from_min_size(card.min + vec2(PADDING, PADDING), POSTER);
    if let Some(moment) = moment {
        let [wide, high] = moment.texture.size();
        let uv = picture::fill(Size::new(wide as u32, high as u32), rect.size());
        let corner = CornerRadius::same(radius::SMALL);
        egui::Image::new((moment.texture.id(), rect.size())).uv(uv).corner_radius(corner).paint_at(ui, rect);
        let line = Rect::from_min_max(pos2(rect.left(), rect.bottom() - 2.0), rect.max);
        ui.painter().rect_filled(line, 0.0, theme.palette.picture_shade);
        ui.painter().rect_filled(
            line.with_max_x(line.left() + moment.share * line.width()),
            0.0,
            theme.palette.on_picture,
        );
        return;
    }
    poster::paint(ui, theme, rect, generation, cx);
    if generation.status == Status::Done {
        poster::length_badge(ui, theme, rect, generation.settings.duration);
    }
}

fn status_line(
    ui: &mut Ui,
    theme: &Theme,
    generation: &Generation,
    selected: bool,
    shown: bool,
    time: &str,
    cx: &mut UiContext<'_>,
) {
    let (icon, status, tone) = words::pill(&generation.status);
    ui.horizontal(|ui| {
        ui.set_min_height(22.0);
        status_pill(ui, icon, &status, tone, selected);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let focused = actions(ui, generation, shown, cx);
            if !shown && !focused && ui.available_width() > 40.0 {
                let style = if generation.status.is_running() { Type::CaptionMono } else { Type::Caption };
                let words = style.line(ui.painter(), time, theme.palette.muted);
                let right = ui.max_rect().right();
                let at = pos2(right - words.size().x, ui.max_rect().center().y - words.size().y / 2.0);
                ui.painter().galley(at, words, theme.palette.muted);
            }
        });
    });
}

/// The row's actions. They are there for the keyboard and for screen readers whether they are seen or not; returns
/// whether one of them has the keyboard.
fn actions(ui: &mut Ui, generation: &Generation, shown: bool, cx: &mut UiContext<'_>) -> bool {
    let has_clip = generation.clip.is_some();
    let mut offered = Vec::new();
    if generation.status.may_be_removed() {
        offered.push((Icon::TRASH, "Remove", TaskCommand::Remove));
    }
    if has_clip {
        offered.push((Icon::SHOW_IN_FOLDER, "Show in folder", TaskCommand::ShowInFolder));
    }
    if generation.status.may_be_removed() || generation.status == Status::Stopped {
        offered.push((Icon::REUSE, "Reuse settings", TaskCommand::ReuseSettings));
    }
    if has_clip {
        offered.push((Icon::PLAY_OUTLINE, "Play", TaskCommand::Play));
    }
    let memory = ui.scope_id().with(("focus within", generation.id.as_str()));
    let was_focused = ui.ctx().data(|data| data.get_temp(memory)).unwrap_or(false);
    let mut focused = false;
    ui.scope(|ui| {
        if !shown && !was_focused {
            ui.set_opacity(0.0);
        }
        for (icon, name, command) in offered {
            let response = ui.add(IconButton::new(icon, name).tiny());
            focused |= response.has_focus();
            if response.clicked() {
                cx.send(Command::Task(generation.id.clone(), command));
            }
        }
    });
    if focused != was_focused {
        ui.ctx().data_mut(|data| data.insert_temp(memory, focused));
    }
    focused || was_focused
}

fn progress(ui: &mut Ui, generation: &Generation, cx: &UiContext<'_>) {
    let tasks = &cx.state.tasks;
    let transfer = |at: Option<&crate::state::tasks::Transfer>| {
        at.and_then(|at| at.fraction()).map_or(Progress::Somewhere, Progress::At)
    };
    let progress = match generation.status {
        Status::Uploading => transfer(tasks.uploads.get(&generation.id)),
        Status::Rendering(Some(percent)) => Progress::At(f32::from(percent) / 100.0),
        Status::Rendering(None) => Progress::Somewhere,
        Status::Downloading if generation.notice.is_none() => transfer(tasks.downloads.get(&generation.id)),
        _ => return,
    };
    ui.add_space(2.0);
    progress_bar(ui, words::title(generation), progress, ui.available_width());
}

fn trouble(ui: &mut Ui, theme: &Theme, generation: &Generation, cx: &mut UiContext<'_>) {
    let failure = generation.status.failure().or(generation.notice.as_ref());
    if let Some(failure) = failure {
        ui.add(Label::new(Type::Small.rich(failure.sentence(), theme.palette.text2)).wrap());
    }
    let offers = offers(generation, failure);
    if offers.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (place, (words, icon, command)) in offers.into_iter().enumerate() {
            let kind = if place == 0 { ButtonKind::Emphasised } else { ButtonKind::Quiet };
            let mut button = Button::new(words).kind(kind).small();
            if let Some(icon) = icon {
                button = button.icon(icon);
            }
            if ui.add(button).clicked() {
                cx.send(Command::Task(generation.id.clone(), command));
            }
        }
    });
}

type Offer = (&'static str, Option<Icon>, TaskCommand);

/// What helps, likeliest first.
fn offers(generation: &Generation, failure: Option<&Failure>) -> Vec<Offer> {
    let retry = ("Retry", Some(Icon::RETRY), TaskCommand::Retry);
    match &generation.status {
        Status::Unknown(_) => vec![
            ("Check again", Some(Icon::SEARCH), TaskCommand::CheckAgain),
            ("Send again…", None, TaskCommand::SendAgain),
        ],
        Status::Stopped => vec![("Pick up again", Some(Icon::RETRY), TaskCommand::PickUpAgain)],
        Status::Failed(_) if generation.status.may_be_picked_up() => {
            vec![("Ask again", Some(Icon::RETRY), TaskCommand::PickUpAgain)]
        }
        Status::Done => Vec::new(),
        _ => match failure.map(|failure| failure.kind) {
            None => Vec::new(),
            Some(FailureKind::Balance) => vec![("Add funds", None, TaskCommand::AddFunds), retry],
            Some(FailureKind::Key | FailureKind::Keychain) => {
                vec![("Open settings", None, TaskCommand::OpenSettings), retry]
            }
            Some(FailureKind::DiskFull | FailureKind::Folder) => {
                vec![("Choose folder…", Some(Icon::FOLDER), TaskCommand::ChooseFolder), retry]
            }
            Some(FailureKind::PromptModeration) => vec![retry, ("Edit prompt", None, TaskCommand::EditPrompt)],
            Some(_) if generation.status.is_accepted() => Vec::new(),
            Some(_) => vec![retry],
        },
    }
}
