//! What does not end the job of a task that was paid for.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use inbetween::services::library::{Folders, Library};
use rusqlite::Connection;

use crate::bench::Bench;

/// Starts `generate`, does `mend` once a line of it holds `words`, and answers whether it ended well.
fn goes_on(bench: &Bench, words: &str, mend: impl FnOnce()) -> bool {
    let mut command = bench.command(&[]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (output, errors) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (said, lines) = std::sync::mpsc::channel();
    for reader in [Box::new(output) as Box<dyn Read + Send>, Box::new(errors)] {
        let said = said.clone();
        std::thread::spawn(move || {
            BufReader::new(reader).lines().map_while(Result::ok).for_each(|line| said.send(line).unwrap_or_default());
        });
    }
    drop(said);
    assert!(lines.iter().any(|line| line.contains(words)), "{words} was not said");
    mend();
    child.wait().unwrap().success()
}

#[test]
fn an_address_that_is_refused_again_and_again_is_said_and_asked_for_again() {
    let bench = Bench::new();
    bench.host.refuse_clip(true);
    let words = "The host's address for the clip was refused; a fresh one is asked for.";
    assert!(goes_on(&bench, words, || bench.host.refuse_clip(false)));
    assert_eq!(bench.host.posts(), 1);
}

#[test]
fn a_library_that_cannot_be_written_is_written_once_it_can() {
    let bench = Bench::new();
    let folders = Folders::resolve(Some(bench.data())).unwrap();
    drop(Library::open(folders.clone()).unwrap());
    let database = Connection::open(folders.database()).unwrap();
    let stuck = "CREATE TABLE mended (a);
        CREATE TRIGGER stuck BEFORE UPDATE ON generations WHEN NEW.status = 'done' AND NOT EXISTS (SELECT 1 FROM mended)
        BEGIN SELECT RAISE(ABORT, 'stuck'); END;";
    database.execute_batch(stuck).unwrap();
    let mend = || assert_eq!(database.execute("INSERT INTO mended VALUES (1)", []).unwrap(), 1);
    assert!(goes_on(&bench, "database failed: stuck", mend));
    assert_eq!(bench.host.posts(), 1);
}
