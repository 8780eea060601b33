//! Files that mean harm, or are only broken: a sentence, little memory, no end of the program.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use image::RgbImage;
use inbetween::domain::draft::{Backdrop, FilePlan, FramePlan, Treatment};
use inbetween::domain::frame::{Crop, FrameSlot};
use inbetween::domain::model::{Catalogue, Size};
use inbetween::services::images::{header, prepare, read};

use crate::bench::{entries, find, fixture_bytes, folder, png_chunk, save, write};
use crate::bombs::{endless_scans, huge_bmp, huge_gif, huge_png, lying_jpeg};
use crate::dice::Dice;
use crate::memory::cost_by;

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
    let said = "This file may not be read: permission denied.";
    if File::open(&path).is_err() {
        return assert_eq!(sentence(&path), said);
    }
    // The superuser reads everything, so somebody else has to.
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let program = folder.path().join("tests");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let mut nobody = Command::new("setpriv");
    nobody.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program).current_dir("/");
    assert_eq!(cost_by(nobody, &path).said, said);
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
    // Fewer bytes than any picture of that size takes.
    for (name, width, height) in
        [("baseline.jpg", 9_000, 9_000), ("progressive.jpg", 5_999, 5_999), ("gray.jpg", 640, 400)]
    {
        let path = write(&folder, "a.jpg", &lying_jpeg(name, width, height));
        assert_eq!(header(&path).unwrap().size, Size::new(width.into(), height.into()), "{name}");
        assert_eq!(read(&path, 64).unwrap_err().to_string(), BROKEN, "{name}");
    }
    let mut bmp = fixture_bytes("top-down.bmp");
    bmp[22..26].copy_from_slice(&(-400_i32).to_le_bytes());
    assert_eq!(read(&write(&folder, "a.bmp", &bmp), 64).unwrap_err().to_string(), BROKEN);
}

#[test]
fn a_picture_is_not_gone_over_without_end() {
    let folder = folder();
    let path = write(&folder, "scans.jpg", &endless_scans());
    assert_eq!(read(&path, 64).unwrap_err().to_string(), BROKEN);
}
