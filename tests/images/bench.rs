//! The workbench: fixtures, pictures made on the spot, and pixels looked up.

use std::path::{Path, PathBuf};

use image::{DynamicImage, Rgb, RgbImage};
use inbetween::domain::frame::Preview;

/// A committed picture. All show the same: 64×40, left half red, right half blue, a white square of 10 in the corner.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pictures").join(name)
}

pub fn fixture_bytes(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

pub fn write(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

pub fn save(folder: &tempfile::TempDir, name: &str, image: impl Into<DynamicImage>) -> PathBuf {
    let path = folder.path().join(name);
    image.into().save(&path).unwrap();
    path
}

/// A picture by the colour of each pixel.
pub fn drawn(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb(colour(x, y)))
}

pub fn pixel(preview: &Preview, x: u32, y: u32) -> [u8; 4] {
    let at = (preview.size.width as usize * y as usize + x as usize) * 4;
    preview.rgba[at..at + 4].try_into().unwrap()
}

/// "white", "red" or "blue", with room for what lossy formats, palettes and CMYK do.
pub fn name_of([r, g, b, _]: [u8; 4]) -> &'static str {
    match (r, g, b) {
        (200.., 200.., 200..) => "white",
        (150.., ..=110, ..=110) => "red",
        (..=110, ..=130, 110..) => "blue",
        _ => "something else",
    }
}

/// A PNG chunk with its checksum.
pub fn png_chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend_from_slice(&kind);
    chunk.extend_from_slice(data);
    let checksum = crc(&chunk[4..]);
    chunk.extend_from_slice(&checksum.to_be_bytes());
    chunk
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

pub fn find(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).position(|window| window == needle).unwrap()
}

/// Files below a folder, hidden ones too.
pub fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
        .unwrap_or_default();
    names.sort();
    names
}
