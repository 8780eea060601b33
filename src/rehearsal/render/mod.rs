//! From two prepared pictures to an mp4 file.
//!
//! Runs from start to end in one call, on the caller's thread and one of its own, and can be cancelled between frames. Knows nothing of jobs, folders
//! or the network.

mod encode;
mod glyphs;
mod motion;
mod planes;
mod tag;

use std::fs::File;
use std::io::BufWriter;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use muxide::api::{MuxerBuilder, VideoCodec};

use self::encode::{ClipEncoder, Place};
use self::motion::Motion;
use self::planes::{Camera, Planes};
use self::tag::Tag;
pub use self::tag::tag_area;
use crate::domain::model::Size;

/// Frames drawn before the encoder wants them.
const FRAMES_AHEAD: usize = 2;

/// What a clip is to look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Script {
    /// Size of the clip and of both pictures. Both sides are even.
    pub size: Size,
    /// Frames a second.
    pub fps: u32,
    /// Frames in the clip, at least 2.
    pub frames: u32,
    pub seed: i64,
    pub camera_fixed: bool,
}

/// The pictures of a clip, cropped and scaled to its size: tightly packed 8-bit RGB.
pub(super) struct Pictures {
    pub first: Vec<u8>,
    pub last: Option<Vec<u8>>,
}

/// Why a clip could not be rendered.
#[derive(Debug, thiserror::Error)]
pub(super) enum RenderError {
    #[error("the picture could not be drawn: {0}")]
    Pixels(String),
    #[error("the encoder failed: {0}")]
    Encoder(String),
    #[error("the clip could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The host is closing; the job is rendered again at the next start.
    #[error("the host is closing")]
    Cancelled,
}

impl RenderError {
    fn pixels(error: impl std::fmt::Display) -> Self {
        Self::Pixels(error.to_string())
    }

    #[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
    fn encoder(error: openh264::Error) -> Self {
        Self::Encoder(error.to_string())
    }
}

/// Renders the clip into `file` and waits until it is on the disk.
///
/// Frames are drawn on a second thread while this one encodes. `progress` is told the number of finished frames.
pub(super) fn render(
    script: Script,
    pictures: &Pictures,
    file: File,
    cancelled: &AtomicBool,
    progress: &dyn Fn(u32),
) -> Result<(), RenderError> {
    let scene = Scene::new(script, pictures)?;
    let encoder = ClipEncoder::new(script.fps, &scene.pictures())?;
    std::thread::scope(|scope| {
        let (drawn, frames) = sync_channel(FRAMES_AHEAD);
        let drawing = std::thread::Builder::new().name("rehearsal-draw".to_owned());
        drawing.spawn_scoped(scope, move || draw(scene, script.frames, &drawn))?;
        write(script, encoder, &frames, file, cancelled, progress)
    })
}

/// Draws every frame in order. Ends early once nobody takes them any more.
fn draw(mut scene: Scene, count: u32, drawn: &SyncSender<Result<Planes, RenderError>>) {
    for index in 0..count {
        let frame = scene.frame(index);
        if drawn.send(frame).is_err() {
            return;
        }
    }
}

fn write(
    script: Script,
    mut encoder: ClipEncoder,
    frames: &Receiver<Result<Planes, RenderError>>,
    file: File,
    cancelled: &AtomicBool,
    progress: &dyn Fn(u32),
) -> Result<(), RenderError> {
    let keeper = file.try_clone()?;
    let Size { width, height } = script.size;
    let mut muxer = MuxerBuilder::new(BufWriter::new(file))
        .video(VideoCodec::H264, width, height, f64::from(script.fps))
        .with_fast_start(true)
        .build()
        .map_err(muxing)?;
    for index in 0..script.frames {
        if cancelled.load(Ordering::Relaxed) {
            return Err(RenderError::Cancelled);
        }
        let place = match index {
            0 => Place::First,
            index if index + 1 == script.frames => Place::Last,
            _ => Place::Between,
        };
        let frame = frames.recv().map_err(|_| RenderError::Pixels("a frame is missing".to_owned()))??;
        let unit = encoder.push(&frame, place)?;
        muxer.write_video(f64::from(index) / f64::from(script.fps), &unit.data, unit.key_frame).map_err(muxing)?;
        progress(index + 1);
    }
    muxer.finish().map_err(muxing)?;
    keeper.sync_all()?;
    Ok(())
}

fn muxing(error: muxide::api::MuxerError) -> RenderError {
    match error {
        muxide::api::MuxerError::Io(error) => RenderError::Write(error),
        other => RenderError::Write(std::io::Error::other(other.to_string())),
    }
}

/// The two pictures, how they move, and the frame being drawn.
struct Scene {
    first: Planes,
    last: Option<Planes>,
    motion: Motion,
    camera: Camera,
    tag: Tag,
    end: u32,
}

impl Scene {
    fn new(script: Script, pictures: &Pictures) -> Result<Self, RenderError> {
        let first = Planes::from_rgb(&pictures.first, script.size)?;
        let last = pictures.last.as_ref().map(|rgb| Planes::from_rgb(rgb, script.size)).transpose()?;
        // A last picture that equals the first gives the blend nothing to do. A free camera still goes out and comes
        // back; with a fixed one the light has to move, and it ends where it began.
        let blends = last.as_ref().is_some_and(|last| !script.camera_fixed || *last != first);
        Ok(Self {
            motion: Motion::new(script.seed, script.camera_fixed, blends),
            first,
            last,
            camera: Camera::new(),
            tag: Tag::new(script.size)?,
            end: script.frames.saturating_sub(1).max(1),
        })
    }

    fn pictures(&self) -> Vec<&Planes> {
        std::iter::once(&self.first).chain(&self.last).collect()
    }

    fn frame(&mut self, index: u32) -> Result<Planes, RenderError> {
        let shot = self.motion.at(f64::from(index) / f64::from(self.end));
        let mut frame = match &self.last {
            Some(last) if shot.blend >= 1.0 => self.camera.take(last, shot.view)?,
            Some(last) if shot.blend > 0.0 => {
                let mut frame = self.camera.take(&self.first, shot.view)?;
                frame.blend(&self.camera.take(last, shot.view)?, shot.blend);
                frame
            }
            _ => self.camera.take(&self.first, shot.view)?,
        };
        if (shot.light - 1.0).abs() > f64::EPSILON {
            frame.light(shot.light);
        }
        self.tag.burn(&mut frame);
        Ok(frame)
    }
}
