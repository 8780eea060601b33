//! Named points at which a test ends this process, as a power cut would: at once, with nothing written and nothing said.
//!
//! They stand before and after every step that has to survive that: a commit, a piece of a request, a piece of an answer,
//! a write, a sync, a rename. Debug builds have them; in others they are nothing. Two variables say what to do:
//!
//! - [`END_AT`]: the number, counted from 1, of the point at which the process ends by SIGKILL;
//! - [`LOG`]: a file to which every point that is passed adds its name.

/// Which point ends the process.
pub const END_AT: &str = "INBETWEEN_END_AT";

/// Where the names of the points go.
pub const LOG: &str = "INBETWEEN_POINTS";

/// Passes a point.
#[cfg(debug_assertions)]
pub fn pass(name: &'static str) {
    debug::pass(name);
}

/// Passes a point.
#[cfg(not(debug_assertions))]
pub fn pass(_name: &'static str) {}

#[cfg(debug_assertions)]
mod debug {
    use std::fs::File;
    use std::io::Write as _;
    use std::sync::{Mutex, OnceLock, PoisonError};

    struct Watch {
        passed: Mutex<u64>,
        end_at: Option<u64>,
        log: Option<File>,
    }

    pub fn pass(name: &'static str) {
        static WATCH: OnceLock<Option<Watch>> = OnceLock::new();
        if let Some(watch) = WATCH.get_or_init(Watch::asked_for) {
            watch.pass(name);
        }
    }

    impl Watch {
        fn asked_for() -> Option<Self> {
            let end_at = std::env::var(super::END_AT).ok().and_then(|number| number.parse().ok());
            let log = std::env::var_os(super::LOG);
            let log = log.and_then(|path| File::options().append(true).create(true).open(path).ok());
            (end_at.is_some() || log.is_some()).then(|| Self { passed: Mutex::new(0), end_at, log })
        }

        fn pass(&self, name: &str) {
            // Held to the end: what runs beside must not get past its next point meanwhile.
            let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
            *passed += 1;
            if let Some(mut log) = self.log.as_ref() {
                // One write: the line is whole whatever happens next.
                let _ = log.write_all(format!("{name}\n").as_bytes());
            }
            if self.end_at == Some(*passed) {
                end();
            }
        }
    }

    fn end() {
        #[cfg(unix)]
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        // Where there are no signals this is the nearest thing; elsewhere the line is never reached.
        std::process::abort();
    }
}
