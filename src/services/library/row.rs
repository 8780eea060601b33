//! How a generation lies in the table, and how it is read again.
//!
//! A row holds no key, no token and no port of the host on this computer. Pictures in the library's own folder are
//! stored relative to it, so that the folder may be moved.

use std::path::{Path, PathBuf};

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, named_params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::frame::{PreparedFrame, PreparedFrames};
use crate::domain::generation::{Generation, GenerationId, HostRef, Status, UnixMillis};
use crate::domain::model::{REHEARSAL, Size};
use crate::domain::origin::Origins;
use crate::domain::price::Cents;
use crate::domain::request::ClipSettings;

/// Every column that [`read`] wants.
pub const COLUMNS: &str = "id, created, finished, host, base_url, model, prompt, resolution, ratio, duration, seed,
    camera_fixed, width, height, fps, has_last, price_cents, status, percent, failure, notice, task_id, seed_used,
    clip, measured";

/// What is stored of a request beside the generation itself.
#[derive(Debug, Clone)]
pub struct Intent<'a> {
    pub frames: &'a PreparedFrames,
    /// SHA-256 of the body that will be sent.
    pub body_sha256: [u8; 32],
    /// The same with a random seed: equal for two requests that differ in nothing but their seed.
    pub content_sha256: [u8; 32],
    pub origins: &'a Origins,
    /// The last balance that is known, in 1/10000 US dollars.
    pub last_balance: Option<i64>,
}

pub fn insert(
    to: &Connection,
    generation: &Generation,
    intent: &Intent<'_>,
    frames_folder: &Path,
    owner: &str,
) -> rusqlite::Result<()> {
    let settings = &generation.settings;
    to.prepare_cached(
        "INSERT INTO generations (id, created, host, base_url, model, prompt, resolution, ratio, duration, seed,
            camera_fixed, width, height, fps, has_last, price_cents, status, body_sha256, content_sha256, frames, sources, last_balance,
            owner)
         VALUES (:id, :created, :host, :base_url, :model, :prompt, :resolution, :ratio, :duration, :seed,
            :camera_fixed, :width, :height, :fps, :has_last, :price_cents, :status, :body_sha256, :content_sha256, :frames, :sources,
            :last_balance, :owner)",
    )?
    .execute(named_params! {
        ":id": generation.id.as_str(),
        ":created": generation.created.0,
        ":host": generation.host.host,
        ":base_url": stored_base_url(&generation.host),
        ":model": settings.model,
        ":prompt": settings.prompt,
        ":resolution": settings.resolution,
        ":ratio": settings.ratio,
        ":duration": settings.duration,
        ":seed": settings.seed,
        ":camera_fixed": settings.camera_fixed,
        ":width": generation.output.width,
        ":height": generation.output.height,
        ":fps": generation.fps,
        ":has_last": generation.has_last_frame,
        ":price_cents": generation.price.and_then(|price| i64::try_from(price.0).ok()),
        ":status": generation.status.name(),
        ":body_sha256": intent.body_sha256.as_slice(),
        ":content_sha256": intent.content_sha256.as_slice(),
        ":frames": json(&relative(intent.frames, frames_folder))?,
        ":sources": json(intent.origins)?,
        ":last_balance": intent.last_balance,
        ":owner": owner,
    })?;
    update(to, generation, Some(owner))
}

/// Writes what can change about a generation. A task id that was stored once is never lost.
pub fn update(to: &Connection, generation: &Generation, owner: Option<&str>) -> rusqlite::Result<()> {
    let percent = match generation.status {
        Status::Rendering(percent) => percent,
        _ => None,
    };
    to.prepare_cached(
        "UPDATE generations SET finished = :finished, status = :status, percent = :percent, failure = :failure,
            notice = :notice, task_id = coalesce(task_id, :task_id), seed_used = coalesce(:seed_used, seed_used),
            clip = :clip, measured = :measured, owner = :owner
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": generation.id.as_str(),
        ":finished": generation.finished.map(|moment| moment.0),
        ":status": generation.status.name(),
        ":percent": percent,
        ":failure": generation.status.failure().map(json).transpose()?,
        ":notice": generation.notice.as_ref().map(json).transpose()?,
        ":task_id": generation.task_id,
        ":seed_used": generation.seed_used,
        ":clip": generation.clip.as_deref().map(path_value),
        ":measured": generation.measured.as_ref().map(json).transpose()?,
        ":owner": owner,
    })?;
    Ok(())
}

/// Reads a row of [`COLUMNS`].
pub fn read(row: &Row<'_>) -> rusqlite::Result<Generation> {
    let price: Option<i64> = row.get("price_cents")?;
    Ok(Generation {
        id: GenerationId::new(row.get::<_, String>("id")?),
        created: UnixMillis(row.get("created")?),
        finished: row.get::<_, Option<i64>>("finished")?.map(UnixMillis),
        host: HostRef { host: row.get("host")?, base_url: row.get("base_url")? },
        settings: ClipSettings {
            model: row.get("model")?,
            prompt: row.get("prompt")?,
            resolution: row.get("resolution")?,
            ratio: row.get("ratio")?,
            duration: row.get("duration")?,
            seed: row.get("seed")?,
            camera_fixed: row.get("camera_fixed")?,
        },
        output: Size::new(row.get("width")?, row.get("height")?),
        fps: row.get("fps")?,
        has_last_frame: row.get("has_last")?,
        price: price.and_then(|price| u64::try_from(price).ok()).map(Cents),
        status: read_status(row)?,
        notice: read_json(row, "notice")?,
        task_id: row.get("task_id")?,
        seed_used: row.get("seed_used")?,
        clip: read_path(row, "clip")?,
        measured: read_json(row, "measured")?,
    })
}

/// Reads the `status`, `percent` and `failure` of a row.
///
/// A status that nobody knows is an unknown outcome: of all it is the one that neither sends again nor forgets.
pub fn read_status(row: &Row<'_>) -> rusqlite::Result<Status> {
    let name: String = row.get("status")?;
    let failure = || -> rusqlite::Result<Failure> {
        let lost = || Failure::new(FailureKind::Library, words!("library-untold"), "");
        Ok(read_json(row, "failure")?.unwrap_or_else(lost))
    };
    Ok(match name.as_str() {
        "not_sent" => Status::NotSent,
        "uploading" => Status::Uploading,
        "queued" => Status::Queued,
        "rendering" => Status::Rendering(row.get("percent")?),
        "downloading" => Status::Downloading,
        "done" => Status::Done,
        "failed" => Status::Failed(failure()?),
        "refused" => Status::Refused(failure()?),
        "stopped" => Status::Stopped,
        _ => Status::Unknown(failure()?),
    })
}

/// Reads the `frames` of a row. Fails where the text is not what [`insert`] wrote.
pub fn read_frames(row: &Row<'_>, folder: &Path) -> rusqlite::Result<PreparedFrames> {
    let text: String = row.get("frames")?;
    let frames: PreparedFrames = serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))?;
    Ok(map_paths(&frames, |path| folder.join(path)))
}

/// Reads the `sources` of a row; a row of the first version has none.
pub fn read_origins(row: &Row<'_>) -> rusqlite::Result<Origins> {
    Ok(read_json(row, "sources")?.unwrap_or_default())
}

/// The address to find a task again: no user, no password, no query; and none where the port changes at every start.
pub fn stored_base_url(host: &HostRef) -> Option<String> {
    if host.host == REHEARSAL {
        return None;
    }
    let mut url = Url::parse(host.base_url.as_deref()?).ok()?;
    // These fail only for addresses that can hold neither.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    Some(url.as_str().trim_end_matches('/').to_owned())
}

fn relative(frames: &PreparedFrames, folder: &Path) -> PreparedFrames {
    map_paths(frames, |path| path.strip_prefix(folder).unwrap_or(path).to_path_buf())
}

fn map_paths(frames: &PreparedFrames, map: impl Fn(&Path) -> PathBuf) -> PreparedFrames {
    let frame = |frame: &PreparedFrame| match frame {
        PreparedFrame::File { path, format } => PreparedFrame::File { path: map(path), format: *format },
        PreparedFrame::Url(url) => PreparedFrame::Url(url.clone()),
    };
    PreparedFrames { first: frame(&frames.first), last: frames.last.as_ref().map(frame) }
}

fn json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// A side note that cannot be read costs only itself, never the row.
fn read_json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Text, or on Unix the bytes of a path that is none.
fn path_value(path: &Path) -> Value {
    #[cfg(unix)]
    if path.to_str().is_none() {
        use std::os::unix::ffi::OsStrExt as _;
        return Value::Blob(path.as_os_str().as_bytes().to_vec());
    }
    Value::Text(path.to_string_lossy().into_owned())
}

fn read_path(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<PathBuf>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(text) => Some(PathBuf::from(String::from_utf8_lossy(text).as_ref())),
        #[cfg(unix)]
        ValueRef::Blob(bytes) => {
            use std::os::unix::ffi::OsStrExt as _;
            Some(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
        }
        _ => None,
    })
}
