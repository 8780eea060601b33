//! Files written whole or not at all, and pixels written as PNG.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::error::PictureError;
use crate::domain::model::Size;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// The user alone, as everything in the library's folder.
    Private,
    /// What the system gives new files.
    Usual,
}

/// Saves pixels as a PNG under any path: written beside it first, then put in its place.
///
/// `pixels` are 8-bit rows from the top without padding, RGB or RGBA by their number. Fails with
/// [`PictureError::Broken`] where the number fits neither.
pub fn save_png(size: Size, pixels: &[u8], path: &Path) -> Result<(), PictureError> {
    write_png(size, pixels, path, Access::Usual)
}

pub(super) fn write_png(size: Size, pixels: &[u8], path: &Path, access: Access) -> Result<(), PictureError> {
    let colour = match (pixels.len() as u64).checked_div(size.area()) {
        Some(3) if pixels.len() as u64 == size.area() * 3 => ExtendedColorType::Rgb8,
        Some(4) if pixels.len() as u64 == size.area() * 4 => ExtendedColorType::Rgba8,
        _ => return Err(PictureError::Broken),
    };
    write_whole(path, access, |file| {
        let encoder = PngEncoder::new_with_quality(file, CompressionType::Default, FilterType::Adaptive);
        encoder.write_image(pixels, size.width, size.height, colour).map_err(into_io)
    })
}

pub(super) fn into_io(error: image::ImageError) -> io::Error {
    match error {
        image::ImageError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

/// Makes a folder and those above it, for the user alone.
pub(super) fn make_private_folder(folder: &Path) -> Result<(), PictureError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(PictureError::Write)
}

/// Writes a file beside `path`, makes it durable and puts it in place; nothing is left behind on failure.
pub(super) fn write_whole(
    path: &Path,
    access: Access,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> Result<(), PictureError> {
    try_write_whole(path, access, |writer| write(writer).map_err(PictureError::Write))
}

/// [`write_whole`] for a writer with reasons of its own to stop.
pub(super) fn try_write_whole(
    path: &Path,
    access: Access,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<(), PictureError>,
) -> Result<(), PictureError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".part");
    #[cfg(unix)]
    let permissions =
        std::os::unix::fs::PermissionsExt::from_mode(if access == Access::Private { 0o600 } else { 0o666 });
    #[cfg(unix)]
    builder.permissions(permissions);
    #[cfg(not(unix))]
    let _ = access;
    let part = builder.tempfile_in(folder).map_err(PictureError::Write)?;
    let mut writer = BufWriter::new(part.as_file());
    write(&mut writer)?;
    writer.flush().map_err(PictureError::Write)?;
    drop(writer);
    part.as_file().sync_all().map_err(PictureError::Write)?;
    part.persist(path).map_err(|error| PictureError::Write(error.error))?;
    // The rename itself is durable only once its folder is; where folders cannot be synced this is no error.
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}
