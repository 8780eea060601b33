//! The whole window: where each panel lies, and what lies over them.

use std::path::PathBuf;
use std::task::Waker;

use egui::{CentralPanel, Context, Frame, Order, Rect, ThemePreference, Ui, UiBuilder, pos2, vec2};

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
    /// The control that gets the keyboard back when a sheet closes.
    behind_sheet: sheet::Behind,
    palette: CommandPalette,
    /// What was chosen in the palette, until that is closed.
    chosen: Option<Action>,
    regions: RegionFocus,
}

/// Where the regions lie.
struct Regions {
    top: Rect,
    compose: Rect,
    stage: Rect,
    tasks: Rect,
    narrow: bool,
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
            behind_sheet: sheet::Behind::default(),
            palette: CommandPalette::default(),
            chosen: None,
            regions: RegionFocus::default(),
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
        if let Some(millis) = state.toasts.next_expiry(state.now) {
            ctx.request_repaint_after(std::time::Duration::from_millis(millis.unsigned_abs() + 10));
        }
    }

    fn keyboard(&mut self, ctx: &Context, state: &State, commands: &mut Vec<Command>) {
        let modal = is_modal(state);
        if !modal && self.chosen.is_some() {
            // First what lay behind the palette has the keyboard again: some actions start from there.
            if self.behind_sheet.is_empty() {
                self.chosen.take().into_iter().for_each(|action| self.act(ctx, action, commands));
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
        let modal = is_modal(state);
        self.regions.note(ui.ctx(), regions.places(self.stage.is_full().then(|| ui.max_rect())));
        let within = |ui: &mut Ui, rect: Rect, salt: &str| {
            let mut builder = UiBuilder::new().max_rect(rect).id_salt(salt);
            if modal {
                // What lies behind a sheet is seen and not touched.
                builder = builder.disabled();
            }
            let mut child = ui.new_child(builder);
            child.set_clip_rect(rect.expand(layout::GAP));
            child
        };
        if self.stage.is_full() {
            let screen = ui.max_rect();
            self.stage.full(&mut within(ui, screen, "full screen"), &mut cx);
        } else {
            topbar::ui(&mut within(ui, regions.top, "top bar"), &mut cx);
            self.compose.ui(&mut within(ui, regions.compose, "compose"), &mut cx);
            self.stage.ui(&mut within(ui, regions.stage, "stage"), &mut cx);
            self.tasks.ui(&mut within(ui, regions.tasks, "tasks"), regions.stage, &mut cx);
            self.drag.ui(ui, self.compose.wells(), &mut cx);
        }
        self.stage.tell_window(ui.ctx());
        self.announcements.ui(ui, state);
        toasts::ui(ui, regions.stage, &mut cx);
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

impl Regions {
    /// Top bar over three panels; below 1200 points Compose is slim and Tasks a rail.
    fn of(window: Rect) -> Self {
        let narrow = window.width() < layout::NARROW_BELOW;
        let gap = layout::GAP;
        let (compose, tasks) =
            if narrow { (layout::COMPOSE_NARROW, layout::TASK_RAIL) } else { (layout::COMPOSE, layout::TASKS) };
        let top = Rect::from_min_size(window.min, vec2(window.width(), layout::TOP_BAR));
        let body = Rect::from_min_max(pos2(window.left() + gap, top.bottom()), window.max - vec2(gap, gap));
        let column = |left: f32, width: f32| Rect::from_min_size(pos2(left, body.top()), vec2(width, body.height()));
        let compose = column(body.left(), compose);
        let tasks = column(body.right() - tasks, tasks);
        let stage =
            Rect::from_min_max(pos2(compose.right() + gap, body.top()), pos2(tasks.left() - gap, body.bottom()));
        Self { top, compose, stage, tasks, narrow }
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
