//! A finished clip: its player, filmstrip, transport and what can be done with it.
//!
//! Owns the one open clip, the Loop switch and the speed. Decoding and timing are the engine's.

mod actions;
mod filmstrip;
mod reel;
mod timing;
mod transport;
mod viewer;

use std::path::{Path, PathBuf};
use std::task::Waker;

use egui::{Rect, Ui, vec2};

use super::regions::{self, PADDING};
use super::{details, strip, trouble};
use crate::domain::generation::Generation;
use crate::state::Action;
use crate::ui::UiContext;
use crate::ui::theme::metrics::{size, space};
use reel::{Footage, Reel};

const TRANSPORT: f32 = 48.0;
const TRANSPORT_NARROW: f32 = 46.0;
/// Height of the bar under the cells, and the gap above and below it.
const BAR: f32 = 4.0;
const BAR_GAP: f32 = 5.0;

/// Height of everything below a clip's picture but its details: filmstrip, ruler, transport, actions.
pub const fn controls_height(narrow: bool) -> f32 {
    let (below, transport) = if narrow { (space::XL, TRANSPORT_NARROW) } else { (space::XXL, TRANSPORT) };
    below + size::BUTTON + transport + strip::RULER + strip::HEIGHT + 2.0 * BAR_GAP + BAR + space::XL
}

/// The room of a finished clip.
pub struct ClipRoom {
    waker: Waker,
    cache_dir: Option<PathBuf>,
    reel: Option<Reel>,
    looping: bool,
    speed: Speed,
}

/// How fast a clip plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    Half,
    Normal,
    Double,
}

impl Speed {
    const ALL: [Self; 3] = [Self::Half, Self::Normal, Self::Double];

    const fn factor(self) -> f32 {
        match self {
            Self::Half => 0.5,
            Self::Normal => 1.0,
            Self::Double => 2.0,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Half => "0.5×",
            Self::Normal => "1×",
            Self::Double => "2×",
        }
    }
}

impl ClipRoom {
    pub fn new(waker: Waker, cache_dir: Option<PathBuf>) -> Self {
        Self { waker, cache_dir, reel: None, looping: true, speed: Speed::Normal }
    }

    /// Opens the task's clip, unless it is open already; another one is let go.
    pub fn open(&mut self, task: &Generation, path: &Path) {
        if self.reel.as_ref().is_some_and(|reel| reel.is_of(&task.id, path)) {
            return;
        }
        let mut reel = Reel::open(task.id.clone(), path, self.waker.clone(), self.cache_dir.clone());
        reel.set_looping(self.looping);
        reel.set_speed(self.speed.factor());
        self.reel = Some(reel);
    }

    /// Lets go of the clip.
    pub fn close(&mut self) {
        self.reel = None;
    }

    /// Plays the open clip from its start to its end.
    pub fn play_once(&mut self) {
        if let Some(reel) = &mut self.reel {
            reel.play_once();
        }
    }

    /// Does what a shortcut asks.
    pub fn act(&mut self, action: Action) {
        if action == Action::ToggleLoop {
            self.toggle_loop();
        }
        let Some(reel) = &mut self.reel else { return };
        match action {
            Action::PlayPause => reel.toggle(),
            Action::BackOneFrame => reel.step(-1),
            Action::ForwardOneFrame => reel.step(1),
            Action::FirstFrame => reel.seek(0),
            Action::LastFrame => reel.seek(usize::MAX),
            _ => {}
        }
    }

    fn toggle_loop(&mut self) {
        self.looping = !self.looping;
        if let Some(reel) = &mut self.reel {
            reel.set_looping(self.looping);
        }
    }

    fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
        if let Some(reel) = &mut self.reel {
            reel.set_speed(speed.factor());
        }
    }

    /// Shows the open clip in the whole panel.
    pub fn show(&mut self, ui: &mut Ui, cx: &mut UiContext<'_>, panel: Rect, task: &Generation) {
        let Some(reel) = &mut self.reel else { return };
        reel.advance(ui.ctx());
        let mut rest = panel;
        let header = regions::cut_top(&mut rest, regions::header_height(cx.narrow));
        trouble::header(ui, cx, header, task, &actions::more(reel), |_| ());
        if !cx.narrow {
            details::show_clip(ui, cx, regions::cut_bottom(&mut rest, details::CLIP_HEIGHT), task);
        }
        if let Footage::Failed(reason) = reel.footage() {
            viewer::failed(ui, cx, rest.shrink2(vec2(1.0, 0.0)), task, &reason);
            return;
        }
        regions::cut_bottom(&mut rest, if cx.narrow { space::XL } else { space::XXL });
        let buttons = regions::cut_bottom(&mut rest, size::BUTTON);
        actions::show(ui, cx, buttons.shrink2(vec2(PADDING, 0.0)), task, reel);
        let height = if cx.narrow { TRANSPORT_NARROW } else { TRANSPORT };
        let transport = regions::cut_bottom(&mut rest, height).shrink2(vec2(PADDING, 0.0));
        let wish = transport::show(ui, transport, reel, self.looping, self.speed);
        let ruler = regions::cut_bottom(&mut rest, strip::RULER);
        let film = regions::cut_bottom(&mut rest, strip::HEIGHT + 2.0 * BAR_GAP + BAR);
        let count = if cx.narrow { 8 } else { 9 };
        let place = filmstrip::Place {
            cells: Rect::from_min_size(film.min, vec2(film.width(), strip::HEIGHT)).shrink2(vec2(PADDING, 0.0)),
            bar: regions::centred(film, vec2(film.width(), BAR))
                .translate(vec2(0.0, film.height() / 2.0 - BAR_GAP - BAR / 2.0))
                .shrink2(vec2(PADDING, 0.0)),
            ruler: ruler.shrink2(vec2(PADDING, 0.0)),
        };
        filmstrip::show(ui, &place, count, reel);
        regions::cut_bottom(&mut rest, space::XL);
        viewer::show(ui, cx, rest.shrink2(vec2(1.0, 0.0)), task, reel);
        self.answer(wish);
    }

    fn answer(&mut self, wish: Option<transport::Wish>) {
        match wish {
            Some(transport::Wish::Do(action)) => self.act(action),
            Some(transport::Wish::Speed(speed)) => self.set_speed(speed),
            None => {}
        }
    }
}
