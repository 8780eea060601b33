//! A look at a file's boxes (ISO/IEC 14496-12): enough to tell a whole mp4 from half of one or from a web page.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// No mp4 has this many boxes at its top.
const MOST_BOXES: usize = 10_000;

/// So many first bytes tell an mp4 from something else.
pub const HEAD: usize = 8;

/// Whether the first [`HEAD`] bytes are those of an mp4.
pub fn begins(head: &[u8]) -> bool {
    head.get(4..8) == Some(b"ftyp")
}

/// Whether the file begins with `ftyp`, holds `moov`, and every box ends where the file does or before.
pub fn is_whole(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let (mut at, mut first, mut moov) = (0, true, false);
    for _ in 0..MOST_BOXES {
        if at == length {
            return Ok(moov);
        }
        let Some((kind, size)) = header(&mut file, at, length)? else { return Ok(false) };
        if first && &kind != b"ftyp" {
            return Ok(false);
        }
        first = false;
        moov |= &kind == b"moov";
        at += size;
    }
    Ok(false)
}

/// Kind and size in bytes of the box at `at`; `None` where it is no box or does not fit into the file.
fn header(file: &mut File, at: u64, length: u64) -> io::Result<Option<([u8; 4], u64)>> {
    if length - at < 8 {
        return Ok(None);
    }
    file.seek(SeekFrom::Start(at))?;
    let mut head = [0; 8];
    file.read_exact(&mut head)?;
    let kind = [head[4], head[5], head[6], head[7]];
    let short = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
    let (size, least) = match short {
        // To the end of the file.
        0 => (length - at, 8),
        1 if length - at >= 16 => {
            let mut long = [0; 8];
            file.read_exact(&mut long)?;
            (u64::from_be_bytes(long), 16)
        }
        other => (u64::from(other), 8),
    };
    let fits = size >= least && size <= length - at && kind.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ');
    Ok(fits.then_some((kind, size)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(bytes: &[u8]) -> bool {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        is_whole(file.path()).unwrap()
    }

    fn boxed(kind: [u8; 4], payload: usize) -> Vec<u8> {
        let size = u32::try_from(8 + payload).unwrap();
        [&size.to_be_bytes()[..], &kind, &vec![0; payload]].concat()
    }

    #[test]
    fn a_whole_file_is_told_from_half_of_one() {
        let clip = [boxed(*b"ftyp", 16), boxed(*b"moov", 100), boxed(*b"mdat", 1000)].concat();
        assert!(whole(&clip));
        for cut in [1, 7, 24, 60, 131, 140, clip.len() - 1] {
            assert!(!whole(&clip[..cut]), "{cut}");
        }
    }

    #[test]
    fn a_page_is_no_clip() {
        assert!(!whole(b"<!DOCTYPE html><html><body>Please log in</body></html>"));
        assert!(!whole(b""));
        assert!(!whole(&[boxed(*b"moov", 10), boxed(*b"ftyp", 10)].concat()));
        assert!(!whole(&[boxed(*b"ftyp", 10), boxed(*b"mdat", 10)].concat()));
    }

    #[test]
    fn the_last_box_may_reach_to_the_end_or_be_long() {
        let mut open = [boxed(*b"ftyp", 16), boxed(*b"moov", 10)].concat();
        open.extend_from_slice(&[0, 0, 0, 0]);
        open.extend_from_slice(b"mdat12345");
        assert!(whole(&open));
        let mut long = [boxed(*b"ftyp", 16), boxed(*b"moov", 10)].concat();
        long.extend_from_slice(&[0, 0, 0, 1]);
        long.extend_from_slice(b"mdat");
        long.extend_from_slice(&20_u64.to_be_bytes());
        long.extend_from_slice(&[9; 4]);
        assert!(whole(&long));
        assert!(!whole(&long[..long.len() - 1]));
    }
}
