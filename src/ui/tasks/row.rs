//! One row: poster, prompt, status, time; what went wrong and what to do about it.

use egui::{
    Color32, CornerRadius, EventFilter, Id, Key, Label, Modifiers, Rect, Response, Role, Sense, Shape, StrokeKind, Ui,
    UiBuilder, WidgetInfo, epaint::RectShape, pos2, vec2,
};

use super::hover::{Hover, Moment};
use super::{poster, words};
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::state::{Command, TaskCommand};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::remedy::remedies;
use crate::ui::theme::metrics::{radius, size, space, time};
use crate::ui::theme::{Theme, Type, fade, mix};
use crate::ui::widgets::{Button, ButtonKind, IconButton, Progress, progress_bar, status_pill};

const PADDING: f32 = 8.0;
const MARGIN: f32 = 8.0;
const POSTER: egui::Vec2 = vec2(80.0, 46.0);
const TEXT_GAP: f32 = 10.0;
/// Between the prompt and the status, the status and the bar, the status and what went wrong.
const ABOVE_STATUS: f32 = 8.0;
const ABOVE_BAR: f32 = 9.0;
const ABOVE_TROUBLE: f32 = 7.0;
/// Around the row's icons.
const TRAY: f32 = 28.0;

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
    column.spacing_mut().item_spacing = vec2(space::S, 0.0);
    // The whole prompt would lie over what plays.
    let (title, start) = (words::title(generation), words::start(generation));
    let words = Label::new(Type::ExcerptMedium.rich(start, theme.palette.text)).truncate().selectable(false);
    let said = column.add(words.show_tooltip_when_elided(!plays && start == title));
    if !plays && start != title {
        said.on_hover_text(title);
    }
    column.add_space(ABOVE_STATUS);
    status_line(&mut column, theme, generation, selected, inside || response.has_focus(), &time, cx);
    progress(&mut column, generation, cx);
    trouble(&mut column, theme, generation, cx);
    let needed = (column.min_rect().bottom() - card.top() + PADDING).max(LEAST);
    let card = Rect::from_min_size(card.min, vec2(card.width(), needed));
    ui.painter().set(background, ground(ui, theme, card, &response, selected, inside));
    if response.has_focus() {
        focused(ui, theme, card);
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
        ui.memory_mut(|memory| memory.request_focus(id(&next.id)));
        cx.send(Command::Select(Some(next.id.clone())));
    }
}

/// What a row lies on.
fn ground(ui: &Ui, theme: &Theme, card: Rect, response: &Response, selected: bool, inside: bool) -> Shape {
    let corner = CornerRadius::same(radius::CONTROL);
    let lit = lit(ui, theme, response, selected, inside);
    Shape::from(RectShape::new(card, corner, lit.fill, Theme::hairline(lit.edge), StrokeKind::Inside))
}

/// The ring of a row that has the keyboard. Inside, where neither the next row nor the edge of the list covers it.
pub(super) fn focused(ui: &Ui, theme: &Theme, card: Rect) {
    let corner = CornerRadius::same(radius::CONTROL);
    ui.painter().rect_stroke(card, corner, theme.focus_stroke(), StrokeKind::Inside);
}

/// The colours of a row, eased between hovered, selected and neither.
pub(super) struct Lit {
    pub fill: Color32,
    pub edge: Color32,
}

pub(super) fn lit(ui: &Ui, theme: &Theme, response: &Response, selected: bool, inside: bool) -> Lit {
    let p = &theme.palette;
    let ease = |name, on, seconds| theme.motion.fade(ui.ctx(), response.id.with(name), on, seconds);
    let (hover, on) = (ease("hover", inside, time::HOVER), ease("selected", selected, time::SELECT));
    Lit { fill: mix(fade(p.control, hover), p.accent_soft, on), edge: fade(p.accent, 0.45 * on) }
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
        poster::playing(ui, theme, rect, &moment);
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
    let row = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(ui.available_width(), size::PILL), row, |ui| {
        ui.set_height(size::PILL);
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
    if has_clip {
        offered.push((Icon::PLAY_OUTLINE, words!("toast-play"), TaskCommand::Play));
    }
    if generation.status.may_be_removed() || generation.status == Status::Stopped {
        offered.push((Icon::REUSE, words!("reuse-settings"), TaskCommand::ReuseSettings));
    }
    if has_clip {
        offered.push((Icon::SHOW_IN_FOLDER, words!("show-in-folder"), TaskCommand::ShowInFolder));
    }
    if generation.status.may_be_removed() {
        offered.push((Icon::TRASH, words!("remove"), TaskCommand::Remove));
    }
    let memory = ui.scope_id().with(("focus within", generation.id.as_str()));
    let was_focused = ui.ctx().data(|data| data.get_temp(memory)).unwrap_or(false);
    let mut focused = false;
    // From the left, as Tab goes through them.
    let room = vec2(offered.len() as f32 * size::ICON_BUTTON_WELL, size::ICON_BUTTON_WELL);
    ui.allocate_ui_with_layout(room, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        if !shown && !was_focused {
            ui.set_opacity(0.0);
        }
        let (at, side) = (ui.max_rect().right_center(), size::ICON_BUTTON_SMALL);
        // Half way to the row's lower edge they would touch it.
        let tray = Rect::from_center_size(
            at - vec2(side * offered.len() as f32 / 2.0, 2.0),
            vec2(side * offered.len() as f32, TRAY),
        );
        ui.painter().rect_filled(tray, CornerRadius::same(radius::SMALL), Theme::of(ui.ctx()).palette.hover);
        let mut icons = ui.new_child(UiBuilder::new().max_rect(tray));
        for (icon, name, command) in offered {
            let response = icons.add(IconButton::new(icon, &name).small());
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
    ui.add_space(ABOVE_BAR);
    progress_bar(ui, &words::title(generation), progress, ui.available_width());
}

fn trouble(ui: &mut Ui, theme: &Theme, generation: &Generation, cx: &mut UiContext<'_>) {
    let failure = generation.status.failure().or(generation.notice.as_ref());
    if let Some(failure) = failure {
        ui.add_space(ABOVE_TROUBLE);
        ui.add(Label::new(Type::Reason.rich(failure.sentence(), theme.palette.text2)).wrap());
    }
    let remedies = remedies(generation);
    if remedies.is_empty() {
        return;
    }
    ui.add_space(space::M);
    // The row is as high as its buttons.
    ui.spacing_mut().interact_size.y = size::BUTTON_SMALL;
    ui.horizontal_wrapped(|ui| {
        for (place, remedy) in remedies.into_iter().enumerate() {
            let kind = if place == 0 { ButtonKind::Emphasised } else { ButtonKind::Quiet };
            let mut button = Button::new(&remedy.title).kind(kind).small();
            if let Some(icon) = remedy.icon {
                button = button.icon(icon);
            }
            if ui.add(button).clicked() {
                cx.send(Command::Task(generation.id.clone(), remedy.command));
            }
        }
    });
}
