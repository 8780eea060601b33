//! Words for the camera that models of this kind know, to put into the prompt.

use egui::{Rect, ScrollArea, Ui};

use super::prompt;
use crate::ui::UiContext;
use crate::ui::theme::Theme;
use crate::ui::theme::metrics::{size, space};
use crate::ui::widgets::{Button, ButtonKind, tooltip};

/// Label, and the sentence it stands for.
const WORDS: [(&str, &str); 11] = [
    ("Push in", "The camera slowly pushes in."),
    ("Pull out", "The camera slowly pulls out."),
    ("Pan left", "The camera pans left."),
    ("Pan right", "The camera pans right."),
    ("Tilt up", "The camera tilts up."),
    ("Tilt down", "The camera tilts down."),
    ("Orbit", "The camera orbits the subject."),
    ("Crane up", "The camera cranes up."),
    ("Track", "The camera tracks the subject."),
    ("Handheld", "Handheld camera."),
    ("Static", "Camera static."),
];

/// Height of the row.
pub const HEIGHT: f32 = size::BUTTON_SMALL;

/// The row, in `rect`; it scrolls sideways.
pub fn ui(ui: &mut Ui, rect: Rect, cx: &mut UiContext<'_>) {
    let theme = Theme::of(ui.ctx());
    let mut row = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    // The end of the row is faded to the panel's colour, which is not the field's.
    row.spacing_mut().scroll.fade.strength = 0.0;
    let scroll = ScrollArea::horizontal()
        .id_salt("camera words")
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
    scroll.show(&mut row, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XXS;
            for (label, sentence) in WORDS {
                let name = format!("Add to the prompt: {sentence}");
                let button = Button::new(label).kind(ButtonKind::Quiet).small().name(&name);
                let response = tooltip(ui.add(button), &theme, sentence);
                if response.gained_focus() {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    insert(ui, sentence, cx);
                }
            }
        });
    });
}

/// Puts a sentence where the cursor is, or at the end.
fn insert(ui: &Ui, sentence: &str, cx: &mut UiContext<'_>) {
    let text = &cx.state.draft.settings.prompt;
    let (text, end) = inserted(text, prompt::cursor(ui, text), sentence);
    prompt::write(ui, text, end, cx);
}

/// The text with the sentence at a place counted in characters, with a space on either side where there is none, and
/// the place after it.
fn inserted(text: &str, at: usize, sentence: &str) -> (String, usize) {
    let byte = text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let (before, after) = text.split_at(byte);
    let ended = before.trim_end().is_empty()
        || before.trim_end().ends_with(['.', '!', '?', '…', ',', ';', ':', '。', '！', '？', '，']);
    let lead = match (ended, before.is_empty() || before.ends_with(char::is_whitespace)) {
        (true, true) => "",
        (true, false) => " ",
        (false, _) => ". ",
    };
    let before = if ended { before } else { before.trim_end() };
    let trail = if after.is_empty() || after.starts_with(char::is_whitespace) { "" } else { " " };
    let head = format!("{before}{lead}{sentence}");
    let end = head.chars().count();
    (format!("{head}{trail}{after}"), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_set_apart_from_its_neighbours() {
        assert_eq!(inserted("", 0, "Static."), ("Static.".to_owned(), 7));
        assert_eq!(inserted("Mist lifts.", 11, "Static."), ("Mist lifts. Static.".to_owned(), 19));
        assert_eq!(inserted("Mist. Rain.", 6, "Static."), ("Mist. Static. Rain.".to_owned(), 13));
        assert_eq!(inserted("湖面起雾", 2, "Static."), ("湖面. Static. 起雾".to_owned(), 11));
        assert_eq!(inserted("Mist lifts ", 11, "Static."), ("Mist lifts. Static.".to_owned(), 19));
    }
}
