//! The whole form: what blocks, what only deserves a word, and what is sent when it passes.

use inbetween::domain::draft::{
    Backdrop, Draft, Expected, FilePlan, FrameChoice, FramePlan, Picture, Source, Treatment,
};
use inbetween::domain::frame::{Crop, FrameSlot};
use inbetween::domain::model::Size;

use crate::{facts, model, picture};

fn draft(first: Option<Picture>, last: Option<Picture>) -> Draft {
    let mut draft = Draft::new(model());
    draft.first = first.map_or(FrameChoice::Empty, FrameChoice::Ready);
    draft.last = last.map_or(FrameChoice::Empty, FrameChoice::Ready);
    draft
}

fn file(plan: &FramePlan) -> &FilePlan {
    match plan {
        FramePlan::File(plan) => plan,
        FramePlan::Address(url) => panic!("{url}"),
    }
}

fn reasons(draft: &Draft) -> Vec<(String, String)> {
    let found = draft.check(model()).unwrap_err();
    found.iter().map(|violation| (violation.to_string(), violation.reason())).collect()
}

fn words(draft: &Draft) -> Vec<(FrameSlot, String)> {
    draft.advisories(model()).iter().map(|advisory| (advisory.slot(), advisory.to_string())).collect()
}

#[test]
fn what_blocks_is_said_beside_the_button_and_in_full() {
    let small = || Picture { facts: facts(280, 400, 1), ..picture(280, 400) };
    let mut reading = draft(None, Some(picture(1920, 1080)));
    reading.first =
        FrameChoice::Reading { source: Source::File("a.png".into()), facts: None, expected: Expected::default() };
    let mut unreadable = draft(None, None);
    let reason = "This file could not be read as an image.".to_owned();
    unreadable.first =
        FrameChoice::Unreadable { source: Source::File("a.png".into()), reason, expected: Expected::default() };
    let mut wordy = draft(Some(picture(1920, 1080)), None);
    wordy.settings.prompt = "x".repeat(2_001);
    let mut seeded = draft(Some(picture(1920, 1080)), None);
    seeded.seed.text = "twelve".into();
    let table = [
        (draft(None, None), "Add a first frame to generate.", "Add a first frame to generate."),
        (reading, "First frame is still being read.", "Reading the first frame…"),
        (unreadable, "First frame: This file could not be read as an image.", "Fix the first frame to generate."),
        (
            draft(Some(picture(1920, 1080)), Some(small())),
            "Last frame: Shorter side is 280 px; it must be greater than 300 px.",
            "Fix the last frame to generate.",
        ),
        (wordy, "Prompt has 2,001 characters; the limit is 2,000.", "Shorten the prompt to 2000 characters."),
        (seeded, "Seed must be between -1 and 2147483647.", "Seed must be between -1 and 2147483647."),
    ];
    for (draft, sentence, reason) in table {
        assert_eq!(reasons(&draft), [(sentence.to_owned(), reason.to_owned())]);
    }
}

#[test]
fn a_model_without_a_last_frame_says_so() {
    let mut model = model().clone();
    model.request.last_image_key = None;
    let found = draft(Some(picture(1920, 1080)), Some(picture(1920, 1080))).check(&model).unwrap_err();
    assert_eq!(found[0].to_string(), "This model has no last frame.");
    assert!(draft(Some(picture(1920, 1080)), None).check(&model).is_ok());
}

#[test]
fn a_locked_seed_goes_up_by_one_a_take_and_stays_in_range() {
    let mut draft = draft(Some(picture(1920, 1080)), None);
    let seeds = |draft: &Draft| -> Vec<i64> {
        draft.check(model()).unwrap().requests().iter().map(|request| request.settings().seed).collect()
    };
    draft.takes = 3;
    assert_eq!(seeds(&draft), [-1, -1, -1]);
    draft.seed.text = " 48213907 ".into();
    assert_eq!(seeds(&draft), [48_213_907, 48_213_908, 48_213_909]);
    draft.seed.text = "2147483645".into();
    assert_eq!(seeds(&draft), [2_147_483_645, 2_147_483_646, 2_147_483_647]);
    draft.seed.text = "2147483646".into();
    assert_eq!(reasons(&draft)[0].0, "Seed must be between -1 and 2147483647.");
    draft.takes = 9;
    draft.seed.text = "0".into();
    assert_eq!(seeds(&draft), [0, 1, 2, 3]);
    for text in ["9223372036854775807", "-9223372036854775808", "99999999999999999999", "-2"] {
        draft.seed.text = text.into();
        assert_eq!(reasons(&draft)[0].0, "Seed must be between -1 and 2147483647.", "{text}");
    }
}

#[test]
fn words_of_caution_are_those_of_the_design() {
    let mut clear = picture(1920, 1080);
    clear.transparent = true;
    let (first, last) = (FrameSlot::First, FrameSlot::Last);
    let table: [(Draft, &[(FrameSlot, &str)]); 8] = [
        (draft(Some(picture(1920, 1080)), Some(picture(3840, 2160))), &[]),
        (
            draft(Some(picture(1920, 1080)), Some(picture(4032, 3024))),
            &[(last, "Last frame is 4:3; it will be cropped to match the first frame.")],
        ),
        (draft(Some(picture(3000, 2000)), None), &[(first, "First frame is 3:2; it will be cropped to 16:9.")]),
        (
            draft(Some(picture(1920, 1080)), Some(picture(3024, 4032))),
            &[(last, "Last frame is portrait and the first is landscape; most of it will be cut.")],
        ),
        (draft(Some(picture(864, 486)), None), &[(first, "First frame is smaller than the output; it may look soft.")]),
        (
            draft(Some(picture(1920, 1080)), Some(picture(1920, 1080))),
            &[(last, "Both frames are the same image; the clip may barely move.")],
        ),
        (draft(Some(clear), None), &[(first, "Transparent areas will turn black.")]),
        (draft(Some(Picture { facts: facts(280, 400, 1), ..picture(280, 400) }), None), &[]),
    ];
    for (draft, expected) in table {
        let expected: Vec<_> = expected.iter().map(|(slot, text)| (*slot, (*text).to_owned())).collect();
        assert_eq!(words(&draft), expected);
    }
}

#[test]
fn accepting_the_shown_crop_clears_its_warning_until_the_output_changes() {
    let mut draft = draft(Some(picture(3000, 2000)), None);
    let output = draft.output(model()).unwrap();
    let shown = Crop::centred(Size::new(3000, 2000), output);
    draft.first.picture_mut().unwrap().accepted_crop = Some((shown, output));
    assert!(words(&draft).is_empty());
    draft.settings.ratio = "1:1".into();
    assert_eq!(words(&draft)[0].1, "First frame is 3:2; it will be cropped to 1:1.");
    draft.send_original = true;
    assert!(words(&draft).is_empty());
}

#[test]
fn what_passes_says_how_each_picture_is_sent() {
    let mut draft = draft(Some(picture(3000, 2000)), Some(picture(1920, 1080)));
    draft.last.picture_mut().unwrap().backdrop = Some(Backdrop::White);
    let order = draft.check(model()).unwrap();
    let size = Size::new(1248, 704);
    let treatment = |width, height, backdrop| Treatment::Prepared {
        crop: Crop::centred(Size::new(width, height), size),
        size,
        backdrop,
    };
    assert_eq!(file(order.first()).treatment, treatment(3000, 2000, Backdrop::Black));
    assert_eq!(file(order.last().unwrap()).treatment, treatment(1920, 1080, Backdrop::White));
    assert_eq!(file(order.first()).digest, picture(3000, 2000).digest);
    draft.send_original = true;
    let order = draft.check(model()).unwrap();
    assert_eq!(file(order.first()).treatment, Treatment::Original);
    assert_eq!(file(order.last().unwrap()).treatment, Treatment::Original);
}
