//! A picture the user chose: its facts, its digest, whether it is see-through, and what it looks like.

use std::fs::Metadata;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::thread;

use sha2::{Digest, Sha256};

use super::decoding::LONGEST_FILE;
use super::error::PictureError;
use super::header::{open, read_header};
use super::preview::preview;
use crate::domain::draft::{Picture, PictureSource};
use crate::domain::frame::Preview;

/// Reads a picture and a preview of it, upright and at most `longest` pixels on a side.
///
/// A picture too large to decode safely comes without a preview, so that its limits can still be judged; its digest
/// then covers the start of the file and its length alone where the file itself is too long, and it counts as opaque.
/// [`PictureError::Changed`] where the file is written to in the meantime.
pub fn read(path: &Path, longest: u32) -> Result<(Picture, Option<Preview>), PictureError> {
    let (file, bytes) = open(path)?;
    let header = read_header(&file, bytes)?;
    let before = file.metadata().map_err(PictureError::reading)?;
    // Hashing takes a part of the time of decoding and a second core mostly has nothing to do. A handle has one place
    // in its file, so each side has a handle of its own.
    let (digest, shown) = thread::scope(|scope| {
        let hashing =
            thread::Builder::new().name("picture digest".to_owned()).spawn_scoped(scope, || digest(path, &before));
        let shown = preview(BufReader::with_capacity(1 << 16, &file), &header, longest);
        let digest = match hashing {
            Ok(thread) => thread.join().unwrap_or(Err(PictureError::Broken)),
            Err(_) => digest(path, &before),
        };
        (digest, shown)
    });
    let digest = digest?;
    let (transparent, preview) = match shown {
        Ok(shown) => (shown.transparent, Some(shown.preview)),
        Err(PictureError::TooManyPixels { .. } | PictureError::TooManyBytes { .. }) => (false, None),
        Err(error) => return Err(error),
    };
    let source = PictureSource::File(path.to_owned());
    Ok((Picture::new(source, header.facts, transparent, digest), preview))
}

/// SHA-256 of the whole file, or of its first megabyte and its length where it is too long ever to be sent.
///
/// The file has to be the one that was opened before, and to be so still at the end.
fn digest(path: &Path, before: &Metadata) -> Result<[u8; 32], PictureError> {
    let (file, bytes) = open(path)?;
    let mut hash = Sha256::new();
    let part = if bytes > LONGEST_FILE { 1 << 20 } else { LONGEST_FILE };
    let read = copy_hashed(&mut (&file).take(part), &mut io::sink(), &mut hash).map_err(PictureError::reading)?;
    if read < bytes {
        hash.update(bytes.to_le_bytes());
    }
    if is_same(&file.metadata().map_err(PictureError::reading)?, before) {
        Ok(hash.finalize().into())
    } else {
        Err(PictureError::Changed)
    }
}

/// Whether nothing speaks for the file having been written to or replaced.
fn is_same(now: &Metadata, before: &Metadata) -> bool {
    #[cfg(unix)]
    let identity = |file: &Metadata| {
        use std::os::unix::fs::MetadataExt;
        (file.dev(), file.ino())
    };
    #[cfg(not(unix))]
    let identity = |file: &Metadata| file.created().ok();
    now.len() == before.len() && now.modified().ok() == before.modified().ok() && identity(now) == identity(before)
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
