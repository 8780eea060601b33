//! Ended at random moments, which may lie anywhere between two points.

use std::process::Stdio;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::bench::{Bench, Program};
use crate::novita::{Script, Writing};

/// Set for the long run.
const LONG: &str = "INBETWEEN_LONG";

#[test]
fn the_command_line_loses_nothing_at_random_moments() {
    random_moments(Program::CommandLine);
}

#[test]
fn the_windows_engine_loses_nothing_at_random_moments() {
    random_moments(Program::Engine);
}

/// Always one library and one host, which all the ends add up to.
fn random_moments(program: Program) {
    let (ends, seed) = if std::env::var_os(LONG).is_some() { (500, 2) } else { (12, 1) };
    let writing = Writing { piece: 40, pause: Duration::from_millis(1) };
    let bench = Bench::new(program, Script { unfinished: 1, writing, ..Script::default() });
    let begun = Instant::now();
    bench.run(bench.order("undisturbed"), None);
    // Longer than a whole run takes here, so that some come through.
    let longest = begun.elapsed().mul_f64(1.3);
    let mut dice = StdRng::seed_from_u64(seed);
    let (mut ended, mut through) = (0, 0);
    while ended < ends {
        // New orders most of the time; else what earlier ones left is taken up.
        let is_order = dice.random_bool(0.7);
        let number = ended + through;
        let mut command = if is_order { bench.order(&format!("order {number}")) } else { bench.take_up() };
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(longest.mul_f64(dice.random::<f64>()));
        let is_through = child.try_wait().unwrap().is_some();
        // By SIGKILL on Unix.
        let _ = child.kill();
        child.wait().unwrap();
        through += usize::from(is_through);
        ended += usize::from(!is_through);
        if number % 10 == 0 {
            bench.check(&format!("{program:?}, after {ended} ends"));
        }
    }
    bench.finish("at last");
    let (tasks, rows) = (bench.host.tasks().len(), bench.rows().len());
    println!(
        "{program:?}: {ended} processes ended by SIGKILL, {through} came through; {rows} orders, {tasks} tasks, none twice, none lost"
    );
}
