//! What the user chose once and for all, and what the form held last.
//!
//! The key is not among them: it lives in the system's keychain.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::model::{Catalogue, REHEARSAL};
use super::price::Cents;
use super::request::ClipSettings;

/// Everything the Settings sheet changes, and the form as it was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Id of a host of the catalogue.
    pub host: String,
    /// Where finished clips go; `None` for the platform's own folder.
    pub library_folder: Option<PathBuf>,
    /// What a day may cost, by the estimates, before somebody is asked; `None` asks never.
    #[serde(rename = "daily_cap_cents")]
    pub daily_cap: Option<Cents>,
    pub notifications: Notifications,
    pub theme: Theme,
    pub motion: Motion,
    pub increase_contrast: bool,
    pub form: LastForm,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            host: REHEARSAL.to_owned(),
            library_folder: None,
            daily_cap: None,
            notifications: Notifications::default(),
            theme: Theme::default(),
            motion: Motion::default(),
            increase_contrast: false,
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

/// The form as it was left, for the next start. The seed is not kept: a new run starts with a random one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastForm {
    pub prompt: String,
    pub resolution: String,
    pub ratio: String,
    /// Length in seconds.
    pub duration: u32,
    pub camera_fixed: bool,
    /// 1 to [`MOST_TAKES`](super::draft::MOST_TAKES).
    pub takes: u32,
    pub first: Option<PathBuf>,
    pub last: Option<PathBuf>,
}

impl Default for LastForm {
    fn default() -> Self {
        let settings = ClipSettings::defaults(Catalogue::built_in().default_model());
        Self {
            prompt: settings.prompt,
            resolution: settings.resolution,
            ratio: settings.ratio,
            duration: settings.duration,
            camera_fixed: settings.camera_fixed,
            takes: 1,
            first: None,
            last: None,
        }
    }
}
