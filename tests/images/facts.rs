//! What is known of a picture, whatever its kind and its name.

use image::{DynamicImage, Rgba, RgbaImage};
use inbetween::domain::frame::PictureFormat::{self, Bmp, Gif, Jpeg, Png, Tiff, Webp};
use inbetween::domain::model::Size;
use inbetween::services::images::{PictureError, header, read};
use sha2::{Digest, Sha256};

use crate::bench::{fixture, fixture_bytes, folder, name_of, pixel, save, write};

const KINDS: [(&str, PictureFormat); 14] = [
    ("baseline.jpg", Jpeg),
    ("progressive.jpg", Jpeg),
    ("cmyk.jpg", Jpeg),
    ("lossy.webp", Webp),
    ("animated.webp", Webp),
    ("animated.gif", Gif),
    ("deep.png", Png),
    ("interlaced.png", Png),
    ("a98.png", Png),
    ("pages.tif", Tiff),
    ("palette.bmp", Bmp),
    ("turned-8.tif", Tiff),
    ("gray.jpg", Jpeg),
    ("top-down.bmp", Bmp),
];

#[test]
fn every_legal_kind_is_read() {
    for (name, format) in KINDS {
        let path = fixture(name);
        let (picture, preview) = read(&path, 512).unwrap_or_else(|error| panic!("{name}: {error}"));
        let preview = preview.unwrap();
        let turned = name == "turned-8.tif";
        let size = if turned { Size::new(40, 64) } else { Size::new(64, 40) };
        assert_eq!((picture.facts.format, picture.facts.size), (format, size), "{name}");
        assert_eq!(picture.facts.bytes, fixture_bytes(name).len() as u64, "{name}");
        assert_eq!(picture.facts, header(&path).unwrap(), "{name}");
        assert_eq!(picture.path, path, "{name}");
        assert!(!picture.transparent, "{name}");
        assert_eq!(picture.digest.as_slice(), Sha256::digest(fixture_bytes(name)).as_slice(), "{name}");
        assert_eq!((preview.size, preview.rgba.len()), (size, 64 * 40 * 4), "{name}");
        if name == "gray.jpg" {
            continue;
        }
        // Turned a quarter to the left, the corner is at the bottom and the right half on top.
        let (corner, left, right) = if turned { ((4, 59), (30, 50), (20, 10)) } else { ((4, 4), (15, 30), (50, 20)) };
        let seen = [corner, left, right].map(|(x, y)| name_of(pixel(&preview, x, y)));
        assert_eq!(seen, ["white", "red", "blue"], "{name}");
    }
}

#[test]
fn a_name_is_not_believed() {
    let folder = folder();
    for (name, format) in KINDS {
        let path = write(&folder, "picture.txt", &fixture_bytes(name));
        assert_eq!(header(&path).unwrap().format, format, "{name}");
    }
    let path = write(&folder, "picture.png", b"BM is how this letter starts, and it is no bitmap.");
    for answer in [header(&path).map(|_| ()), read(&path, 64).map(|_| ())] {
        let error = answer.unwrap_err();
        assert!(matches!(error, PictureError::Kind));
        assert_eq!(error.to_string(), "Only JPEG, PNG, WebP, BMP, TIFF or GIF images");
    }
}

#[test]
fn one_see_through_pixel_makes_a_picture_transparent() {
    let folder = folder();
    let mut image = RgbaImage::from_pixel(90, 50, Rgba([9, 8, 7, 255]));
    for (name, lossless) in [("a.png", true), ("a.webp", true), ("a.tiff", true), ("a.bmp", true), ("a.gif", false)] {
        let opaque = save(&folder, name, image.clone());
        assert!(!read(&opaque, 64).unwrap().0.transparent, "{name}");
        image.put_pixel(89, 49, Rgba([9, 8, 7, if lossless { 254 } else { 0 }]));
        let clear = save(&folder, name, image.clone());
        assert!(read(&clear, 64).unwrap().0.transparent, "{name}");
        image.put_pixel(89, 49, Rgba([9, 8, 7, 255]));
    }
    let deep = DynamicImage::ImageRgba8(image).into_rgba16();
    assert!(!read(&save(&folder, "deep.png", deep.clone()), 64).unwrap().0.transparent);
    let mut deep = deep;
    deep.get_pixel_mut(3, 3).0[3] = 65_534;
    assert!(read(&save(&folder, "deep.png", deep), 64).unwrap().0.transparent);
}

#[test]
fn a_preview_keeps_the_shape_and_is_never_enlarged() {
    let folder = folder();
    for (width, height, longest, shown) in [
        (900, 600, 300, Size::new(300, 200)),
        (601, 1201, 300, Size::new(150, 300)),
        (4000, 10, 100, Size::new(100, 1)),
        (90, 50, 300, Size::new(90, 50)),
        (1, 1, 64, Size::new(1, 1)),
    ] {
        let image = RgbaImage::from_fn(width, height, |x, _| Rgba([if x * 2 < width { 250 } else { 10 }, 80, 80, 255]));
        let (_, preview) = read(&save(&folder, "a.png", image), longest).unwrap();
        let preview = preview.unwrap();
        assert_eq!(preview.size, shown);
        if shown.width > 2 {
            assert_eq!(pixel(&preview, 0, 0), [250, 80, 80, 255]);
            assert_eq!(pixel(&preview, shown.width - 1, 0), [10, 80, 80, 255]);
        }
    }
}

#[test]
fn see_through_pixels_do_not_stain_a_preview() {
    let folder = folder();
    // Black under full transparency must not darken the white beside it.
    let image =
        RgbaImage::from_fn(800, 800, |x, _| if x % 2 == 0 { Rgba([255, 255, 255, 255]) } else { Rgba([0, 0, 0, 0]) });
    let (_, preview) = read(&save(&folder, "a.png", image), 100).unwrap();
    let [r, g, b, a] = pixel(&preview.unwrap(), 50, 50);
    assert_eq!([r, g, b], [255, 255, 255]);
    assert!((126..=129).contains(&a), "{a}");
}
