//! What can still be read of a damaged database goes into the new one: its tasks may be paid for.
//!
//! Reads a copy, row by row, so that a page that is torn costs the rows on it and no others. An old state of a row may
//! come to light this way, so what is said not to have been sent is taken over as unknown: it must not be sent again
//! unasked.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Transaction, TransactionBehavior, params_from_iter};

use super::{LibraryError, ledger, read_one, row};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{GenerationId, Status};

/// Rows beyond this number are not looked for where the damage hides how many there are.
const MOST_ROWS: i64 = 100_000;

/// Takes over every readable task and every line of the ledger. Answers how many tasks.
pub(super) fn take_over(aside: &Path, into: &mut Connection) -> Result<usize, LibraryError> {
    let folder = aside.parent().unwrap_or(Path::new("."));
    let trouble = |source| LibraryError::folder(aside, source);
    let copies = tempfile::tempdir_in(folder).map_err(trouble)?;
    let copy = copies.path().join("copy.sqlite3");
    for ending in ["", "-wal"] {
        let (from, to) = (with(aside, ending), with(&copy, ending));
        if from.exists() {
            std::fs::copy(from, to).map_err(trouble)?;
        }
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(old) = Connection::open_with_flags(&copy, flags) else { return Ok(0) };
    let transaction = into.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let tasks = take_table(&old, &transaction, "generations")?;
    take_table(&old, &transaction, "spend")?;
    transaction.commit()?;
    Ok(tasks)
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}

/// Takes over the rows of one table. Trouble with the old file ends nothing; trouble with the new one does.
fn take_table(old: &Connection, into: &Transaction<'_>, table: &str) -> rusqlite::Result<usize> {
    let Some(columns) = common_columns(old, into, table)? else { return Ok(0) };
    let names = columns.join(", ");
    let places = vec!["?"; columns.len()].join(", ");
    let select = format!("SELECT {names} FROM {table} WHERE rowid = ?1");
    let insert = format!("INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})");
    let count = old.query_row(&format!("SELECT max(rowid) FROM {table}"), [], |row| row.get::<_, Option<i64>>(0));
    let most = count.map_or(MOST_ROWS, |most| most.unwrap_or(0).min(MOST_ROWS));
    let mut taken = 0;
    for number in 1..=most {
        let read = old.prepare_cached(&select).and_then(|mut select| {
            select.query_row([number], |row| (0..columns.len()).map(|at| row.get(at)).collect()).optional()
        });
        let Ok(Some(values)) = read else { continue };
        let values: Vec<Value> = values;
        into.execute_batch("SAVEPOINT salvage")?;
        let kept = into.prepare_cached(&insert)?.execute(params_from_iter(&values)).is_ok_and(|rows| rows == 1)
            && (table != "generations" || is_sound(into, &columns, &values));
        into.execute_batch(if kept { "RELEASE salvage" } else { "ROLLBACK TO salvage; RELEASE salvage" })?;
        taken += usize::from(kept);
    }
    Ok(taken)
}

/// The columns that both files know, but for the owner: nobody follows these rows.
fn common_columns(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<Option<Vec<String>>> {
    let sql = "SELECT name FROM pragma_table_info(?1)";
    let names = |from: &Connection| -> rusqlite::Result<Vec<String>> {
        from.prepare(sql)?.query_map([table], |row| row.get(0))?.collect()
    };
    let Ok(known) = names(old) else { return Ok(None) };
    let mut common = names(new)?;
    common.retain(|name| known.contains(name) && name != "owner" && name != "seq");
    Ok((!common.is_empty()).then_some(common))
}

/// Whether a task that was taken over can be read; one that is said not to be sent becomes unknown.
fn is_sound(into: &Transaction<'_>, columns: &[String], values: &[Value]) -> bool {
    let id = columns.iter().position(|name| name == "id").and_then(|at| match &values[at] {
        Value::Text(id) => Some(GenerationId::new(id.as_str())),
        _ => None,
    });
    let Some(id) = id else { return false };
    let Ok(Some(mut generation)) = read_one(into, &id) else { return false };
    let sent = generation.task_id.is_some();
    let is_certain = match &generation.status {
        Status::NotSent | Status::Uploading => false,
        // Accepted, and nobody knows as what.
        status => sent || !(status.is_accepted() || *status == Status::Stopped),
    };
    if is_certain {
        return true;
    }
    let summary = words!("job-damaged-unknown");
    let advice = words!("job-look-at-hosts");
    generation.status =
        if sent { Status::Queued } else { Status::Unknown(Failure::new(FailureKind::Library, summary, advice)) };
    generation.notice = None;
    row::update(into, &generation, None).and_then(|()| ledger::book(into, &generation, sent)).is_ok()
}
