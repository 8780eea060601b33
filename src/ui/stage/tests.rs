//! The stage by its labels.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Wake;
use std::time::Duration;

use egui::{Key, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::*;
use crate::domain::draft::{Expected, FrameChoice, Source};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{FrameSlot, Preview};
use crate::domain::generation::UnixMillis;
use crate::domain::model::Size;
use crate::domain::settings::Settings;
use crate::state::tasks::Transfer;
use crate::state::{SamplePair, State, TaskCommand};
use crate::ui::Textures;

pub(super) const STATE_SIZE: Size = Size::new(1248, 704);

pub(super) fn state() -> State {
    State::new(Settings::default(), 7)
}

pub(super) fn generation(id: &str, status: Status) -> Generation {
    let mut generation = Generation { has_last_frame: true, ..Generation::sample(id, status) };
    "Rain eases and the cloud breaks over the headland".clone_into(&mut generation.settings.prompt);
    generation
}

/// Rings when the player decoded something.
struct Bell(Sender<()>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // Nobody waits any more once the test is over.
        let _ = self.0.send(());
    }
}

pub(super) struct Shown {
    pub state: State,
    pub stage: Stage,
    textures: Textures,
    pub commands: Vec<Command>,
    narrow: bool,
    fonts: bool,
}

impl Shown {
    fn ui(&mut self, ui: &mut Ui) {
        if !self.fonts {
            // They are there from the next pass on.
            crate::ui::fonts::install(ui.ctx());
            self.fonts = true;
            ui.ctx().request_repaint();
            return;
        }
        let mut cx = UiContext::new(&self.state, &mut self.textures, self.narrow, &mut self.commands);
        if self.stage.is_full() {
            self.stage.full(ui, &mut cx);
        } else {
            self.stage.ui(ui, &mut cx);
        }
        self.stage.tell_window(ui.ctx());
        self.textures.end_pass();
    }
}

pub(super) struct Bench {
    pub harness: Harness<'static, Shown>,
    bell: Receiver<()>,
}

impl Bench {
    pub fn new(state: State, narrow: bool) -> Self {
        let (ring, bell) = channel();
        let shown = Shown {
            state,
            stage: Stage::new(Arc::new(Bell(ring)).into(), None),
            textures: Textures::default(),
            commands: Vec::new(),
            narrow,
            fonts: false,
        };
        let size = if narrow { vec2(616.0, 640.0) } else { vec2(684.0, 860.0) };
        let harness = Harness::builder()
            .with_size(size)
            .with_step_dt(1.0 / 60.0)
            .build_ui_state(|ui, shown: &mut Shown| shown.ui(ui), shown);
        Self { harness, bell }
    }

    pub fn of(task: Generation) -> Self {
        Self::new(with_task(task), false)
    }

    /// Lets the player decode until a widget with this label is there.
    pub fn until(&mut self, label: &str) {
        while self.harness.query_by_label(label).is_none() {
            self.bell.recv_timeout(Duration::from_secs(20)).expect("the player goes on decoding");
            self.harness.step();
        }
    }

    /// Waits until the player says that something came.
    pub fn wait(&self) {
        self.bell.recv_timeout(Duration::from_secs(20)).expect("the player goes on decoding");
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run_steps(3);
    }

    pub fn press(&mut self, key: Key) {
        self.harness.key_press(key);
        self.harness.run_steps(2);
    }

    pub fn has(&self, label: &str) -> bool {
        self.harness.query_by_label(label).is_some()
    }

    pub fn change(&mut self, change: impl FnOnce(&mut State)) {
        change(&mut self.harness.state_mut().state);
        self.harness.run_steps(2);
    }

    pub fn sent(&self, wanted: impl Fn(&Command) -> bool) -> bool {
        self.harness.state().commands.iter().any(wanted)
    }

    pub fn sent_to_task(&self, wanted: &TaskCommand) -> bool {
        self.sent(|command| matches!(command, Command::Task(_, found) if found == wanted))
    }
}

pub(super) fn with_task(task: Generation) -> State {
    let mut state = state();
    state.now = UnixMillis(48_000);
    let id = task.id.clone();
    state.tasks.load(vec![task]);
    state.tasks.select(Some(id));
    state
}

pub(super) fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/main-b.mp4")
}

pub(super) fn done(clip: PathBuf) -> Generation {
    Generation { clip: Some(clip), ..generation("clip", Status::Done) }
}

/// The last frame's number in the fixture.
pub(super) fn frames() -> usize {
    crate::video::probe(&fixture()).unwrap().frames
}

fn pixel() -> Preview {
    Preview { size: Size::new(1, 1), rgba: Arc::from([9, 9, 9, 255]) }
}

#[test]
fn an_empty_stage_offers_a_picture_and_samples() {
    for narrow in [false, true] {
        let mut state = state();
        state.samples =
            vec![SamplePair { id: "storm", title: || "Storm clears".to_owned(), first: pixel(), last: pixel() }];
        let mut bench = Bench::new(state, narrow);
        assert!(bench.has("Start with a first frame"));
        bench.click("Choose image…");
        bench.click("Paste");
        bench.click("Storm clears");
        assert!(bench.sent(|command| matches!(command, Command::Do(Action::ChooseFirst))));
        assert!(bench.sent(|command| matches!(command, Command::Do(Action::Paste))));
        assert!(bench.sent(|command| matches!(command, Command::UseSample("storm"))));
    }
}

#[test]
fn the_footer_about_the_rehearsal_leaves_with_it() {
    let footer = "Rehearsal makes a simple preview on this computer, at no cost. Switch to Novita for the real clip.";
    let mut bench = Bench::new(state(), false);
    assert!(bench.has(footer));
    bench.change(|state| state.settings.host = "novita".to_owned());
    assert!(!bench.has(footer));
}

#[test]
fn a_preview_says_what_generate_will_bring() {
    let mut state = state();
    state.draft.first =
        FrameChoice::Reading { source: Source::File("lake.png".into()), facts: None, expected: Expected::default() };
    let bench = Bench::new(state, true);
    for words in ["Preview", "120 frames to fill in", "Output is 16:9 at 1248×704"] {
        assert!(bench.has(words), "{words}");
    }
    assert!(bench.has("Add a last frame to say where the clip ends."));
}

#[test]
fn a_running_task_says_how_far_it_is() {
    let mut bench = Bench::of(generation("a", Status::Rendering(Some(42))));
    assert!(bench.harness.query_all_by_label_contains("Rendering").count() >= 2);
    assert!(bench.has("Upload, done") && bench.has("Render, under way") && bench.has("Save, to come"));
    assert!(bench.has("0:48 so far. You can close the window; the task is picked up again when you come back."));
    let progress = bench.harness.get_by_role(Role::ProgressIndicator);
    assert_eq!(progress.value().as_deref(), Some("42%"));
    bench.click("Stop watching…");
    assert!(bench.sent_to_task(&TaskCommand::StopWatching));
    assert!(bench.sent(|command| matches!(command, Command::LoadPosters(_))));
}

#[test]
fn an_upload_cannot_be_left_alone() {
    let mut state = with_task(generation("a", Status::Uploading));
    state.tasks.uploads.insert(GenerationId::new("a"), Transfer { done: 30, total: 40 });
    let bench = Bench::new(state, true);
    assert!(bench.has("0:48 so far. Keep the window open until it is sent."));
    assert_eq!(bench.harness.get_by_role(Role::ProgressIndicator).value().as_deref(), Some("75%"));
    assert!(!bench.has("Stop watching…"));
}

#[test]
fn each_trouble_offers_its_own_way_out() {
    let failure = |kind| Failure::new(kind, "It went wrong.", "Do something about it.");
    let table = [
        (Status::Unknown(failure(FailureKind::OutcomeUnknown)), vec!["Check again", "Send again…"]),
        (Status::Stopped, vec!["Pick up again"]),
        (Status::Refused(failure(FailureKind::PromptModeration)), vec!["Retry", "Edit prompt"]),
        (Status::Refused(failure(FailureKind::Balance)), vec!["Add funds", "Retry"]),
        (Status::Refused(failure(FailureKind::Key)), vec!["Open settings", "Retry"]),
        (Status::Failed(failure(FailureKind::Server).retryable()), vec!["Retry"]),
        (Status::Failed(failure(FailureKind::Protocol)), vec!["Reuse settings"]),
    ];
    for (status, labels) in table {
        let mut bench = Bench::of(generation("a", status.clone()));
        if status.failure().is_some() {
            assert!(bench.has("It went wrong.") && bench.has("Do something about it."), "{status:?}");
        }
        for label in labels {
            let before = bench.harness.state().commands.len();
            bench.click(label);
            assert!(bench.harness.state().commands.len() > before, "{label} does something for {status:?}");
        }
    }
}

#[test]
fn a_passing_trouble_is_told_while_the_task_goes_on() {
    let mut task = generation("a", Status::Downloading);
    task.notice = Some(Failure::new(FailureKind::DiskFull, "The disk is full.", ""));
    let mut bench = Bench::of(task);
    assert!(bench.has("The disk is full.") && bench.has("Download, under way"));
    bench.click("Choose folder…");
    assert!(bench.sent_to_task(&TaskCommand::ChooseFolder));
}

#[test]
fn a_finished_clip_waits_on_its_first_frame_and_plays_when_asked() {
    let mut bench = Bench::of(done(fixture()));
    let first = format!("Clip, frame 1 of {}", frames());
    bench.until(&first);
    bench.harness.run_steps(10);
    assert!(bench.has(&first) && bench.has("Play"), "it stands still");
    bench.click("Play");
    assert!(bench.has("Pause"));
    bench.click("Pause");
    assert!(bench.has("Play"));
}

#[test]
fn steps_and_the_strip_move_the_counter() {
    let mut bench = Bench::of(done(fixture()));
    let count = frames();
    let counter = |number: usize| format!("frame {number} / {count}");
    bench.until(&format!("Clip, frame 1 of {count}"));
    bench.click("Forward one frame");
    assert!(bench.has(&counter(2)));
    bench.click("Back one frame");
    assert!(bench.has(&counter(1)));
    bench.harness.get_by_label("Position").focus();
    bench.harness.run_steps(2);
    for _ in 0..3 {
        bench.press(Key::ArrowRight);
    }
    assert!(bench.has(&counter(4)));
    bench.press(Key::ArrowLeft);
    assert!(bench.has(&counter(3)));
    bench.press(Key::End);
    assert!(bench.has(&counter(count)));
    let position = bench.harness.get_by_label("Position").value().unwrap();
    assert!(position.ends_with(&format!(" seconds, frame {count} of {count}")), "{position}");
    bench.harness.get_by_label("Position").set_value_accesskit(5.0);
    bench.harness.run_steps(2);
    assert!(bench.has(&counter(5)));
    bench.harness.state_mut().stage.act(Action::FirstFrame);
    bench.harness.run_steps(2);
    assert!(bench.has(&counter(1)));
}

#[test]
fn dragging_along_the_strip_scrubs() {
    let mut bench = Bench::of(done(fixture()));
    let count = frames();
    bench.until(&format!("Clip, frame 1 of {count}"));
    let strip = bench.harness.get_by_label("Position").rect();
    bench.harness.drag_at(strip.center());
    bench.harness.run_steps(2);
    bench.harness.hover_at(strip.right_center() - vec2(1.0, 0.0));
    bench.harness.run_steps(2);
    assert!(bench.has(&format!("frame {count} / {count}")));
    bench.harness.drop_at(strip.right_center() - vec2(1.0, 0.0));
    bench.harness.run_steps(2);
    assert!(bench.has("Play"), "what stood still stands still after the scrub");
}

#[test]
fn what_can_be_done_with_a_clip_is_asked_of_its_task() {
    let mut bench = Bench::of(done(fixture()));
    bench.until(&format!("Clip, frame 1 of {}", frames()));
    bench.click("Forward one frame");
    for label in ["Save as…", "Use last frame as first", "Export frame", "Open in player", "Show in folder"] {
        bench.click(label);
    }
    bench.click("Reuse settings");
    for command in [
        TaskCommand::SaveAs,
        TaskCommand::UseLastFrame(FrameSlot::First),
        TaskCommand::ExportFrame(1),
        TaskCommand::OpenInPlayer,
        TaskCommand::ShowInFolder,
        TaskCommand::ReuseSettings,
    ] {
        assert!(bench.sent_to_task(&command), "{command:?}");
    }
}

#[test]
fn a_clip_plays_when_it_arrives_or_when_its_row_says_so() {
    let mut bench = Bench::of(generation("clip", Status::Downloading));
    bench.change(|state| *state = with_task(done(fixture())));
    assert!(bench.has("Pause"), "it arrived under the user's eyes");
    bench.click("Pause");
    bench.change(|state| state.play_request += 1);
    assert!(bench.has("Pause"), "the row was told to play it");
}

#[test]
fn a_damaged_clip_says_so_and_can_be_opened_elsewhere() {
    let mut bench = Bench::of(done(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")));
    bench.until("This clip could not be played.");
    bench.click("Open in player");
    bench.click("Download again");
    assert!(bench.sent_to_task(&TaskCommand::OpenInPlayer) && bench.sent_to_task(&TaskCommand::DownloadAgain));
    assert!(!bench.has("Play"));
    // Its file is another one from now on.
    bench.change(|state| {
        let task = Generation { finished: Some(UnixMillis(9)), ..done(fixture()) };
        state.tasks.upsert(task);
    });
    bench.until(&format!("Clip, frame 1 of {}", frames()));
}

#[test]
fn the_narrow_stage_keeps_to_the_essentials() {
    let mut bench = Bench::new(with_task(done(fixture())), true);
    bench.until(&format!("Clip, frame 1 of {}", frames()));
    assert!(bench.has("Use last as first") && !bench.has("Reuse settings"));
}
