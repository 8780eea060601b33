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

/// Whether no other picture leans on this one: decoding goes on without it.
pub(super) fn is_disposable(picture: &[u8], nal_length: usize) -> bool {
    let mut slices = nals(picture, nal_length).filter(|nal| matches!(kind(nal), SLICE | IDR)).peekable();
    slices.peek().is_some() && slices.all(|nal| nal[0] & 0x60 == 0)
}

/// Whether `nal` is a sequence parameter set.
pub(super) fn is_sps(nal: &[u8]) -> bool {
    kind(nal) == SPS
}

/// The first macroblock of a slice, in the order of scanning; `None` for another unit.
pub(super) fn first_macroblock(nal: &[u8]) -> Option<u32> {
    /// Bytes that hold the number, however long it is.
    const ENOUGH: usize = 12;
    let payload = nal.get(1..).filter(|_| matches!(kind(nal), SLICE | IDR))?;
    // An Exp-Golomb code behind as many zeros as it has bits. A 3 after two zero bytes is not part of it.
    let (mut bits, mut zeros) = (0_u64, 0);
    let mut taken = 0;
    for &byte in payload.iter().take(ENOUGH) {
        if zeros >= 2 && byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        if taken < 64 {
            bits |= u64::from(byte) << (56 - taken);
            taken += 8;
        }
    }
    let length = bits.leading_zeros();
    // More is no number of a macroblock.
    (length < 31).then(|| ((bits >> (63 - 2 * length)) as u32) - 1)
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
        assert!(!is_fresh_start(&picture[4..], 2));
    }

    #[test]
    fn the_first_macroblock_is_read_past_what_keeps_start_codes_away() {
        assert_eq!(first_macroblock(&[0x65, 0b1000_0000]), Some(0));
        assert_eq!(first_macroblock(&[0x41, 0b0010_1000]), Some(4));
        // 131,071 is coded as 17 zeros and 1 followed by 17 zeros.
        assert_eq!(first_macroblock(&[0x41, 0, 0, 3, 0b0100_0000, 0, 0, 3, 0]), Some(131_071));
        assert_eq!(first_macroblock(&[0x68, 0b1000_0000]), None);
        assert_eq!(first_macroblock(&[0x65]), None);
    }

    #[test]
    fn a_panic_stays_inside_the_fence() {
        assert_eq!(guarded(|| 3), Some(3));
        assert_eq!(guarded(|| [0u8; 2][std::hint::black_box(2)]), None);
    }
}
