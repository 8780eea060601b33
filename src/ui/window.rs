//! The whole window: where each panel lies, and what lies over them.

use std::path::PathBuf;
use std::task::Waker;

use egui::{
    CentralPanel, Context, Frame, Id, Order, Rect, ScrollArea, Sense, ThemePreference, Ui, UiBuilder, pos2, vec2,
};

use super::announcements::Announcements;
use super::command_palette::CommandPalette;
use super::compose::{Compose, focused_well};
use super::crop::CropView;
use super::drag::Drag;
use super::region_focus::{Places, RegionFocus};
use super::settings::SettingsSheet;
use super::spend_log::SpendLogSheet;
use super::stage::Stage;
use super::tasks::{TasksPanel, panel_layer as tasks_panel_layer};
use super::theme::metrics::layout;
use super::theme::{self, Appearance, Theme};
use super::widgets::name_scroll_bars;
use super::{Textures, UiContext, batch_sheet, fonts, question, sheet, shortcuts, shortcuts_sheet, toasts, topbar};
use crate::domain::settings::{Motion, Theme as ThemeChoice};
use crate::state::{Action, Command, Sheet, State};

/// The panels, and what they remember between passes.
pub struct Window {
    textures: Textures,
    compose: Compose,
    stage: Stage,
    tasks: TasksPanel,
    settings: SettingsSheet,
    crop: CropView,
    spend_log: SpendLogSheet,
    drag: Drag,
    announcements: Announcements,
    /// What had the keyboard in the last pass.
    focus: Option<Id>,
    /// The control that gets the keyboard back when a sheet closes.
    behind_sheet: sheet::Behind,
    palette: CommandPalette,
    /// What was chosen in the palette, until that is closed.
    chosen: Option<Action>,
    regions: RegionFocus,
    /// The control with the keyboard that was brought into sight last.
    followed: Option<Id>,
}

/// Where the regions lie.
struct Regions {
    top: Rect,
    compose: Rect,
    stage: Rect,
    tasks: Rect,
    /// What of the window the form and the stage share.
    work: Rect,
    narrow: bool,
    /// The form and the stage are larger than what they share.
    scrolls: bool,
}

impl Window {
    #[must_use]
    pub fn new(ctx: &Context, waker: Waker, cache_dir: PathBuf) -> Self {
        fonts::install(ctx);
        Self {
            textures: Textures::default(),
            compose: Compose::default(),
            stage: Stage::new(waker.clone(), Some(cache_dir.clone())),
            tasks: TasksPanel::new(waker, cache_dir),
            settings: SettingsSheet::default(),
            crop: CropView::default(),
            spend_log: SpendLogSheet::default(),
            drag: Drag::default(),
            announcements: Announcements::default(),
            focus: None,
            behind_sheet: sheet::Behind::default(),
            palette: CommandPalette::default(),
            chosen: None,
            regions: RegionFocus::default(),
            followed: None,
        }
    }

    /// Paints one pass and collects what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
        let ctx = ui.ctx().clone();
        theme::apply(&ctx, appearance(state));
        let theme = Theme::of(&ctx);
        sheet::Arrival::track(&ctx, &theme, Order::Middle, state.sheet.is_some());
        sheet::Arrival::track(&ctx, &theme, Order::Foreground, state.question.is_some());
        self.behind_sheet.remember(&ctx, open_over(state));
        self.keyboard(&ctx, state, commands);
        let background = Frame::new().fill(theme.palette.bg);
        CentralPanel::default().frame(background).show(ui, |ui| self.panels(ui, state, commands));
        self.textures.end_pass();
        self.follow_focus(&ctx);
        if let Some(millis) = state.toasts.next_expiry(state.now) {
            ctx.request_repaint_after(std::time::Duration::from_millis(millis.unsigned_abs() + 10));
        }
    }

    /// A control keeps its keys from the pass on that follows the one in which it got the keyboard. That pass comes at once:
    /// else the first arrow key would move the keyboard away.
    fn follow_focus(&mut self, ctx: &Context) {
        let focus = ctx.memory(egui::Memory::focused);
        if std::mem::replace(&mut self.focus, focus) != focus {
            ctx.request_repaint();
        }
        ctx.accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label("Inbetween"));
    }

    fn keyboard(&mut self, ctx: &Context, state: &State, commands: &mut Vec<Command>) {
        let modal = is_modal(state);
        if self.chosen.is_some() && state.sheet != Some(Sheet::Palette) {
            // First what lay behind the palette has the keyboard again: some actions start from there.
            if self.behind_sheet.is_empty() {
                self.chosen.take().into_iter().for_each(|action| self.act(ctx, action, commands));
            } else if modal {
                // Something came up since.
                self.chosen = None;
            } else {
                ctx.request_repaint();
            }
        }
        for action in shortcuts::pressed(ctx) {
            match action {
                // Pressed again it closes what it opened.
                Action::CommandPalette if state.sheet == Some(Sheet::Palette) => {
                    commands.push(Command::Do(Action::CloseTop));
                }
                Action::CloseTop | Action::Quit if modal => commands.push(Command::Do(action)),
                _ if modal => {}
                action => self.act(ctx, action, commands),
            }
        }
    }

    /// Does what a key or the palette asked for: here where the window itself does it, else by a command.
    fn act(&mut self, ctx: &Context, action: Action, commands: &mut Vec<Command>) {
        match action {
            Action::CloseTop if self.stage.leave_full() || self.tasks.close() => {}
            Action::SearchTasks => self.tasks.focus_search(),
            Action::NextRegion | Action::PreviousRegion => self.regions.go(ctx, action == Action::PreviousRegion),
            // Del is for what has the keyboard.
            Action::RemoveTask => commands.push(match focused_well(ctx) {
                Some(slot) => Command::RemoveFrame(slot),
                None => Command::Do(action),
            }),
            action if action.is_for_player() => self.stage.act(action),
            action => commands.push(Command::Do(action)),
        }
    }

    fn panels(&mut self, ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
        let regions = Regions::of(ui.max_rect());
        let mut cx = UiContext::new(state, &mut self.textures, regions.narrow, commands);
        self.regions.note(ui.ctx(), regions.places(self.stage.is_full().then(|| ui.max_rect())));
        if self.stage.is_full() {
            let screen = ui.max_rect();
            self.stage.full(&mut region(ui, screen, "full screen"), &mut cx);
        } else {
            topbar::ui(&mut region(ui, regions.top, "top bar"), &mut cx);
            let mut work = Work { compose: &mut self.compose, stage: &mut self.stage, followed: &mut self.followed };
            work.ui(ui, &regions, &mut cx);
            self.tasks.ui(&mut region(ui, regions.tasks, "tasks"), regions.seen_stage(), &mut cx);
            self.drag.ui(ui, self.compose.wells(), regions.seen_stage(), &mut cx);
        }
        self.stage.tell_window(ui.ctx());
        self.announcements.ui(ui, state);
        toasts::ui(ui, regions.seen_stage(), &mut cx);
        match state.sheet {
            Some(Sheet::Settings) => self.settings.ui(ui, &mut cx),
            Some(Sheet::SpendLog) => self.spend_log.ui(ui, &mut cx),
            Some(Sheet::Shortcuts) => shortcuts_sheet::ui(ui, &mut cx),
            Some(Sheet::Palette) => {
                if let Some(action) = self.palette.ui(ui, &mut cx) {
                    self.chosen = Some(action);
                    cx.act(Action::CloseTop);
                }
            }
            Some(Sheet::Batch) => batch_sheet::ui(ui, &mut cx),
            Some(Sheet::Crop(slot)) => self.crop.ui(ui, slot, &mut cx),
            None => {}
        }
        if !matches!(state.sheet, Some(Sheet::Crop(_))) {
            self.crop.rest();
        }
        if state.sheet != Some(Sheet::Palette) {
            self.palette.rest();
        }
        question::ui(ui, &mut cx);
        self.behind_sheet.give_back(ui.ctx(), open_over(state));
    }
}

/// The form and the stage.
struct Work<'a> {
    compose: &'a mut Compose,
    stage: &'a mut Stage,
    followed: &'a mut Option<Id>,
}

impl Work<'_> {
    /// Side by side, or on a sheet of their own that scrolls.
    fn ui(&mut self, ui: &mut Ui, regions: &Regions, cx: &mut UiContext<'_>) {
        if !regions.scrolls {
            self.compose.ui(&mut region(ui, regions.compose, "compose"), cx);
            self.stage.ui(&mut region(ui, regions.stage, "stage"), cx);
            return;
        }
        let mut seen = region(ui, regions.work, "work");
        let shown = ScrollArea::both().id_salt("work").auto_shrink([false, false]).show(&mut seen, |ui| {
            let shift = ui.min_rect().min - regions.work.min;
            let (compose, stage) = (regions.compose.translate(shift), regions.stage.translate(shift));
            ui.allocate_rect(compose.union(stage), Sense::hover());
            self.compose.ui(&mut region(ui, compose, "compose"), cx);
            self.stage.ui(&mut region(ui, stage, "stage"), cx);
            self.follow(ui, compose.union(stage));
        });
        name_scroll_bars(&seen, &words!("scroll-window"), shown);
    }

    /// Brings the control that has just got the keyboard into sight.
    fn follow(&mut self, ui: &Ui, whole: Rect) {
        let focused = ui.memory(egui::Memory::focused);
        if std::mem::replace(self.followed, focused) == focused {
            return;
        }
        let place = focused.and_then(|id| ui.ctx().read_response(id)).map(|control| control.rect);
        if let Some(place) = place.filter(|place| whole.intersects(*place)) {
            ui.scroll_to_rect(place.expand(layout::GAP), None);
        }
    }
}

/// A part of the window. What lies behind a sheet is seen and not touched: the sheet is modal.
fn region(ui: &mut Ui, rect: Rect, salt: &str) -> Ui {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt));
    child.set_clip_rect(rect.expand(layout::GAP).intersect(ui.clip_rect()));
    child
}

impl Regions {
    /// Top bar over three panels; below 1200 points Compose is slim and Tasks a rail. Below the least width the stage
    /// goes under Compose, and where the window is smaller than its least size both scroll.
    fn of(window: Rect) -> Self {
        let narrow = window.width() < layout::NARROW_BELOW;
        let gap = layout::GAP;
        let (compose, tasks) =
            if narrow { (layout::COMPOSE_NARROW, layout::TASK_RAIL) } else { (layout::COMPOSE, layout::TASKS) };
        let top = Rect::from_min_size(window.min, vec2(window.width(), layout::TOP_BAR));
        let body = Rect::from_min_max(pos2(window.left() + gap, top.bottom()), window.max - vec2(gap, gap));
        let tasks = body.with_min_x(body.right() - tasks);
        let work = body.with_max_x(tasks.left() - gap);
        let stacked = window.width() < layout::WINDOW_MIN.x;
        let scrolls = stacked || window.height() < layout::WINDOW_MIN.y;
        let height = work.height().max(layout::WINDOW_MIN.y - layout::TOP_BAR - gap);
        let panel = |left: f32, top: f32, width: f32| Rect::from_min_size(pos2(left, top), vec2(width, height));
        let (compose, stage) = if stacked {
            let width = work.width().max(layout::STAGE_LEAST);
            (panel(work.left(), work.top(), width), panel(work.left(), work.top() + height + gap, width))
        } else {
            let left = work.left() + compose + gap;
            (panel(work.left(), work.top(), compose), panel(left, work.top(), work.right() - left))
        };
        Self { top, compose, stage, tasks, work, narrow, scrolls }
    }

    /// Where what lies over the stage can be seen.
    fn seen_stage(&self) -> Rect {
        if self.scrolls { self.work } else { self.stage }
    }

    /// The parts that F6 goes through; a clip that fills the window is the only one there.
    fn places(&self, full: Option<Rect>) -> Places {
        let parts = match full {
            Some(screen) => [Rect::NOTHING, Rect::NOTHING, screen, Rect::NOTHING],
            None => [self.top, self.compose, self.stage, self.tasks],
        };
        Places { parts, panel: tasks_panel_layer() }
    }
}

/// Something lies over the window that has to be answered or closed first.
fn is_modal(state: &State) -> bool {
    open_over(state) > 0
}

/// How many sheets and questions lie over each other.
fn open_over(state: &State) -> usize {
    usize::from(state.sheet.is_some()) + usize::from(state.question.is_some())
}

fn appearance(state: &State) -> Appearance {
    Appearance {
        theme: match state.settings.theme {
            ThemeChoice::System => match state.desktop.dark {
                Some(true) => ThemePreference::Dark,
                Some(false) => ThemePreference::Light,
                None => ThemePreference::System,
            },
            ThemeChoice::Dark => ThemePreference::Dark,
            ThemeChoice::Light => ThemePreference::Light,
        },
        motion: match state.settings.motion {
            Motion::Reduced => theme::Motion::Reduced,
            Motion::System if state.desktop.reduced_motion == Some(true) => theme::Motion::Reduced,
            Motion::System | Motion::Full => theme::Motion::Full,
        },
        increase_contrast: state.settings.increase_contrast || state.desktop.contrast == Some(true),
    }
}
