//! A finished clip: its player, filmstrip, transport and what can be done with it.
//!
//! Owns the one open clip, how it is looked at, the Loop switch and the speed. Decoding and timing are the engine's.

mod actions;
mod chip;
mod compare;
mod diagnostics;
mod filmstrip;
mod full;
mod glance;
mod marks;
mod reel;
mod speed;
mod takes;
mod timing;
mod transport;
mod viewer;
mod volume;
mod zoom;

use std::path::{Path, PathBuf};
use std::task::Waker;

use egui::{ColorImage, Rect, Ui, pos2, vec2};

use super::regions::{self, PADDING};
use super::{details, strip, trouble};
use crate::domain::generation::{Generation, GenerationId, UnixMillis};
use crate::domain::settings::ClipSound;
use crate::state::{Action, Command, SettingsCommand};
use crate::ui::UiContext;
use crate::ui::theme::Theme;
use crate::ui::theme::metrics::{size, space};
use crate::video::Hearing;
use compare::Compare;
use full::Full;
pub(in crate::ui) use reel::upload;
use reel::{Footage, Reel};
use speed::Speed;
use takes::Head;
use transport::{Switches, Wish};
use viewer::Look;
use zoom::Zoom;

const TRANSPORT: f32 = 48.0;
const TRANSPORT_NARROW: f32 = 46.0;
/// Height of the bar under the cells, and the gaps above and below it.
const BAR: f32 = 4.0;
const BAR_ABOVE: f32 = 6.0;
const BAR_BELOW: f32 = 4.0;
/// The cells with their bar.
const FILM: f32 = strip::HEIGHT + BAR_ABOVE + BAR + BAR_BELOW;
/// Between the ruler and the transport.
const RULER_BELOW: f32 = 1.0;

/// Height of everything below a clip's picture but its details: filmstrip, ruler, transport, actions.
pub const fn controls_height(narrow: bool) -> f32 {
    let (below, transport) = if narrow { (space::XL, TRANSPORT_NARROW) } else { (space::XXL, TRANSPORT) };
    below + size::BUTTON + transport + RULER_BELOW + strip::RULER + FILM + space::XL
}

/// The room of a finished clip.
pub struct ClipRoom {
    waker: Waker,
    cache_dir: Option<PathBuf>,
    reel: Option<Reel>,
    /// When the open file was finished: one that was downloaded again is another file.
    finished: Option<UnixMillis>,
    /// Another take that was asked for, and how it goes on.
    going_on: Option<(GenerationId, Head)>,
    /// The take that was shown before this one, and when its file was finished.
    shelved: Option<(Reel, Option<UnixMillis>)>,
    looping: bool,
    speed: Speed,
    zoom: Zoom,
    sound: ClipSound,
    /// Chosen, and not told to the settings yet: the slider is still held.
    volume: Option<u8>,
    compare: Option<Compare>,
    diagnostics: bool,
    full: Full,
    /// What was asked for and needs the window to be done.
    asked: Vec<Action>,
}

impl ClipRoom {
    pub fn new(waker: Waker, cache_dir: Option<PathBuf>) -> Self {
        Self {
            waker,
            cache_dir,
            reel: None,
            finished: None,
            going_on: None,
            shelved: None,
            looping: true,
            speed: Speed::Normal,
            zoom: Zoom::FIT,
            sound: ClipSound::default(),
            volume: None,
            compare: None,
            diagnostics: false,
            full: Full::default(),
            asked: Vec::new(),
        }
    }

    /// Opens the task's clip, unless it is open already; another one is let go.
    pub fn open(&mut self, task: &Generation, path: &Path) {
        if self.finished == task.finished && self.reel.as_ref().is_some_and(|reel| reel.is_of(&task.id, path)) {
            return;
        }
        let head = self.going_on.take().filter(|(take, _)| *take == task.id).map(|(_, head)| head);
        let shelved = self
            .shelved
            .take()
            .filter(|(reel, finished)| head.is_some() && *finished == task.finished && reel.is_of(&task.id, path));
        let open = || Reel::open(task.id.clone(), path, self.waker.clone(), self.cache_dir.clone());
        let mut reel = shelved.map_or_else(open, |(reel, _)| reel);
        reel.set_looping(self.looping);
        reel.set_speed(self.speed.factor());
        if let Some(head) = head {
            self.go_on(reel, head);
        } else {
            self.reel = Some(reel);
            self.zoom = Zoom::FIT;
        }
        self.finished = task.finished;
        self.compare = None;
    }

    /// Lets go of the clip.
    pub fn close(&mut self) {
        self.reel = None;
        self.shelved = None;
        self.compare = None;
        self.asked.clear();
    }

    /// Plays the open clip from its start to its end.
    pub fn play_once(&mut self) {
        self.compare = None;
        if let Some(reel) = &mut self.reel {
            reel.play_once();
        }
    }

    /// Does what a shortcut asks.
    pub fn act(&mut self, action: Action) {
        let Some(reel) = &mut self.reel else { return };
        if let Some(compare) = self.compare.as_mut().filter(|compare| compare.has_clock())
            && moves_playhead(action)
        {
            compare.act(action, reel);
            return;
        }
        match action {
            Action::PlayPause => reel.toggle(),
            Action::PlayForward => reel.play_forward(),
            Action::PlayBackward => reel.play_backward(),
            Action::Pause => reel.pause(),
            Action::BackOneFrame => reel.step(-1),
            Action::ForwardOneFrame => reel.step(1),
            Action::FirstFrame => reel.seek(0),
            Action::LastFrame => reel.seek(usize::MAX),
            Action::InPoint => reel.mark(marks::Marks::set_in),
            Action::OutPoint => reel.mark(marks::Marks::set_out),
            Action::ClearPoints => reel.mark(|marks, _| marks.clear()),
            Action::ToggleLoop => {
                // Where it plays once the switch is not lit, and a press lights it.
                self.looping = !reel.loops();
                reel.set_looping(self.looping);
            }
            Action::ToggleZoom => self.zoom = self.zoom.toggled(),
            Action::Diagnostics => self.diagnostics = !self.diagnostics,
            Action::Compare if self.compare.is_some() => self.compare = None,
            Action::Compare => self.compare = Some(Compare::new(self.waker.clone(), self.cache_dir.clone())),
            other => self.asked.push(other),
        }
    }

    /// Whether the clip fills the screen.
    pub fn is_full(&self) -> bool {
        self.full.is_on() && self.reel.is_some()
    }

    /// Whether the window itself has to be told to fill the screen, or to stop that.
    pub fn take_full_change(&mut self) -> Option<bool> {
        let wanted = self.is_full();
        self.full.change(wanted)
    }

    /// Leaves the full screen; returns whether it was one.
    pub fn leave_full(&mut self) -> bool {
        let was = self.is_full();
        self.full.set(false);
        was
    }

    /// Does what was asked for and needs the window.
    fn settle(&mut self, ui: &Ui, cx: &mut UiContext<'_>, task: &Generation) {
        let Some(reel) = &mut self.reel else { return };
        let frame = reel.frame();
        if let Some(volume) = self.volume.take_if(|_| !ui.input(|input| input.pointer.any_down())) {
            cx.send(Command::Settings(SettingsCommand::SetVolume(volume)));
        } else {
            self.sound = cx.state.settings.clip_sound;
        }
        if let Some(volume) = self.volume {
            self.sound = ClipSound { muted: false, volume };
        }
        reel.set_loudness(self.sound.loudness());
        for action in std::mem::take(&mut self.asked) {
            match action {
                Action::FullScreen => self.full.set(!self.full.is_on()),
                Action::Mute => {
                    if matches!(reel.hearing(), Hearing::Played(_)) {
                        cx.send(Command::Settings(SettingsCommand::SetMuted(!self.sound.muted)));
                    }
                }
                Action::CopyFrame => {
                    if let Some(picture) = reel.pixels(frame) {
                        let size = [picture.width as usize, picture.height as usize];
                        ui.ctx().copy_image(ColorImage::from_rgba_unmultiplied(size, &picture.pixels));
                        cx.send(Command::FrameCopied);
                    }
                }
                action => {
                    if let Some(command) = actions::of_frame(action, frame).filter(|_| reel.is_ready()) {
                        cx.send(Command::Task(task.id.clone(), command));
                    }
                }
            }
        }
    }

    /// Shows the open clip in the whole panel.
    pub fn show(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>, panel: Rect, task: &Generation) {
        self.settle(ui, cx, task);
        let Some(reel) = &mut self.reel else { return };
        reel.advance(ui.ctx());
        if let Some(compare) = &mut self.compare {
            compare.advance(ui, cx.state, reel);
        }
        let mut rest = panel;
        let header = regions::cut_top(&mut rest, regions::header_height(cx.narrow));
        let failed = match reel.footage() {
            Footage::Failed(reason) => Some(reason),
            _ => None,
        };
        let entries = if failed.is_some() { Vec::new() } else { actions::more(reel) };
        let compare = self.compare.as_mut().filter(|_| failed.is_none());
        let (state, narrow) = (cx.state, cx.narrow);
        let mut take = None;
        let mut asked = trouble::header(ui, cx, header, task, &entries, |ui| match compare {
            Some(compare) => compare.controls(ui, state, narrow, task),
            None => take = takes::show(ui, state, task),
        });
        if !cx.narrow {
            details::show_clip(ui, cx, regions::cut_bottom(&mut rest, details::CLIP_HEIGHT), task);
        }
        if let Some(reason) = failed {
            viewer::failed(ui, cx, rest, task, &reason);
            if let Some(take) = take {
                self.switch_to(cx, take);
            }
            return;
        }
        regions::cut_bottom(&mut rest, if cx.narrow { space::XL } else { space::XXL });
        let buttons = regions::cut_bottom(&mut rest, size::BUTTON).shrink2(vec2(PADDING, 0.0));
        asked = actions::show(ui, cx, buttons, task, reel, self.compare.is_some()).or(asked);
        let height = if cx.narrow { TRANSPORT_NARROW } else { TRANSPORT };
        let transport = regions::cut_bottom(&mut rest, height).shrink2(vec2(PADDING, 0.0));
        let wish = self.controls(ui, transport, &mut rest, if cx.narrow { 8 } else { 9 });
        regions::cut_bottom(&mut rest, space::XL);
        let ground = Theme::of(ui.ctx()).palette.viewer;
        self.viewer(ui, cx, rest, task, ground);
        self.answer(wish.or(asked.map(Wish::Do)));
        if let Some(take) = take {
            self.switch_to(cx, take);
        }
    }

    /// The transport in its place, and the filmstrip in `count` cells at the bottom of what is left above it.
    fn controls(&mut self, ui: &mut Ui, transport: Rect, rest: &mut Rect, count: usize) -> Option<Wish> {
        let reel = self.reel.as_mut()?;
        let seam = self.compare.as_ref().filter(|compare| compare.has_clock());
        let playing = seam.map_or(reel.is_playing(), Compare::is_running);
        let on = Switches { playing, speed: self.speed, zoom: self.zoom, full: self.full.is_on(), sound: self.sound };
        let wish = transport::show(ui, transport, reel, on);
        regions::cut_bottom(rest, RULER_BELOW);
        let ruler = regions::cut_bottom(rest, strip::RULER);
        let film = regions::cut_bottom(rest, FILM).shrink2(vec2(PADDING, 0.0));
        let bar = film.top() + strip::HEIGHT + BAR_ABOVE;
        let place = filmstrip::Place {
            cells: Rect::from_min_size(film.min, vec2(film.width(), strip::HEIGHT)),
            bar: Rect::from_min_size(pos2(film.left(), bar), vec2(film.width(), BAR)),
            ruler: ruler.shrink2(vec2(PADDING, 0.0)),
        };
        let toggled = filmstrip::show(ui, &place, count, reel);
        wish.or(toggled.then_some(Wish::Do(Action::PlayPause)))
    }

    /// The picture, and what lies on it.
    fn viewer(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>, rect: Rect, task: &Generation, ground: egui::Color32) {
        let Some(reel) = &mut self.reel else { return };
        let look = Look { zoom: &mut self.zoom, compare: self.compare.as_mut(), ground };
        let clicked = viewer::show(ui, cx, rect, task, reel, look);
        if self.diagnostics {
            diagnostics::show(ui, rect, reel);
        }
        if clicked {
            self.act(Action::PlayPause);
        }
    }

    fn answer(&mut self, wish: Option<Wish>) {
        match wish {
            Some(Wish::Do(action)) => self.act(action),
            Some(Wish::Zoom(zoom)) => self.zoom = zoom,
            Some(Wish::Volume(percent)) => self.volume = Some(percent),
            Some(Wish::Speed(speed)) => {
                self.speed = speed;
                if let Some(reel) = &mut self.reel {
                    reel.set_speed(speed.factor());
                }
            }
            None => {}
        }
    }
}

/// What moves the playhead, and so the seam's while that is shown.
fn moves_playhead(action: Action) -> bool {
    matches!(
        action,
        Action::PlayPause
            | Action::PlayForward
            | Action::PlayBackward
            | Action::Pause
            | Action::BackOneFrame
            | Action::ForwardOneFrame
    )
}

#[cfg(test)]
mod tests;
