//! The system's file dialogs: which pictures to open, where to save a file, which folder to use.
//!
//! On Linux the dialog belongs to a desktop service that may be missing, and the dialog library answers a missing service
//! exactly as it answers Cancel. So after an empty answer the service is asked for, and the app can say "paste or drop".

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rfd::AsyncFileDialog;

use crate::domain::frame::PICTURE_ENDINGS;

/// What came of a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked<T> {
    Chosen(T),
    Cancelled,
    /// This system shows no dialogs.
    Unavailable,
}

/// Where answers come from.
#[derive(Debug, Clone)]
pub enum Picker {
    /// The system's own dialogs.
    Native,
    /// Answers given beforehand, for tests of the window; Cancel once they are used up.
    Scripted(Script),
}

/// Answers to dialogs, in the order the dialogs come. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Script(Arc<Mutex<VecDeque<Picked<Vec<PathBuf>>>>>);

impl Script {
    /// Adds the answer to the next dialog that has none yet.
    pub fn answer(&self, answer: Picked<Vec<PathBuf>>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(answer);
    }

    fn next(&self) -> Picked<Vec<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front().unwrap_or(Picked::Cancelled)
    }

    fn next_path(&self) -> Picked<PathBuf> {
        match self.next() {
            Picked::Chosen(paths) => paths.into_iter().next().map_or(Picked::Cancelled, Picked::Chosen),
            Picked::Cancelled => Picked::Cancelled,
            Picked::Unavailable => Picked::Unavailable,
        }
    }
}

impl Picker {
    /// One or more pictures. `title` is the dialog's.
    pub async fn pictures(&self, title: &str) -> Picked<Vec<PathBuf>> {
        match self {
            Self::Scripted(script) => script.next(),
            Self::Native => {
                let chosen = pictures_dialog(title).pick_files().await;
                let paths = chosen.map(|files| files.iter().map(|file| file.path().to_owned()).collect::<Vec<_>>());
                picked(paths.filter(|paths| !paths.is_empty())).await
            }
        }
    }

    /// One picture.
    pub async fn picture(&self, title: &str) -> Picked<PathBuf> {
        match self {
            Self::Scripted(script) => script.next_path(),
            Self::Native => picked(pictures_dialog(title).pick_file().await.map(|file| file.path().to_owned())).await,
        }
    }

    /// Where to save a clip; the name gets its ending where the user left it out.
    pub async fn save_clip(&self, suggested_name: &str, folder: Option<&Path>) -> Picked<PathBuf> {
        self.save(&words!("dialog-save-clip"), suggested_name, folder, (&words!("dialog-mp4"), "mp4")).await
    }

    /// Where to save one frame of a clip.
    pub async fn save_frame(&self, suggested_name: &str, folder: Option<&Path>) -> Picked<PathBuf> {
        self.save(&words!("dialog-export-frame"), suggested_name, folder, (&words!("dialog-png"), "png")).await
    }

    /// Where to save a table.
    pub async fn save_table(&self, suggested_name: &str) -> Picked<PathBuf> {
        self.save(&words!("dialog-export-log"), suggested_name, None, (&words!("dialog-csv"), "csv")).await
    }

    /// A folder, starting from the one in use.
    pub async fn folder(&self, title: &str, current: Option<&Path>) -> Picked<PathBuf> {
        match self {
            Self::Scripted(script) => script.next_path(),
            Self::Native => {
                let dialog = in_folder(AsyncFileDialog::new().set_title(title), current);
                picked(dialog.pick_folder().await.map(|folder| folder.path().to_owned())).await
            }
        }
    }

    async fn save(
        &self,
        title: &str,
        name: &str,
        folder: Option<&Path>,
        (kind, ending): (&str, &str),
    ) -> Picked<PathBuf> {
        let answer = match self {
            Self::Scripted(script) => script.next_path(),
            Self::Native => {
                let dialog = AsyncFileDialog::new().set_title(title).set_file_name(name).add_filter(kind, &[ending]);
                picked(in_folder(dialog, folder).save_file().await.map(|file| file.path().to_owned())).await
            }
        };
        match answer {
            Picked::Chosen(path) => Picked::Chosen(with_ending(path, ending)),
            other => other,
        }
    }
}

fn pictures_dialog(title: &str) -> AsyncFileDialog {
    AsyncFileDialog::new()
        .set_title(title)
        .add_filter(words!("dialog-images"), &PICTURE_ENDINGS)
        .add_filter(words!("dialog-all-files"), &["*"])
}

fn in_folder(dialog: AsyncFileDialog, folder: Option<&Path>) -> AsyncFileDialog {
    match folder {
        Some(folder) => dialog.set_directory(folder),
        None => dialog,
    }
}

/// Adds the ending where there is none at all; another ending is what the user wanted.
fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(ending) }
}

async fn picked<T>(chosen: Option<T>) -> Picked<T> {
    match chosen {
        Some(chosen) => Picked::Chosen(chosen),
        // A probe that could not run proves nothing, so it counts as Cancel.
        None if tokio::task::spawn_blocking(has_dialog).await.unwrap_or(true) => Picked::Cancelled,
        None => Picked::Unavailable,
    }
}

/// Whether this system can show a dialog at all: through the desktop portal, or through zenity as the way round it.
#[cfg(target_os = "linux")]
fn has_dialog() -> bool {
    has_portal() || on_path("zenity")
}

#[cfg(not(target_os = "linux"))]
fn has_dialog() -> bool {
    true
}

/// A portal without a file chooser behind it has no such property either.
#[cfg(target_os = "linux")]
fn has_portal() -> bool {
    let version = || {
        let bus = zbus::blocking::Connection::session()?;
        let proxy = zbus::blocking::Proxy::new(
            &bus,
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.FileChooser",
        )?;
        proxy.get_property::<u32>("version")
    };
    version().is_ok()
}

#[cfg(target_os = "linux")]
fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now<T>(answer: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(answer)
    }

    #[test]
    fn scripted_answers_come_in_order_and_end_in_cancel() {
        let script = Script::default();
        script.answer(Picked::Chosen(vec!["a.png".into(), "b.png".into()]));
        script.answer(Picked::Unavailable);
        let picker = Picker::Scripted(script);
        assert_eq!(now(picker.pictures("Open")), Picked::Chosen(vec!["a.png".into(), "b.png".into()]));
        assert_eq!(now(picker.folder("Library", None)), Picked::Unavailable);
        assert_eq!(now(picker.picture("Open")), Picked::Cancelled);
    }

    #[test]
    fn a_saved_clip_always_has_an_ending() {
        let script = Script::default();
        script.answer(Picked::Chosen(vec!["/clips/dusk".into()]));
        script.answer(Picked::Chosen(vec!["/clips/dusk.mov".into()]));
        let picker = Picker::Scripted(script);
        assert_eq!(now(picker.save_clip("dusk.mp4", None)), Picked::Chosen("/clips/dusk.mp4".into()));
        assert_eq!(now(picker.save_clip("dusk.mp4", None)), Picked::Chosen("/clips/dusk.mov".into()));
    }
}
