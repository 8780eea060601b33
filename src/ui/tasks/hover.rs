//! The clip of the row under the pointer, played in its poster: small, without a sound, one at a time.

use std::path::{Path, PathBuf};
use std::task::Waker;
use std::time::{Duration, Instant};

use egui::{ColorImage, TextureHandle, TextureOptions, Ui};

use crate::domain::generation::{Generation, GenerationId};
use crate::ui::stage::upload;
use crate::ui::theme::{Motion, Theme};
use crate::video::{Player, PlayerOptions};

/// The pointer rests this long before anything is opened, in seconds.
const REST: f64 = 0.25;
/// Decoded frames of the clip may take so many bytes on the disk.
const MOST_BYTES: u64 = 256 << 20;

/// What plays in a row.
pub struct Hover {
    waker: Waker,
    cache_dir: PathBuf,
    over: Option<Over>,
}

/// The row under the pointer.
struct Over {
    id: GenerationId,
    path: PathBuf,
    /// When the pointer came, by the window's clock.
    since: f64,
    epoch: Instant,
    player: Option<Player>,
    shown: Option<(usize, TextureHandle)>,
    /// The row was there in this pass, with the pointer over it.
    seen: bool,
}

/// What a row shows in its poster.
pub struct Moment {
    pub texture: TextureHandle,
    /// How far the clip is, 0 to 1.
    pub share: f32,
}

impl Hover {
    pub fn new(waker: Waker, cache_dir: PathBuf) -> Self {
        Self { waker, cache_dir, over: None }
    }

    /// What plays in this row while the pointer is `inside` it; `width` is the poster's in pixels.
    pub fn moment(&mut self, ui: &Ui, generation: &Generation, inside: bool, width: u32) -> Option<Moment> {
        let path = generation.clip.as_deref().filter(|_| inside)?;
        if Theme::of(ui.ctx()).motion == Motion::Reduced {
            return None;
        }
        let now = ui.input(|input| input.time);
        if !self.over.as_ref().is_some_and(|over| over.id == generation.id && over.path == path) {
            self.over = Some(Over::new(&generation.id, path, now));
        }
        let over = self.over.as_mut()?;
        over.seen = true;
        let wait = over.since + REST - now;
        if wait > 0.0 {
            ui.ctx().request_repaint_after_secs(wait as f32);
            return None;
        }
        over.play(&self.waker, &self.cache_dir);
        over.moment(ui, now, width)
    }

    /// Lets go of the clip once the pointer is over its row no more.
    pub fn end_pass(&mut self) {
        if self.over.as_mut().is_some_and(|over| !std::mem::take(&mut over.seen)) {
            self.over = None;
        }
    }
}

impl Over {
    fn new(id: &GenerationId, path: &Path, since: f64) -> Self {
        Self {
            id: id.clone(),
            path: path.to_owned(),
            since,
            epoch: Instant::now(),
            player: None,
            shown: None,
            seen: true,
        }
    }

    fn play(&mut self, waker: &Waker, cache_dir: &Path) {
        self.player.get_or_insert_with(|| {
            // No strip is shown, so none is made.
            let cache_dir = Some(cache_dir.to_owned());
            let options = PlayerOptions { cache_dir, cells: 0, most_bytes: MOST_BYTES, ..PlayerOptions::default() };
            let mut player = Player::open(&self.path, waker.clone(), options);
            player.set_looping(true);
            player.set_playing(true);
            player
        });
    }

    fn moment(&mut self, ui: &Ui, now: f64, width: u32) -> Option<Moment> {
        let player = self.player.as_mut()?;
        let frames = player.info()?.frames;
        let due = player.advance(self.epoch + Duration::from_secs_f64((now - self.since).max(0.0)));
        if let Some(next) = due.next {
            ui.ctx().request_repaint_after(next);
        }
        let shown = self.shown.as_ref().map(|(frame, _)| *frame);
        if shown != Some(due.frame)
            && let Some(small) = player.thumbnail(due.frame, width)
        {
            match &mut self.shown {
                Some((frame, texture)) => {
                    *frame = due.frame;
                    let size = [small.width as usize, small.height as usize];
                    texture.set(ColorImage::from_rgba_unmultiplied(size, &small.pixels), TextureOptions::LINEAR);
                }
                None => self.shown = Some((due.frame, upload(ui.ctx(), "hovered clip", &small))),
            }
        }
        let (frame, texture) = self.shown.as_ref()?;
        Some(Moment { texture: texture.clone(), share: (*frame + 1) as f32 / frames.max(1) as f32 })
    }
}
