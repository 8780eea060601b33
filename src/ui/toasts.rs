//! Where toasts lie and how they come in.

use egui::{Align2, Area, Id, Order, Rect, Ui, vec2};

use super::UiContext;
use super::stage::controls_height;
use super::theme::metrics::{layout, size, space};
use super::widgets::{Toast, ToastKind};
use crate::state::toast::{ToastAction, Tone};
use crate::state::{Command, Stage};

/// Height of the stage's details area, over which toasts lie.
const DETAILS: f32 = 111.0;

/// Shows the messages over the lower part of the stage, the newest lowest; with a clip there, over its picture, so that
/// nothing that can be pressed is covered.
pub fn ui(ui: &Ui, stage: Rect, cx: &mut UiContext<'_>) {
    let ctx = ui.ctx();
    let has_clip = matches!(cx.state.stage(), Stage::Task(task) if task.clip.is_some());
    let controls = if has_clip { controls_height(cx.narrow) } else { 0.0 };
    let lowest =
        if cx.narrow { ctx.content_rect().bottom() - space::XXL } else { stage.bottom() - DETAILS - space::SECTION };
    // Over a sheet they keep to the top bar: nothing of it is covered.
    let modal = cx.state.sheet.is_some() || cx.state.question.is_some();
    let lowest = if modal { ctx.content_rect().top() + layout::TOP_BAR - space::XXS } else { lowest - controls };
    let most = if modal { 1 } else { usize::MAX };
    let shown = cx.state.toasts.shown();
    for (place, toast) in shown.iter().rev().take(most).enumerate() {
        let kind = match toast.tone {
            Tone::Success => ToastKind::Success,
            Tone::Error => ToastKind::Failure,
            Tone::Info => ToastKind::Hint,
        };
        let bottom = lowest - place as f32 * (size::TOAST + space::M);
        let widest = stage.width() - 2.0 * space::XXL;
        let answer = Area::new(Id::unique(("toast", toast.number)))
            .order(Order::Foreground)
            .pivot(Align2::CENTER_BOTTOM)
            .fixed_pos(egui::pos2(stage.center().x, bottom))
            .constrain(true)
            .default_size(vec2(widest, size::TOAST))
            .show(ctx, |ui| {
                ui.set_max_width(widest);
                let action = toast.action.as_ref().map(ToastAction::title);
                let mut widget = Toast::new(kind, &toast.text);
                if let Some(action) = &action {
                    widget = widget.action(action);
                }
                widget.show(ui)
            })
            .inner;
        if answer.closed {
            cx.send(Command::DismissToast(toast.number));
        } else if let (true, Some(action)) = (answer.acted, &toast.action) {
            cx.send(Command::ToastAction(toast.number, action.clone()));
        } else if answer.held {
            cx.send(Command::HoldToast(toast.number));
        }
    }
}
