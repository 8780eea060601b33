//! The list: where every row lies, though only the rows in view are laid out.
//!
//! Rows are of different heights. One that was never seen is taken to be as high as others of its kind; what it turns
//! out to be is remembered, and what is in view stays where it is.

use std::collections::HashMap;
use std::ops::Range;

use egui::{Rect, Role, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::hover::Hover;
use super::row;
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::state::tasks::Tasks;
use crate::ui::UiContext;
use crate::ui::theme::Theme;
use crate::ui::theme::metrics::space;
use crate::ui::widgets::{name_scroll_bars, set_place};

/// Heights of rows that were not seen yet: with a bar, and with a sentence and buttons.
const WITH_BAR: f32 = 71.0;
const WITH_TROUBLE: f32 = 121.0;
/// Between two rows.
const GAP: f32 = space::XXS;

/// What is known of the rows' places.
#[derive(Default)]
pub struct List {
    /// The rows that these places are of.
    made_for: Option<u64>,
    /// The top of each row, counted from the first one's, and the end of the last one.
    tops: Vec<f32>,
    /// Heights of rows that were seen, where they are not the expected ones.
    measured: HashMap<GenerationId, f32>,
    /// Where the next pass begins to show, where that is not where this one did.
    jump: Option<f32>,
    /// The row that was selected in the last pass.
    selected: Option<GenerationId>,
}

impl List {
    pub fn ui(&mut self, ui: &mut Ui, theme: &Theme, cx: &mut UiContext<'_>, hover: &mut Hover) {
        let tasks = &cx.state.tasks;
        self.refresh(tasks);
        let reveal = self.newly_selected(tasks);
        let mut area = ScrollArea::vertical().auto_shrink([false, false]);
        if let Some(offset) = self.jump.take() {
            area = area.vertical_scroll_offset(offset);
        }
        let shown = area.show_viewport(ui, |ui, view| {
            ui.set_height(self.tops.last().copied().unwrap_or_default() + space::M);
            let content = ui.max_rect();
            let rect = |place: usize| {
                let top = content.top() + self.tops[place];
                let height = self.tops[place + 1] - self.tops[place] - GAP;
                Rect::from_min_size(pos2(content.left(), top), vec2(content.width(), height))
            };
            if let Some(place) = reveal {
                ui.scroll_to_rect(rect(place), None);
            }
            let builder = UiBuilder::new()
                .max_rect(content)
                .accessibility_role(Role::List)
                .accessibility_label(words!("tasks-title"));
            let mut list = ui.new_child(builder);
            list.ctx().accesskit_node_builder(list.unique_id(), |node| node.set_size_of_set(tasks.visible().len()));
            set_place(list.ctx(), list.unique_id(), list.clip_rect());
            let mut heights = Vec::new();
            let mut top = None;
            for place in in_view(&self.tops, view.min.y, view.max.y) {
                let Some(generation) = tasks.visible_at(place) else { continue };
                let usual = rect(place);
                let at = usual.translate(vec2(0.0, top.map_or(0.0, |top: f32| top - usual.top())));
                let needed = row::ui(&mut list, theme, at, place, generation, cx, hover);
                heights.push((place, needed));
                // What lies above the view moves nothing in it; below, rows follow each other whatever was expected.
                top = (self.tops[place + 1] > view.min.y).then_some(at.top() + needed + GAP);
            }
            (view.min.y, heights)
        });
        let after = shown.state.unclamped_offset().y;
        let (start, heights) = name_scroll_bars(ui, &words!("scroll-tasks"), shown);
        let (above, changed) = self.remember(tasks, start, &heights);
        // The view stays where it is over what grows above it.
        self.jump = (above.abs() > 0.0).then_some(after + above);
        if changed {
            ui.ctx().request_repaint();
        }
    }

    /// Where each row lies, anew where other rows are shown.
    fn refresh(&mut self, tasks: &Tasks) {
        if self.made_for == Some(tasks.revision()) {
            return;
        }
        self.made_for = Some(tasks.revision());
        self.tops.clear();
        let mut top = 0.0;
        for generation in tasks.visible() {
            self.tops.push(top);
            top += self.measured.get(&generation.id).copied().unwrap_or_else(|| expected(generation)) + GAP;
        }
        self.tops.push(top);
    }

    /// The place of a row that was not selected in the last pass: it comes into view.
    fn newly_selected(&mut self, tasks: &Tasks) -> Option<usize> {
        let selected = tasks.selected().map(|task| &task.id);
        if self.selected.as_ref() == selected {
            return None;
        }
        self.selected = selected.cloned();
        tasks.selected_place()
    }

    /// Keeps the heights of the rows that were laid out. Returns by how much those above `start` grew, and whether any is
    /// another than before.
    fn remember(&mut self, tasks: &Tasks, start: f32, heights: &[(usize, f32)]) -> (f32, bool) {
        let (mut above, mut changed) = (0.0, false);
        // From the last one on, so that the places of those before are still what they were laid out by.
        for (place, needed) in heights.iter().rev() {
            let other = needed - (self.tops[place + 1] - self.tops[*place] - GAP);
            if other.abs() <= 0.5 {
                continue;
            }
            if let Some(generation) = tasks.visible_at(*place) {
                self.measured.insert(generation.id.clone(), *needed);
            }
            if self.tops[place + 1] <= start {
                above += other;
            }
            self.tops[place + 1..].iter_mut().for_each(|top| *top += other);
            changed = true;
        }
        (above, changed)
    }
}

/// The rows between two heights, and one more on either side: the next one for the keyboard, laid out before it is seen.
fn in_view(tops: &[f32], start: f32, end: f32) -> Range<usize> {
    let count = tops.len() - 1;
    let first = tops.partition_point(|top| *top <= start).saturating_sub(2);
    let after = (tops.partition_point(|top| *top < end) + 1).min(count);
    first.min(after)..after
}

/// How high a row is that was not laid out yet.
fn expected(generation: &Generation) -> f32 {
    match &generation.status {
        Status::Uploading | Status::Rendering(_) | Status::Downloading => WITH_BAR,
        Status::Done | Status::Queued => row::LEAST,
        Status::NotSent if generation.notice.is_none() => row::LEAST,
        _ => WITH_TROUBLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_in_view_and_one_on_either_side_are_laid_out() {
        let tops: Vec<f32> = (0..=10_u8).map(|place| f32::from(place) * 60.0).collect();
        assert_eq!(in_view(&tops, 0.0, 100.0), 0..3);
        assert_eq!(in_view(&tops, 120.0, 240.0), 1..5);
        assert_eq!(in_view(&tops, 130.0, 250.0), 1..6);
        assert_eq!(in_view(&tops, 500.0, 600.0), 7..10);
        assert_eq!(in_view(&tops, 5000.0, 6000.0), 9..10);
        assert_eq!(in_view(&[0.0], 0.0, 600.0), 0..0);
    }
}
