//! Names of clip files: date, prompt and id, safe on every system.
//!
//! A name is made of what this library knows. The host's task id is used only where it is a plain word.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::generation::{Generation, GenerationId, UnixMillis};

/// Longest part of the prompt in a name, in Unicode scalar values.
const PROMPT_LENGTH: usize = 40;

/// Longest task id in a name. Twice the length of a UUID leaves room below the 255 bytes of every file system.
const MARK_LENGTH: usize = 72;

/// Characters of a generation's own id in a name. A last word that is shorter is not taken for an id.
const SHORTEST_MARK: usize = 8;

/// The path of a generation's clip in `folder`, always the same for the same generation and task.
#[must_use]
pub fn clip_path(folder: &Path, generation: &Generation) -> PathBuf {
    folder.join(clip_name(generation))
}

/// The file name of a generation's clip, dated in this computer's time zone.
#[must_use]
pub fn clip_name(generation: &Generation) -> String {
    let date = local_date(generation.created);
    file_name(date, &generation.settings.prompt, &mark(generation.task_id.as_deref(), &generation.id))
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
    /// Reads a name that [`clip_name`] made; `None` for any other.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let (date, rest) = name.strip_suffix(".mp4")?.split_once(' ')?;
        date.parse::<Date>().ok()?;
        // One whose name was taken has a number behind it.
        let rest = rest.rsplit_once(' ').filter(|(_, number)| is_small_number(number)).map_or(rest, |(rest, _)| rest);
        let (prompt, mark) = rest.rsplit_once(' ').unwrap_or(("", rest));
        let is_mark = mark.len() >= SHORTEST_MARK && is_plain(mark);
        is_mark.then(|| Self { prompt: prompt.to_owned(), task_id: mark.to_owned() })
    }
}

fn file_name(date: Date, prompt: &str, mark: &str) -> String {
    let slug = slug(prompt);
    if slug.is_empty() { format!("{date} {mark}.mp4") } else { format!("{date} {slug} {mark}.mp4") }
}

fn local_date(moment: UnixMillis) -> Date {
    let moment = Timestamp::from_millisecond(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::system().to_datetime(moment).date()
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

/// The prompt as part of a file name: lower case, single spaces, any script, nothing a file system refuses.
///
/// Empty where nothing is left.
#[must_use]
pub fn slug(prompt: &str) -> String {
    let words: String = prompt.to_lowercase().chars().map(|c| if is_safe(c) { c } else { ' ' }).collect();
    let mut slug = String::new();
    let mut length = 0;
    for word in words.split_whitespace() {
        let room = PROMPT_LENGTH - length - usize::from(length > 0);
        let count = word.chars().count();
        if count > room && length > 0 {
            break;
        }
        if length > 0 {
            slug.push(' ');
            length += 1;
        }
        // A script without spaces is one long word: it is cut, but never to nothing.
        slug.extend(word.chars().take(room));
        length += count.min(room);
        if length + 1 >= PROMPT_LENGTH {
            break;
        }
    }
    slug.trim_matches(is_joiner).to_owned()
}

/// Letters, digits, marks and pictures of every script; the hyphen between words.
fn is_safe(c: char) -> bool {
    let punctuation = c.is_ascii_punctuation() && c != '-';
    // Quotes, dashes, ideographic stops, fullwidth forms of ASCII signs.
    let foreign_punctuation = matches!(c,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}'
        | '¡' | '¿' | '«' | '»' | '¦' | '§' | '¶' | '·');
    !(c.is_control() || punctuation || foreign_punctuation || is_invisible(c))
}

/// Characters that turn the direction of text, or show nothing at all, so that a name could look like another one.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}'
        | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Only between two characters do these mean anything.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(prompt: &str) -> String {
        file_name(jiff::civil::date(2026, 11, 24), prompt, "3f9c1a2b")
    }

    #[test]
    fn a_name_has_date_prompt_and_id() {
        assert_eq!(name("Lake, dawn to dusk"), "2026-11-24 lake dawn to dusk 3f9c1a2b.mp4");
        assert_eq!(name(""), "2026-11-24 3f9c1a2b.mp4");
        assert_eq!(name(" \n\t… "), "2026-11-24 3f9c1a2b.mp4");
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
    fn prompts_become_safe_words() {
        let table = [
            ("../../etc/passwd", "etc passwd"),
            ("C:\\Windows\\system32", "c windows system32"),
            (".hidden", "hidden"),
            ("CON", "con"),
            ("tail... ", "tail"),
            ("a<b>c:d\"e|f?g*h", "a b c d e f g h"),
            ("line\nbreak\0nul\u{7f}del", "line break nul del"),
            ("--output=x", "output x"),
            ("slow-motion", "slow-motion"),
            ("湖面，从黎明到黄昏。", "湖面 从黎明到黄昏"),
            ("夕焼けの「湖」", "夕焼けの 湖"),
            ("Озеро на рассвете", "озеро на рассвете"),
            ("झील पर सूर्योदय", "झील पर सूर्योदय"),
            ("بحيرة عند الفجر", "بحيرة عند الفجر"),
            ("🎈 over dunes 👩‍🚀", "🎈 over dunes 👩‍🚀"),
            ("photo\u{202e}gpj.exe", "photo gpj exe"),
            ("“quoted” – dashed — text", "quoted dashed text"),
        ];
        for (prompt, expected) in table {
            assert_eq!(slug(prompt), expected, "{prompt:?}");
        }
    }

    #[test]
    fn long_prompts_are_cut_at_a_word_and_fit_every_file_system() {
        assert_eq!(
            slug("A very slow dolly over the frozen lake while the sun comes up behind the hills"),
            "a very slow dolly over the frozen lake"
        );
        assert_eq!(slug(&"x".repeat(2000)).len(), PROMPT_LENGTH);
        assert_eq!(slug(&"湖".repeat(2000)).chars().count(), PROMPT_LENGTH);
        let longest = file_name(jiff::civil::date(2026, 11, 24), &"🎈".repeat(2000), &"a".repeat(MARK_LENGTH));
        assert!(longest.len() + ".part".len() <= 255, "{} bytes", longest.len());
        assert_eq!(slug(&"one two ".repeat(250)), "one two one two one two one two one two");
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
