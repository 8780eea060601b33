//! Files that promise more than they hold, or hold more than they show.

use std::fs::File;
use std::path::Path;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use crate::bench::{find, fixture_bytes, folder, png_chunk};

pub fn huge_png(width: u32, height: u32) -> Vec<u8> {
    let mut ihdr = width.to_be_bytes().to_vec();
    ihdr.extend(height.to_be_bytes());
    ihdr.extend([8, 6, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(png_chunk(*b"IHDR", &ihdr));
    bytes.extend(png_chunk(*b"IDAT", &[0x78, 0x9c, 0x63, 0, 0]));
    bytes.extend(png_chunk(*b"IEND", &[]));
    bytes
}

pub fn huge_gif(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"GIF89a".to_vec();
    for side in [width, height] {
        bytes.extend(side.to_le_bytes());
    }
    bytes.extend([0, 0, 0, b',', 0, 0, 0, 0]);
    for side in [width, height] {
        bytes.extend(side.to_le_bytes());
    }
    bytes.extend([0, 2, 2, 0x4c, 0x01, 0, b';']);
    bytes
}

pub fn huge_bmp(width: i32, height: i32) -> Vec<u8> {
    let mut bytes = fixture_bytes("top-down.bmp");
    bytes[18..22].copy_from_slice(&width.to_le_bytes());
    bytes[22..26].copy_from_slice(&height.to_le_bytes());
    bytes
}

/// A PNG of one colour: many pixels from few bytes.
pub fn flat_png(path: &Path, width: u32, height: u32, colour: ExtendedColorType) {
    let bytes =
        usize::try_from(u64::from(width) * u64::from(height)).unwrap() * usize::from(colour.bits_per_pixel()) / 8;
    let encoder =
        PngEncoder::new_with_quality(File::create(path).unwrap(), CompressionType::Fast, FilterType::NoFilter);
    encoder.write_image(&vec![0; bytes], width, height, colour).unwrap();
}

/// A legal picture whose colour profile claims to unpack to 400 MB.
pub fn profile_bomb() -> Vec<u8> {
    let mut bytes = fixture_bytes("deep.png");
    let at = find(&bytes, b"IDAT") - 4;
    let mut stored = b"bomb\0\0".to_vec();
    // A zlib stream of stored zeros would be as long as its content, so the pixels of a flat picture lend theirs.
    let folder = folder();
    let path = folder.path().join("flat.png");
    flat_png(&path, 20_000, 20_000, ExtendedColorType::L8);
    let flat = std::fs::read(path).unwrap();
    let mut at_idat = 8;
    while at_idat < flat.len() {
        let length = u32::from_be_bytes(flat[at_idat..at_idat + 4].try_into().unwrap()) as usize;
        if &flat[at_idat + 4..at_idat + 8] == b"IDAT" {
            stored.extend_from_slice(&flat[at_idat + 8..at_idat + 8 + length]);
        }
        at_idat += length + 12;
    }
    bytes.splice(at..at, png_chunk(*b"iCCP", &stored));
    bytes
}

/// A JPEG whose frame claims another size than its pixels have.
pub fn lying_jpeg(name: &str, width: u16, height: u16) -> Vec<u8> {
    let mut bytes = fixture_bytes(name);
    let frame = bytes.windows(2).position(|pair| matches!(pair, [0xFF, 0xC0 | 0xC2])).unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

/// A progressive JPEG that goes over its pixels again and again.
pub fn endless_scans() -> Vec<u8> {
    let mut bytes = fixture_bytes("progressive.jpg");
    let last = bytes.windows(2).rposition(|pair| pair == [0xFF, 0xDA]).unwrap();
    let end = bytes.len() - 2;
    let scan = bytes[last..end].to_vec();
    for _ in 0..2_000 {
        bytes.splice(end..end, scan.iter().copied());
    }
    bytes
}
