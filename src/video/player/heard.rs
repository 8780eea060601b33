//! The player's sound: the playhead's course, told to whoever plays it.

use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use super::Player;
use crate::video::sound::course::Course;
use crate::video::sound::line::Line;
use crate::video::sound::speaker;
use crate::video::sound::track::Found;
use crate::video::sound::{Hearing, Silence};

/// What the player knows of its sound.
#[derive(Debug)]
pub(in crate::video) struct Sound {
    waker: Waker,
    /// There from the first time that something was to be heard.
    line: Option<Arc<Line>>,
    loudness: f32,
    silent: bool,
    /// It was paused or muted since the last course was told.
    rested: bool,
    /// The course that was told last.
    told: Option<Course>,
    /// How far the reader's clock is behind the system's, as far as it was seen. It may be ahead.
    behind: Option<i128>,
}

impl Drop for Sound {
    fn drop(&mut self) {
        if let Some(line) = &self.line {
            line.stop();
        }
    }
}

impl Player {
    /// Whether the clip can be heard.
    #[must_use]
    pub fn hearing(&self) -> Hearing {
        match self.opened().map(|opened| &opened.sound) {
            None | Some(Found::Nothing) => Hearing::Nothing,
            Some(Found::Unknown) => Hearing::Never(Silence::Unknown),
            Some(Found::Sound(_)) => Hearing::Played(self.sound.line.as_ref().and_then(|line| line.trouble())),
        }
    }

    /// How loud it plays, from 0 to 1 as it is heard. A new player is silent.
    pub fn set_loudness(&mut self, loudness: f32) {
        // Ears take the square for the half.
        let loudness = if loudness.is_finite() { loudness.clamp(0.0, 1.0).powi(2) } else { 0.0 };
        if loudness.to_bits() != self.sound.loudness.to_bits() {
            self.sound.loudness = loudness;
            if let Some(line) = &self.sound.line {
                line.set_loudness(loudness);
            }
        }
    }

    /// Keeps silent whatever the loudness, as long as it plays at a speed for looking and not for listening.
    pub fn set_silent(&mut self, silent: bool) {
        self.sound.silent = silent;
    }
}

/// Tells the sound where the playhead went, if it did not just go on. `now` is by the reader's clock.
pub(super) fn follow(player: &mut Player, now: Instant) {
    let shared = Arc::clone(&player.shared);
    let Some((opened, Found::Sound(track))) = shared.opened.get().map(|opened| (opened, &opened.sound)) else { return };
    let sound = &mut player.sound;
    let heard = sound.loudness > 0.0 && !sound.silent && !player.waiting;
    let course = Course::of(&player.clock, &opened.timeline, now).filter(|_| heard);
    let same = match (&sound.told, &course) {
        (None, None) => true,
        (Some(told), Some(course)) => told.leads_to(course),
        _ => false,
    };
    let behind = sound.look(now, Instant::now());
    sound.rested |= !player.clock.is_playing() || sound.loudness <= 0.0;
    if same {
        return;
    }
    sound.told = course;
    let line = sound.line.get_or_insert_with(|| {
        let line = Arc::new(Line::new(sound.waker.clone(), sound.loudness));
        speaker::start(track, &line);
        line
    });
    let anew = course.is_some() && std::mem::take(&mut sound.rested);
    line.follow(course.map(|course| course.later(behind)), anew);
}

impl Sound {
    /// `waker` is woken when something is wrong.
    pub(super) fn new(waker: &Waker) -> Self {
        Self { waker: waker.clone(), line: None, loudness: 0.0, silent: false, rested: true, told: None, behind: None }
    }

    /// Compares the reader's clock with the system's. The least that lies between them counts: more is time that passed
    /// on the way here.
    fn look(&mut self, reader: Instant, system: Instant) -> i128 {
        let nanos = |duration: Duration| duration.as_nanos().cast_signed();
        let behind = nanos(system.saturating_duration_since(reader)) - nanos(reader.saturating_duration_since(system));
        let least = self.behind.map_or(behind, |before| before.min(behind));
        self.behind = Some(least);
        least
    }
}
