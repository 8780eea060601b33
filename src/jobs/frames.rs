//! Pictures on their way into the wells: read, picked, pasted, samples, and those a task was made from.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use tokio::task::spawn_blocking;

use super::generation::joined;
use super::{Outbox, World};
use crate::domain::draft::Expected;
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{FrameSlot, PreparedFrame, is_called_picture};
use crate::domain::generation::GenerationId;
use crate::domain::model::PictureLimits;
use crate::domain::origin::{Origin, Recalled};
use crate::services::clipboard::Pasted;
use crate::services::images;
use crate::services::picker::Picked;
use crate::state::{CopyChange, Event, SamplePair};

/// Longest side of a preview in pixels: enough for the stage at 2×.
const PREVIEW_LONGEST: u32 = 1600;
/// Largest pasted address that is fetched, in bytes: the largest picture any host takes.
const MOST_FETCHED: u64 = 30_000_000;
/// Longest side of a picture in a menu or a list.
const THUMB_LONGEST: u32 = 240;
/// Longest side of a sample's picture on its card.
const SAMPLE_LONGEST: u32 = 320;

/// Reads a picture for a well, off every other thread. Its header is told first: that takes microseconds.
pub(super) async fn read(slot: FrameSlot, path: PathBuf, ticket: u64, out: &Outbox) -> Event {
    let (seen, told) = (path.clone(), out.clone());
    let result = joined(spawn_blocking(move || {
        if let Ok(facts) = images::header(&seen) {
            told.send(Event::PictureSeen { slot, ticket, facts });
        }
        images::read(&path, PREVIEW_LONGEST)
    }))
    .await;
    Event::PictureRead { slot, ticket, result: result.map_err(|error| error.to_string()) }
}

/// Reads one picture of many. A few at a time: each may take as much memory as the largest legal picture.
pub(super) async fn read_for_batch(world: Arc<World>, batch: u64, path: PathBuf) -> Option<Event> {
    let _turn = world.batch_reads.acquire().await;
    let file = path.clone();
    let result = joined(spawn_blocking(move || images::read(&file, THUMB_LONGEST))).await;
    Some(Event::BatchRead { batch, path, result: result.map_err(|error| error.to_string()) })
}

/// The files in the order they came in; a folder's place is taken by the pictures right inside it, sorted by name.
pub(super) async fn list(paths: Vec<PathBuf>, over: Option<FrameSlot>) -> Option<Event> {
    let paths = joined(spawn_blocking(move || {
        let folders_opened = |path: PathBuf| if path.is_dir() { pictures_in(&path) } else { vec![path] };
        paths.into_iter().flat_map(folders_opened).collect::<Vec<_>>()
    }))
    .await;
    if paths.is_empty() {
        return Some(Event::Said(words!("toast-no-image")));
    }
    Some(Event::PicturesListed { paths, over })
}

/// The pictures in a folder, by their headers or at least by their names, sorted by name. Folders below it are left alone.
fn pictures_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    // One that is called a picture and is none is shown with what is wrong with it.
    let is_one = |path: &PathBuf| path.is_file() && (images::header(path).is_ok() || is_called_picture(path));
    let mut pictures: Vec<_> = entries.filter(is_one).collect();
    pictures.sort();
    pictures
}

/// Fetches the picture at an address, so that it can be seen and cropped.
pub(super) async fn fetch(world: Arc<World>, slot: FrameSlot, url: String, ticket: u64) -> Option<Event> {
    let folder = world.library.folders().pasted();
    let result = images::fetch(&url, &folder, MOST_FETCHED).await.map_err(|error| error.to_string());
    Some(Event::PictureFetched { slot, ticket, url, result })
}

/// Makes a changed copy of a picture that keeps the limits.
pub(super) async fn copy(
    world: &World,
    path: PathBuf,
    change: CopyChange,
    limits: &'static PictureLimits,
) -> Result<PathBuf, String> {
    let folder = world.library.folders().pasted();
    let made = move || match change {
        CopyChange::ScaleDown => images::scaled_down(&path, &folder, limits.longer_side_under),
        CopyChange::Smaller => images::smaller_copy(&path, &folder, limits.max_bytes),
        CopyChange::Crop(crop) => images::cropped_copy(&path, &folder, crop),
    };
    joined(spawn_blocking(made)).await.map_err(|error| error.to_string())
}

/// A small picture for a menu.
pub(super) async fn thumb(world: Arc<World>, path: PathBuf) -> Option<Event> {
    let _turn = world.batch_reads.acquire().await;
    let file = path.clone();
    let read = joined(spawn_blocking(move || images::read(&file, THUMB_LONGEST))).await;
    Some(Event::ThumbLoaded { path, preview: read.ok().and_then(|(_, preview)| preview) })
}

pub(super) async fn load_samples() -> Option<Event> {
    let load = || {
        let pair = |sample: &'static images::Sample| match sample.previews(SAMPLE_LONGEST) {
            Ok((first, last)) => Some(SamplePair { id: sample.id, title: sample.title, first, last }),
            Err(error) => {
                tracing::warn!(%error, "a sample could not be read");
                None
            }
        };
        images::samples().iter().filter_map(pair).collect()
    };
    Some(Event::SamplesLoaded(joined(spawn_blocking(load)).await))
}

pub(super) async fn unpack_sample(world: Arc<World>, id: &'static str) -> Option<Event> {
    let sample = images::sample(id)?;
    let folder = world.library.folders().samples();
    Some(match joined(spawn_blocking(move || sample.unpack(&folder))).await {
        Ok((first, last)) => Event::SampleUnpacked { prompt: (sample.prompt)(), first, last },
        Err(error) => Event::Trouble(error.failure(None)),
    })
}

/// The pictures a task was made from, for Reuse settings: the files they came from, else the prepared ones.
pub(super) async fn recall(world: Arc<World>, id: GenerationId) -> Option<Event> {
    let found = world
        .library(move |library| {
            let (frames, origins) = (library.frames(&id)?, library.origins(&id)?.unwrap_or_default());
            let original = origins.sent_original();
            let mut gone = Vec::new();
            let mut one = |slot, frame: Option<PreparedFrame>, origin| {
                let recalled = recalled(frame?, origin);
                if recalled.is_err() {
                    gone.push(slot);
                }
                recalled.ok()
            };
            let (first, last) = frames.map_or((None, None), |frames| (Some(frames.first), frames.last));
            let first = one(FrameSlot::First, first, origins.first);
            let last = one(FrameSlot::Last, last, origins.last);
            Ok(Event::FramesRecalled { first, last, gone, original })
        })
        .await;
    Some(found.unwrap_or_else(Event::Trouble))
}

/// One picture of a task. The error is that it is gone.
fn recalled(frame: PreparedFrame, origin: Option<Origin>) -> Result<Recalled, ()> {
    let path = match frame {
        PreparedFrame::Url(url) => return Ok(Recalled::Address(url)),
        PreparedFrame::File { path, .. } => path,
    };
    // The original can become any size again; what was sent has the size of its clip.
    let prepared = path.is_file().then_some(path);
    match (origin, prepared) {
        (Some(origin), prepared) if origin.path.is_file() => {
            Ok(Recalled::File { expected: origin.expected(prepared), path: origin.path })
        }
        (_, Some(path)) => Ok(Recalled::File { path, expected: Expected::default() }),
        _ => Err(()),
    }
}

/// The small pictures of a task. Takes share them: they lie with the first.
pub(super) async fn posters(world: Arc<World>, id: GenerationId) -> Option<Event> {
    let key = id.clone();
    let frames = world.library(move |library| library.frames(&key)).await.ok().flatten();
    let folder = match frames.map(|frames| frames.first) {
        Some(PreparedFrame::File { path, .. }) => path.parent().map(Path::to_path_buf),
        _ => None,
    };
    let load = move |slot| folder.as_ref().and_then(|folder| images::load_poster(folder, slot).ok());
    let (first, last) = joined(spawn_blocking(move || (load(FrameSlot::First), load(FrameSlot::Last)))).await;
    Some(Event::PostersLoaded { id, first, last })
}

pub(super) async fn paste(world: Arc<World>) -> Option<Event> {
    let folder = world.library.folders().pasted();
    let lookup = Arc::clone(&world);
    let into = folder.clone();
    let pasted =
        joined(spawn_blocking(move || lookup.clipboard.lock().unwrap_or_else(PoisonError::into_inner).paste(&into)))
            .await;
    Some(Event::PicturesPasted(match pasted {
        Ok(Pasted::Files(paths)) => Ok(paths),
        Ok(Pasted::Address(address)) => match images::fetch(&address, &folder, MOST_FETCHED).await {
            Ok(path) => Ok(vec![path]),
            Err(error) => Err(error.to_string()),
        },
        Err(error) => Err(error.to_string()),
    }))
}

pub(super) async fn pick(world: Arc<World>, slot: FrameSlot, out: &Outbox) -> Option<Event> {
    match world.picker.picture(&words!("dialog-choose-frame", slot = slot.word())).await {
        Picked::Chosen(path) => Some(Event::PicturePicked { slot, path: Some(path) }),
        Picked::Cancelled => None,
        Picked::Unavailable => {
            out.send(Event::Trouble(no_dialog()));
            None
        }
    }
}

/// This system shows no dialogs.
pub(super) fn no_dialog() -> Failure {
    Failure::new(FailureKind::Desktop, words!("dialog-none"), words!("job-drop-or-paste"))
}
