//! The rail of the narrow window: posters and states, and the button that opens the panel.

use egui::{
    Align, CornerRadius, Id, Layout, Rect, Response, Role, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::hover::Hover;
use super::{poster, words};
use crate::domain::generation::{Generation, Status};
use crate::state::Command;
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::{layout, radius, size};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{IconButton, panel_frame, set_place};

const TILE: egui::Vec2 = vec2(64.0, 68.0);
const POSTER: egui::Vec2 = vec2(56.0, 42.0);

/// Shows the rail and returns the button that opens the panel.
pub fn ui(ui: &mut Ui, theme: &Theme, open: &mut bool, cx: &mut UiContext<'_>, hover: &mut Hover) -> Response {
    let height = ui.available_height();
    let shown = panel_frame(theme).show(ui, |ui| {
        ui.set_height(height - 2.0);
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let head = vec2(layout::TASK_RAIL - 2.0, layout::PANEL_HEADER_NARROW);
        let (head, _) = ui.allocate_exact_size(head, Sense::hover());
        let name = if *open { words!("tasks-hide") } else { words!("tasks-show") };
        let place = Rect::from_center_size(head.center(), vec2(size::ICON_BUTTON, size::ICON_BUTTON));
        let button = IconButton::new(Icon::TASK_PANEL, &name).put(ui, place);
        if button.clicked() {
            *open = !*open;
        }
        ui.spacing_mut().item_spacing.y = 4.0;
        let tasks = &cx.state.tasks;
        let count = tasks.visible().len();
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .show_rows(ui, TILE.y, count, |ui, shown| {
                let builder =
                    UiBuilder::new().accessibility_role(Role::List).accessibility_label(words!("tasks-title"));
                ui.scope_builder(builder.layout(Layout::top_down(Align::Center)), |ui| {
                    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_size_of_set(count));
                    set_place(ui.ctx(), ui.unique_id(), ui.clip_rect());
                    for place in shown {
                        if let Some(generation) = tasks.visible_at(place) {
                            tile(ui, theme, place, generation, cx, hover);
                        }
                    }
                });
            });
        button
    });
    shown.inner
}

fn tile(ui: &mut Ui, theme: &Theme, place: usize, generation: &Generation, cx: &mut UiContext<'_>, hover: &mut Hover) {
    let (rect, _) = ui.allocate_exact_size(TILE, Sense::hover());
    // Of its own identity: tiles scroll, and new ones come above.
    let response = ui.interact(rect, Id::unique(("tile", generation.id.as_str())), Sense::click());
    let selected = cx.state.tasks.is_selected(&generation.id);
    let (icon, status, tone) = words::pill(&generation.status);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, words::spoken(generation, cx.state.now)));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_selected(selected);
        node.set_position_in_set(place);
    });
    if response.clicked() {
        cx.send(Command::Select(Some(generation.id.clone())));
    }
    if !ui.is_rect_visible(rect) {
        return;
    }
    let corner = CornerRadius::same(radius::CONTROL);
    let lit = super::row::lit(ui, theme, &response, selected, response.hovered());
    ui.painter().rect(rect, corner, lit.fill, Theme::hairline(lit.edge), StrokeKind::Inside);
    if response.has_focus() {
        super::row::focused(ui, theme, rect);
    }
    let picture = Rect::from_min_size(rect.min + vec2((TILE.x - POSTER.x) / 2.0, 4.0), POSTER);
    let width = (POSTER.x * ui.pixels_per_point()).ceil() as u32;
    let inside = ui.rect_contains_pointer(rect);
    let moment = if inside { hover.moment(ui, generation, selected, width) } else { None };
    match moment {
        Some(moment) => poster::playing(ui, theme, picture, &moment),
        None => poster::paint(ui, theme, picture, generation, cx),
    }
    let (_, ink) = tone.colors(theme);
    let middle = pos2(rect.center().x, rect.bottom() - 11.0);
    let short = match &generation.status {
        Status::Rendering(Some(percent)) => format!("{percent}%"),
        Status::Unknown(_) => words!("tile-unknown"),
        Status::Downloading => words!("tile-saving"),
        Status::Rendering(None) => words!("tile-render"),
        Status::Uploading => words!("tile-upload"),
        _ => status,
    };
    let text = Type::Caption.line(ui.painter(), short, ink);
    // A percentage says by itself what it is of.
    let lead = if matches!(generation.status, Status::Rendering(Some(_))) { 0.0 } else { 16.0 };
    let wide = text.size().x + lead;
    if lead > 0.0 {
        icon.paint(ui.painter(), pos2(middle.x - wide / 2.0 + 6.0, middle.y), 12.0, ink);
    }
    ui.painter().galley(pos2(middle.x - wide / 2.0 + lead, middle.y - text.size().y / 2.0), text, ink);
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::super::hover::tests::task;
    use super::*;
    use crate::domain::settings::Settings;
    use crate::state::State;
    use crate::ui::Textures;

    #[test]
    fn a_hovered_tile_plays_and_is_let_go() {
        let cache = tempfile::tempdir().unwrap();
        let mut state = State::new(Settings::default(), 7);
        state.tasks.load(vec![task("a"), task("b")]);
        let hover = Hover::new(Waker::noop().clone(), cache.path().to_owned());
        let mut textures = Textures::default();
        let mut fonts = false;
        let show = move |ui: &mut Ui, hover: &mut Hover| {
            if !std::mem::replace(&mut fonts, true) {
                // They are there from the next pass on.
                crate::ui::fonts::install(ui.ctx());
                ui.ctx().request_repaint();
                return;
            }
            let theme = Theme::of(ui.ctx());
            let mut commands = Vec::new();
            let mut cx = UiContext::new(&state, &mut textures, true, &mut commands);
            super::ui(ui, &theme, &mut false, &mut cx, hover);
            hover.end_pass();
            textures.end_pass();
        };
        let builder = Harness::builder().with_size(vec2(72.0, 400.0)).with_step_dt(1.0 / 24.0);
        let mut harness = builder.build_ui_state(show, hover);
        harness.run_steps(3);
        let tile = harness.get_all_by_role(Role::ListItem).next().unwrap().rect().center();
        harness.hover_at(tile);
        harness.run_steps(12);
        assert!(harness.state().is_open());
        harness.hover_at(pos2(36.0, 390.0));
        harness.run_steps(2);
        assert!(!harness.state().is_open());
    }
}
