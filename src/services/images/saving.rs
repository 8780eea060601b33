//! Pixels written as PNG, and the folders for them. That a file is whole or not there is `services::files`' matter.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::error::PictureError;
use crate::domain::model::Size;
use crate::services::files::{self, Access};

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

/// [`files::write_whole`] with the errors of this module.
pub(super) fn write_whole(
    path: &Path,
    access: Access,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> Result<(), PictureError> {
    files::write_whole(path, access, PictureError::Write, |writer| write(writer).map_err(PictureError::Write))
}
