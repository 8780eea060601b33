//! A clip beside something else: the pictures it was made from, another take, or its own start after its end.
//!
//! Owns what is compared and how. There is one clock, the clip's: whatever lies beside it shows the same moment.

mod difference;
mod seam;

use std::path::PathBuf;
use std::task::Waker;

use egui::{Align2, ColorImage, CornerRadius, Rect, TextureHandle, TextureId, TextureOptions, Ui, Vec2, vec2};

use super::chip;
use super::reel::{Footage, Reel};
use super::viewer::decoding;
use super::zoom::{Grain, Zoom};
use crate::domain::frame::Preview;
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::domain::model::Size;
use crate::state::tasks::Posters;
use crate::state::{Action, Command, State};
use crate::ui::UiContext;
use crate::ui::stage::{divider, headline, picture};
use crate::ui::theme::Theme;
use crate::ui::widgets::{Choice, Dropdown, Segment, Segmented};
use difference::{GAIN, Pixels, difference};
use seam::{Seam, Side};

/// Clips that are offered to be compared with, the newest first.
const MOST_OFFERED: usize = 12;
const GAP: f32 = 2.0;

/// How both are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Split,
    Sides,
    Difference,
    Seam,
}

/// What lies beside the clip.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Against {
    First,
    Last,
    /// Its own start, after its end.
    Itself,
    Clip(GenerationId),
}

/// The comparison of the open clip.
pub struct Compare {
    waker: Waker,
    cache_dir: Option<PathBuf>,
    mode: Mode,
    beside: Against,
    /// What follows the clip in the seam.
    after: Against,
    split: f32,
    other: Option<Reel>,
    seam: Seam,
    /// What the seam shows now; `None` while frames of it are awaited.
    side: Option<Side>,
    /// The difference, and what it is one of.
    shown: Option<(Pair, TextureHandle)>,
}

/// What a difference is one of.
#[derive(Debug, Clone, PartialEq)]
struct Pair {
    frame: usize,
    against: Against,
    /// The frame of another clip, or the size of a still.
    other: (Option<usize>, Option<Size>),
    options: TextureOptions,
}

/// Something to be shown beside the clip's own frame.
struct Twin {
    texture: TextureId,
    /// In pixels.
    size: Vec2,
    /// The part of it that has the clip's shape.
    part: Rect,
}

impl Compare {
    pub fn new(waker: Waker, cache_dir: Option<PathBuf>) -> Self {
        Self {
            waker,
            cache_dir,
            mode: Mode::Split,
            beside: Against::First,
            after: Against::Itself,
            split: 0.5,
            other: None,
            seam: Seam::default(),
            side: None,
            shown: None,
        }
    }

    /// Whether the comparison has a clock of its own now, which the transport moves.
    pub fn has_clock(&self) -> bool {
        self.mode == Mode::Seam
    }

    /// Whether the seam plays.
    pub fn is_running(&self) -> bool {
        self.seam.is_running()
    }

    /// Does what a shortcut asks while the seam is shown.
    pub fn act(&mut self, action: Action, reel: &Reel) {
        let length = Seam::round(reel.frames(), self.follower(reel).frames()).len();
        match action {
            Action::PlayPause => self.seam.toggle(),
            Action::Pause if self.seam.is_running() => self.seam.toggle(),
            Action::PlayForward if !self.seam.is_running() => self.seam.toggle(),
            Action::BackOneFrame => self.seam.step(-1, length),
            Action::ForwardOneFrame => self.seam.step(1, length),
            _ => {}
        }
    }

    /// How it is compared and with what, from the right of the header.
    pub fn controls(&mut self, ui: &mut Ui, state: &State, narrow: bool, task: &Generation) {
        let modes = [
            (Mode::Split, words!("compare-split")),
            (Mode::Sides, words!("compare-sides")),
            (Mode::Difference, words!("compare-difference")),
            (Mode::Seam, words!("compare-seam")),
        ];
        let segments: Vec<_> = modes.iter().map(|(mode, name)| Segment::new(*mode, name)).collect();
        Segmented::new(&words!("compare-mode"), &segments).show(ui, &mut self.mode);
        let offered = offers(state, task, self.mode);
        let choices: Vec<_> = offered.iter().map(|(against, label)| Choice::new(against.clone(), label)).collect();
        let (name, chosen) = match self.mode {
            Mode::Seam => (words!("compare-joined-to"), &mut self.after),
            _ => (words!("compare-with"), &mut self.beside),
        };
        if !offered.iter().any(|(against, _)| against == chosen)
            && let Some((first, _)) = offered.first()
        {
            *chosen = first.clone();
        }
        let width = if narrow { 116.0 } else { 140.0 };
        Dropdown::new(&name, &choices).quiet_words().width(width).show(ui, chosen);
    }

    fn against(&self) -> &Against {
        if self.mode == Mode::Seam { &self.after } else { &self.beside }
    }

    /// The clip whose start follows in the seam.
    fn follower<'a>(&'a self, reel: &'a Reel) -> &'a Reel {
        self.other.as_ref().unwrap_or(reel)
    }

    /// Opens the other clip where there is one, and lets go of any that is not compared any more.
    fn keep_other(&mut self, ui: &Ui, state: &State) {
        let wanted = match self.against() {
            Against::Clip(id) => state.tasks.get(id).and_then(|task| Some((task.id.clone(), task.clip.clone()?))),
            _ => None,
        };
        let Some((id, path)) = wanted else {
            self.other = None;
            return;
        };
        if !self.other.as_ref().is_some_and(|reel| reel.is_of(&id, &path)) {
            self.other = Some(Reel::open(id, &path, self.waker.clone(), self.cache_dir.clone()));
        }
        if let Some(other) = &mut self.other {
            other.advance(ui.ctx());
        }
    }

    /// Moves on to the present time. While the seam is shown the clip's playhead stands where the seam does.
    pub fn advance(&mut self, ui: &Ui, state: &State, reel: &mut Reel) {
        self.keep_other(ui, state);
        if self.mode != Mode::Seam {
            return;
        }
        let round = Seam::round(reel.frames(), self.follower(reel).frames());
        let there = |side: &Side| match *side {
            Side::Before(frame) => reel.has(frame),
            Side::After(frame) => self.follower(reel).has(frame),
        };
        let ready = reel.is_ready() && self.follower(reel).is_ready() && round.iter().all(there);
        let rate = reel.frames() as f64 / reel.seconds().max(0.001);
        let now = ui.input(|input| input.time);
        let (at, wait) = self.seam.advance(now, round.len(), rate, ready);
        if let Some(wait) = wait {
            ui.ctx().request_repaint_after_secs(wait as f32);
        }
        if reel.is_playing() {
            reel.pause();
        }
        self.side = round.get(at).copied().filter(|_| ready);
        match (self.side, &mut self.other) {
            (Some(Side::Before(frame)), _) | (Some(Side::After(frame)), None) => reel.follow(frame),
            (Some(Side::After(frame)), Some(other)) => other.follow(frame),
            (None, _) => {}
        }
    }

    /// Shows the clip and what lies beside it in `room`.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &mut UiContext<'_>,
        room: Rect,
        task: &Generation,
        reel: &mut Reel,
        zoom: Zoom,
    ) {
        match self.mode {
            Mode::Split => self.split(ui, cx, room, task, reel, zoom),
            Mode::Sides => self.sides(ui, cx, room, task, reel, zoom),
            Mode::Difference => self.difference(ui, cx, room, task, reel, zoom),
            Mode::Seam => self.seam(ui, room, reel, zoom),
        }
    }

    fn split(&mut self, ui: &Ui, cx: &mut UiContext<'_>, room: Rect, task: &Generation, reel: &mut Reel, zoom: Zoom) {
        let place = place(ui, room, task, reel, zoom);
        let frame = place.intersect(room);
        let at = frame.left() + frame.width() * self.split;
        let grain = zoom.grain(place, ui.pixels_per_point());
        let twin = self.twin(ui, cx, task, reel, grain);
        own(ui, room.with_max_x(at.max(room.left())), place, reel, grain);
        paint_twin(ui, room.with_min_x(at), place, twin.as_ref());
        self.names(ui, cx, frame, task);
        let id = ui.scope_id().with("compare divider");
        let response = divider::slider(
            ui,
            id,
            divider::reach(frame, self.split),
            frame,
            &words!("compare-position"),
            &mut self.split,
        );
        divider::paint(ui, frame, self.split, &response);
    }

    fn sides(&mut self, ui: &Ui, cx: &mut UiContext<'_>, room: Rect, task: &Generation, reel: &mut Reel, zoom: Zoom) {
        let half = (room.width() - GAP) / 2.0;
        let left = room.with_max_x(room.left() + half);
        let right = room.with_min_x(room.right() - half);
        let mine = place(ui, left, task, reel, zoom);
        let grain = zoom.grain(mine, ui.pixels_per_point());
        let twin = self.twin(ui, cx, task, reel, grain);
        own(ui, left, mine, reel, grain);
        paint_twin(ui, right, place(ui, right, task, reel, zoom), twin.as_ref());
        self.names(ui, cx, room, task);
    }

    fn difference(
        &mut self,
        ui: &Ui,
        cx: &mut UiContext<'_>,
        room: Rect,
        task: &Generation,
        reel: &mut Reel,
        zoom: Zoom,
    ) {
        let place = place(ui, room, task, reel, zoom);
        let texture = self.differing(ui, cx, task, reel, zoom.grain(place, ui.pixels_per_point()).options);
        let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
        match texture {
            Some(texture) => picture::paint(&painter, place, texture, picture::WHOLE, CornerRadius::ZERO),
            None => {
                painter.rect_filled(place, CornerRadius::ZERO, Theme::of(ui.ctx()).palette.control);
            }
        }
        let words = words!("compare-difference-to", what = self.spoken_label(cx, task), gain = GAIN);
        chip::show(ui, place.intersect(room), Align2::LEFT_BOTTOM, &words);
    }

    /// The difference of the frame under the playhead, made anew where another one is due.
    fn differing(
        &mut self,
        ui: &Ui,
        cx: &mut UiContext<'_>,
        task: &Generation,
        reel: &mut Reel,
        options: TextureOptions,
    ) -> Option<TextureId> {
        let frame = reel.frame();
        let (other_frame, still) = match &mut self.other {
            Some(other) => (Some(other.frame_at_seconds(reel.seconds_now())), None),
            None => (None, Some(self.still(cx, task)?)),
        };
        let other = (other_frame, still.as_ref().map(|still| still.size));
        let key = Pair { frame, against: self.beside.clone(), other, options };
        if let Some((shown, texture)) = &self.shown
            && *shown == key
        {
            return Some(texture.id());
        }
        let own = reel.pixels(frame)?;
        let pixels = match (&mut self.other, other_frame, &still) {
            (Some(other), Some(number), _) => {
                other.follow(number);
                let twin = other.pixels(number)?;
                difference((&own).into(), (&twin).into(), difference::WHOLE)
            }
            (_, _, Some(still)) => {
                let size = still.size;
                let twin = Pixels { width: size.width as usize, height: size.height as usize, rgba: &still.rgba };
                difference((&own).into(), twin, part(size, &own))
            }
            _ => return None,
        };
        let image = ColorImage::from_rgba_unmultiplied([own.width as usize, own.height as usize], &pixels);
        match &mut self.shown {
            Some((shown, texture)) => {
                *shown = key;
                texture.set(image, options);
            }
            None => self.shown = Some((key, ui.ctx().load_texture("difference", image, options))),
        }
        self.shown.as_ref().map(|(_, texture)| texture.id())
    }

    fn seam(&mut self, ui: &Ui, room: Rect, reel: &mut Reel, zoom: Zoom) {
        let (before, after) = (reel.frames(), self.follower(reel).frames());
        let words = match (self.side, &self.other) {
            (None, _) => words!("compare-decoding"),
            (Some(Side::Before(frame)), _) => words!("compare-end", frame = frame + 1, frames = before),
            (Some(Side::After(frame)), None) => words!("compare-start", frame = frame + 1, frames = after),
            (Some(Side::After(frame)), Some(_)) => {
                words!("compare-other-start", frame = frame + 1, frames = after)
            }
        };
        let (shown, frame) = match (self.side, &mut self.other) {
            (Some(Side::After(frame)), Some(other)) => (other, frame),
            (Some(Side::Before(frame) | Side::After(frame)), _) => (reel, frame),
            (None, _) => {
                let frame = reel.frame();
                (reel, frame)
            }
        };
        let size = shown.picture_size().unwrap_or(vec2(16.0, 9.0));
        let place = zoom.place(room, size, ui.pixels_per_point());
        let grain = zoom.grain(place, ui.pixels_per_point());
        let texture = shown.picture(ui.ctx(), frame, grain).or_else(|| shown.texture());
        let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
        if let Some(texture) = texture {
            picture::paint(&painter, place, texture, picture::WHOLE, CornerRadius::ZERO);
        }
        chip::show(ui, place.intersect(room), Align2::LEFT_BOTTOM, &words);
    }

    /// What lies beside the clip's present frame, as far as it is there.
    fn twin(&mut self, ui: &Ui, cx: &mut UiContext<'_>, task: &Generation, reel: &Reel, grain: Grain) -> Option<Twin> {
        if let Some(other) = &mut self.other {
            let frame = other.frame_at_seconds(reel.seconds_now());
            other.follow(frame);
            let texture = other.picture(ui.ctx(), frame, grain)?;
            return Some(Twin { texture, size: other.picture_size()?, part: picture::WHOLE });
        }
        let still = self.still(cx, task)?;
        let texture = cx.textures.get(ui.ctx(), &still).id();
        let size = vec2(still.size.width as f32, still.size.height as f32);
        let shape = reel.picture_size().unwrap_or(size);
        Some(Twin { texture, size: shape, part: picture::fill(still.size, shape) })
    }

    /// The picture the clip was made from, asked for where it is not loaded; its poster until then.
    fn still(&self, cx: &mut UiContext<'_>, task: &Generation) -> Option<Preview> {
        let pick = |first: &Option<Preview>, last: &Option<Preview>| match self.beside {
            Against::First => first.clone(),
            Against::Last => last.clone(),
            _ => None,
        };
        let state = cx.state;
        match &state.stills {
            Some((id, Posters::Ready { first, last })) if *id == task.id => return pick(first, last),
            Some((id, Posters::Loading)) if *id == task.id => {}
            _ => cx.send(Command::LoadStills(task.id.clone())),
        }
        match state.tasks.posters.get(&task.id) {
            Some(Posters::Ready { first, last }) => pick(first, last),
            _ => None,
        }
    }

    fn names(&self, ui: &Ui, cx: &UiContext<'_>, frame: Rect, task: &Generation) {
        chip::show(ui, frame, Align2::LEFT_BOTTOM, &words!("compare-this"));
        let label = self.label(cx, task);
        let words = if self.is_missing(cx, task) { words!("compare-missing", label = label) } else { label };
        chip::show(ui, frame, Align2::RIGHT_BOTTOM, &words);
    }

    /// Whether what is compared with will not come: the other clip cannot be played, or the picture is gone or was
    /// never here.
    fn is_missing(&self, cx: &UiContext<'_>, task: &Generation) -> bool {
        if let Some(other) = &self.other {
            return matches!(other.footage(), Footage::Failed(_));
        }
        match (&cx.state.stills, &self.beside) {
            (Some((id, Posters::Ready { first, .. })), Against::First) => *id == task.id && first.is_none(),
            (Some((id, Posters::Ready { last, .. })), Against::Last) => *id == task.id && last.is_none(),
            _ => false,
        }
    }

    /// What it is compared with, in the middle of a sentence.
    fn spoken_label(&self, cx: &UiContext<'_>, task: &Generation) -> String {
        match self.against() {
            Against::First => words!("compare-first"),
            Against::Last => words!("compare-last"),
            _ => self.label(cx, task),
        }
    }

    fn label(&self, cx: &UiContext<'_>, task: &Generation) -> String {
        let found = offers(cx.state, task, self.mode).into_iter().find(|(against, _)| against == self.against());
        found.map_or_else(|| words!("compare-nothing"), |(_, label)| label)
    }
}

/// What the clip can be compared with.
fn offers(state: &State, task: &Generation, mode: Mode) -> Vec<(Against, String)> {
    let mut offers = match mode {
        Mode::Seam => vec![(Against::Itself, words!("compare-own-start"))],
        _ => vec![(Against::First, words!("frame-first"))],
    };
    if mode != Mode::Seam && task.has_last_frame {
        offers.push((Against::Last, words!("frame-last")));
    }
    let others = || {
        let with_clip = state.tasks.rows().iter().filter(|row| row.clip.is_some() && row.id != task.id);
        with_clip.filter(|row| row.status == Status::Done)
    };
    // Takes of the same prompt first. Only what is offered is named, however long the list is.
    let is_take = |row: &&Generation| row.settings.prompt == task.settings.prompt;
    let named = others().filter(is_take).map(|row| (row, take(row)));
    let named = named.chain(others().filter(|row| !is_take(row)).map(|row| (row, headline::title(row))));
    offers.extend(named.take(MOST_OFFERED).map(|(row, name)| (Against::Clip(row.id.clone()), name)));
    offers
}

fn take(row: &Generation) -> String {
    row.seed_used.map_or_else(|| words!("compare-another-take"), |seed| words!("compare-take", seed = seed.to_string()))
}

/// Where the clip's picture lies.
fn place(ui: &Ui, room: Rect, task: &Generation, reel: &Reel, zoom: Zoom) -> Rect {
    let size = reel.picture_size().unwrap_or(vec2(task.output.width as f32, task.output.height as f32));
    zoom.place(room, size, ui.pixels_per_point())
}

/// The clip's own frame, as far as `room` shows it.
fn own(ui: &Ui, room: Rect, place: Rect, reel: &mut Reel, grain: Grain) {
    let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
    let frame = reel.frame();
    let shown = reel.picture(ui.ctx(), frame, grain);
    if let Some(texture) = shown.or_else(|| reel.texture()) {
        picture::paint(&painter, place, texture, picture::WHOLE, CornerRadius::ZERO);
    }
    if shown.is_none() {
        decoding(ui, room, place, frame);
    }
}

fn paint_twin(ui: &Ui, room: Rect, place: Rect, twin: Option<&Twin>) {
    let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
    let Some(twin) = twin else {
        painter.rect_filled(place, CornerRadius::ZERO, Theme::of(ui.ctx()).palette.stale_dim);
        return;
    };
    // A clip of another shape lies whole inside the same place.
    let inner = picture::fit(place, twin.size.x / twin.size.y.max(1.0));
    let place = if (inner.size() - place.size()).length() < 2.0 { place } else { inner };
    picture::paint(&painter, place, twin.texture, twin.part, CornerRadius::ZERO);
}

/// The part of a still that has the shape of a frame.
fn part(still: Size, frame: &crate::video::Rgba) -> Rect {
    picture::fill(still, vec2(frame.width as f32, frame.height as f32))
}
