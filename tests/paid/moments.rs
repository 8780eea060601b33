//! Ended at random moments, which may lie anywhere between two points.

use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::bench::{Bench, Program};
use crate::novita::{Script, Writing};

/// Set for the long run.
const LONG: &str = "INBETWEEN_LONG";

#[test]
fn nothing_is_lost_at_random_moments() {
    let (ends, seed) = if std::env::var_os(LONG).is_some() { (500, 2) } else { (12, 1) };
    for program in [Program::CommandLine, Program::Engine] {
        let pause = Duration::from_millis(1);
        let bench = Bench::new(program, Script { writing: Writing { piece: 40, pause }, ..Script::default() });
        let begun = Instant::now();
        bench.run(bench.order("undisturbed"), None);
        // A little longer than a whole run takes here, so that some come through.
        let longest = begun.elapsed().mul_f64(1.2);
        let mut dice = StdRng::seed_from_u64(seed);
        let mut ended = 0;
        for number in 0..ends {
            // New orders half of the time; else what earlier ones left is taken up.
            let mut command =
                if dice.random_bool(0.5) { bench.order(&format!("order {number}")) } else { bench.take_up() };
            let mut child =
                command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
            std::thread::sleep(longest.mul_f64(dice.random::<f64>()));
            ended += usize::from(child.try_wait().unwrap().is_none());
            // By SIGKILL on Unix.
            let _ = child.kill();
            child.wait().unwrap();
            if number % 10 == 0 {
                bench.check(&format!("{program:?}, end {number}"));
            }
        }
        bench.finish("at last");
        let (tasks, rows) = (bench.host.tasks().len(), bench.rows().len());
        println!(
            "{program:?}: {ended} of {ends} processes ended by SIGKILL; {rows} orders, {tasks} tasks, none twice, none lost"
        );
        assert!(ended > 0);
    }
}
