//! Messages that are gone from the state and still fade from the screen: painted, and nothing more.

use egui::{Context, CornerRadius, Id, LayerId, Order, Rect, StrokeKind, vec2};

use super::theme::metrics::{radius, space, time};
use super::theme::{Motion, Theme, Type};
use super::widgets::ToastKind;

/// A message as it was painted last.
#[derive(Debug, Clone)]
pub struct Left {
    pub number: u64,
    pub kind: ToastKind,
    pub text: String,
    pub rect: Rect,
    /// When it was seen to be gone, by the window's clock.
    pub since: Option<f64>,
}

/// Takes what was shown in this pass, and fades what was shown before and is not any more.
pub fn fade_out(ctx: &Context, theme: &Theme, shown: Vec<Left>) {
    let id = Id::unique("leaving messages");
    let now = ctx.input(|input| input.time);
    let known: Vec<Left> = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
    if known.is_empty() && shown.is_empty() {
        return;
    }
    let out = if theme.motion == Motion::Full { time::TOAST_OUT } else { time::REDUCED_FADE };
    let opacity = |left: &Left| 1.0 - (now - left.since.unwrap_or(now)) as f32 / out;
    let gone = known.into_iter().filter(|left| shown.iter().all(|shown| shown.number != left.number));
    let gone = gone.map(|left| Left { since: left.since.or(Some(now)), ..left });
    let leaving: Vec<_> = gone.filter(|left| opacity(left) > 0.0).collect();
    for left in &leaving {
        paint(ctx, theme, left, opacity(left));
    }
    if !leaving.is_empty() {
        ctx.request_repaint();
    }
    ctx.data_mut(|data| data.insert_temp(id, [shown, leaving].concat()));
}

fn paint(ctx: &Context, theme: &Theme, left: &Left, opacity: f32) {
    let p = &theme.palette;
    let mut painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("leaving messages")));
    painter.set_opacity(opacity);
    let edge = Theme::hairline(p.stroke);
    painter.rect(left.rect, CornerRadius::same(radius::LARGE), p.toast, edge, StrokeKind::Inside);
    let (icon, ink) = left.kind.look(theme);
    let glyph = left.rect.left_center() + vec2(space::XXL + 9.0, 0.0);
    icon.paint(&painter, glyph, 18.0, ink);
    let words = Type::Body.line(&painter, left.text.as_str(), p.text);
    painter.galley(glyph + vec2(9.0 + space::L, -words.size().y / 2.0), words, p.text);
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;

    use super::*;

    #[test]
    fn a_message_that_is_gone_fades_and_asks_for_nothing_afterwards() {
        let one = Left {
            number: 1,
            kind: ToastKind::Hint,
            text: "Saved".to_owned(),
            rect: Rect::from_min_size(egui::pos2(10.0, 10.0), vec2(200.0, 44.0)),
            since: None,
        };
        let show = |ui: &mut egui::Ui, shown: &mut Vec<Left>| {
            let theme = Theme::of(ui.ctx());
            fade_out(ui.ctx(), &theme, shown.clone());
        };
        let mut harness = Harness::builder().with_step_dt(0.05).build_ui_state(show, vec![one]);
        let kept = |harness: &Harness<'_, Vec<Left>>| {
            harness.ctx.data(|data| data.get_temp::<Vec<Left>>(Id::unique("leaving messages")).unwrap_or_default())
        };
        crate::ui::fonts::install(&harness.ctx);
        harness.run_steps(2);
        assert!(kept(&harness)[0].since.is_none(), "it is still there");
        harness.state_mut().clear();
        harness.step();
        assert!(kept(&harness)[0].since.is_some(), "it leaves");
        harness.run_steps(4);
        assert!(kept(&harness).is_empty());
    }
}
