//! `inbetween tasks`: the library, newest first.

use super::report::{self, object};
use super::{Exit, Place, say};
use crate::domain::failure::Failure;
use crate::domain::generation::Generation;
use crate::state::action::status_words;

pub(super) fn run(place: Place, json: bool) -> Exit {
    let rows = place.open().and_then(|(world, _)| world.library.all().map_err(Failure::from));
    match rows {
        Ok(rows) => {
            for row in rows {
                say(&if json { object(&row, None).to_string() } else { line(&row) });
            }
            Exit::Done
        }
        Err(failure) => {
            report::failed_before_sending(json, &failure);
            Exit::BadInput
        }
    }
}

fn line(row: &Generation) -> String {
    let created =
        jiff::Timestamp::from_millisecond(row.created.0).map(|at| at.to_zoned_datetime(jiff::tz::TimeZone::system()));
    let created = created.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
    let prompt: String = row.settings.prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    let id: String = row.id.as_str().chars().take(8).collect();
    format!("{created}  {id}  {:14}  {}", status_words(&row.status), prompt.chars().take(60).collect::<String>())
}
