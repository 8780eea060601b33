//! A PNG without its compressed notes.
//!
//! Colour profiles and comments are stored deflated and are unfolded while the header is read, before any limit on
//! pixels can act. None of them is needed here. Pixels, palette, transparency and EXIF stay.

const SIGNATURE: usize = 8;
/// Length, kind and checksum around a chunk's data.
const FRAME: usize = 12;

/// The same picture with every chunk left out that is not needed to draw it upright.
///
/// Bytes that do not follow the format are kept: the decoder is the one to refuse them.
pub(super) fn without_compressed_notes(bytes: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(bytes.len());
    let (signature, mut rest) = bytes.split_at(SIGNATURE.min(bytes.len()));
    kept.extend_from_slice(signature);
    while rest.len() >= FRAME {
        let length = u32::from_be_bytes([rest[0], rest[1], rest[2], rest[3]]) as usize;
        let Some(end) = length.checked_add(FRAME).filter(|end| *end <= rest.len()) else { break };
        let (chunk, after) = rest.split_at(end);
        if !matches!(&chunk[4..8], b"iCCP" | b"zTXt" | b"iTXt" | b"tEXt") {
            kept.extend_from_slice(chunk);
        }
        rest = after;
    }
    kept.extend_from_slice(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &str, data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).expect("short").to_be_bytes();
        [&length[..], kind.as_bytes(), data, &[0; 4]].concat()
    }

    #[test]
    fn notes_go_and_the_picture_stays() {
        let parts = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk("IHDR", &[1; 13]), chunk("iCCP", &[2; 40])];
        let tail = [chunk("eXIf", &[3; 6]), chunk("zTXt", &[4; 9]), chunk("IDAT", &[5; 7]), chunk("IEND", &[])];
        let whole = [parts.concat(), tail.concat()].concat();
        let expected = [parts[..2].concat(), tail[0].clone(), tail[2..].concat()].concat();
        assert_eq!(without_compressed_notes(&whole), expected);
    }

    #[test]
    fn what_does_not_follow_the_format_is_kept() {
        for bytes in [&b"\x89PNG"[..], b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIDATxxxx", b""] {
            assert_eq!(without_compressed_notes(bytes), bytes);
        }
    }
}
