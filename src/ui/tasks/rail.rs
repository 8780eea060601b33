//! The rail of the narrow window: posters and states, and the button that opens the panel.

use egui::{
    Align, CornerRadius, Layout, Rect, Role, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::{poster, words};
use crate::domain::generation::{Generation, Status};
use crate::state::Command;
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::{layout, radius, size};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{IconButton, focus_ring, panel_frame};

const TILE: egui::Vec2 = vec2(64.0, 68.0);
const POSTER: egui::Vec2 = vec2(56.0, 42.0);

pub fn ui(ui: &mut Ui, theme: &Theme, open: &mut bool, cx: &mut UiContext<'_>) {
    let height = ui.available_height();
    panel_frame(theme).show(ui, |ui| {
        ui.set_height(height - 2.0);
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let head = vec2(layout::TASK_RAIL - 2.0, layout::PANEL_HEADER_NARROW);
        let (head, _) = ui.allocate_exact_size(head, Sense::hover());
        let name = if *open { "Hide tasks" } else { "Show tasks" };
        let place = Rect::from_center_size(head.center(), vec2(size::ICON_BUTTON, size::ICON_BUTTON));
        if IconButton::new(Icon::TASK_PANEL, name).put(ui, place).clicked() {
            *open = !*open;
        }
        ui.spacing_mut().item_spacing.y = 4.0;
        let tasks = &cx.state.tasks;
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .show(ui, |ui| {
                let builder = UiBuilder::new().accessibility_role(Role::List).accessibility_label("Tasks");
                ui.scope_builder(builder, |ui| {
                    ui.with_layout(Layout::top_down(Align::Center), |ui| {
                        for generation in tasks.visible() {
                            tile(ui, theme, generation, cx);
                        }
                    });
                });
            });
    });
}

fn tile(ui: &mut Ui, theme: &Theme, generation: &Generation, cx: &mut UiContext<'_>) {
    let p = &theme.palette;
    let (rect, response) = ui.allocate_exact_size(TILE, Sense::click());
    let selected = cx.state.tasks.selected().is_some_and(|task| task.id == generation.id);
    let (icon, status, tone) = words::pill(&generation.status);
    let name = format!("{}, {status}", generation.settings.prompt);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, &name));
    if response.clicked() {
        cx.send(Command::Select(Some(generation.id.clone())));
    }
    if !ui.is_rect_visible(rect) {
        return;
    }
    let corner = CornerRadius::same(radius::CONTROL);
    if selected {
        let edge = Theme::hairline(crate::ui::theme::fade(p.accent, 0.45));
        ui.painter().rect(rect, corner, p.accent_soft, edge, StrokeKind::Inside);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, corner, p.control);
    }
    if response.has_focus() {
        focus_ring(ui.painter(), rect, radius::CONTROL, theme);
    }
    let picture = Rect::from_min_size(rect.min + vec2((TILE.x - POSTER.x) / 2.0, 4.0), POSTER);
    poster::paint(ui, theme, picture, generation, cx);
    let (_, ink) = tone.colors(theme);
    let middle = pos2(rect.center().x, rect.bottom() - 11.0);
    let short = match &generation.status {
        Status::Rendering(Some(percent)) => format!("{percent}%"),
        Status::Unknown(_) => "Unknown".to_owned(),
        Status::Downloading => "Saving".to_owned(),
        Status::Stopped => "Stopped".to_owned(),
        Status::Rendering(None) => "Render".to_owned(),
        Status::Uploading => "Upload".to_owned(),
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
