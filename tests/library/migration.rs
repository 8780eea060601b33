//! A library of the first version, with tasks in it, at its next start.

use std::fs;
use std::path::Path;

use inbetween::domain::generation::{Status, UnixMillis};
use inbetween::domain::price::Cents;
use inbetween::domain::spend::Charge;
use rusqlite::Connection;

use crate::samples::{frames, generation, id, intent, open, walk};

/// The schema as the first version wrote it. Never changed.
const VERSION_1: &str = include_str!("version-1.sql");

/// A database of version 1 with these tasks: id, host, status, failure, task id and seed.
fn version_1(data: &Path, tasks: &[[&str; 6]]) {
    fs::create_dir_all(data).unwrap();
    let database = Connection::open(data.join("library.sqlite3")).unwrap();
    database.execute_batch(VERSION_1).unwrap();
    for (number, [id, host, status, failure, task, seed]) in tasks.iter().enumerate() {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        database
            .execute(
                "INSERT INTO generations (id, created, host, base_url, model, prompt, resolution, ratio, duration, seed,
                    camera_fixed, width, height, fps, has_last, price_cents, status, failure, task_id, body_sha256,
                    frames)
                 VALUES (?1, ?2, ?3, 'https://api.novita.ai', 'seedance-v1-pro-i2v', ?4, '720p', '16:9', 5, ?5, 0, 1248,
                    704, 24, 0, 26, ?6, ?7, ?8, ?9, ?10)",
                rusqlite::params![
                    id,
                    1_795_000_000_000_i64 + i64::try_from(number).unwrap(),
                    host,
                    "湖".repeat(200),
                    seed.parse::<i64>().unwrap(),
                    status,
                    text(failure),
                    text(task),
                    [9_u8; 32].as_slice(),
                    format!(r#"{{"first":{{"file":{{"path":"{id}/first.png","format":"png"}}}},"last":null}}"#),
                ],
            )
            .unwrap();
    }
}

const NOT_CHARGED: &str = r#"{"kind":"server","summary":"x","advice":"","retryable":false,"not_charged":true}"#;
const SILENT: &str = r#"{"kind":"server","summary":"x","advice":"","retryable":false}"#;

#[test]
fn tasks_of_the_first_version_are_in_the_ledger_and_keep_everything() {
    let folder = tempfile::tempdir().unwrap();
    let tasks = [
        ["unsent", "novita", "not_sent", "", "", "-1"],
        ["queued", "novita", "queued", "", "t1", "-1"],
        ["done", "novita", "done", "", "t2", "7"],
        ["failed", "novita", "failed", SILENT, "t3", "-1"],
        ["failed-free", "novita", "failed", NOT_CHARGED, "t4", "-1"],
        ["failed-torn", "novita", "failed", "{\"kind\":", "t5", "-1"],
        ["refused", "novita", "refused", NOT_CHARGED, "", "-1"],
        ["refused-silent", "novita", "refused", SILENT, "", "-1"],
        ["unknown", "novita", "unknown", SILENT, "", "-1"],
        ["cut", "novita", "uploading", "", "", "-1"],
        ["free", "rehearsal", "done", "", "t6", "-1"],
    ];
    version_1(folder.path(), &tasks);
    let library = open(folder.path());
    assert_eq!(library.set_aside(), None);
    assert_eq!(library.all().unwrap().len(), tasks.len());
    let mut booked: Vec<_> =
        library.spend().unwrap().iter().map(|entry| (entry.generation.to_string(), entry.charge)).collect();
    booked.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = [
        ("cut", Charge::Maybe),
        ("done", Charge::Likely),
        ("failed", Charge::Likely),
        ("failed-free", Charge::Not),
        ("failed-torn", Charge::Likely),
        ("queued", Charge::Likely),
        ("refused", Charge::Not),
        ("unknown", Charge::Maybe),
    ];
    assert_eq!(booked, expected.map(|(id, charge)| (id.to_owned(), charge)));
    let done = library.spend_of(&id("done")).unwrap().unwrap();
    assert_eq!((done.at, done.estimate), (UnixMillis(1_795_000_000_002), Some(Cents(26))));
    assert_eq!(done.prompt, "湖".repeat(80));
}

#[test]
fn a_random_seed_of_the_first_version_is_known_as_the_same_content() {
    let folder = tempfile::tempdir().unwrap();
    let tasks = [["random", "novita", "done", "", "t1", "-1"], ["given", "novita", "done", "", "t2", "7"]];
    version_1(folder.path(), &tasks);
    let library = open(folder.path());
    let found = library.same_content(&generation("x").host, &[9; 32]).unwrap();
    assert_eq!(found.into_iter().map(|row| row.id).collect::<Vec<_>>(), [id("random")]);
}

#[test]
fn a_copy_is_kept_once_and_a_task_of_the_first_version_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    version_1(folder.path(), &[["queued", "novita", "queued", "", "t1", "-1"]]);
    let library = open(folder.path());
    let mut task = library.claim(&id("queued")).unwrap().unwrap();
    walk(&library, &mut task, &[Status::Downloading, Status::Done]);
    assert_eq!(library.spend().unwrap().len(), 1, "it was booked by the migration");
    library.insert(&generation("new"), &intent(&frames(&library, "new"))).unwrap();
    drop(library);
    drop(open(folder.path()));
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let copies: Vec<_> = names.filter(|name| name.starts_with("library backup")).collect();
    assert_eq!(copies, ["library backup of version 1.sqlite3"]);
    let copy = folder.path().join(&copies[0]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let database = Connection::open(&copy).unwrap();
    let version: i64 = database.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    let status: String = database.query_row("SELECT status FROM generations", [], |row| row.get(0)).unwrap();
    assert_eq!((version, status.as_str()), (1, "queued"));
    drop(database);
    // The copy is a library of the first version: put in place of the new one it opens as it did.
    let restored = tempfile::tempdir().unwrap();
    fs::copy(&copy, restored.path().join("library.sqlite3")).unwrap();
    assert_eq!(open(restored.path()).all().unwrap().len(), 1);
}

#[test]
fn a_new_library_needs_no_copy() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(!names.into_iter().any(|name| name.starts_with("library backup")));
}
