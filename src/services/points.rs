//! Named points at which a test ends this process, as a power cut would: at once, with nothing written and nothing said.
//!
//! They stand before and after every step that has to survive that: a commit, a piece of a request, a piece of an answer,
//! a write, a sync, a rename. Debug builds have them; in others they are nothing. Two variables say what to do:
//!
//! - [`END_AT`]: `NAME:N`, where the process ends by SIGKILL when it passes the point of that name for the Nth time;
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
    use std::collections::HashMap;
    use std::fs::File;
    use std::io::Write as _;
    use std::sync::{Mutex, OnceLock, PoisonError};

    struct Watch {
        passed: Mutex<HashMap<&'static str, u64>>,
        end_at: Option<(String, u64)>,
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
            let end_at = std::env::var(super::END_AT).ok();
            let end_at = end_at.and_then(|text| {
                let (name, number) = text.rsplit_once(':')?;
                Some((name.to_owned(), number.parse().ok()?))
            });
            let log = std::env::var_os(super::LOG);
            let log = log.and_then(|path| File::options().append(true).create(true).open(path).ok());
            (end_at.is_some() || log.is_some()).then(|| Self { passed: Mutex::default(), end_at, log })
        }

        fn pass(&self, name: &'static str) {
            // Held to the end: what runs beside must not get past its next point meanwhile.
            let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
            let times = passed.entry(name).or_default();
            *times += 1;
            if let Some(mut log) = self.log.as_ref() {
                // One write: the line is whole whatever happens next.
                let _ = log.write_all(format!("{name}\n").as_bytes());
            }
            if self.end_at.as_ref().is_some_and(|(end, number)| end == name && number == times) {
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
