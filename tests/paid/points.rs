//! Ended at every point, one after the other.

use std::collections::BTreeMap;

use inbetween::domain::generation::Status;

use crate::bench::{Bench, Program};
use crate::novita::{Script, Writing};

/// No way to a clip has so many points.
const MOST_POINTS: u64 = 5_000;

/// Answers come in small pieces, so that there is a moment between any two of them.
fn script() -> Script {
    let clip = include_bytes!("../fixtures/baseline.mp4").to_vec();
    let piece = clip.len().div_ceil(12);
    let pause = std::time::Duration::from_millis(1);
    Script { clip, unfinished: 1, writing: Writing { piece: piece.min(40), pause }, ..Script::default() }
}

#[test]
fn the_command_line_loses_nothing_at_any_point() {
    every_point_of_an_order(Program::CommandLine);
}

#[test]
fn the_windows_engine_loses_nothing_at_any_point() {
    every_point_of_an_order(Program::Engine);
}

/// Ends an order at point 1, 2, 3 … until one comes through, and takes each up again.
fn every_point_of_an_order(program: Program) {
    let mut counts = BTreeMap::<String, usize>::new();
    let mut ends = BTreeMap::<&str, usize>::new();
    for point in 1..MOST_POINTS {
        let bench = Bench::new(program, script());
        let ran = bench.run(bench.order("a boat"), Some(point));
        let name = ran.points.last().cloned().unwrap_or_default();
        let what = format!("{program:?}, ended at point {point} ({name})");
        bench.check(&what);
        if !ran.was_ended {
            let rows = bench.rows();
            assert_eq!(rows.len(), 1, "{}", ran.said);
            assert_eq!(rows[0].status, Status::Done, "{}", ran.said);
            println!("{program:?}: came through after {} ends at {} kinds of points: {ends:?}", point - 1, counts.len());
            println!("{counts:#?}");
            assert!(counts.len() > 12, "too few kinds of points: {counts:?}");
            return;
        }
        bench.finish(&what);
        *counts.entry(name).or_default() += 1;
        *ends.entry(bench.rows().first().map_or("no row", |row| row.status.name())).or_default() += 1;
    }
    panic!("the program never came through");
}

/// A paid task is taken up by a process that is ended at point 1, 2, 3 … until one comes through: always the same
/// library, so that each begins with what the one before left.
#[test]
fn a_task_is_brought_home_by_processes_that_all_end() {
    for program in [Program::CommandLine, Program::Engine] {
        let bench = Bench::new(program, script());
        let accepted = (1..MOST_POINTS).find(|point| {
            bench.run(bench.order("a boat"), Some(*point));
            bench.rows().iter().any(|row| row.status.is_accepted())
        });
        assert!(accepted.is_some());
        for point in 1..MOST_POINTS {
            let ran = bench.run(bench.take_up(), Some(point));
            bench.check(&format!("{program:?}, taken up and ended at point {point}"));
            if !ran.was_ended {
                break;
            }
        }
        bench.finish("at last");
        let done = bench.rows().iter().filter(|row| row.status == Status::Done).count();
        assert!(done >= 1);
    }
}
