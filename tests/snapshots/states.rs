//! The states of the design's pictures.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use inbetween::domain::draft::{FrameChoice, Picture, SeedField};
use inbetween::domain::failure::{Failure, FailureKind};
use inbetween::domain::frame::{FrameSlot, PictureFacts, PictureFormat, Preview};
use inbetween::domain::generation::{ClipFacts, Generation, GenerationId, HostRef, Status, UnixMillis};
use inbetween::domain::model::{Catalogue, Size};
use inbetween::domain::price::Cents;
use inbetween::domain::request::ClipSettings;
use inbetween::domain::settings::Settings;
use inbetween::services::images::samples;
use inbetween::state::steps::Steps;
use inbetween::state::tasks::{Posters, Transfer};
use inbetween::state::toast::{ToastAction, Tone};
use inbetween::state::{Balance, KeyCheck, KeyOrigin, KeyState, LibraryFacts, SamplePair, State, Thumb};

const NOW: UnixMillis = UnixMillis(1_780_000_000_000);
const LAKE: &str = "The sun climbs over the peaks and crosses the sky as mist lifts off the lake; light turns to dusk and \
                    the first stars come out. Camera static.";
const STORM: &str = "Rain eases and the cloud breaks over the headland; the beam fades as warm daylight reaches the \
                     cliff. Waves keep rolling in. Camera static.";
const BALLOON: &str = "The balloon lifts and drifts left as the sun sinks behind the dunes; shadows grow long over the \
                       sand. Camera static.";
const CITY: &str = "Windows go dark one by one as morning comes up behind the towers.";
const FOG: &str = "Fog thins between the pines and shows the valley behind them.";
const AURORA: &str = "Green curtains ripple slowly over the cabin while snow falls.";
const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

/// The pairs that come with the program, at most so many pixels on a side.
fn pairs(longest: u32) -> Vec<SamplePair> {
    let pair = |sample: &inbetween::services::images::Sample| {
        let (first, last) = sample.previews(longest).expect("the samples are pictures");
        SamplePair { id: sample.id, title: sample.title, first, last }
    };
    samples().iter().map(pair).collect()
}

/// For the list and the cards.
fn small(index: usize, slot: FrameSlot) -> Preview {
    static SMALL: OnceLock<Vec<SamplePair>> = OnceLock::new();
    of(&SMALL.get_or_init(|| pairs(320))[index], slot)
}

/// For the wells and the stage.
fn large(index: usize, slot: FrameSlot) -> Preview {
    static LARGE: OnceLock<Vec<SamplePair>> = OnceLock::new();
    of(&LARGE.get_or_init(|| pairs(640))[index], slot)
}

fn of(pair: &SamplePair, slot: FrameSlot) -> Preview {
    if slot == FrameSlot::First { pair.first.clone() } else { pair.last.clone() }
}

/// The lake at dusk with more sky and more water: 4:3.
fn taller() -> Preview {
    static TALLER: OnceLock<Preview> = OnceLock::new();
    TALLER
        .get_or_init(|| {
            let wide = large(0, FrameSlot::Last);
            let (width, height) = (wide.size.width, wide.size.height);
            let tall = width * 3 / 4;
            let row = |y: u32| {
                let y = (y + height / 2).saturating_sub(tall / 2).min(height - 1);
                let start = (y * width * 4) as usize;
                &wide.rgba[start..start + (width * 4) as usize]
            };
            let rgba: Vec<u8> = (0..tall).flat_map(|y| row(y).iter().copied()).collect();
            Preview { size: Size::new(width, tall), rgba: Arc::from(rgba) }
        })
        .clone()
}

/// Puts pictures in place of those in the wells and in the list that make no large file: one colour that turns into another.
pub fn calm(state: &mut State) {
    const WIDTH: u32 = 64;
    const HEIGHT: u32 = 36;
    let plain = |from: [u8; 3], to: [u8; 3]| {
        let mixed = |y: u32, channel: usize| {
            let [from, to] = [from, to].map(|color| u32::from(color[channel]));
            ((from * (HEIGHT - y) + to * y) / HEIGHT) as u8
        };
        let row = |y: u32| [mixed(y, 0), mixed(y, 1), mixed(y, 2), 255].repeat(WIDTH as usize);
        Preview { size: Size::new(WIDTH, HEIGHT), rgba: (0..HEIGHT).flat_map(row).collect() }
    };
    let first = plain([138, 180, 224], [243, 214, 186]);
    let last = plain([43, 40, 92], [226, 140, 140]);
    if let Some(preview) = &mut state.previews.first {
        *preview = first.clone();
    }
    if let Some(preview) = &mut state.previews.last {
        *preview = last.clone();
    }
    for posters in state.tasks.posters.values_mut() {
        *posters = Posters::Ready { first: Some(first.clone()), last: Some(last.clone()) };
    }
}

/// A picture as a camera makes it.
fn picture(slot: FrameSlot) -> FrameChoice {
    let bytes = if slot == FrameSlot::First { 4_200_000 } else { 3_900_000 };
    ready(slot, Size::new(3840, 2160), bytes)
}

fn ready(slot: FrameSlot, size: Size, bytes: u64) -> FrameChoice {
    let facts = PictureFacts { format: PictureFormat::Jpeg, size, bytes };
    let name = format!("lake-{}.jpg", slot.word());
    FrameChoice::Ready(Picture::new(name.into(), facts, false, [slot.word().len() as u8; 32]))
}

fn empty() -> State {
    let mut state = State::new(Settings::default(), 7);
    state.now = NOW;
    state.samples = pairs(320);
    state.library = LibraryFacts {
        folder: "Videos / Inbetween".to_owned(),
        clips: 48,
        bytes: 312_000_000,
        prepared: 34_000_000,
        clearable: 34_000_000,
    };
    state
}

pub fn first_run() -> State {
    empty()
}

fn before(seconds: i64) -> UnixMillis {
    UnixMillis(NOW.0 - seconds * 1000)
}

/// Novita with a key and a balance, and the lake's first picture and prompt in the form.
pub fn one_picture() -> State {
    let mut state = empty();
    "novita".clone_into(&mut state.settings.host);
    let check = KeyCheck::Verified { at: before(2 * MINUTE + 5) };
    state.key = KeyState::Present { hint: "3f9c".to_owned(), origin: KeyOrigin::Keychain, check };
    state.balance = Balance::Known { cents: 1842 };
    state.draft.first = picture(FrameSlot::First);
    state.previews.first = Some(large(0, FrameSlot::First));
    LAKE.clone_into(&mut state.draft.settings.prompt);
    state.draft.settings.camera_fixed = true;
    let done = [(STORM, 18 * MINUTE, 2), (BALLOON, 41 * MINUTE, 1), (CITY, DAY + 60, 0), (FOG, DAY + 90, 2)];
    list(&mut state, done.map(|(prompt, ago, pair)| made(prompt, ago, pair)).into());
    state.thumbs.insert("lake-dusk.jpg".into(), Thumb::Ready(small(0, FrameSlot::Last)));
    let (mut aurora, posters) = made(AURORA, 3 * DAY, 0);
    aurora.id = GenerationId::new("aurora");
    state.tasks.posters.insert(aurora.id.clone(), posters);
    state.tasks.upsert(aurora);
    state
}

fn both_pictures() -> State {
    let mut state = one_picture();
    state.draft.last = picture(FrameSlot::Last);
    state.previews.last = Some(large(0, FrameSlot::Last));
    state.draft.takes = 2;
    state
}

pub fn warning() -> State {
    let mut state = one_picture();
    state.draft.last = ready(FrameSlot::Last, Size::new(4032, 3024), 6_800_000);
    state.previews.last = Some(taller());
    state.prompt_focus = 1;
    state
}

pub fn error() -> State {
    let mut state = one_picture();
    state.draft.first = ready(FrameSlot::First, Size::new(497, 280), 96_000);
    state.draft.seed = SeedField { text: "42949672960".to_owned(), locked: true };
    state
}

pub fn long_prompt() -> State {
    let mut state = both_pictures();
    state.draft.settings.prompt = [LAKE; 13].join(" ");
    state.prompt_focus = 1;
    state
}

type Row = (Generation, Posters);

fn task(prompt: &str, ago: i64, pair: usize, status: Status) -> Row {
    let mut settings = ClipSettings::defaults(Catalogue::built_in().default_model());
    prompt.clone_into(&mut settings.prompt);
    settings.camera_fixed = prompt.contains("Camera static");
    settings.seed = 7_706_123;
    let settled = status.is_settled();
    let generation = Generation {
        id: GenerationId::new(format!("{ago}-{pair}")),
        created: before(ago),
        finished: settled.then(|| before(ago)),
        host: HostRef { host: "novita".to_owned(), base_url: None },
        settings,
        output: Size::new(1248, 704),
        fps: 24,
        has_last_frame: true,
        price: Some(Cents(26)),
        status,
        notice: None,
        task_id: Some("t".to_owned()),
        seed_used: None,
        clip: None,
        measured: None,
    };
    let posters =
        Posters::Ready { first: Some(small(pair, FrameSlot::First)), last: Some(small(pair, FrameSlot::Last)) };
    (generation, posters)
}

/// A finished clip. Its file is not there: only the player's own is opened.
fn made(prompt: &str, ago: i64, pair: usize) -> Row {
    let (mut generation, posters) = task(prompt, ago, pair, Status::Done);
    if prompt == BALLOON {
        generation.settings.duration = 10;
    }
    generation.clip = Some("nowhere.mp4".into());
    (generation, posters)
}

fn list(state: &mut State, rows: Vec<Row>) {
    state.tasks.posters = rows.iter().map(|(row, posters)| (row.id.clone(), posters.clone())).collect();
    state.tasks.load(rows.into_iter().map(|(row, _)| row).collect());
}

pub fn running() -> State {
    let mut state = both_pictures();
    let refused = Failure::new(
        FailureKind::PromptModeration,
        "Novita refused the prompt: it may contain sensitive information.",
        "Change the words.",
    );
    let rows = vec![
        task(STORM, 48, 2, Status::Rendering(Some(42))),
        task(FOG, 4, 1, Status::Uploading),
        task(CITY, 22, 0, Status::Queued),
        task(AURORA, 97, 0, Status::Downloading),
        task(BALLOON, 6 * MINUTE, 1, Status::Refused(refused.not_charged())),
        task(LAKE, 8 * MINUTE, 0, Status::Unknown(Failure::dropped_unconfirmed("Novita", false))),
        made(LAKE, 2 * MINUTE, 0),
        made(BALLOON, 41 * MINUTE, 1),
    ];
    let ids: Vec<_> = rows.iter().map(|(row, _)| row.id.clone()).collect();
    list(&mut state, rows);
    state.tasks.uploads.insert(ids[1].clone(), Transfer { done: 71, total: 100 });
    state.tasks.downloads.insert(ids[3].clone(), Transfer { done: 88, total: 100 });
    let mut steps = Steps::begin(UnixMillis(NOW.0 - 48_000));
    steps.go(0, 1, UnixMillis(NOW.0 - 42_000));
    steps.go(1, 2, UnixMillis(NOW.0 - 31_000));
    state.tasks.steps.insert(ids[0].clone(), steps);
    state.tasks.select(Some(ids[0].clone()));
    state.toasts.push(Tone::Success, "Clip ready: Lake, dawn to dusk", Some(ToastAction::Play(ids[6].clone())), NOW);
    state
}

pub fn player() -> State {
    let mut state = both_pictures();
    state.draft.seed = SeedField { text: "48213907".to_owned(), locked: true };
    let (mut take, posters) = made(LAKE, 2 * MINUTE, 0);
    take.id = GenerationId::new("take 2");
    // Beside the design's picture: both takes above the task that is on its way.
    take.created = before(60);
    take.settings.seed = 48_213_907;
    take.seed_used = Some(48_213_907);
    take.clip = Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/lake.mp4"));
    take.measured = Some(ClipFacts { size: Size::new(1248, 704), fps: 24.0, frames: 120, duration: 5.0 });
    let selected = take.id.clone();
    let (mut other, small) = made(LAKE, 2 * MINUTE + 1, 0);
    // The other take of the same order.
    other.created = take.created;
    other.settings = ClipSettings { seed: 48_213_906, ..take.settings.clone() };
    let rows = vec![
        (take, posters),
        (other, small),
        task(AURORA, 72, 0, Status::Rendering(Some(64))),
        made(STORM, 18 * MINUTE, 2),
        made(BALLOON, 41 * MINUTE, 1),
        made(CITY, DAY + 60, 0),
        made(FOG, DAY + 90, 2),
    ];
    list(&mut state, rows);
    state.tasks.select(Some(selected));
    state
}
