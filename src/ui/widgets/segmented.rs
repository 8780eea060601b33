//! The segmented control: one of a few, all visible. A radio group to the keyboard and to screen readers.

use egui::{
    Color32, CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::accessible::set_place;
use super::feel::{Feel, focus_ring};
use crate::ui::theme::{
    Theme, Type, fade,
    metrics::{radius, size, time},
    mix,
};

const PADDING: f32 = 10.0;
const COUNT_GAP: f32 = 4.0;

/// One choice of a [`Segmented`].
#[derive(Debug, Clone, PartialEq)]
pub struct Segment<'a, T> {
    pub value: T,
    pub label: &'a str,
    /// A number after the label; left out where there is nothing to count.
    pub count: Option<usize>,
}

impl<'a, T> Segment<'a, T> {
    pub const fn new(value: T, label: &'a str) -> Self {
        Self { value, label, count: None }
    }

    #[must_use]
    pub const fn count(mut self, count: Option<usize>) -> Self {
        self.count = count;
        self
    }

    /// "Running, 4"
    fn name(&self) -> String {
        match self.count {
            Some(count) => words!("tasks-count-spoken", label = self.label, count = count),
            None => self.label.to_owned(),
        }
    }
}

/// A row of choices of which one holds.
#[must_use = "call show"]
pub struct Segmented<'a, T> {
    name: &'a str,
    segments: &'a [Segment<'a, T>],
    width: Option<f32>,
    padding: f32,
    enabled: bool,
}

impl<'a, T: PartialEq + Clone> Segmented<'a, T> {
    pub const fn new(name: &'a str, segments: &'a [Segment<'a, T>]) -> Self {
        Self { name, segments, width: None, padding: PADDING, enabled: true }
    }

    /// The whole width in points, shared equally.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Points on either side of a segment's words, where the width is their own.
    pub const fn padding(mut self, points: f32) -> Self {
        self.padding = points;
        self
    }

    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Shows the row; the response has changed when `value` has.
    pub fn show(self, ui: &mut Ui, value: &mut T) -> Response {
        let theme = Theme::of(ui.ctx());
        let widths = self.widths(ui);
        let total = widths.iter().sum::<f32>() + 2.0 * size::SEGMENTED_INSET;
        let (rect, mut group) = ui.allocate_exact_size(vec2(total, size::SEGMENTED), Sense::hover());
        let corner = CornerRadius::same(radius::CONTROL);
        ui.painter().rect_filled(rect, corner, theme.palette.control);
        let builder = UiBuilder::new()
            .id_salt(self.name)
            .max_rect(rect)
            .accessibility_role(Role::RadioGroup)
            .accessibility_label(self.name);
        let mut row = ui.new_child(builder);
        set_place(row.ctx(), row.unique_id(), rect);
        if !self.enabled {
            row.disable();
        }
        let selected = self.segments.iter().position(|segment| segment.value == *value);
        let picked = self.segments_ui(&mut row, &theme, rect, &widths, selected);
        if let Some(segment) = picked.and_then(|index| self.segments.get(index))
            && segment.value != *value
        {
            *value = segment.value.clone();
            group.mark_changed();
        }
        group
    }

    fn widths(&self, ui: &Ui) -> Vec<f32> {
        if let Some(width) = self.width {
            let each = (width - 2.0 * size::SEGMENTED_INSET) / self.segments.len().max(1) as f32;
            return vec![each; self.segments.len()];
        }
        let painter = ui.painter();
        let line = |text: String| Type::SmallMedium.line(painter, text, Color32::PLACEHOLDER).size().x;
        let one = |segment: &Segment<'_, T>| {
            let count = segment.count.map_or(0.0, |count| COUNT_GAP + line(count.to_string()));
            2.0 * self.padding + line(segment.label.to_owned()) + count
        };
        self.segments.iter().map(one).collect()
    }

    /// Paints and reads all segments; the index of the one that was just picked.
    fn segments_ui(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        rect: Rect,
        widths: &[f32],
        selected: Option<usize>,
    ) -> Option<usize> {
        let ids: Vec<Id> = (0..self.segments.len()).map(|index| ui.unique_id().with(index)).collect();
        let mut left = rect.left() + size::SEGMENTED_INSET;
        let (mut picked, mut moved_to) = (None, None);
        for (index, (segment, width)) in self.segments.iter().zip(widths).enumerate() {
            let min = pos2(left, rect.top() + size::SEGMENTED_INSET);
            let place = Rect::from_min_size(min, vec2(*width, rect.height() - 2.0 * size::SEGMENTED_INSET));
            left += width;
            let on = selected == Some(index);
            // One stop for Tab, on the choice that holds; the arrows move between choices.
            let reachable = on || (selected.is_none() && index == 0);
            let sense = if reachable { Sense::click() } else { Sense::CLICK };
            let response = ui.interact(place, ids[index], sense);
            let enabled = ui.is_enabled();
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, on, segment.name()));
            if response.clicked() {
                picked = Some(index);
            }
            if response.has_focus()
                && let Some(next) = arrow_target(ui, response.id, index, self.segments.len())
            {
                moved_to = Some(next);
            }
            paint_segment(ui, theme, segment, &response, on);
        }
        if let Some(next) = moved_to {
            // Not before the last segment is there: one that cannot be reached by Tab gives the focus up.
            ui.memory_mut(|memory| memory.request_focus(ids[next]));
            picked = Some(next);
        }
        picked
    }
}

/// The neighbour an arrow key asks for.
fn arrow_target(ui: &Ui, id: Id, index: usize, len: usize) -> Option<usize> {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let forward = pressed(Key::ArrowRight) | pressed(Key::ArrowDown);
    let back = pressed(Key::ArrowLeft) | pressed(Key::ArrowUp);
    match (forward, back) {
        (true, false) => Some((index + 1) % len),
        (false, true) => Some((index + len - 1) % len),
        _ => None,
    }
}

fn paint_segment<T>(ui: &Ui, theme: &Theme, segment: &Segment<'_, T>, response: &Response, on: bool) {
    let p = &theme.palette;
    let feel = Feel::of(ui, response, theme);
    let lit = theme.motion.fade(ui.ctx(), response.id.with("on"), on, time::SELECT);
    let painter = ui.painter();
    let corner = CornerRadius::same(radius::SMALL);
    let hover = fade(p.hover, feel.hover * (1.0 - lit));
    painter.rect_filled(response.rect, corner, hover);
    let edge = Theme::hairline(fade(p.segment_stroke, lit));
    painter.rect(response.rect, corner, fade(p.segment, lit), edge, StrokeKind::Inside);
    let text = if feel.enabled { mix(p.text2, p.text, lit.max(feel.hover)) } else { p.disabled };
    let count_color = if feel.enabled { mix(p.muted, p.text2, lit) } else { p.disabled };
    let label = Type::SmallMedium.line(painter, segment.label, text);
    let count = segment.count.map(|count| Type::SmallMedium.line(painter, count.to_string(), count_color));
    let width = label.size().x + count.as_ref().map_or(0.0, |count| COUNT_GAP + count.size().x);
    let center = response.rect.center();
    let top_left = pos2(center.x - width / 2.0, center.y - label.size().y / 2.0);
    let after = top_left + vec2(label.size().x + COUNT_GAP, 0.0);
    painter.galley(top_left, label, text);
    if let Some(count) = count {
        painter.galley(after, count, count_color);
    }
    if feel.focused {
        focus_ring(painter, response.rect, radius::SMALL, theme);
    }
}
