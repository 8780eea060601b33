//! Names of clip files, made by the template of the settings, and read again where a library was lost.
//!
//! A name is made of what this library knows. The host's task id is used only where it is a plain word.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::domain::clip_name::{Facts, MARK_LENGTH, Template};
use crate::domain::generation::{Generation, GenerationId, UnixMillis};
use crate::domain::request::RANDOM_SEED;

/// Characters of a generation's own id in a name. A last word that is shorter is not taken for an id.
const SHORTEST_MARK: usize = 8;

/// The path of a generation's clip in `folder`, always the same for the same generation, task and template.
#[must_use]
pub fn clip_path(folder: &Path, template: &Template, generation: &Generation) -> PathBuf {
    folder.join(clip_name(template, generation))
}

/// The file name of a generation's clip, dated in this computer's time zone.
#[must_use]
pub fn clip_name(template: &Template, generation: &Generation) -> String {
    let settings = &generation.settings;
    let facts = Facts {
        made: local(generation.created),
        prompt: &settings.prompt,
        resolution: &settings.resolution,
        ratio: &settings.ratio,
        seconds: settings.duration,
        seed: generation.seed_used.or((settings.seed != RANDOM_SEED).then_some(settings.seed)),
    };
    template.file_name(&facts, &mark(generation.task_id.as_deref(), &generation.id))
}

/// What the name of a clip tells of its task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedClip {
    /// As far as the name holds it.
    pub prompt: String,
    /// The host's task id, or the first characters of the generation's own.
    pub task_id: String,
}

impl NamedClip {
    /// Reads a name that [`clip_name`] made, by whatever template; `None` for any other.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let stem = name.strip_suffix(".mp4")?;
        // One whose name was taken has a number behind it.
        let stem = stem.rsplit_once(' ').filter(|(_, number)| is_small_number(number)).map_or(stem, |(rest, _)| rest);
        let (rest, mark) = stem.rsplit_once(' ').unwrap_or(("", stem));
        let dated = rest.split_once(' ').unwrap_or((rest, ""));
        let (prompt, is_mark) = match dated {
            (date, prompt) if date.parse::<Date>().is_ok() => (prompt, mark.len() >= SHORTEST_MARK && is_plain(mark)),
            // Without a date somebody's own film may be named like that: only what hosts give their tasks is one.
            _ => (rest, uuid::Uuid::try_parse(mark).is_ok()),
        };
        is_mark.then(|| Self { prompt: prompt.to_owned(), task_id: mark.to_owned() })
    }
}

fn local(moment: UnixMillis) -> DateTime {
    let moment = Timestamp::from_millisecond(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::system().to_datetime(moment)
}

/// What tells two clips of one prompt apart: the task id, by which a clip is known again without the library; or the
/// first eight characters of the generation's own id.
fn mark(task_id: Option<&str>, id: &GenerationId) -> String {
    match task_id {
        Some(task) if is_plain(task) => task.to_owned(),
        _ => id.as_str().chars().filter(char::is_ascii_alphanumeric).take(SHORTEST_MARK).collect(),
    }
}

fn is_small_number(text: &str) -> bool {
    text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a task id can stand in a file name.
fn is_plain(text: &str) -> bool {
    (1..=MARK_LENGTH).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(template: &str, prompt: &str, mark: &str) -> String {
        let facts = Facts {
            made: jiff::civil::date(2026, 11, 24).at(17, 5, 9, 0),
            prompt,
            resolution: "720p",
            ratio: "16:9",
            seconds: 5,
            seed: Some(41),
        };
        Template::parse(template).unwrap().file_name(&facts, mark)
    }

    fn name(prompt: &str) -> String {
        named(Template::DEFAULT, prompt, "3f9c1a2b")
    }

    #[test]
    fn a_name_of_any_template_tells_its_task() {
        let id = "4be3ae46-9f42-4bd5-8a0c-3b1a2f1f6c11";
        for template in ["{prompt}", "{resolution}_{prompt}", "{seed}", "my clips {date} {prompt} {id}", "{id}", ""] {
            for taken in ["", " 2"] {
                let name = named(template, "A boat", id).replace(".mp4", &format!("{taken}.mp4"));
                let told = NamedClip::read(&name).map(|named| named.task_id);
                assert_eq!(told.as_deref(), Some(id), "{template}: {name}");
            }
        }
        // Somebody's own film in that folder is none of ours.
        assert_eq!(NamedClip::read("holiday film extraordinarily-long.mp4"), None);
    }

    #[test]
    fn a_name_tells_what_it_was_made_of() {
        let told =
            |prompt: &str, task_id: &str| Some(NamedClip { prompt: prompt.to_owned(), task_id: task_id.to_owned() });
        assert_eq!(NamedClip::read(&name("Lake, dawn to dusk")), told("lake dawn to dusk", "3f9c1a2b"));
        assert_eq!(NamedClip::read(&name("湖面，从黎明到黄昏。")), told("湖面 从黎明到黄昏", "3f9c1a2b"));
        assert_eq!(NamedClip::read(&name("")), told("", "3f9c1a2b"));
        assert_eq!(NamedClip::read("2026-11-24 take 2 3f9c1a2b 2.mp4"), told("take 2", "3f9c1a2b"));
        for other in [
            "holiday.mp4",
            "2026-11-24.mp4",
            "2026-11-24 lake.mp4",
            "2026-11-24 lake 3f9c1a2b.mov",
            "2026-13-40 a 3f9c1a2b.mp4",
        ] {
            assert_eq!(NamedClip::read(other), None, "{other}");
        }
    }

    #[test]
    fn a_task_id_is_used_only_where_it_is_a_plain_word() {
        let id = GenerationId::new("3f9c1a2b-77aa-4c4c-9d9d-000000000000");
        assert_eq!(mark(Some("b2c7-44_X"), &id), "b2c7-44_X");
        for hostile in ["", "../x", "a/b", "a\\b", "-rf", "nul\0", "ü", "a b", "a.mp4", &"a".repeat(MARK_LENGTH + 1)] {
            assert_eq!(mark(Some(hostile), &id), "3f9c1a2b", "{hostile:?}");
        }
        assert_eq!(mark(None, &id), "3f9c1a2b");
    }
}
