//! What is sent: exact sizes, exact crops, true light, or the very file.

use image::{DynamicImage, Rgba, RgbaImage};
use inbetween::domain::draft::{Backdrop, FilePlan, FramePlan, Treatment};
use inbetween::domain::frame::{Crop, FrameSlot, PictureFormat, PreparedFrame};
use inbetween::domain::model::{Catalogue, Size};
use inbetween::services::images::{self, PictureError, read};
use std::path::{Path, PathBuf};

use crate::bench::{drawn, entries, fixture, fixture_bytes, folder, save, write};

/// [`images::prepare`] for a file.
fn prepare(plan: &FilePlan, folder: &Path, slot: FrameSlot) -> Result<PreparedFrame, PictureError> {
    images::prepare(&FramePlan::File(plan.clone()), folder, slot)
}

fn plan(path: &Path, treatment: Treatment) -> FilePlan {
    let (picture, _) = read(path, 64).unwrap();
    FilePlan { path: picture.path, facts: picture.facts, digest: picture.digest, treatment }
}

fn cropped(path: &Path, size: Size, backdrop: Backdrop) -> FilePlan {
    let mut plan = plan(path, Treatment::Original);
    plan.treatment = Treatment::Prepared { crop: Crop::centred(plan.facts.size, size), size, backdrop };
    plan
}

fn sent(plan: &FilePlan, folder: &Path) -> (PathBuf, PictureFormat) {
    match prepare(plan, folder, FrameSlot::First).unwrap() {
        PreparedFrame::File { path, format } => (path, format),
        PreparedFrame::Url(url) => panic!("{url}"),
    }
}

fn pixels(plan: &FilePlan, folder: &Path) -> DynamicImage {
    image::open(sent(plan, folder).0).unwrap()
}

#[test]
fn every_cell_of_the_table_gets_its_exact_size() {
    let folder = folder();
    let path = save(&folder, "photo.png", drawn(1000, 700, |x, y| [(x % 256) as u8, (y % 256) as u8, 90]));
    for row in &Catalogue::built_in().default_model().output.resolutions {
        for (ratio, size) in &row.sizes {
            let plan = cropped(&path, *size, Backdrop::Black);
            let (file, format) = sent(&plan, &folder.path().join("out"));
            assert_eq!(format, PictureFormat::Png);
            assert_eq!(file, folder.path().join("out/first.png"));
            let image = image::open(&file).unwrap();
            assert_eq!((image.width(), image.height()), (size.width, size.height), "{} {ratio}", row.name);
            assert!(matches!(image, DynamicImage::ImageRgb8(_)));
            assert!(std::fs::metadata(&file).unwrap().len() < 30_000_000);
        }
    }
    assert_eq!(entries(&folder.path().join("out")), ["first.png"]);
}

/// Where the light of a picture is, in pixels from its top left corner.
fn centre_of_light(image: &DynamicImage) -> (f64, f64) {
    let (mut x_sum, mut y_sum, mut sum) = (0.0, 0.0, 0.0);
    for (x, y, pixel) in image.to_rgb8().enumerate_pixels() {
        let light = (f64::from(pixel.0[1]) / 255.0).powf(2.2);
        x_sum += (f64::from(x) + 0.5) * light;
        y_sum += (f64::from(y) + 0.5) * light;
        sum += light;
    }
    (x_sum / sum, y_sum / sum)
}

#[test]
fn the_centre_stays_the_centre() {
    let folder = folder();
    for (width, height) in [(1600, 900), (900, 1600), (1000, 1000), (2400, 960)] {
        let marked = drawn(width, height, |x, y| {
            let near = x.abs_diff(width / 2) < 20 && y.abs_diff(height / 2) < 20;
            let inside = x >= width / 2 - 10 && x < width / 2 + 10 && y >= height / 2 - 10 && y < height / 2 + 10;
            if near && inside { [255; 3] } else { [0; 3] }
        });
        let path = save(&folder, "marked.png", marked);
        for size in [Size::new(864, 480), Size::new(960, 960), Size::new(704, 1248), Size::new(2176, 928)] {
            let (x, y) = centre_of_light(&pixels(&cropped(&path, size, Backdrop::Black), folder.path()));
            let (middle_x, middle_y) = (f64::from(size.width) / 2.0, f64::from(size.height) / 2.0);
            // Half a pixel of the source is the most that an odd remainder can move it.
            let reach =
                0.5 * f64::from(size.width) / f64::from(Crop::centred(Size::new(width, height), size).width) + 0.1;
            assert!((x - middle_x).abs() < reach && (y - middle_y).abs() < reach, "{size}: {x} {y}");
        }
    }
}

#[test]
fn what_is_cut_away_is_not_sent() {
    let folder = folder();
    // A quarter at either side is red; a square of the middle has none of it.
    let path = save(
        &folder,
        "sides.png",
        drawn(2000, 1000, |x, _| if (500..1500).contains(&x) { [0, 200, 0] } else { [255, 0, 0] }),
    );
    let image = pixels(&cropped(&path, Size::new(640, 640), Backdrop::Black), folder.path()).into_rgb8();
    assert!(image.pixels().all(|pixel| pixel.0 == [0, 200, 0]));
}

#[test]
fn a_picture_that_fits_is_not_touched() {
    let folder = folder();
    let noise = |x: u32, y: u32| [(x * 7 + y * 13) as u8, (x * y) as u8, (x ^ y) as u8];
    let exact = drawn(864, 480, noise);
    let path = save(&folder, "exact.png", exact.clone());
    let plan = cropped(&path, Size::new(864, 480), Backdrop::Black);
    assert_eq!(pixels(&plan, folder.path()).into_rgb8(), exact);

    // A crop of the right size is cut out, not resampled.
    let path = save(&folder, "wide.png", drawn(1000, 600, noise));
    let mut plan = cropped(&path, Size::new(640, 480), Backdrop::White);
    let crop = Crop { x: 31, y: 7, width: 640, height: 480 };
    plan.treatment = Treatment::Prepared { crop, size: Size::new(640, 480), backdrop: Backdrop::White };
    assert_eq!(pixels(&plan, folder.path()).into_rgb8(), drawn(640, 480, |x, y| noise(x + 31, y + 7)));
}

#[test]
fn light_is_what_is_averaged() {
    let folder = folder();
    let path = save(&folder, "fine.png", drawn(960, 960, |x, y| [if (x + y) % 2 == 0 { 255 } else { 0 }; 3]));
    let image = pixels(&cropped(&path, Size::new(480, 480), Backdrop::Black), folder.path()).into_rgb8();
    // Half the light of white is 188 as stored; averaging stored values would give 128.
    let middle = image.get_pixel(240, 240).0[0];
    assert!((186..=190).contains(&middle), "{middle}");
    // An even surface stays what it is, in the darkest corner of the scale too.
    for level in [0, 1, 2, 3, 17, 128, 254, 255] {
        let path = save(&folder, "even.png", drawn(700, 500, |_, _| [level; 3]));
        let image = pixels(&cropped(&path, Size::new(480, 480), Backdrop::Black), folder.path()).into_rgb8();
        assert!(image.pixels().all(|pixel| pixel.0 == [level; 3]), "{level}");
    }
}

#[test]
fn see_through_areas_take_the_backdrop() {
    let folder = folder();
    let alpha = |x: u32| if x < 400 { 0 } else { 128 };
    let path = save(&folder, "clear.png", RgbaImage::from_fn(800, 800, |x, _| Rgba([200, 100, 50, alpha(x)])));
    for (backdrop, clear, half) in
        [(Backdrop::Black, [0, 0, 0], [100, 50, 25]), (Backdrop::White, [255, 255, 255], [227, 177, 152])]
    {
        for size in [Size::new(800, 800), Size::new(640, 640)] {
            let image = pixels(&cropped(&path, size, backdrop), folder.path()).into_rgb8();
            assert_eq!(image.get_pixel(10, 10).0, clear, "{size}");
            assert_eq!(image.get_pixel(size.width - 10, 10).0, half, "{size}");
        }
    }
}

#[test]
fn deep_and_tagged_pictures_are_sent_in_srgb() {
    let folder = folder();
    let whole = Size::new(64, 40);
    let deep = pixels(&cropped(&fixture("deep.png"), whole, Backdrop::Black), folder.path()).into_rgb8();
    assert_eq!(deep.get_pixel(20, 30).0, [192, 48, 32]);
    // The same numbers mean a stronger red in Adobe RGB; green clips towards nothing.
    let tagged = pixels(&cropped(&fixture("a98.png"), whole, Backdrop::Black), folder.path()).into_rgb8();
    let [r, g, b] = tagged.get_pixel(20, 30).0;
    assert!((215..=235).contains(&r) && g < 48 && b < 48, "{r} {g} {b}");
    assert_eq!(tagged.get_pixel(4, 4).0, [255; 3]);
}

#[test]
fn an_original_is_sent_byte_for_byte() {
    let folder = folder();
    for name in ["cmyk.jpg", "animated.gif", "pages.tif", "turned-8.tif", "animated.webp", "a98.png", "palette.bmp"] {
        let out = folder.path().join("new/folders");
        let (file, format) = sent(&plan(&fixture(name), Treatment::Original), &out);
        assert_eq!(std::fs::read(&file).unwrap(), fixture_bytes(name), "{name}");
        assert_eq!(file, out.join(format!("first.{}", format.extension())));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(std::fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }
}

#[test]
fn a_file_that_changed_is_not_sent() {
    let folder = folder();
    let out = folder.path().join("out");
    let bytes = fixture_bytes("baseline.jpg");
    let mut longer = bytes.clone();
    longer.push(0);
    let mut altered = bytes.clone();
    *altered.last_mut().unwrap() ^= 1;
    for changed in [longer, altered, bytes[..100].to_vec()] {
        let path = write(&folder, "photo.jpg", &bytes);
        let plans = [plan(&path, Treatment::Original), cropped(&path, Size::new(32, 32), Backdrop::Black)];
        write(&folder, "photo.jpg", &changed);
        for plan in plans {
            let error = prepare(&plan, &out, FrameSlot::Last).unwrap_err();
            assert!(matches!(error, PictureError::Changed), "{error:?}");
            assert_eq!(error.to_string(), "This file changed since it was chosen; choose it again.");
        }
    }
    let path = write(&folder, "photo.jpg", &bytes);
    let gone = plan(&path, Treatment::Original);
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(prepare(&gone, &out, FrameSlot::Last), Err(PictureError::Missing)));
    assert!(entries(&out).is_empty(), "{:?}", entries(&out));
}

#[test]
fn an_address_is_passed_on() {
    let folder = folder();
    let plan = FramePlan::Address("https://example.com/a.png".into());
    let sent = images::prepare(&plan, folder.path(), FrameSlot::First).unwrap();
    assert_eq!(sent, PreparedFrame::Url("https://example.com/a.png".into()));
    assert!(entries(folder.path()).is_empty());
}

#[test]
fn a_crop_outside_the_picture_is_refused() {
    let folder = folder();
    let mut plan = cropped(&fixture("deep.png"), Size::new(32, 32), Backdrop::Black);
    for (x, y, width, height) in [(60, 0, 5, 5), (0, 0, 65, 40), (0, 40, 1, 1), (0, 0, 0, 1), (u32::MAX, 0, 2, 2)] {
        let crop = Crop { x, y, width, height };
        plan.treatment = Treatment::Prepared { crop, size: Size::new(32, 32), backdrop: Backdrop::Black };
        assert!(prepare(&plan, folder.path(), FrameSlot::First).is_err(), "{crop:?}");
    }
}
