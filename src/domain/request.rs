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
        found.push(Violation::not_offered("Resolution", &settings.resolution, offered));
    }
    if !rules.ratios.contains(&settings.ratio) {
        found.push(Violation::not_offered("Aspect ratio", &settings.ratio, rules.ratios.clone()));
    }
    if !rules.durations.contains(&settings.duration) {
        let offered = rules.durations.iter().map(ToString::to_string).collect();
        found.push(Violation::not_offered("Duration", &settings.duration.to_string(), offered));
    }
    if !(RANDOM_SEED..=rules.seed_max).contains(&settings.seed) {
        found.push(Violation::Seed { max: rules.seed_max });
    }
    found
}

/// A rule that a draft breaks. Displays as the sentence shown to the user, with the figure and the limit.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Violation {
    #[error("Add a first frame to generate.")]
    NoFirstFrame,
    /// The picture is still being read.
    #[error("{} is still being read.", slot.title())]
    StillReading { slot: FrameSlot },
    /// The file is no picture that can be read; `reason` says why.
    #[error("{}: {reason}", slot.title())]
    Unreadable { slot: FrameSlot, reason: String },
    #[error("{}: {violation}", slot.title())]
    Picture { slot: FrameSlot, violation: PictureViolation },
    #[error("This model has no last frame.")]
    NoLastFrame,
    #[error("Prompt has {} characters; the limit is {}.", group_thousands(*length as u64), group_thousands(*max as u64))]
    PromptTooLong { length: usize, max: usize },
    #[error("Seed must be between -1 and {max}.")]
    Seed { max: i64 },
    #[error("{what} {value} is not offered; choose one of {}.", offered.join(", "))]
    NotOffered { what: &'static str, value: String, offered: Vec<String> },
}

impl Violation {
    fn not_offered(what: &'static str, value: &str, offered: Vec<String>) -> Self {
        Self::NotOffered { what, value: value.to_owned(), offered }
    }

    /// Why Generate is disabled, as the line under the button says it.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Unreadable { slot, .. } | Self::Picture { slot, .. } => {
                format!("Fix the {} to generate.", slot.title().to_lowercase())
            }
            Self::StillReading { slot } => format!("Reading the {}…", slot.title().to_lowercase()),
            Self::PromptTooLong { max, .. } => format!("Shorten the prompt to {max} characters."),
            other => other.to_string(),
        }
    }
}
