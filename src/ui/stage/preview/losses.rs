//! What the output cuts from the pictures, in words.

use crate::domain::draft::Picture;
use crate::domain::frame::FrameSlot;
use crate::domain::model::Size;
use crate::ui::UiContext;
use crate::words::listed;

/// What is cut from the pictures, and what is still missing.
pub fn losses(cx: &UiContext<'_>, output: Size) -> String {
    let draft = &cx.state.draft;
    if draft.first.is_empty() {
        return words!("loss-add-first");
    }
    let cut = |slot| draft.frame(slot).picture().and_then(|picture| loss(picture, output));
    let mut sentences = match FrameSlot::BOTH.map(cut) {
        [Some(first), Some(last)] if first == last => vec![words!("loss-both", cut = first)],
        both => {
            let said = FrameSlot::BOTH.into_iter().zip(both);
            said.filter_map(|(slot, cut)| Some(words!("loss-frame", slot = slot.word(), cut = cut?))).collect()
        }
    };
    if draft.last.is_empty() && cx.state.model().request.last_image_key.is_some() {
        sentences.push(words!("loss-add-last"));
    } else if sentences.is_empty() && FrameSlot::BOTH.iter().all(|slot| draft.frame(*slot).picture().is_some()) {
        sentences.push(words!("loss-none"));
    }
    sentences.into_iter().reduce(|one, two| words!("sentences", one = one, two = two)).unwrap_or_default()
}

/// "12.5% at the top and at the bottom"; nothing where too little is cut to be seen.
fn loss(picture: &Picture, output: Size) -> Option<String> {
    let (crop, size) = (picture.crop_for(output), picture.facts.size);
    if !crop.is_noticeable(size) {
        return None;
    }
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1)) * 100.0;
    let right = size.width.saturating_sub(crop.x + crop.width);
    let below = size.height.saturating_sub(crop.y + crop.height);
    let seen = |cut: f64| (cut >= 0.05).then(|| percent(cut));
    let (top, bottom) = (seen(share(crop.y, size.height)), seen(share(below, size.height)));
    let (left, right) = (seen(share(crop.x, size.width)), seen(share(right, size.width)));
    match (top, bottom, left, right) {
        (Some(top), Some(bottom), None, None) if top == bottom => Some(words!("loss-top-and-bottom", cut = top)),
        (None, None, Some(left), Some(right)) if left == right => Some(words!("loss-left-and-right", cut = left)),
        (top, bottom, left, right) => {
            let edges = [
                top.map(|cut| words!("loss-top", cut = cut)),
                bottom.map(|cut| words!("loss-bottom", cut = cut)),
                left.map(|cut| words!("loss-left", cut = cut)),
                right.map(|cut| words!("loss-right", cut = cut)),
            ];
            Some(listed(&edges.into_iter().flatten().collect::<Vec<_>>()))
        }
    }
}

/// One decimal, and none where it is zero: "12.5%", "12%".
fn percent(value: f64) -> String {
    let text = format!("{value:.1}");
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::frame::{Crop, PictureFacts, PictureFormat};

    fn picture(width: u32, height: u32) -> Picture {
        let facts = PictureFacts { format: PictureFormat::Png, size: Size::new(width, height), bytes: 1 };
        Picture::new("a.png".into(), facts, false, [0; 32])
    }

    #[test]
    fn what_is_cut_is_said_edge_by_edge() {
        let output = Size::new(1600, 900);
        let said = |picture: &Picture| loss(picture, output);
        assert_eq!(said(&picture(4000, 3000)).unwrap(), "12.5% at the top and at the bottom");
        assert_eq!(said(&picture(1000, 450)).unwrap(), "10% on the left and on the right");
        assert_eq!(said(&picture(1600, 900)), None);
        let mut moved = picture(4000, 3000);
        moved.accepted_crop = Some((Crop { x: 0, y: 150, width: 4000, height: 2250 }, output));
        assert_eq!(said(&moved).unwrap(), "5% at the top and 20% at the bottom");
    }
}
