//! The switch between the takes of one order: the same moment of another take, going on as this one does.

use egui::Ui;

use super::{ClipRoom, Reel};
use crate::domain::generation::{Generation, GenerationId};
use crate::state::{Command, State};
use crate::ui::UiContext;
use crate::ui::stage::clip::marks::Marks;
use crate::ui::widgets::{Segment, Segmented};

/// Where a playhead stands, and how it goes on in another take.
#[derive(Debug, Clone, Copy)]
pub struct Head {
    pub frame: usize,
    pub playing: bool,
    pub marks: Marks,
}

/// Shows the switch where the order has more than one finished take. Returns the other take that was chosen.
pub fn show(ui: &mut Ui, state: &State, task: &Generation) -> Option<GenerationId> {
    let takes = state.tasks.takes(task);
    if takes.len() < 2 {
        return None;
    }
    let names: Vec<_> =
        takes.iter().map(|(number, row)| (&row.id, words!("take-numbered", number = number.to_string()))).collect();
    let segments: Vec<_> = names.iter().map(|(id, name)| Segment::new(*id, name)).collect();
    let mut chosen = &task.id;
    Segmented::new(&words!("take-switch"), &segments).show(ui, &mut chosen);
    (*chosen != task.id).then(|| chosen.clone())
}

impl ClipRoom {
    /// Selects another take; it is opened where this one stands.
    pub(super) fn switch_to(&mut self, cx: &mut UiContext<'_>, take: GenerationId) {
        self.going_on = self.reel.as_ref().map(|reel| (take.clone(), reel.head()));
        cx.send(Command::Select(Some(take)));
    }

    /// Puts another take in the place of the one that is open, which is kept for going back to it at once.
    pub(super) fn go_on(&mut self, mut reel: Reel, head: Head) {
        reel.go_on(head);
        if let Some(mut before) = self.reel.replace(reel) {
            before.pause();
            self.shelved = Some((before, self.finished));
        }
    }
}
