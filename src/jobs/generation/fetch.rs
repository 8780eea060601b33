//! Brings a finished clip home the moment it exists, byte for byte, and reads what it turned out to be.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::{joined, now, store_followed, stored};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{ClipFacts, Generation, GenerationId, Status};
use crate::domain::model::Size;
use crate::jobs::limiter::Heard;
use crate::jobs::{Outbox, World};
use crate::services::api::{DownloadError, ResultUrl, Subject, TaskState};
use crate::services::library::clips::clip_path;
use crate::state::Event;
use crate::state::tasks::Transfer;
use crate::video;

/// What became of a download.
pub(super) enum Fetched {
    Done,
    /// The address was refused or has expired: the host gives a new one for the asking.
    AskForFreshAddress,
    /// It came whole and is no clip that could be played.
    Damaged(Failure),
    Trouble(Failure),
}

pub(super) async fn fetch(
    world: &Arc<World>,
    generation: &mut Generation,
    video: &ResultUrl,
    as_it_is: bool,
    out: &Outbox,
) -> Result<Fetched, Failure> {
    match download(world, generation, video, as_it_is, out).await? {
        Ok(clip) => take(generation, clip).await,
        Err(error) if error.needs_fresh_url() => return Ok(Fetched::AskForFreshAddress),
        Err(DownloadError::Damaged) => return Ok(Fetched::Damaged(DownloadError::Damaged.into())),
        Err(error) => return Ok(Fetched::Trouble(error.into())),
    }
    generation.status = Status::Done;
    generation.notice = None;
    *generation = store_followed(world, generation.clone(), out).await?;
    Ok(Fetched::Done)
}

/// Asks the host once more for a finished clip, whose file is damaged or gone. A whole file that is there is left alone.
pub async fn again(world: &Arc<World>, id: &GenerationId, out: &Outbox) -> Result<(), Failure> {
    // Two at once would write the same file.
    let _turn = world.fetches_again.lock().await;
    let mut generation = stored(world, id).await?;
    let Some(task_id) = generation.task_id.clone().filter(|_| generation.status == Status::Done) else { return Ok(()) };
    let client = world.client(&generation.host).await?;
    let limiter = world.limiter(&generation.host);
    let turn = limiter.turn().await;
    let answer = client.task(&task_id).await;
    turn.heard(Heard::of(&answer));
    let report = answer.map_err(|error| error.into_failure(&Subject::of(&generation)))?;
    let TaskState::Succeeded { video, .. } = report.state else {
        let summary = words!("job-clip-gone");
        return Err(Failure::new(FailureKind::Clip, summary, words!("job-look-for-copy")));
    };
    let clip = download(world, &generation, &video, false, out).await?.map_err(Failure::from)?;
    let old = generation.clip.clone();
    let clip = joined(spawn_blocking(move || in_place_of(old, clip))).await;
    take(&mut generation, clip).await;
    // Tells whoever shows the clip that it is another file, also where it has the old name.
    generation.finished = Some(now());
    store_followed(world, generation, out).await?;
    out.send(Event::Said(words!("toast-clip-back")));
    Ok(())
}

/// Puts a whole clip in the place of a damaged one, at once, and answers where it is then.
fn in_place_of(old: Option<PathBuf>, clip: PathBuf) -> PathBuf {
    let damaged = |old: &PathBuf| *old != clip && video::is_whole(old).is_ok_and(|whole| !whole);
    match old.filter(damaged) {
        Some(old) if std::fs::rename(&clip, &old).is_ok() => old,
        _ => clip,
    }
}

async fn download(
    world: &Arc<World>,
    generation: &Generation,
    video: &ResultUrl,
    as_it_is: bool,
    out: &Outbox,
) -> Result<Result<PathBuf, DownloadError>, Failure> {
    // Many at once only slow each other down, and the window with them.
    let _turn = world.downloads.acquire().await;
    let folder = world.clips_folder();
    if world.is_chosen(&folder) && !tokio::fs::try_exists(&folder).await.unwrap_or(false) {
        // Made anew it would lie where its disk is to be mounted.
        return Ok(Err(DownloadError::FolderGone(folder)));
    }
    let target = clip_path(&folder, &world.file_names(), generation);
    let mut downloader = world.downloader(&generation.host).await?;
    if as_it_is {
        downloader = downloader.as_it_is();
    }
    let (id, progress) = (generation.id.clone(), out.clone());
    let received = downloader.download(video, &target, move |received| {
        let transfer = Transfer { done: received.bytes, total: received.total.unwrap_or(0) };
        progress.send(Event::Downloaded { id: id.clone(), transfer });
    });
    Ok(received.await.map(|downloaded| downloaded.path))
}

/// Notes where the clip is and what it turned out to be.
async fn take(generation: &mut Generation, clip: PathBuf) {
    let path = clip.clone();
    generation.measured = joined(spawn_blocking(move || measure(&path))).await;
    generation.clip = Some(clip);
}

/// What a clip file is. A file the player cannot read is still the clip that was paid for, so this may be nothing.
pub(crate) fn measure(path: &std::path::Path) -> Option<ClipFacts> {
    match video::probe(path) {
        Ok(info) => Some(ClipFacts {
            size: Size::new(info.width, info.height),
            fps: info.frame_rate.per_second(),
            frames: info.frames as u64,
            duration: info.duration.as_secs_f64(),
        }),
        Err(error) => {
            tracing::warn!(%error, "the clip could not be read");
            None
        }
    }
}
