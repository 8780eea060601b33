//! A program of the user's that works for one clip, and how it is ended.
//!
//! Owns starting it without a shell, and ending it by its own handle: when its work is done, when its clip is let go,
//! or when somebody holds the same [`Leash`] and lets it go. What it is asked and what it answers is `foreign`'s business.

use std::ffi::OsStr;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// Holds at most one running program.
#[derive(Debug, Default)]
pub(super) struct Leash {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    child: Option<Child>,
    /// Nothing is started any more.
    cut: bool,
}

impl Leash {
    /// Starts `program` and returns what it writes; whatever ran before is ended. `None` where there is no such program.
    pub(super) fn start(&self, program: &OsStr, arguments: &[&OsStr]) -> Option<ChildStdout> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        end(held.child.take());
        if held.cut {
            return None;
        }
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        hide(&mut command);
        let mut child = command.spawn().ok()?;
        let output = child.stdout.take();
        held.child = Some(child);
        output
    }

    /// Ends what runs.
    pub(super) fn end(&self) {
        let child = self.held.lock().unwrap_or_else(PoisonError::into_inner).child.take();
        end(child);
    }

    /// Ends what runs and starts nothing any more.
    pub(super) fn cut(&self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.cut = true;
        end(held.child.take());
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        self.cut();
    }
}

/// Ends a program and waits for it, so that nothing of it is left. One that ended by itself is only waited for.
fn end(child: Option<Child>) {
    let Some(mut child) = child else { return };
    // It may have ended a moment ago; then there is nothing to do.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(windows)]
fn hide(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn hide(_: &mut Command) {}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read;

    use super::*;

    fn start(leash: &Leash, seconds: &str) -> Option<ChildStdout> {
        leash.start("sleep".as_ref(), &[seconds.as_ref()])
    }

    #[test]
    fn cutting_the_leash_ends_the_program_and_starts_no_other() {
        let leash = Leash::default();
        let mut output = start(&leash, "3600").expect("there is a sleep");
        leash.cut();
        // The pipe ends because its writer is gone.
        assert_eq!(output.read_to_end(&mut Vec::new()).unwrap(), 0);
        assert!(start(&leash, "0").is_none());
    }

    #[test]
    fn a_second_program_ends_the_first() {
        let leash = Leash::default();
        let mut first = start(&leash, "3600").unwrap();
        let _second = start(&leash, "3600").unwrap();
        assert_eq!(first.read_to_end(&mut Vec::new()).unwrap(), 0);
        assert!(leash.start("there is no such program".as_ref(), &[]).is_none());
    }
}
