//! Tells the program which commit it was built from.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=.git/HEAD");
    println!("cargo::rerun-if-changed=.git/index");
    let version = env!("CARGO_PKG_VERSION");
    // Without git, or outside a checkout, the version has to do.
    let hash = Command::new("git").args(["rev-parse", "--short=8", "HEAD"]).output().ok();
    let hash = hash.filter(|output| output.status.success()).and_then(|output| String::from_utf8(output.stdout).ok());
    let shown = match hash {
        Some(hash) => format!("{version} ({})", hash.trim()),
        None => version.to_owned(),
    };
    println!("cargo::rustc-env=INBETWEEN_VERSION={shown}");
}
