//! The stage: the middle panel, where a clip is prepared, awaited and played.
//!
//! Owns which room is shown and the player of the clip in it. What is shown is decided by the state; the playhead is
//! the one thing that lives here and nowhere else.

mod clip;
mod details;
mod divider;
mod empty;
mod headline;
pub(super) mod picture;
mod preview;
mod regions;
mod running;
mod strip;
mod trouble;

use std::path::PathBuf;
use std::task::Waker;

use egui::{CornerRadius, StrokeKind, Ui};

use crate::domain::generation::{Generation, GenerationId, Status};
use crate::state::{Action, Command, Stage as About};
use crate::ui::UiContext;
use crate::ui::theme::{Theme, metrics::radius};

use clip::ClipRoom;
pub(super) use clip::{controls_height, upload};
pub(super) use details::HEIGHT_NARROW as DETAILS_NARROW;
pub(super) use empty::centred_row;
use preview::PreviewRoom;

/// The middle panel.
pub struct Stage {
    clip: ClipRoom,
    preview: PreviewRoom,
    /// The task shown last, and whether its clip was there.
    watched: Option<(GenerationId, bool)>,
    /// The newest wish to play that was answered.
    played: u64,
}

impl Stage {
    /// `waker` wakes the window when a frame was decoded; decoded frames are kept in `cache_dir`, or else in the
    /// system's folder for temporary files.
    #[must_use]
    pub fn new(waker: Waker, cache_dir: Option<PathBuf>) -> Self {
        Self { clip: ClipRoom::new(waker, cache_dir), preview: PreviewRoom::default(), watched: None, played: 0 }
    }

    /// Shows the panel in the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>) {
        let theme = Theme::of(ui.ctx());
        let panel = ui.max_rect();
        let corner = CornerRadius::same(radius::PANEL);
        ui.painter().rect_filled(panel, corner, theme.palette.panel);
        let state = cx.state;
        let inside = panel.shrink(1.0);
        match state.stage() {
            About::Empty => empty::show(ui, cx, inside),
            About::Preview => self.preview.show(ui, cx, inside),
            About::Task(task) => self.task(ui, cx, inside, task),
        }
        if !matches!(state.stage(), About::Task(_)) {
            self.leave();
        }
        if !matches!(state.stage(), About::Preview) {
            self.preview.rest();
        }
        ui.painter().rect_stroke(panel, corner, Theme::hairline(theme.palette.line), StrokeKind::Inside);
    }

    /// Does what a shortcut or a menu asks of the player; other actions are not for it.
    pub fn act(&mut self, action: Action) {
        if action == Action::PlayPause {
            self.preview.toggle();
        }
        if action.is_for_player() {
            self.clip.act(action);
        }
    }

    /// Whether the clip fills the screen: then nothing else is shown but what lies over the window.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.clip.is_full()
    }

    /// Leaves the full screen; returns whether it was one.
    pub fn leave_full(&mut self) -> bool {
        self.clip.leave_full()
    }

    /// Shows the clip in the whole of `ui`.
    pub fn full(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>) {
        let screen = ui.max_rect();
        match cx.state.stage() {
            About::Task(task) if matches!(task.status, Status::Done) => match &task.clip {
                Some(path) => {
                    self.clip.open(task, path);
                    self.clip.show_full(ui, cx, screen, task);
                }
                None => self.leave(),
            },
            _ => self.leave(),
        }
    }

    /// Tells the window where it has to fill the screen from now on, or to stop that.
    pub fn tell_window(&mut self, ctx: &egui::Context) {
        if let Some(full) = self.clip.take_full_change() {
            ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(full));
            ctx.request_repaint();
        }
    }

    fn task(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>, panel: egui::Rect, task: &Generation) {
        if !cx.state.tasks.posters.contains_key(&task.id) {
            cx.send(Command::LoadPosters(task.id.clone()));
        }
        let wished = cx.state.play_request != self.played;
        self.played = cx.state.play_request;
        let done = matches!(task.status, Status::Done);
        // A clip that arrives under the user's eyes plays; one that was there is picked up where it starts.
        let arrived = done && self.watched.as_ref() == Some(&(task.id.clone(), false));
        self.watched = Some((task.id.clone(), done));
        if let Some(path) = task.clip.as_ref().filter(|_| done) {
            self.clip.open(task, path);
            if wished || arrived {
                self.clip.play_once();
            }
            self.clip.show(ui, cx, panel, task);
            return;
        }
        self.clip.close();
        if trouble::is_in_trouble(task) {
            trouble::show(ui, cx, panel, task);
        } else {
            running::show(ui, cx, panel, task);
        }
    }

    fn leave(&mut self) {
        self.clip.close();
        self.watched = None;
    }
}

#[cfg(test)]
mod tests;
