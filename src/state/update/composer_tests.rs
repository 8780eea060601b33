//! What the composer's commands and the answers to them do.

use super::*;
use crate::domain::draft::{Expected, FrameChoice, Picture, Treated};
use crate::domain::frame::{Crop, PictureFacts, PictureFormat};
use crate::domain::model::Size;
use crate::domain::origin::Recalled;
use crate::domain::price::Price;
use crate::state::{CopyChange, Fix};

fn state() -> State {
    State::new(Settings::default(), 7)
}

fn facts(width: u32, height: u32) -> PictureFacts {
    PictureFacts { format: PictureFormat::Png, size: Size::new(width, height), bytes: 1000 }
}

fn picture(width: u32, height: u32) -> Picture {
    Picture::new(format!("{width}x{height}.png").into(), facts(width, height), false, [width as u8; 32])
}

fn with_first(width: u32, height: u32) -> State {
    let mut state = state();
    for slot in FrameSlot::BOTH {
        state.tickets.issue(slot);
    }
    state.draft.first = FrameChoice::Ready(picture(width, height));
    state
}

fn take(state: &mut State, names: &[&str]) -> Vec<Effect> {
    let paths = names.iter().map(Into::into).collect();
    command(state, Command::TakeFiles { paths, over: None })
}

#[test]
fn the_header_is_shown_while_the_pixels_are_still_to_come() {
    let mut state = state();
    let effects = take(&mut state, &["lake.png"]);
    let Effect::ReadPicture { slot, ticket, .. } = effects[0] else { panic!("{effects:?}") };
    event(&mut state, Event::PictureSeen { slot, ticket: ticket + 1, facts: facts(9, 9) });
    assert_eq!(state.draft.first.facts(), None, "an answer to another read");
    event(&mut state, Event::PictureSeen { slot, ticket, facts: facts(4032, 3024) });
    assert_eq!(state.draft.first.facts(), Some(&facts(4032, 3024)));
    assert!(state.blocked().is_some(), "it cannot be sent before it is read");
}

#[test]
fn auto_is_the_ratio_nearest_to_the_first_frame() {
    for (width, height, ratio) in [(4032, 3024, "4:3"), (3000, 1300, "21:9"), (1000, 1010, "1:1"), (1080, 1920, "9:16")]
    {
        let mut state = with_first(width, height);
        command(&mut state, Command::SetRatio("auto".to_owned()));
        assert_eq!(state.draft.ratio(state.model()), ratio);
        let order = state.order().unwrap();
        assert_eq!(order.requests()[0].settings().ratio, ratio, "what is sent is a ratio of the contract");
    }
    let mut state = state();
    command(&mut state, Command::SetRatio("auto".to_owned()));
    assert_eq!(state.draft.ratio(state.model()), "16:9", "with no picture the last chosen one holds");
}

#[test]
fn a_ratio_that_cuts_less_is_offered_for_the_first_frame_alone() {
    let mut state = with_first(4032, 3024);
    state.draft.last = FrameChoice::Ready(picture(3000, 2250));
    let nearest: Vec<_> = state
        .advisories()
        .into_iter()
        .filter_map(|found| match found {
            crate::domain::advisory::Advisory::Crop { slot, nearest, .. } => Some((slot, nearest)),
            _ => None,
        })
        .collect();
    assert_eq!(nearest, [(FrameSlot::First, Some("4:3".to_owned())), (FrameSlot::Last, None)]);
    command(&mut state, Command::Fix(Fix::UseRatio("4:3".to_owned())));
    assert!(state.advisories().is_empty(), "{:?}", state.advisories());
}

#[test]
fn a_drawn_crop_is_what_is_sent_and_comes_back_after_a_restart() {
    let mut state = with_first(4032, 3024);
    let crop = Crop { x: 100, y: 50, width: 3546, height: 2000 };
    let effects = command(&mut state, Command::Fix(Fix::SetCrop(FrameSlot::First, crop)));
    let Effect::SaveSettings { settings } = &effects[0] else { panic!("{effects:?}") };
    let mut again = State::new((**settings).clone(), 7);
    let effects = start(&mut again);
    let read = effects.iter().find_map(|effect| match effect {
        Effect::ReadPicture { slot, ticket, .. } => Some((*slot, *ticket)),
        _ => None,
    });
    let (slot, ticket) = read.unwrap();
    event(&mut again, Event::PictureRead { slot, ticket, result: Ok((picture(4032, 3024), None)) });
    assert_eq!(again.order().unwrap(), state.order().unwrap());
}

#[test]
fn a_remembered_crop_that_lies_outside_another_picture_is_forgotten() {
    let mut small = picture(640, 480);
    let crop = Crop { x: 600, y: 0, width: 41, height: 20 };
    small.treat(Treated { crop: Some((crop, Size::new(1248, 704))), backdrop: None });
    assert_eq!(small.accepted_crop, None);
}

#[test]
fn a_copy_takes_the_pictures_place_unless_another_picture_has() {
    let mut state = with_first(8192, 4096);
    let fix = Command::Fix(Fix::Copy(FrameSlot::First, CopyChange::ScaleDown));
    let effects = command(&mut state, fix.clone());
    let Effect::CopyPicture { slot, ticket, limits, .. } = effects[0] else { panic!("{effects:?}") };
    assert_eq!(limits.longer_side_under, 6000);
    assert!(command(&mut state, fix).is_empty(), "one copy at a time");
    assert!(state.draft.first.picture().is_some(), "the picture stays until the copy is there");
    let done = Event::PictureCopied { slot, ticket, result: Ok("copy.png".into()) };
    let effects = event(&mut state, done.clone());
    assert!(matches!(&effects[0], Effect::ReadPicture { path, .. } if path.to_str() == Some("copy.png")));
    assert!(event(&mut state, done).is_empty(), "the copy itself is being read now");
}

#[test]
fn a_copy_that_fails_says_why_and_keeps_the_picture() {
    let mut state = with_first(8192, 4096);
    let effects = command(&mut state, Command::Fix(Fix::Copy(FrameSlot::First, CopyChange::Smaller)));
    let Effect::CopyPicture { slot, ticket, .. } = effects[0] else { panic!() };
    event(&mut state, Event::PictureCopied { slot, ticket, result: Err("The disk is full.".to_owned()) });
    assert_eq!(state.toasts.shown()[0].text, "The disk is full.");
    assert!(state.draft.first.picture().is_some() && state.copying.is_empty());
}

#[test]
fn the_crop_of_a_picture_too_wide_for_any_host_is_cut_out_of_it() {
    let mut state = with_first(3200, 1000);
    let effects = command(&mut state, Command::Fix(Fix::AcceptCrop(FrameSlot::First)));
    let Effect::CopyPicture { change: CopyChange::Crop(crop), .. } = effects[0] else { panic!("{effects:?}") };
    assert_eq!((crop.width, crop.height), (1773, 1000));
}

#[test]
fn an_address_is_fetched_or_left_to_the_host() {
    let mut state = state();
    let take = |state: &mut State, url: &str, fetch| {
        command(state, Command::TakeAddress { url: url.to_owned(), slot: FrameSlot::First, fetch })
    };
    assert!(take(&mut state, "ftp://example.org/a.png", true).is_empty());
    assert_eq!(state.toasts.shown()[0].text, "An image address starts with https:// or http://.");
    take(&mut state, "https://example.org/a.png", false);
    assert_eq!(state.blocked(), None, "there is nothing to judge, so nothing blocks");
    let effects = take(&mut state, " https://example.org/b.png ", true);
    let Effect::FetchPicture { slot, ticket, url } = effects[0].clone() else { panic!("{effects:?}") };
    event(&mut state, Event::PictureFetched { slot, ticket, url, result: Ok("b.png".into()) });
    event(&mut state, Event::PictureRead { slot, ticket, result: Ok((picture(1280, 720), None)) });
    let address = |state: &State| matches!(state.order().unwrap().first(), crate::domain::draft::FramePlan::Address(_));
    assert!(!address(&state));
    command(&mut state, Command::SetSendOriginal(true));
    assert!(address(&state), "as it is means by its address");
    assert!(state.settings.recent_pictures.is_empty(), "a fetched copy is no picture of the user's");
}

#[test]
fn more_than_two_pictures_become_a_batch_with_one_price() {
    let mut state = state();
    let effects = take(&mut state, &["a.png", "b.png", "c.png"]);
    assert!(matches!(effects[..], [Effect::ListPictures { .. }]));
    let paths = vec!["a.png".into(), "b.png".into(), "c.png".into()];
    let effects = event(&mut state, Event::PicturesListed { paths, over: None });
    assert_eq!((effects.len(), state.sheet), (3, Some(Sheet::Batch)));
    command(&mut state, Command::SetHost("novita".to_owned()));
    for (effect, size) in effects.iter().zip([(1280, 720), (100, 100), (1920, 1080)]) {
        let Effect::ReadBatch { batch, path } = effect else { panic!("{effect:?}") };
        let result = Ok((picture(size.0, size.1), None));
        event(&mut state, Event::BatchRead { batch: *batch, path: path.clone(), result });
    }
    command(&mut state, Command::SetTakes(2));
    let offer = state.batch_offer().unwrap();
    assert_eq!((offer.clips, offer.price), (4, Price::About { takes: 4, total: crate::domain::price::Cents(104) }));
    let trouble = offer.orders[1].as_ref().err().map(String::as_str);
    assert_eq!(trouble, Some("Shorter side is 100 px; it must be greater than 300 px."));
    let placed = command(&mut state, Command::Batch(BatchCommand::Generate));
    assert_eq!(placed.iter().filter(|effect| matches!(effect, Effect::Place { .. })).count(), 2);
    assert_eq!(state.sheet, None);
    assert!(command(&mut state, Command::Batch(BatchCommand::Generate)).is_empty(), "confirmed once");
}

#[test]
fn a_batch_can_be_thinned_out_and_left() {
    let mut state = state();
    let paths = vec!["a.png".into(), "b.png".into(), "c.png".into()];
    event(&mut state, Event::PicturesListed { paths, over: None });
    command(&mut state, Command::Batch(BatchCommand::Remove(1)));
    let left: Vec<_> = state.batch.as_ref().unwrap().items.iter().map(|item| item.path.clone()).collect();
    assert_eq!(left, [std::path::PathBuf::from("a.png"), "c.png".into()]);
    let late = Event::BatchRead { batch: 1, path: "b.png".into(), result: Ok((picture(1280, 720), None)) };
    event(&mut state, late);
    assert!(state.batch.as_ref().unwrap().is_reading(), "the answer for what was taken out is for nobody");
    command(&mut state, Command::Do(Action::CloseTop));
    assert_eq!((state.sheet, state.batch.as_ref().map(|batch| batch.items.len())), (None, Some(0)));
}

#[test]
fn a_folder_with_one_picture_fills_a_well() {
    let mut state = state();
    assert!(matches!(take(&mut state, &["holidays"])[..], [Effect::ListPictures { .. }]));
    let listed = Event::PicturesListed { paths: vec!["holidays/a.png".into()], over: None };
    assert!(matches!(event(&mut state, listed)[..], [Effect::ReadPicture { slot: FrameSlot::First, .. }]));
}

#[test]
fn a_cleared_form_can_be_had_back() {
    let mut state = with_first(1280, 720);
    command(&mut state, Command::SetPrompt("Mist".to_owned()));
    let before = state.draft.clone();
    command(&mut state, Command::Do(Action::ClearForm));
    assert!(state.draft.first.is_empty() && state.draft.settings.prompt.is_empty());
    let toast = state.toasts.shown()[0].clone();
    command(&mut state, Command::ToastAction(toast.number, toast.action.unwrap()));
    assert_eq!(state.draft, before);
}

#[test]
fn presets_have_names_and_one_text_each() {
    let mut state = state();
    command(&mut state, Command::SavePreset("Dawn".to_owned()));
    assert!(state.settings.presets.is_empty(), "there is nothing to keep");
    for prompt in ["Mist", "More mist"] {
        command(&mut state, Command::SetPrompt(prompt.to_owned()));
        command(&mut state, Command::SavePreset(" Dawn ".to_owned()));
    }
    assert_eq!(state.settings.presets.len(), 1);
    assert_eq!(state.settings.presets[0].prompt, "More mist");
    command(&mut state, Command::RemovePreset("Dawn".to_owned()));
    assert!(state.settings.presets.is_empty());
}

#[test]
fn pictures_used_last_come_first_and_once() {
    let mut state = state();
    for name in ["a.png", "b.png", "a.png"] {
        let effects =
            command(&mut state, Command::TakeFiles { paths: vec![name.into()], over: Some(FrameSlot::First) });
        let Effect::ReadPicture { slot, ticket, path } = effects[0].clone() else { panic!() };
        let read = Picture { path, ..picture(1280, 720) };
        event(&mut state, Event::PictureRead { slot, ticket, result: Ok((read, None)) });
    }
    assert_eq!(state.settings.recent_pictures, [std::path::PathBuf::from("a.png"), "b.png".into()]);
}

#[test]
fn how_a_task_sent_its_pictures_comes_back_with_its_settings() {
    let mut state = state();
    let address = Recalled::Address("https://example.org/a.png".to_owned());
    event(
        &mut state,
        Event::FramesRecalled { first: Some(address), last: None, gone: Vec::new(), original: Some(true) },
    );
    assert!(state.draft.send_original);
    assert!(matches!(&state.draft.first, FrameChoice::Address { url } if url == "https://example.org/a.png"));
    let file = Recalled::File { path: "a.png".into(), expected: Expected::default() };
    event(&mut state, Event::FramesRecalled { first: Some(file), last: None, gone: Vec::new(), original: Some(false) });
    assert!(!state.draft.send_original);
    assert!(matches!(state.draft.first, FrameChoice::Reading { .. }));
}

#[test]
fn what_was_being_read_when_the_form_was_cleared_is_read_again() {
    let mut state = state();
    take(&mut state, &["slow.png"]);
    command(&mut state, Command::Do(Action::ClearForm));
    let toast = state.toasts.shown()[0].clone();
    let effects = command(&mut state, Command::ToastAction(toast.number, toast.action.unwrap()));
    let Effect::ReadPicture { slot, ticket, path } = effects[0].clone() else { panic!("{effects:?}") };
    assert_eq!(path.to_str(), Some("slow.png"));
    event(&mut state, Event::PictureRead { slot, ticket, result: Ok((picture(1280, 720), None)) });
    assert_eq!(state.blocked(), None);
}

#[test]
fn a_large_view_left_without_a_yes_changes_nothing() {
    let mut state = with_first(4032, 3024);
    let slot = FrameSlot::First;
    let crop = Crop { x: 100, y: 50, width: 3546, height: 2000 };
    for (leave, expected) in [(Command::Do(Action::CloseTop), None), (Command::Fix(Fix::AcceptCrop(slot)), Some(crop))]
    {
        command(&mut state, Command::Fix(Fix::AdjustCrop(slot)));
        command(&mut state, Command::Fix(Fix::SetCrop(slot, crop)));
        command(&mut state, leave);
        assert_eq!(state.sheet, None);
        assert_eq!(state.draft.first.picture().unwrap().accepted_crop.map(|(crop, _)| crop), expected);
    }
}

#[test]
fn a_picture_that_cannot_be_read_now_is_not_forgotten() {
    let mut state = state();
    let effects = take(&mut state, &["usb.png"]);
    let Effect::ReadPicture { slot, ticket, .. } = effects[0] else { panic!() };
    event(&mut state, Event::PictureRead { slot, ticket, result: Err("This file is not there any more.".to_owned()) });
    let effects = command(&mut state, Command::SetPrompt("Mist".to_owned()));
    let Effect::SaveSettings { settings } = &effects[0] else { panic!("{effects:?}") };
    let kept = settings.form.first.as_ref().and_then(|kept| kept.path.clone());
    assert_eq!(kept, Some("usb.png".into()));
}

#[test]
fn a_copy_goes_where_its_picture_went() {
    let mut state = with_first(8192, 4096);
    let fix = Command::Fix(Fix::Copy(FrameSlot::First, CopyChange::ScaleDown));
    let effects = command(&mut state, fix);
    let Effect::CopyPicture { ticket, .. } = effects[0] else { panic!() };
    command(&mut state, Command::Do(Action::SwapFrames));
    assert_eq!(state.copying, [FrameSlot::Last]);
    let done = Event::PictureCopied { slot: FrameSlot::First, ticket, result: Ok("copy.png".into()) };
    let effects = event(&mut state, done);
    assert!(matches!(effects[..], [Effect::ReadPicture { slot: FrameSlot::Last, .. }]), "{effects:?}");
    assert!(state.copying.is_empty());
}

#[test]
fn a_crop_for_no_size_at_all_is_forgotten() {
    let mut read = picture(1280, 720);
    let crop = Crop { x: 0, y: 0, width: 900, height: 500 };
    read.treat(Treated { crop: Some((crop, Size::new(0, 0))), backdrop: None });
    assert_eq!(read.accepted_crop, None);
}
