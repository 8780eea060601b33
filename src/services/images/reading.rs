//! A picture the user chose: its facts, its digest, whether it is see-through, and what it looks like.

use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::thread;

use sha2::{Digest, Sha256};

use super::decoding::LONGEST_FILE;
use super::error::PictureError;
use super::header::{open, read_header};
use super::place::Place;
use super::preview::preview;
use crate::domain::draft::Picture;
use crate::domain::frame::Preview;

/// Reads a picture and a preview of it, upright and at most `longest` pixels on a side.
///
/// A picture too large to decode safely comes without a preview, so that its limits can still be judged; its digest
/// then covers the start of the file and its length alone where the file itself is too long, and it counts as opaque.
/// [`PictureError::Changed`] where the file is written to in the meantime.
pub fn read(path: &Path, longest: u32) -> Result<(Picture, Option<Preview>), PictureError> {
    let (file, bytes) = open(path)?;
    let header = read_header(Place::start(&file), bytes)?;
    let before = file.metadata().map_err(PictureError::reading)?;
    // Hashing takes a part of the time of decoding, and a second core mostly has nothing to do.
    let (digest, shown) = thread::scope(|scope| {
        let hashing =
            thread::Builder::new().name("picture digest".to_owned()).spawn_scoped(scope, || digest(&file, bytes));
        let reader = || BufReader::with_capacity(1 << 16, Place::start(&file));
        let shown = preview(reader, &header, longest);
        let digest = match hashing {
            Ok(thread) => thread.join().unwrap_or(Err(PictureError::Broken)),
            Err(_) => digest(&file, bytes),
        };
        (digest, shown)
    });
    if !is_same(&before, &file.metadata().map_err(PictureError::reading)?) {
        return Err(PictureError::Changed);
    }
    let digest = digest?;
    let (transparent, preview) = match shown {
        Ok(shown) => (shown.transparent, Some(shown.preview)),
        Err(PictureError::TooManyPixels { .. } | PictureError::TooManyBytes { .. }) => (false, None),
        Err(error) => return Err(error),
    };
    Ok((Picture::new(path.to_owned(), header.facts, transparent, digest), preview))
}

/// SHA-256 of the whole file, or of its first megabyte and its length where it is too long ever to be sent.
fn digest(file: &File, bytes: u64) -> Result<[u8; 32], PictureError> {
    let mut hash = Sha256::new();
    let part = if bytes > LONGEST_FILE { 1 << 20 } else { LONGEST_FILE };
    let read = copy_hashed(&mut Place::start(file).take(part), &mut io::sink(), &mut hash);
    if read.map_err(PictureError::reading)? < bytes {
        hash.update(bytes.to_le_bytes());
    }
    Ok(hash.finalize().into())
}

/// Whether nothing speaks for the file having been written to.
fn is_same(before: &Metadata, now: &Metadata) -> bool {
    before.len() == now.len() && before.modified().ok() == now.modified().ok()
}

/// Copies everything and hashes it on the way; returns the number of bytes. Errors of either side are returned as met.
pub(super) fn copy_hashed(from: &mut impl Read, to: &mut impl io::Write, hash: &mut Sha256) -> io::Result<u64> {
    let mut buffer = vec![0; 1 << 16];
    let mut total = 0;
    loop {
        let count = match from.read(&mut buffer) {
            Ok(0) => return Ok(total),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(&buffer[..count]);
        to.write_all(&buffer[..count])?;
        total += count as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_is_written_to_is_not_the_same() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"one").unwrap();
        let before = file.metadata().unwrap();
        assert!(is_same(&before, &file.metadata().unwrap()));
        file.write_all(b"two").unwrap();
        assert!(!is_same(&before, &file.metadata().unwrap()));
    }

    #[test]
    fn a_file_longer_than_is_decoded_is_known_by_its_start_and_length() {
        let file = tempfile::tempfile().unwrap();
        let digests = [LONGEST_FILE + 1, LONGEST_FILE + 2].map(|length| {
            file.set_len(length).unwrap();
            digest(&file, length).unwrap()
        });
        assert_ne!(digests[0], digests[1]);
    }
}
