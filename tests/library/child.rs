//! What the other processes do.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use inbetween::domain::generation::Status;

use crate::ROLE;
use crate::samples::{insert, open, walk};

/// This binary again, in a role.
pub fn command(role: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child::child", "--nocapture", "--test-threads=1"]).env(ROLE, role);
    command
}

/// A process that ends with its owner, also where a test fails.
pub struct Held(pub Child);

impl Held {
    /// Ends it by SIGKILL on Unix: nothing of it runs after that.
    pub fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Does nothing in the parent.
#[test]
fn child() {
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let data = || PathBuf::from(variable("DATA"));
    match std::env::var(ROLE).as_deref() {
        Err(_) => {}
        Ok("hold-rows") => hold_rows(&data()),
        Ok("write-rows") => write_rows(&data(), &variable("NAME"), variable("ROWS").parse().unwrap()),
        #[cfg(target_os = "linux")]
        Ok("keychain") => crate::keychain::act(&variable("ACT")),
        Ok(other) => panic!("no role {other}"),
    }
}

#[expect(clippy::print_stdout, reason = "the parent waits for this line")]
fn hold_rows(data: &Path) {
    let library = open(data);
    insert(&library, "not_sent");
    walk(&library, &mut insert(&library, "uploading"), &[Status::Uploading]);
    walk(&library, &mut insert(&library, "queued"), &[Status::Uploading, Status::Queued]);
    println!("\nholding");
    // Until it is killed, or the parent is gone.
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

fn write_rows(data: &Path, name: &str, rows: usize) {
    let library = open(data);
    for row in 0..rows {
        let mut generation = insert(&library, &format!("{name}-{row}"));
        walk(&library, &mut generation, &[Status::Uploading, Status::Queued]);
    }
}
