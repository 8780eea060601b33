//! The hosts and models on offer, as data read from `assets/models.toml`.
//!
//! Owns every limit, key name, value list, output size and list rate of the contract.
//! Does not know how a request is sent, nor what the user has chosen.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::frame::PictureFormat;

/// The catalogue built into the program.
static BUILT_IN: LazyLock<Catalogue> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/models.toml")).expect("assets/models.toml is part of the program")
});

/// Name of the host on this computer, as rows and the command line write it.
pub const REHEARSAL: &str = "rehearsal";

/// Stands for a ratio that follows the first frame.
pub const AUTO_RATIO: &str = "auto";

/// All hosts and models the program offers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    pub pricing: Pricing,
    #[serde(rename = "host")]
    pub hosts: Vec<Host>,
    #[serde(rename = "model")]
    pub models: Vec<Model>,
}

impl Catalogue {
    /// The catalogue built into the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    #[must_use]
    pub fn host(&self, id: &str) -> Option<&Host> {
        self.hosts.iter().find(|host| host.id == id)
    }

    #[must_use]
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id == id)
    }

    /// The model a new form starts with: the first in the table.
    #[must_use]
    pub fn default_model(&self) -> &Model {
        &self.models[0]
    }
}

/// Where the list rate comes from, shown beside every estimate that is explained.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pricing {
    /// Month the rate was read, `YYYY-MM`.
    pub as_of: String,
    pub source: String,
}

/// A service that speaks the contract.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    pub id: String,
    pub name: String,
    /// A few words after the name: "this computer, free".
    pub detail: String,
    /// Origin of the API, no trailing slash. The host on this computer has none: its port is new at every start.
    pub base_url: Option<String>,
    /// Where a user gets a key.
    pub key_url: Option<String>,
    /// Where a user adds funds.
    pub billing_url: Option<String>,
    /// Nothing made here is ever charged.
    #[serde(default)]
    pub free: bool,
}

impl Host {
    /// Its name for people: the host on this computer is called by a word of the language, the others by their own names.
    #[must_use]
    pub fn title(&self) -> String {
        if self.id == REHEARSAL { words!("host-rehearsal") } else { self.name.clone() }
    }

    /// A few words after the name: "this computer, free".
    #[must_use]
    pub fn detail(&self) -> String {
        if self.id == REHEARSAL { words!("host-rehearsal-detail") } else { self.detail.clone() }
    }
}

/// A model and everything its page documents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub id: String,
    pub name: String,
    /// Path of the submit endpoint below a host's base URL.
    pub path: String,
    pub hosts: Vec<String>,
    /// List rate in US dollars per million tokens; `None` where no rate is known.
    pub usd_per_million_tokens: Option<f64>,
    pub request: RequestRules,
    pub picture: PictureLimits,
    pub output: Output,
}

/// Field names and allowed values of a submit request.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestRules {
    pub image_form: ImageForm,
    pub image_key: String,
    /// `None` where the model takes no last frame.
    pub last_image_key: Option<String>,
    pub ratio_key: String,
    pub camera_fixed_key: Option<String>,
    /// Clip lengths in seconds.
    pub durations: Vec<u32>,
    /// Ratios by name, widest first.
    pub ratios: Vec<String>,
    /// Longest prompt, in Unicode scalar values.
    pub prompt_max_characters: usize,
    /// Largest seed; the smallest is -1, which means random.
    pub seed_max: i64,
    pub default: Defaults,
}

/// What a new form starts with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    pub resolution: String,
    pub ratio: String,
    pub duration: u32,
}

/// How a picture is written into the request's JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageForm {
    /// `data:image/png;base64,…`
    DataUri,
    /// Base64 alone.
    Bare,
}

/// Limits a picture has to meet as it is given, seen upright.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureLimits {
    pub formats: Vec<PictureFormat>,
    /// Largest file, in bytes, included.
    pub max_bytes: u64,
    /// The shorter side has to be greater than this many pixels.
    pub shorter_side_over: u32,
    /// The longer side has to be less than this many pixels.
    pub longer_side_under: u32,
    /// Smallest width ÷ height, included.
    pub ratio_min: f64,
    /// Largest width ÷ height, included.
    pub ratio_max: f64,
}

/// What the model returns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Frames a second.
    pub fps: u32,
    #[serde(rename = "resolution")]
    pub resolutions: Vec<Resolution>,
}

/// A named resolution and its exact size for each ratio.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    pub name: String,
    pub sizes: BTreeMap<String, Size>,
}

impl Model {
    /// Exact size of the clip, or `None` where the model has no such resolution or ratio.
    #[must_use]
    pub fn output_size(&self, resolution: &str, ratio: &str) -> Option<Size> {
        let row = self.output.resolutions.iter().find(|row| row.name == resolution)?;
        row.sizes.get(ratio).copied()
    }

    /// Frames in a clip of this length in seconds.
    #[must_use]
    pub fn frame_count(&self, seconds: u32) -> u32 {
        self.output.fps * seconds
    }
}

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    #[must_use]
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    /// Width ÷ height.
    #[must_use]
    pub fn ratio(self) -> f64 {
        f64::from(self.width) / f64::from(self.height)
    }

    #[must_use]
    pub fn shorter(self) -> u32 {
        self.width.min(self.height)
    }

    #[must_use]
    pub fn longer(self) -> u32 {
        self.width.max(self.height)
    }

    /// Pixels in the picture.
    #[must_use]
    pub fn area(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The same picture turned by a quarter.
    #[must_use]
    pub const fn turned(self) -> Self {
        Self::new(self.height, self.width)
    }
}

impl From<(u32, u32)> for Size {
    fn from((width, height): (u32, u32)) -> Self {
        Self { width, height }
    }
}

impl From<Size> for (u32, u32) {
    fn from(size: Size) -> Self {
        (size.width, size.height)
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{}", self.width, self.height)
    }
}
