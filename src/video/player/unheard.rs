//! The player of a build that plays no sound.

use std::task::Waker;
use std::time::Instant;

use super::Player;
use crate::video::sound::track::Found;
use crate::video::sound::{Hearing, Silence};

/// Why a clip's sound is not heard.
#[derive(Debug)]
pub(in crate::video) struct Sound(Silence);

impl Sound {
    pub(super) fn new(_: &Waker) -> Self {
        Self(Silence::Build)
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
