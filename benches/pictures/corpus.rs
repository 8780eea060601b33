//! The files that are loaded: made once, below the target folder.
//!
//! The two PNGs are written here, by the scene; every other file is made of them by libvips.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use moxcms::ColorProfile;
use png::{BitDepth, ColorType, Encoder};

use super::{scene, vips};

const WIDTH: u32 = 6_000;
const HEIGHT: u32 = 4_000;

/// A file, and what the issue allows: libvips' time, times this.
pub struct Entry {
    pub name: &'static str,
    pub path: PathBuf,
    pub most: f64,
    /// Whether libvips has to be told to bring its colours to sRGB.
    pub profile: bool,
}

/// Name, what the file is made by, and the ratio allowed.
const MADE: [(&str, &str, f64); 11] = [
    ("JPEG 24 MP", "baseline.jpg[Q=90]", 0.9),
    ("JPEG 24 MP, progressive", "progressive.jpg[Q=90,interlace]", 0.9),
    ("JPEG 2 MP", "small.jpg[Q=90]", 0.9),
    ("PNG 24 MP, 8 bits, with profile", "profile.png", 0.8),
    ("PNG 24 MP, 16 bits", "deep.png", 0.8),
    ("WebP 24 MP, lossy", "lossy.webp[Q=80]", 1.0),
    ("WebP 24 MP, lossless", "lossless.webp[lossless,effort=1]", 1.0),
    ("TIFF 24 MP, raw", "raw.tif", 1.2),
    ("TIFF 24 MP, LZW", "lzw.tif[compression=lzw]", 1.2),
    ("TIFF 24 MP, deflate", "deflate.tif[compression=deflate,predictor=horizontal]", 1.2),
    ("TIFF 24 MP, LZW in tiles", "tiles.tif[compression=lzw,predictor=horizontal,tile]", 1.2),
];

/// Every file, made where it is missing.
pub fn corpus(folder: &Path) -> Vec<Entry> {
    fs::create_dir_all(folder).expect("the target folder can be written to");
    let plain = folder.join("plain.png");
    write(&plain, |to| png(to, (WIDTH, HEIGHT), BitDepth::Eight, None));
    write(&folder.join("profile.png"), |to| {
        png(to, (WIDTH, HEIGHT), BitDepth::Eight, Some(display_p3()));
    });
    write(&folder.join("deep.png"), |to| png(to, (WIDTH, HEIGHT), BitDepth::Sixteen, None));
    let small = folder.join("small.png");
    write(&small, |to| png(to, (1_800, 1_200), BitDepth::Eight, None));
    MADE.iter()
        .map(|&(name, file, most)| {
            let (stem, options) = file.find('[').map_or((file, ""), |at| file.split_at(at));
            let path = folder.join(stem);
            let source = if stem.starts_with("small") { &small } else { &plain };
            write(&path, |to| vips::convert(source, to, options));
            Entry { name, path, most, profile: stem == "profile.png" }
        })
        .collect()
}

/// Makes a file beside its place first, so that one that was interrupted is not taken for whole.
fn write(path: &Path, make: impl FnOnce(&Path)) {
    if path.exists() {
        return;
    }
    let part = path.with_file_name(format!("part-{}", path.file_name().expect("a file").display()));
    make(&part);
    fs::rename(part, path).expect("a file can be renamed in its folder");
}

/// A profile that libpng takes too: its length is a multiple of four, and the first field says it.
fn display_p3() -> Vec<u8> {
    let mut profile = ColorProfile::new_display_p3().encode().expect("a profile of the library's own");
    profile.resize(profile.len().next_multiple_of(4), 0);
    let length = u32::try_from(profile.len()).expect("some hundred bytes");
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}

fn png(path: &Path, (width, height): (u32, u32), depth: BitDepth, profile: Option<Vec<u8>>) {
    let mut samples = Vec::new();
    for y in 0..height {
        for value in (0..width).flat_map(|x| scene::pixel(x, y)) {
            match depth {
                // What a camera's sensor tells: 12 bits.
                BitDepth::Sixteen => samples.extend((((value * 4_095.0) as u16) << 4).to_be_bytes()),
                _ => samples.push((value * 255.0) as u8),
            }
        }
    }
    let mut info = png::Info::with_size(width, height);
    info.color_type = ColorType::Rgb;
    info.bit_depth = depth;
    info.icc_profile = profile.map(Into::into);
    let file = BufWriter::new(File::create(path).expect("the target folder can be written to"));
    let encoder = Encoder::with_info(file, info).expect("a header that is right");
    let mut writer = encoder.write_header().expect("the disk has room");
    writer.write_image_data(&samples).expect("the disk has room");
}
