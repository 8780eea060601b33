//! A request that obeys every rule of its model: the only thing a client sends.
//!
//! [`ClipSettings`] are what a user chose; [`GenerationRequest`] are settings that were checked. The pictures are
//! checked by the [`Draft`](super::draft::Draft), which is where their facts are.

use serde::{Deserialize, Serialize};

use super::frame::{FrameSlot, PictureViolation, group_thousands};
use super::model::{Model, Size};

/// The seed that asks the host to choose one.
pub const RANDOM_SEED: i64 = -1;

/// Everything about a clip but its pictures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClipSettings {
    /// Id of a model of the catalogue.
    pub model: String,
    pub prompt: String,
    pub resolution: String,
    pub ratio: String,
    /// Length in seconds.
    pub duration: u32,
    /// [`RANDOM_SEED`] up to the model's largest.
    pub seed: i64,
    pub camera_fixed: bool,
}

impl ClipSettings {
    /// The defaults of a model, with an empty prompt and a random seed.
    #[must_use]
    pub fn defaults(model: &Model) -> Self {
        let default = &model.request.default;
        Self {
            model: model.id.clone(),
            prompt: String::new(),
            resolution: default.resolution.clone(),
            ratio: default.ratio.clone(),
            duration: default.duration,
            seed: RANDOM_SEED,
            camera_fixed: false,
        }
    }
}

/// Settings that obey every rule of their model. Cannot be built otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenerationRequest {
    settings: ClipSettings,
    output: Size,
    fps: u32,
}

impl GenerationRequest {
    /// Checks the settings against their model's rules and names every one they break.
    pub fn check(settings: ClipSettings, model: &Model) -> Result<Self, Vec<Violation>> {
        let violations = settings_violations(&settings, model);
        match model.output_size(&settings.resolution, &settings.ratio) {
            Some(output) if violations.is_empty() => Ok(Self { settings, output, fps: model.output.fps }),
            _ => Err(violations),
        }
    }

    #[must_use]
    pub fn settings(&self) -> &ClipSettings {
        &self.settings
    }

    /// The same request with a random seed, which every model allows: what it is but for its seed.
    #[must_use]
    pub fn unseeded(&self) -> Self {
        let mut request = self.clone();
        request.settings.seed = RANDOM_SEED;
        request
    }

    /// Exact size of the clip.
    #[must_use]
    pub fn output(&self) -> Size {
        self.output
    }

    /// Frames a second of the clip.
    #[must_use]
    pub fn fps(&self) -> u32 {
        self.fps
    }

    #[must_use]
    pub fn frame_count(&self) -> u32 {
        self.fps * self.settings.duration
    }
}

fn settings_violations(settings: &ClipSettings, model: &Model) -> Vec<Violation> {
    let rules = &model.request;
    let mut found = Vec::new();
    let length = settings.prompt.chars().count();
    if length > rules.prompt_max_characters {
        found.push(Violation::PromptTooLong { length, max: rules.prompt_max_characters });
    }
    if !model.output.resolutions.iter().any(|row| row.name == settings.resolution) {
        let offered = model.output.resolutions.iter().map(|row| row.name.clone()).collect();
        found.push(Violation::not_offered(words!("field-resolution"), &settings.resolution, offered));
    }
    if !rules.ratios.contains(&settings.ratio) {
        found.push(Violation::not_offered(words!("field-ratio"), &settings.ratio, rules.ratios.clone()));
    }
    if !rules.durations.contains(&settings.duration) {
        let offered = rules.durations.iter().map(ToString::to_string).collect();
        found.push(Violation::not_offered(words!("field-duration"), &settings.duration.to_string(), offered));
    }
    if !(RANDOM_SEED..=rules.seed_max).contains(&settings.seed) {
        found.push(Violation::Seed { max: rules.seed_max });
    }
    found
}

/// A rule that a draft breaks. Displays as the sentence shown to the user, with the figure and the limit.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Violation {
    #[error("{}", words!("refusal-no-first"))]
    NoFirstFrame,
    /// The picture is still being read.
    #[error("{}", words!("refusal-still-reading", slot = slot.word()))]
    StillReading { slot: FrameSlot },
    /// The file is no picture that can be read; `reason` says why.
    #[error("{}", words!("refusal-of-frame", slot = slot.word(), reason = reason))]
    Unreadable { slot: FrameSlot, reason: String },
    #[error("{}", words!("refusal-of-frame", slot = slot.word(), reason = violation.to_string()))]
    Picture { slot: FrameSlot, violation: PictureViolation },
    #[error("{}", words!("refusal-no-last"))]
    NoLastFrame,
    #[error("{}", length_sentence(*length, *max))]
    PromptTooLong { length: usize, max: usize },
    #[error("{}", words!("refusal-seed", max = max.to_string()))]
    Seed { max: i64 },
    #[error("{}", not_offered_sentence(what, value, offered))]
    NotOffered { what: String, value: String, offered: Vec<String> },
}

fn length_sentence(length: usize, max: usize) -> String {
    let grouped = |characters: usize| group_thousands(characters as u64);
    words!("refusal-prompt-length", length = grouped(length), max = grouped(max))
}

fn not_offered_sentence(what: &str, value: &str, offered: &[String]) -> String {
    words!("refusal-not-offered", what = what, value = value, offered = offered.join(&words!("list-comma")))
}

impl Violation {
    fn not_offered(what: String, value: &str, offered: Vec<String>) -> Self {
        Self::NotOffered { what, value: value.to_owned(), offered }
    }

    /// Why Generate is disabled, as the line under the button says it.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Unreadable { slot, .. } | Self::Picture { slot, .. } => {
                words!("refusal-fix-frame", slot = slot.word())
            }
            Self::StillReading { slot } => words!("refusal-reading", slot = slot.word()),
            Self::PromptTooLong { max, .. } => words!("refusal-shorten", max = max.to_string()),
            other => other.to_string(),
        }
    }
}
