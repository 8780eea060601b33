//! The form: wells, prompt, settings, seed, and Generate.

use std::collections::hash_map::Entry;
use std::path::PathBuf;

use super::{batch, fixes, money, reading, save, say};
use crate::domain::draft::{Draft, FrameChoice, MOST_TAKES, Order};
use crate::domain::frame::FrameSlot;
use crate::domain::model::AUTO_RATIO;
use crate::domain::price::Price;
use crate::domain::settings::{LastForm, Preset};
use crate::domain::spend::Consent;
use crate::state::money::Wish;
use crate::state::toast::ToastAction;
use crate::state::{Command, Effect, Previews, State, Thumb};

pub(super) fn command(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::ChooseFrame(slot) => vec![Effect::PickPicture { slot }],
        Command::TakeFiles { paths, over } => reading::take(state, paths, over),
        Command::TakeAddress { url, slot, fetch } => reading::take_address(state, &url, slot, fetch),
        Command::RemoveFrame(slot) => remove(state, slot),
        Command::Fix(fix) => fixes::apply(state, fix),
        Command::Batch(command) => batch::command(state, command),
        Command::LoadThumbs(paths) => load_thumbs(state, paths),
        Command::SavePreset(name) => save_preset(state, &name),
        Command::RemovePreset(name) => {
            state.settings.presets.retain(|preset| preset.name != name);
            vec![save(state)]
        }
        Command::UseSample(id) => vec![Effect::UnpackSample { id }],
        Command::SetSeed(text) => {
            text.trim().clone_into(&mut state.draft.seed.text);
            if state.draft.seed.text.is_empty() {
                state.draft.seed.locked = false;
            }
            vec![save(state)]
        }
        Command::ToggleSeedLock => {
            let seed = &mut state.draft.seed;
            seed.locked = !seed.locked && !seed.text.is_empty();
            vec![save(state)]
        }
        Command::RollSeed => {
            let seed = roll(state);
            state.draft.seed.text = seed.to_string();
            state.draft.seed.locked = true;
            vec![save(state)]
        }
        setting => change_setting(state, setting),
    }
}

fn change_setting(state: &mut State, command: Command) -> Vec<Effect> {
    let settings = &mut state.draft.settings;
    match command {
        Command::SetPrompt(text) => settings.prompt = text,
        Command::SetResolution(name) => settings.resolution = name,
        Command::SetRatio(name) => {
            state.draft.auto_ratio = name == AUTO_RATIO;
            if name != AUTO_RATIO {
                settings.ratio = name;
            }
        }
        Command::SetDuration(seconds) => settings.duration = seconds,
        Command::SetCameraFixed(fixed) => settings.camera_fixed = fixed,
        Command::SetSendOriginal(on) => state.draft.send_original = on,
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

pub(super) fn remove(state: &mut State, slot: FrameSlot) -> Vec<Effect> {
    *state.draft.frame_mut(slot) = FrameChoice::Empty;
    state.previews.set(slot, None);
    state.tickets.issue(slot);
    state.copying.retain(|copying| *copying != slot);
    vec![save(state)]
}

pub(super) fn swap(state: &mut State) -> Vec<Effect> {
    let Draft { first, last, .. } = &mut state.draft;
    std::mem::swap(first, last);
    let Previews { first, last } = &mut state.previews;
    std::mem::swap(first, last);
    state.tickets.swap();
    for copying in &mut state.copying {
        *copying = copying.other();
    }
    // A crop belongs to the place it was accepted for only by the output, which both wells share.
    vec![save(state)]
}

pub(super) fn clear(state: &mut State) -> Vec<Effect> {
    let undo = reading::remember_form(state);
    for slot in FrameSlot::BOTH {
        state.tickets.issue(slot);
    }
    state.copying.clear();
    state.draft = Draft::new(state.model());
    state.previews = Previews::default();
    say(state, words!("toast-cleared"), Some(ToastAction::Undo(undo)));
    state.settings.form = LastForm::default();
    state.tasks.select(None);
    vec![save(state)]
}

pub(super) fn generate(state: &mut State) -> Vec<Effect> {
    let Ok(order) = state.order() else { return Vec::new() };
    let mut effects = place(state, order, Consent::default());
    effects.insert(0, save(state));
    effects
}

/// Hands an order to the jobs; one take of it is booked at its own estimate.
pub(super) fn place(state: &mut State, order: Order, consent: Consent) -> Vec<Effect> {
    let request = &order.requests()[0];
    let price = Price::estimate(state.host(), state.model(), request.output(), request.settings().duration, 1);
    if !state.draft.seed.locked {
        state.draft.seed.text.clear();
    }
    let wish = Wish::Order { order: Box::new(order), host: state.host().id.clone(), each: price.total() };
    money::place(state, wish, consent)
}

fn load_thumbs(state: &mut State, paths: Vec<PathBuf>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for path in paths {
        if let Entry::Vacant(place) = state.thumbs.entry(path.clone()) {
            place.insert(Thumb::Loading);
            effects.push(Effect::LoadThumb { path });
        }
    }
    effects
}

fn save_preset(state: &mut State, name: &str) -> Vec<Effect> {
    let (name, prompt) = (name.trim().to_owned(), state.draft.settings.prompt.clone());
    if name.is_empty() || prompt.trim().is_empty() {
        return Vec::new();
    }
    let presets = &mut state.settings.presets;
    match presets.iter_mut().find(|preset| preset.name == name) {
        Some(preset) => preset.prompt = prompt,
        None => presets.push(Preset { name, prompt }),
    }
    vec![save(state)]
}
