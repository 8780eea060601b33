//! Copies that meet a limit: smaller, lighter, a part; upright, in sRGB, and the picture itself untouched.

use std::path::{Path, PathBuf};

use image::{DynamicImage, Rgb, Rgba, RgbaImage};
use inbetween::domain::frame::{Crop, PictureFormat};
use inbetween::domain::model::{Catalogue, Size};
use inbetween::services::images::{PictureError, cropped_copy, header, read, scaled_down, smaller_copy};

use crate::bench::{drawn, entries, fixture, folder, save};

fn size(path: &Path) -> Size {
    header(path).unwrap().size
}

fn open(path: &Path) -> DynamicImage {
    image::open(path).unwrap()
}

/// Grain that no format makes short.
fn noise(x: u32, y: u32) -> [u8; 3] {
    let mixed = (x ^ y.rotate_left(11)).wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77);
    (mixed ^ mixed >> 15).wrapping_mul(0x2C1B_3C6D).to_le_bytes()[1..].try_into().unwrap()
}

#[test]
fn a_picture_too_long_is_scaled_to_just_below_the_limit() {
    let folder = folder();
    let source = save(&folder, "long.jpg", drawn(8192, 4000, |x, _| [if x < 4096 { 220 } else { 20 }, 60, 60]));
    let limits = &Catalogue::built_in().default_model().picture;
    assert!(!header(&source).unwrap().violations(limits).is_empty());
    let copy = scaled_down(&source, &folder.path().join("new/copies"), limits.longer_side_under).unwrap();
    assert_eq!(size(&copy), Size::new(5999, 2929));
    assert!(header(&copy).unwrap().violations(limits).is_empty());
    let pixels = open(&copy).into_rgb8();
    for (x, expected) in [(100, 220), (5_900, 20)] {
        assert!(pixels.get_pixel(x, 1_000).0[0].abs_diff(expected) < 4);
    }
    assert_eq!(size(&source), Size::new(8192, 4000));
}

#[test]
fn a_picture_that_is_short_enough_keeps_its_size() {
    let folder = folder();
    let source = save(&folder, "a.png", drawn(300, 200, noise));
    let copy = scaled_down(&source, folder.path(), 301).unwrap();
    assert_eq!(open(&copy).into_rgb8(), drawn(300, 200, noise));
    assert_eq!(size(&scaled_down(&source, folder.path(), 300).unwrap()), Size::new(299, 199));
    assert_eq!(size(&scaled_down(&source, folder.path(), 0).unwrap()), Size::new(1, 1));
}

#[test]
fn a_heavy_picture_is_made_lighter_with_all_its_pixels_if_possible() {
    let folder = folder();
    let source = save(&folder, "a.png", drawn(900, 600, noise));
    let whole = std::fs::metadata(&source).unwrap().len();
    let mut sizes = Vec::new();
    for share in [100, 60, 25, 5] {
        let max = whole * share / 100;
        let copy = smaller_copy(&source, folder.path(), max).unwrap();
        let facts = header(&copy).unwrap();
        assert_eq!(facts.format, PictureFormat::Jpeg);
        assert!(facts.bytes <= max, "{} of {max}", facts.bytes);
        assert!(share < 25 || facts.bytes > max / 3, "{} of {max}", facts.bytes);
        sizes.push(facts.size);
    }
    assert_eq!(sizes[0], Size::new(900, 600));
    assert!(sizes[3].width < 600, "{sizes:?}");
    let error = smaller_copy(&source, folder.path(), 500).unwrap_err();
    assert!(matches!(error, PictureError::NotSmaller { max: 500 }));
    assert_eq!(error.to_string(), "This image could not be made smaller than 500 bytes.");
}

#[test]
fn what_is_see_through_stays_so() {
    let folder = folder();
    let image = RgbaImage::from_fn(900, 600, |x, y| {
        let [r, g, b] = noise(x, y);
        Rgba([r, g, b, if x < 450 { 0 } else { 255 }])
    });
    let source = save(&folder, "clear.png", image);
    let whole = Crop { x: 10, y: 20, width: 600, height: 400 };
    for copy in [
        scaled_down(&source, folder.path(), 400).unwrap(),
        smaller_copy(&source, folder.path(), 500_000).unwrap(),
        cropped_copy(&source, folder.path(), whole).unwrap(),
    ] {
        let (picture, _) = read(&copy, 64).unwrap();
        assert!(picture.transparent && picture.facts.format == PictureFormat::Png);
        let pixels = open(&copy).into_rgba8();
        let (width, height) = pixels.dimensions();
        assert_eq!((pixels.get_pixel(5, 5).0[3], pixels.get_pixel(width - 5, height - 5).0[3]), (0, 255));
    }
    // An alpha channel that lets nothing through is none.
    let source = save(&folder, "opaque.png", RgbaImage::from_pixel(90, 50, Rgba([9, 8, 7, 255])));
    assert!(matches!(open(&scaled_down(&source, folder.path(), 80).unwrap()), DynamicImage::ImageRgb8(_)));
}

#[test]
fn a_part_keeps_its_pixels() {
    let folder = folder();
    let source = save(&folder, "a.png", drawn(300, 200, noise));
    let crop = Crop { x: 31, y: 7, width: 100, height: 50 };
    let copy = cropped_copy(&source, folder.path(), crop).unwrap();
    assert_eq!(open(&copy).into_rgb8(), drawn(100, 50, |x, y| noise(x + 31, y + 7)));
    for outside in [Crop { x: 201, ..crop }, Crop { width: 0, ..crop }, Crop { y: u32::MAX, ..crop }] {
        assert!(matches!(cropped_copy(&source, folder.path(), outside), Err(PictureError::Changed)));
    }
}

#[test]
fn every_copy_is_upright() {
    let folder = folder();
    // Seen upright it is 40×64 with the red half below and the white corner at its end.
    let source = fixture("turned-8.tif");
    assert_eq!(size(&source), Size::new(40, 64));
    let below = Crop { x: 0, y: 32, width: 40, height: 32 };
    let red = |path: PathBuf, x, y| open(&path).into_rgb8().get_pixel(x, y).0[0] > 150;
    assert!(red(scaled_down(&source, folder.path(), 6000).unwrap(), 30, 50));
    assert!(red(smaller_copy(&source, folder.path(), 1_000_000).unwrap(), 30, 50));
    let part = cropped_copy(&source, folder.path(), below).unwrap();
    assert_eq!(size(&part), Size::new(40, 32));
    assert!(red(part, 30, 20));
}

#[test]
fn copies_are_in_srgb_and_private() {
    let folder = folder();
    let out = folder.path().join("out");
    let copy = scaled_down(&fixture("a98.png"), &out, 6000).unwrap();
    let Rgb([r, g, b]) = *open(&copy).into_rgb8().get_pixel(20, 30);
    assert!((215..=235).contains(&r) && g < 48 && b < 48, "{r} {g} {b}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o700);
    }
    assert_eq!(entries(&out).len(), 1);
}

#[test]
fn what_cannot_be_decoded_is_said_and_leaves_nothing() {
    let folder = folder();
    let out = folder.path().join("out");
    let crop = Crop { x: 0, y: 0, width: 1, height: 1 };
    let missing = folder.path().join("gone.png");
    let broken = folder.path().join("broken.png");
    std::fs::write(&broken, &std::fs::read(fixture("deep.png")).unwrap()[..200]).unwrap();
    for (path, said) in [
        (&missing, "This file is not there any more."),
        (&broken, "This file could not be read as an image."),
        (&folder.path().to_owned(), "This is a folder, not a picture."),
    ] {
        for answer in [scaled_down(path, &out, 100), smaller_copy(path, &out, 1_000), cropped_copy(path, &out, crop)] {
            assert_eq!(answer.unwrap_err().to_string(), said);
        }
    }
    assert!(entries(&out).is_empty());
}
