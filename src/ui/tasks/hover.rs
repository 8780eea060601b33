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
/// And so long where the clip is on the stage, which has just begun to decode it.
const REST_SELECTED: f64 = 1.0;
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

    /// What plays in this row while the pointer is over it; `width` is the poster's in pixels.
    pub fn moment(&mut self, ui: &Ui, generation: &Generation, selected: bool, width: u32) -> Option<Moment> {
        let path = generation.clip.as_deref()?;
        if Theme::of(ui.ctx()).motion == Motion::Reduced {
            return None;
        }
        let now = ui.input(|input| input.time);
        if !self.over.as_ref().is_some_and(|over| over.id == generation.id && over.path == path) {
            self.over = Some(Over::new(&generation.id, path, now));
        }
        let over = self.over.as_mut()?;
        over.seen = true;
        let rest = if selected { REST_SELECTED } else { REST };
        let wait = if over.player.is_some() { 0.0 } else { over.since + rest - now };
        if wait > 0.0 {
            ui.ctx().request_repaint_after_secs(wait as f32);
            return None;
        }
        over.play(&self.waker, &self.cache_dir);
        over.moment(ui, now, width)
    }

    /// Whether a clip was opened for the pointer.
    #[cfg(test)]
    pub fn is_open(&self) -> bool {
        self.over.as_ref().is_some_and(|over| over.player.is_some())
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

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::{Sender, channel};
    use std::task::Wake;

    use egui_kittest::Harness;

    use super::*;
    use crate::domain::generation::Status;
    use crate::domain::model::Size;

    /// Rings when the player decoded something.
    struct Bell(Sender<()>);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            // Nobody waits any more once the test is over.
            let _ = self.0.send(());
        }
    }

    struct Row {
        hover: Hover,
        task: Generation,
        inside: bool,
        shares: Vec<f32>,
    }

    pub(in super::super) fn task(id: &str) -> Generation {
        Generation {
            output: Size::new(96, 64),
            clip: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/main-b.mp4")),
            ..Generation::sample(id, Status::Done)
        }
    }

    #[test]
    fn the_hovered_row_plays_and_is_let_go() {
        let (ring, bell) = channel();
        let cache = tempfile::tempdir().unwrap();
        let hover = Hover::new(Arc::new(Bell(ring)).into(), cache.path().to_owned());
        let row = Row { hover, task: task("a"), inside: false, shares: Vec::new() };
        let show = |ui: &mut Ui, row: &mut Row| {
            if row.inside {
                let moment = row.hover.moment(ui, &row.task, false, 40);
                row.shares.extend(moment.map(|moment| moment.share));
            }
            row.hover.end_pass();
        };
        let mut harness = Harness::builder().with_step_dt(1.0 / 24.0).build_ui_state(show, row);
        harness.run_steps(10);
        assert!(harness.state().hover.over.is_none());
        harness.state_mut().inside = true;
        harness.run_steps(3);
        let opened = |harness: &Harness<'_, Row>| harness.state().hover.over.as_ref().unwrap().player.is_some();
        assert!(!opened(&harness), "the pointer may only pass by");
        harness.run_steps(6);
        assert!(opened(&harness));
        while harness.state().shares.last().is_none_or(|share| *share < 0.5) {
            // Whatever it waits for, it is decoded in the end.
            let _ = bell.recv_timeout(Duration::from_millis(20));
            harness.run_steps(1);
        }
        assert!(harness.state().shares.windows(2).all(|pair| pair[0] <= pair[1]), "it plays forwards");
        // Another row takes over; only one plays.
        harness.state_mut().task = task("b");
        harness.run_steps(2);
        assert!(!opened(&harness));
        harness.state_mut().inside = false;
        harness.run_steps(2);
        assert!(harness.state().hover.over.is_none());
    }
}
