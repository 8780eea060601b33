//! The task panel: search, filter and rows; a rail where the window is narrow.

mod hover;
mod list;
mod poster;
mod rail;
mod row;
mod words;

use std::path::PathBuf;
use std::task::Waker;

use egui::{Area, Frame, Id, Key, LayerId, Order, Rect, Ui, UiBuilder, vec2};

use super::UiContext;
use super::icons::Icon;
use super::sheet::Arrival;
use super::theme::metrics::{layout, space, time};
use super::theme::{Theme, Type};
use super::widgets::{
    Button, ButtonKind, Segment, Segmented, TextField, bars, key_cap_width, paint_key_cap, panel_frame, panel_header,
};
use crate::state::Command;
use crate::state::tasks::Filter;
use hover::Hover;
use list::List;

pub(super) use row::id as row_id;
#[cfg(test)]
pub(super) use words::pill;
pub(super) use words::title;

/// What the panel remembers between passes.
pub struct TasksPanel {
    focus_search: bool,
    /// In the narrow window: the whole panel lies over the stage.
    open: bool,
    /// It was closed by a key: the rail's button gets the keyboard.
    give_back: bool,
    /// The clip that plays in the row under the pointer.
    hover: Hover,
    list: List,
}

impl TasksPanel {
    /// `waker` wakes the window when a frame of a hovered clip was decoded; decoded frames are kept in `cache_dir`.
    #[must_use]
    pub fn new(waker: Waker, cache_dir: PathBuf) -> Self {
        let hover = Hover::new(waker, cache_dir);
        Self { focus_search: false, open: false, give_back: false, hover, list: List::default() }
    }

    /// The next pass gives the search field the keyboard.
    pub fn focus_search(&mut self) {
        self.focus_search = true;
        self.open = true;
    }

    /// Closes the panel over the stage; returns whether it was open.
    pub fn close(&mut self) -> bool {
        self.give_back = self.open;
        std::mem::take(&mut self.open)
    }

    /// Paints the panel, or in the narrow window the rail, and over `stage` the panel it opens.
    pub fn ui(&mut self, ui: &mut Ui, stage: Rect, cx: &mut UiContext<'_>) {
        self.show(ui, stage, cx);
        self.hover.end_pass();
    }

    fn show(&mut self, ui: &mut Ui, stage: Rect, cx: &mut UiContext<'_>) {
        let theme = Theme::of(ui.ctx());
        if !cx.narrow {
            self.open = false;
            let height = ui.available_height();
            panel_frame(&theme).show(ui, |ui| {
                ui.set_height(height - 2.0);
                self.panel(ui, &theme, cx);
            });
            return;
        }
        let button = rail::ui(ui, &theme, &mut self.open, cx, &mut self.hover);
        if std::mem::take(&mut self.give_back) && ui.memory(|memory| memory.focused().is_none()) {
            button.request_focus();
        }
        let shown = theme.motion.fade(ui.ctx(), Id::unique("task panel"), self.open, time::PANEL);
        if !self.open {
            return;
        }
        let place = Rect::from_min_max(egui::pos2(stage.right() - layout::TASKS, stage.top()), stage.max);
        let (layer, arrival) = (panel_layer(), Arrival::at(&theme, shown));
        Area::new(layer.id).order(layer.order).fixed_pos(place.min + vec2(0.0, arrival.below)).fade_in(false).show(
            ui.ctx(),
            |ui| {
                ui.set_opacity(arrival.opacity);
                ui.set_width(place.width());
                panel_frame(&theme).shadow(theme.float_shadow()).show(ui, |ui| {
                    ui.set_height(place.height() - 2.0);
                    self.panel(ui, &theme, cx);
                });
            },
        );
    }

    fn panel(&mut self, ui: &mut Ui, theme: &Theme, cx: &mut UiContext<'_>) {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let height = if cx.narrow { layout::PANEL_HEADER_NARROW } else { layout::PANEL_HEADER };
        panel_header(ui, &words!("tasks-title"), height, space::XXL, |ui| {
            let (running, clips) = (cx.state.tasks.count(Filter::Running), cx.state.tasks.count(Filter::Done));
            let words = match (running, clips) {
                (0, 0) => return,
                (0, clips) => words!("clips", count = clips),
                (running, _) => words!("tasks-running", count = running),
            };
            ui.label(Type::Small.rich(words, theme.palette.muted));
        });
        Frame::new().inner_margin(egui::Margin::symmetric(12, 0)).show(ui, |ui| {
            self.search(ui, theme, cx);
            ui.add_space(space::M);
            filter(ui, cx);
        });
        ui.add_space(space::M);
        if cx.state.tasks.visible().len() == 0 {
            return nothing(ui, theme, cx);
        }
        self.list.ui(ui, theme, cx, &mut self.hover);
    }

    fn search(&mut self, ui: &mut Ui, theme: &Theme, cx: &mut UiContext<'_>) {
        let mut text = cx.state.tasks.search().to_owned();
        let cap = key_cap_width(ui.painter(), "/");
        let field = TextField::new(&mut text, &words!("tasks-search"))
            .hint(&words!("tasks-search"))
            .icon(Icon::SEARCH)
            .search()
            .id_salt("task search")
            .reserve_right(cap + space::M)
            .slim()
            .show(ui);
        if !field.has_focus() && text.is_empty() {
            let at = egui::pos2(field.rect.right() - space::S, field.rect.center().y);
            paint_key_cap(ui.painter(), theme, at, "/", super::widgets::KeyLook::Field);
        }
        if std::mem::take(&mut self.focus_search) {
            field.request_focus();
        }
        if field.has_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
            text.clear();
            field.surrender_focus();
        }
        if text != cx.state.tasks.search() {
            cx.send(Command::Search(text));
        }
    }
}

/// The layer of the panel that lies over the stage in the narrow window.
#[must_use]
pub fn panel_layer() -> LayerId {
    LayerId::new(Order::Middle, Id::unique("task panel"))
}

fn filter(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let tasks = &cx.state.tasks;
    let count = |filter| Some(tasks.count(filter)).filter(|count| *count > 0);
    let titled = Filter::ALL.map(|filter| (filter, filter.title()));
    let segments: Vec<_> =
        titled.iter().map(|(filter, title)| Segment::new(*filter, title).count(count(*filter))).collect();
    let mut chosen = tasks.filter();
    Segmented::new(&words!("tasks-filter"), &segments).width(ui.available_width()).show(ui, &mut chosen);
    if chosen != tasks.filter() {
        cx.send(Command::SetFilter(chosen));
    }
}

/// What stands where no row does.
fn nothing(ui: &mut Ui, theme: &Theme, cx: &mut UiContext<'_>) {
    let tasks = &cx.state.tasks;
    let search = tasks.search().trim();
    let p = &theme.palette;
    if tasks.rows().is_empty() {
        let middle = ui.available_rect_before_wrap().center();
        let mark = Rect::from_center_size(middle - vec2(0.0, 40.0), vec2(44.0, 34.0));
        bars(ui.painter(), mark, 5, 5.0, |place, _| if place == 2 { p.strong } else { p.active });
        let text = Rect::from_center_size(middle + vec2(0.0, 25.0), vec2(260.0, 64.0));
        let mut column =
            ui.new_child(UiBuilder::new().max_rect(text).layout(egui::Layout::top_down(egui::Align::Center)));
        column.label(Type::Heading.rich(words!("tasks-none"), p.text));
        column.add_space(4.0);
        column.label(Type::Excerpt.rich(words!("tasks-none-yet"), p.muted));
        return;
    }
    let words = match (search.is_empty(), tasks.filter()) {
        (false, _) => words!("tasks-no-match", search = search),
        (true, Filter::Running) => words!("tasks-none-running"),
        (true, Filter::Failed) => words!("tasks-none-failed"),
        (true, _) => words!("tasks-no-clips"),
    };
    ui.vertical_centered(|ui| {
        ui.add_space(space::PAGE);
        ui.label(Type::Small.rich(words, p.muted));
        if !search.is_empty() {
            ui.add_space(space::M);
            if ui.add(Button::new(&words!("tasks-clear-search")).kind(ButtonKind::Quiet).small()).clicked() {
                cx.send(Command::Search(String::new()));
            }
        }
    });
}
