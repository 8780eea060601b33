//! Which key goes to which host.
//!
//! `NOVITA_API_KEY` wins wherever it is set, so that a script never waits for a keychain; the caller gives it for the
//! host's own address and this run's alone. A key in the keychain goes to
//! the origin of its own host and nowhere else.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use url::Url;

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::secret::{ApiKey, KeyError};

use super::{Keychain, KeychainError};

/// The variable that holds a key for this run.
pub const VARIABLE: &str = "NOVITA_API_KEY";

/// Where a key came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySource {
    /// [`VARIABLE`].
    Environment,
    /// The system's keychain.
    Keychain,
    /// Typed in while the keychain could not be used; gone when the program ends.
    ThisRun,
}

/// What became of a key that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    InKeychain,
    /// Kept until the program ends, because the keychain could not be used.
    ThisRun(KeychainError),
}

/// Why there is no answer to which key to use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyLookupError {
    #[error("{}", words!("key-variable-unusable", variable = VARIABLE, reason = .0.to_string()))]
    Environment(KeyError),
    #[error(transparent)]
    Keychain(#[from] KeychainError),
}

impl From<KeyLookupError> for Failure {
    fn from(error: KeyLookupError) -> Self {
        match error {
            KeyLookupError::Environment(_) => {
                Self::new(FailureKind::Key, error.to_string(), words!("key-variable-set", variable = VARIABLE))
            }
            KeyLookupError::Keychain(error) => error.into(),
        }
    }
}

/// The key for requests to `base_url`, or `None` where there is none.
///
/// `host_origin` is the address of the chosen host itself, `variable` the value of [`VARIABLE`] (empty counts as not
/// set). `lookup` is asked only where the variable is not set and `base_url` is of the host's own origin.
pub fn resolve_key(
    base_url: &str,
    host_origin: Option<&str>,
    variable: Option<&str>,
    lookup: impl FnOnce(&str) -> Result<Option<(ApiKey, KeySource)>, KeychainError>,
) -> Result<Option<(ApiKey, KeySource)>, KeyLookupError> {
    if let Some(text) = variable.filter(|text| !text.trim().is_empty()) {
        let key = ApiKey::parse(text).map_err(KeyLookupError::Environment)?;
        return Ok(Some((key, KeySource::Environment)));
    }
    match (origin_of(base_url), host_origin.and_then(origin_of)) {
        (Some(wanted), Some(own)) if wanted == own => Ok(lookup(&own)?),
        _ => Ok(None),
    }
}

/// Scheme, host and port as one text, the default port left out; `None` where the address has no such thing.
#[must_use]
pub fn origin_of(address: &str) -> Option<String> {
    let origin = Url::parse(address).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// The keys of this run: the keychain, and memory where that cannot be used.
#[derive(Debug)]
pub struct Keys {
    keychain: Keychain,
    this_run: Mutex<HashMap<String, ApiKey>>,
}

impl Keys {
    #[must_use]
    pub fn new(keychain: Keychain) -> Self {
        Self { keychain, this_run: Mutex::default() }
    }

    /// Keeps a host's key: in the keychain, or until the program ends where that cannot be used.
    pub fn save(&self, origin: &str, key: &ApiKey) -> Result<Saved, KeychainError> {
        match self.keychain.save(origin, key) {
            Ok(()) => {
                self.this_run().remove(origin);
                Ok(Saved::InKeychain)
            }
            Err(trouble) if trouble.is_absence() => {
                self.this_run().insert(origin.to_owned(), key.clone());
                Ok(Saved::ThisRun(trouble))
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// A host's key and where it is kept. A key of this run is newer than the one in the keychain.
    pub fn find(&self, origin: &str) -> Result<Option<(ApiKey, KeySource)>, KeychainError> {
        if let Some(key) = self.this_run().get(origin) {
            return Ok(Some((key.clone(), KeySource::ThisRun)));
        }
        Ok(self.keychain.read(origin)?.map(|key| (key, KeySource::Keychain)))
    }

    /// Forgets a host's key. The keychain may hold one too: where there is one that cannot be asked, that is said.
    pub fn remove(&self, origin: &str) -> Result<(), KeychainError> {
        let was_here = self.this_run().remove(origin).is_some();
        match self.keychain.remove(origin) {
            Err(KeychainError::Unavailable) if was_here => Ok(()),
            done => done,
        }
    }

    /// [`resolve_key`] with the keys of this run.
    pub fn resolve(
        &self,
        base_url: &str,
        host_origin: Option<&str>,
        variable: Option<&str>,
    ) -> Result<Option<(ApiKey, KeySource)>, KeyLookupError> {
        resolve_key(base_url, host_origin, variable, |origin| self.find(origin))
    }

    fn this_run(&self) -> MutexGuard<'_, HashMap<String, ApiKey>> {
        self.this_run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOVITA: &str = "https://api.novita.ai";

    fn key(text: &str) -> ApiKey {
        ApiKey::parse(text).unwrap()
    }

    fn saved() -> Keys {
        let keys = Keys::new(Keychain::memory());
        assert_eq!(keys.save(NOVITA, &key("stored")), Ok(Saved::InKeychain));
        keys
    }

    #[test]
    fn the_variable_wins_and_the_keychain_is_not_touched() {
        for base_url in [NOVITA, "http://127.0.0.1:9", "https://elsewhere.example"] {
            let found = resolve_key(base_url, Some(NOVITA), Some("fromenv"), |_| panic!("the keychain was asked"));
            assert_eq!(found, Ok(Some((key("fromenv"), KeySource::Environment))));
        }
    }

    #[test]
    fn the_keychain_serves_its_own_origin_alone() {
        let keys = saved();
        let stored = Ok(Some((key("stored"), KeySource::Keychain)));
        for same in [NOVITA, "https://api.novita.ai/", "https://API.novita.ai:443/v3"] {
            assert_eq!(keys.resolve(same, Some(NOVITA), None), stored, "{same}");
        }
        assert_eq!(keys.resolve(NOVITA, Some(NOVITA), Some("  ")), stored);
        for other in [
            "http://api.novita.ai",
            "https://api.novita.ai:444",
            "https://api.novita.ai.example",
            "https://novita.ai",
            "http://127.0.0.1:443",
            "https://user@elsewhere.example/https://api.novita.ai",
            "data:text/plain,x",
            "",
        ] {
            let found = resolve_key(other, Some(NOVITA), None, |_| panic!("asked for {other}"));
            assert_eq!(found, Ok(None), "{other}");
        }
        assert_eq!(keys.resolve("http://127.0.0.1:9", None, None), Ok(None));
        assert_eq!(resolve_key("data:a", Some("data:a"), None, |_| panic!("asked")), Ok(None));
    }

    #[test]
    fn a_broken_variable_is_said_and_not_printed() {
        let found = resolve_key(NOVITA, Some(NOVITA), Some("my secret"), |_| panic!("the keychain was asked"));
        let Err(error) = found else { panic!("taken") };
        assert_eq!(error, KeyLookupError::Environment(KeyError::Characters));
        assert!(!error.to_string().contains("secret"));
        assert!(error.to_string().starts_with("NOVITA_API_KEY"));
    }

    #[test]
    fn a_removed_key_is_gone() {
        let keys = saved();
        keys.remove(NOVITA).unwrap();
        assert_eq!(keys.find(NOVITA), Ok(None));
        keys.remove(NOVITA).unwrap();
    }

    #[test]
    fn keys_of_this_run_are_never_printed() {
        let keys = saved();
        keys.this_run().insert(NOVITA.to_owned(), key("hidden-value"));
        assert_eq!(keys.find(NOVITA), Ok(Some((key("hidden-value"), KeySource::ThisRun))));
        let shown = format!("{keys:?}");
        assert!(!shown.contains("hidden") && !shown.contains("stored"), "{shown}");
    }
}
