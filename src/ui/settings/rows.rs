//! The rows sections are made of.

use egui::{Align, CornerRadius, Label, Layout, Rect, Role, Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::domain::model::Host;
use crate::state::Command;
use crate::ui::UiContext;
use crate::ui::icons::Icon;
use crate::ui::theme::metrics::{radius, size, space};
use crate::ui::theme::{Theme, Type};
use crate::ui::widgets::{Segment, Segmented, Switch, field_frame, focus_ring, section_label, set_place};

/// Where the second column begins.
const LABEL_COLUMN: f32 = 176.0;

/// A section: its name at the left, its rows at the right.
pub fn section(ui: &mut Ui, name: &str, rows: impl FnOnce(&mut Ui)) {
    let padding = space::SECTION;
    let top = ui.cursor().min;
    let left = Rect::from_min_size(top + vec2(padding, 18.0), vec2(LABEL_COLUMN - padding, 24.0));
    section_label(&mut ui.new_child(UiBuilder::new().max_rect(left)), name);
    let room = ui.available_width() - LABEL_COLUMN - padding;
    let right = Rect::from_min_size(top + vec2(LABEL_COLUMN, 18.0), vec2(room, f32::INFINITY));
    let mut column = ui.new_child(UiBuilder::new().max_rect(right).layout(Layout::top_down(Align::Min)));
    column.spacing_mut().item_spacing.y = 0.0;
    rows(&mut column);
    let height = column.min_rect().height() + 36.0;
    ui.allocate_rect(Rect::from_min_size(top, vec2(ui.available_width(), height)), Sense::hover());
}

/// A row with words at the left and a control at the right edge.
pub fn row(ui: &mut Ui, name: &str, detail: Option<&str>, control: impl FnOnce(&mut Ui)) {
    line(ui, name, detail, size::BUTTON, control);
}

/// A row for a control of this height.
fn line(ui: &mut Ui, name: &str, detail: Option<&str>, height: f32, control: impl FnOnce(&mut Ui)) {
    let theme = Theme::of(ui.ctx());
    let height = if detail.is_some() { height.max(36.0) } else { height };
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), Layout::right_to_left(Align::Center), |ui| {
        control(ui);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.add_space(if detail.is_some() { 0.5 } else { (height - 18.0) / 2.0 });
            ui.label(Type::BodyMedium.rich(name, theme.palette.text));
            if let Some(detail) = detail {
                ui.label(Type::Small.rich(detail, theme.palette.muted));
            }
        });
    });
}

/// Returns whether it was changed.
pub fn switch(ui: &mut Ui, name: &str, detail: Option<&str>, on: &mut bool) -> bool {
    let mut changed = false;
    line(ui, name, detail, size::SWITCH.y, |ui| {
        let mut switch = Switch::new(on, name);
        if let Some(detail) = detail {
            switch = switch.description(detail);
        }
        changed = ui.add(switch).changed();
    });
    changed
}

/// Returns whether it was changed.
pub fn choice<T: Copy + PartialEq>(ui: &mut Ui, name: &str, choices: &[(T, String)], value: &mut T) -> bool {
    let segments: Vec<_> = choices.iter().map(|(value, label)| Segment::new(*value, label)).collect();
    let before = *value;
    line(ui, name, None, size::SEGMENTED, |ui| {
        Segmented::new(name, &segments).width(240.0).show(ui, value);
    });
    *value != before
}

/// A fact in the look of a field; it cannot be typed into.
pub fn value_field(ui: &mut Ui, theme: &Theme, icon: Icon, text: &str, style: Type, width: f32) {
    let (rect, response) = ui.allocate_exact_size(vec2(width, size::FIELD), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().add(field_frame(theme, rect, 0.0, false, false));
    icon.paint(ui.painter(), pos2(rect.left() + 20.0, rect.center().y), size::GLYPH_BUTTON, theme.palette.muted);
    let words = style.line_within(ui.painter(), text, theme.palette.text, width - 46.0);
    let at = pos2(rect.left() + 36.0, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, theme.palette.text);
}

/// The hosts as cards, one chosen.
pub fn hosts(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let hosts = &cx.state.catalogue.hosts;
    let gap = space::L;
    let width = (ui.available_width() - gap * (hosts.len() as f32 - 1.0)) / hosts.len() as f32;
    let mut chosen = None;
    let group = UiBuilder::new()
        .layout(Layout::left_to_right(Align::Min))
        .accessibility_role(Role::RadioGroup)
        .accessibility_label(words!("host-name"));
    ui.scope_builder(group, |ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for host in hosts {
            if host_card(ui, host, width, cx.state.settings.host == host.id) {
                chosen = Some(host.id.clone());
            }
        }
        set_place(ui.ctx(), ui.unique_id(), ui.min_rect());
    });
    if let Some(host) = chosen {
        cx.send(Command::SetHost(host));
    }
}

fn host_card(ui: &mut Ui, host: &Host, width: f32, on: bool) -> bool {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let detail = if host.free { words!("settings-rehearsal") } else { words!("settings-novita") };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 95.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, host.title()));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(detail.as_str()));
    let corner = CornerRadius::same(radius::CONTROL);
    let fill = if on { p.accent_soft } else { p.raised };
    let edge = if on { theme.focus_stroke() } else { Theme::hairline(p.stroke) };
    ui.painter().rect(rect, corner, fill, edge, StrokeKind::Inside);
    if response.has_focus() {
        focus_ring(ui.painter(), rect, radius::CONTROL, &theme);
    }
    let dot = pos2(rect.left() + 21.0, rect.top() + 21.0);
    if on {
        ui.painter().circle_filled(dot, 8.0, p.accent);
        ui.painter().circle_filled(dot, 3.5, p.on_accent);
    } else {
        ui.painter().circle_stroke(dot, 7.5, Theme::hairline(p.strong));
    }
    let inner = Rect::from_min_max(pos2(rect.left() + 40.0, rect.top() + 12.0), rect.max - vec2(12.0, 8.0));
    let mut text = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::top_down(Align::Min)));
    text.spacing_mut().item_spacing.y = 2.0;
    text.add(Label::new(Type::BodyMedium.rich(host.title(), p.text)).selectable(false));
    let ink = if on { p.text2 } else { p.muted };
    text.add(Label::new(Type::Reason.rich(detail, ink)).wrap().selectable(false));
    response.clicked()
}
