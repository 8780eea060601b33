//! The library and the keychain against the real disk, real processes and a real secret service.
//!
//! A test that needs another process starts this binary again with [`ROLE`] set and runs the test `child` alone.

mod child;
mod database;
mod generations;
#[cfg(target_os = "linux")]
mod keychain;
mod migration;
mod money;
mod ownership;
mod pictures;
mod samples;

/// The environment variable that says what a child has to do.
const ROLE: &str = "INBETWEEN_TEST_ROLE";
