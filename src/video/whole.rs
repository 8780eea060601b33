//! Telling a whole mp4 (ISO/IEC 14496-12) from half of one, or from a web page.
//!
//! Stricter than playing, which shows what there is: here every box has to end where the next begins, and every sample
//! that a track promises has to lie inside the file. Decodes nothing, and asks nothing of the codec.

use std::fs::File;
use std::io;
use std::path::Path;

use super::boxes::{self, Header};
use super::error::VideoError;
use super::mp4;
use super::reading::guarded;
use super::samples;

/// Whether the file begins with `ftyp`, holds `moov`, is filled by its boxes to the last byte, and holds every sample.
///
/// # Errors
/// Where the file cannot be read.
pub fn is_whole(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let top = mp4::top_level(&mut file, length)?;
    let fills = top.iter().try_fold(0, |end, (at, head)| (*at == end && is_plain(head)).then(|| at + head.size));
    let begins = top.first().is_some_and(|(_, head)| &head.name == b"ftyp");
    let moov = top.iter().find(|(_, head)| &head.name == b"moov");
    let (true, true, Some(&(at, head))) = (fills == Some(length), begins, moov) else { return Ok(false) };
    match mp4::body(&mut file, at, head) {
        Ok(Some(moov)) => Ok(guarded(|| holds_its_samples(&moov, length)).unwrap_or(false)),
        // Larger than any index that is read here: nothing speaks against it.
        Ok(None) => Ok(true),
        Err(_) => Ok(false),
    }
}

/// Whether a header is one of a box: a length that holds the header, and a name of letters.
fn is_plain(head: &Header) -> bool {
    head.size == head.front + head.body && head.name.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
}

fn holds_its_samples(moov: &[u8], file_length: u64) -> bool {
    let mut tracks = boxes::children(moov).filter(|found| &found.name == b"trak").peekable();
    // The samples of fragments lie in boxes of their own, which are whole.
    let fragmented = boxes::child(moov, *b"mvex").is_some();
    tracks.peek().is_some() && tracks.all(|track| fragmented || holds_samples(track.body, file_length))
}

fn holds_samples(track: &[u8], file_length: u64) -> bool {
    let Some(table) = boxes::descend(track, &[*b"mdia", *b"minf", *b"stbl"]) else { return false };
    if boxes::child(table, *b"stsz").is_none() {
        // The compact form is not read here: nothing speaks against it.
        return boxes::child(table, *b"stz2").is_some();
    }
    match samples::from_table(table, file_length) {
        Ok((_, cut)) => !cut,
        Err(VideoError::TooLong) => true,
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn whole(bytes: &[u8]) -> bool {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        is_whole(file.path()).unwrap()
    }

    fn fixture(name: &str) -> Vec<u8> {
        std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
    }

    fn boxed(kind: [u8; 4], payload: &[u8]) -> Vec<u8> {
        let size = u32::try_from(8 + payload.len()).unwrap();
        [&size.to_be_bytes()[..], &kind, payload].concat()
    }

    #[test]
    fn clips_of_every_kind_are_whole_and_no_part_of_one_is() {
        for name in ["baseline.mp4", "fragmented.mp4", "hevc.mp4", "edit-list.mp4", "rotated-90.mp4"] {
            let clip = fixture(name);
            assert!(whole(&clip), "{name}");
            let step = (clip.len() / 50).max(1);
            for cut in (0..clip.len()).step_by(step).chain([clip.len() - 1]) {
                assert!(!whole(&clip[..cut]), "{name} cut at {cut}");
            }
        }
    }

    #[test]
    fn a_sample_past_the_end_of_the_file_is_half_a_clip() {
        let mut clip = fixture("baseline.mp4");
        let table = clip.windows(4).position(|name| name == b"stco").unwrap();
        // The first chunk is said to lie behind the file.
        clip[table + 12..table + 16].copy_from_slice(&u32::MAX.to_be_bytes());
        assert!(!whole(&clip));
    }

    #[test]
    fn a_page_is_no_clip() {
        assert!(!whole(b"<!DOCTYPE html><html><body>Please log in</body></html>"));
        assert!(!whole(b""));
        let (front, index) = (boxed(*b"ftyp", &[0; 16]), boxed(*b"moov", &[0; 16]));
        assert!(!whole(&[index.clone(), front.clone()].concat()));
        assert!(!whole(&[front.clone(), boxed(*b"mdat", &[0; 10])].concat()));
        assert!(!whole(&[front, index].concat()));
    }

    #[test]
    fn the_last_box_may_reach_to_the_end() {
        let mut clip = fixture("baseline.mp4");
        clip.extend_from_slice(&[0, 0, 0, 0]);
        clip.extend_from_slice(b"free12345");
        assert!(whole(&clip));
    }
}
