//! Taking coded pictures out of the file, and the fence around parsers that may panic.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::error::{Damage, VideoError};
use super::mp4::Movie;
use super::samples::Sample;

/// A coded picture larger than this is a lie: even raw 8K is smaller.
const MOST_SAMPLE_BYTES: u32 = 64 << 20;

/// Kinds of NAL unit that matter outside the decoders.
const SLICE: u8 = 1;
const IDR: u8 = 5;
const SPS: u8 = 7;
const PPS: u8 = 8;

/// Runs a parser or decoder of hostile bytes. `None` means that it panicked; whatever it had
/// borrowed mutably is then in an unknown state and must be thrown away.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Reads one coded picture into `out`, which is reused.
pub(super) fn sample(file: &mut File, sample: Sample, out: &mut Vec<u8>) -> Result<(), VideoError> {
    if sample.size > MOST_SAMPLE_BYTES {
        return Err(VideoError::Damaged(Damage::PictureTooLarge));
    }
    out.resize(sample.size as usize, 0);
    file.seek(SeekFrom::Start(sample.offset))
        .and_then(|_| file.read_exact(out))
        .map_err(|_| VideoError::Damaged(Damage::PictureUnreadable))
}

/// The NAL units of a coded picture, each without its length. Stops where a length lies.
pub(super) fn nals(picture: &[u8], nal_length: usize) -> impl Iterator<Item = &[u8]> {
    let mut rest = picture;
    std::iter::from_fn(move || {
        let (length, after) = rest.split_at_checked(nal_length)?;
        let length = length.iter().fold(0usize, |sum, &byte| sum << 8 | usize::from(byte));
        let (nal, after) = after.split_at_checked(length)?;
        rest = after;
        Some(nal)
    })
    .filter(|nal| !nal.is_empty())
}

fn kind(nal: &[u8]) -> u8 {
    nal.first().map_or(0, |byte| byte & 0x1f)
}

/// Whether decoding may start at this picture with nothing known of earlier ones.
pub(super) fn is_fresh_start(picture: &[u8], nal_length: usize) -> bool {
    nals(picture, nal_length).any(|nal| kind(nal) == IDR)
}

/// Whether no other picture leans on this one, nor on a parameter set with it: decoding goes on without it.
pub(super) fn is_disposable(picture: &[u8], nal_length: usize) -> bool {
    if nals(picture, nal_length).any(is_parameter_set) {
        return false;
    }
    let mut slices = nals(picture, nal_length).filter(|nal| is_slice(nal)).peekable();
    slices.peek().is_some() && slices.all(|nal| nal[0] & 0x60 == 0)
}

/// Whether `nal` is a sequence parameter set.
pub(super) fn is_sps(nal: &[u8]) -> bool {
    kind(nal) == SPS
}

/// Whether `nal` is a picture or a part of one.
fn is_slice(nal: &[u8]) -> bool {
    matches!(kind(nal), SLICE | IDR)
}

/// Whether `nal` is a further part of a picture: not the one with its first macroblock.
pub(super) fn continues_a_picture(nal: &[u8]) -> bool {
    // The number of the first macroblock is an Exp-Golomb code: 0 is a single 1.
    is_slice(nal) && nal.get(1).is_none_or(|byte| byte & 0x80 == 0)
}

/// Whether `nal` says how pictures are coded.
pub(super) fn is_parameter_set(nal: &[u8]) -> bool {
    matches!(kind(nal), SPS | PPS)
}

/// The parameter sets in front of the first picture, for files that keep them there.
pub(super) fn first_parameter_sets(file: &mut File, movie: &Movie) -> Result<Vec<Vec<u8>>, VideoError> {
    let Some(&first) = movie.samples.first() else { return Ok(Vec::new()) };
    let mut bytes = Vec::new();
    sample(file, first, &mut bytes)?;
    let sets = nals(&bytes, movie.nal_length).filter(|nal| is_parameter_set(nal));
    Ok(sets.map(<[u8]>::to_vec).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_that_lies_ends_the_list() {
        let picture = [0, 2, 0x65, 1, 0, 0, 0, 1, 0x41, 0, 9, 7];
        let found: Vec<&[u8]> = nals(&picture, 2).collect();
        assert_eq!(found, [&[0x65, 1][..], &[0x41]]);
        assert!(is_fresh_start(&picture, 2));
        assert!(!is_disposable(&picture, 2) && is_disposable(&[0, 2, 9, 1, 0, 1, 0x01], 2));
        assert!(!is_disposable(&[0, 2, 9, 1], 2), "no picture at all");
        assert!(!is_disposable(&[0, 2, 8, 1, 0, 1, 0x01], 2), "a parameter set with it");
        assert!(!is_fresh_start(&picture[4..], 2));
    }

    #[test]
    fn a_panic_stays_inside_the_fence() {
        assert_eq!(guarded(|| 3), Some(3));
        assert_eq!(guarded(|| [0u8; 2][std::hint::black_box(2)]), None);
    }
}
