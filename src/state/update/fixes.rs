//! The one-click fixes beside warnings and errors.

use super::{complain, compose, reading, save};
use crate::domain::draft::FrameChoice;
use crate::domain::frame::{Crop, FrameSlot, PictureViolation};
use crate::state::{CopyChange, Effect, Fix, Sheet, State};

pub(super) fn apply(state: &mut State, fix: Fix) -> Vec<Effect> {
    match fix {
        Fix::AcceptCrop(slot) => return accept_crop(state, slot),
        Fix::SetCrop(slot, crop) => set_crop(state, slot, Some(crop)),
        Fix::ResetCrop(slot) => set_crop(state, slot, None),
        Fix::AdjustCrop(slot) => {
            if let Some(picture) = state.draft.frame(slot).picture() {
                state.crop_before = Some((slot, picture.accepted_crop));
                state.sheet = Some(Sheet::Crop(slot));
            }
            return Vec::new();
        }
        Fix::UseResolution(name) => state.draft.settings.resolution = name,
        Fix::UseRatio(name) => {
            state.draft.auto_ratio = false;
            state.draft.settings.ratio = name;
        }
        Fix::Fill(slot, backdrop) => {
            if let Some(picture) = state.draft.frame_mut(slot).picture_mut() {
                picture.backdrop = Some(backdrop);
            }
        }
        Fix::Copy(slot, change) => return copy(state, slot, change),
        Fix::RemoveFrame(slot) => return compose::remove(state, slot),
        Fix::ChooseAnother(slot) => return vec![Effect::PickPicture { slot }],
    }
    vec![save(state)]
}

fn set_crop(state: &mut State, slot: FrameSlot, crop: Option<Crop>) {
    let output = state.output();
    if let (Some(output), Some(picture)) = (output, state.draft.frame_mut(slot).picture_mut()) {
        picture.accepted_crop = crop.map(|crop| (crop, output));
    }
}

/// The large view was closed without a yes: the crop is as it was before.
pub(super) fn leave_crop(state: &mut State) {
    if let Some((slot, before)) = state.crop_before.take()
        && let Some(picture) = state.draft.frame_mut(slot).picture_mut()
    {
        picture.accepted_crop = before;
    }
}

/// Takes the crop as it is shown. Where the picture's own ratio is what no host takes, a copy is cut that way.
pub(super) fn accept_crop(state: &mut State, slot: FrameSlot) -> Vec<Effect> {
    if matches!(state.sheet, Some(Sheet::Crop(_))) {
        state.sheet = None;
        state.crop_before = None;
    }
    let limits = &state.model().picture;
    let Some((output, picture)) = state.output().zip(state.draft.frame(slot).picture()) else { return Vec::new() };
    let crop = picture.crop_for(output);
    let violations = picture.facts.violations(limits);
    if violations.iter().any(|found| matches!(found, PictureViolation::Ratio { .. })) {
        return copy(state, slot, CopyChange::Crop(crop));
    }
    set_crop(state, slot, Some(crop));
    vec![save(state)]
}

/// Asks for a changed copy; the well keeps its picture until the copy is there.
fn copy(state: &mut State, slot: FrameSlot, change: CopyChange) -> Vec<Effect> {
    let Some(picture) = state.draft.frame(slot).picture() else { return Vec::new() };
    if state.copying.contains(&slot) {
        return Vec::new();
    }
    let path = picture.path.clone();
    state.copying.push(slot);
    let (limits, ticket) = (&state.model().picture, state.tickets.current(slot));
    vec![Effect::CopyPicture { slot, path, change, limits, ticket }]
}

/// The copy takes the picture's place, unless another picture has.
pub(super) fn copied(
    state: &mut State,
    slot: FrameSlot,
    ticket: u64,
    result: Result<std::path::PathBuf, String>,
) -> Vec<Effect> {
    // The wells may have been swapped meanwhile: the ticket went with its picture.
    let Some(slot) = [slot, slot.other()].into_iter().find(|slot| state.tickets.is_current(*slot, ticket)) else {
        return Vec::new();
    };
    state.copying.retain(|copying| *copying != slot);
    match result {
        Ok(path) => {
            let backdrop = match state.draft.frame(slot) {
                FrameChoice::Ready(picture) => picture.backdrop,
                _ => None,
            };
            let treated = crate::domain::draft::Treated { crop: None, backdrop };
            vec![reading::read_again(state, slot, path, treated.into())]
        }
        Err(reason) => {
            complain(state, reason, None);
            Vec::new()
        }
    }
}
