//! What is in the clips.

use inbetween::domain::frame::Crop;
use inbetween::domain::model::{Catalogue, Size};
use inbetween::rehearsal::tag_area;
use serde_json::json;

use crate::support::{Fixture, data_uri, first, frame, frame_md5s, grainy, last, probe, psnr_outside, request};

/// The contract's figure, in dB.
const CLOSE: f64 = 36.0;

#[tokio::test]
async fn every_documented_fact_holds() {
    let host = Fixture::new();
    let body = request(&json!({ "last_image": data_uri(&last(864, 480)), "seed": 5 }));
    let (_, clip) = host.clip(&body).await;
    let facts = probe(&clip);
    assert_eq!(facts["streams"].as_array().map(Vec::len), Some(1));
    let stream = &facts["streams"][0];
    for (key, expected) in [
        ("codec_name", json!("h264")),
        ("pix_fmt", json!("yuv420p")),
        ("width", json!(864)),
        ("height", json!(480)),
        ("r_frame_rate", json!("24/1")),
        ("avg_frame_rate", json!("24/1")),
        ("nb_frames", json!("120")),
        ("nb_read_frames", json!("120")),
        ("color_space", json!("bt709")),
        ("color_primaries", json!("bt709")),
        ("color_transfer", json!("bt709")),
        ("color_range", json!("tv")),
        ("duration", json!("5.000000")),
    ] {
        assert_eq!(stream[key], expected, "{key}: {stream}");
    }
    assert_eq!(facts["format"]["duration"], "5.000000");
    let bytes = std::fs::read(&clip).expect("a file");
    let place = |kind: &[u8]| bytes.windows(4).position(|four| four == kind).expect("a box");
    assert!(place(b"moov") < place(b"mdat"), "not ready to be played while it loads");
    assert_eq!(frame_md5s(&clip).len(), 120);
}

#[tokio::test]
async fn ten_seconds_and_another_ratio() {
    let host = Fixture::new();
    let changes = json!({ "image": data_uri(&first(480, 864)), "aspect_ratio": "9:16", "duration": 10 });
    let (_, clip) = host.clip(&request(&changes)).await;
    let stream = &probe(&clip)["streams"][0];
    assert_eq!((&stream["width"], &stream["height"]), (&json!(480), &json!(864)));
    assert_eq!((&stream["nb_frames"], &stream["duration"]), (&json!("240"), &json!("10.000000")));
}

#[tokio::test]
async fn it_starts_on_the_first_picture_and_ends_on_the_last() {
    let host = Fixture::new();
    let (one, two) = (first(864, 480), last(864, 480));
    for fixed in [false, true] {
        let changes =
            json!({ "image": data_uri(&one), "last_image": data_uri(&two), "camera_fixed": fixed, "seed": 11 });
        let (_, clip) = host.clip(&request(&changes)).await;
        let area = tag_area(Size::new(864, 480));
        let ends =
            [(0, &one), (119, &two)].map(|(at, picture)| psnr_outside(area, &frame(&clip, at, (864, 480)), picture));
        assert!(ends.iter().all(|&value| value >= CLOSE), "camera fixed {fixed}: {ends:?} dB");
        let middle = frame(&clip, 60, (864, 480));
        let away = [&one, &two].map(|picture| psnr_outside(area, &middle, picture));
        assert!(away.iter().all(|&value| value < 30.0), "camera fixed {fixed}: the middle is an end, {away:?} dB");
    }
}

#[tokio::test]
async fn grain_at_the_largest_size_is_kept_at_both_ends() {
    let host = Fixture::new();
    let (one, two) = (grainy(first(1920, 1088)), grainy(last(1920, 1088)));
    let changes = json!({ "image": data_uri(&one), "last_image": data_uri(&two), "resolution": "1080p" });
    let (_, clip) = host.clip(&request(&changes)).await;
    let area = tag_area(Size::new(1920, 1088));
    for (at, picture) in [(0, &one), (119, &two)] {
        let close = psnr_outside(area, &frame(&clip, at, (1920, 1088)), picture);
        assert!(close >= CLOSE, "frame {at}: {close} dB");
    }
}

#[tokio::test]
async fn a_picture_of_another_shape_is_cropped_around_its_centre() {
    let host = Fixture::new();
    // The right picture with bars at its sides that the crop has to take away.
    let inner = first(960, 960);
    let mut wide = image::RgbImage::from_pixel(1200, 960, image::Rgb([255, 0, 255]));
    image::imageops::replace(&mut wide, &inner, 120, 0);
    let changes = json!({ "image": data_uri(&wide), "resolution": "720p", "aspect_ratio": "1:1" });
    let (_, clip) = host.clip(&request(&changes)).await;
    let close = psnr_outside(tag_area(Size::new(960, 960)), &frame(&clip, 0, (960, 960)), &inner);
    assert!(close >= CLOSE, "{close} dB");
}

#[tokio::test]
async fn no_clip_is_a_dead_still_and_seeds_differ() {
    let host = Fixture::new();
    let picture = data_uri(&first(864, 480));
    for (name, changes) in [
        ("one picture", json!({})),
        ("one picture, camera fixed", json!({ "camera_fixed": true })),
        ("the same picture twice", json!({ "last_image": picture, "camera_fixed": true })),
    ] {
        let mut made = Vec::new();
        for seed in [1, 2, 1] {
            let mut body = request(&changes);
            body["seed"] = json!(seed);
            made.push(frame_md5s(&host.clip(&body).await.1));
        }
        let mut different = made[0].clone();
        different.sort();
        different.dedup();
        assert!(different.len() > 40, "{name}: {} different frames", different.len());
        assert_ne!(made[0], made[1], "{name}: the seed changes nothing");
        assert_eq!(made[0], made[2], "{name}: the same seed gives another clip");
    }
}

#[tokio::test]
async fn the_tag_is_on_every_frame_and_stays_in_its_place() {
    let host = Fixture::new();
    let white = image::RgbImage::from_pixel(864, 480, image::Rgb([255; 3]));
    let (_, clip) = host.clip(&request(&json!({ "image": data_uri(&white) }))).await;
    let area = tag_area(Size::new(864, 480));
    let everything = Crop { x: 0, y: 0, width: 0, height: 0 };
    for at in [0, 60, 119] {
        let shown = frame(&clip, at, (864, 480));
        let dark = shown.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[1] < 120);
        let (inside, outside): (Vec<_>, Vec<_>) = dark.partition(|(x, y, _)| {
            (area.x..area.x + area.width).contains(x) && (area.y..area.y + area.height).contains(y)
        });
        assert!(inside.len() > 300 && outside.is_empty(), "frame {at}: {} in, {} out", inside.len(), outside.len());
        assert!(psnr_outside(area, &shown, &white) > psnr_outside(everything, &shown, &white) + 10.0);
    }
}

#[test]
fn the_table_has_even_sides_alone() {
    // Halved chroma has no half pixels.
    for row in &Catalogue::built_in().default_model().output.resolutions {
        assert!(row.sizes.values().all(|size| size.width % 2 == 0 && size.height % 2 == 0));
    }
}
