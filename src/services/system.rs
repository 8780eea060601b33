//! What this computer and this installation are, for a report of a fault.

use std::path::Path;
use std::process::{Command, Stdio};

use directories::UserDirs;

/// "Debian GNU/Linux 12 (bookworm), `x86_64`"
#[must_use]
pub fn name() -> String {
    let release = std::fs::read_to_string("/etc/os-release").ok().and_then(|text| pretty_name(&text));
    format!("{}, {}", release.unwrap_or_else(|| std::env::consts::OS.to_owned()), std::env::consts::ARCH)
}

fn pretty_name(release: &str) -> Option<String> {
    let value = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(value.trim().trim_matches('"').to_owned()).filter(|name| !name.is_empty())
}

/// The first line that a program says of itself; `None` where there is no such program. May wait for it.
#[must_use]
pub fn version_of(program: &Path) -> Option<String> {
    let mut command = Command::new(program);
    command.arg("-version").stdin(Stdio::null()).stderr(Stdio::null());
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(CREATE_NO_WINDOW);
    }
    let output = command.output().ok().filter(|output| output.status.success())?;
    let first = String::from_utf8_lossy(&output.stdout).lines().next()?.trim().to_owned();
    // What comes after says who built it, and when.
    Some(first.split(" Copyright").next().unwrap_or(&first).to_owned())
}

/// A path with the user's own folder written as `~`.
#[must_use]
pub fn homely(path: &Path) -> String {
    let home = UserDirs::new().map(|user| user.home_dir().to_path_buf());
    shortened(path, home.as_deref())
}

fn shortened(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(below) if below.as_os_str().is_empty() => "~".to_owned(),
        Some(below) => Path::new("~").join(below).display().to_string(),
        None => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_release_is_read() {
        let text = "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n";
        assert_eq!(pretty_name(text).as_deref(), Some("Debian GNU/Linux 12 (bookworm)"));
        assert_eq!(pretty_name("ID=debian\nPRETTY_NAME=\"\"\n"), None);
    }

    #[test]
    fn the_home_folder_is_not_named() {
        let home = Path::new("/home/ada");
        assert_eq!(shortened(&home.join("Videos"), Some(home)), Path::new("~").join("Videos").display().to_string());
        assert_eq!(shortened(home, Some(home)), "~");
        assert_eq!(shortened(Path::new("/home/adam/x"), Some(home)), "/home/adam/x");
        assert_eq!(shortened(Path::new("/srv"), None), "/srv");
    }

    #[test]
    fn a_program_that_is_not_there_has_no_version() {
        assert_eq!(version_of(Path::new("no-such-program-of-any-kind")), None);
    }
}
