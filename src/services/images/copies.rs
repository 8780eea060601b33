//! Placeholder until the copies are merged.

use std::path::{Path, PathBuf};

use super::error::PictureError;
use crate::domain::frame::Crop;

pub fn scaled_down(_: &Path, _: &Path, _: u32) -> Result<PathBuf, PictureError> {
    Err(PictureError::Broken)
}
pub fn smaller_copy(_: &Path, _: &Path, _: u64) -> Result<PathBuf, PictureError> {
    Err(PictureError::Broken)
}
pub fn cropped_copy(_: &Path, _: &Path, _: Crop) -> Result<PathBuf, PictureError> {
    Err(PictureError::Broken)
}
