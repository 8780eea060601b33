//! The window's outside: how it opens, where it lies, its icon and its title.

use std::path::PathBuf;

use egui::{Context, ViewportCommand, pos2};

use crate::domain::settings::Settings;
use crate::domain::window::{Placement, SMALLEST, Screen, Seen, WindowPlace};
use crate::services::library::{Folders, settings};
use crate::state::{Command, State};

/// After so many passes a window is on the screen.
const SHOWN_AFTER: u64 = 3;

/// What a window shows of itself where its desktop takes an icon from it and not from a desktop file.
const ICON: &[u8] = include_bytes!("../../assets/desktop/inbetween-128.png");

/// How the window opens: as it was left, or 1440×900 points, at least 1024×680, painted by glow.
#[must_use]
pub fn options(data_dir: Option<PathBuf>) -> eframe::NativeOptions {
    let left = Folders::resolve(data_dir).ok().and_then(|folders| settings::load(&folders.settings()).settings.window);
    // Where it lies is set once the screens are known, and whether it is maximised once it is there.
    let WindowPlace { size, .. } = left.unwrap_or_default();
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Inbetween")
        .with_app_id("inbetween")
        .with_inner_size([size.0.max(SMALLEST.0) as f32, size.1.max(SMALLEST.1) as f32])
        .with_min_inner_size([SMALLEST.0 as f32, SMALLEST.1 as f32])
        .with_clamp_size_to_monitor_size(true)
        .with_drag_and_drop(true);
    match eframe::icon_data::from_png_bytes(ICON) {
        Ok(icon) => viewport = viewport.with_icon(icon),
        Err(error) => tracing::warn!("the window has no icon: {error}"),
    }
    eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        event_loop_builder: own_menu(),
        ..Default::default()
    }
}

/// The menu that a Mac is given by default ends the program at once, whatever is being sent. Without it Cmd+Q is a key
/// like any other, and asks first.
#[cfg(target_os = "macos")]
#[expect(clippy::unnecessary_wraps, reason = "other systems have nothing to set")]
fn own_menu() -> Option<eframe::EventLoopBuilderHook> {
    use winit::platform::macos::EventLoopBuilderExtMacOS as _;
    Some(Box::new(|builder| {
        builder.with_default_menu(false);
    }))
}

#[cfg(not(target_os = "macos"))]
fn own_menu() -> Option<eframe::EventLoopBuilderHook> {
    None
}

/// Follows the window and keeps its title.
#[derive(Debug, Default)]
pub struct Outside {
    placement: Placement,
    title: Option<String>,
    running: usize,
    /// It was left maximised and is not yet again.
    maximise: bool,
}

impl Outside {
    /// Puts the window where it was left, as far as a screen is there.
    pub fn restore(cc: &eframe::CreationContext<'_>, settings: &Settings) -> Self {
        let (Some(left), Some(window)) = (settings.window, cc.winit_window()) else { return Self::default() };
        let screens: Vec<_> = window
            .available_monitors()
            .map(|monitor| {
                let scale = monitor.scale_factor();
                let points = |pixels: f64| (pixels / scale).round();
                let (at, size) = (monitor.position(), monitor.size());
                Screen {
                    at: (points(at.x.into()) as i32, points(at.y.into()) as i32),
                    size: (points(size.width.into()) as u32, points(size.height.into()) as u32),
                }
            })
            .collect();
        let place = left.on(&screens);
        if let Some((x, y)) = place.at {
            cc.egui_ctx.send_viewport_cmd(ViewportCommand::OuterPosition(pos2(x as f32, y as f32)));
        }
        Self { maximise: place.maximised, ..Self::default() }
    }

    /// How many tasks run, where that is another number than the last time.
    pub fn running(&mut self, state: &State) -> Option<usize> {
        let running = state.tasks.running();
        (std::mem::replace(&mut self.running, running) != running).then_some(running)
    }

    /// Once a pass: what is to be remembered of the window's place, and the title it has now.
    pub fn follow(&mut self, ctx: &Context, state: &State) -> Option<Command> {
        let title = state.window_title();
        if self.title.as_ref() != Some(&title) {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = Some(title);
        }
        if self.maximise {
            // A desktop forgets what it was told of a window before that is shown.
            if ctx.cumulative_pass_nr() > SHOWN_AFTER {
                self.maximise = false;
                ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
            }
            ctx.request_repaint();
        }
        let closes = ctx.input(|input| input.viewport().close_requested());
        let place = self.placement.see(state.settings.window, seen(ctx), state.now.0, closes);
        place.map(Command::WindowPlaced)
    }
}

/// The window as it is, in points of the desktop.
fn seen(ctx: &Context) -> Seen {
    let zoom = ctx.zoom_factor();
    let inside = ctx.content_rect().size();
    ctx.input(|input| {
        let window = input.viewport();
        let is = |state: Option<bool>| state.unwrap_or_default();
        if is(window.fullscreen) || is(window.minimized) {
            return Seen::Away;
        }
        if is(window.maximized) {
            return Seen::Maximised;
        }
        let at = window.outer_rect.map(|outer| outer.min * zoom);
        let size = window.inner_rect.map_or(inside, |inner| inner.size()) * zoom;
        Seen::Normal {
            at: at.map(|at| (at.x.round() as i32, at.y.round() as i32)),
            size: (size.x.round() as u32, size.y.round() as u32),
        }
    })
}
