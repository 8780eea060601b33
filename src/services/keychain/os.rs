//! Entries in the platform's own store.
//!
//! A store is a connection: it may be absent at the first try, and it ends when the service behind it does. So it is
//! made when it is needed, and made anew once it has failed.

use std::sync::{Arc, Mutex, PoisonError};

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use crate::domain::secret::ApiKey;

use super::KeychainError;

/// The service under which every entry is kept; its user is the host's origin.
const SERVICE: &str = "inbetween";

/// The platform's keychain. Calls come one after the other.
#[derive(Debug, Default)]
pub struct OsKeychain {
    store: Mutex<Option<Arc<CredentialStore>>>,
}

impl OsKeychain {
    pub fn read(&self, origin: &str) -> Result<Option<ApiKey>, KeychainError> {
        let found = self.with_entry(origin, |entry| match entry.get_password() {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })?;
        found.map(|text| ApiKey::parse(&text).map_err(|_| KeychainError::BadEntry)).transpose()
    }

    pub fn save(&self, origin: &str, key: &ApiKey) -> Result<(), KeychainError> {
        self.with_entry(origin, |entry| entry.set_password(key.expose()))
    }

    pub fn remove(&self, origin: &str) -> Result<(), KeychainError> {
        self.with_entry(origin, |entry| match entry.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            done => done,
        })
    }

    /// Runs `work` on the origin's entry. A store that was made earlier and fails is replaced, once.
    fn with_entry<T>(
        &self,
        origin: &str,
        work: impl Fn(&Entry) -> keyring_core::Result<T>,
    ) -> Result<T, KeychainError> {
        let mut held = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(store) = held.as_ref() {
            match run(store, origin, &work) {
                // The service behind it was restarted, or is gone.
                Err(Error::PlatformFailure(_)) => *held = None,
                done => return done.map_err(KeychainError::from),
            }
        }
        let store = new_store()?;
        let done = run(&store, origin, &work);
        if !matches!(done, Err(Error::PlatformFailure(_))) {
            *held = Some(store);
        }
        done.map_err(KeychainError::from)
    }
}

fn run<T>(
    store: &Arc<CredentialStore>,
    origin: &str,
    work: impl Fn(&Entry) -> keyring_core::Result<T>,
) -> keyring_core::Result<T> {
    work(&Entry::new_in_store(store, SERVICE, origin)?)
}

#[cfg(target_os = "macos")]
fn new_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn new_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(all(unix, not(target_vendor = "apple")))]
fn new_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(not(any(target_os = "macos", windows, all(unix, not(target_vendor = "apple")))))]
fn new_store() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NoDefaultStore)
}
