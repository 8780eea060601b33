//! Everything outside the program that jobs act on, in one place.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::found;
use super::limiter::Limiter;
use super::purse::Purse;
use crate::domain::clip_name::Template;
use crate::domain::failure::Failure;
use crate::domain::generation::HostRef;
use crate::domain::settings::Settings;
use crate::rehearsal::Rehearsal;
use crate::services::api::{Client, Timeouts};
use crate::services::clipboard::Clipboard;
use crate::services::keychain::keys::VARIABLE;
use crate::services::keychain::{Keychain, Keys};
use crate::services::library::{Folders, Library, LibraryError, settings};
use crate::services::picker::Picker;

/// Requests that are uploaded at the same time.
const UPLOADS_AT_ONCE: usize = 2;

/// Clips that are fetched at the same time.
const DOWNLOADS_AT_ONCE: usize = 4;

/// Orders whose pictures are made ready at the same time.
const PREPARES_AT_ONCE: usize = 2;

/// Pictures of a batch or a menu that are decoded at the same time.
const READS_AT_ONCE: usize = 2;

/// The world of one library.
pub struct World {
    pub library: Library,
    pub(super) rehearsal: Rehearsal,
    pub(super) keys: Arc<Keys>,
    /// Value of [`VARIABLE`] at the start.
    pub(super) key_variable: Option<Zeroizing<String>>,
    /// Another address for the host in the network, given by the user.
    pub(super) base_url: Option<String>,
    /// How long clients and downloads wait for a host.
    pub(super) timeouts: Timeouts,
    /// Clients by the address they talk to: they hold connections and a key.
    pub(super) clients: Mutex<HashMap<String, Client>>,
    /// The line before each host.
    limiters: Mutex<HashMap<HostRef, Arc<Limiter>>>,
    pub(super) uploads: Semaphore,
    pub(super) downloads: Semaphore,
    /// Finished clips are fetched again one after the other.
    pub(super) fetches_again: tokio::sync::Mutex<()>,
    pub(super) prepares: Semaphore,
    pub(super) batch_reads: Semaphore,
    pub(super) picker: Picker,
    pub(super) clipboard: Mutex<Clipboard>,
    /// Chosen in Settings; wins over the library's own folder.
    chosen_clips: Mutex<Option<PathBuf>>,
    file_names: Mutex<Template>,
    pub(super) purse: Purse,
    /// Files in the form: they are needed whatever becomes of the tasks they were made for.
    in_form: Mutex<Vec<PathBuf>>,
}

/// The library could not be opened.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct WorldError(#[from] LibraryError);

impl From<WorldError> for Failure {
    fn from(error: WorldError) -> Self {
        error.0.into()
    }
}

impl World {
    /// Opens the library below `data_dir`, or the platform's own, and returns it with the settings kept there.
    pub fn open(
        data_dir: Option<PathBuf>,
        base_url: Option<String>,
        keychain: Keychain,
        picker: Picker,
    ) -> Result<(Self, settings::Loaded), WorldError> {
        let folders = Folders::resolve(data_dir)?;
        let mut loaded = settings::load(&folders.settings());
        let library = Library::open(folders)?;
        let world = Self {
            rehearsal: Rehearsal::new(library.folders().rehearsal()),
            library,
            keys: Arc::new(Keys::new(keychain)),
            key_variable: std::env::var(VARIABLE).ok().map(Zeroizing::new),
            base_url,
            timeouts: Timeouts::default(),
            clients: Mutex::default(),
            limiters: Mutex::default(),
            uploads: Semaphore::new(UPLOADS_AT_ONCE),
            downloads: Semaphore::new(DOWNLOADS_AT_ONCE),
            fetches_again: tokio::sync::Mutex::default(),
            prepares: Semaphore::new(PREPARES_AT_ONCE),
            batch_reads: Semaphore::new(READS_AT_ONCE),
            picker,
            clipboard: Mutex::new(Clipboard::system()),
            chosen_clips: Mutex::default(),
            file_names: Mutex::default(),
            purse: Purse::default(),
            in_form: Mutex::default(),
        };
        world.heed(&loaded.settings);
        if world.library.may_have_lost_clips() {
            loaded.warnings.extend(world.find_clips());
        }
        Ok((world, loaded))
    }

    /// The same world with other time limits than the contract's, before anything is asked of a host.
    #[must_use]
    pub fn with_timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Where finished clips go.
    #[must_use]
    pub fn clips_folder(&self) -> PathBuf {
        let chosen = self.chosen_clips.lock().unwrap_or_else(PoisonError::into_inner).clone();
        chosen.unwrap_or_else(|| self.library.folders().clips().to_path_buf())
    }

    /// How finished clips are named.
    pub(super) fn file_names(&self) -> Template {
        self.file_names.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes up the clips of an earlier library and says how many there are.
    fn find_clips(&self) -> Option<String> {
        let found = found::take_up(&self.library, &self.clips_folder(), &self.file_names());
        match found.and_then(|clips| self.library.has_taken_over().map(|()| clips)) {
            Ok(0) => None,
            Ok(clips) => Some(words!("toast-found-clips", clips = clips)),
            // The next start tries again.
            Err(error) => Some(words!("toast-find-failed", error = error.to_string())),
        }
    }

    /// The line before a host; questions about all of its tasks stand in it.
    pub(super) fn limiter(&self, at: &HostRef) -> Arc<Limiter> {
        let mut limiters = self.limiters.lock().unwrap_or_else(PoisonError::into_inner);
        let limiter = limiters.entry(at.clone()).or_insert_with(|| Arc::new(Limiter::new(Self::pace(at).gap)));
        Arc::clone(limiter)
    }

    /// Whether a folder for clips is one that was chosen in Settings; the library's own is made where it is missing.
    pub(super) fn is_chosen(&self, folder: &Path) -> bool {
        folder != self.library.folders().clips()
    }

    /// Takes over what jobs have to know of the settings.
    pub(super) fn heed(&self, settings: &Settings) {
        self.choose_clips_folder(settings.library_folder.clone());
        *self.file_names.lock().unwrap_or_else(PoisonError::into_inner) = settings.file_names.clone();
        self.purse.set_cap(settings.daily_cap);
        let kept = [&settings.form.first, &settings.form.last].into_iter().flatten();
        let files =
            kept.filter_map(|picture| picture.path.clone()).chain(settings.recent_pictures.iter().cloned()).collect();
        *self.in_form.lock().unwrap_or_else(PoisonError::into_inner) = files;
    }

    /// Files in the form.
    pub(super) fn in_form(&self) -> Vec<PathBuf> {
        self.in_form.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn choose_clips_folder(&self, folder: Option<PathBuf>) {
        *self.chosen_clips.lock().unwrap_or_else(PoisonError::into_inner) = folder;
    }
}
