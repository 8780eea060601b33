//! The player of a build that plays no sound.

use std::task::Waker;
use std::time::Instant;

use super::Player;
use crate::video::sound::Hearing;
use crate::video::sound::track::Found;

const SILENT_BUILD: &str = "This build plays no sound";

/// What is said of a clip's sound.
#[derive(Debug)]
pub(in crate::video) struct Sound(&'static str);

impl Sound {
    pub(super) fn new(_: &Waker) -> Self {
        Self(SILENT_BUILD)
    }
}

impl Player {
    /// Whether the clip can be heard.
    #[must_use]
    pub fn hearing(&self) -> Hearing {
        match self.opened().map(|opened| opened.sound) {
            None | Some(Found::Nothing) => Hearing::Nothing,
            Some(Found::Sound) => Hearing::Never(self.sound.0),
        }
    }

    /// How loud it plays, from 0 to 1 as it is heard: not at all.
    pub fn set_loudness(&mut self, _loudness: f32) {}

    /// Keeps silent whatever the loudness.
    pub fn set_silent(&mut self, _silent: bool) {}
}

/// There is nobody to be told.
pub(super) fn follow(_: &mut Player, _: Instant) {}
