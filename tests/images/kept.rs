//! Posters, samples and exported frames.

use image::{Rgba, RgbaImage};
use inbetween::domain::frame::{FrameSlot, PictureFormat, PreparedFrame};
use inbetween::domain::model::{Catalogue, Size};
use inbetween::services::images::{PictureError, load_poster, poster, poster_path, read, sample, samples, save_png};

use crate::bench::{drawn, entries, folder, pixel, save};

#[test]
fn a_poster_is_kept_and_found_again() {
    let folder = folder();
    let path = save(&folder, "first.png", drawn(1248, 704, |x, _| [if x < 624 { 220 } else { 20 }, 60, 60]));
    let frame = PreparedFrame::File { path, format: PictureFormat::Png };
    let task = folder.path().join("task");
    assert!(matches!(load_poster(&task, FrameSlot::First), Err(PictureError::Missing)));
    let shown = poster(&frame, &task, FrameSlot::First).unwrap().unwrap();
    assert_eq!(shown.size, Size::new(480, 271));
    assert_eq!(entries(&task), ["poster-first.jpg"]);
    assert!(std::fs::metadata(poster_path(&task, FrameSlot::First)).unwrap().len() < 60_000);
    let loaded = load_poster(&task, FrameSlot::First).unwrap();
    assert_eq!(loaded.size, shown.size);
    for (x, expected) in [(100, 220), (400, 20)] {
        let [r, ..] = pixel(&loaded, x, 100);
        assert!(r.abs_diff(expected) < 6, "{r}");
    }
    let address = PreparedFrame::Url("https://example.com/a.png".into());
    assert!(poster(&address, &task, FrameSlot::Last).unwrap().is_none());
    assert!(matches!(load_poster(&task, FrameSlot::Last), Err(PictureError::Missing)));
}

#[test]
fn every_sample_is_a_legal_pair() {
    let folder = folder();
    let model = Catalogue::built_in().default_model();
    let titles: Vec<_> = samples().iter().map(|sample| (sample.title)()).collect();
    assert_eq!(titles, ["Lake, dawn to dusk", "Balloon over dunes", "Storm clears"]);
    for id in ["lake-dawn-to-dusk", "balloon-over-dunes", "storm-clears"] {
        let sample = sample(id).unwrap();
        let prompt = (sample.prompt)();
        assert!(!prompt.contains("  ") && prompt.chars().count() <= 2_000);
        let (first, last) = sample.unpack(folder.path()).unwrap();
        let (small_first, small_last) = sample.previews(240).unwrap();
        for (path, small) in [(&first, small_first), (&last, small_last)] {
            let (picture, preview) = read(path, 240).unwrap();
            assert_eq!(picture.facts.size, Size::new(960, 540));
            assert!(picture.facts.violations(&model.picture).is_empty());
            assert_eq!(preview.unwrap(), small);
            assert_eq!(small.size, Size::new(240, 135));
        }
        assert_ne!(std::fs::read(first).unwrap(), std::fs::read(last).unwrap());
    }
    assert!(sample("nothing").is_none());
}

#[test]
fn a_frame_is_exported_as_it_is() {
    let folder = folder();
    let path = folder.path().join("frame.png");
    let rgb = drawn(33, 21, |x, y| [x as u8, y as u8, 7]);
    save_png(Size::new(33, 21), rgb.as_raw(), &path).unwrap();
    assert_eq!(image::open(&path).unwrap().into_rgb8(), rgb);
    let rgba = RgbaImage::from_fn(33, 21, |x, y| Rgba([x as u8, y as u8, 7, 99]));
    save_png(Size::new(33, 21), rgba.as_raw(), &path).unwrap();
    assert_eq!(image::open(&path).unwrap().into_rgba8(), rgba);
    for (size, length) in [(Size::new(2, 2), 11), (Size::new(2, 2), 20), (Size::new(0, 2), 0)] {
        assert!(matches!(save_png(size, &vec![0; length], &path), Err(PictureError::Broken)));
    }
    let error = save_png(Size::new(1, 1), &[0; 3], &folder.path().join("no/such/frame.png")).unwrap_err();
    assert_eq!(error.to_string(), "The image could not be saved: entity not found.");
    assert_eq!(entries(folder.path()), ["frame.png"]);
}
