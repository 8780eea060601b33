//! One host per library, and jobs that outlive it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use inbetween::rehearsal::{Rehearsal, RehearsalError};
use reqwest::StatusCode;
use serde_json::json;

use crate::support::{Fixture, client, data_uri, json_of, last, request, video_url};

/// Set for a second process of this very file, which then hosts the library in this folder.
const HOST: &str = "INBETWEEN_TEST_HOST";

#[tokio::test]
async fn asking_again_gives_the_same_host_and_others_join_it() {
    let host = Fixture::new();
    let endpoint = host.endpoint().await;
    assert_eq!(host.endpoint().await, endpoint);
    let other = Rehearsal::new(host.folder());
    assert_eq!(other.endpoint().await.expect("a host"), endpoint);
    let refused = Rehearsal::serve(&host.folder(), 0).await.expect_err("the library is hosted");
    let said = format!("{refused} {refused:?}");
    assert!(matches!(refused, RehearsalError::AlreadyServed { .. }), "{said}");
    assert!(said.contains(&endpoint.base_url) && !said.contains(endpoint.token.reveal()), "{said}");
}

#[tokio::test]
async fn a_port_can_be_chosen_and_a_taken_one_is_said_so() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let dir = tempfile::tempdir().expect("a folder");
    let refused = Rehearsal::serve(dir.path(), port).await.expect_err("the port is taken");
    assert!(refused.to_string().contains(&port.to_string()), "{refused}");
    drop(taken);
    let hosting = Rehearsal::serve(dir.path(), port).await.expect("the port is free, and so is the library");
    assert_eq!(hosting.endpoint().base_url, format!("http://127.0.0.1:{port}"));
}

#[tokio::test]
async fn what_was_not_finished_goes_on_in_the_next_host() {
    let mut host = Fixture::new();
    let done = host.submit(&request(&json!({ "seed": 3 }))).await;
    let old = video_url(&host.finished(&done).await);
    let mut open = Vec::new();
    for seed in 4..7 {
        open.push(host.submit(&request(&json!({ "seed": seed, "last_image": data_uri(&last(864, 480)) }))).await);
    }
    let before = host.endpoint().await;
    host.rehearsal = Rehearsal::new(host.folder());
    let after = host.endpoint().await;
    assert_ne!(before.token, after.token);
    for (task, seed) in open.iter().zip(["4", "5", "6"]) {
        assert_eq!(host.finished(task).await["extra"]["seed"], seed);
    }
    let answer = json_of(host.ask(&done).await).await;
    assert_eq!(answer["task"]["status"], "TASK_STATUS_SUCCEED");
    let clip = host.client.get(video_url(&answer)).send().await.expect("an answer");
    assert_eq!(clip.status(), StatusCode::OK);
    let path = old.split_once("/clips").expect("a path").1;
    let stale = host.client.get(format!("{}/clips{path}", after.base_url)).send().await.expect("an answer");
    assert_eq!(stale.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn closing_leaves_no_address_behind_and_frees_the_library() {
    let host = Fixture::new();
    host.submit(&request(&json!({ "duration": 10 }))).await;
    let folder = host.folder();
    assert!(folder.join("endpoint.json").exists());
    drop(host.rehearsal);
    assert!(!folder.join("endpoint.json").exists());
    // The thread that renders lets go at its next frame.
    let next = Rehearsal::new(&folder);
    next.endpoint().await.expect("the library is free");
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_read_what_is_kept_and_pictures_go_when_the_clip_is_there() {
    use std::os::unix::fs::PermissionsExt;
    let host = Fixture::new();
    let task = host.submit(&request(&json!({ "last_image": data_uri(&last(864, 480)) }))).await;
    host.finished(&task).await;
    let folder = host.folder();
    let job = folder.join("jobs").join(&task);
    let mut names: Vec<String> = std::fs::read_dir(&job)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert_eq!(names, ["clip.mp4", "job.json"]);
    let mode = |path: &Path| std::fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    for path in [&folder, &folder.join("jobs"), &job] {
        assert_eq!(mode(path), 0o700, "{}", path.display());
    }
    for path in [folder.join("endpoint.json"), folder.join("lock"), job.join("clip.mp4"), job.join("job.json")] {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[tokio::test]
async fn a_clip_is_kept_for_a_week() {
    let host = Fixture::new();
    let task = host.submit(&request(&json!({}))).await;
    let url = video_url(&host.finished(&task).await);
    let job = host.folder().join("jobs").join(&task);
    let age = |days: f64| {
        let file = std::fs::File::options().write(true).open(job.join("clip.mp4")).expect("a clip");
        file.set_modified(SystemTime::now() - Duration::from_secs_f64(days * 86_400.0)).expect("a time");
    };
    age(6.9);
    assert_eq!(host.ask(&task).await.status(), StatusCode::OK);
    age(7.1);
    let answer = host.ask(&task).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert_eq!(json_of(answer).await["reason"], "TASK_NOT_FOUND");
    assert_eq!(host.client.get(url).send().await.expect("an answer").status(), StatusCode::NOT_FOUND);
    assert!(!job.exists());
}

/// A process that hosts the library and is killed at the end.
struct Other(Child);

impl Other {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this file"))
            .args(["--exact", "lifetime::hosts_for_another_process", "--nocapture"])
            .env(HOST, folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("a second process");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        assert!(lines.any(|line| line.expect("text").contains("hosting")), "it never hosted");
        Self(child)
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        self.0.kill().expect("it is killed");
        self.0.wait().expect("it is gone");
    }
}

/// Part of the test below: does nothing unless that test started it.
#[tokio::test]
async fn hosts_for_another_process() {
    let Some(folder) = std::env::var_os(HOST) else { return };
    let rehearsal = Rehearsal::new(folder);
    rehearsal.endpoint().await.expect("a host");
    let mut out = std::io::stdout();
    std::io::Write::write_all(&mut out, b"hosting\n").expect("a reader");
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_second_process_is_joined_and_when_it_is_killed_its_jobs_go_on_here() {
    let host = Fixture::new();
    let other = Other::start(&host.folder());
    let before = host.endpoint().await;
    assert_eq!(Rehearsal::new(host.folder()).endpoint().await.expect("a host"), before);
    let mut tasks = Vec::new();
    for seed in 0..3 {
        tasks.push(host.submit(&request(&json!({ "seed": seed }))).await);
    }
    drop(other);
    assert!(client().get(&before.base_url).send().await.is_err(), "it was killed");
    assert_ne!(host.endpoint().await, before);
    for task in &tasks {
        host.finished(task).await;
    }
}
