//! All eight turns in all four containers: seen upright in the facts, in the preview and in what is sent.

use inbetween::domain::draft::{Backdrop, FilePlan, FramePlan, Treatment};
use inbetween::domain::frame::{Crop, FrameSlot, PreparedFrame};
use inbetween::domain::model::Size;
use inbetween::services::images::{header, prepare, read};

use crate::bench::{find, fixture_bytes, folder, name_of, pixel, png_chunk, write};

/// Where the white corner of the upright picture is, by turn: what EXIF says of row 0 and column 0.
const CORNERS: [(u8, &str); 8] = [
    (1, "top left"),
    (2, "top right"),
    (3, "bottom right"),
    (4, "bottom left"),
    (5, "top left"),
    (6, "top right"),
    (7, "bottom right"),
    (8, "bottom left"),
];

/// A TIFF block with the turn alone, big-endian.
fn exif(turn: u8) -> Vec<u8> {
    let mut block = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.extend([turn, 0, 0, 0, 0, 0, 0]);
    block
}

fn jpeg(turn: u8) -> Vec<u8> {
    let mut bytes = fixture_bytes("baseline.jpg");
    let mut payload = b"Exif\0\0".to_vec();
    payload.extend(exif(turn));
    let mut segment = vec![0xFF, 0xFF, 0xE1];
    segment.extend(u16::try_from(payload.len() + 2).unwrap().to_be_bytes());
    segment.extend(payload);
    bytes.splice(2..2, segment);
    bytes
}

fn png(turn: u8, before: [u8; 4]) -> Vec<u8> {
    let mut bytes = fixture_bytes("interlaced.png");
    let at = find(&bytes, &before) - 4;
    bytes.splice(at..at, png_chunk(*b"eXIf", &exif(turn)));
    bytes
}

fn webp(turn: u8) -> Vec<u8> {
    let simple = fixture_bytes("lossy.webp");
    let mut body = b"WEBPVP8X\x0a\0\0\0\x08\0\0\0\x3f\0\0\x27\0\0".to_vec();
    body.extend_from_slice(&simple[12..]);
    let block = exif(turn);
    body.extend_from_slice(b"EXIF");
    body.extend(u32::try_from(block.len()).unwrap().to_le_bytes());
    body.extend(block);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    bytes.extend(body);
    bytes
}

fn tiff(turn: u8) -> Vec<u8> {
    let mut bytes = fixture_bytes("turned-8.tif");
    let at = find(&bytes, b"\x01\x12\0\x03\0\0\0\x01\0\x08");
    bytes[at + 9] = turn;
    bytes
}

fn corner(size: Size, is_white: impl Fn(u32, u32) -> bool) -> &'static str {
    let (right, bottom) = (size.width - 4, size.height - 4);
    let corners =
        [("top left", 3, 3), ("top right", right, 3), ("bottom left", 3, bottom), ("bottom right", right, bottom)];
    let white: Vec<_> = corners.iter().filter(|(_, x, y)| is_white(*x, *y)).map(|(name, ..)| *name).collect();
    assert_eq!(white.len(), 1, "{white:?}");
    white[0]
}

#[test]
fn every_turn_in_every_container_is_seen_upright() {
    let folder = folder();
    for (turn, expected) in CORNERS {
        let containers =
            [jpeg(turn), png(turn, *b"IDAT"), png(turn, *b"IEND"), webp(turn), tiff(turn)].into_iter().enumerate();
        for (container, bytes) in containers {
            let path = write(&folder, "turned", &bytes);
            let size = if turn < 5 { Size::new(64, 40) } else { Size::new(40, 64) };
            assert_eq!(header(&path).unwrap().size, size, "turn {turn}, container {container}");
            let (picture, preview) = read(&path, 512).unwrap();
            let preview = preview.unwrap();
            assert_eq!(preview.size, size);
            let seen = corner(size, |x, y| name_of(pixel(&preview, x, y)) == "white");
            assert_eq!(seen, expected, "preview, turn {turn}, container {container}");

            // The crop is the upright picture but one row at its top and two columns at its right.
            let crop = Crop { x: 0, y: 1, width: size.width - 2, height: size.height - 1 };
            let plan = FilePlan {
                path: picture.path,
                facts: picture.facts,
                digest: picture.digest,
                treatment: Treatment::Prepared {
                    crop,
                    size: Size::new(crop.width, crop.height),
                    backdrop: Backdrop::Black,
                },
            };
            let PreparedFrame::File { path, .. } =
                prepare(&FramePlan::File(plan), folder.path(), FrameSlot::First).unwrap()
            else {
                panic!("no file")
            };
            let sent = image::open(path).unwrap().into_rgb8();
            assert_eq!(sent.dimensions(), (crop.width, crop.height));
            for y in 0..crop.height {
                for x in 0..crop.width {
                    let shown = pixel(&preview, x + crop.x, y + crop.y);
                    // The decoder of previews is another one for the formats with loss, and rounds in its own way.
                    let near = sent.get_pixel(x, y).0.iter().zip(shown).all(|(sent, shown)| sent.abs_diff(shown) < 24);
                    assert!(near, "sent, turn {turn}, container {container}, {x},{y}: {shown:?}");
                }
            }
        }
    }
}

#[test]
fn a_turn_that_makes_no_sense_is_none() {
    let folder = folder();
    for bytes in [jpeg(0), jpeg(9), png(77, *b"IDAT"), webp(0), tiff(200)] {
        assert_eq!(header(&write(&folder, "turned", &bytes)).unwrap().size, Size::new(64, 40));
    }
}
