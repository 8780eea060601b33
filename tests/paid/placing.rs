//! The window's engine without a window, and what it is asked to make.

use std::path::{Path, PathBuf};
use std::task::Waker;

use inbetween::domain::draft::{Draft, FrameChoice};
use inbetween::domain::model::Catalogue;
use inbetween::domain::price::Cents;
use inbetween::domain::spend::Consent;
use inbetween::jobs::{Engine, World};
use inbetween::services::images;
use inbetween::services::keychain::Keychain;
use inbetween::services::picker::{Picker, Script};
use inbetween::state::Effect;

/// The engine of the window on this library, with the host at this address.
pub fn engine(runtime: &tokio::runtime::Runtime, data: PathBuf, host: &str) -> Engine {
    let picker = Picker::Scripted(Script::default());
    let (world, _) = World::open(Some(data), Some(host.to_owned()), Keychain::memory(), picker).unwrap();
    Engine::new(world, runtime.handle().clone(), Waker::noop().clone())
}

/// Clips from one picture, at about $0.12 each.
pub fn order(picture: &Path, prompt: &str, takes: u32) -> Effect {
    let model = Catalogue::built_in().default_model();
    let mut draft = Draft::new(model);
    let (picture, _) = images::read(picture, 16).unwrap();
    draft.first = FrameChoice::Ready(picture);
    draft.takes = takes;
    draft.send_original = true;
    prompt.clone_into(&mut draft.settings.prompt);
    "480p".clone_into(&mut draft.settings.resolution);
    let order = Box::new(draft.check(model).unwrap());
    Effect::Place { order, host: "novita".to_owned(), each: Some(Cents(12)), consent: Consent::default() }
}
