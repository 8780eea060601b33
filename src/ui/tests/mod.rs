//! The whole window in every state, as a screen reader and a keyboard meet it.

mod audit;
mod contrast;
mod keyboard;
mod tree;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Wake;
use std::time::Duration;

use egui::{Ui, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::Window;
use crate::domain::draft::{Expected, FrameChoice, Picture, Source};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{PictureFacts, PictureFormat, Preview};
use crate::domain::generation::{Generation, GenerationId, Status, UnixMillis};
use crate::domain::model::Size;
use crate::domain::settings::Settings;
use crate::state::{Command, SamplePair, State, update};

/// Rings when the player decoded something.
struct Bell(Sender<()>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // Nobody waits any more once the test is over.
        let _ = self.0.send(());
    }
}

struct Shown {
    window: Option<Window>,
    state: State,
    bell: Arc<Bell>,
    cache: PathBuf,
}

impl Shown {
    /// One pass, as the shell makes it; what is asked of the world stays undone.
    fn ui(&mut self, ui: &mut Ui) {
        let Some(window) = &mut self.window else {
            // Its fonts are there from the next pass on.
            self.window = Some(Window::new(ui.ctx(), Arc::clone(&self.bell).into(), self.cache.clone()));
            ui.ctx().request_repaint();
            return;
        };
        let mut commands = Vec::new();
        window.ui(ui, &self.state, &mut commands);
        for command in commands {
            update::command(&mut self.state, command);
        }
    }
}

/// The window over a state.
struct Bench {
    harness: Harness<'static, Shown>,
    bell: Receiver<()>,
    _cache: tempfile::TempDir,
}

impl Bench {
    fn new(state: State) -> Self {
        Self::sized(state, vec2(1440.0, 900.0))
    }

    /// At the least size. The harness keeps a margin around what it shows.
    fn narrow(state: State) -> Self {
        Self::sized(state, vec2(1024.0, 680.0) + Vec2::splat(2.0 * 16.0))
    }

    fn sized(state: State, size: Vec2) -> Self {
        let (ring, bell) = channel();
        let cache = tempfile::tempdir().unwrap();
        let shown = Shown { window: None, state, bell: Arc::new(Bell(ring)), cache: cache.path().to_owned() };
        let mut harness = Harness::builder()
            .with_size(size)
            .with_step_dt(1.0 / 30.0)
            .build_ui_state(|ui, shown: &mut Shown| shown.ui(ui), shown);
        harness.run_steps(8);
        Self { harness, bell, _cache: cache }
    }

    fn state(&self) -> &State {
        &self.harness.state().state
    }

    fn change(&mut self, change: impl FnOnce(&mut State)) {
        change(&mut self.harness.state_mut().state);
        self.harness.run_steps(8);
    }

    fn send(&mut self, command: Command) {
        self.change(|state| {
            update::command(state, command);
        });
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.harness.run_steps(8);
    }

    fn press(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(3);
    }

    /// Lets the player decode until a widget with this label is there.
    fn until(&mut self, label: &str) {
        while self.harness.query_by_label(label).is_none() {
            self.bell.recv_timeout(Duration::from_secs(60)).expect("the player goes on decoding");
            self.harness.step();
        }
        self.harness.run_steps(4);
    }
}

fn state() -> State {
    let mut state = State::new(Settings::default(), 7);
    state.now = UnixMillis(100_000);
    state.samples =
        vec![SamplePair { id: "storm", title: || "Storm clears".to_owned(), first: preview(), last: preview() }];
    state
}

fn preview() -> Preview {
    Preview { size: Size::new(2, 1), rgba: Arc::from([9, 9, 9, 255, 90, 90, 90, 255]) }
}

fn picture(name: &str, width: u32, height: u32, digest: u8) -> FrameChoice {
    let facts = PictureFacts { format: PictureFormat::Png, size: Size::new(width, height), bytes: 4_200_000 };
    FrameChoice::Ready(Picture::new(name.into(), facts, false, [digest; 32]))
}

/// Two pictures, the last of another shape.
fn with_pictures() -> State {
    let mut state = state();
    state.draft.first = picture("a.png", 3840, 2160, 1);
    state.draft.last = picture("b.png", 1440, 1080, 2);
    state.previews.first = Some(preview());
    state.previews.last = Some(preview());
    state
}

fn unreadable() -> FrameChoice {
    let source = Source::File("notes.png".into());
    FrameChoice::Unreadable { source, reason: "This is no picture.".to_owned(), expected: Expected::default() }
}

fn task(id: &str, created: i64, status: Status) -> Generation {
    let mut task = Generation { created: UnixMillis(created), has_last_frame: true, ..Generation::sample(id, status) };
    task.settings.prompt = format!("Rain eases over the headland, {id}");
    task
}

fn clip(id: &str, created: i64) -> Generation {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/main-b.mp4");
    Generation { clip: Some(fixture), ..task(id, created, Status::Done) }
}

fn failure(kind: FailureKind) -> Failure {
    Failure::new(kind, "It went wrong for a reason that needs more than one line to be said.", "Do something.")
}

/// One task of every status.
fn tasks() -> Vec<Generation> {
    let statuses = [
        Status::NotSent,
        Status::Uploading,
        Status::Queued,
        Status::Rendering(Some(42)),
        Status::Rendering(None),
        Status::Downloading,
        Status::Unknown(failure(FailureKind::OutcomeUnknown)),
        Status::Refused(failure(FailureKind::Balance)),
        Status::Failed(failure(FailureKind::Server)),
        Status::Stopped,
    ];
    let mut tasks: Vec<_> = (0..).zip(statuses).map(|(at, status)| task(&format!("t{at}"), at, status)).collect();
    tasks.push(clip("clip", 50));
    tasks
}

fn with_tasks(selected: Option<&str>) -> State {
    let mut state = with_pictures();
    state.tasks.load(tasks());
    state.tasks.select(selected.map(GenerationId::new));
    state
}
