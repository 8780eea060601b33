//! F6: the keyboard goes from one part of the window to the next, and back to where it was in each.
//!
//! Which controls there are is read from the last pass, in the order in which Tab goes through them.

use egui::{Context, Id, LayerId, Rect, WidgetRect};

/// The parts, in the order of Tab.
const PARTS: usize = 4;

/// Where the keyboard was last in each part.
#[derive(Debug, Default)]
pub struct RegionFocus {
    last: [Option<Id>; PARTS],
    places: Option<Places>,
}

/// Where the parts lie: top bar, Compose, Stage, Tasks.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    pub parts: [Rect; PARTS],
    /// The layer that the task panel has in the narrow window, where it lies over the stage.
    pub panel: LayerId,
}

impl Places {
    /// The part a control is in; `None` for what lies over the window.
    fn part_of(&self, control: &WidgetRect) -> Option<usize> {
        if control.layer_id == self.panel {
            return Some(PARTS - 1);
        }
        // What is scrolled out of one part lies over another, unseen.
        let seen = control.interact_rect;
        let in_window = control.layer_id == LayerId::background() && seen.is_positive();
        in_window.then(|| self.parts.iter().position(|part| part.contains(seen.center())))?
    }
}

impl RegionFocus {
    /// Notes where the parts lie and which control has the keyboard; once a pass.
    pub fn note(&mut self, ctx: &Context, places: Places) {
        self.places = Some(places);
        let Some(focused) = ctx.memory(egui::Memory::focused) else { return };
        let part = ctx.viewport(|viewport| {
            let control = viewport.prev_pass.widgets.get(focused)?;
            places.part_of(control)
        });
        if let Some(part) = part {
            self.last[part] = Some(focused);
        }
    }

    /// Gives the keyboard to the next part that has something to focus, or to the one before.
    pub fn go(&self, ctx: &Context, back: bool) {
        let Some(places) = self.places else { return };
        let focused = ctx.memory(egui::Memory::focused);
        let target = ctx.viewport(|viewport| {
            let widgets = &viewport.prev_pass.widgets;
            let current = focused.and_then(|id| places.part_of(widgets.get(id)?));
            let mut controls: [Vec<Id>; PARTS] = Default::default();
            for control in [LayerId::background(), places.panel].into_iter().flat_map(|layer| widgets.get_layer(layer))
            {
                if control.enabled
                    && control.visible
                    && control.sense.is_focusable()
                    && let Some(part) = places.part_of(control)
                {
                    controls[part].push(control.id);
                }
            }
            let found = after(current, back).into_iter().find(|part| !controls[*part].is_empty())?;
            let last = self.last[found].filter(|id| controls[found].contains(id));
            last.or_else(|| controls[found].first().copied())
        });
        if let Some(target) = target {
            ctx.memory_mut(|memory| memory.request_focus(target));
        }
    }
}

/// The parts in the order they are tried, round and round; the current one comes last.
fn after(current: Option<usize>, back: bool) -> [usize; PARTS] {
    let mut order = [0; PARTS];
    for (step, part) in order.iter_mut().enumerate() {
        *part = match (current, back) {
            (None, false) => step,
            (None, true) => PARTS - 1 - step,
            (Some(current), false) => (current + 1 + step) % PARTS,
            (Some(current), true) => (current + 2 * PARTS - 1 - step) % PARTS,
        };
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_gone_through_in_order_and_back() {
        assert_eq!(after(None, false), [0, 1, 2, 3]);
        assert_eq!(after(None, true), [3, 2, 1, 0]);
        assert_eq!(after(Some(1), false), [2, 3, 0, 1]);
        assert_eq!(after(Some(3), false), [0, 1, 2, 3]);
        assert_eq!(after(Some(0), true), [3, 2, 1, 0]);
        assert_eq!(after(Some(2), true), [1, 0, 3, 2]);
    }
}
