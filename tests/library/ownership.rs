//! A task is followed by one process at a time, and by another once that one has ended.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::Barrier;

use inbetween::domain::failure::FailureKind;
use inbetween::domain::generation::Status;
use inbetween::services::library::LibraryError;

use crate::child::{self, Held};
use crate::samples::{id, insert, open, walk};

#[test]
fn a_row_belongs_to_one_living_handle() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (open(folder.path()), open(folder.path()));
    let mut generation = insert(&first, "one");
    walk(&first, &mut generation, &[Status::Uploading, Status::Queued]);
    assert_eq!(second.claim(&generation.id).unwrap(), None);
    assert_eq!(first.claim(&generation.id).unwrap().as_ref(), Some(&generation));
    let mut stolen = generation.clone();
    stolen.status = Status::Downloading;
    assert!(matches!(second.update(&stolen), Err(LibraryError::OwnedElsewhere { .. })));

    second.release(&generation.id).unwrap();
    assert_eq!(second.claim(&generation.id).unwrap(), None, "one handle gave away what another owns");
    first.release(&generation.id).unwrap();
    assert_eq!(second.claim(&generation.id).unwrap().as_ref(), Some(&generation));
    assert!(matches!(first.update(&stolen), Err(LibraryError::OwnedElsewhere { .. })));
    second.update(&stolen).unwrap();
}

#[test]
fn a_settled_row_belongs_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (open(folder.path()), open(folder.path()));
    let mut generation = insert(&first, "one");
    walk(&first, &mut generation, &[Status::Uploading, Status::Queued, Status::Downloading, Status::Done]);
    generation.clip = None;
    second.update(&generation).unwrap();
    second.remove(&generation.id, &[]).unwrap();
    assert!(matches!(first.claim(&generation.id), Err(LibraryError::NotFound { .. })));
}

#[test]
fn of_many_handles_one_gets_the_row() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path());
    let mut generation = insert(&first, "one");
    walk(&first, &mut generation, &[Status::Uploading, Status::Queued]);
    drop(first);
    let handles: Vec<_> = (0..4).map(|_| open(folder.path())).collect();
    let start = Barrier::new(handles.len());
    let claimed: Vec<bool> = std::thread::scope(|scope| {
        let threads: Vec<_> = handles
            .iter()
            .map(|handle| {
                let (start, id) = (&start, &generation.id);
                scope.spawn(move || {
                    start.wait();
                    handle.claim(id).unwrap().is_some()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(claimed.iter().filter(|claimed| **claimed).count(), 1, "{claimed:?}");
}

#[test]
fn clones_share_what_they_own_and_see_each_others_writes() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let clone = library.clone();
    let other = open(folder.path());
    let before = other.change_mark().unwrap();
    let generation = insert(&library, "one");
    drop(library);
    assert_eq!(clone.claim(&generation.id).unwrap(), Some(generation));
    assert_ne!(other.change_mark().unwrap(), before);
    assert_eq!(other.change_mark().unwrap(), other.change_mark().unwrap());
}

/// Starts a process that stores a row for each of `not_sent`, `uploading` and `queued` and holds them.
fn start_holder(data: &Path) -> Held {
    let mut command = child::command("hold-rows");
    command.env("DATA", data).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut holder = Held(command.spawn().unwrap());
    let mut lines = BufReader::new(holder.0.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "holding"), "the child ended early");
    holder
}

#[test]
fn rows_of_a_killed_process_are_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut holder = start_holder(folder.path());
    for held in ["not_sent", "uploading", "queued"] {
        assert_eq!(library.claim(&id(held)).unwrap(), None, "{held}");
    }
    holder.kill();
    assert_eq!(library.claim(&id("not_sent")).unwrap().unwrap().status, Status::NotSent);
    assert_eq!(library.claim(&id("queued")).unwrap().unwrap().status, Status::Queued);
    let uploading = library.claim(&id("uploading")).unwrap().unwrap();
    let Status::Unknown(failure) = &uploading.status else { panic!("{uploading:?}") };
    assert_eq!(failure.kind, FailureKind::OutcomeUnknown);
    let sentence = "The connection dropped before Novita confirmed the task. Sending it again could charge you twice.";
    assert_eq!(failure.summary, sentence);
    assert_eq!(library.get(&uploading.id).unwrap(), Some(uploading));
}

#[test]
fn a_new_start_frees_the_rows_of_the_dead_and_sweeps_their_locks() {
    let folder = tempfile::tempdir().unwrap();
    start_holder(folder.path()).kill();
    let locks = || {
        let owners = std::fs::read_dir(folder.path().join("owners")).unwrap();
        owners.filter(|entry| entry.as_ref().unwrap().path().extension().is_some()).count()
    };
    assert_eq!(locks(), 1, "a killed process leaves its file");
    let library = open(folder.path());
    assert_eq!(locks(), 1, "only the living one's file is left");
    assert!(matches!(library.get(&id("uploading")).unwrap().unwrap().status, Status::Unknown(_)));
    assert_eq!(library.unfinished().unwrap().len(), 2);
    drop(library);
    assert_eq!(locks(), 0);
}

#[test]
fn several_processes_write_into_one_library() {
    const ROWS: usize = 25;
    let folder = tempfile::tempdir().unwrap();
    let rows = ROWS.to_string();
    let writer = |name: &str| {
        let mut command = child::command("write-rows");
        Held(command.env("DATA", folder.path()).env("NAME", name).env("ROWS", &rows).spawn().unwrap())
    };
    let writers: Vec<Held> = ["a", "b", "c"].map(writer).into();
    for mut writer in writers {
        assert!(writer.0.wait().unwrap().success());
    }
    let library = open(folder.path());
    let all = library.all().unwrap();
    assert_eq!(all.len(), 3 * ROWS);
    for name in ["a", "b", "c"] {
        let own = all.iter().rev().filter(|row| row.id.as_str().starts_with(name));
        let expected = (0..ROWS).map(|row| id(&format!("{name}-{row}")));
        assert!(own.map(|row| row.id.clone()).eq(expected), "{name}");
    }
    assert!(all.iter().all(|row| row.status == Status::Queued));
}

#[test]
fn what_another_living_process_follows_is_not_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (open(folder.path()), open(folder.path()));
    let mut generation = insert(&first, "one");
    walk(&first, &mut generation, &[Status::Uploading, Status::Queued]);
    assert_eq!(second.left_behind().unwrap(), []);
    assert_eq!(first.left_behind().unwrap(), [generation.clone()], "its own rows are its own to follow");
    drop(first);
    assert_eq!(second.left_behind().unwrap(), [generation]);
}
