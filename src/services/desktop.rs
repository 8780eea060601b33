//! Files and pages handed to the desktop: a clip in its player or its trash, a folder in its file manager, a page in its
//! browser.
//!
//! The calls may wait for the desktop, so they belong on a worker thread; they do not wait for the program they start.

use std::path::Path;

use url::Url;

use crate::domain::failure::{Failure, FailureKind};

/// Why nothing was opened.
#[derive(Debug, thiserror::Error)]
pub enum DesktopError {
    #[error("{}", words!("desktop-missing"))]
    Missing,
    #[error("{}", words!("desktop-no-program"))]
    NoProgram,
    /// The system's own words.
    #[error("{}", words!("desktop-trash", reason = .0))]
    Trash(String),
    /// Only https pages are opened.
    #[error("{}", words!("desktop-address"))]
    Address,
}

impl DesktopError {
    #[must_use]
    pub fn failure(&self) -> Failure {
        Failure::new(FailureKind::Desktop, self.to_string(), "")
    }
}

/// Opens a file in the program the user chose for its kind.
pub fn open(path: &Path) -> Result<(), DesktopError> {
    let path = there(path)?;
    opener::open(path).map_err(|error| translate(&error))
}

/// Shows a file in the file manager, selected where the desktop can do that.
pub fn reveal(path: &Path) -> Result<(), DesktopError> {
    let path = there(path)?;
    opener::reveal(path).map_err(|error| translate(&error))
}

/// Gives a file to the system's trash, from where its user can take it back.
pub fn trash(path: &Path) -> Result<(), DesktopError> {
    let path = there(path)?;
    trash::delete(path).map_err(|error| DesktopError::Trash(error.to_string()))
}

/// Opens an https page in the browser.
pub fn open_url(address: &str) -> Result<(), DesktopError> {
    let url = page(address)?;
    opener::open_browser(url.as_str()).map_err(|error| translate(&error))
}

fn page(address: &str) -> Result<Url, DesktopError> {
    let url = Url::parse(address).map_err(|_| DesktopError::Address)?;
    if url.scheme() == "https" { Ok(url) } else { Err(DesktopError::Address) }
}

/// The absolute path, which no program can take for an option or an address.
fn there(path: &Path) -> Result<std::path::PathBuf, DesktopError> {
    if path.exists() {
        std::path::absolute(path).map_err(|_| DesktopError::Missing)
    } else {
        Err(DesktopError::Missing)
    }
}

fn translate(error: &opener::OpenError) -> DesktopError {
    tracing::info!("the desktop opened nothing: {error}");
    match error {
        opener::OpenError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => DesktopError::Missing,
        _ => DesktopError::NoProgram,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_said_and_not_handed_on() {
        let missing = Path::new("no-such-clip.mp4");
        for answer in [open(missing), reveal(missing), trash(missing)] {
            assert!(matches!(answer, Err(DesktopError::Missing)));
        }
    }

    #[test]
    fn only_pages_are_opened_in_the_browser() {
        assert!(page("https://novita.ai/billing").is_ok());
        for address in ["http://novita.ai", "file:///etc/passwd", "--help", "javascript:alert(1)", ""] {
            assert!(matches!(open_url(address), Err(DesktopError::Address)), "{address}");
        }
    }
}
