//! A disk that is full: a small file system of the test's own, which no other process sees.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use inbetween::domain::generation::Status;
use inbetween::services::points;

use crate::bench::{Bench, Program};
use crate::novita::{Script, Writing};

/// Puts a file system of this size over `folder`, for this program alone.
fn on_a_small_disk(folder: &Path, size: &str, program: &Command) -> Command {
    let mut command = Command::new("unshare");
    let script = "mount -t tmpfs -o \"size=$1\" none \"$2\" && shift 2 && exec \"$@\"";
    command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh", size]).arg(folder);
    command.arg(program.get_program()).args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.stdin(Stdio::null());
    command
}

fn until(what: &str, child: &mut Child, mut look: impl FnMut() -> bool) {
    while !look() {
        assert!(child.try_wait().unwrap().is_none(), "the program ended before {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_clip_that_finds_no_room_is_fetched_once_there_is_some() {
    let bench = Bench::new(Program::CommandLine, Script::default());
    let clips = bench.data().with_file_name("films");
    std::fs::create_dir_all(&clips).unwrap();
    std::fs::create_dir_all(bench.data()).unwrap();
    let settings = serde_json::json!({ "library_folder": clips });
    std::fs::write(bench.data().join("settings.json"), settings.to_string()).unwrap();

    let ran = on_a_small_disk(&clips, "4k", &bench.order("a boat")).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert_eq!(ran.status.code(), Some(6), "{said} {}", String::from_utf8_lossy(&ran.stderr));
    assert!(said.contains("the disk is full") && said.contains("another folder"), "{said}");
    let row = &bench.rows()[0];
    assert_eq!(
        (row.status.clone(), row.task_id.clone()),
        (Status::Downloading, Some(bench.host.tasks()[0].id.clone()))
    );

    let ran = bench.run(bench.take_up(), None);
    let row = &bench.rows()[0];
    assert_eq!(row.status, Status::Done, "{}", ran.said);
    assert!(std::fs::read(row.clip.as_ref().unwrap()).unwrap() == bench.host.clip());
    assert_eq!(bench.host.tasks().len(), 1);
}

#[test]
fn an_accepted_task_is_stored_once_there_is_room_for_its_id() {
    // Slow enough that the disk is full before the task's id is here.
    let writing = Writing { piece: 8, pause: Duration::from_millis(20) };
    let bench = Bench::new(Program::CommandLine, Script { writing, ..Script::default() });
    let log = bench.picture().with_file_name("points");
    std::fs::create_dir_all(bench.data()).unwrap();
    let mut order = bench.order("a boat");
    order.env(points::LOG, &log);
    let mut child = on_a_small_disk(&bench.data(), "2m", &order).stdout(Stdio::piped()).spawn().unwrap();
    let passed = |name: &str| {
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        text.lines().filter(|line| *line == name).count()
    };
    until("it sent anything", &mut child, || passed("before the request") == 1);
    // The same folder, as the program sees it.
    let seen = PathBuf::from(format!("/proc/{}/root", child.id())).join(bench.data().strip_prefix("/").unwrap());
    let filling = seen.join("filling");
    let mut file = File::create(&filling).unwrap();
    while file.write_all(&[7; 4096]).is_ok() {}
    while file.write_all(&[7]).is_ok() {}
    until("the host told an id", &mut child, || bench.host.told_whole().len() == 1);
    let fails = || passed("before commit") > passed("after commit") + 1;
    until("it failed to store the id", &mut child, fails);
    drop(file);
    std::fs::remove_file(&filling).unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    let id = &bench.host.tasks()[0].id;
    assert!(said.lines().last().unwrap().contains(&format!("\"task_id\":\"{id}\"")), "{said}");
    assert_eq!(bench.host.tasks().len(), 1);
}
