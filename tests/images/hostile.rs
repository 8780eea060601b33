//! Files that mean harm, or are only broken: a sentence, little memory, no end of the program.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, RgbImage};
use inbetween::domain::draft::{Backdrop, FilePlan, FramePlan, Treatment};
use inbetween::domain::frame::{Crop, FrameSlot};
use inbetween::domain::model::{Catalogue, Size};
use inbetween::services::images::{PictureError, header, prepare, read};

use crate::bench::{entries, find, fixture, fixture_bytes, folder, png_chunk, save, write};

const BROKEN: &str = "This file could not be read as an image.";

fn sentence(path: &Path) -> String {
    let by_header = header(path).unwrap_err().to_string();
    assert_eq!(read(path, 64).unwrap_err().to_string(), by_header);
    by_header
}

#[test]
fn what_is_no_file_is_said() {
    let folder = folder();
    assert_eq!(sentence(folder.path()), "This is a folder, not a picture.");
    assert_eq!(sentence(&folder.path().join("gone.png")), "This file is not there any more.");
    assert_eq!(sentence(&write(&folder, "empty.png", b"")), "This file is empty (0 bytes).");
    let inside_a_file = write(&folder, "a.png", b"x").join("b.png");
    assert_eq!(sentence(&inside_a_file), "This file is not there any more.");
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_not_waited_for() {
    let folder = folder();
    let pipe = folder.path().join("pipe.png");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [pipe.as_path(), Path::new("/dev/zero"), Path::new("/dev/null")] {
        assert_eq!(sentence(path), "This is not a regular file.");
    }
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = write(&folder, "a.jpg", &fixture_bytes("baseline.jpg"));
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).unwrap();
    match File::open(&path) {
        // The superuser reads everything.
        Ok(_) => assert!(read(&path, 64).is_ok()),
        Err(_) => assert_eq!(sentence(&path), "This file may not be read: permission denied."),
    }
}

fn huge_png(width: u32, height: u32) -> Vec<u8> {
    let mut ihdr = width.to_be_bytes().to_vec();
    ihdr.extend(height.to_be_bytes());
    ihdr.extend([8, 6, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(png_chunk(*b"IHDR", &ihdr));
    bytes.extend(png_chunk(*b"IDAT", &[0x78, 0x9c, 0x63, 0, 0]));
    bytes.extend(png_chunk(*b"IEND", &[]));
    bytes
}

fn huge_gif(width: u16, height: u16) -> Vec<u8> {
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

fn huge_bmp(width: i32, height: i32) -> Vec<u8> {
    let mut bytes = fixture_bytes("top-down.bmp");
    bytes[18..22].copy_from_slice(&width.to_le_bytes());
    bytes[22..26].copy_from_slice(&height.to_le_bytes());
    bytes
}

#[test]
fn a_huge_picture_keeps_its_facts_and_is_not_decoded() {
    let folder = folder();
    let limits = &Catalogue::built_in().default_model().picture;
    for (bytes, size) in [
        (huge_png(60_000, 50_000), Size::new(60_000, 50_000)),
        (huge_png(u32::MAX, u32::MAX), Size::new(u32::MAX, u32::MAX)),
        (huge_gif(65_535, 65_535), Size::new(65_535, 65_535)),
        (huge_bmp(40_000, -30_000), Size::new(40_000, 30_000)),
        (huge_bmp(i32::MAX, i32::MIN), Size::new(0x7FFF_FFFF, 0x8000_0000)),
    ] {
        let (picture, preview) = read(&write(&folder, "huge", &bytes), 512).unwrap();
        assert_eq!(picture.facts.size, size);
        assert!(preview.is_none());
        let said: Vec<String> = picture.facts.violations(limits).iter().map(ToString::to_string).collect();
        assert_eq!(said[0], format!("Longer side is {} px; it must be less than 6000 px.", size.longer()));
        let plan = FilePlan {
            path: picture.path,
            facts: picture.facts,
            digest: picture.digest,
            treatment: Treatment::Prepared {
                crop: Crop { x: 0, y: 0, width: 100, height: 100 },
                size: Size::new(100, 100),
                backdrop: Backdrop::Black,
            },
        };
        let error = prepare(&FramePlan::File(plan), folder.path(), FrameSlot::First).unwrap_err();
        assert_eq!(error.to_string(), format!("This image is {size}; that is too large to open."));
    }
    assert_eq!(entries(folder.path()), ["huge"]);
}

#[test]
fn a_picture_without_pixels_is_broken() {
    let folder = folder();
    for bytes in [huge_png(0, 10), huge_png(10, 0), huge_gif(0, 7), huge_bmp(0, 1)] {
        assert_eq!(sentence(&write(&folder, "none", &bytes)), BROKEN);
    }
}

#[test]
fn two_gigabytes_are_judged_by_their_header() {
    let folder = folder();
    let path = write(&folder, "long.png", &fixture_bytes("deep.png"));
    File::options().write(true).open(&path).unwrap().set_len(2_000_000_000).unwrap();
    let (picture, preview) = read(&path, 64).unwrap();
    assert!(preview.is_none());
    let said: Vec<String> = picture
        .facts
        .violations(&Catalogue::built_in().default_model().picture)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(said.last().unwrap(), "File is 2 GB; the limit is 30 MB.");
    let other = write(&folder, "long.txt", b"words");
    File::options().write(true).open(&other).unwrap().set_len(2_000_000_000).unwrap();
    assert_eq!(sentence(&other), "Only JPEG, PNG, WebP, BMP, TIFF or GIF images");
}

#[test]
fn a_picture_that_was_cut_short_is_broken() {
    let folder = folder();
    for name in [
        "baseline.jpg",
        "progressive.jpg",
        "cmyk.jpg",
        "deep.png",
        "interlaced.png",
        "lossy.webp",
        "animated.webp",
        "animated.gif",
        "pages.tif",
        "turned-8.tif",
        "palette.bmp",
        "top-down.bmp",
    ] {
        let bytes = fixture_bytes(name);
        // The second frame or page is not needed, so the cut goes through the first.
        let share = if name.starts_with("animated") || name == "pages.tif" { 4 } else { 2 };
        let path = write(&folder, name, &bytes[..bytes.len() / share]);
        let error = read(&path, 64).err().unwrap_or_else(|| panic!("{name} was read"));
        assert_eq!(error.to_string(), BROKEN, "{name}");
    }
}

#[test]
fn a_photo_with_its_end_missing_is_broken() {
    let folder = folder();
    let mut dice = Dice(3);
    let noise: Vec<u8> = (0..900 * 600 * 3).map(|_| dice.roll(256) as u8).collect();
    let photo = RgbImage::from_raw(900, 600, noise).unwrap();
    for ending in ["jpg", "png", "webp", "gif", "bmp", "tiff"] {
        let bytes = std::fs::read(save(&folder, &format!("photo.{ending}"), photo.clone())).unwrap();
        for share in [30, 90] {
            let path = write(&folder, "cut", &bytes[..bytes.len() * share / 100]);
            let error = read(&path, 64).err().unwrap_or_else(|| panic!("{ending} was read from {share} %"));
            assert_eq!(error.to_string(), BROKEN, "{ending} {share} %");
        }
    }
}

#[test]
fn a_header_that_lies_is_caught() {
    let folder = folder();
    // The frame says 64×40 and the canvas around it another size than the first bytes.
    let mut bytes = fixture_bytes("deep.png");
    let at = find(&bytes, b"IHDR");
    let mut ihdr = bytes[at + 4..at + 17].to_vec();
    ihdr[3] = 65;
    bytes.splice(at - 4..at + 21, png_chunk(*b"IHDR", &ihdr));
    assert_eq!(read(&write(&folder, "a.png", &bytes), 64).unwrap_err().to_string(), BROKEN);
    let mut webp = fixture_bytes("lossy.webp");
    let at = find(&webp, &[0x9d, 0x01, 0x2a]);
    webp[at + 3] = 0xFF;
    assert_eq!(read(&write(&folder, "a.webp", &webp), 64).unwrap_err().to_string(), BROKEN);
}

/// Small steps of a known generator, so that a failure comes again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

#[test]
fn damaged_pictures_end_in_a_picture_or_a_sentence() {
    let folder = folder();
    let mut dice = Dice(7);
    for entry in entries(fixture("").as_path()) {
        let bytes = fixture_bytes(&entry);
        for _ in 0..60 {
            let mut damaged = bytes.clone();
            for _ in 0..=dice.roll(6) {
                let at = dice.roll(damaged.len());
                damaged[at] = dice.roll(256) as u8;
            }
            damaged.truncate(damaged.len() - dice.roll(2) * dice.roll(damaged.len()));
            match read(&write(&folder, "damaged", &damaged), 32) {
                Ok(_) | Err(PictureError::Broken | PictureError::Kind | PictureError::Empty) => {}
                Err(error) => panic!("{entry}: {error:?}"),
            }
        }
    }
}

/// A PNG of one colour: many pixels from few bytes.
fn flat_png(path: &Path, width: u32, height: u32, colour: ExtendedColorType) {
    let bytes =
        usize::try_from(u64::from(width) * u64::from(height)).unwrap() * usize::from(colour.bits_per_pixel()) / 8;
    let encoder =
        PngEncoder::new_with_quality(File::create(path).unwrap(), CompressionType::Fast, FilterType::NoFilter);
    encoder.write_image(&vec![0; bytes], width, height, colour).unwrap();
}

/// A legal picture whose colour profile claims to unpack to 400 MB.
fn profile_bomb() -> Vec<u8> {
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

/// Set for the child that reads the named file and prints what it cost.
const CHILD: &str = "INBETWEEN_TEST_READ";

/// Runs as a child of the test below; does nothing on its own.
#[test]
fn child_reads_one_picture() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let answer = read(Path::new(&path), 512);
    let shown = matches!(answer, Ok((_, Some(_))));
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap().trim_end_matches("kB").trim();
    let figures = format!("\npeak={peak} shown={shown}\n");
    std::io::Write::write_all(&mut std::io::stdout(), figures.as_bytes()).unwrap();
}

/// Peak memory of a process that reads the picture, in megabytes, and whether it has a preview.
#[cfg(target_os = "linux")]
fn cost_of(path: &Path) -> (u64, bool) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "hostile::child_reads_one_picture", "--nocapture"])
        .env(CHILD, path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let after = |key: &str| text.split_once(key).unwrap().1.split_whitespace().next().unwrap().to_owned();
    (after("peak=").parse::<u64>().unwrap() / 1024, after("shown=") == "true")
}

#[cfg(target_os = "linux")]
#[test]
fn no_picture_takes_more_than_200_megabytes() {
    let folder = folder();
    let path = folder.path().join("flat.png");
    // The largest legal picture is shown; one more bit a channel, or one row more, is judged without being shown.
    for (width, height, colour, expected) in [
        (5_999, 5_999, ExtendedColorType::Rgba8, true),
        (5_999, 5_999, ExtendedColorType::Rgba16, false),
        (20_000, 20_000, ExtendedColorType::L8, false),
    ] {
        flat_png(&path, width, height, colour);
        let (peak, shown) = cost_of(&path);
        assert!(peak < 200, "{width}×{height} {colour:?}: {peak} MB");
        assert_eq!(shown, expected, "{width}×{height} {colour:?}");
    }
    for (name, bytes) in [("gif", huge_gif(65_535, 65_535)), ("png", huge_png(60_000, 60_000)), ("icc", profile_bomb())]
    {
        let (peak, _) = cost_of(&write(&folder, name, &bytes));
        assert!(peak < 100, "{name}: {peak} MB");
    }
}
