//! The whole window: where each panel lies, and what lies over them.

use std::path::PathBuf;
use std::task::Waker;

use egui::{CentralPanel, Context, Frame, Id, Rect, ThemePreference, Ui, UiBuilder, pos2, vec2};

use super::announcements::Announcements;
use super::compose::{Compose, focused_well};
use super::crop::CropView;
use super::drag::Drag;
use super::settings::SettingsSheet;
use super::spend_log::SpendLogSheet;
use super::stage::Stage;
use super::tasks::TasksPanel;
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
    /// What had the keyboard in the last pass.
    focus: Option<Id>,
    /// The control that gets the keyboard back when a sheet closes.
    behind_sheet: sheet::Behind,
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
            focus: None,
            behind_sheet: sheet::Behind::default(),
        }
    }

    /// Paints one pass and collects what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
        let ctx = ui.ctx().clone();
        theme::apply(&ctx, appearance(state));
        self.keyboard(&ctx, state, commands);
        let background = Frame::new().fill(Theme::of(&ctx).palette.bg);
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
        let modal = state.sheet.is_some() || state.question.is_some();
        for action in shortcuts::pressed(ctx) {
            match action {
                Action::CloseTop if !modal && (self.stage.leave_full() || self.tasks.close()) => {}
                Action::CloseTop => commands.push(Command::Do(action)),
                _ if modal => {}
                Action::SearchTasks => self.tasks.focus_search(),
                // Del is for what has the keyboard.
                Action::RemoveTask => commands.push(match focused_well(ctx) {
                    Some(slot) => Command::RemoveFrame(slot),
                    None => Command::Do(action),
                }),
                action if action.is_for_player() => self.stage.act(action),
                action => commands.push(Command::Do(action)),
            }
        }
    }

    fn panels(&mut self, ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
        let regions = Regions::of(ui.max_rect());
        let mut cx = UiContext::new(state, &mut self.textures, regions.narrow, commands);
        let modal = state.sheet.is_some() || state.question.is_some();
        let open = usize::from(state.sheet.is_some()) + usize::from(state.question.is_some());
        self.behind_sheet.remember(ui.ctx(), open);
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
            Some(Sheet::Batch) => batch_sheet::ui(ui, &mut cx),
            Some(Sheet::Crop(slot)) => self.crop.ui(ui, slot, &mut cx),
            None => {}
        }
        if !matches!(state.sheet, Some(Sheet::Crop(_))) {
            self.crop.rest();
        }
        question::ui(ui, &mut cx);
        self.behind_sheet.give_back(ui.ctx(), open);
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
}

fn appearance(state: &State) -> Appearance {
    Appearance {
        theme: match state.settings.theme {
            ThemeChoice::System => ThemePreference::System,
            ThemeChoice::Dark => ThemePreference::Dark,
            ThemeChoice::Light => ThemePreference::Light,
        },
        motion: match state.settings.motion {
            Motion::Reduced => theme::Motion::Reduced,
            Motion::System | Motion::Full => theme::Motion::Full,
        },
        increase_contrast: state.settings.increase_contrast,
    }
}
