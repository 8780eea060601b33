//! What is wrong with the pictures, each with its fix: red blocks, amber never does.

use egui::Ui;

use crate::domain::draft::{Advisory, FrameChoice};
use crate::domain::frame::FrameSlot;
use crate::state::{Command, Fix};
use crate::ui::UiContext;
use crate::ui::theme::metrics::space;
use crate::ui::widgets::Note;

/// A sentence and its buttons.
struct Found {
    red: bool,
    text: String,
    fixes: Vec<(String, Fix)>,
}

pub fn ui(ui: &mut Ui, cx: &mut UiContext<'_>) {
    let mut found = errors(cx);
    found.extend(cx.state.advisories().iter().map(|advisory| warning(advisory, &cx.state.draft.settings.ratio)));
    for note in found {
        ui.add_space(space::L);
        let words: Vec<&str> = note.fixes.iter().map(|(words, _)| words.as_str()).collect();
        let card = if note.red { Note::error(&note.text, &words) } else { Note::warning(&note.text, &words) };
        if let Some(pressed) = card.show(ui) {
            cx.send(Command::Fix(note.fixes[pressed].1.clone()));
        }
    }
}

fn errors(cx: &UiContext<'_>) -> Vec<Found> {
    let limits = &cx.state.model().picture;
    let mut found = Vec::new();
    for slot in FrameSlot::BOTH {
        let sentences: Vec<String> = match cx.state.draft.frame(slot) {
            FrameChoice::Unreadable { reason, .. } => vec![reason.clone()],
            FrameChoice::Ready(picture) => picture.facts.violations(limits).iter().map(ToString::to_string).collect(),
            _ => continue,
        };
        for text in sentences {
            let fixes = vec![("Choose another…".to_owned(), Fix::ChooseAnother(slot))];
            found.push(Found { red: true, text, fixes });
        }
    }
    found
}

fn warning(advisory: &Advisory, ratio: &str) -> Found {
    let fixes = match advisory {
        Advisory::Crop { slot, .. } => vec![(format!("Crop to {ratio}"), Fix::AcceptCrop(*slot))],
        Advisory::PortraitAgainstLandscape => vec![
            (format!("Crop to {ratio}"), Fix::AcceptCrop(FrameSlot::Last)),
            ("Choose another…".to_owned(), Fix::ChooseAnother(FrameSlot::Last)),
        ],
        Advisory::Soft { lower: Some(lower), .. } => {
            vec![(format!("Use {lower}"), Fix::UseResolution(lower.clone()))]
        }
        Advisory::Soft { lower: None, .. } => Vec::new(),
        Advisory::SamePicture => vec![("Remove last frame".to_owned(), Fix::RemoveFrame(FrameSlot::Last))],
        Advisory::Transparent { slot } => vec![("Fill with white".to_owned(), Fix::FillWhite(*slot))],
    };
    Found { red: false, text: advisory.to_string(), fixes }
}
