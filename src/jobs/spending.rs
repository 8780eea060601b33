//! The spend log for the window, and as a file.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::task::spawn_blocking;

use super::World;
use super::frames::no_dialog;
use super::generation::joined;
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::model::Catalogue;
use crate::domain::spend::SpendEntry;
use crate::services::files;
use crate::services::library::Library;
use crate::services::picker::Picked;
use crate::state::Event;

type Answer = Result<Option<Event>, Failure>;

pub(super) async fn load(world: Arc<World>) -> Answer {
    Ok(Some(Event::SpendLoaded(world.library(Library::spend).await?)))
}

/// Asks where, then writes the whole log there.
pub(super) async fn export(world: Arc<World>) -> Answer {
    let entries = world.library(Library::spend).await?;
    let target = match world.picker.save_table(&words!("dialog-log-name")).await {
        Picked::Chosen(target) => target,
        Picked::Cancelled => return Ok(None),
        Picked::Unavailable => return Err(no_dialog()),
    };
    let (path, text) = (target.clone(), csv(&entries, &TimeZone::system()));
    joined(spawn_blocking(move || write(&path, &text))).await.map_err(|error| {
        let summary = words!("job-log-unsaved", path = target.display().to_string(), error = error.to_string());
        Failure::new(FailureKind::Folder, summary, words!("choose-another-folder")).retryable()
    })?;
    Ok(Some(Event::SpendExported { path: target }))
}

/// Whole or not at all, and as open as the user's other files.
fn write(target: &Path, text: &str) -> io::Result<()> {
    let mut part = tempfile::NamedTempFile::new()?;
    part.write_all(text.as_bytes())?;
    files::copy(part.path(), target)
}

/// The log as CSV (RFC 4180), newest first. Amounts are estimates in US dollars.
fn csv(entries: &[SpendEntry], zone: &TimeZone) -> String {
    let mut text = String::from("date,time,host,model,prompt,estimate_usd,outcome,task\r\n");
    for entry in entries {
        let at = zone.to_datetime(Timestamp::from_millisecond(entry.at.0).unwrap_or(Timestamp::UNIX_EPOCH));
        let (date, time) = (at.date(), at.time().strftime("%H:%M:%S"));
        let host = Catalogue::built_in().host(&entry.host).map_or(entry.host.as_str(), |host| host.name.as_str());
        let estimate = entry.estimate.map(|cents| cents.to_string().trim_start_matches('$').to_owned());
        let fields = [
            host,
            &entry.model,
            &entry.prompt,
            estimate.as_deref().unwrap_or_default(),
            entry.charge.name(),
            entry.generation.as_str(),
        ];
        let fields: Vec<_> = fields.into_iter().map(quoted).collect();
        // Writing into a text cannot fail.
        let _ = write!(text, "{date},{time},{}\r\n", fields.join(","));
    }
    text
}

fn quoted(field: &str) -> String {
    // A prompt that looks like a formula is none to a spreadsheet behind an apostrophe.
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::generation::{GenerationId, UnixMillis};
    use crate::domain::price::Cents;
    use crate::domain::spend::Charge;

    #[test]
    fn the_log_is_a_table_that_a_spreadsheet_reads() {
        let entry = |prompt: &str, estimate| SpendEntry {
            generation: GenerationId::new("g1"),
            at: UnixMillis(1_795_000_000_123),
            host: "novita".to_owned(),
            model: "m".to_owned(),
            prompt: prompt.to_owned(),
            estimate,
            charge: Charge::Maybe,
        };
        let text = csv(&[entry("A \"lake\", dawn", Some(Cents(26))), entry("=1+1", None)], &TimeZone::UTC);
        let lines: Vec<_> = text.split("\r\n").collect();
        let first = "2026-11-18,11:06:40,Novita,m,\"A \"\"lake\"\", dawn\",0.26,may_have_been_charged,g1";
        assert_eq!(lines[1], first);
        assert_eq!(lines[2], "2026-11-18,11:06:40,Novita,m,'=1+1,,may_have_been_charged,g1");
    }
}
