//! The spend ledger, and what was bought before.

use inbetween::domain::failure::{Failure, FailureKind};
use inbetween::domain::generation::{Generation, HostRef, Status, UnixMillis};
use inbetween::domain::price::Cents;
use inbetween::domain::spend::{Charge, Spent, Standing};
use inbetween::services::library::Library;

use crate::samples::{CONTENT, failure, frames, generation, id, insert, intent, open, walk};

fn unconfirmed() -> Failure {
    Failure::new(FailureKind::Server, "It failed.", "")
}

/// The ledger's charges by task.
fn charges(library: &Library) -> Vec<(String, Charge)> {
    let mut charges: Vec<_> =
        library.spend().unwrap().into_iter().map(|entry| (entry.generation.to_string(), entry.charge)).collect();
    charges.sort_by(|a, b| a.0.cmp(&b.0));
    charges
}

#[test]
fn a_task_is_booked_once_from_the_moment_it_may_cost() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut task = insert(&library, "one");
    assert_eq!(library.spend().unwrap(), []);
    walk(&library, &mut task, &[Status::Uploading]);
    assert_eq!(library.spend().unwrap(), []);
    walk(&library, &mut task, &[Status::Queued]);
    let booked = library.spend_of(&task.id).unwrap().unwrap();
    assert_eq!((booked.host.as_str(), booked.estimate, booked.charge), ("novita", Some(Cents(26)), Charge::Likely));
    assert_eq!(booked.prompt, task.settings.prompt);
    let steps = [Status::Rendering(Some(3)), Status::Stopped, Status::Queued, Status::Downloading, Status::Done];
    walk(&library, &mut task, &steps);
    assert_eq!(library.spend().unwrap(), [booked]);
}

#[test]
fn what_became_of_it_changes_the_charge_and_not_the_moment() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut lost = insert(&library, "found-later");
    walk(&library, &mut lost, &[Status::Uploading, Status::Unknown(unconfirmed())]);
    let at = library.spend_of(&lost.id).unwrap().unwrap().at;
    walk(&library, &mut lost, &[Status::Queued]);
    assert_eq!(library.spend_of(&lost.id).unwrap().map(|entry| (entry.at, entry.charge)), Some((at, Charge::Likely)));
    let ways = [
        ("refused", vec![Status::Uploading, Status::Refused(failure())]),
        ("refused-without-a-word", vec![Status::Uploading, Status::Refused(unconfirmed())]),
        ("unknown", vec![Status::Uploading, Status::Unknown(unconfirmed())]),
        ("failed", vec![Status::Uploading, Status::Queued, Status::Failed(unconfirmed())]),
        ("failed-free", vec![Status::Uploading, Status::Queued, Status::Failed(failure())]),
    ];
    for (name, way) in ways {
        walk(&library, &mut insert(&library, name), &way);
    }
    let expected = [
        ("failed", Charge::Likely),
        ("failed-free", Charge::Not),
        ("found-later", Charge::Likely),
        ("refused", Charge::Not),
        ("unknown", Charge::Maybe),
    ];
    assert_eq!(charges(&library), expected.map(|(name, charge)| (name.to_owned(), charge)));
    let spent = library.committed_since(UnixMillis(0)).unwrap();
    assert_eq!(spent, Spent { cents: 3 * 26, unpriced: 0 }, "what was not charged is not spent");
}

#[test]
fn the_ledger_outlives_the_task() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut task = insert(&library, "one");
    walk(&library, &mut task, &[Status::Uploading, Status::Queued, Status::Downloading, Status::Done]);
    library.remove(&task.id, &[]).unwrap();
    assert_eq!(library.all().unwrap(), []);
    assert_eq!(charges(&library), [("one".to_owned(), Charge::Likely)]);
}

#[test]
fn a_status_that_is_refused_books_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut task = insert(&library, "one");
    task.status = Status::Queued;
    task.task_id = Some("t".to_owned());
    assert!(library.update(&task).is_err(), "it was not sent");
    assert_eq!(library.spend().unwrap(), []);
}

#[test]
fn a_host_that_charges_nothing_is_not_in_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let mut task = generation("free");
    task.host = HostRef { host: "rehearsal".to_owned(), base_url: None };
    task.price = Some(Cents(0));
    library.insert(&task, &intent(&frames(&library, "free"))).unwrap();
    walk(&library, &mut task, &[Status::Uploading, Status::Queued]);
    assert_eq!(library.spend().unwrap(), []);
}

#[test]
fn a_post_that_was_cut_by_the_end_of_its_process_is_booked_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    walk(&library, &mut insert(&library, "one"), &[Status::Uploading]);
    drop(library);
    let library = open(folder.path());
    assert_eq!(charges(&library), [("one".to_owned(), Charge::Maybe)]);
}

#[test]
fn what_is_stored_to_be_sent_counts_before_it_is_charged() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    insert(&library, "waiting");
    walk(&library, &mut insert(&library, "on-its-way"), &[Status::Uploading]);
    walk(&library, &mut insert(&library, "accepted"), &[Status::Uploading, Status::Queued]);
    let mut unpriced = generation("unpriced");
    unpriced.price = None;
    library.insert(&unpriced, &intent(&frames(&library, "unpriced"))).unwrap();
    assert_eq!(library.committed_since(UnixMillis(0)).unwrap(), Spent { cents: 3 * 26, unpriced: 1 });
    // Of another day is the accepted one alone: the others are still to be charged.
    let tomorrow = UnixMillis(i64::MAX);
    assert_eq!(library.committed_since(tomorrow).unwrap(), Spent { cents: 2 * 26, unpriced: 1 });
}

#[test]
fn the_same_content_is_found_at_the_same_host_alone() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let here = insert(&library, "here");
    let mut elsewhere = generation("elsewhere");
    elsewhere.host.base_url = Some("https://api.ppinfra.com".to_owned());
    library.insert(&elsewhere, &intent(&frames(&library, "elsewhere"))).unwrap();
    let found = |host: &HostRef, content| {
        let rows = library.same_content(host, &content).unwrap();
        rows.into_iter().map(|row| row.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found(&here.host, CONTENT), ["here"]);
    assert_eq!(found(&elsewhere.host, CONTENT), ["elsewhere"]);
    assert!(found(&here.host, [1; 32]).is_empty());
    let with_slash = HostRef { base_url: Some("https://api.novita.ai/".to_owned()), ..here.host };
    assert_eq!(found(&with_slash, CONTENT), ["here"]);
}

#[test]
fn a_purchase_is_the_same_with_the_seed_that_was_used() {
    let task = |seed, used, status| {
        let mut task = generation("one");
        task.settings.seed = seed;
        task.seed_used = used;
        task.status = status;
        task.task_id = Some("t".to_owned());
        task
    };
    let unknown = || Status::Unknown(unconfirmed());
    let stands = |task: &Generation, seed| Standing::of(task, true, seed);
    assert_eq!(stands(&task(7, Some(7), Status::Done), 7), Some(Standing::Finished));
    assert_eq!(stands(&task(-1, Some(7), Status::Done), 7), Some(Standing::Finished));
    assert_eq!(stands(&task(7, Some(8), Status::Done), 7), Some(Standing::Finished), "the host chose another");
    assert_eq!(stands(&task(7, Some(8), Status::Done), 8), Some(Standing::Finished));
    assert_eq!(stands(&task(-1, Some(7), Status::Done), -1), None, "a random seed makes another clip");
    assert_eq!(stands(&task(-1, None, Status::Queued), -1), None);
    assert_eq!(stands(&task(7, None, Status::NotSent), 7), Some(Standing::Waiting));
    assert_eq!(stands(&task(7, None, Status::Stopped), 7), Some(Standing::Running));
    assert_eq!(stands(&task(7, None, unknown()), 7), Some(Standing::Unknown));
    assert_eq!(stands(&task(7, None, unknown()), -1), None);
    assert_eq!(stands(&task(-1, None, unknown()), -1), Some(Standing::Unknown));
    assert_eq!(stands(&task(7, None, Status::Failed(unconfirmed())), 7), None);
    assert_eq!(stands(&task(7, None, Status::Done), 8), None);
    assert_eq!(Standing::of(&task(7, None, Status::Done), false, 7), None, "its file is gone");
}

#[test]
fn the_intent_keeps_the_last_known_balance() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let (task, pictures) = (generation("one"), frames(&library, "one"));
    let mut intent = intent(&pictures);
    intent.last_balance = Some(184_200);
    library.insert(&task, &intent).unwrap();
    assert_eq!(library.last_balance(&id("one")).unwrap(), Some(184_200));
}
