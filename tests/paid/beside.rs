//! A window's engine and a command line run on one library at the same time.

use std::time::{Duration, Instant};

use inbetween::domain::generation::Status;
use inbetween::jobs::Engine;
use inbetween::state::{Effect, Event};

use crate::bench::{Bench, Program};
use crate::engine::with_a_key;
use crate::novita::Script;
use crate::placing;

const PATIENCE: Duration = Duration::from_secs(120);

fn until(engine: &mut Engine, what: &str, mut fits: impl FnMut(&Event) -> bool) {
    let begun = Instant::now();
    loop {
        if engine.drain().iter().any(&mut fits) {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "the window never saw {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn is_done(event: &Event, prompt: &str) -> bool {
    matches!(event, Event::Changed(row) if row.status == Status::Done && row.settings.prompt == prompt)
}

#[test]
fn a_window_shows_what_is_made_beside_it_and_takes_up_what_is_left() {
    with_a_key("beside::a_window_shows_what_is_made_beside_it_and_takes_up_what_is_left", || {
        let bench = Bench::new(Program::CommandLine, Script { unfinished: 4, ..Script::default() });
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut engine = placing::engine(&runtime, bench.data(), &bench.host.url());
        engine.run(Effect::LoadLibrary);
        until(&mut engine, "its library", |event| matches!(event, Event::LibraryLoaded(_)));

        let ran = bench.run(bench.order("beside"), None);
        assert!(!ran.was_ended, "{}", ran.said);
        until(&mut engine, "what was made beside it", |event| is_done(event, "beside"));

        // The other one ends right after it has stored that the task was accepted, or a little later.
        let ran = bench.run(bench.order("left behind"), Some(("head of an answer", 1)));
        assert!(ran.was_ended, "{}", ran.said);
        until(
            &mut engine,
            "what became uncertain",
            |event| matches!(event, Event::Changed(row) if matches!(row.status, Status::Unknown(_))),
        );
        let ran = bench.run(bench.order("left alone"), Some(("piece of a clip", 1)));
        assert!(ran.was_ended, "{}", ran.said);
        until(&mut engine, "the clip that nobody fetched", |event| is_done(event, "left alone"));
        drop(engine);
        bench.check("at last");
        let unknown = bench.rows().into_iter().find(|row| row.settings.prompt == "left behind").unwrap();
        assert!(matches!(unknown.status, Status::Unknown(_)), "{:?}", unknown.status);
        assert_eq!(bench.host.tasks().len(), 3);
    });
}
