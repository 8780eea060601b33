//! The balance before a submit, and what "Check again" makes of it.

use std::process::Command;
use std::sync::Arc;
use std::task::Waker;

use inbetween::domain::generation::GenerationId;
use inbetween::jobs::{Outbox, World, generation};
use inbetween::services::keychain::Keychain;
use inbetween::services::library::{Folders, Library};
use inbetween::services::picker::{Picker, Script};
use inbetween::state::{Balance, Event};

use crate::bench::Bench;

fn last_balance(bench: &Bench, id: &str) -> Option<i64> {
    let library = Library::open(Folders::resolve(Some(bench.data())).unwrap()).unwrap();
    library.last_balance(&GenerationId::new(id)).unwrap()
}

#[test]
fn the_intent_has_the_balance_from_right_before_it_was_sent() {
    let bench = Bench::new();
    bench.host.set_balance(50_000);
    let ran = bench.generate(&[]);
    assert_eq!(last_balance(&bench, ran.last["id"].as_str().unwrap()), Some(50_000));
}

#[test]
fn a_balance_that_never_comes_keeps_nothing_from_being_sent() {
    let bench = Bench::new();
    bench.host.say_no_balance();
    let ran = bench.generate(&[]);
    assert_eq!((ran.code, bench.host.posts()), (0, 1), "{ran:?}");
    assert_eq!(last_balance(&bench, ran.last["id"].as_str().unwrap()), None);
}

#[test]
fn check_again_says_what_the_balance_says_and_no_more() {
    let bench = Bench::new();
    bench.host.fail(true);
    let lost = bench.generate(&[]);
    assert_eq!(lost.code, 4, "{lost:?}");
    let id = lost.last["id"].as_str().unwrap();
    assert!(said(&bench, id).starts_with("The balance has not changed since. That is no proof;"));
    bench.host.set_balance(184_200 - 1_200);
    assert!(said(&bench, id).starts_with("The balance is $0.12 lower than before: it was probably charged."));
    let other = bench.generate(&["--seed", "7"]);
    assert_eq!(other.code, 4, "{other:?}");
    assert!(said(&bench, id).contains("whose charge it is cannot be told"));
    assert_eq!(bench.host.posts(), 2, "checking sends nothing");
}

/// What "Check again" says of a task, asked in a process that has the key.
fn said(bench: &Bench, id: &str) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "balance::child", "--nocapture", "--test-threads=1"])
        .env("NOVITA_API_KEY", "test")
        .env("CHECKED_TASK", id)
        .env("CHECKED_HOST", &bench.host.url)
        .env("CHECKED_DATA", bench.data())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().find_map(|line| line.strip_prefix("said: ")).unwrap_or_else(|| panic!("{text}")).to_owned()
}

/// Does nothing unless it is told which task to check.
#[test]
#[expect(clippy::print_stdout, reason = "the parent reads these lines")]
fn child() {
    let Ok(id) = std::env::var("CHECKED_TASK") else { return };
    let (url, data) = (std::env::var("CHECKED_HOST").unwrap(), std::env::var("CHECKED_DATA").unwrap());
    let picker = Picker::Scripted(Script::default());
    let (world, _) = World::open(Some(data.into()), Some(url), Keychain::memory(), picker).unwrap();
    let (out, inbox) = Outbox::new(Waker::noop().clone());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(generation::check(&Arc::new(world), &GenerationId::new(id), &out)).unwrap();
    let events: Vec<_> = inbox.try_iter().collect();
    let known = |event: &Event| matches!(event, Event::BalanceChanged { balance: Balance::Known { .. }, .. });
    assert!(events.iter().any(known), "the top bar is told: {events:?}");
    for event in events {
        if let Event::Said(text) = event {
            println!("\nsaid: {text}");
        }
    }
}
