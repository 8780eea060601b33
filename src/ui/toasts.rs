//! Where toasts lie, how they come in and how they leave.

use egui::{Align2, Area, Context, Id, Order, Rect, Ui, emath::easing, vec2};

use super::UiContext;
use super::leaving::{Left, fade_out};
use super::sheet::Arrival;
use super::stage::{DETAILS_NARROW, controls_height};
use super::theme::metrics::{layout, size, space, time};
use super::theme::{Motion, Theme};
use super::widgets::{Toast, ToastKind};
use crate::state::toast::{ToastAction, Tone};
use crate::state::{Command, Stage};

/// Height of the block at the stage's foot, over which toasts lie.
fn foot(stage: Stage<'_>, free: bool, narrow: bool) -> f32 {
    match stage {
        // Only what can be pressed there.
        Stage::Task(task) if narrow && task.clip.is_none() => DETAILS_NARROW,
        Stage::Empty | Stage::Task(_) if narrow => 0.0,
        Stage::Empty if free => 46.0,
        Stage::Empty => 0.0,
        Stage::Preview => 71.0,
        Stage::Task(task) if task.clip.is_some() => 110.0,
        Stage::Task(_) => 98.0,
    }
}

/// How far a message has come in since it was first shown.
fn arrival(ctx: &Context, id: Id) -> Arrival {
    let theme = Theme::of(ctx);
    let now = ctx.input(|input| input.time);
    let since = ctx.data_mut(|data| *data.get_temp_mut_or_insert_with(id, || now));
    let takes = if theme.motion == Motion::Full { time::PANEL } else { time::REDUCED_FADE };
    let passed = ((now - since) as f32 / takes).min(1.0);
    if passed < 1.0 {
        ctx.request_repaint();
    }
    Arrival::at(&theme, easing::cubic_out(passed))
}

/// Shows the messages over the lower part of the stage, the newest lowest; with a clip there, over its picture, so that
/// nothing that can be pressed is covered.
pub fn ui(ui: &Ui, stage: Rect, cx: &mut UiContext<'_>) {
    let ctx = ui.ctx();
    let has_clip = matches!(cx.state.stage(), Stage::Task(task) if task.clip.is_some());
    let controls = if has_clip { controls_height(cx.narrow) } else { 0.0 };
    let foot = foot(cx.state.stage(), cx.state.host().free, cx.narrow);
    let lowest = match cx.narrow {
        true if foot > 0.0 => stage.bottom() - foot - space::XXL,
        true => ctx.content_rect().bottom() - space::XXL,
        false => stage.bottom() - foot - space::SECTION,
    };
    // Over a sheet they keep to the top bar: nothing of it is covered.
    let modal = cx.state.sheet.is_some() || cx.state.question.is_some();
    let lowest = if modal { ctx.content_rect().top() + layout::TOP_BAR - space::XXS } else { lowest - controls };
    let most = if modal { 1 } else { usize::MAX };
    let shown = cx.state.toasts.shown();
    let mut painted = Vec::new();
    for (place, toast) in shown.iter().rev().take(most).enumerate() {
        let kind = match toast.tone {
            Tone::Success => ToastKind::Success,
            Tone::Error => ToastKind::Failure,
            Tone::Info => ToastKind::Hint,
        };
        let bottom = lowest - place as f32 * (size::TOAST + space::M);
        let widest = stage.width() - 2.0 * space::XXL;
        let id = Id::unique(("toast", toast.number));
        let arrival = arrival(ctx, id);
        let area = Area::new(id)
            .order(Order::Foreground)
            .pivot(Align2::CENTER_BOTTOM)
            .fixed_pos(egui::pos2(stage.center().x, bottom + arrival.below))
            .constrain(true)
            .fade_in(false)
            .default_size(vec2(widest, size::TOAST))
            .show(ctx, |ui| {
                ui.set_max_width(widest);
                ui.set_opacity(arrival.opacity);
                let action = toast.action.as_ref().map(ToastAction::title);
                let mut widget = Toast::new(kind, &toast.text);
                if let Some(action) = &action {
                    widget = widget.action(action);
                }
                widget.show(ui)
            });
        let (answer, rect) = (area.inner, area.response.rect);
        painted.push(Left { number: toast.number, kind, text: toast.text.clone(), rect, since: None });
        if answer.closed {
            cx.send(Command::DismissToast(toast.number));
        } else if let (true, Some(action)) = (answer.acted, &toast.action) {
            cx.send(Command::ToastAction(toast.number, action.clone()));
        } else if answer.held {
            cx.send(Command::HoldToast(toast.number));
        }
    }
    fade_out(ctx, &Theme::of(ctx), painted);
}
