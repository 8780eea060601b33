//! The name of a clip's file: a template with placeholders, filled in and made safe on every system.
//!
//! The task's id ends every name, whatever the template says: by it a clip is known again without its library. A name
//! that does not begin with the date is known only where the id is a UUID, as those of the known hosts are.

use std::fmt;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Longest part of the prompt in a name, in Unicode scalar values.
const PROMPT_LENGTH: usize = 40;

/// Longest task id in a name: twice the length of a UUID.
pub const MARK_LENGTH: usize = 72;

/// Longest template in bytes. Whatever it is filled with, 255 bytes are enough for the name and the id.
const LONGEST: usize = 100;

/// Most bytes before the id. With it, a number behind it, the ending and that of a part it is below 255.
const MOST_BYTES: usize = 255 - MARK_LENGTH - " 999.mp4.part".len() - 1;

/// What a name may hold of a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// When the order was given, by the clock on the wall.
    pub made: DateTime,
    pub prompt: &'a str,
    pub resolution: &'a str,
    pub ratio: &'a str,
    pub seconds: u32,
    pub seed: Option<i64>,
}

/// How clips are named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Template(String);

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("{}", words!("names-unknown", name = format!("{{{}}}", .0), list = names()))]
    Unknown(String),
    #[error("{}", words!("names-open"))]
    Open,
    #[error("{}", words!("names-id-last", id = "{id}"))]
    IdNotLast,
    #[error("{}", words!("names-character", character = .0.to_string()))]
    Character(char),
    #[error("{}", words!("names-too-long"))]
    TooLong,
}

/// What may stand in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placeholder {
    Date,
    Time,
    Prompt,
    Resolution,
    Ratio,
    Duration,
    Seed,
    Id,
}

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Words(&'a str),
    Of(Placeholder),
}

impl Placeholder {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Date, "date"),
        (Self::Time, "time"),
        (Self::Prompt, "prompt"),
        (Self::Resolution, "resolution"),
        (Self::Ratio, "ratio"),
        (Self::Duration, "duration"),
        (Self::Seed, "seed"),
        (Self::Id, "id"),
    ];
}

/// "{date} {time} {prompt} …"
#[must_use]
pub fn names() -> String {
    Placeholder::ALL.map(|(_, name)| format!("{{{name}}}")).join(" ")
}

impl Default for Template {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}

impl Template {
    pub const DEFAULT: &'static str = "{date} {prompt} {id}";

    /// Takes a template as it was typed; an empty one is the default.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::default());
        }
        if text.len() > LONGEST {
            return Err(TemplateError::TooLong);
        }
        let pieces = pieces(text)?;
        if pieces.iter().rev().skip(1).any(|piece| *piece == Piece::Of(Placeholder::Id)) {
            return Err(TemplateError::IdNotLast);
        }
        let words = pieces.iter().filter_map(|piece| if let Piece::Words(words) = piece { Some(*words) } else { None });
        if let Some(wrong) = words.flat_map(str::chars).find(|c| is_refused(*c)) {
            return Err(TemplateError::Character(wrong));
        }
        Ok(Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of a clip's file. `mark` is a plain word of at most [`MARK_LENGTH`] bytes: the task's id.
    #[must_use]
    pub fn file_name(&self, facts: &Facts<'_>, mark: &str) -> String {
        let front = self.front(facts);
        if front.is_empty() { format!("{mark}.mp4") } else { format!("{front} {mark}.mp4") }
    }

    /// What comes before the id.
    fn front(&self, facts: &Facts<'_>) -> String {
        // A template is made of pieces that were read once.
        let pieces = pieces(&self.0).unwrap_or_default();
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Of(placeholder) => text.push_str(&facts.of(placeholder)),
            }
        }
        let mut front = String::new();
        for word in text.split_whitespace() {
            let room = MOST_BYTES.saturating_sub(front.len() + 1);
            if !front.is_empty() {
                front.push(' ');
            }
            front.push_str(&word[..word.floor_char_boundary(room)]);
        }
        let front = front.trim_start_matches(['.', '-', ' ']).trim_end_matches(['.', ' ']);
        if is_reserved(front) { format!("_{front}") } else { front.to_owned() }
    }
}

impl TryFrom<String> for Template {
    type Error = TemplateError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Template> for String {
    fn from(template: Template) -> Self {
        template.0
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Facts<'_> {
    fn of(&self, placeholder: Placeholder) -> String {
        let plain = |text: &str| text.chars().map(|c| if is_refused(c) { ' ' } else { c }).collect::<String>();
        match placeholder {
            Placeholder::Date => self.made.date().to_string(),
            Placeholder::Time => self.made.strftime("%H-%M-%S").to_string(),
            Placeholder::Prompt => slug(self.prompt),
            Placeholder::Resolution => plain(self.resolution),
            Placeholder::Ratio => plain(&self.ratio.replace(':', "x")),
            Placeholder::Duration => format!("{}s", self.seconds),
            Placeholder::Seed => self.seed.map(|seed| seed.to_string()).unwrap_or_default(),
            // It is put at the end of every name.
            Placeholder::Id => String::new(),
        }
    }
}

fn pieces(template: &str) -> Result<Vec<Piece<'_>>, TemplateError> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(TemplateError::Open)?;
        let wanted = name.trim().to_lowercase();
        let found = Placeholder::ALL.into_iter().find(|(_, name)| *name == wanted);
        let (placeholder, _) = found.ok_or_else(|| TemplateError::Unknown(name.to_owned()))?;
        pieces.extend([Piece::Words(words), Piece::Of(placeholder)]);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    Ok(pieces)
}

/// What some system refuses in a name, or what would make it look like another one.
fn is_refused(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '{' | '}') || c.is_control() || is_invisible(c)
}

/// Names that Windows keeps for devices, with whatever ending.
fn is_reserved(name: &str) -> bool {
    let stem = name.split(['.', ' ']).next().unwrap_or_default().to_ascii_uppercase();
    let numbered = |front: &str| {
        let rest = stem.strip_prefix(front).unwrap_or_default();
        rest.chars().count() == 1 && rest.contains(|c: char| matches!(c, '1'..='9' | '¹' | '²' | '³'))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
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

    const ID: &str = "3f9c1a2b";

    fn facts(prompt: &str) -> Facts<'_> {
        let made = jiff::civil::date(2026, 11, 24).at(17, 5, 9, 0);
        Facts { made, prompt, resolution: "720p", ratio: "16:9", seconds: 5, seed: Some(41) }
    }

    fn named(template: &str, prompt: &str) -> String {
        Template::parse(template).unwrap().file_name(&facts(prompt), ID)
    }

    #[test]
    fn the_default_has_date_prompt_and_id() {
        let name = |prompt| named("", prompt);
        assert_eq!(name("Lake, dawn to dusk"), "2026-11-24 lake dawn to dusk 3f9c1a2b.mp4");
        assert_eq!(name(""), "2026-11-24 3f9c1a2b.mp4");
        assert_eq!(name(" \n\t… "), "2026-11-24 3f9c1a2b.mp4");
    }

    #[test]
    fn every_placeholder_is_filled_and_the_id_is_always_there() {
        let all = "{Date} {time} {prompt} {resolution} {ratio} {duration} {seed} {id}";
        assert_eq!(named(all, "Lake"), "2026-11-24 17-05-09 lake 720p 16x9 5s 41 3f9c1a2b.mp4");
        assert_eq!(named("{prompt}", "Lake"), "lake 3f9c1a2b.mp4");
        assert_eq!(named("Film_{prompt}_{id}", "Lake"), "Film_lake_ 3f9c1a2b.mp4");
        assert_eq!(named("{id}", "Lake"), "3f9c1a2b.mp4");
        assert_eq!(named("no prompt {prompt}", ""), "no prompt 3f9c1a2b.mp4");
        let unseeded = Facts { seed: None, ..facts("Lake") };
        assert_eq!(Template::parse("{seed} {prompt}").unwrap().file_name(&unseeded, ID), "lake 3f9c1a2b.mp4");
    }

    #[test]
    fn what_is_no_template_is_said() {
        let refused = |text: &str| Template::parse(text).unwrap_err();
        assert_eq!(refused("{data}"), TemplateError::Unknown("data".to_owned()));
        assert_eq!(refused("{date"), TemplateError::Open);
        assert_eq!(refused("{id} {date}"), TemplateError::IdNotLast);
        assert_eq!(refused("{id} {id}"), TemplateError::IdNotLast);
        for (text, wrong) in [("clips/{date}", '/'), ("..\\{date}", '\\'), ("{date}:", ':'), ("a\u{202e}b", '\u{202e}')]
        {
            assert_eq!(refused(text), TemplateError::Character(wrong));
        }
        assert_eq!(refused(&"x".repeat(LONGEST + 1)), TemplateError::TooLong);
        assert_eq!(
            refused("{take}").to_string(),
            "There is no {take}; there are {date} {time} {prompt} {resolution} {ratio} {duration} {seed} {id}."
        );
    }

    #[test]
    fn a_name_is_safe_on_every_system() {
        assert_eq!(named("..{prompt}", "hidden"), "hidden 3f9c1a2b.mp4");
        assert_eq!(named("-{prompt}", "o=x"), "o x 3f9c1a2b.mp4");
        assert_eq!(named("{prompt}. .", "end"), "end 3f9c1a2b.mp4");
        for (prompt, name) in
            [("CON", "_con"), ("nul", "_nul"), ("Com1", "_com1"), ("com10", "com10"), ("cone", "cone")]
        {
            assert_eq!(named("{prompt}", prompt), format!("{name} 3f9c1a2b.mp4"));
        }
        assert_eq!(named("aux.{prompt}", "x"), "_aux.x 3f9c1a2b.mp4");
    }

    #[test]
    fn the_longest_name_fits_every_file_system_and_keeps_its_id() {
        let mark = "a".repeat(MARK_LENGTH);
        let prompt = "🎈".repeat(2000);
        for template in ["", "{prompt} {prompt} {prompt} {prompt}", &"ü".repeat(LONGEST / 2), &"{prompt}".repeat(12)] {
            let name = Template::parse(template).unwrap().file_name(&facts(&prompt), &mark);
            assert!(name.len() + " 999.part".len() <= 255, "{template}: {} bytes", name.len());
            assert!(name.ends_with(&format!(" {mark}.mp4")), "{name}");
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
        assert_eq!(slug(&"one two ".repeat(250)), "one two one two one two one two one two");
    }
}
