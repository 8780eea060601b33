//! The form: wells, prompt, settings, seed, and Generate.

use super::{money, reading, save};
use crate::domain::draft::{Backdrop, Draft, FrameChoice, MOST_TAKES};
use crate::domain::frame::FrameSlot;
use crate::domain::price::Price;
use crate::domain::settings::LastForm;
use crate::domain::spend::Consent;
use crate::state::money::Wish;
use crate::state::{Command, Effect, Fix, Previews, State};

pub(super) fn command(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::ChooseFrame(slot) => vec![Effect::PickPicture { slot }],
        Command::TakeFiles { paths, over } => {
            let places = reading::places(state, paths.len(), over);
            places.into_iter().zip(paths).map(|(slot, path)| reading::read(state, slot, path)).collect()
        }
        Command::RemoveFrame(slot) => remove(state, slot),
        Command::Fix(fix) => apply_fix(state, fix),
        Command::UseSample(id) => vec![Effect::UnpackSample { id }],
        Command::SetSeed(text) => {
            text.trim().clone_into(&mut state.draft.seed.text);
            if state.draft.seed.text.is_empty() {
                state.draft.seed.locked = false;
            }
            Vec::new()
        }
        Command::ToggleSeedLock => {
            let seed = &mut state.draft.seed;
            seed.locked = !seed.locked && !seed.text.is_empty();
            Vec::new()
        }
        Command::RollSeed => {
            let seed = roll(state);
            state.draft.seed.text = seed.to_string();
            state.draft.seed.locked = true;
            Vec::new()
        }
        setting => change_setting(state, setting),
    }
}

fn change_setting(state: &mut State, command: Command) -> Vec<Effect> {
    let settings = &mut state.draft.settings;
    match command {
        Command::SetPrompt(text) => settings.prompt = text,
        Command::SetResolution(name) => settings.resolution = name,
        Command::SetRatio(name) => settings.ratio = name,
        Command::SetDuration(seconds) => settings.duration = seconds,
        Command::SetCameraFixed(fixed) => settings.camera_fixed = fixed,
        Command::SetTakes(takes) => state.draft.takes = takes.clamp(1, MOST_TAKES),
        _ => return Vec::new(),
    }
    vec![save(state)]
}

/// A seed from the state's own source of chance (a 64-bit xorshift step; Marsaglia 2003), within the model's range.
fn roll(state: &mut State) -> i64 {
    let mut x = state.entropy.max(1);
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    state.entropy = x;
    let range = state.model().request.seed_max.unsigned_abs() + 1;
    i64::try_from(x % range).unwrap_or(0)
}

fn remove(state: &mut State, slot: FrameSlot) -> Vec<Effect> {
    *state.draft.frame_mut(slot) = FrameChoice::Empty;
    state.previews.set(slot, None);
    state.tickets.issue(slot);
    vec![save(state)]
}

pub(super) fn swap(state: &mut State) -> Vec<Effect> {
    let Draft { first, last, .. } = &mut state.draft;
    std::mem::swap(first, last);
    let Previews { first, last } = &mut state.previews;
    std::mem::swap(first, last);
    state.tickets.swap();
    // A crop belongs to the place it was accepted for only by the output, which both wells share.
    vec![save(state)]
}

pub(super) fn clear(state: &mut State) -> Vec<Effect> {
    for slot in FrameSlot::BOTH {
        state.tickets.issue(slot);
    }
    state.draft = Draft::new(state.model());
    state.previews = Previews::default();
    state.settings.form = LastForm::default();
    state.tasks.select(None);
    vec![save(state)]
}

fn apply_fix(state: &mut State, fix: Fix) -> Vec<Effect> {
    let output = state.output();
    match fix {
        Fix::AcceptCrop(slot) => {
            if let (Some(output), Some(picture)) = (output, state.draft.frame_mut(slot).picture_mut()) {
                picture.accepted_crop = Some((picture.crop_for(output), output));
            }
        }
        Fix::SetCrop(slot, crop) => {
            if let (Some(output), Some(picture)) = (output, state.draft.frame_mut(slot).picture_mut()) {
                picture.accepted_crop = Some((crop, output));
            }
        }
        Fix::UseResolution(name) => state.draft.settings.resolution = name,
        Fix::FillWhite(slot) => {
            if let Some(picture) = state.draft.frame_mut(slot).picture_mut() {
                picture.backdrop = Some(Backdrop::White);
            }
        }
        Fix::RemoveFrame(slot) => return remove(state, slot),
        Fix::ChooseAnother(slot) => return vec![Effect::PickPicture { slot }],
    }
    vec![save(state)]
}

pub(super) fn generate(state: &mut State) -> Vec<Effect> {
    let Ok(order) = state.order() else { return Vec::new() };
    let one_take = match (state.output(), state.price()) {
        (Some(output), Price::About { .. } | Price::Free) => {
            Price::estimate(state.host(), state.model(), output, state.draft.settings.duration, 1).total()
        }
        _ => None,
    };
    if !state.draft.seed.locked {
        state.draft.seed.text.clear();
    }
    let host = state.host().id.clone();
    let mut effects = vec![save(state)];
    let wish = Wish::Order { order: Box::new(order), host, each: one_take };
    effects.extend(money::place(state, wish, Consent::default()));
    effects
}

/// Takes back "Last frame is now the first frame".
pub(super) fn undo(state: &mut State) -> Vec<Effect> {
    match state.replaced_first.take() {
        Some((choice, preview)) => {
            state.tickets.issue(FrameSlot::First);
            state.draft.first = choice;
            state.previews.first = preview;
            vec![save(state)]
        }
        None => Vec::new(),
    }
}
