//! What is done with a finished clip: saved elsewhere, shown, opened, and frames taken out of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::World;
use super::frames::no_dialog;
use super::generation::joined;
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{FrameSlot, PreparedFrame};
use crate::domain::generation::{Generation, GenerationId};
use crate::domain::model::Size;
use crate::services::library::clips::clip_name;
use crate::services::picker::Picked;
use crate::services::{desktop, files, images, system};
use crate::state::diagnostics::Diagnostics;
use crate::state::{Event, LibraryFacts};
use crate::video;

/// Longest side in pixels of a picture that is compared with its clip: the largest clip's.
const STILL_LONGEST: u32 = 1920;

type Answer = Result<Option<Event>, Failure>;

/// Asks where, then copies the clip there byte for byte.
pub(super) async fn save_as(world: Arc<World>, id: GenerationId) -> Answer {
    let (generation, clip) = clip_of(&world, &id).await?;
    let target = match world.picker.save_clip(&clip_name(&world.file_names(), &generation), None).await {
        Picked::Chosen(target) => target,
        Picked::Cancelled => return Ok(None),
        Picked::Unavailable => return Err(no_dialog()),
    };
    let path = target.clone();
    joined(spawn_blocking(move || files::copy(&clip, &path))).await.map_err(|error| disk(&error, &target))?;
    Ok(Some(Event::ClipSaved { path: target }))
}

/// Puts one exact frame, or the true last one, into a picture file of the library.
pub(super) async fn extract(world: Arc<World>, id: &GenerationId, frame: Option<u64>) -> Result<PathBuf, Failure> {
    let (_, clip) = clip_of(&world, id).await?;
    let name =
        frame.map_or_else(|| format!("last-frame-of-{id}.png"), |frame| format!("frame-{}-of-{id}.png", frame + 1));
    let path = world.library.folders().pasted().join(name);
    let decode = move || match frame {
        Some(frame) => video::frame_at(&clip, usize::try_from(frame).unwrap_or(usize::MAX), ffmpeg()),
        None => video::last_frame(&clip, ffmpeg()),
    };
    save_frame(path.clone(), decode).await?;
    Ok(path)
}

/// Saves one exact frame beside the clip. Frames count from 0 here and from 1 in the name, as on screen.
pub(super) async fn export_frame(world: Arc<World>, id: GenerationId, frame: u64) -> Answer {
    let (_, clip) = clip_of(&world, &id).await?;
    let stem = clip.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let path = clip.with_file_name(format!("{stem} frame {}.png", frame + 1));
    let number = usize::try_from(frame).unwrap_or(usize::MAX);
    save_frame(path.clone(), move || video::frame_at(&clip, number, ffmpeg())).await?;
    Ok(Some(Event::FrameExported { path }))
}

/// What is asked for frames of a clip that the decoders here refuse.
#[expect(clippy::unnecessary_wraps, reason = "the decoders take a clip with ffmpeg or without")]
fn ffmpeg() -> Option<&'static Path> {
    Some(Path::new(video::FFMPEG))
}

async fn save_frame(
    path: PathBuf,
    decode: impl FnOnce() -> Result<video::Frame, video::VideoError> + Send + 'static,
) -> Result<(), Failure> {
    joined(spawn_blocking(move || {
        let frame = decode().map_err(|error| {
            Failure::new(
                FailureKind::Clip,
                words!("job-frame-unreadable", error = error.to_string()),
                words!("job-open-in-player"),
            )
        })?;
        let picture = frame.rgba();
        let size = Size::new(picture.width, picture.height);
        images::save_png(size, &picture.pixels, &path).map_err(|error| error.failure(None))
    }))
    .await
}

/// Gives the clip to the system's trash. Its task stays, and finds the clip again where it is taken back.
pub(super) async fn trash(world: Arc<World>, id: GenerationId) -> Answer {
    let (_, clip) = clip_of(&world, &id).await?;
    joined(spawn_blocking(move || desktop::trash(&clip))).await.map_err(|error| error.failure())?;
    Ok(Some(Event::Said(words!("toast-in-trash"))))
}

/// The pictures a task was made from, to be compared with its clip: those that were sent, or else their posters.
pub(super) async fn stills(world: Arc<World>, id: GenerationId) -> Option<Event> {
    let key = id.clone();
    let frames = world.library(move |library| library.frames(&key)).await.ok().flatten();
    let load = |frame: Option<PreparedFrame>, slot| match frame? {
        PreparedFrame::Url(_) => None,
        PreparedFrame::File { path, .. } => {
            let sent = images::read(&path, STILL_LONGEST).ok().and_then(|(_, preview)| preview);
            sent.or_else(|| images::load_poster(path.parent()?, slot).ok())
        }
    };
    let read = move || match frames {
        Some(frames) => (load(Some(frames.first), FrameSlot::First), load(frames.last, FrameSlot::Last)),
        None => (None, None),
    };
    let (first, last) = joined(spawn_blocking(read)).await;
    Some(Event::StillsLoaded { id, first, last })
}

pub(super) async fn reveal(path: PathBuf) -> Answer {
    joined(spawn_blocking(move || desktop::reveal(&path))).await.map_err(|error| error.failure())?;
    Ok(None)
}

pub(super) async fn open(path: PathBuf) -> Answer {
    joined(spawn_blocking(move || desktop::open(&path))).await.map_err(|error| error.failure())?;
    Ok(None)
}

pub(super) async fn open_url(url: String) -> Answer {
    joined(spawn_blocking(move || desktop::open_url(&url))).await.map_err(|error| error.failure())?;
    Ok(None)
}

/// Counts the clips of the library for Settings.
pub(super) async fn facts(world: Arc<World>) -> Answer {
    let rows = world.library(crate::services::library::Library::all).await?;
    let folder = world.clips_folder();
    joined(spawn_blocking(move || {
        let sizes = rows.iter().filter_map(|row| row.clip.as_ref()?.metadata().ok()).map(|data| data.len());
        let (clips, bytes) = sizes.fold((0, 0), |(clips, bytes), size| (clips + 1, bytes + size));
        let space = world.library.prepared_space(&world.in_form())?;
        let (prepared, clearable) = (space.total, space.clearable);
        Ok(Some(Event::LibraryFacts(LibraryFacts { folder: shown(&folder), clips, bytes, prepared, clearable })))
    }))
    .await
}

/// What a report of a fault needs to know, but for what the window alone knows.
pub(super) async fn diagnostics(world: Arc<World>) -> Option<Event> {
    let clips = world.clips_folder();
    let look = move || {
        let folders = world.library.folders();
        Diagnostics {
            version: env!("INBETWEEN_VERSION").to_owned(),
            system: system::name(),
            renderer: String::new(),
            data: system::homely(folders.data()),
            clips: system::homely(&clips),
            cache: system::homely(folders.cache()),
            ffmpeg: ffmpeg().and_then(system::version_of),
        }
    };
    Some(Event::Diagnostics(Box::new(joined(spawn_blocking(look)).await)))
}

/// Removes prepared pictures that nobody waits for. No order is placed meanwhile.
pub(super) async fn clear_prepared(world: &Arc<World>) -> Answer {
    let _turn = world.purse.turn.lock().await;
    let keep = world.in_form();
    world.library(move |library| library.clear_prepared(&keep)).await?;
    Ok(Some(Event::PreparedCleared))
}

/// The last two folders of a path, as people read them: "Videos / Inbetween".
fn shown(folder: &Path) -> String {
    let names: Vec<_> = folder.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    names[names.len().saturating_sub(2)..].join(" / ")
}

async fn clip_of(world: &Arc<World>, id: &GenerationId) -> Result<(Generation, PathBuf), Failure> {
    let (row, clip) = row_with_clip(world, id).await?;
    if clip.is_file() {
        return Ok((row, clip));
    }
    let summary = words!("job-clip-moved", path = clip.display().to_string());
    Err(Failure::new(FailureKind::Folder, summary, words!("job-put-it-back")))
}

/// A row, and where its clip is or was.
async fn row_with_clip(world: &Arc<World>, id: &GenerationId) -> Result<(Generation, PathBuf), Failure> {
    let key = id.clone();
    let generation = world.library(move |library| library.get(&key)).await?;
    let found = generation.and_then(|row| row.clip.clone().map(|clip| (row, clip)));
    found.ok_or_else(|| Failure::new(FailureKind::Library, words!("job-no-clip"), ""))
}

fn disk(error: &std::io::Error, target: &Path) -> Failure {
    let kind =
        if error.kind() == std::io::ErrorKind::StorageFull { FailureKind::DiskFull } else { FailureKind::Folder };
    let summary = words!("job-clip-unsaved", path = target.display().to_string(), error = error.to_string());
    Failure::new(kind, summary, words!("choose-another-folder")).retryable()
}
