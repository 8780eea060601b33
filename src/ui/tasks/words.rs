//! Words and colours for a task's status and time.

use std::borrow::Cow;

use crate::domain::generation::{Generation, Status, UnixMillis};
use crate::state::action::status_words;
use crate::ui::icons::Icon;
use crate::ui::widgets::Tone;

/// Icon, words and tone of a status pill.
#[must_use]
pub fn pill(status: &Status) -> (Icon, String, Tone) {
    let (icon, tone) = match status {
        Status::NotSent => (Icon::QUEUED, Tone::Unknown),
        Status::Uploading => (Icon::UPLOADING, Tone::Running),
        Status::Unknown(_) => (Icon::UNKNOWN, Tone::Unknown),
        Status::Queued => (Icon::QUEUED, Tone::Idle),
        Status::Rendering(_) => (Icon::RENDERING, Tone::Running),
        Status::Downloading => (Icon::DOWNLOADING, Tone::Running),
        Status::Done => (Icon::DONE, Tone::Done),
        Status::Failed(_) | Status::Refused(_) => (Icon::FAILED, Tone::Failed),
        Status::Stopped => (Icon::NOT_WATCHED, Tone::Idle),
    };
    (icon, status_words(status), tone)
}

/// A task's prompt, or what stands for it.
#[must_use]
pub fn title(generation: &Generation) -> Cow<'_, str> {
    let prompt = generation.settings.prompt.trim();
    if prompt.is_empty() { words!("untitled-clip").into() } else { prompt.into() }
}

/// The part of the title that a row has room for, and a little more.
#[must_use]
pub fn start(generation: &Generation) -> &str {
    const MOST: usize = 120;
    let title = title(generation);
    title.char_indices().nth(MOST).map_or(title, |(end, _)| &title[..end])
}

/// "Lake, dawn to dusk, Rendering 42%, 0:48".
#[must_use]
pub fn spoken(generation: &Generation, now: UnixMillis) -> String {
    words!(
        "tasks-row-spoken",
        prompt = title(generation),
        status = status_words(&generation.status),
        time = elapsed(generation, now),
    )
}

/// "0:48" while it runs, "2 min ago" once it is settled.
#[must_use]
pub fn elapsed(generation: &Generation, now: UnixMillis) -> String {
    if generation.status.is_running() {
        let seconds = now.seconds_since(generation.created);
        return format!("{}:{:02}", seconds / 60, seconds % 60);
    }
    ago(now.seconds_since(generation.finished.unwrap_or(generation.created)))
}

fn ago(seconds: u64) -> String {
    match seconds {
        0..60 => words!("ago-now"),
        60..3600 => words!("ago-minutes", count = seconds / 60),
        3600..86_400 => words!("ago-hours", count = seconds / 3600),
        86_400..172_800 => words!("ago-yesterday"),
        _ => words!("ago-days", count = seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn times_are_told_in_the_largest_unit() {
        let cases =
            [(5, "just now"), (61, "1 min ago"), (7_200, "2 h ago"), (90_000, "Yesterday"), (260_000, "3 days ago")];
        for (seconds, words) in cases {
            assert_eq!(ago(seconds), words);
        }
    }
}
