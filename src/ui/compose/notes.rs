//! What is wrong with the pictures, each with its fix: red blocks, amber never does.

use egui::Ui;

use crate::domain::advisory::Advisory;
use crate::domain::draft::{Backdrop, FrameChoice};
use crate::domain::frame::{FrameSlot, PictureViolation};
use crate::state::{Command, CopyChange, Fix};
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
    found.extend(warnings(&cx.state.advisories(), cx.state.draft.ratio(cx.state.model())));
    for note in found {
        ui.add_space(space::XL);
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
        let another = || (words!("choose-another-more"), Fix::ChooseAnother(slot));
        match cx.state.draft.frame(slot) {
            FrameChoice::Unreadable { reason, .. } => {
                found.push(Found { red: true, text: reason.clone(), fixes: vec![another()] });
            }
            FrameChoice::Ready(_) if cx.state.copying.contains(&slot) => {
                let text = words!("note-copying", slot = slot.word());
                found.push(Found { red: false, text, fixes: Vec::new() });
            }
            FrameChoice::Ready(picture) => {
                for violation in picture.facts.violations(limits) {
                    let fixes = mend(slot, &violation).into_iter().chain([another()]).collect();
                    found.push(Found { red: true, text: violation.to_string(), fixes });
                }
            }
            _ => {}
        }
    }
    found
}

/// What makes a picture keep the limit it breaks, where anything does.
fn mend(slot: FrameSlot, violation: &PictureViolation) -> Option<(String, Fix)> {
    let (words, fix) = match violation {
        PictureViolation::TooLarge { .. } => (words!("fix-scale-down"), Fix::Copy(slot, CopyChange::ScaleDown)),
        PictureViolation::TooHeavy { .. } | PictureViolation::Format { .. } => {
            (words!("fix-smaller-copy"), Fix::Copy(slot, CopyChange::Smaller))
        }
        PictureViolation::Ratio { .. } => (words!("fix-crop"), Fix::AdjustCrop(slot)),
        PictureViolation::TooSmall { .. } => return None,
    };
    Some((words, fix))
}

/// One card for each word of caution; one for both frames where the same helps both.
fn warnings(advisories: &[Advisory], ratio: &str) -> Vec<Found> {
    let both = |lower: &Option<String>| {
        let same = |found: &&Advisory| matches!(found, Advisory::Soft { lower: other, .. } if other == lower);
        advisories.iter().filter(same).count() == 2
    };
    let card = |advisory: &Advisory| match advisory {
        Advisory::Soft { slot: FrameSlot::Last, lower } if both(lower) => None,
        Advisory::Soft { lower, .. } if both(lower) => {
            let text = words!("advisory-both-soft");
            Some(Found { text, ..warning(advisory, ratio) })
        }
        _ => Some(warning(advisory, ratio)),
    };
    advisories.iter().filter_map(card).collect()
}

fn warning(advisory: &Advisory, ratio: &str) -> Found {
    let adjust = |slot| (words!("adjust-crop-more"), Fix::AdjustCrop(slot));
    let fixes = match advisory {
        Advisory::Crop { slot, nearest, .. } => {
            let mut fixes = vec![(words!("fix-crop-to", ratio = ratio), Fix::AcceptCrop(*slot)), adjust(*slot)];
            let nearest = nearest.as_ref().map(|name| (words!("fix-use", name = name), Fix::UseRatio(name.clone())));
            fixes.extend(nearest);
            fixes
        }
        Advisory::PortraitAgainstLandscape => {
            vec![adjust(FrameSlot::Last), (words!("choose-another-more"), Fix::ChooseAnother(FrameSlot::Last))]
        }
        Advisory::Soft { lower: Some(lower), .. } => {
            vec![(words!("fix-use", name = lower), Fix::UseResolution(lower.clone()))]
        }
        Advisory::Soft { lower: None, .. } => Vec::new(),
        Advisory::SamePicture => vec![(words!("fix-remove-last"), Fix::RemoveFrame(FrameSlot::Last))],
        Advisory::Transparent { slot } => vec![(words!("fix-fill-white"), Fix::Fill(*slot, Backdrop::White))],
    };
    Found { red: false, text: advisory.to_string(), fixes }
}
