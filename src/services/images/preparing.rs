//! A picture made ready to be sent: the file as it is, or cropped and scaled to the clip's exact size.
//!
//! What is sent is a file of the library's own from here on. A file that changed since it was checked is refused,
//! whichever way it is sent: the limits were judged on the other one.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use image::DynamicImage;
use sha2::{Digest, Sha256};

use super::colour;
use super::decoding::{SENDING_BUDGET, decode};
use super::error::PictureError;
use super::header::{open, read_header};
use super::orientation::{stored_crop, swaps_sides};
use super::reading::copy_hashed;
use super::resampling::resample;
use super::saving::{make_private_folder, write_png};
use crate::domain::draft::{Backdrop, FilePlan, FramePlan, Treatment};
use crate::domain::frame::{Crop, FrameSlot, PictureFormat, PreparedFrame};
use crate::domain::model::Size;
use crate::services::files::{self, Access};

/// Carries out a plan in `folder`, which is made where it is missing, and tells what to send.
///
/// The file is called `first` or `last` with the ending of its format; it is written beside its place, made durable and
/// then put there, readable for the user alone.
pub fn prepare(plan: &FramePlan, folder: &Path, slot: FrameSlot) -> Result<PreparedFrame, PictureError> {
    let plan = match plan {
        FramePlan::Address(url) => return Ok(PreparedFrame::Url(url.clone())),
        FramePlan::File(plan) => plan,
    };
    make_private_folder(folder)?;
    match plan.treatment {
        Treatment::Original => copy_original(plan, folder, slot),
        Treatment::Prepared { crop, size, backdrop } => {
            let bytes = checked_bytes(plan)?;
            let pixels = fitted(bytes, crop, size, backdrop)?;
            let target = target(folder, slot, PictureFormat::Png);
            write_png(size, pixels.as_bytes(), &target, Access::Private)?;
            Ok(PreparedFrame::File { path: target, format: PictureFormat::Png })
        }
    }
}

fn target(folder: &Path, slot: FrameSlot, format: PictureFormat) -> PathBuf {
    folder.join(format!("{}.{}", slot.word(), format.extension()))
}

fn copy_original(plan: &FilePlan, folder: &Path, slot: FrameSlot) -> Result<PreparedFrame, PictureError> {
    let mut source = open_unchanged(plan)?;
    let target = target(folder, slot, plan.facts.format);
    files::write_whole(&target, Access::Private, PictureError::Write, |writer| {
        let mut hash = Sha256::new();
        copy_hashed(&mut source, writer, &mut hash).map_err(PictureError::Write)?;
        if hash.finalize().as_slice() == plan.digest { Ok(()) } else { Err(PictureError::Changed) }
    })?;
    Ok(PreparedFrame::File { path: target, format: plan.facts.format })
}

/// The file, if it still has the length it was checked with; never more of it than that.
fn open_unchanged(plan: &FilePlan) -> Result<std::io::Take<File>, PictureError> {
    let (file, bytes) = open(&plan.path)?;
    if bytes == plan.facts.bytes { Ok(file.take(bytes)) } else { Err(PictureError::Changed) }
}

/// The file's bytes, proven to be those that were checked. They are decoded from memory, so they cannot change again.
fn checked_bytes(plan: &FilePlan) -> Result<Vec<u8>, PictureError> {
    let mut source = open_unchanged(plan)?;
    let length = usize::try_from(plan.facts.bytes).map_err(|_| PictureError::Changed)?;
    if plan.facts.bytes > super::decoding::LONGEST_FILE {
        return Err(PictureError::TooManyBytes { bytes: plan.facts.bytes });
    }
    let mut bytes = Vec::with_capacity(length);
    source.read_to_end(&mut bytes).map_err(PictureError::reading)?;
    if Sha256::digest(&bytes).as_slice() == plan.digest { Ok(bytes) } else { Err(PictureError::Changed) }
}

/// Cropped and scaled as stored, then turned: the small picture is the cheaper one to turn.
fn fitted(bytes: Vec<u8>, crop: Crop, size: Size, backdrop: Backdrop) -> Result<DynamicImage, PictureError> {
    let header = read_header(Cursor::new(&bytes), bytes.len() as u64)?;
    if !crop.lies_in(header.facts.size) {
        return Err(PictureError::Changed);
    }
    let decoded = decode(Cursor::new(&bytes), &header, SENDING_BUDGET)?;
    drop(bytes);
    let stored_output = if swaps_sides(header.turn) { size.turned() } else { size };
    let crop = stored_crop(crop, header.stored, header.turn);
    let mut pixels = DynamicImage::ImageRgb8(resample(decoded.image, crop, stored_output, backdrop)?);
    colour::to_srgb(&mut pixels, decoded.profile.as_deref());
    pixels.apply_orientation(header.turn);
    Ok(pixels)
}
