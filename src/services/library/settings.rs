//! The settings file: JSON, written whole, read field by field.
//!
//! A field that is broken falls back to its default with a word about it; a field this version does not know is kept
//! for the version that does; a file that is no JSON at all is kept aside before the first save.

use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::domain::draft::MOST_TAKES;
use crate::domain::settings::{ClipSound, LastForm, Notifications, Settings};

use super::{LibraryError, private};

/// The field of the limit of a day.
const LIMIT: &str = "daily_cap_cents";

/// Settings, and a sentence for each thing in the file that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    pub settings: Settings,
    pub warnings: Vec<String>,
    /// There may be a limit of a day that could not be read.
    pub limit_unread: bool,
}

/// Reads the settings. Never fails: what cannot be read is its default, and said.
#[must_use]
pub fn load(path: &Path) -> Loaded {
    match std::fs::read(path) {
        Ok(bytes) => parse(&bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Loaded::default(),
        Err(error) => Loaded {
            settings: Settings::default(),
            warnings: vec![words!("settings-unreadable", error = error.to_string())],
            limit_unread: true,
        },
    }
}

/// Writes the settings, 0600 and all at once. Fields that this version does not know stay in the file.
pub fn save(path: &Path, settings: &Settings) -> Result<(), LibraryError> {
    let mut fields = match std::fs::read(path).map(|bytes| serde_json::from_slice(&bytes)) {
        Ok(Ok(Value::Object(fields))) => fields,
        Ok(_) => {
            keep_aside(path)?;
            Map::new()
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Map::new(),
        Err(source) => return Err(LibraryError::folder(path, source)),
    };
    let broken = |error: serde_json::Error| LibraryError::folder(path, io::Error::other(error));
    merge(&mut fields, serde_json::to_value(storable(settings)).map_err(broken)?);
    let text = serde_json::to_vec_pretty(&Value::Object(fields)).map_err(broken)?;
    private::write(path, &text).map_err(|source| LibraryError::folder(path, source))
}

/// JSON has no form for a path that is no Unicode; such a path is forgotten rather than the whole file.
fn storable(settings: &Settings) -> Settings {
    let unicode = |path: &Option<PathBuf>| path.clone().filter(|path| path.to_str().is_some());
    let mut settings = settings.clone();
    settings.library_folder = unicode(&settings.library_folder);
    settings.recent_pictures.retain(|path| path.to_str().is_some());
    for kept in [&mut settings.form.first, &mut settings.form.last] {
        *kept = kept.take().filter(|kept| kept.path.as_ref().is_none_or(|path| path.to_str().is_some()));
    }
    settings
}

fn merge(fields: &mut Map<String, Value>, new: Value) {
    let Value::Object(new) = new else { return };
    for (name, value) in new {
        match (fields.get_mut(&name), value) {
            (Some(Value::Object(old)), value @ Value::Object(_)) => merge(old, value),
            (_, value) => {
                fields.insert(name, value);
            }
        }
    }
}

fn keep_aside(path: &Path) -> Result<(), LibraryError> {
    let aside = (0..u32::MAX)
        .map(|number| match number {
            0 => path.with_extension("broken.json"),
            _ => path.with_extension(format!("broken-{number}.json")),
        })
        .find(|aside| !aside.exists());
    let Some(aside) = aside else { return Ok(()) };
    std::fs::rename(path, &aside).map_err(|source| LibraryError::folder(&aside, source))
}

fn parse(bytes: &[u8]) -> Loaded {
    let Ok(Value::Object(fields)) = serde_json::from_slice(bytes) else {
        let warnings = vec![words!("settings-broken")];
        return Loaded { settings: Settings::default(), warnings, limit_unread: true };
    };
    // Nothing, or null, is no limit; what is there and was not understood may be one.
    let has_limit = fields.get(LIMIT).is_some_and(|limit| !limit.is_null());
    let mut warnings = Vec::new();
    let settings = read_settings(Fields { prefix: "", left: fields, warnings: &mut warnings });
    let limit_unread = has_limit && settings.daily_cap.is_none();
    Loaded { settings, warnings, limit_unread }
}

fn read_settings(mut fields: Fields<'_>) -> Settings {
    let default = Settings::default();
    let settings = Settings {
        host: fields.take("host", default.host),
        library_folder: fields.take("library_folder", default.library_folder),
        file_names: fields.take("file_names", default.file_names),
        daily_cap: fields.take(LIMIT, default.daily_cap),
        notifications: fields.group("notifications", default.notifications, |mut fields, default| {
            let read = Notifications {
                ready: fields.take("ready", default.ready),
                failed: fields.take("failed", default.failed),
                sound: fields.take("sound", default.sound),
            };
            fields.finish();
            read
        }),
        language: fields.take("language", default.language),
        theme: fields.take("theme", default.theme),
        motion: fields.take("motion", default.motion),
        increase_contrast: fields.take("increase_contrast", default.increase_contrast),
        clip_sound: fields.group("clip_sound", default.clip_sound, |mut fields, default| {
            let read = ClipSound {
                muted: fields.take("muted", default.muted),
                volume: fields.take("volume", default.volume).min(100),
            };
            fields.finish();
            read
        }),
        window: fields.take("window", default.window),
        presets: fields.take("presets", default.presets),
        recent_pictures: fields.take("recent_pictures", default.recent_pictures),
        form: fields.group("form", default.form, read_form),
    };
    fields.finish();
    settings
}

fn read_form(mut fields: Fields<'_>, default: LastForm) -> LastForm {
    let form = LastForm {
        prompt: fields.take("prompt", default.prompt),
        resolution: fields.take("resolution", default.resolution),
        ratio: fields.take("ratio", default.ratio),
        auto_ratio: fields.take("auto_ratio", default.auto_ratio),
        duration: fields.take("duration", default.duration),
        camera_fixed: fields.take("camera_fixed", default.camera_fixed),
        takes: fields.take("takes", default.takes).clamp(1, MOST_TAKES),
        locked_seed: fields.take("locked_seed", default.locked_seed),
        send_original: fields.take("send_original", default.send_original),
        first: fields.take("first", default.first),
        last: fields.take("last", default.last),
    };
    fields.finish();
    form
}

/// The fields of one JSON object that were not taken yet.
struct Fields<'a> {
    prefix: &'static str,
    left: Map<String, Value>,
    warnings: &'a mut Vec<String>,
}

impl Fields<'_> {
    fn take<T: DeserializeOwned>(&mut self, name: &str, default: T) -> T {
        let Some(value) = self.left.remove(name) else { return default };
        serde_json::from_value(value).unwrap_or_else(|_| {
            self.warn_broken(name);
            default
        })
    }

    fn group<T>(&mut self, name: &'static str, default: T, read: impl FnOnce(Fields<'_>, T) -> T) -> T {
        match self.left.remove(name) {
            None => default,
            Some(Value::Object(left)) => read(Fields { prefix: name, left, warnings: self.warnings }, default),
            Some(_) => {
                self.warn_broken(name);
                default
            }
        }
    }

    fn finish(self) {
        for name in self.left.keys() {
            let name = full_name(self.prefix, name);
            self.warnings.push(words!("settings-unknown", name = name));
        }
    }

    fn warn_broken(&mut self, name: &str) {
        let name = full_name(self.prefix, name);
        self.warnings.push(words!("settings-misread", name = name));
    }
}

fn full_name(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
