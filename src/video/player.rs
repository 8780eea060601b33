//! provisional
use super::{ClipInfo, Frame, Rgba, VideoError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::task::Waker;
use std::time::{Duration, Instant};
pub enum PlayerState {
    Opening,
    Ready(ClipInfo),
    Failed(VideoError),
}
#[derive(Default)]
struct Inner {
    info: Option<ClipInfo>,
    error: Option<VideoError>,
    frames: Vec<Arc<Frame>>,
}
pub struct Player {
    inner: Arc<Mutex<Inner>>,
    state: PlayerState,
    pos: f64,
    playing: bool,
    looping: bool,
    speed: f32,
    since: Option<Instant>,
}
impl Player {
    pub fn open(path: &Path, waker: Waker, _c: Option<PathBuf>) -> Self {
        let inner = Arc::new(Mutex::new(Inner::default()));
        let (i2, path) = (inner.clone(), path.to_owned());
        std::thread::spawn(move || {
            match super::probe(&path) {
                Ok(i) => i2.lock().unwrap().info = Some(i),
                Err(e) => {
                    i2.lock().unwrap().error = Some(e);
                    waker.wake_by_ref();
                    return;
                }
            }
            waker.wake_by_ref();
            if let Ok(fs) = super::frames(&path) {
                for f in fs {
                    if let Ok(f) = f {
                        i2.lock().unwrap().frames.push(Arc::new(f));
                        waker.wake_by_ref();
                    }
                }
            }
        });
        Self { inner, state: PlayerState::Opening, pos: 0.0, playing: false, looping: false, speed: 1.0, since: None }
    }
    pub fn state(&self) -> &PlayerState {
        &self.state
    }
    fn n(&self) -> usize {
        match &self.state {
            PlayerState::Ready(i) => i.frames,
            _ => 1,
        }
    }
    fn fps(&self) -> f64 {
        match &self.state {
            PlayerState::Ready(i) => i.frame_rate.per_second(),
            _ => 24.0,
        }
    }
    pub fn advance(&mut self, now: Instant) -> Option<Duration> {
        if matches!(self.state, PlayerState::Opening) {
            let i = self.inner.lock().unwrap();
            if let Some(i) = &i.info {
                self.state = PlayerState::Ready(i.clone());
            } else if let Some(e) = &i.error {
                self.state = PlayerState::Failed(e.clone());
            }
        }
        if !self.playing || !matches!(self.state, PlayerState::Ready(_)) {
            return None;
        }
        let dt = self.since.map_or(0.0, |s| (now - s).as_secs_f64());
        self.since = Some(now);
        self.pos += dt * self.fps() * f64::from(self.speed);
        if self.pos >= self.n() as f64 {
            if self.looping {
                self.pos %= self.n() as f64;
            } else {
                self.pos = self.n() as f64 - 1.0;
                self.playing = false;
                return None;
            }
        }
        Some(Duration::from_secs_f64((1.0 - self.pos.fract()) / self.fps()))
    }
    pub fn current(&self) -> Option<Arc<Frame>> {
        let i = self.inner.lock().unwrap();
        i.frames.get(self.pos as usize).or(i.frames.last()).cloned()
    }
    pub fn frame_number(&self) -> usize {
        self.pos as usize
    }
    pub fn is_playing(&self) -> bool {
        self.playing
    }
    pub fn set_playing(&mut self, on: bool) {
        if on && self.pos as usize + 1 >= self.n() {
            self.pos = 0.0;
        }
        self.playing = on;
        self.since = None;
    }
    pub fn seek_frame(&mut self, n: usize) {
        self.pos = n.min(self.n() - 1) as f64;
        self.since = None;
    }
    pub fn set_looping(&mut self, l: bool) {
        self.looping = l;
    }
    pub fn set_speed(&mut self, s: f32) {
        self.speed = s;
    }
    pub fn thumbnail(&mut self, n: usize, w: u32) -> Option<Rgba> {
        self.inner.lock().unwrap().frames.get(n).map(|f| f.thumbnail(w))
    }
}
