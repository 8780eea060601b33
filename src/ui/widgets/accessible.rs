//! What egui leaves out of the tree that screen readers get: where containers are, and what scroll bars are of.

use egui::scroll_area::ScrollAreaOutput;
use egui::{Context, Id, Rect, Ui, accesskit};

/// Says where a container is.
pub fn set_place(ctx: &Context, id: Id, place: Rect) {
    let [x0, y0, x1, y1] = [place.min.x, place.min.y, place.max.x, place.max.y].map(f64::from);
    ctx.accesskit_node_builder(id, |node| node.set_bounds(accesskit::Rect { x0, y0, x1, y1 }));
}

/// Names the bars of an area that was just shown, and says where they stand.
pub fn name_scroll_bars<R>(ui: &Ui, name: &str, shown: ScrollAreaOutput<R>) -> R {
    let (offset, most) = (shown.state.clamped_offset(), shown.content_size - shown.inner_rect.size());
    for (direction, at, most) in [(0_usize, offset.x, most.x), (1, offset.y, most.y)] {
        // The identity that egui gives them.
        let bar = shown.id.with(direction);
        if ui.ctx().has_accesskit_node(bar) {
            ui.ctx().accesskit_node_builder(bar, |node| {
                node.set_label(name);
                node.set_min_numeric_value(0.0);
                node.set_max_numeric_value(f64::from(most.max(0.0)));
                node.set_numeric_value(f64::from(at));
            });
        }
    }
    shown.inner
}
