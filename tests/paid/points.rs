//! Ended at every point, one after the other.

use std::collections::BTreeMap;

use inbetween::domain::generation::Status;

use crate::bench::{Bench, Program};
use crate::novita::{Script, Writing};

/// Every kind of point on the way from an order to its clip.
const KINDS: &[&str] = &[
    "before migration commit",
    "after migration commit",
    "before commit",
    "after commit",
    "before the request",
    "piece of a request",
    "head of an answer",
    "piece of an answer",
    "piece of a clip",
    "before a write to the part",
    "after a write to the part",
    "before the part's sync",
    "after the part's sync",
    "before the clip's name",
    "between the clip's two names",
    "after the clip's name",
    "after the folder's sync",
];

/// Answers come in small pieces, so that there is a moment between any two of them.
fn script() -> Script {
    let writing = Writing { piece: 256, pause: std::time::Duration::from_millis(1) };
    Script { unfinished: 1, writing, ..Script::default() }
}

#[test]
fn the_command_line_loses_nothing_at_any_point() {
    every_point_of_an_order(Program::CommandLine);
}

#[test]
fn the_windows_engine_loses_nothing_at_any_point() {
    every_point_of_an_order(Program::Engine);
}

/// Ends an order at every point it passes, the first time, the second time and so on, and takes each up again.
fn every_point_of_an_order(program: Program) {
    let bench = Bench::new(program, script());
    let clean = bench.run(bench.order("a boat"), None);
    assert_eq!(bench.rows()[0].status, Status::Done, "{}", clean.said);
    for kind in KINDS {
        assert!(clean.points.contains_key(*kind), "nobody passes the point {kind:?}: {:?}", clean.points);
    }
    let mut ends = BTreeMap::<&str, usize>::new();
    for (point, times) in &clean.points {
        for time in 1..=*times {
            let bench = Bench::new(program, script());
            let what = format!("{program:?}, ended at {point}, time {time}");
            let ran = bench.run(bench.order("a boat"), Some((point, time)));
            // Pieces come as they come: this time there may be fewer.
            if !ran.was_ended {
                assert_eq!(bench.rows()[0].status, Status::Done, "{what}: {}", ran.said);
                continue;
            }
            bench.check(&what);
            bench.finish(&what);
            *ends.entry(bench.rows().first().map_or("no row", |row| row.status.name())).or_default() += 1;
        }
    }
    println!("{program:?}: ended {} times; {ends:?}", ends.values().sum::<usize>());
    println!("{:#?}", clean.points);
}

/// A paid task is taken up by a process that is ended at every kind of point on the way to its clip.
#[test]
fn a_paid_task_is_brought_home_whatever_ends_who_takes_it_up() {
    for program in [Program::CommandLine, Program::Engine] {
        let (bench, time) = accepted(program);
        let clean = bench.run(bench.take_up(), None);
        assert_eq!(bench.rows()[0].status, Status::Done, "{}", clean.said);
        for point in clean.points.keys() {
            let what = format!("{program:?}, taken up and ended at {point}");
            let bench = Bench::new(program, script());
            bench.run(bench.order("a boat"), Some(("after commit", time)));
            let ran = bench.run(bench.take_up(), Some((point, 1)));
            assert!(ran.was_ended, "{what}: {}", ran.said);
            bench.check(&what);
            bench.finish(&what);
            assert_eq!(bench.rows()[0].status, Status::Done, "{what}");
            assert_eq!(bench.host.tasks().len(), 1, "{what}");
        }
    }
}

/// A library whose process was ended right after it had stored that its order was accepted, and which commit that was.
fn accepted(program: Program) -> (Bench, u64) {
    let ended = |time| {
        let bench = Bench::new(program, script());
        bench.run(bench.order("a boat"), Some(("after commit", time)));
        (bench, time)
    };
    let mut libraries = (1..20).map(ended);
    let is_accepted = |(bench, _): &(Bench, u64)| bench.rows().iter().any(|row| row.status.is_accepted());
    libraries.find(is_accepted).expect("an order is accepted")
}
