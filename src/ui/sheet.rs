//! Sheets over the window: scrim, frame, title and the keyboard kept inside.

use egui::{Area, Context, CornerRadius, Frame, Id, Margin, Order, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::icons::Icon;
use super::theme::metrics::{layout, radius, space, time};
use super::theme::{Motion, Theme, Type, fade};
use super::widgets::{IconButton, keep_focus_in_sight, rule};

/// What had the keyboard before a sheet opened, to give it back.
#[derive(Debug, Default)]
pub struct Behind {
    open: bool,
    focus: Option<Id>,
    /// What had it in the sheet.
    within: Option<Id>,
}

/// How far a sheet has come in: it fades in and rises by a little.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrival {
    pub opacity: f32,
    /// Points it still lies below its place.
    pub below: f32,
}

impl Arrival {
    /// How far it rises.
    const RISE: f32 = 8.0;

    /// Tells once a pass whether anything is open in `order`, so that what opens there comes in from the start.
    pub fn track(ctx: &Context, theme: &Theme, order: Order, open: bool) {
        let _ = theme.motion.fade(ctx, Self::id(order), open, time::PANEL);
    }

    pub fn of(ctx: &Context, theme: &Theme, order: Order) -> Self {
        Self::at(theme, theme.motion.fade(ctx, Self::id(order), true, time::PANEL))
    }

    /// Where it is once it has come in so far, 0 to 1.
    pub fn at(theme: &Theme, opacity: f32) -> Self {
        let below = if theme.motion == Motion::Full { Self::RISE * (1.0 - opacity) } else { 0.0 };
        Self { opacity, below }
    }

    fn id(order: Order) -> Id {
        Id::unique(("arrival", format!("{order:?}")))
    }
}

impl Behind {
    /// Call once a pass before anything else, with whether something modal is open.
    pub fn remember(&mut self, ctx: &Context, open: bool) {
        let focused = ctx.memory(egui::Memory::focused);
        if open && !self.open {
            self.focus = focused;
            ctx.memory_mut(|memory| {
                if let Some(id) = self.focus {
                    memory.surrender_focus(id);
                }
            });
        } else if !open
            && self.open
            && let Some(id) = self.focus.take()
            // Unless something else was given the keyboard meanwhile.
            && (focused.is_none() || focused == self.within)
        {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
        // A key that closes the sheet takes the keyboard from its control first.
        self.within = if open { focused.filter(|_| self.open).or(self.within) } else { None };
        self.open = open;
    }
}

/// Paints the scrim and a centred sheet; returns whether its close button was pressed.
///
/// `content` gets the whole inner width; it scrolls where the window is low.
pub fn show(ui: &Ui, title: &str, width: f32, footer: impl FnOnce(&mut Ui), content: impl FnOnce(&mut Ui)) -> bool {
    framed(ui, title, width, footer, |ui, most| {
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            content(ui);
            keep_focus_in_sight(ui);
        });
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
    let arrival = Arrival::of(ctx, &theme, Order::Middle);
    let mut closed = false;
    let area = Area::new(Id::unique(("sheet", title))).order(Order::Middle);
    // A scrim that was there for another sheet a moment ago would lie over this one.
    ctx.move_to_top(area.layer());
    area.anchor(egui::Align2::CENTER_CENTER, vec2(0.0, arrival.below))
        .fade_in(false)
        // Without it an area offers its content no more than egui's 400 points.
        .default_size(screen.size())
        .show(ctx, |ui| {
            ui.set_opacity(arrival.opacity);
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
    let area = Area::new(Id::unique(("scrim", format!("{order:?}")))).order(order).fixed_pos(screen.min).fade_in(false);
    area.show(ctx, |ui| {
        // Nothing for the keyboard to stop at.
        ui.allocate_rect(screen, Sense::CLICK | Sense::DRAG);
        let arrival = Arrival::of(ctx, theme, order);
        ui.painter().rect_filled(screen, 0.0, fade(theme.palette.scrim, arrival.opacity));
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
                closed = ui.add(IconButton::new(Icon::CLOSE, "Close")).clicked();
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
