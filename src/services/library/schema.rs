//! The database file: how it is opened, migrated, and kept aside where it cannot be read.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::ZonedDateTime;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::{LibraryError, private};
use crate::services::points;

/// Longest wait for another process to finish its write.
const BUSY: Duration = Duration::from_secs(10);

/// A database and what `SQLite` keeps beside it.
const FILES: [&str; 3] = ["", "-wal", "-shm"];

/// Names the damaged database of which not everything was taken over yet.
const PENDING: &str = "library to be taken over";

/// Marks a database as this program's: "Inbt".
const APPLICATION_ID: i32 = 0x496e_6274;

/// Step n brings a database from version n to n + 1. Steps are never changed once released, only added.
const STEPS: &[&str] = &[STEP_1, STEP_2];

const STEP_1: &str = "
    CREATE TABLE generations (
        -- Order of insertion: takes of one press keep theirs even with the same time.
        seq          INTEGER PRIMARY KEY AUTOINCREMENT,
        id           TEXT NOT NULL UNIQUE,
        created      INTEGER NOT NULL,
        finished     INTEGER,
        host         TEXT NOT NULL,
        base_url     TEXT,
        model        TEXT NOT NULL,
        prompt       TEXT NOT NULL,
        resolution   TEXT NOT NULL,
        ratio        TEXT NOT NULL,
        duration     INTEGER NOT NULL,
        seed         INTEGER NOT NULL,
        camera_fixed INTEGER NOT NULL,
        width        INTEGER NOT NULL,
        height       INTEGER NOT NULL,
        fps          INTEGER NOT NULL,
        has_last     INTEGER NOT NULL,
        price_cents  INTEGER,
        status       TEXT NOT NULL,
        percent      INTEGER,
        failure      TEXT,
        notice       TEXT,
        task_id      TEXT,
        seed_used    INTEGER,
        clip         ANY,
        measured     TEXT,
        body_sha256  BLOB NOT NULL,
        frames       TEXT NOT NULL,
        owner        TEXT,
        last_balance INTEGER
    ) STRICT;
    CREATE INDEX generations_status ON generations (status);
    CREATE INDEX generations_owner ON generations (owner) WHERE owner IS NOT NULL;
    PRAGMA application_id = 0x496e6274;
";

/// The spend ledger, which outlives the rows it tells of; what makes a purchase the same; where its pictures came from.
///
/// A body with a random seed is its own content, so rows with one are known again. A failure is read by the library's
/// own words; one that is damaged counts as not confirmed.
const STEP_2: &str = "
    CREATE TABLE spend (
        generation TEXT PRIMARY KEY,
        at         INTEGER NOT NULL,
        host       TEXT NOT NULL,
        model      TEXT NOT NULL,
        prompt     TEXT NOT NULL,
        cents      INTEGER,
        charge     TEXT NOT NULL
    ) STRICT;
    CREATE INDEX spend_at ON spend (at);
    ALTER TABLE generations ADD COLUMN content_sha256 BLOB;
    ALTER TABLE generations ADD COLUMN sources TEXT;
    CREATE INDEX generations_content ON generations (content_sha256) WHERE content_sha256 IS NOT NULL;
    UPDATE generations SET content_sha256 = body_sha256 WHERE seed = -1;
    INSERT INTO spend (generation, at, host, model, prompt, cents, charge)
    SELECT id, created, host, model, substr(prompt, 1, 80), price_cents, CASE
            WHEN status = 'unknown' THEN 'may_have_been_charged'
            WHEN not_charged THEN 'not_charged'
            ELSE 'charged_likely'
        END
    FROM (
        SELECT *, status IN ('failed', 'refused') AND CASE
                WHEN json_valid(failure) THEN coalesce(json_extract(failure, '$.not_charged'), 0)
                ELSE 0
            END AS not_charged
        FROM generations
    )
    WHERE host <> 'rehearsal'
        AND (status = 'unknown' OR status = 'refused' AND not_charged
            OR status NOT IN ('not_sent', 'uploading', 'refused') AND task_id IS NOT NULL)
    ORDER BY seq;
";

/// A database that was there and could not be used. It lies untouched under another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    pub path: PathBuf,
    pub reason: Unusable,
    /// Tasks of it that could be read and are in the new one.
    pub taken_over: usize,
}

/// Why a database could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// No database, or a damaged one, or another program's.
    Damaged,
    /// Written by a later version of the program.
    Newer,
}

impl fmt::Display for SetAside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, tasks) = (self.path.file_name().unwrap_or_default().to_string_lossy(), self.taken_over);
        f.write_str(&match self.reason {
            Unusable::Damaged => words!("library-aside-damaged", name = name, tasks = tasks),
            Unusable::Newer => words!("library-aside-newer", name = name, tasks = tasks),
        })
    }
}

enum Trouble {
    Unusable(Unusable),
    Other(LibraryError),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Unusable(Unusable::Damaged),
            _ => Self::Other(error.into()),
        }
    }
}

/// A database that is open.
pub struct Opened {
    pub connection: Connection,
    pub set_aside: Option<SetAside>,
    /// There was none before.
    pub is_new: bool,
}

/// Opens the database, creating it 0600 or migrating it. Only one process may do so at a time; `in_use` tells whether
/// another one has it open already.
///
/// What was kept aside and not taken over yet is answered again, whatever ended the process that kept it.
pub fn open(path: &Path, in_use: impl FnOnce() -> std::io::Result<bool>) -> Result<Opened, LibraryError> {
    let trouble = |source| LibraryError::folder(path, source);
    let reason = match try_open(path) {
        Ok((connection, is_new)) => {
            return Ok(Opened { connection, set_aside: pending(path).map_err(trouble)?, is_new });
        }
        Err(Trouble::Other(error)) => return Err(error),
        Err(Trouble::Unusable(reason)) => reason,
    };
    if in_use().map_err(trouble)? {
        return Err(LibraryError::UnreadableInUse { path: path.to_path_buf() });
    }
    let aside = SetAside { path: keep_aside(path, reason)?, reason, taken_over: 0 };
    match try_open(path) {
        Ok((connection, is_new)) => Ok(Opened { connection, set_aside: Some(aside), is_new }),
        Err(Trouble::Other(error)) => Err(error),
        Err(Trouble::Unusable(_)) => Err(LibraryError::UnreadableInUse { path: path.to_path_buf() }),
    }
}

/// The damaged database of which not everything was taken over yet.
fn pending(path: &Path) -> std::io::Result<Option<SetAside>> {
    match std::fs::read_to_string(path.with_file_name(PENDING)) {
        Ok(name) => {
            let path = path.with_file_name(name);
            Ok(Some(SetAside { path, reason: Unusable::Damaged, taken_over: 0 }))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Says that everything was taken over.
pub fn taken_over(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path.with_file_name(PENDING)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => private::sync_folder_of(path),
    }
}

/// The connection, and whether there was no database before.
fn try_open(path: &Path) -> Result<(Connection, bool), Trouble> {
    let trouble = |source| Trouble::Other(LibraryError::folder(path, source));
    // SQLite would throw away the journal of a database that is not there, and with it what was committed last.
    let is_empty = std::fs::metadata(path).map_or(true, |facts| facts.len() == 0);
    if is_empty && with_ending(path, "-wal").metadata().is_ok_and(|facts| facts.len() > 0) {
        return Err(Trouble::Unusable(Unusable::Damaged));
    }
    let is_new = private::ensure_file(path).map_err(trouble)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    // Until it is known to be sound, closing must not write the journal into the file.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    check(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    configure(&connection)?;
    let version = version(&connection)?;
    if version > 0 && usize::try_from(version).is_ok_and(|version| version < STEPS.len()) {
        back_up(&connection, path, version).map_err(Trouble::Other)?;
    }
    migrate(&mut connection, STEPS)?;
    Ok((connection, is_new))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    path.with_file_name(format!("{}{ending}", path.file_name().unwrap_or_default().to_string_lossy()))
}

fn check(connection: &Connection) -> Result<(), Trouble> {
    let version = version(connection)?;
    if usize::try_from(version).is_ok_and(|version| version > STEPS.len()) {
        return Err(Trouble::Unusable(Unusable::Newer));
    }
    let owner: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let is_new = version == 0 && tables == 0;
    let is_ours = version > 0 && owner == APPLICATION_ID;
    if !is_new && !is_ours {
        return Err(Trouble::Unusable(Unusable::Damaged));
    }
    let verdict: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Trouble::Unusable(Unusable::Damaged)) }
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        tracing::warn!(mode, "the file system has no shared memory; the library is slower and as safe");
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    // On macOS a plain fsync does not reach the disk; elsewhere these change nothing.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)
}

/// Keeps a copy of the database as it is before a migration, under a name that is free, 0600.
fn back_up(connection: &Connection, path: &Path, version: i64) -> Result<(), LibraryError> {
    // SQLite takes the name of a copy as text alone; a step is one transaction with or without a copy.
    let Some(part) = path.with_file_name("library backup.part").to_str().map(PathBuf::from) else { return Ok(()) };
    let name = |number: u32| match number {
        0 => format!("library backup of version {version}.sqlite3"),
        _ => format!("library backup of version {version} {number}.sqlite3"),
    };
    let mut number = 0;
    while path.with_file_name(name(number)).exists() {
        number += 1;
    }
    let backup = path.with_file_name(name(number));
    let trouble = |source| LibraryError::folder(&part, source);
    // A part is left where this stopped halfway once.
    if part.exists() {
        std::fs::remove_file(&part).map_err(trouble)?;
    }
    // An empty file is filled in place and keeps its mode.
    private::ensure_file(&part).map_err(trouble)?;
    connection.execute("VACUUM INTO ?1", [part.to_string_lossy()])?;
    private::open_lock(&part).and_then(|file| file.sync_all()).map_err(trouble)?;
    points::pass("before backup rename");
    std::fs::rename(&part, &backup).map_err(trouble)?;
    points::pass("after backup rename");
    private::sync_folder_of(&backup).map_err(trouble)
}

/// Runs the steps that are missing, each in one transaction with its version number.
fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    loop {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version = version(&transaction)?;
        let Some(step) = usize::try_from(version).ok().and_then(|done| steps.get(done)) else { return Ok(()) };
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version + 1)?;
        points::pass("before migration commit");
        transaction.commit()?;
        points::pass("after migration commit");
    }
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Gives the database and its journal a second name that is free, and takes the first one away only when that is on the
/// disk: at no moment is one of them without the other.
fn keep_aside(path: &Path, reason: Unusable) -> Result<PathBuf, LibraryError> {
    let word = match reason {
        Unusable::Damaged => "damaged",
        Unusable::Newer => "newer",
    };
    let stamp = ZonedDateTime::now().strftime("%Y-%m-%d %H%M%S").to_string();
    let name = |number: u32| match number {
        0 => format!("library {word} {stamp}.sqlite3"),
        _ => format!("library {word} {stamp} {number}.sqlite3"),
    };
    let mut number = 0;
    while path.with_file_name(name(number)).exists() {
        number += 1;
    }
    let aside = path.with_file_name(name(number));
    let trouble = |source| LibraryError::folder(path, source);
    for ending in FILES {
        let from = with_ending(path, ending);
        if from.exists() {
            points::pass("before keeping aside");
            give_a_name(&from, &with_ending(&aside, ending)).map_err(trouble)?;
        }
    }
    if reason == Unusable::Damaged {
        private::write(&path.with_file_name(PENDING), name(number).as_bytes()).map_err(trouble)?;
    }
    private::sync_folder_of(path).map_err(trouble)?;
    for ending in FILES {
        points::pass("between keeping aside and beginning anew");
        match std::fs::remove_file(with_ending(path, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(trouble(error)),
            _ => {}
        }
    }
    private::sync_folder_of(path).map_err(trouble)?;
    Ok(aside)
}

/// A second name for a file; a copy where the file system has no such names.
fn give_a_name(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::hard_link(from, to).or_else(|_| {
        std::fs::copy(from, to)?;
        private::open_lock(to)?.sync_all()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_steps_run_once_and_in_order() {
        let mut connection = Connection::open_in_memory().unwrap();
        let first = "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)";
        let second = "ALTER TABLE t ADD COLUMN b INTEGER DEFAULT 2";
        migrate(&mut connection, &[first]).unwrap();
        migrate(&mut connection, &[first, second]).unwrap();
        migrate(&mut connection, &[first, second]).unwrap();
        let rows = connection.query_row("SELECT count(*), sum(a), sum(b) FROM t", [], |row| row.try_into()).unwrap();
        assert_eq!((rows, version(&connection).unwrap()), ((1, 1, 2), 2));
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        let steps = ["CREATE TABLE t (a INTEGER)", "INSERT INTO t VALUES (1); INSERT INTO missing VALUES (1)"];
        assert!(migrate(&mut connection, &steps).is_err());
        let rows: i64 = connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!((rows, version(&connection).unwrap()), (0, 1));
    }
}
