//! Two hundred tasks at once through the window's engine.

use std::time::{Duration, Instant};

use inbetween::domain::generation::Status;
use inbetween::domain::polling::Pace;
use inbetween::state::{Effect, Event};

use crate::engine::with_a_key;
use crate::novita::{Host, Script};
use crate::placing::{engine, order};

const TASKS: usize = 200;
const TAKES: u32 = 4;

/// Twenty times what it takes on a machine with nothing else to do.
const PATIENCE: Duration = Duration::from_secs(600);

/// Memory of this process, in MB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1024
}

/// In a process of its own: its memory is its own too.
#[cfg(target_os = "linux")]
#[test]
fn two_hundred_tasks_at_once_all_come_home() {
    with_a_key("many::two_hundred_tasks_at_once_all_come_home", bring_home);
}

fn bring_home() {
    let host = Host::start(Script { unfinished: 6, ..Script::default() });
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("first.png");
    image::RgbImage::from_pixel(864, 480, image::Rgb([40, 80, 120])).save(&picture).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut engine = engine(&runtime, folder.path().join("library"), &host.url());
    engine.run(Effect::LoadLibrary);
    for number in 0..TASKS / TAKES as usize {
        engine.run(order(&picture, &format!("order {number}"), TAKES));
    }
    let begun = Instant::now();
    let (mut done, mut halfway, mut most) = (0, 0, 0);
    while done < TASKS {
        for event in engine.drain() {
            match event {
                Event::Changed(row) => match &row.status {
                    Status::Done => {
                        done += 1;
                        if done == TASKS / 2 {
                            halfway = memory();
                        }
                    }
                    Status::Failed(failure) | Status::Refused(failure) | Status::Unknown(failure) => {
                        panic!("{failure:?}")
                    }
                    _ => {}
                },
                Event::PlaceFailed(failure) | Event::Trouble(failure) => panic!("{failure:?}"),
                _ => {}
            }
        }
        most = most.max(memory());
        assert!(begun.elapsed() < PATIENCE, "{done} of {TASKS} are done");
        std::thread::sleep(Duration::from_millis(5));
    }
    let end = memory();
    assert_eq!(host.tasks().len(), TASKS);
    assert!(host.accepted().values().sum::<usize>() == TASKS);
    assert_eq!(host.breaches(), Vec::<String>::new());
    let mut polls: Vec<_> = host.tasks().into_iter().flat_map(|task| task.polls).collect();
    polls.sort_unstable();
    let (span, gaps) = (polls[polls.len() - 1] - polls[0], polls.len() as u32 - 1);
    // They leave at least a gap apart; on their way one may be late and the next in time.
    assert!(span + Duration::from_secs(1) >= Pace::LOCAL.gap * gaps, "{gaps} questions within {span:?}");
    assert!(end <= halfway + 32, "memory grew from {halfway} MB at half to {end} MB");
    let each = polls.len() / TASKS;
    println!(
        "{TASKS} tasks in {:.1?}: {each} questions each, at most {most} MB, {halfway} at half, {end} at the end",
        begun.elapsed()
    );
}
