//! Limits of a picture as it is given, seen upright.

use inbetween::domain::frame::{
    PictureFacts, PictureFormat, PictureViolation, format_bytes, group_thousands, ratio_label,
};
use inbetween::domain::model::Size;

use crate::{facts, model};

fn said(facts: PictureFacts) -> Vec<String> {
    facts.violations(&model().picture).iter().map(ToString::to_string).collect()
}

#[test]
fn bounds_are_as_written() {
    // width, height, bytes, sentences
    let table: [(u32, u32, u64, &[&str]); 20] = [
        (1000, 1000, 30_000_000, &[]),
        (301, 301, 1, &[]),
        (300, 301, 1, &["Shorter side is 300 px; it must be greater than 300 px."]),
        (301, 300, 1, &["Shorter side is 300 px; it must be greater than 300 px."]),
        (280, 400, 1, &["Shorter side is 280 px; it must be greater than 300 px."]),
        (5999, 5999, 1, &[]),
        (5999, 2400, 1, &[]),
        (6000, 5999, 1, &["Longer side is 6000 px; it must be less than 6000 px."]),
        (5999, 6000, 1, &["Longer side is 6000 px; it must be less than 6000 px."]),
        (8192, 4096, 1, &["Longer side is 8192 px; it must be less than 6000 px."]),
        (400, 1000, 1, &[]),
        (2399, 5998, 1, &["This image is 0.39997:1; it must be between 0.4:1 and 2.5:1."]),
        (399, 1000, 1, &["This image is 0.399:1; it must be between 0.4:1 and 2.5:1."]),
        (1000, 400, 1, &[]),
        (5998, 2399, 1, &["This image is 2.5002:1; it must be between 0.4:1 and 2.5:1."]),
        (1600, 500, 1, &["This image is 3.2:1; it must be between 0.4:1 and 2.5:1."]),
        (1000, 1000, 30_000_001, &["File is 30,000,001 bytes; the limit is 30 MB."]),
        (1000, 1000, 30_499_999, &["File is 30,499,999 bytes; the limit is 30 MB."]),
        (1000, 1000, 41_200_000, &["File is 41 MB; the limit is 30 MB."]),
        (
            9000,
            300,
            2_000_000_000,
            &[
                "Shorter side is 300 px; it must be greater than 300 px.",
                "Longer side is 9000 px; it must be less than 6000 px.",
                "This image is 30:1; it must be between 0.4:1 and 2.5:1.",
                "File is 2 GB; the limit is 30 MB.",
            ],
        ),
    ];
    for (width, height, bytes, expected) in table {
        assert_eq!(said(facts(width, height, bytes)), expected, "{width}×{height}, {bytes} bytes");
    }
}

#[test]
fn a_ratio_outside_is_never_shown_as_the_bound_itself() {
    for height in 301..=5_999_u32 {
        for width in [height * 2 / 5, height * 2 / 5 + 1, height * 5 / 2, height * 5 / 2 + 1] {
            for sentence in said(facts(width, height, 1)) {
                assert!(
                    !sentence.contains("image is 0.4:1") && !sentence.contains("image is 2.5:1"),
                    "{width}×{height}"
                );
            }
        }
    }
}

#[test]
fn a_format_the_model_does_not_take_is_named() {
    let mut limits = model().picture.clone();
    limits.formats = vec![PictureFormat::Jpeg, PictureFormat::Png];
    for format in [PictureFormat::Webp, PictureFormat::Bmp, PictureFormat::Tiff, PictureFormat::Gif] {
        let facts = PictureFacts { format, ..facts(1000, 1000, 1) };
        assert_eq!(facts.violations(&limits), [PictureViolation::Format { format }]);
        assert!(facts.violations(&model().picture).is_empty());
    }
}

#[test]
fn sizes_of_files_read_as_people_write_them() {
    for (bytes, text) in [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1 KB"),
        (96_400, "96 KB"),
        (4_200_000, "4.2 MB"),
        (4_000_000, "4 MB"),
        (9_960_000, "10 MB"),
        (30_000_000, "30 MB"),
        (41_000_000, "41 MB"),
        (2_000_000_000, "2 GB"),
        (2_147_483_648, "2.1 GB"),
    ] {
        assert_eq!(format_bytes(bytes), text);
    }
    for (value, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (2_001, "2,001"), (30_000_001, "30,000,001")] {
        assert_eq!(group_thousands(value), text);
    }
}

#[test]
fn a_size_just_below_a_unit_is_not_a_thousand_of_the_smaller_one() {
    assert_eq!(format_bytes(999_700), "1 MB");
    assert_eq!(format_bytes(999_499), "999 KB");
    assert_eq!(format_bytes(999_499_999), "999 MB");
    assert_eq!(format_bytes(999_500_000), "1 GB");
}

#[test]
fn ratios_have_names() {
    for (width, height, label) in [
        (1920, 1080, "16:9"),
        (1248, 704, "16:9"),
        (1080, 1920, "9:16"),
        (4032, 3024, "4:3"),
        (6000, 4000, "3:2"),
        (1000, 1000, "1:1"),
        (2176, 928, "21:9"),
        (1600, 500, "3.2:1"),
        (1000, 2400, "0.4167:1"),
    ] {
        assert_eq!(ratio_label(Size::new(width, height)), label, "{width}×{height}");
    }
}
