//! The shell: wires the window, the state and the engine together, and decides nothing.

mod outside;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::task::{Wake, Waker};

use eframe::CreationContext;
use egui::ViewportCommand;
use tokio::runtime::Handle;

use crate::domain::frame::FrameSlot;
use crate::domain::generation::UnixMillis;
use crate::jobs::{Engine, World, local_day};
use crate::services::instance::{self, Instance, Start};
use crate::services::keychain::Keychain;
use crate::services::library::Folders;
use crate::services::picker::Picker;
use crate::state::toast::Tone;
use crate::state::{Command, Effect, State, update};
use crate::ui::Window;
use crate::words;

use outside::Outside;
pub use outside::options;

/// How long after its start a window may still be fitted to its screen, in milliseconds.
const SETTLING_MILLIS: i64 = 3_000;

/// What the window is opened with.
pub struct Launch {
    pub data_dir: Option<PathBuf>,
    pub base_url: Option<String>,
    /// First and last frame.
    pub pictures: Vec<PathBuf>,
    pub keychain: Keychain,
    pub picker: Picker,
    /// The place of the one window of its library; `None` opens one beside whatever there is.
    pub instance: Option<Instance>,
}

/// The window's application.
pub struct App {
    state: State,
    engine: Engine,
    window: Window,
    commands: Vec<Command>,
    closing: bool,
    opened: UnixMillis,
    /// The window was fitted to the screen.
    fitted: bool,
    outside: Outside,
    /// Pictures of later starts.
    handed: Receiver<Vec<PathBuf>>,
}

/// Wakes the window from any thread.
struct Repaint(egui::Context);

impl Wake for Repaint {
    fn wake(self: Arc<Self>) {
        self.0.request_repaint();
    }
}

impl App {
    /// Opens the library and asks for everything the first picture needs.
    pub fn new(
        cc: &CreationContext<'_>,
        launch: Launch,
        runtime: Handle,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let (world, loaded) = World::open(launch.data_dir, launch.base_url, launch.keychain, launch.picker)?;
        let waker = Waker::from(Arc::new(Repaint(cc.egui_ctx.clone())));
        let cache = world.library.folders().cache().to_path_buf();
        let mut state = State::new(loaded.settings, rand::random());
        state.now = now();
        state.takes_drops = !is_wayland();
        state.diagnostics.renderer = renderer(cc);
        let outside = Outside::restore(cc, &state.settings);
        // A limit that is not read is none: that stays until it is seen.
        let tone = if loaded.limit_unread { Tone::Error } else { Tone::Info };
        for warning in loaded.warnings {
            let now = state.now;
            state.toasts.push(tone, warning, None, now);
        }
        if let Some(aside) = world.library.set_aside() {
            // Stays until it is closed: the tasks are not where they were.
            let now = state.now;
            state.toasts.push(Tone::Error, aside.to_string(), None, now);
        }
        let window = Window::new(&cc.egui_ctx, waker.clone(), cache);
        let (hand, handed) = channel();
        if let Some(instance) = launch.instance {
            let waker = waker.clone();
            instance.listen(move |pictures| {
                let taken = hand.send(pictures).is_ok();
                waker.wake_by_ref();
                taken
            })?;
        }
        let engine = Engine::new(world, runtime, waker);
        let commands = Vec::new();
        let mut app =
            Self { state, engine, window, commands, closing: false, opened: now(), fitted: false, outside, handed };
        let effects = update::start(&mut app.state);
        app.run(&cc.egui_ctx, effects);
        if !launch.pictures.is_empty() {
            // What was given comes before what the form held.
            app.commands.push(Command::TakeFiles { paths: launch.pictures, over: Some(FrameSlot::First) });
        }
        Ok(app)
    }

    /// Follows what the desktop prefers of colours and movement.
    #[must_use]
    pub fn following_the_desktop(mut self) -> Self {
        self.engine.follow_desktop();
        self
    }

    fn run(&mut self, ctx: &egui::Context, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::CloseWindow => {
                    self.closing = true;
                    ctx.send_viewport_cmd(ViewportCommand::Close);
                }
                Effect::Speak { language } => words::choose(language),
                Effect::RaiseWindow => raise(ctx),
                // A window in front needs no notification.
                Effect::NotifyReady { .. } | Effect::NotifyFailed { .. } if is_in_front(ctx) => {}
                other => self.engine.run(other),
            }
        }
    }

    /// A window that is larger than its screen, with its frame, fills the screen instead.
    fn fit(&mut self, ctx: &egui::Context) {
        // The frame's size is known only some passes after the window is there.
        if self.fitted || now().0 - self.opened.0 > SETTLING_MILLIS {
            return;
        }
        let (outer, monitor) = ctx.input(|input| (input.viewport().outer_rect, input.viewport().monitor_size));
        let (Some(outer), Some(monitor)) = (outer, monitor) else { return };
        if outer.width() > monitor.x || outer.height() > monitor.y {
            self.fitted = true;
            ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
        }
    }

    /// Takes the pictures of a later start and comes to the front.
    fn take_handed(&mut self, ctx: &egui::Context) {
        while let Ok(pictures) = self.handed.try_recv() {
            raise(ctx);
            if !pictures.is_empty() {
                self.commands.push(Command::TakeFiles { paths: pictures, over: Some(FrameSlot::First) });
            }
        }
    }

    fn apply_commands(&mut self, ctx: &egui::Context) {
        if self.commands.is_empty() {
            return;
        }
        for command in std::mem::take(&mut self.commands) {
            let effects = update::command(&mut self.state, command);
            self.run(ctx, effects);
        }
        ctx.request_repaint();
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.fit(ctx);
        self.take_handed(ctx);
        update::tick(&mut self.state, now());
        if !self.state.money.day.is_some_and(|day| day.contains(self.state.now)) {
            self.state.money.day = Some(local_day(self.state.now));
        }
        for event in self.engine.drain() {
            let effects = update::event(&mut self.state, event);
            self.run(ctx, effects);
        }
        self.commands.extend(self.outside.follow(ctx, &self.state));
        if let Some(count) = self.outside.running(&self.state) {
            self.engine.run(Effect::ShowRunning { count });
        }
        if ctx.input(|input| input.viewport().close_requested()) && !self.closing {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.commands.push(Command::CloseRequested);
        }
        self.apply_commands(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.window.ui(ui, &self.state, &mut self.commands);
        let ctx = ui.ctx().clone();
        self.apply_commands(&ctx);
    }
}

/// Becomes the window of the library below `data_dir`, or hands `pictures` to the one that is open.
///
/// # Errors
/// Where the folder cannot be used, or an open window does not answer.
pub fn start(data_dir: Option<PathBuf>, pictures: &[PathBuf]) -> std::io::Result<Start> {
    let folders = Folders::resolve(data_dir).map_err(std::io::Error::other)?;
    instance::start(&folders.owners(), pictures)
}

/// Whether somebody looks at the window. A window that is not painted has no passes: only what came in raw is of now.
fn is_in_front(ctx: &egui::Context) -> bool {
    ctx.input(|input| input.raw.focused && input.viewport().minimized != Some(true))
}

fn raise(ctx: &egui::Context) {
    ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
    ctx.send_viewport_cmd(ViewportCommand::Focus);
}

/// What paints the window: "OpenGL 4.5 (Core Profile) Mesa 22.3.6".
fn renderer(cc: &CreationContext<'_>) -> String {
    use eframe::glow::HasContext as _;
    let Some(gl) = &cc.gl else { return "none".to_owned() };
    let version = gl.version();
    let kind = if version.is_embedded { "OpenGL ES" } else { "OpenGL" };
    format!("{kind} {}.{} {}", version.major, version.minor, version.vendor_info).trim().to_owned()
}

fn now() -> UnixMillis {
    UnixMillis(jiff::Timestamp::now().as_millisecond())
}

/// winit takes Wayland where it is offered, and has no file drop there.
fn is_wayland() -> bool {
    cfg!(all(unix, not(target_vendor = "apple"))) && is_set("WAYLAND_DISPLAY")
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether there is a screen to open a window on.
#[must_use]
pub fn has_display() -> bool {
    !cfg!(all(unix, not(target_vendor = "apple"))) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_is_not_painted_is_not_in_front() {
        let ctx = egui::Context::default();
        let mut input = egui::RawInput { focused: true, ..egui::RawInput::default() };
        let mut output = ctx.run_ui(input.clone(), |ui| assert!(is_in_front(ui.ctx())));
        output.textures_delta.clear();
        // Minimised: there are no passes, and egui's own word is the one of the last.
        input.focused = false;
        let _ = ctx.run_logic(&input, |ctx| assert!(!is_in_front(ctx)));
    }
}
