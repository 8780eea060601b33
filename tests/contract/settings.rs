//! Settings of a request: what is allowed, and what is said where it is not.

use inbetween::domain::request::{ClipSettings, GenerationRequest};

use crate::model;

fn check(change: impl FnOnce(&mut ClipSettings)) -> Result<GenerationRequest, Vec<String>> {
    let mut settings = ClipSettings::defaults(model());
    change(&mut settings);
    GenerationRequest::check(settings, model()).map_err(|found| found.iter().map(ToString::to_string).collect())
}

#[test]
fn every_documented_value_is_accepted_with_its_exact_size() {
    let table = [
        ("480p", [(960, 416), (864, 480), (736, 544), (640, 640), (544, 736), (480, 864)]),
        ("720p", [(1504, 640), (1248, 704), (1120, 832), (960, 960), (832, 1120), (704, 1248)]),
        ("1080p", [(2176, 928), (1920, 1088), (1664, 1248), (1440, 1440), (1248, 1664), (1088, 1920)]),
    ];
    for (resolution, sizes) in table {
        for (ratio, size) in ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"].into_iter().zip(sizes) {
            for (duration, frames) in [(5, 120), (10, 240)] {
                let request = check(|settings| {
                    settings.resolution = resolution.into();
                    settings.ratio = ratio.into();
                    settings.duration = duration;
                })
                .unwrap();
                assert_eq!(<(u32, u32)>::from(request.output()), size, "{resolution} {ratio}");
                assert_eq!((request.fps(), request.frame_count()), (24, frames));
            }
        }
    }
}

#[test]
fn other_values_are_named_with_those_on_offer() {
    let refused = check(|settings| settings.resolution = "4k".into()).unwrap_err();
    assert_eq!(refused, ["Resolution 4k is not offered; choose one of 480p, 720p, 1080p."]);
    let refused = check(|settings| settings.ratio = "2:1".into()).unwrap_err();
    assert_eq!(refused, ["Aspect ratio 2:1 is not offered; choose one of 21:9, 16:9, 4:3, 1:1, 3:4, 9:16."]);
    for duration in [0, 4, 6, 9, 11, u32::MAX] {
        let refused = check(|settings| settings.duration = duration).unwrap_err();
        assert_eq!(refused, [format!("Duration {duration} is not offered; choose one of 5, 10.")]);
    }
    let all = check(|settings| {
        settings.resolution = String::new();
        settings.ratio = String::new();
        settings.duration = 1;
        settings.seed = -2;
        settings.prompt = "x".repeat(2_001);
    });
    assert_eq!(all.unwrap_err().len(), 5);
}

#[test]
fn a_seed_is_minus_one_to_the_largest() {
    for seed in [-1, 0, 1, 2_147_483_647] {
        assert_eq!(check(|settings| settings.seed = seed).unwrap().settings().seed, seed);
    }
    for seed in [-2, 2_147_483_648, i64::MIN, i64::MAX] {
        let refused = check(|settings| settings.seed = seed).unwrap_err();
        assert_eq!(refused, ["Seed must be between -1 and 2147483647."], "{seed}");
    }
}

#[test]
fn a_prompt_is_counted_in_characters_whatever_its_script() {
    // One character each, of one to four bytes.
    for character in ["a", "é", "雪", "🎈"] {
        let longest = character.repeat(2_000);
        assert_eq!(check(|settings| settings.prompt.clone_from(&longest)).unwrap().settings().prompt, longest);
        let refused = check(|settings| settings.prompt = character.repeat(2_001)).unwrap_err();
        assert_eq!(refused, ["Prompt has 2,001 characters; the limit is 2,000."]);
    }
    // A letter and the accent over it are two.
    assert!(check(|settings| settings.prompt = "e\u{301}".repeat(1_000)).is_ok());
    assert!(check(|settings| settings.prompt = "e\u{301}".repeat(1_000) + "e").is_err());
    assert!(check(|settings| settings.prompt = String::new()).is_ok());
}
