//! The claim on a library: one process at a time hosts it, and the system frees the claim when that process ends,
//! however it ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::private;

/// Held for as long as anything of the host may still write to the library.
#[derive(Debug)]
pub(super) struct Claim {
    _locked: File,
}

impl Claim {
    /// Takes the claim, or `None` if somebody has it.
    pub(super) fn take(dir: &Path) -> io::Result<Option<Self>> {
        private::folder(dir)?;
        let file = private::lock_file(&dir.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _locked: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
