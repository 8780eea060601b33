//! Sheets over the window: scrim, frame, title and the keyboard kept inside.

use egui::{Area, Context, CornerRadius, Frame, Id, Margin, Order, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::icons::Icon;
use super::theme::metrics::{layout, radius, space};
use super::theme::{Theme, Type};
use super::widgets::{IconButton, rule};

/// What had the keyboard before a sheet opened, to give it back.
#[derive(Debug, Default)]
pub struct Behind {
    open: bool,
    focus: Option<Id>,
}

impl Behind {
    /// Call once a pass, with whether something modal is open.
    pub fn remember(&mut self, ctx: &Context, open: bool) {
        if open && !self.open {
            self.focus = ctx.memory(egui::Memory::focused);
            ctx.memory_mut(|memory| {
                if let Some(id) = self.focus {
                    memory.surrender_focus(id);
                }
            });
        } else if !open
            && self.open
            && let Some(id) = self.focus.take()
        {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
        self.open = open;
    }
}

/// Paints the scrim and a centred sheet; returns whether its close button was pressed.
///
/// `content` gets the whole inner width; it scrolls where the window is low.
pub fn show(ui: &Ui, title: &str, width: f32, footer: impl FnOnce(&mut Ui), content: impl FnOnce(&mut Ui)) -> bool {
    framed(ui, title, width, footer, |ui, most| {
        ScrollArea::vertical().max_height(most).show(ui, content);
    })
}

/// Like [`show`], for content that scrolls by itself: it gets the height it may take.
pub fn framed(
    ui: &Ui,
    title: &str,
    width: f32,
    footer: impl FnOnce(&mut Ui),
    content: impl FnOnce(&mut Ui, f32),
) -> bool {
    let ctx = ui.ctx();
    let theme = Theme::of(ctx);
    scrim(ctx, &theme, Order::Middle);
    let screen = ctx.content_rect();
    let mut closed = false;
    Area::new(Id::unique(("sheet", title)))
        .order(Order::Middle)
        .anchor(egui::Align2::CENTER_CENTER, vec2(0.0, 0.0))
        // Without it an area offers its content no more than egui's 400 points.
        .default_size(screen.size())
        .show(ctx, |ui| {
            let builder = UiBuilder::new().accessibility_role(Role::Dialog).accessibility_label(title);
            ui.scope_builder(builder, |ui| {
                // An area grows into its height over several passes; the sheet has it from the first.
                ui.set_max_height(screen.height() - 2.0 * space::PAGE);
                frame(&theme).show(ui, |ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                    closed = header(ui, &theme, title);
                    rule(ui);
                    let most = screen.height() - 2.0 * space::PAGE - 2.0 * 56.0;
                    content(ui, most);
                    rule(ui);
                    footer(ui);
                });
            });
        });
    closed
}

/// Darkens everything below and takes the clicks.
pub fn scrim(ctx: &Context, theme: &Theme, order: Order) {
    let screen: Rect = ctx.content_rect();
    Area::new(Id::unique(("scrim", format!("{order:?}")))).order(order).fixed_pos(screen.min).show(ctx, |ui| {
        ui.allocate_rect(screen, Sense::click_and_drag());
        ui.painter().rect_filled(screen, 0.0, theme.palette.scrim);
    });
}

/// The frame of a sheet.
pub fn frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.palette.panel)
        .stroke(Theme::hairline(theme.palette.stroke))
        .corner_radius(CornerRadius::same(radius::SHEET))
        .shadow(theme.sheet_shadow())
        .inner_margin(Margin::ZERO)
}

fn header(ui: &mut Ui, theme: &Theme, title: &str) -> bool {
    let mut closed = false;
    ui.allocate_ui(vec2(ui.available_width(), 56.0), |ui| {
        ui.set_min_height(56.0);
        ui.horizontal_centered(|ui| {
            ui.add_space(space::SECTION);
            ui.label(Type::Title.rich(title, theme.palette.text));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(space::XL);
                closed = ui.add(IconButton::new(Icon::CLOSE, &words!("close"))).clicked();
            });
        });
    });
    closed
}

/// Width of a sheet, as wide as the window allows.
#[must_use]
pub fn width(ctx: &Context) -> f32 {
    layout::SHEET_WIDTH.min(ctx.content_rect().width() - 2.0 * space::PAGE)
}
