//! What a screen reader says by itself about the task on the stage: that another one was chosen, and how far it is.
//!
//! Nothing of it is seen. That a clip is there, or that a task failed, is said by the messages.

use egui::{Id, Memory, Rect, Role, Sense, Ui, WidgetInfo, accesskit::Live, vec2};

use super::tasks::{row_id, title};
use crate::domain::generation::{GenerationId, Status};
use crate::state::action::status_words;
use crate::state::{Stage, State};

/// Percents between two announcements: a screen reader has more to say than a number a second.
const STEP: u8 = 25;

/// What was said last.
#[derive(Default)]
pub struct Announcements {
    about: Option<GenerationId>,
    words: String,
}

impl Announcements {
    pub fn ui(&mut self, ui: &Ui, state: &State) {
        self.heed(ui, state);
        if self.words.is_empty() {
            return;
        }
        let place = Rect::from_min_size(ui.max_rect().min, vec2(1.0, 1.0));
        let response = ui.interact(place, Id::unique("announcement"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &self.words));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
    }

    fn heed(&mut self, ui: &Ui, state: &State) {
        let Stage::Task(task) = state.stage() else {
            *self = Self::default();
            return;
        };
        let another = self.about.as_ref() != Some(&task.id);
        self.about = Some(task.id.clone());
        // A row that has the keyboard is read out anyway.
        let read = ui.memory(Memory::focused) == Some(row_id(&task.id));
        if (another && !read) || task.status.is_running() {
            let words = format!("{}, {}", title(task), spoken(&task.status));
            self.words = words;
        }
    }
}

/// The status, with the percentage in large steps.
fn spoken(status: &Status) -> String {
    match status {
        Status::Rendering(Some(percent)) if *percent >= STEP => {
            status_words(&Status::Rendering(Some(percent / STEP * STEP)))
        }
        Status::Rendering(_) => status_words(&Status::Rendering(None)),
        other => status_words(other),
    }
}
