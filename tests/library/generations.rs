//! What is stored is what is read, and only legal steps are stored.

use inbetween::domain::frame::{PreparedFrame, PreparedFrames};
use inbetween::domain::generation::{Generation, Status};
use inbetween::services::library::LibraryError;

use crate::samples::{DIGEST, complete, failure, frames, generation, id, insert, intent, open, walk, ways};

#[test]
fn every_status_comes_back_as_it_was_stored() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut stored = Vec::new();
    for (number, way) in ways().iter().enumerate() {
        let mut generation = insert(&library, &format!("g{number}"));
        assert_eq!(library.get(&generation.id).unwrap().as_ref(), Some(&generation));
        walk(&library, &mut generation, way);
        assert_eq!(library.get(&generation.id).unwrap().as_ref(), Some(&generation));
        let generation = complete(generation);
        library.update(&generation).unwrap();
        stored.push(generation);
    }
    stored.reverse();
    assert_eq!(library.all().unwrap(), stored);
    drop(library);
    let again = open(folder.path());
    for generation in &mut stored {
        if generation.status == Status::Uploading {
            generation.status = again.get(&generation.id).unwrap().unwrap().status;
            assert!(matches!(generation.status, Status::Unknown(_)), "{generation:?}");
        }
    }
    assert_eq!(again.all().unwrap(), stored);
}

#[test]
fn optional_fields_may_be_absent() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut bare = generation("bare");
    bare.price = None;
    bare.settings.prompt = String::new();
    bare.host.base_url = Some("http://127.0.0.1:8123".to_owned());
    let pictures = PreparedFrames { first: PreparedFrame::Url("https://a.example/x.png".to_owned()), last: None };
    library.insert(&bare, &intent(&pictures)).unwrap();
    assert_eq!(library.get(&bare.id).unwrap(), Some(bare));
    assert_eq!(library.frames(&id("bare")).unwrap(), Some(pictures));
    assert_eq!(library.get(&id("none")).unwrap(), None);
    assert_eq!(library.frames(&id("none")).unwrap(), None);
}

#[test]
fn the_intent_keeps_pictures_digest_and_balance() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let generation = insert(&library, "one");
    assert_eq!(library.frames(&generation.id).unwrap(), Some(frames(&library, "one")));
    assert_eq!(library.body_sha256(&generation.id).unwrap(), Some(DIGEST));
    assert_eq!(library.last_balance(&generation.id).unwrap(), None);
    library.set_last_balance(&generation.id, 1_842_000).unwrap();
    assert_eq!(library.last_balance(&generation.id).unwrap(), Some(1_842_000));
    assert!(matches!(library.set_last_balance(&id("none"), 1), Err(LibraryError::NotFound { .. })));
}

#[test]
fn a_library_that_was_moved_finds_its_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let (before, after) = (folder.path().join("before"), folder.path().join("after"));
    insert(&open(&before), "one");
    std::fs::rename(&before, &after).unwrap();
    let library = open(&after);
    assert_eq!(library.frames(&id("one")).unwrap(), Some(frames(&library, "one")));
}

#[test]
fn every_illegal_step_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let every: Vec<Status> = ways().into_iter().filter_map(|mut way| way.pop()).collect();
    let mut refused = 0;
    for (from, way) in ways().iter().enumerate() {
        for (to, next) in every.iter().enumerate() {
            let mut stored = insert(&library, &format!("g{from}-{to}"));
            walk(&library, &mut stored, way);
            let mut changed = stored.clone();
            changed.status = next.clone();
            changed.task_id = Some(format!("task-{}", stored.id));
            let legal = stored.status.may_become(next) || stored.status == *next;
            match library.update(&changed) {
                Ok(()) => assert!(legal, "{:?} became {next:?}", stored.status),
                Err(LibraryError::IllegalStep { .. }) => {
                    assert!(!legal, "{:?} could not become {next:?}", stored.status);
                    assert_eq!(library.get(&stored.id).unwrap(), Some(stored));
                    refused += 1;
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert!(refused > 50, "{refused}");
}

#[test]
fn only_an_intent_can_be_stored_anew_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut sending = generation("one");
    sending.status = Status::Uploading;
    let pictures = frames(&library, "one");
    let refused = library.insert(&sending, &intent(&pictures));
    assert!(matches!(refused, Err(LibraryError::NotAnIntent { status: "uploading" })));
    insert(&library, "one");
    assert!(library.insert(&generation("one"), &intent(&pictures)).is_err());
    assert!(matches!(library.update(&generation("none")), Err(LibraryError::NotFound { .. })));
}

#[test]
fn a_task_id_is_required_and_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut generation = insert(&library, "one");
    walk(&library, &mut generation, &[Status::Uploading]);
    generation.status = Status::Queued;
    assert!(matches!(library.update(&generation), Err(LibraryError::NoTaskId { status: "queued", .. })));
    generation.task_id = Some("task-1".to_owned());
    library.update(&generation).unwrap();
    generation.status = Status::Rendering(Some(3));
    generation.task_id = None;
    library.update(&generation).unwrap();
    assert_eq!(library.get(&generation.id).unwrap().unwrap().task_id.as_deref(), Some("task-1"));
}

#[test]
fn no_secret_of_an_address_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let store = |text: &str, host: &str, base_url: &str| {
        let mut generation = generation(text);
        generation.host.host = host.to_owned();
        generation.host.base_url = Some(base_url.to_owned());
        library.insert(&generation, &intent(&frames(&library, text))).unwrap();
        library.get(&generation.id).unwrap().unwrap().host.base_url
    };
    assert_eq!(store("here", "rehearsal", "http://127.0.0.1:40123"), None);
    let stored = store("there", "novita", "https://me:hunter2@proxy.example:8443/novita/?token=hunter2#hunter2");
    assert_eq!(stored.as_deref(), Some("https://proxy.example:8443/novita"));
    drop(library);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
            assert!(!text.contains("hunter2") && !text.contains("40123"), "{}", path.display());
        }
    }
}

#[test]
fn lists_have_their_order_and_the_running_ones() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut running = Vec::new();
    for (number, way) in ways().iter().enumerate() {
        // All at the same moment, as takes of one press are.
        let mut generation = insert(&library, &format!("take{number}"));
        walk(&library, &mut generation, way);
        if generation.status.is_running() {
            running.push(generation.id);
        }
    }
    let ids = |list: Vec<Generation>| list.into_iter().map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(ids(library.unfinished().unwrap()), running);
    let newest_first: Vec<_> = (0..ways().len()).rev().map(|number| id(&format!("take{number}"))).collect();
    assert_eq!(ids(library.all().unwrap()), newest_first);
}

#[test]
fn only_settled_and_unsent_rows_are_removed_and_shared_pictures_stay() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    for (number, way) in ways().iter().enumerate() {
        let mut generation = insert(&library, &format!("g{number}"));
        walk(&library, &mut generation, way);
        match library.remove(&generation.id, &[]) {
            Ok(()) => assert!(generation.status.may_be_removed() && library.get(&generation.id).unwrap().is_none()),
            Err(LibraryError::NotSettled { .. }) => {
                assert!(!generation.status.may_be_removed() && library.get(&generation.id).unwrap().is_some());
            }
            Err(other) => panic!("{other}"),
        }
    }
    let pictures = library.folders().frames_of(&id("first"));
    std::fs::create_dir_all(&pictures).unwrap();
    let mut first = insert(&library, "first");
    let mut second = generation("second");
    library.insert(&second, &intent(&frames(&library, "first"))).unwrap();
    for take in [&mut first, &mut second] {
        walk(&library, take, &[Status::Uploading, Status::Refused(failure())]);
    }
    library.remove(&first.id, &[]).unwrap();
    assert!(pictures.exists(), "the second take still needs the pictures");
    assert!(matches!(library.remove(&first.id, &[]), Err(LibraryError::NotFound { .. })));
}

#[test]
fn an_order_that_another_window_is_about_to_send_is_not_removed() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (open(folder.path()), open(folder.path()));
    let mut order = insert(&first, "one");
    assert!(matches!(second.remove(&order.id, &[]), Err(LibraryError::OwnedElsewhere { .. })));
    first.remove(&order.id, &[]).unwrap();
    // Whoever was about to send it finds out before a byte leaves.
    order.status = Status::Uploading;
    assert!(matches!(first.update(&order), Err(LibraryError::NotFound { .. })));
}
