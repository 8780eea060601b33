//! The window over ten thousand tasks: at rest, scrolling, while one of them moves on, and while prompts are searched.
//!
//! The window and the state are the program's; what the engine would answer is made here, small pictures included.

use std::sync::Arc;
use std::task::Waker;

use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase, Ui, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inbetween::domain::failure::{Failure, FailureKind};
use inbetween::domain::frame::Preview;
use inbetween::domain::generation::{Generation, GenerationId, HostRef, Status, UnixMillis};
use inbetween::domain::model::{Catalogue, Size};
use inbetween::domain::request::ClipSettings;
use inbetween::domain::settings::Settings;
use inbetween::state::{self, Effect, State, update};
use inbetween::ui::Window;

use super::clock::{report, thread_time};

const TASKS: usize = 10_000;
const FRAMES: usize = 300;
/// Between two frames, in milliseconds.
const STEP: i64 = 16;
/// A task among those in view when the list is at its top.
const MOVING: usize = 3;

struct Shown {
    window: Option<Window>,
    state: State,
    cache: std::path::PathBuf,
    /// What the engine answers in the next frame.
    answers: Vec<state::Event>,
}

impl Shown {
    /// A frame as the shell makes it.
    fn frame(&mut self, ui: &mut Ui) {
        let Some(window) = &mut self.window else {
            self.window = Some(Window::new(ui.ctx(), Waker::noop().clone(), self.cache.clone()));
            return;
        };
        let now = UnixMillis(self.state.now.0 + STEP);
        update::tick(&mut self.state, now);
        for event in std::mem::take(&mut self.answers) {
            update::event(&mut self.state, event);
        }
        let mut commands = Vec::new();
        window.ui(ui, &self.state, &mut commands);
        for command in commands {
            for effect in update::command(&mut self.state, command) {
                if let Effect::LoadPosters { id } = effect {
                    self.answers.push(state::Event::PostersLoaded { id, first: Some(poster()), last: Some(poster()) });
                }
            }
        }
    }
}

pub fn run() {
    let cache = tempfile::tempdir().expect("a folder");
    let mut state = State::new(Settings::default(), 7);
    state.now = UnixMillis(i64::try_from(TASKS).expect("a small number") * 60_000);
    update::event(&mut state, state::Event::LibraryLoaded((0..TASKS).map(task).collect()));
    let shown = Shown { window: None, state, cache: cache.path().to_owned(), answers: Vec::new() };
    let mut window = Harness::builder()
        .with_size([1440.0, 900.0])
        .allow_missing_glyphs()
        .with_step_dt(STEP as f32 / 1000.0)
        .build_ui_state(|ui, shown: &mut Shown| shown.frame(ui), shown);
    window.run_steps(60);
    assert!(window.query_by_label(&format!("All, {TASKS}")).is_some(), "the list is there");
    report("10,000 tasks, at rest", frames(&mut window, |_, _| ()));
    report("10,000 tasks, its frame into triangles", triangles(&window));
    moving(&mut window);
    scrolling(&mut window);
    searching(&mut window);
}

fn moving(window: &mut Harness<'_, Shown>) {
    let id = GenerationId::new(name(TASKS - 1 - MOVING));
    let times = frames(window, |window, number| {
        let shown = window.state_mut();
        let mut task = shown.state.tasks.get(&id).expect("a task of the list").clone();
        task.status = Status::Rendering(u8::try_from(number % 100).ok());
        shown.answers.push(state::Event::Changed(Box::new(task)));
    });
    let last = (FRAMES - 1) % 100;
    assert!(window.query_by_label_contains(&format!("Rendering {last}%, ")).is_some(), "its progress is shown");
    report("10,000 tasks, one of them moves on", times);
}

fn scrolling(window: &mut Harness<'_, Shown>) {
    let first = |window: &Harness<'_, Shown>| {
        let row = window.query_all_by_role(egui::Role::ListItem).next().expect("a row");
        row.accesskit_node().position_in_set()
    };
    let before = first(window);
    window.hover_at(pos2(1300.0, 500.0));
    let times = frames(window, |window, _| {
        window.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, -90.0),
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
    });
    let after = first(window);
    assert!(after > before.map(|place| place + 100), "the list moved from {before:?} to {after:?}");
    report("10,000 tasks, scrolling", times);
}

fn searching(window: &mut Harness<'_, Shown>) {
    window.get_by_label("Search prompts").focus();
    window.run_steps(3);
    let letters: Vec<char> = "cloud breaks 湖面".chars().collect();
    let times = frames(window, |window, number| {
        let letter = letters[number % letters.len()];
        if number % letters.len() == 0 {
            window.event(Event::Key {
                key: Key::A,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::COMMAND,
            });
        }
        window.event(Event::Text(letter.to_string()));
    });
    assert!(!window.state().state.tasks.search().is_empty(), "something is searched for");
    report("10,000 tasks, a letter searched a frame", times);
}

/// Makes frames, each after what `before` does, and takes their times.
fn frames(window: &mut Harness<'_, Shown>, before: impl Fn(&mut Harness<'_, Shown>, usize)) -> Vec<f64> {
    let one = |number| {
        before(window, number);
        let start = thread_time();
        window.step();
        thread_time() - start
    };
    (0..FRAMES).map(one).collect()
}

/// What the graphics card is given of the last frame.
fn triangles(window: &Harness<'_, Shown>) -> Vec<f64> {
    let output = window.output();
    let one = |_| {
        let shapes = output.shapes.clone();
        let start = thread_time();
        let made = window.ctx.tessellate(shapes, output.pixels_per_point);
        let took = thread_time() - start;
        assert!(!made.is_empty(), "there is something to paint");
        took
    };
    (0..FRAMES).map(one).collect()
}

fn name(number: usize) -> String {
    format!("task-{number}")
}

/// Every status there is, and prompts from none to the longest, in two scripts.
fn task(number: usize) -> Generation {
    let failure = || {
        let words = "The connection dropped before Novita confirmed the task. Sending it again could charge you twice.";
        Failure::new(FailureKind::OutcomeUnknown, words, "Check again.")
    };
    let status = match number % 10 {
        0 => Status::NotSent,
        1 => Status::Uploading,
        2 => Status::Queued,
        3 => Status::Rendering(Some(42)),
        4 => Status::Downloading,
        5 => Status::Unknown(failure()),
        6 => Status::Failed(failure()),
        7 => Status::Stopped,
        _ => Status::Done,
    };
    let prompt = match number % 7 {
        0 => String::new(),
        1 => "Rain eases and the cloud breaks over the headland. ".repeat(38),
        2 => "湖面起雾，镜头缓缓推进，光线由冷转暖。".repeat(50),
        3 => format!("湖面起雾 {number}"),
        _ => format!("Mist lifts off the lake, the camera holds still, {number}"),
    };
    let done = status == Status::Done;
    Generation {
        id: GenerationId::new(name(number)),
        created: UnixMillis(i64::try_from(number).expect("a small number") * 60_000),
        finished: None,
        host: HostRef { host: "rehearsal".to_owned(), base_url: None },
        settings: ClipSettings { prompt, ..ClipSettings::defaults(Catalogue::built_in().default_model()) },
        output: Size::new(1248, 704),
        fps: 24,
        has_last_frame: true,
        price: None,
        status,
        notice: None,
        task_id: None,
        seed_used: None,
        clip: done.then(|| "clip.mp4".into()),
        measured: None,
    }
}

/// As large as small pictures are.
fn poster() -> Preview {
    Preview { size: Size::new(480, 270), rgba: Arc::from(vec![120_u8; 480 * 270 * 4]) }
}
