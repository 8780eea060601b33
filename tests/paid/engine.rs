//! The window's engine in a process of its own: this binary again, in a role.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use inbetween::domain::generation::{Generation, Status};
use inbetween::state::{Effect, Event};

use crate::bench::Bench;
use crate::placing::{engine, order};

/// The key of every test here.
pub const KEY: (&str, &str) = ("NOVITA_API_KEY", "sk_test_key");

const DATA: &str = "KILL_DATA";
const HOST: &str = "KILL_HOST";
const PICTURE: &str = "KILL_PICTURE";
const PROMPT: &str = "KILL_PROMPT";

/// The engine that places an order, or one that takes up what is there.
pub fn command(bench: &Bench, prompt: Option<&str>) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "engine::child", "--nocapture", "--test-threads=1"]);
    command.env(DATA, bench.data()).env(HOST, bench.host.url()).env(PICTURE, bench.picture());
    if let Some(prompt) = prompt {
        command.env(PROMPT, prompt);
    }
    Bench::own(&mut command);
    command
}

/// Runs a test again in a process of its own, which has a key for another address than the host's own: it takes that from
/// its environment alone.
pub fn with_a_key(test: &str, work: fn()) {
    if std::env::var(KEY.0).as_deref() == Ok(KEY.1) {
        return work();
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    let ended = child.args(["--exact", test, "--nocapture"]).env(KEY.0, KEY.1).status().unwrap();
    assert!(ended.success());
}

/// Does nothing in the parent.
#[test]
fn child() {
    let Some(data) = std::env::var_os(DATA) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut engine = engine(&runtime, PathBuf::from(data), &std::env::var(HOST).unwrap());
    engine.run(Effect::LoadLibrary);
    let mut rows: Vec<Generation> = Vec::new();
    let mut placing = false;
    if let Ok(prompt) = std::env::var(PROMPT) {
        engine.run(order(Path::new(&std::env::var_os(PICTURE).unwrap()), &prompt, 1));
        placing = true;
    }
    let mut loaded = false;
    loop {
        for event in engine.drain() {
            match event {
                Event::LibraryLoaded(all) => {
                    for row in all {
                        upsert(&mut rows, row);
                    }
                    loaded = true;
                }
                Event::Changed(row) => upsert(&mut rows, *row),
                Event::Placed(_) => placing = false,
                Event::PlaceFailed(failure) => panic!("{failure:?}"),
                Event::Held(held) => panic!("{held:?}"),
                _ => {}
            }
        }
        if loaded && !placing && rows.iter().all(rests) {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn rests(row: &Generation) -> bool {
    let waits = row.status == Status::NotSent && row.notice.is_some();
    row.status.is_settled() || waits || matches!(row.status, Status::Unknown(_) | Status::Stopped)
}

fn upsert(rows: &mut Vec<Generation>, row: Generation) {
    match rows.iter_mut().find(|known| known.id == row.id) {
        Some(known) => *known = row,
        None => rows.push(row),
    }
}
