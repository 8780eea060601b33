//! What a command prints: JSON lines for scripts, a progress bar or plain lines for people.

use std::io::IsTerminal;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::{note, say};
use crate::domain::failure::Failure;
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::domain::request::RANDOM_SEED;
use crate::domain::spend::{Found, Hold, Standing};
use crate::state::Event;
use crate::state::action::status_words;

/// Prints the way of one or more generations.
pub(super) struct Report {
    json: bool,
    bar: Option<ProgressBar>,
    last: Option<String>,
}

impl Report {
    pub(super) fn new(json: bool) -> Self {
        let bar = (!json && std::io::stderr().is_terminal()).then(|| {
            let style = ProgressStyle::with_template("{msg:24} [{bar:40}] {percent}% {elapsed}");
            ProgressBar::new(100).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Self { json, bar, last: None }
    }

    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::Changed(generation) => self.changed(generation),
            Event::Uploaded { transfer, .. } | Event::Downloaded { transfer, .. } => {
                if let (Some(bar), Some(fraction)) = (&self.bar, transfer.fraction()) {
                    bar.set_position((fraction * 100.0) as u64);
                }
            }
            Event::Trouble(failure) => self.aside(&failure.summary),
            Event::Said(text) => self.aside(text),
            _ => {}
        }
    }

    fn changed(&mut self, generation: &Generation) {
        // Each percent is a line for scripts and a step of the bar; without a terminal it would be noise.
        if self.json {
            if !generation.status.is_settled() && !matches!(generation.status, Status::Unknown(_)) {
                self.once(&object(generation, None).to_string(), say);
            }
            return;
        }
        let words = status_words(&generation.status);
        if let Some(bar) = &self.bar {
            let percent = if let Status::Rendering(percent) = generation.status { percent.unwrap_or(0) } else { 0 };
            bar.set_position(percent.into());
            bar.set_message(words);
        } else {
            let rendering = words!("status-rendering");
            let plain = if matches!(generation.status, Status::Rendering(_)) { rendering.as_str() } else { &words };
            self.once(plain, note);
        }
        if let Some(notice) = &generation.notice {
            self.aside(&notice.summary);
        }
    }

    /// The last line of a generation. `output` is the file it was copied to, where that was asked for.
    pub(super) fn end(&mut self, generation: &Generation, output: Option<&Path>) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        if self.json {
            say(&object(generation, output).to_string());
            return;
        }
        if let (Status::Done, Some(clip)) = (&generation.status, output.or(generation.clip.as_deref())) {
            say(&clip.display().to_string());
            if let Some(notice) = &generation.notice {
                note(&notice.summary);
            }
            return;
        }
        let failure = generation.status.failure().or(generation.notice.as_ref());
        let words = status_words(&generation.status);
        note(&match failure {
            None => words!("cli-ended", status = words),
            Some(failure) => words!(
                "cli-ended-because",
                status = words,
                sentence = failure.sentence(),
                advice = failure.advice.as_str(),
            ),
        });
    }

    /// A task that another process brings home.
    pub(super) fn followed_elsewhere(&mut self, id: &GenerationId) {
        if self.json {
            say(&json!({ "status": "followed_elsewhere", "id": id.as_str() }).to_string());
        } else {
            self.aside(&words!("cli-followed-elsewhere", id = id.as_str()));
        }
    }

    /// A sentence beside the progress, said once in a row.
    fn aside(&mut self, text: &str) {
        match &self.bar {
            Some(bar) => bar.println(text),
            None if self.json => note(text),
            None => self.once(text, note),
        }
    }

    fn once(&mut self, line: &str, print: fn(&str)) {
        if self.last.as_deref() != Some(line) {
            print(line);
            self.last = Some(line.to_owned());
        }
    }
}

/// A generation as one JSON object: the same keys in every command.
pub(super) fn object(generation: &Generation, output: Option<&Path>) -> Value {
    let measured = generation.measured.as_ref();
    let seed = generation.seed_used.or((generation.settings.seed != RANDOM_SEED).then_some(generation.settings.seed));
    let mut object = json!({
        "status": generation.status.name(),
        "id": generation.id.as_str(),
        "task_id": generation.task_id,
        "output": output.or(generation.clip.as_deref()).map(|path| path.to_string_lossy()),
        "seed": seed,
        "width": measured.map(|facts| facts.size.width),
        "height": measured.map(|facts| facts.size.height),
        "fps": measured.map(|facts| number(facts.fps)),
        "frames": measured.map(|facts| facts.frames),
        "duration": measured.map(|facts| number(facts.duration)),
        "host": generation.host.host,
        "model": generation.settings.model,
        "prompt": generation.settings.prompt,
        "created": jiff::Timestamp::from_millisecond(generation.created.0).map(|at| at.to_string()).ok(),
    });
    if let Status::Rendering(Some(percent)) = generation.status {
        object["percent"] = percent.into();
    }
    if let Some(failure) = generation.status.failure().or(generation.notice.as_ref()) {
        object["reason"] = failure.sentence().into();
        object["advice"] = failure.advice.clone().into();
    }
    object
}

/// 24 rather than 24.0 where the figure is whole.
pub(super) fn number(figure: f64) -> Value {
    if figure.fract() == 0.0 && figure.abs() < 1e15 { json!(figure as i64) } else { json!(figure) }
}

/// Bad input: nothing was sent.
pub(super) fn invalid(json: bool, reasons: &[String], advice: &str) {
    if json {
        say(&json!({ "status": "invalid", "reason": reasons.join(" "), "advice": advice }).to_string());
    } else {
        for reason in reasons {
            note(reason);
        }
        if !advice.is_empty() {
            note(advice);
        }
    }
}

/// An order that needs somebody's word: nothing was sent. Names what is there already, and the way out.
pub(super) fn held(json: bool, hold: &Hold) {
    let (reason, advice) = match hold {
        Hold::OverCap(_) => (hold.to_string(), words!("cli-held-cap")),
        Hold::AlreadyHave(have) => {
            let places: Vec<_> = have.found.iter().map(place).collect();
            let waits = have.found.iter().any(|found| found.standing == Standing::Waiting);
            let way = if waits { words!("cli-held-waits") } else { words!("cli-held-have") };
            (words!("cli-it-is", hold = hold.to_string(), places = places.join("; ")), way)
        }
    };
    if !json {
        invalid(false, &[reason], &advice);
        return;
    }
    let mut object = json!({ "status": "invalid", "reason": reason, "advice": advice });
    if let Hold::AlreadyHave(have) = hold
        && let Some(found) = have.found.first()
    {
        object["id"] = found.id.as_str().into();
        object["output"] = found.clip.as_deref().map(Path::to_string_lossy).into();
    }
    say(&object.to_string());
}

/// Where an earlier clip is: its file, else its task.
fn place(found: &Found) -> String {
    match &found.clip {
        Some(clip) if found.standing == Standing::Finished => clip.display().to_string(),
        _ => words!("cli-task", id = found.id.as_str()),
    }
}

/// A failure before there is a row.
pub(super) fn failed_before_sending(json: bool, failure: &Failure) {
    invalid(json, std::slice::from_ref(&failure.summary), &failure.advice);
}
