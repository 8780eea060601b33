//! The clipboard: a picture, files or an address out of it, a frame into it.
//!
//! Calls may wait for another program, so they belong on a worker thread; one clipboard is kept for the whole run,
//! because on Linux what was copied lives only as long as the object that copied it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use url::Url;

use super::images::{PictureError, save_png};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::Preview;
use crate::domain::model::Size;

/// What was found to paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pasted {
    /// Files that exist, or a picture that was saved as one.
    Files(Vec<PathBuf>),
    /// An http or https address.
    Address(String),
}

/// Why nothing was pasted or copied.
#[derive(Debug, thiserror::Error)]
pub enum ClipboardError {
    #[error("{}", words!("clipboard-no-image"))]
    NoPicture,
    #[error("{}", words!("clipboard-unavailable"))]
    Unavailable,
    #[error("{}", words!("clipboard-busy"))]
    Busy,
    /// The pasted picture could not be kept.
    #[error(transparent)]
    Picture(#[from] PictureError),
}

impl ClipboardError {
    #[must_use]
    pub fn failure(&self) -> Failure {
        let advice = match self {
            Self::NoPicture => words!("clipboard-copy-again"),
            Self::Unavailable => words!("clipboard-drop"),
            Self::Busy => words!("try-again"),
            Self::Picture(error) => return error.failure(None),
        };
        Failure::new(FailureKind::Desktop, self.to_string(), advice)
    }
}

/// The system's clipboard, or one of the test's own.
pub enum Clipboard {
    /// Opened at first use and kept.
    System(Option<arboard::Clipboard>),
    Memory(Contents),
}

/// What a clipboard in memory holds.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    pub files: Vec<PathBuf>,
    pub picture: Option<Preview>,
    pub text: String,
}

impl Clipboard {
    #[must_use]
    pub const fn system() -> Self {
        Self::System(None)
    }

    /// Files come first, then a picture (saved as PNG into `folder`), then text that is a path or an address.
    pub fn paste(&mut self, folder: &Path) -> Result<Pasted, ClipboardError> {
        let files: Vec<PathBuf> = self.files()?.into_iter().filter(|path| path.is_file()).collect();
        if !files.is_empty() {
            return Ok(Pasted::Files(files));
        }
        if let Some((size, rgba)) = self.picture()? {
            return Ok(Pasted::Files(vec![keep(size, &rgba, folder)?]));
        }
        meaning(&self.text()?).ok_or(ClipboardError::NoPicture)
    }

    /// Puts a picture on the clipboard.
    pub fn copy(&mut self, picture: &Preview) -> Result<(), ClipboardError> {
        match self {
            Self::Memory(contents) => {
                *contents = Contents { picture: Some(picture.clone()), ..Contents::default() };
                Ok(())
            }
            Self::System(slot) => open(slot)?
                .set_image(arboard::ImageData {
                    width: picture.size.width as usize,
                    height: picture.size.height as usize,
                    bytes: Cow::Borrowed(&picture.rgba),
                })
                .map_err(|error| translate(&error)),
        }
    }

    fn files(&mut self) -> Result<Vec<PathBuf>, ClipboardError> {
        match self {
            Self::Memory(contents) => Ok(contents.files.clone()),
            Self::System(slot) => present(open(slot)?.get().file_list()).map(Option::unwrap_or_default),
        }
    }

    fn picture(&mut self) -> Result<Option<(Size, Vec<u8>)>, ClipboardError> {
        match self {
            Self::Memory(contents) => {
                Ok(contents.picture.as_ref().map(|picture| (picture.size, picture.rgba.to_vec())))
            }
            Self::System(slot) => {
                let Some(image) = present(open(slot)?.get_image())? else { return Ok(None) };
                let side = |length: usize| u32::try_from(length).unwrap_or(0);
                Ok(Some((Size::new(side(image.width), side(image.height)), image.bytes.into_owned())))
            }
        }
    }

    fn text(&mut self) -> Result<String, ClipboardError> {
        match self {
            Self::Memory(contents) => Ok(contents.text.clone()),
            Self::System(slot) => present(open(slot)?.get_text()).map(Option::unwrap_or_default),
        }
    }
}

fn open(slot: &mut Option<arboard::Clipboard>) -> Result<&mut arboard::Clipboard, ClipboardError> {
    match slot {
        Some(clipboard) => Ok(clipboard),
        None => Ok(slot.insert(arboard::Clipboard::new().map_err(|error| translate(&error))?)),
    }
}

/// `None` where the clipboard holds something else.
fn present<T>(got: Result<T, arboard::Error>) -> Result<Option<T>, ClipboardError> {
    match got {
        Ok(value) => Ok(Some(value)),
        Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => Ok(None),
        Err(error) => Err(translate(&error)),
    }
}

fn translate(error: &arboard::Error) -> ClipboardError {
    match error {
        arboard::Error::ClipboardOccupied => ClipboardError::Busy,
        arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure => ClipboardError::NoPicture,
        other => {
            tracing::debug!("clipboard: {other}");
            ClipboardError::Unavailable
        }
    }
}

fn keep(size: Size, rgba: &[u8], folder: &Path) -> Result<PathBuf, PictureError> {
    std::fs::create_dir_all(folder).map_err(PictureError::Write)?;
    let path = folder.join(format!("pasted-{}.png", uuid::Uuid::new_v4()));
    save_png(size, rgba, &path)?;
    Ok(path)
}

/// What a text points at: existing files (a path or a `file:` address a line), or an address.
fn meaning(text: &str) -> Option<Pasted> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let files: Vec<PathBuf> = lines().filter_map(existing_file).collect();
    if !files.is_empty() {
        return Some(Pasted::Files(files));
    }
    let url = Url::parse(lines().next()?).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| Pasted::Address(url.into()))
}

fn existing_file(line: &str) -> Option<PathBuf> {
    let path = match Url::parse(line) {
        Ok(url) if url.scheme() == "file" => url.to_file_path().ok()?,
        _ => PathBuf::from(line),
    };
    // A relative path would mean the program's own folder, which nobody copied.
    (path.is_absolute() && path.is_file()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holding(contents: Contents) -> Clipboard {
        Clipboard::Memory(contents)
    }

    #[test]
    fn a_picture_becomes_a_file_with_the_same_pixels() {
        let folder = tempfile::tempdir().unwrap();
        let rgba: Vec<u8> = (0..2 * 3 * 4).collect();
        let mut clipboard = holding(Contents::default());
        clipboard.copy(&Preview { size: Size::new(2, 3), rgba: rgba.clone().into() }).unwrap();
        let Pasted::Files(files) = clipboard.paste(&folder.path().join("pasted")).unwrap() else { panic!("no file") };
        let image = image::open(&files[0]).unwrap();
        assert_eq!((image.width(), image.height(), image.into_rgba8().into_raw()), (2, 3, rgba));
    }

    #[test]
    fn files_come_before_the_picture_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a b.png");
        std::fs::write(&file, b"x").unwrap();
        let picture = Some(Preview { size: Size::new(1, 1), rgba: vec![0; 4].into() });
        let gone = folder.path().join("gone.png");
        let mut clipboard = holding(Contents { files: vec![gone, file.clone()], picture, text: String::new() });
        assert_eq!(clipboard.paste(folder.path()).unwrap(), Pasted::Files(vec![file]));
    }

    #[test]
    fn text_may_be_a_path_or_an_address() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a b.png");
        std::fs::write(&file, b"x").unwrap();
        let url = Url::from_file_path(&file).unwrap().to_string();
        assert_eq!(meaning(&url), Some(Pasted::Files(vec![file.clone()])));
        assert_eq!(meaning(file.to_str().unwrap()), Some(Pasted::Files(vec![file])));
        assert_eq!(meaning(" https://example.com/a.png\n"), Some(Pasted::Address("https://example.com/a.png".into())));
        for text in ["", "a walk in the rain", "Cargo.toml", "javascript:alert(1)", "file:///no/such/file.png"] {
            assert_eq!(meaning(text), None, "{text}");
        }
    }

    #[test]
    fn an_empty_clipboard_is_said() {
        let error = holding(Contents::default()).paste(Path::new(".")).unwrap_err();
        assert_eq!(error.failure().summary, "The clipboard holds no image.");
    }
}
