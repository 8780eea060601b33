use super::*;
use crate::domain::draft::{FrameChoice, Picture};
use crate::domain::frame::{Crop, FrameSlot, PictureFacts, PictureFormat};
use crate::domain::generation::{GenerationId, UnixMillis};
use crate::domain::model::Size;
use crate::domain::origin::{Origin, Recalled};
use crate::domain::price::Cents;
use crate::domain::settings::Settings;
use crate::domain::spend::{AlreadyHave, Charge, Found, LocalDay, OverCap, SpendEntry, Spent, Standing};
use crate::state::money::Held;
use crate::state::update::{command, event};
use crate::state::{Action, Command, SettingsCommand};

fn picture() -> Picture {
    let facts = PictureFacts { format: PictureFormat::Png, size: Size::new(1024, 768), bytes: 1000 };
    Picture::new("a.png".into(), facts, false, [1; 32])
}

fn state() -> State {
    let mut state = State::new(Settings::default(), 7);
    state.draft.first = FrameChoice::Ready(picture());
    command(&mut state, Command::SetHost("novita".to_owned()));
    state
}

fn over() -> Hold {
    Hold::OverCap(OverCap { spent: Spent { cents: 520, unpriced: 0 }, cap: Cents(500) })
}

fn have(id: &str) -> Hold {
    let found = Found { take: 1, id: GenerationId::new(id), standing: Standing::Finished, clip: None };
    Hold::AlreadyHave(AlreadyHave { found: vec![found], takes: 1 })
}

fn held(why: Hold, consent: Consent) -> Event {
    Event::Held(Box::new(Held { wish: Wish::Again { of: GenerationId::new("g1") }, consent, why }))
}

/// The consent of the one order that is placed.
fn placed(effects: &[Effect]) -> Option<Consent> {
    let consents: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Place { consent, .. } | Effect::PlaceAgain { consent, .. } => Some(*consent),
            _ => None,
        })
        .collect();
    assert!(consents.len() < 2, "{effects:?}");
    consents.first().copied()
}

#[test]
fn nothing_is_agreed_to_beforehand() {
    let mut state = state();
    assert_eq!(placed(&command(&mut state, Command::Do(Action::Generate))), Some(Consent::default()));
    assert!(placed(&command(&mut state, Command::Do(Action::Generate))).is_none(), "the first is being weighed");
}

#[test]
fn a_day_over_its_limit_asks_and_generates_anyway() {
    let mut state = state();
    command(&mut state, Command::Do(Action::Generate));
    assert!(event(&mut state, held(over(), Consent::default())).is_empty());
    assert_eq!(state.question, Some(Question::Held(over())));
    assert_eq!(state.placing, 0, "nothing is being placed while it is asked");
    let effects = command(&mut state, Command::Answer(true));
    assert_eq!(placed(&effects), Some(Consent { over_cap: true, again: false }));
    assert_eq!((state.placing, state.question), (1, None));
}

#[test]
fn cancel_places_nothing() {
    for answer in [Command::Answer(false), Command::Do(Action::CloseTop)] {
        let mut state = state();
        command(&mut state, Command::Do(Action::Generate));
        event(&mut state, held(over(), Consent::default()));
        assert!(command(&mut state, answer).is_empty());
        assert_eq!((state.placing, &state.question, state.money.held.len()), (0, &None, 0));
        assert!(Action::Generate.is_available(&state), "{:?}", state.blocked());
    }
}

#[test]
fn a_clip_that_is_there_is_shown_or_made_again_and_what_was_agreed_stays_agreed() {
    let mut state = state();
    let agreed = Consent { over_cap: true, again: false };
    event(&mut state, held(have("old"), agreed));
    let effects = command(&mut state, Command::Answer(true));
    assert_eq!(placed(&effects), Some(Consent { over_cap: true, again: true }));

    event(&mut state, held(have("old"), agreed));
    assert!(command(&mut state, Command::Answer(false)).is_empty());
    // The task list of this test is empty, so the selection names nobody; what is asked is over.
    assert_eq!((&state.question, state.money.held.len()), (&None, 0));
}

#[test]
fn orders_that_wait_are_asked_about_one_after_the_other() {
    let mut state = state();
    event(&mut state, held(over(), Consent::default()));
    event(&mut state, held(have("old"), Consent::default()));
    assert_eq!(state.question, Some(Question::Held(over())));
    assert!(placed(&command(&mut state, Command::Answer(true))).is_some());
    assert_eq!(state.question, Some(Question::Held(have("old"))));
    assert_eq!(placed(&command(&mut state, Command::Answer(true))), None, "the second press of a double click");
    state.now = UnixMillis(state.now.0 + 1_000);
    assert!(placed(&command(&mut state, Command::Answer(true))).is_some_and(|consent| consent.again));
    assert_eq!(state.question, None);
}

#[test]
fn an_order_waits_for_the_question_that_is_open() {
    let mut state = state();
    for answer in [Command::Answer(false), Command::Do(Action::CloseTop)] {
        state.money.held.clear();
        state.question = Some(Question::Remove(GenerationId::new("x")));
        event(&mut state, held(over(), Consent::default()));
        assert!(matches!(state.question, Some(Question::Remove(_))));
        command(&mut state, answer);
        assert_eq!(state.question, Some(Question::Held(over())));
    }
}

#[test]
fn sending_an_unknown_task_again_was_agreed_to_and_the_limit_of_the_day_was_not() {
    let mut state = state();
    state.question = Some(Question::SendAgain(GenerationId::new("g1")));
    let effects = command(&mut state, Command::Answer(true));
    assert_eq!(placed(&effects), Some(Consent { over_cap: false, again: true }));
}

#[test]
fn the_sums_are_of_this_day_and_month_and_a_changed_line_is_counted_once() {
    let mut state = state();
    let day = LocalDay { start: UnixMillis(1_000), end: UnixMillis(2_000), month_start: UnixMillis(500) };
    state.money.day = Some(day);
    let entry = |id: &str, at, charge| SpendEntry {
        generation: GenerationId::new(id),
        at: UnixMillis(at),
        host: "novita".to_owned(),
        model: "m".to_owned(),
        prompt: String::new(),
        estimate: Some(Cents(26)),
        charge,
    };
    event(&mut state, Event::SpendLoaded(vec![entry("b", 600, Charge::Likely), entry("a", 400, Charge::Likely)]));
    event(&mut state, Event::Spent(Box::new(entry("c", 1_500, Charge::Maybe))));
    event(&mut state, Event::Spent(Box::new(entry("c", 1_500, Charge::Likely))));
    assert_eq!((state.money.today().cents, state.money.month().cents), (26, 52));
    event(&mut state, Event::Spent(Box::new(entry("c", 1_500, Charge::Not))));
    assert_eq!((state.money.today().cents, state.money.month().cents), (0, 26));
    assert_eq!(state.money.entries()[0].generation.as_str(), "c", "newest first");
}

#[test]
fn the_spend_log_opens_over_settings_and_leads_back() {
    let mut state = state();
    command(&mut state, Command::Do(Action::OpenSettings));
    let effects = command(&mut state, Command::Settings(SettingsCommand::ShowSpendLog));
    assert!(matches!(effects[..], [Effect::LoadSpending]));
    assert_eq!(state.sheet, Some(Sheet::SpendLog));
    command(&mut state, Command::Do(Action::CloseTop));
    assert_eq!(state.sheet, Some(Sheet::Settings));
    command(&mut state, Command::Do(Action::CloseTop));
    assert_eq!(state.sheet, None);
}

#[test]
fn a_limit_is_saved_as_it_is_made() {
    let mut state = state();
    let effects = command(&mut state, Command::Settings(SettingsCommand::SetDailyCap(Some(Cents(500)))));
    let saved =
        |effect: &Effect| matches!(effect, Effect::SaveSettings { settings } if settings.daily_cap == Some(Cents(500)));
    assert!(effects.iter().any(saved), "{effects:?}");
}

#[test]
fn an_original_is_cut_again_as_it_was_and_another_picture_is_not() {
    let (crop, size) = (Crop { x: 0, y: 10, width: 1024, height: 576 }, Size::new(1248, 704));
    let origin =
        |digest| Origin { path: "a.png".into(), digest: [digest; 32], crop: Some((crop, size)), backdrop: None };
    for (digest, expected) in [(1, Some((crop, size))), (2, None)] {
        let mut state = state();
        let first = Some(Recalled::File { path: "a.png".into(), expected: origin(digest).expected(None) });
        let effects = event(&mut state, Event::FramesRecalled { first, last: None, gone: Vec::new(), original: None });
        let [Effect::ReadPicture { slot, ticket, .. }] = effects[..] else { panic!("{effects:?}") };
        event(&mut state, Event::PictureRead { slot, ticket, result: Ok((picture(), None)) });
        assert_eq!(state.draft.first.picture().unwrap().accepted_crop, expected);
    }
}

#[test]
fn pictures_that_are_gone_are_said() {
    let mut state = state();
    let gone = vec![FrameSlot::First, FrameSlot::Last];
    event(&mut state, Event::FramesRecalled { first: None, last: None, gone, original: None });
    let said = "The pictures of this task are not on this computer any more; choose them again.";
    assert_eq!(state.toasts.shown()[0].text, said);
    assert!(state.draft.first.picture().is_some(), "what the wells hold stays");
}
