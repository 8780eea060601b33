//! Menus that open beside a button: rows of words, and whatever else a panel puts into them.

use egui::{
    Color32, CornerRadius, Frame, Id, Margin, Popup, PopupCloseBehavior, Response, Role, Sense, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::feel::Feel;
use crate::ui::{
    icons::Icon,
    theme::{
        Theme, Type,
        metrics::{radius, size, space},
        mix,
    },
};

const ROW: f32 = 32.0;

/// The frame of everything that floats beside a control.
pub(super) fn float_frame(theme: &Theme) -> Frame {
    let p = &theme.palette;
    let fill = if theme.dark { p.control } else { p.raised };
    Frame::new()
        .fill(fill)
        .stroke(Theme::hairline(p.stroke))
        .corner_radius(CornerRadius::same(radius::LARGE))
        .shadow(theme.float_shadow())
        .inner_margin(Margin::same(4))
}

/// Opens and shows a menu beside its button; `content` closes it with `ui.close()`.
///
/// Opened by the keyboard it has the keyboard from the start, and the button has it again once it is closed.
pub fn menu(ui: &Ui, button: &Response, name: &str, width: f32, content: impl FnOnce(&mut Ui)) {
    let theme = Theme::of(ui.ctx());
    let first = first_row();
    if button.clicked() && button.has_focus() {
        ui.data_mut(|data| data.insert_temp(first, true));
    }
    Popup::menu(button)
        .gap(space::XS)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(name)
        .frame(float_frame(&theme))
        .show(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = vec2(0.0, 1.0);
            content(ui);
            ui.data_mut(|data| data.remove::<bool>(first));
        });
    give_back(ui, button, Popup::is_id_open(ui.ctx(), Popup::default_response_id(button)));
}

/// Where it is noted that the next row of a menu takes the keyboard.
fn first_row() -> Id {
    Id::unique("first row of a menu")
}

/// Gives the keyboard back to the control whose list has just been closed by a key.
pub(super) fn give_back(ui: &Ui, control: &Response, open: bool) {
    let id = control.id.with("was open");
    let was_open = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or_default();
    if was_open != open {
        ui.data_mut(|data| data.insert_temp(id, open));
    }
    let nothing_has_it = ui.memory(|memory| memory.focused().is_none());
    if was_open && !open && nothing_has_it && !ui.input(|input| input.pointer.any_click()) {
        control.request_focus();
    }
}

/// A caption over a part of a menu.
pub fn menu_caption(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let color = if theme.dark { theme.palette.text2 } else { theme.palette.muted };
    let galley = Type::Caption.line(ui.painter(), text, color);
    ui.painter().galley(pos2(rect.left() + space::M, rect.bottom() - 4.0 - galley.size().y), galley, color);
}

/// One row of a menu, cut to its width; `reserve` points stay free at the right for the caller.
pub fn menu_row(ui: &mut Ui, icon: Option<Icon>, label: &str, reserve: f32) -> Response {
    let theme = Theme::of(ui.ctx());
    let p = &theme.palette;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let enabled = ui.is_enabled();
    if enabled && ui.data_mut(|data| data.remove_temp::<bool>(first_row())).is_some() {
        response.request_focus();
    }
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, enabled, label));
    let feel = Feel::of(ui, &response, &theme);
    let lit = if feel.focused { 1.0 } else { feel.hover };
    let hover = if theme.dark { p.active } else { p.control };
    let corner = CornerRadius::same(radius::SMALL);
    ui.painter().rect_filled(rect, corner, mix(Color32::TRANSPARENT, hover, lit));
    if feel.focused {
        ui.painter().rect_stroke(rect, corner, theme.focus_stroke(), StrokeKind::Inside);
    }
    let ink = if enabled { p.text } else { p.disabled };
    let mut left = rect.left() + space::M;
    if let Some(icon) = icon {
        icon.paint(ui.painter(), pos2(left + size::GLYPH_BUTTON / 2.0, rect.center().y), size::GLYPH_BUTTON, p.text2);
        left += size::GLYPH_BUTTON + space::M;
    }
    let galley = Type::Body.line_within(ui.painter(), label, ink, rect.right() - reserve - space::M - left);
    ui.painter().galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, ink);
    response
}
