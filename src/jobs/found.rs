//! Clips of a library that was lost, known again by the task id in their names.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;

use super::generation::{measure, new_id};
use crate::domain::clip_name::Template;
use crate::domain::generation::{ClipFacts, Generation, HostRef, Status, UnixMillis};
use crate::domain::model::{Catalogue, Model, Size};
use crate::domain::request::ClipSettings;
use crate::services::library::clips::{NamedClip, clip_name};
use crate::services::library::{Library, LibraryError};
use crate::video;

/// Makes a finished task of every clip in `folder` that no task of the library has. Answers how many.
///
/// A folder that cannot be read is an error: it may be on a disk that is not there now. The library's own holds no clip
/// where it is missing: it is made for the first one.
pub(super) fn take_up(library: &Library, folder: &Path, template: &Template) -> Result<usize, LibraryError> {
    let files = match std::fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == ErrorKind::NotFound && folder == library.folders().clips() => return Ok(0),
        Err(error) => return Err(LibraryError::folder(folder, error)),
    };
    let rows = library.all()?;
    let own = |row: &Generation| Some(row.clip.as_ref()?.file_name()?.to_os_string());
    let known: HashSet<OsString> =
        rows.iter().flat_map(|row| [Some(OsString::from(clip_name(template, row))), own(row)]).flatten().collect();
    let mut tasks: HashSet<String> = rows.iter().filter_map(|row| row.task_id.clone()).collect();
    let mut taken = 0;
    for file in files.flatten().filter(|file| !known.contains(&file.file_name())) {
        let name = file.file_name();
        let Some(named) = name.to_str().and_then(NamedClip::read) else { continue };
        if tasks.contains(&named.task_id) {
            continue;
        }
        let facts = measure(&file.path());
        // A clip that no decoder here knows was paid for like any other.
        if facts.is_none() && !video::is_whole(&file.path()).unwrap_or(false) {
            continue;
        }
        let saved = file.metadata().ok().and_then(|facts| facts.modified().ok());
        let saved = saved.and_then(|time| jiff::Timestamp::try_from(time).ok()).unwrap_or_else(jiff::Timestamp::now);
        let task_id = named.task_id.clone();
        library.insert_found(&task(named, &file.path(), facts, UnixMillis(saved.as_millisecond())))?;
        tasks.insert(task_id);
        taken += 1;
    }
    Ok(taken)
}

/// What a clip and its name tell of its task. Host, price and seed they do not tell.
fn task(named: NamedClip, clip: &Path, facts: Option<ClipFacts>, saved: UnixMillis) -> Generation {
    let model = Catalogue::built_in().default_model();
    let mut settings = ClipSettings::defaults(model);
    settings.prompt = named.prompt;
    let mut output = model.output_size(&settings.resolution, &settings.ratio).unwrap_or(Size::new(0, 0));
    if let Some(facts) = &facts {
        output = facts.size;
        settings.duration = facts.duration.round() as u32;
        if let Some((resolution, ratio)) = shape(model, facts) {
            (settings.resolution, settings.ratio) = (resolution, ratio);
        }
    }
    Generation {
        id: new_id(),
        created: saved,
        finished: Some(saved),
        host: HostRef { host: String::new(), base_url: None },
        settings,
        output,
        fps: facts.as_ref().map_or(model.output.fps, |facts| facts.fps.round() as u32),
        has_last_frame: false,
        price: None,
        status: Status::Done,
        notice: None,
        task_id: Some(named.task_id),
        seed_used: None,
        clip: Some(clip.to_path_buf()),
        measured: facts,
    }
}

/// Resolution and ratio by which the model makes clips of this size.
fn shape(model: &Model, facts: &ClipFacts) -> Option<(String, String)> {
    model.output.resolutions.iter().find_map(|resolution| {
        let (ratio, _) = resolution.sizes.iter().find(|(_, size)| **size == facts.size)?;
        Some((resolution.name.clone(), ratio.clone()))
    })
}
