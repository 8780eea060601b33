//! The open clip: the engine's player, and the textures its frames are shown with.

use std::path::{Path, PathBuf};
use std::task::Waker;
use std::time::{Duration, Instant};

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions, Vec2, vec2};

use super::timing;
use crate::domain::generation::GenerationId;
use crate::video::{ClipInfo, FrameRate, Player, PlayerOptions, PlayerState};

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
    /// The frame in `picture`, counted from 0.
    pictured: Option<usize>,
    /// Pixels on their way to the graphics card, kept for the next frame.
    pixels: Vec<u8>,
    strip: Strip,
    looping: bool,
    /// Playing once to the end, whatever Loop says.
    once: bool,
    /// Was playing when the scrub began.
    resume: bool,
    /// The moment that the window's own clock counts from, as far as the player is concerned.
    epoch: Instant,
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
            pixels: Vec::new(),
            strip: Strip::default(),
            looping: true,
            once: false,
            resume: false,
            epoch: Instant::now(),
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
            PlayerState::Failed(error) => Footage::Failed(error.to_string()),
        }
    }

    /// Moves on to the present time, and asks to be painted again when the next frame is due.
    pub fn advance(&mut self, ctx: &Context) {
        if self.info.is_none()
            && let PlayerState::Ready(info) = self.player.state()
        {
            self.info = Some(info.clone());
        }
        // The window's clock, so that a pass sees one time only, and a test's steps are what passes.
        let now = self.epoch + Duration::from_secs_f64(ctx.input(|input| input.time).max(0.0));
        if let Some(wait) = self.player.advance(now).next {
            ctx.request_repaint_after(wait);
        }
        if self.once && !self.player.is_playing() {
            self.once = false;
            self.player.set_looping(self.looping);
        }
        self.picture_current(ctx);
    }

    /// Puts the current frame into the one texture.
    fn picture_current(&mut self, ctx: &Context) {
        let Some(frame) = self.player.current() else { return };
        if self.pictured == Some(frame.number) {
            return;
        }
        frame.to_rgba(&mut self.pixels);
        let size = [frame.layout.width as usize, frame.layout.height as usize];
        let image = ColorImage::from_rgba_unmultiplied(size, &self.pixels);
        match &mut self.picture {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => self.picture = Some(ctx.load_texture("clip", image, TextureOptions::LINEAR)),
        }
        self.pictured = Some(frame.number);
    }

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
        timing::hundredths(self.number(), self.rate())
    }

    /// "3.04 seconds, frame 73 of 120".
    pub fn spoken(&self) -> String {
        timing::spoken(self.number(), self.frames(), self.rate())
    }

    pub fn toggle(&mut self) {
        self.end_once();
        self.player.set_playing(!self.player.is_playing());
    }

    /// Moves by this many frames and stands still there.
    pub fn step(&mut self, by: isize) {
        let frame = self.player.frame_number().saturating_add_signed(by);
        self.player.set_playing(false);
        self.seek(frame);
    }

    /// Moves to a frame, counted from 0; the last one where there are fewer.
    pub fn seek(&mut self, frame: usize) {
        self.end_once();
        self.player.seek_frame(frame.min(self.frames() - 1));
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

    pub fn set_looping(&mut self, looping: bool) {
        self.looping = looping;
        self.once = false;
        self.player.set_looping(looping);
    }

    pub fn set_speed(&mut self, speed: f32) {
        self.player.set_speed(speed);
    }

    /// Plays from the start and stops at the end; Loop takes over from the next start on.
    pub fn play_once(&mut self) {
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
                let size = [small.width as usize, small.height as usize];
                let image = ColorImage::from_rgba_unmultiplied(size, &small.pixels);
                *texture = Some(ctx.load_texture("filmstrip", image, TextureOptions::LINEAR));
            }
        }
    }

    /// The small picture of a cell, once there is one.
    pub fn cell(&self, cell: usize) -> Option<TextureHandle> {
        self.strip.cells.get(cell)?.clone()
    }
}
