//! The system's keychain: one entry for each host's origin, and nothing else of this program.
//!
//! Every call blocks, and one that meets a locked keychain may wait for the user: callers run it on a named worker
//! thread of its own. Which key is for whom is decided in [`keys`]; a key is never written to a file.

pub mod keys;
mod os;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use keyring_core::Error;

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::secret::ApiKey;

pub use keys::{KeyLookupError, KeySource, Keys, Saved, resolve_key};
use os::OsKeychain;

/// Where keys are kept. Clones share it.
#[derive(Debug, Clone)]
pub enum Keychain {
    /// The system's own.
    Os(Arc<OsKeychain>),
    /// In memory, for as long as the process runs.
    Memory(Arc<Mutex<HashMap<String, ApiKey>>>),
}

impl Keychain {
    /// The system's keychain. It is not touched before the first call.
    #[must_use]
    pub fn os() -> Self {
        Self::Os(Arc::default())
    }

    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(Arc::default())
    }

    /// The key of a host's origin, or `None` where there is none.
    pub fn read(&self, origin: &str) -> Result<Option<ApiKey>, KeychainError> {
        match self {
            Self::Os(os) => os.read(origin),
            Self::Memory(keys) => Ok(keys.lock().unwrap_or_else(PoisonError::into_inner).get(origin).cloned()),
        }
    }

    /// Keeps the key of a host's origin in place of the one before.
    pub fn save(&self, origin: &str, key: &ApiKey) -> Result<(), KeychainError> {
        match self {
            Self::Os(os) => os.save(origin, key),
            Self::Memory(keys) => {
                keys.lock().unwrap_or_else(PoisonError::into_inner).insert(origin.to_owned(), key.clone());
                Ok(())
            }
        }
    }

    /// Removes the key of a host's origin; that there is none is no error.
    pub fn remove(&self, origin: &str) -> Result<(), KeychainError> {
        match self {
            Self::Os(os) => os.remove(origin),
            Self::Memory(keys) => {
                keys.lock().unwrap_or_else(PoisonError::into_inner).remove(origin);
                Ok(())
            }
        }
    }
}

/// Why the keychain did not do what it was asked. No sentence holds a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// There is no keychain on this system, or it does not answer.
    #[error("{}", words!("keychain-unavailable"))]
    Unavailable,
    /// It has to be unlocked first, and nobody could be asked to.
    #[error("{}", words!("keychain-locked"))]
    Locked,
    /// The user, or the system's policy, said no.
    #[error("{}", words!("keychain-denied"))]
    Denied,
    /// An entry is there that is no key.
    #[error("{}", words!("keychain-bad-entry"))]
    BadEntry,
    /// Two entries claim to be the same.
    #[error("{}", words!("keychain-ambiguous"))]
    Ambiguous,
    #[error("{}", words!("keychain-failed"))]
    Failed,
}

impl KeychainError {
    /// The keychain cannot be used now: the key is to be kept in memory instead.
    #[must_use]
    pub fn is_absence(&self) -> bool {
        matches!(self, Self::Unavailable | Self::Locked | Self::Denied)
    }
}

impl From<Error> for KeychainError {
    fn from(error: Error) -> Self {
        // The texts of the platforms go to the log at most: they are for developers, and change.
        match error {
            Error::NoDefaultStore | Error::PlatformFailure(_) | Error::NotSupportedByStore(_) => Self::Unavailable,
            // A prompt that was closed is an answer; a keychain nobody could unlock is a state.
            Error::NoStorageAccess(source) if source.to_string().contains("dismissed") => Self::Denied,
            Error::NoStorageAccess(_) => Self::Locked,
            Error::BadEncoding(_) | Error::BadDataFormat(..) => Self::BadEntry,
            Error::Ambiguous(_) => Self::Ambiguous,
            _ => Self::Failed,
        }
    }
}

impl From<KeychainError> for Failure {
    fn from(error: KeychainError) -> Self {
        let advice = match error {
            KeychainError::Locked => words!("keychain-unlock"),
            KeychainError::Denied => words!("keychain-allow"),
            _ => String::new(),
        };
        let failure = Self::new(FailureKind::Keychain, error.to_string(), advice);
        if error.is_absence() { failure.retryable() } else { failure }
    }
}
