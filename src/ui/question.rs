//! Questions that wait for an answer before something is lost, sent or charged.

use egui::{Align2, Area, Id, Key, Margin, Order, Role, Ui, vec2};

use super::UiContext;
use super::sheet;
use super::theme::metrics::space;
use super::theme::{Theme, Type};
use super::widgets::{Button, ButtonKind};
use crate::domain::spend::Hold;
use crate::state::{Command, Question};

/// The words of a question: the sentence, the careful answer, the other one.
fn words(question: &Question) -> (String, String, String) {
    match question {
        Question::Held(hold) => match hold {
            Hold::OverCap(_) => (hold.to_string(), words!("cancel"), words!("ask-generate-anyway")),
            Hold::AlreadyHave(_) => (hold.to_string(), words!("ask-show-it"), words!("ask-make-again")),
        },
        Question::StopWatching(_) => (words!("ask-stop-watching"), words!("ask-keep-watching"), words!("ask-stop")),
        Question::SendAgain(_) => (words!("ask-send-again"), words!("cancel"), words!("ask-send")),
        Question::Remove(_) => (words!("ask-remove"), words!("cancel"), words!("remove")),
        Question::MoveToTrash(_) => (words!("ask-trash"), words!("cancel"), words!("ask-trash-yes")),
        Question::CloseWindow => (words!("ask-close"), words!("ask-wait"), words!("ask-close-anyway")),
    }
}

pub fn ui(ui: &Ui, cx: &mut UiContext<'_>) {
    let Some(question) = &cx.state.question else { return };
    let (sentence, careful, other) = words(question);
    let sentence = sentence.as_str();
    let ctx = ui.ctx();
    let theme = Theme::of(ctx);
    let arrival = sheet::Arrival::of(ctx, &theme, Order::Foreground);
    sheet::scrim(ctx, &theme, Order::Foreground);
    let answer = Area::new(Id::unique(("question", sentence)))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, arrival.below))
        .fade_in(false)
        .show(ctx, |ui| {
            ui.set_opacity(arrival.opacity);
            sheet::modal(ui, Role::AlertDialog, sentence, |ui| {
                let frame = sheet::frame(&theme).inner_margin(Margin::same(20));
                frame.show(ui, |ui| card(ui, &theme, sentence, &careful, &other)).inner
            })
        })
        .inner;
    if let Some(yes) = answer {
        cx.send(Command::Answer(yes));
    }
}

fn card(ui: &mut Ui, theme: &Theme, sentence: &str, careful: &str, other: &str) -> Option<bool> {
    ui.set_width(360.0);
    ui.label(Type::Body.rich(sentence, theme.palette.text));
    ui.add_space(space::XXL);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let yes = ui.add(Button::new(other).kind(ButtonKind::Danger)).clicked();
        let no = ui.add(Button::new(careful));
        // The careful answer has the keyboard from the start.
        if ui.memory(|memory| memory.focused().is_none()) {
            no.request_focus();
        }
        let escaped = ui.input(|input| input.key_pressed(Key::Escape));
        if yes { Some(true) } else { (no.clicked() || escaped).then_some(false) }
    })
    .inner
}
