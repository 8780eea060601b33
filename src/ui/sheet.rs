//! Sheets over the window: scrim, frame, title and the keyboard kept inside.

use egui::{Area, Context, CornerRadius, Frame, Id, Margin, Order, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::icons::Icon;
use super::theme::metrics::{layout, radius, space, time};
use super::theme::{Motion, Theme, Type, fade};
use super::widgets::{IconButton, keep_focus_in_sight, name_scroll_bars, rule, set_place};

/// What had the keyboard before each sheet or question opened, to give it back.
#[derive(Debug, Default)]
pub struct Behind {
    focus: Vec<Option<Id>>,
    /// What had it in the sheet, last.
    within: Option<Id>,
}

impl Behind {
    /// Call before the panels of a pass, with how many sheets and questions lie over each other: a control that cannot be
    /// used any more loses the keyboard.
    pub fn remember(&mut self, ctx: &Context, open: usize) {
        while self.focus.len() < open {
            let focus = ctx.memory(egui::Memory::focused);
            ctx.memory_mut(|memory| {
                if let Some(id) = focus {
                    memory.surrender_focus(id);
                }
            });
            self.focus.push(focus);
        }
    }

    /// Call at the end of a pass: in the first one without a sheet, what lay behind it does not take the keyboard yet.
    pub fn give_back(&mut self, ctx: &Context, open: usize) {
        let focused = ctx.memory(egui::Memory::focused);
        while self.focus.len() > open {
            // Unless something else was given the keyboard meanwhile.
            if let Some(id) = self.focus.pop().flatten()
                && (focused.is_none() || focused == self.within)
            {
                ctx.memory_mut(|memory| memory.request_focus(id));
            }
        }
        self.within = ctx.memory(egui::Memory::focused).filter(|_| open > 0);
    }

    /// Whether nothing is open and whatever had the keyboard has it again.
    pub fn is_empty(&self) -> bool {
        self.focus.is_empty()
    }
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

/// The root of something modal: named to screen readers, and nothing below it takes the pointer or the keyboard.
///
/// The keyboard is inside from the start, on the whole of it where nothing in it has asked for it; that is how a screen
/// reader learns that it opened.
pub fn modal<R>(ui: &mut Ui, role: Role, name: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let ctx = ui.ctx().clone();
    let id = Id::unique(("modal", name));
    let layer = ui.layer_id();
    let takes =
        ctx.memory(|memory| memory.allows_interaction(layer) && memory.focused().is_none_or(|focused| focused == id));
    let mut builder = UiBuilder::new().scope_id(id).accessibility_role(role).accessibility_label(name);
    if takes {
        // No stop for Tab: once something in it has the keyboard, it has none itself.
        builder = builder.sense(Sense::focusable_noninteractive());
    }
    ctx.memory_mut(|memory| memory.set_modal_layer(layer));
    ui.scope_builder(builder, |ui| {
        ctx.accesskit_node_builder(id, egui::accesskit::Node::set_modal);
        let result = content(ui);
        set_place(&ctx, id, ui.min_rect());
        if takes && ctx.memory(|memory| memory.focused().is_none()) {
            ctx.memory_mut(|memory| memory.request_focus(id));
        }
        result
    })
    .inner
}

/// Paints the scrim and a centred sheet; returns whether its close button was pressed.
///
/// `content` gets the whole inner width; it scrolls where the window is low.
pub fn show(ui: &Ui, title: &str, width: f32, footer: impl FnOnce(&mut Ui), content: impl FnOnce(&mut Ui)) -> bool {
    framed(ui, title, width, footer, |ui, most| {
        let shown = ScrollArea::vertical().max_height(most).show(ui, |ui| {
            content(ui);
            keep_focus_in_sight(ui);
        });
        name_scroll_bars(ui, &words!("scroll-sheet"), shown);
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
            modal(ui, Role::Dialog, title, |ui| {
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
        // Pressed in vain, and not by the keyboard.
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
