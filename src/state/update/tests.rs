//! What commands and events do, with no window, runtime or network.

use super::*;
use crate::domain::draft::{FrameChoice, Picture};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{PictureFacts, PictureFormat};
use crate::domain::generation::{Generation, GenerationId, HostRef, Status, UnixMillis};
use crate::domain::model::Size;
use crate::domain::request::ClipSettings;
use crate::domain::settings::ClipSound;
use crate::state::tasks::Posters;
use crate::state::{Fix, KeyState, SettingsCommand};

fn state() -> State {
    State::new(Settings::default(), 7)
}

fn picture(width: u32, height: u32, digest: u8) -> Picture {
    let facts = PictureFacts { format: PictureFormat::Png, size: Size::new(width, height), bytes: 1000 };
    Picture::new("a.png".into(), facts, false, [digest; 32])
}

/// Ends the read that an effect asked for.
fn finish_read(state: &mut State, effect: &Effect, picture: Picture) {
    let Effect::ReadPicture { slot, ticket, .. } = effect else { panic!("not a read: {effect:?}") };
    event(state, Event::PictureRead { slot: *slot, ticket: *ticket, result: Ok((picture, None)) });
}

fn generation(status: Status) -> Generation {
    let mut generation = Generation {
        host: HostRef { host: "novita".to_owned(), base_url: Some("https://api.novita.ai".to_owned()) },
        task_id: Some("t".to_owned()),
        seed_used: Some(5),
        ..Generation::sample("g1", status)
    };
    "A lake".clone_into(&mut generation.settings.prompt);
    generation
}

fn unknown() -> Status {
    Status::Unknown(Failure::new(FailureKind::OutcomeUnknown, "The connection dropped.", ""))
}

#[test]
fn two_files_fill_both_wells_in_order() {
    let mut state = state();
    let paths = vec!["one.png".into(), "two.png".into()];
    let effects = command(&mut state, Command::TakeFiles { paths, over: None });
    let slots: Vec<_> = effects
        .iter()
        .map(|effect| match effect {
            Effect::ReadPicture { slot, path, .. } => (*slot, path.to_string_lossy().into_owned()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(slots, [(FrameSlot::First, "one.png".to_owned()), (FrameSlot::Last, "two.png".to_owned())]);
}

#[test]
fn one_file_goes_to_the_well_under_it_else_to_the_next_empty_one() {
    let mut state = state();
    let place = |state: &mut State, over| {
        let effects = command(state, Command::TakeFiles { paths: vec!["a.png".into()], over });
        let Effect::ReadPicture { slot, .. } = effects[0] else { panic!() };
        finish_read(state, &effects[0], picture(1280, 720, 1));
        slot
    };
    assert_eq!(place(&mut state, Some(FrameSlot::Last)), FrameSlot::Last);
    assert_eq!(place(&mut state, None), FrameSlot::First);
    assert_eq!(place(&mut state, None), FrameSlot::Last);
}

#[test]
fn the_newest_drop_wins() {
    let mut state = state();
    let older = command(&mut state, Command::TakeFiles { paths: vec!["old.png".into()], over: Some(FrameSlot::First) });
    let newer = command(&mut state, Command::TakeFiles { paths: vec!["new.png".into()], over: Some(FrameSlot::First) });
    finish_read(&mut state, &newer[0], picture(1280, 720, 2));
    finish_read(&mut state, &older[0], picture(640, 480, 1));
    assert_eq!(state.draft.first.picture().map(|picture| picture.digest[0]), Some(2));
}

#[test]
fn generate_places_once_and_keeps_the_form() {
    let mut state = state();
    state.draft.first = FrameChoice::Ready(picture(1280, 720, 1));
    command(&mut state, Command::SetPrompt("Mist".to_owned()));
    let effects = command(&mut state, Command::Do(Action::Generate));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Place { host, .. } if host == "rehearsal")));
    assert_eq!(state.draft.settings.prompt, "Mist");
    assert!(command(&mut state, Command::Do(Action::Generate)).is_empty(), "the first is not stored yet");
    event(&mut state, Event::Placed(vec![GenerationId::new("g1")]));
    assert!(Action::Generate.is_available(&state));
}

#[test]
fn takes_of_a_locked_seed_count_up() {
    let mut state = state();
    state.draft.first = FrameChoice::Ready(picture(1280, 720, 1));
    command(&mut state, Command::SetSeed("41".to_owned()));
    command(&mut state, Command::ToggleSeedLock);
    command(&mut state, Command::SetTakes(3));
    let order = state.order().unwrap();
    let seeds: Vec<_> = order.requests().iter().map(|request| request.settings().seed).collect();
    assert_eq!(seeds, [41, 42, 43]);
    command(&mut state, Command::Do(Action::Generate));
    assert_eq!(state.draft.seed.text, "41", "a locked seed stays");
}

#[test]
fn the_dice_set_and_lock_a_legal_seed() {
    let mut state = state();
    let mut rolled = std::collections::BTreeSet::new();
    for _ in 0..50 {
        command(&mut state, Command::RollSeed);
        let seed = state.draft.seed.value().unwrap();
        assert!((0..=2_147_483_647).contains(&seed));
        rolled.insert(seed);
    }
    assert!(state.draft.seed.locked);
    assert_eq!(rolled.len(), 50);
}

#[test]
fn a_crop_that_was_accepted_holds_for_its_shape_alone() {
    let mut state = state();
    state.draft.first = FrameChoice::Ready(picture(1024, 768, 1));
    assert_eq!(state.advisories().len(), 2, "{:?}", state.advisories());
    command(&mut state, Command::Fix(Fix::AcceptCrop(FrameSlot::First)));
    assert_eq!(state.advisories().len(), 1, "only the softness is left");
    command(&mut state, Command::SetResolution("1080p".to_owned()));
    assert_eq!(state.advisories().len(), 1, "another size of the same shape was as good as seen");
    command(&mut state, Command::SetRatio("1:1".to_owned()));
    assert_eq!(state.advisories().len(), 2, "another output cuts differently: {:?}", state.advisories());
}

#[test]
fn without_a_key_the_paid_host_asks_for_one() {
    let mut state = state();
    state.draft.first = FrameChoice::Ready(picture(1280, 720, 1));
    command(&mut state, Command::SetHost("novita".to_owned()));
    event(&mut state, Event::KeyChanged { host: "novita".to_owned(), key: KeyState::Absent { trouble: None } });
    assert_eq!(state.blocked().as_deref(), Some("Add an API key in Settings."));
    command(&mut state, Command::SetHost("rehearsal".to_owned()));
    assert_eq!(state.blocked(), None);
}

#[test]
fn an_answer_for_another_host_changes_nothing() {
    let mut state = state();
    event(&mut state, Event::KeyChanged { host: "novita".to_owned(), key: KeyState::Absent { trouble: None } });
    assert_eq!(state.key, KeyState::Unknown);
}

#[test]
fn an_unknown_task_is_sent_again_only_after_a_question() {
    let mut state = state();
    event(&mut state, Event::Changed(Box::new(generation(unknown()))));
    let id = GenerationId::new("g1");
    assert!(command(&mut state, Command::Task(id.clone(), TaskCommand::Retry)).is_empty());
    assert!(command(&mut state, Command::Task(id.clone(), TaskCommand::SendAgain)).is_empty());
    assert_eq!(state.question, Some(Question::SendAgain(id.clone())));
    assert!(command(&mut state, Command::Answer(false)).is_empty());
    command(&mut state, Command::Task(id, TaskCommand::SendAgain));
    assert!(matches!(command(&mut state, Command::Answer(true))[..], [Effect::PlaceAgain { .. }]));
}

#[test]
fn only_settled_rows_are_removed() {
    let id = GenerationId::new("g1");
    for (status, asked) in [(unknown(), false), (Status::Queued, false), (Status::Stopped, false), (Status::Done, true)]
    {
        let mut state = state();
        event(&mut state, Event::Changed(Box::new(generation(status.clone()))));
        command(&mut state, Command::Task(id.clone(), TaskCommand::Remove));
        assert_eq!(state.question.is_some(), asked, "{status:?}");
    }
}

#[test]
fn closing_asks_while_something_is_sent() {
    let mut state = state();
    event(&mut state, Event::Changed(Box::new(generation(Status::Uploading))));
    assert!(!command(&mut state, Command::CloseRequested).iter().any(|effect| matches!(effect, Effect::CloseWindow)));
    assert_eq!(state.question, Some(Question::CloseWindow));
    assert!(matches!(command(&mut state, Command::Answer(true))[..], [Effect::CloseWindow]));
}

#[test]
fn a_finished_clip_is_told_once() {
    let mut state = state();
    event(&mut state, Event::Changed(Box::new(generation(Status::Downloading))));
    let effects = event(&mut state, Event::Changed(Box::new(generation(Status::Done))));
    assert!(matches!(&effects[..], [Effect::NotifyReady { name, .. }] if name == "A lake"));
    assert_eq!(state.toasts.shown()[0].text, "Clip ready: A lake");
    assert!(event(&mut state, Event::Changed(Box::new(generation(Status::Done)))).is_empty());
}

#[test]
fn an_error_is_not_pushed_out_by_good_news() {
    let mut state = state();
    complain(&mut state, "Failed", None);
    for text in ["One", "Two", "Three"] {
        say(&mut state, text, None);
    }
    let shown = |state: &State| state.toasts.shown().iter().map(|toast| toast.text.clone()).collect::<Vec<_>>();
    assert_eq!(shown(&state), ["Two", "Three"]);
    tick(&mut state, UnixMillis(6_000));
    assert_eq!(shown(&state), ["Failed"]);
}

#[test]
fn messages_leave_after_six_seconds_and_errors_stay() {
    let mut state = state();
    say(&mut state, "Saved", None);
    complain(&mut state, "Failed", None);
    tick(&mut state, UnixMillis(5_999));
    assert_eq!(state.toasts.shown().len(), 2);
    tick(&mut state, UnixMillis(6_000));
    assert_eq!(state.toasts.shown().iter().map(|toast| toast.text.as_str()).collect::<Vec<_>>(), ["Failed"]);
}

#[test]
fn the_pictures_of_one_task_are_kept_large() {
    let mut state = state();
    let ask = |state: &mut State, id: &str| command(state, Command::LoadStills(GenerationId::new(id))).len();
    assert_eq!((ask(&mut state, "a"), ask(&mut state, "a"), ask(&mut state, "b")), (1, 0, 1));
    let loaded = |id: &str| Event::StillsLoaded { id: GenerationId::new(id), first: None, last: None };
    event(&mut state, loaded("a"));
    assert!(matches!(&state.stills, Some((id, Posters::Loading)) if id.as_str() == "b"), "a comes too late");
    event(&mut state, loaded("b"));
    assert!(matches!(&state.stills, Some((_, Posters::Ready { .. }))));
}

#[test]
fn a_task_the_host_did_not_know_is_asked_after_and_not_bought_again() {
    let gone = Status::Failed(Failure::new(FailureKind::TaskGone, "It is not known.", ""));
    for ask in [TaskCommand::Retry, TaskCommand::PickUpAgain] {
        let mut state = state();
        state.tasks.load(vec![generation(gone.clone())]);
        let effects = command(&mut state, Command::Task(GenerationId::new("g1"), ask));
        assert!(matches!(&effects[..], [Effect::Follow { .. }]), "{effects:?}");
    }
}

#[test]
fn only_a_finished_clip_is_downloaded_again() {
    for (status, effects) in [(Status::Done, 1), (Status::Downloading, 0), (unknown(), 0)] {
        let mut state = state();
        state.tasks.load(vec![generation(status)]);
        let again = Command::Task(GenerationId::new("g1"), TaskCommand::DownloadAgain);
        let asked = command(&mut state, again);
        assert_eq!(asked.len(), effects);
        assert!(asked.iter().all(|effect| matches!(effect, Effect::DownloadAgain { .. })));
    }
}

#[test]
fn the_player_acts_only_where_there_is_a_clip() {
    let mut state = state();
    let players = || Action::ALL.into_iter().filter(|action| action.is_for_player() && action.is_built());
    assert!(players().all(|action| !action.is_available(&state)));
    state.tasks.load(vec![Generation { clip: Some("clip.mp4".into()), ..generation(Status::Done) }]);
    state.tasks.select(Some(GenerationId::new("g1")));
    assert!(players().all(|action| action.is_available(&state)));
    // What the player does is not the state's business.
    assert!(players().all(|action| command(&mut state, Command::Do(action)).is_empty()));
}

#[test]
fn no_two_actions_share_a_key() {
    let keys: Vec<_> = Action::ALL.into_iter().filter_map(|action| Some((action, action.shortcut()?))).collect();
    for (place, (action, key)) in keys.iter().enumerate() {
        let twin = keys[place + 1..].iter().find(|(_, other)| other == key);
        assert!(twin.is_none(), "{action:?} and {twin:?}");
    }
}

#[test]
fn the_takes_of_one_order_are_numbered_as_they_were_asked_for() {
    let mut state = state();
    let row = |id: &str, created: i64, seed: i64, status: Status| Generation {
        id: GenerationId::new(id),
        created: UnixMillis(created),
        settings: ClipSettings { seed, ..generation(Status::Done).settings },
        clip: (status == Status::Done).then(|| "clip.mp4".into()),
        ..generation(status)
    };
    let other = Generation { settings: generation(Status::Done).settings, ..row("other", 7, -1, Status::Done) };
    let other = Generation { settings: ClipSettings { prompt: "A hill".to_owned(), ..other.settings }, ..other };
    for row in [
        row("before", 6, 5, Status::Done),
        row("one", 7, 5, Status::Done),
        row("two", 7, 6, Status::Uploading),
        row("three", 7, 7, Status::Done),
        other,
    ] {
        event(&mut state, Event::Changed(Box::new(row)));
    }
    let takes = |state: &State, id: &str| -> Vec<(usize, String)> {
        let of = state.tasks.get(&GenerationId::new(id)).unwrap();
        state.tasks.takes(of).into_iter().map(|(number, row)| (number, row.id.as_str().to_owned())).collect()
    };
    let wanted = vec![(1, "one".to_owned()), (3, "three".to_owned())];
    assert_eq!((takes(&state, "one"), takes(&state, "two")), (wanted.clone(), wanted));
    assert_eq!(takes(&state, "before"), [(1, "before".to_owned())]);
    assert_eq!(takes(&state, "other"), [(1, "other".to_owned())]);
}

#[test]
fn whoever_turns_the_volume_hears_it_and_it_is_remembered() {
    let mut state = state();
    for (change, sound) in [
        (SettingsCommand::SetMuted(true), ClipSound { muted: true, volume: 80 }),
        (SettingsCommand::SetVolume(140), ClipSound { muted: false, volume: 100 }),
        (SettingsCommand::SetVolume(0), ClipSound { muted: false, volume: 0 }),
    ] {
        let effects = command(&mut state, Command::Settings(change));
        assert_eq!(state.settings.clip_sound, sound);
        assert!(matches!(&effects[..], [Effect::SaveSettings { settings }] if settings.clip_sound == sound));
    }
}
