//! What the user chose once and for all, and what the form held last.
//!
//! The key is not among them: it lives in the system's keychain.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::clip_name::Template;
use super::draft::Treated;
use super::model::{Catalogue, REHEARSAL};
use super::price::Cents;
use super::request::ClipSettings;
use super::window::WindowPlace;

/// Most pictures that are remembered.
pub const MOST_RECENT: usize = 12;

/// Everything the Settings sheet changes, and the form as it was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Id of a host of the catalogue.
    pub host: String,
    /// Where finished clips go; `None` for the platform's own folder.
    pub library_folder: Option<PathBuf>,
    /// How finished clips are named.
    pub file_names: Template,
    /// What a day may cost, by the estimates, before somebody is asked; `None` asks never.
    #[serde(rename = "daily_cap_cents")]
    pub daily_cap: Option<Cents>,
    pub notifications: Notifications,
    pub language: Language,
    pub theme: Theme,
    pub motion: Motion,
    pub increase_contrast: bool,
    pub clip_sound: ClipSound,
    /// Where the window was left; `None` before the first time.
    pub window: Option<WindowPlace>,
    /// Prompts with names, in the order they were made.
    pub presets: Vec<Preset>,
    /// Pictures used last, newest first; at most [`MOST_RECENT`].
    pub recent_pictures: Vec<PathBuf>,
    pub form: LastForm,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            host: REHEARSAL.to_owned(),
            library_folder: None,
            file_names: Template::default(),
            daily_cap: None,
            notifications: Notifications::default(),
            language: Language::default(),
            theme: Theme::default(),
            motion: Motion::default(),
            increase_contrast: false,
            clip_sound: ClipSound::default(),
            window: None,
            presets: Vec::new(),
            recent_pictures: Vec::new(),
            form: LastForm::default(),
        }
    }
}

/// When the desktop says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Notifications {
    /// A clip is ready, while the window is in the background.
    pub ready: bool,
    pub failed: bool,
    pub sound: bool,
}

impl Default for Notifications {
    fn default() -> Self {
        Self { ready: true, failed: true, sound: false }
    }
}

/// What the app speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// The first of the system's languages that there is a catalogue for.
    #[default]
    System,
    English,
    SimplifiedChinese,
}

/// How clips with sound are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClipSound {
    pub muted: bool,
    /// In percent, to 100.
    pub volume: u8,
}

impl Default for ClipSound {
    fn default() -> Self {
        Self { muted: false, volume: 80 }
    }
}

impl ClipSound {
    /// From 0 to 1 as it is heard.
    #[must_use]
    pub fn loudness(self) -> f32 {
        if self.muted { 0.0 } else { f32::from(self.volume) / 100.0 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Dark,
    Light,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    #[default]
    System,
    Full,
    Reduced,
}

/// What the desktop prefers; `None` where it does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    pub dark: Option<bool>,
    pub reduced_motion: Option<bool>,
    pub contrast: Option<bool>,
}

/// The form as it was left, for the next start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastForm {
    pub prompt: String,
    pub resolution: String,
    pub ratio: String,
    /// The ratio follows the first frame.
    pub auto_ratio: bool,
    /// Length in seconds.
    pub duration: u32,
    pub camera_fixed: bool,
    /// 1 to [`MOST_TAKES`](super::draft::MOST_TAKES).
    pub takes: u32,
    /// The seed that is kept from task to task; empty where each gets a new one.
    pub locked_seed: String,
    pub send_original: bool,
    pub first: Option<KeptPicture>,
    pub last: Option<KeptPicture>,
}

/// A picture of the form, and what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "StoredPicture")]
pub struct KeptPicture {
    /// `None` for an address that the host fetches by itself.
    pub path: Option<PathBuf>,
    /// Where it came from, if not from this computer.
    #[serde(default)]
    pub address: Option<String>,
    #[serde(default, flatten)]
    pub treated: Treated,
}

/// [`KeptPicture`] as it may stand in a file.
#[derive(Deserialize)]
struct StoredPicture {
    path: Option<PathBuf>,
    address: Option<String>,
    #[serde(default, flatten)]
    treated: Treated,
}

impl TryFrom<StoredPicture> for KeptPicture {
    type Error = &'static str;

    fn try_from(stored: StoredPicture) -> Result<Self, Self::Error> {
        let StoredPicture { path, address, treated } = stored;
        if path.is_none() && address.is_none() {
            return Err("a picture without a place");
        }
        Ok(Self { path, address, treated })
    }
}

/// Words the user gave a name to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    pub name: String,
    pub prompt: String,
}

impl Default for LastForm {
    fn default() -> Self {
        let settings = ClipSettings::defaults(Catalogue::built_in().default_model());
        Self {
            prompt: settings.prompt,
            resolution: settings.resolution,
            ratio: settings.ratio,
            auto_ratio: false,
            duration: settings.duration,
            camera_fixed: settings.camera_fixed,
            takes: 1,
            locked_seed: String::new(),
            send_original: false,
            first: None,
            last: None,
        }
    }
}
