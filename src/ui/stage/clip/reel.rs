//! The open clip: the engine's player, and the textures its frames are shown with.
//!
//! Owns how the playhead is driven (speed, J/K/L, in and out points, loop). Frames are shrunk to what is seen of them
//! and converted on the processor. A shader on the planes in a paint callback would take less of it, but a callback is
//! handed `glow`'s context, whose every call is an unsafe function, and `egui_glow` wraps none of them; this program's
//! own code makes no such calls.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use egui::{Color32, ColorImage, Context, ImageData, TextureHandle, TextureId, TextureOptions, Vec2, vec2};

use super::marks::Marks;
use super::takes::Head;
use super::timing;
use super::zoom::Grain;
use crate::domain::generation::GenerationId;
use crate::video::{ClipInfo, FrameRate, Hearing, Player, PlayerOptions, PlayerState, Rgba, Screen};

/// What is known of the clip.
pub enum Footage {
    Opening,
    Ready,
    /// It cannot be played; the sentence has no full stop.
    Failed(String),
}

/// One clip and its playhead.
pub struct Reel {
    task: GenerationId,
    path: PathBuf,
    player: Player,
    info: Option<ClipInfo>,
    picture: Option<TextureHandle>,
    /// The frame in `picture`, counted from 0, and how it went there.
    pictured: Option<(usize, Grain)>,
    /// The frame whose picture it is, where that of `pictured` cannot be decoded.
    stand_in: Option<usize>,
    screen: Screen,
    /// Pixels on their way to the graphics card; their memory is used again once they are there.
    pixels: Arc<ColorImage>,
    strip: Strip,
    /// The small picture under the pointer, and its frame.
    glance: Option<(usize, TextureHandle)>,
    looping: bool,
    /// Playing once to the end, whatever Loop says.
    once: bool,
    /// Was playing when the scrub began.
    resume: bool,
    /// Times the clip's own speed, as chosen from the menu.
    speed: f32,
    /// Times that speed, by J and L: 1, 2 or 4, negative backwards.
    shuttle: i8,
    marks: Marks,
    /// The frame to begin on, while the clip is being opened.
    begin: Option<usize>,
    /// The moment that the window's own clock counts from, as far as the player is concerned.
    epoch: Instant,
    pub pace: Pace,
}

/// What showing the clip cost, for the diagnostics.
#[derive(Default)]
pub struct Pace {
    /// Pictures that went to the graphics card, and how long the last one took to be read and converted.
    pub shown: u64,
    pub took: Duration,
    /// When the last pictures went there, by the window's clock in seconds.
    times: VecDeque<f64>,
}

impl Pace {
    fn count(&mut self, now: f64, took: Duration) {
        self.shown += 1;
        self.took = took;
        self.times.push_back(now);
        while self.times.len() > 240 {
            self.times.pop_front();
        }
    }

    /// Pictures in the second before `now`.
    pub fn a_second(&self, now: f64) -> usize {
        self.times.iter().filter(|time| now - **time < 1.0).count()
    }
}

/// The filmstrip's small pictures.
#[derive(Default)]
struct Strip {
    width: u32,
    cells: Vec<Option<TextureHandle>>,
}

impl Reel {
    pub fn open(task: GenerationId, path: &Path, waker: Waker, cache_dir: Option<PathBuf>) -> Self {
        Self {
            task,
            path: path.to_owned(),
            player: Player::open(path, waker, PlayerOptions { cache_dir, ..PlayerOptions::default() }),
            info: None,
            picture: None,
            pictured: None,
            stand_in: None,
            screen: Screen::default(),
            pixels: Arc::default(),
            strip: Strip::default(),
            glance: None,
            looping: true,
            once: false,
            resume: false,
            speed: 1.0,
            shuttle: 1,
            marks: Marks::default(),
            begin: None,
            epoch: Instant::now(),
            pace: Pace::default(),
        }
    }

    pub fn is_of(&self, task: &GenerationId, path: &Path) -> bool {
        self.task == *task && self.path == path
    }

    /// Tells this clip from any other.
    pub fn key(&self) -> &GenerationId {
        &self.task
    }

    pub fn footage(&self) -> Footage {
        match self.player.state() {
            PlayerState::Opening => Footage::Opening,
            PlayerState::Ready(_) => Footage::Ready,
            PlayerState::Failed(error) if error.is_about_coding() => {
                Footage::Failed(words!("clip-with-ffmpeg", error = error.to_string()))
            }
            PlayerState::Failed(error) => Footage::Failed(error.to_string()),
        }
    }

    /// What the diagnostics tell of the engine.
    pub fn player(&self) -> &Player {
        &self.player
    }

    /// What the file says of itself, once it is open.
    pub fn info(&self) -> Option<&ClipInfo> {
        self.info.as_ref()
    }

    /// Moves on to the present time, and asks to be painted again when the next frame is due.
    pub fn advance(&mut self, ctx: &Context) {
        if self.info.is_none()
            && let PlayerState::Ready(info) = self.player.state()
        {
            self.info = Some(info.clone());
            self.player.set_span(self.marks.span(self.frames()));
            if let Some(frame) = self.begin.take() {
                self.player.seek_frame(frame);
            }
        }
        // The window's clock, so that a pass sees one time only, and a test's steps are what passes.
        let now = self.epoch + Duration::from_secs_f64(ctx.input(|input| input.time).max(0.0));
        if let Some(wait) = self.player.advance(now).next {
            ctx.request_repaint_after(wait);
        }
        if !self.player.is_playing() {
            self.end_once();
            if self.shuttle != 1 {
                self.set_shuttle(1);
            }
        }
    }

    /// The texture of frame `number`, counted from 0. `None` until that frame is decoded; then the window is woken.
    pub fn picture(&mut self, ctx: &Context, number: usize, grain: Grain) -> Option<TextureId> {
        if self.pictured != Some((number, grain)) || self.picture.is_none() {
            let began = Instant::now();
            let frame = self.player.frame_at(number)?;
            let whole = [frame.layout.width as usize, frame.layout.height as usize];
            // Shrinking is generic code that is compiled with this crate: without optimisation it takes longer than it
            // saves, and there is no play.
            let most = grain.most.filter(|_| !cfg!(debug_assertions));
            let size = Grain { most, ..grain }.of(whole, ctx.input(|input| input.max_texture_side));
            let pixels = room_for(&mut self.pixels, size);
            self.screen.convert(&frame, (size[0] as u32, size[1] as u32), pixels.as_raw_mut());
            let image = ImageData::Color(Arc::clone(&self.pixels));
            match &mut self.picture {
                Some(texture) => texture.set(image, grain.options),
                None => self.picture = Some(ctx.load_texture("clip", image, grain.options)),
            }
            self.pictured = Some((number, grain));
            self.stand_in = (frame.number != number).then_some(frame.number);
            self.pace.count(ctx.input(|input| input.time), began.elapsed());
        }
        self.texture()
    }

    /// The pixels of frame `number`, counted from 0, exactly as decoded; `None` until it is.
    pub fn pixels(&mut self, number: usize) -> Option<Rgba> {
        self.player.frame_at(number).map(|frame| frame.rgba())
    }

    /// The frame that is shown in place of one that is damaged, counted from 0.
    pub fn stand_in(&self) -> Option<usize> {
        self.stand_in
    }

    /// Whatever frame was shown last.
    pub fn texture(&self) -> Option<TextureId> {
        self.picture.as_ref().map(TextureHandle::id)
    }

    /// Size of the picture in pixels, once it is known.
    pub fn picture_size(&self) -> Option<Vec2> {
        self.info.as_ref().map(|info| vec2(info.width as f32, info.height as f32))
    }

    pub fn is_ready(&self) -> bool {
        self.info.is_some()
    }

    pub fn is_playing(&self) -> bool {
        self.player.is_playing()
    }

    /// Frames in the clip, at least 1.
    pub fn frames(&self) -> usize {
        self.info.as_ref().map_or(1, |info| info.frames.max(1))
    }

    /// The frame under the playhead, counted from 1.
    pub fn number(&self) -> usize {
        (self.player.frame_number() + 1).min(self.frames())
    }

    fn rate(&self) -> FrameRate {
        self.info.as_ref().map_or(FrameRate { frames: 24, seconds: 1 }, |info| info.frame_rate)
    }

    /// Length in seconds; 0 while it is not known.
    pub fn seconds(&self) -> f64 {
        self.info.as_ref().map_or(0.0, |info| info.frames as f64 / info.frame_rate.per_second().max(0.001))
    }

    pub fn hundredths(&self) -> u64 {
        self.hundredths_of(self.frame())
    }

    /// The time that a frame, counted from 0, is shown under.
    pub fn hundredths_of(&self, frame: usize) -> u64 {
        timing::hundredths(frame + 1, self.rate())
    }

    /// "3.04 seconds, frame 73 of 120".
    pub fn spoken(&self) -> String {
        timing::spoken(self.number(), self.frames(), self.rate())
    }

    /// The frame under the playhead, counted from 0.
    pub fn frame(&self) -> usize {
        self.number() - 1
    }

    /// The frame, counted from 0, that is shown at this many seconds from the start.
    pub fn frame_at_seconds(&self, seconds: f64) -> usize {
        ((seconds * self.rate().per_second()).floor().max(0.0) as usize).min(self.frames() - 1)
    }

    /// The middle of the present frame, in seconds from the start.
    pub fn seconds_now(&self) -> f64 {
        (self.frame() as f64 + 0.5) / self.rate().per_second().max(0.001)
    }

    pub fn toggle(&mut self) {
        let playing = !self.player.is_playing();
        self.drive(1, playing);
    }

    /// Plays on; while it does, faster: 2 and then 4 times.
    pub fn play_forward(&mut self) {
        let again = self.player.is_playing() && self.shuttle > 0;
        self.drive(if again { (self.shuttle * 2).min(4) } else { 1 }, true);
    }

    /// Plays backwards; while it does, faster: 2 and then 4 times.
    pub fn play_backward(&mut self) {
        let again = self.player.is_playing() && self.shuttle < 0;
        self.drive(if again { (self.shuttle * 2).max(-4) } else { -1 }, true);
    }

    pub fn pause(&mut self) {
        self.drive(1, false);
    }

    fn drive(&mut self, shuttle: i8, playing: bool) {
        self.end_once();
        if !playing {
            self.player.set_playing(false);
        }
        self.set_shuttle(shuttle);
        self.player.set_playing(playing);
    }

    fn set_shuttle(&mut self, shuttle: i8) {
        self.shuttle = shuttle;
        // J and L are for looking.
        self.player.set_silent(shuttle != 1);
        self.player.set_speed(self.speed * f32::from(shuttle));
    }

    /// How J and L make it play: times the chosen speed, negative backwards; 1 where they do nothing.
    pub fn shuttle(&self) -> i8 {
        self.shuttle
    }

    /// Moves by this many frames and stands still there.
    pub fn step(&mut self, by: isize) {
        let frame = self.player.frame_number().saturating_add_signed(by);
        self.pause();
        self.seek(frame);
    }

    /// Moves to a frame, counted from 0; the last one where there are fewer.
    pub fn seek(&mut self, frame: usize) {
        self.end_once();
        self.player.seek_frame(frame.min(self.frames() - 1));
    }

    /// Where the playhead stands, for another take of the clip to go on from.
    pub fn head(&self) -> Head {
        Head { frame: self.begin.unwrap_or_else(|| self.frame()), playing: self.player.is_playing(), marks: self.marks }
    }

    /// Goes on where another take was left, as soon as the clip is open.
    pub fn go_on(&mut self, head: Head) {
        self.marks = head.marks;
        self.begin = Some(head.frame);
        if self.info.is_some() {
            self.player.set_span(self.marks.span(self.frames()));
            self.seek(head.frame);
            self.begin = None;
        }
        self.player.set_playing(head.playing);
    }

    /// Stands on a frame because another clip's clock says so.
    pub fn follow(&mut self, frame: usize) {
        if self.player.frame_number() != frame {
            self.player.seek_frame(frame);
        }
    }

    /// Whether a frame, counted from 0, can be shown at once.
    pub fn has(&self, frame: usize) -> bool {
        self.player.has_frame(frame)
    }

    /// The playhead is held while it is dragged.
    pub fn begin_scrub(&mut self) {
        self.resume = self.player.is_playing();
        self.player.set_playing(false);
    }

    pub fn end_scrub(&mut self) {
        if std::mem::take(&mut self.resume) {
            self.player.set_playing(true);
        }
    }

    /// Whether its end leads back to its start as it plays now.
    pub fn loops(&self) -> bool {
        self.looping && !self.once
    }

    pub fn set_looping(&mut self, looping: bool) {
        self.looping = looping;
        self.once = false;
        self.player.set_looping(looping);
    }

    pub fn set_speed(&mut self, speed: f32) {
        self.speed = speed;
        self.set_shuttle(self.shuttle);
    }

    /// Whether the clip can be heard.
    pub fn hearing(&self) -> Hearing {
        self.player.hearing()
    }

    /// From 0 to 1 as it is heard.
    pub fn set_loudness(&mut self, loudness: f32) {
        self.player.set_loudness(loudness);
    }

    /// Plays from the start and stops at the end; Loop takes over from the next start on.
    pub fn play_once(&mut self) {
        self.drive(1, false);
        self.player.set_looping(false);
        self.player.seek_frame(0);
        self.player.set_playing(true);
        self.once = true;
    }

    fn end_once(&mut self) {
        if std::mem::take(&mut self.once) {
            self.player.set_looping(self.looping);
        }
    }

    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Changes the in and out points; what plays keeps to them at once.
    pub fn mark(&mut self, change: impl FnOnce(&mut Marks, usize)) {
        let frame = self.frame();
        change(&mut self.marks, frame);
        self.player.set_span(self.marks.span(self.frames()));
    }

    /// A small picture of a frame, counted from 0, at most `width` pixels wide, if it is decoded.
    pub fn glance(&mut self, ctx: &Context, frame: usize, width: u32) -> Option<TextureHandle> {
        if self.glance.as_ref().is_none_or(|(shown, _)| *shown != frame) {
            let small = self.player.thumbnail(frame, width)?;
            self.glance = Some((frame, upload(ctx, "glance", &small)));
        }
        self.glance.as_ref().map(|(_, texture)| texture.clone())
    }

    /// Makes the small pictures of a strip of `count` cells, each `width` pixels wide, as far as they are decoded.
    pub fn want_cells(&mut self, ctx: &Context, count: usize, width: u32) {
        if self.strip.cells.len() != count || self.strip.width != width {
            self.strip = Strip { width, cells: vec![None; count] };
        }
        let frames = self.frames();
        for (cell, texture) in self.strip.cells.iter_mut().enumerate() {
            if texture.is_some() {
                continue;
            }
            let frame = timing::cell_frame(cell, count, frames);
            if let Some(small) = self.player.thumbnail(frame, width) {
                *texture = Some(upload(ctx, "filmstrip", &small));
            }
        }
    }

    /// The small picture of a cell, once there is one.
    pub fn cell(&self, cell: usize) -> Option<TextureHandle> {
        self.strip.cells.get(cell)?.clone()
    }
}

/// An image of this size to write into: the last one, where nobody reads it any more.
fn room_for(image: &mut Arc<ColorImage>, size: [usize; 2]) -> &mut ColorImage {
    if Arc::get_mut(image).is_none_or(|image| image.size != size) {
        *image = Arc::new(ColorImage::filled(size, Color32::BLACK));
    }
    Arc::make_mut(image)
}

/// A small picture on its way to the graphics card.
pub fn upload(ctx: &Context, name: &str, picture: &Rgba) -> TextureHandle {
    let size = [picture.width as usize, picture.height as usize];
    let image = ColorImage::from_rgba_unmultiplied(size, &picture.pixels);
    ctx.load_texture(name, image, TextureOptions::LINEAR)
}
