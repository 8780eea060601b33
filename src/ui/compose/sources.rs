//! The other ways a picture comes into a well: an address, a picture used before, the last frame of a clip.

use egui::{CornerRadius, Id, Rect, Response, Role, Sense, StrokeKind, Ui, WidgetInfo, vec2};

use crate::domain::draft::Backdrop;
use crate::domain::frame::{FrameSlot, Preview};
use crate::domain::generation::{GenerationId, Status};
use crate::state::tasks::Posters;
use crate::state::{Action, Command, Fix, TaskCommand, Thumb};
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::stage::picture;
use crate::ui::theme::Theme;
use crate::ui::theme::metrics::{radius, space, stroke};
use crate::ui::widgets::{
    Button, ButtonKind, Feel, TextField, focus_ring, menu as open_menu, menu_caption, menu_row, tooltip,
};

const WIDTH: f32 = 268.0;
const COLUMNS: usize = 3;
const ROWS: usize = 2;
const CELL: egui::Vec2 = vec2(82.0, 50.0);

/// The menu beside a well's label; `more` is its button.
pub fn menu(ui: &Ui, more: &Response, slot: FrameSlot, cx: &mut UiContext<'_>) {
    open_menu(ui, more, &words!("well-more", slot = slot.word()), WIDTH, |ui| {
        if menu_row(ui, Some(Icon::IMAGE), &words!("source-file"), 0.0).clicked() {
            cx.send(Command::ChooseFrame(slot));
            ui.close();
        }
        if menu_row(ui, Some(Icon::CLIPBOARD), &Action::Paste.title(), 0.0).clicked() {
            cx.act(Action::Paste);
            ui.close();
        }
        if cx.state.draft.frame(slot).picture().is_some()
            && menu_row(ui, Some(Icon::CROP), &words!("adjust-crop-more"), 0.0).clicked()
        {
            cx.send(Command::Fix(Fix::AdjustCrop(slot)));
            ui.close();
        }
        backdrop(ui, slot, cx);
        address(ui, slot, cx);
        recent(ui, slot, cx);
        clips(ui, slot, cx);
    });
}

/// What see-through areas turn into: the other choice than the one that holds.
fn backdrop(ui: &mut Ui, slot: FrameSlot, cx: &mut UiContext<'_>) {
    let Some(picture) = cx.state.draft.frame(slot).picture().filter(|picture| picture.transparent) else { return };
    let (words, other) = match picture.backdrop.unwrap_or_default() {
        Backdrop::Black => (words!("source-fill-white"), Backdrop::White),
        Backdrop::White => (words!("source-fill-black"), Backdrop::Black),
    };
    if menu_row(ui, Some(Icon::REPLACE), &words, 0.0).clicked() {
        cx.send(Command::Fix(Fix::Fill(slot, other)));
        ui.close();
    }
}

/// A field for an address, and the two things that can be done with it.
fn address(ui: &mut Ui, slot: FrameSlot, cx: &mut UiContext<'_>) {
    menu_caption(ui, &words!("source-address"));
    let id = Id::unique(("address", slot));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.scope(|ui| {
        ui.set_width(WIDTH - 2.0 * space::M);
        ui.horizontal(|ui| {
            ui.add_space(space::M);
            TextField::new(&mut text, &words!("source-address")).hint("https://…").icon(Icon::LINK).show(ui);
        });
    });
    ui.add_space(space::S);
    let typed = !text.trim().is_empty();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        ui.add_space(0.0);
        let button = |words| Button::new(words).small().kind(ButtonKind::Emphasised).enabled(typed);
        let (to_fetch, to_send) = (words!("source-fetch"), words!("source-send"));
        let fetch = ui.add(button(&to_fetch)).clicked();
        let send = ui.add(button(&to_send)).clicked();
        if fetch || send {
            cx.send(Command::TakeAddress { url: std::mem::take(&mut text), slot, fetch });
            ui.close();
        }
    });
    ui.add_space(space::S);
    ui.data_mut(|data| data.insert_temp(id, text));
}

/// Pictures used before, newest first.
fn recent(ui: &mut Ui, slot: FrameSlot, cx: &mut UiContext<'_>) {
    let state = cx.state;
    let known: Vec<_> = state
        .settings
        .recent_pictures
        .iter()
        .filter(|path| !matches!(state.thumbs.get(*path), Some(Thumb::Missing)))
        .take(COLUMNS * ROWS)
        .collect();
    if known.is_empty() {
        return;
    }
    menu_caption(ui, &words!("source-recent"));
    let unseen: Vec<_> = known.iter().copied().filter(|path| !state.thumbs.contains_key(*path)).cloned().collect();
    if !unseen.is_empty() {
        cx.send(Command::LoadThumbs(unseen));
    }
    grid(ui, known.len(), |ui, index, rect| {
        let path = known[index];
        let preview = match state.thumbs.get(path) {
            Some(Thumb::Ready(preview)) => Some(preview),
            _ => None,
        };
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if cell(ui, rect, &name, preview, cx).clicked() {
            cx.send(Command::TakeFiles { paths: vec![path.clone()], over: Some(slot) });
            ui.close();
        }
    });
}

/// The last frames of finished clips, newest first: how a chain goes on.
fn clips(ui: &mut Ui, slot: FrameSlot, cx: &mut UiContext<'_>) {
    let state = cx.state;
    let done = state.tasks.rows().iter().filter(|task| matches!(task.status, Status::Done) && task.clip.is_some());
    let done: Vec<(&GenerationId, &str)> =
        done.take(COLUMNS * ROWS).map(|task| (&task.id, task.settings.prompt.as_str())).collect();
    if done.is_empty() {
        return;
    }
    menu_caption(ui, &words!("source-clips"));
    grid(ui, done.len(), |ui, index, rect| {
        let (id, prompt) = done[index];
        let preview = match state.tasks.posters.get(id) {
            Some(Posters::Ready { first, last }) => last.as_ref().or(first.as_ref()),
            Some(Posters::Loading) => None,
            None => {
                cx.send(Command::LoadPosters(id.clone()));
                None
            }
        };
        let name = if prompt.is_empty() { words!("untitled-clip") } else { prompt.to_owned() };
        if cell(ui, rect, &words!("source-last-of", name = name), preview, cx).clicked() {
            cx.send(Command::Task(id.clone(), TaskCommand::UseLastFrame(slot)));
            ui.close();
        }
    });
}

fn grid(ui: &mut Ui, count: usize, mut add: impl FnMut(&mut Ui, usize, Rect)) {
    let rows = count.div_ceil(COLUMNS);
    let step = CELL + vec2(space::S, space::S);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), rows as f32 * step.y), Sense::hover());
    for index in 0..count {
        let at = vec2((index % COLUMNS) as f32 * step.x, (index / COLUMNS) as f32 * step.y);
        add(ui, index, Rect::from_min_size(rect.min + vec2(space::S, 0.0) + at, CELL));
    }
}

fn cell(ui: &mut Ui, rect: Rect, name: &str, preview: Option<&Preview>, cx: &mut UiContext<'_>) -> Response {
    let theme = Theme::of(ui.ctx());
    let response =
        ui.interact(rect, ui.scope_id().with((name, rect.min.x.to_bits(), rect.min.y.to_bits())), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    ui.painter().rect_filled(rect, CornerRadius::same(radius::SMALL), theme.palette.active);
    if preview.is_some() {
        picture::poster(ui.painter(), cx, rect, preview, radius::SMALL);
    }
    let feel = Feel::of(ui, &response, &theme);
    if feel.hover > 0.0 {
        let edge = egui::Stroke::new(stroke::DASH, theme.palette.on_picture);
        ui.painter().rect_stroke(rect, CornerRadius::same(radius::SMALL), edge, StrokeKind::Inside);
    }
    if feel.focused {
        focus_ring(ui.painter(), rect, radius::SMALL, &theme);
    }
    tooltip(response, &theme, name)
}
