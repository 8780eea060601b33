//! Waiting for something to become so.

use std::thread;
use std::time::{Duration, Instant};

/// Long enough for a debug build on a busy machine. Only a run that is broken anyway gets here.
pub const PATIENCE: Duration = Duration::from_secs(60);

const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Looks until `look` finds something, at least once.
///
/// # Errors
/// When the deadline passes first: a sentence that names `what` was waited for.
pub fn until<T>(what: &str, within: Duration, mut look: impl FnMut() -> Option<T>) -> Result<T, String> {
    let end = Instant::now() + within;
    loop {
        if let Some(found) = look() {
            return Ok(found);
        }
        if Instant::now() >= end {
            return Err(format!("waited {} s in vain for {what}", within.as_secs()));
        }
        thread::sleep(BETWEEN_LOOKS);
    }
}
