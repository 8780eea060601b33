//! The centred crop and the point from which it is worth a word.

use inbetween::domain::frame::Crop;
use inbetween::domain::model::Size;

use crate::model;

#[test]
fn a_centred_crop_has_the_outputs_ratio_and_the_pictures_centre() {
    let pictures =
        [(1920, 1080), (4032, 3024), (3024, 4032), (301, 301), (5999, 2400), (2400, 5999), (333, 777), (1001, 667)];
    for row in &model().output.resolutions {
        for output in row.sizes.values().copied() {
            for (width, height) in pictures {
                let picture = Size::new(width, height);
                let crop = Crop::centred(picture, output);
                let right = picture.width - crop.x - crop.width;
                let bottom = picture.height - crop.y - crop.height;
                assert!(right - crop.x <= 1 && bottom - crop.y <= 1, "{picture} → {output}: {crop:?}");
                assert!(crop.width == picture.width || crop.height == picture.height, "{picture} → {output}");
                // Off by at most half a pixel of the side that was cut.
                let exact = if crop.height == picture.height {
                    f64::from(crop.width) - f64::from(picture.height) * output.ratio()
                } else {
                    f64::from(crop.height) - f64::from(picture.width) / output.ratio()
                };
                assert!(exact.abs() <= 0.5 + 1e-9, "{picture} → {output}: {exact}");
            }
        }
    }
}

#[test]
fn a_crop_is_never_empty() {
    for (width, height) in [(1, 1), (1, 60_000), (60_000, 1), (u32::MAX, u32::MAX), (u32::MAX, 1)] {
        for output in [Size::new(960, 416), Size::new(480, 864)] {
            let crop = Crop::centred(Size::new(width, height), output);
            assert!(crop.width > 0 && crop.height > 0 && crop.width <= width && crop.height <= height);
        }
    }
}

#[test]
fn more_than_two_percent_of_a_side_is_noticeable() {
    // picture, output, noticeable
    for (picture, output, noticeable) in [
        ((1920, 1080), (864, 480), false),
        ((1920, 1080), (1248, 704), false),
        ((1920, 1080), (1920, 1088), false),
        ((1000, 1000), (980, 1000), false),
        ((1000, 1000), (979, 1000), true),
        ((1000, 1000), (1000, 979), true),
        ((4032, 3024), (1248, 704), true),
        ((1920, 1080), (1920, 1080), false),
    ] {
        let (picture, output) = (Size::from(picture), Size::from(output));
        assert_eq!(Crop::centred(picture, output).is_noticeable(picture), noticeable, "{picture} → {output}");
    }
}
