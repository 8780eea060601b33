//! The program without a window, as a script uses it: what it prints, and how it ends.
//!
//! Each run has a library and a home of its own and no key but the one it is given.

use std::path::Path;
use std::process::{Command, Output};

use inbetween::services::library::{Folders, Library};
use serde_json::Value;

use crate::hosts::{self, Act, Host, Seen, json};

const KEY: &str = "sk_command-line-0123456789";

/// A computer of its own: a home with a library in it.
struct Computer {
    home: tempfile::TempDir,
}

/// What a run printed, and its exit code.
struct Run {
    code: i32,
    lines: Vec<String>,
    errors: String,
}

impl Run {
    fn json(&self) -> Vec<Value> {
        let read = |line: &String| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        self.lines.iter().map(read).collect()
    }

    fn last(&self) -> Value {
        self.json().pop().unwrap_or_else(|| panic!("nothing was printed; errors: {}", self.errors))
    }
}

impl Computer {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, &[("NOVITA_API_KEY", KEY)])
    }

    fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inbetween"));
        command.args(arguments).env_clear().env("HOME", self.home.path()).envs(environment.iter().copied());
        command.env("INBETWEEN_DATA_DIR", self.home.path().join("library"));
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = String::from_utf8(stdout).unwrap();
        let errors = String::from_utf8_lossy(&stderr).into_owned();
        Run { code: status.code().unwrap_or(-1), lines: text.lines().map(str::to_owned).collect(), errors }
    }

    /// One generation at a host that stands at `url`.
    fn generate(&self, url: &str, more: &[&str]) -> Run {
        let mut arguments = vec!["generate", "--base-url", url, "--sample", "storm-clears", "--json"];
        arguments.extend(more);
        self.run(&arguments)
    }

    fn picture(&self, name: &str, width: u32, height: u32) -> String {
        let path = self.home.path().join(name);
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 9])).save(&path).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

fn accepted() -> Act {
    Act::Answer(json(200, r#"{"task_id":"t-1"}"#))
}

/// The acts of a host that is asked for the balance first, as before every order that costs money.
fn after_balance(acts: impl IntoIterator<Item = Act>) -> Vec<Act> {
    let balance = Act::Answer(json(200, r#"{"availableBalance":"1000000"}"#));
    std::iter::once(balance).chain(acts).collect()
}

/// What was ordered, in order.
fn ordered(host: &Host) -> Vec<Seen> {
    host.seen().into_iter().filter(|seen| seen.request_line().starts_with("POST")).collect()
}

fn posts(host: &Host) -> usize {
    ordered(host).len()
}

#[test]
fn a_sample_becomes_a_clip_that_is_told_copied_listed_and_exact() {
    let computer = Computer::new();
    let output = computer.home.path().join("out.mp4");
    let out = output.to_str().unwrap();
    let sample = ["--sample", "lake-dawn-to-dusk", "--resolution", "480p", "--seed", "7", "--output", out, "--json"];
    let run = computer.run(&[&["generate"], &sample[..]].concat());
    assert_eq!(run.code, 0, "{}", run.errors);
    let statuses: Vec<_> = run.json().iter().map(|line| line["status"].as_str().unwrap().to_owned()).collect();
    for status in ["uploading", "rendering", "done"] {
        assert!(statuses.iter().any(|seen| seen == status), "{status} in {statuses:?}");
    }
    let done = run.last();
    let figures = ["seed", "width", "height", "fps", "frames", "duration"].map(|key| done[key].as_i64());
    assert_eq!(figures, [7, 864, 480, 24, 120, 5].map(Some));
    assert_eq!(done["output"], out);
    assert!(done["task_id"].is_string() && done["id"].is_string());

    let listed = computer.run(&["tasks", "--json"]);
    assert_eq!((listed.code, listed.lines.len()), (0, 1));
    let kept = listed.last();
    assert_eq!((&kept["id"], &kept["status"]), (&done["id"], &Value::from("done")));
    let kept = Path::new(kept["output"].as_str().unwrap());
    assert!(kept.starts_with(computer.home.path().join("library/clips/Inbetween")), "{}", kept.display());
    assert!(std::fs::read(kept).unwrap() == std::fs::read(&output).unwrap(), "the copy is the clip");

    let inspected = computer.run(&["inspect", out, "--json"]).last();
    assert_eq!((&inspected["width"], &inspected["frames"]), (&Value::from(864), &Value::from(120)));
    let frames = computer.run(&["inspect", out, "--frame-md5"]);
    assert_eq!(frames.lines, by_ffmpeg(out));
}

/// The MD5 of every frame, as ffmpeg counts them.
fn by_ffmpeg(clip: &str) -> Vec<String> {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-i", clip, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framemd5", "-"]);
    let output = command.output().expect("ffmpeg runs");
    let text = String::from_utf8(output.stdout).unwrap();
    let last = |line: &str| line.rsplit(',').next().unwrap_or_default().trim().to_owned();
    text.lines().filter(|line| !line.starts_with('#')).map(last).collect()
}

#[test]
fn bad_input_sends_nothing_and_says_what_and_why() {
    let computer = Computer::new();
    let host = Host::answering(json(500, "{}"));
    let small = computer.picture("small.png", 280, 400);
    let good = computer.picture("good.png", 1280, 720);
    let long = "x".repeat(2001);
    let table: &[(&[&str], &str)] = &[
        (&["--first", &small], "Shorter side is 280 px; it must be greater than 300 px."),
        (&["--first", "/nowhere.png"], "This file is not there any more."),
        (&["--first", &good, "--aspect-ratio", "5:4"], "5:4"),
        (&["--first", &good, "--resolution", "8k"], "8k"),
        (&["--first", &good, "--duration", "7"], "7"),
        (&["--first", &good, "--seed", "2147483648"], "Seed must be between -1 and 2147483647."),
        (&["--first", &good, "--prompt", &long], "Prompt has 2,001 characters; the limit is 2,000."),
        (&["--first", &good, "--model", "dream"], "There is no model named dream"),
        (&["--first", &good, "--host", "moon"], "There is no host named moon"),
        (&["--first", &good, "--output", "/no/such/folder/a.mp4"], "/no/such/folder"),
        (&["--sample", "moon"], "There is no sample named moon"),
        (&["--first", &good, "--output", &good], "The output is one of the pictures"),
        (&[], "--first"),
    ];
    for (arguments, sentence) in table {
        let base = ["--base-url", &host.url(), "generate", "--json"];
        let run = computer.run(&[&base[..], arguments].concat());
        assert_eq!((run.code, run.lines.len()), (2, 1), "{arguments:?}: {:?} {}", run.lines, run.errors);
        let said = run.last();
        assert_eq!(said["status"], "invalid", "{arguments:?}");
        assert!(said["reason"].as_str().unwrap().contains(sentence), "{arguments:?}: {said}");
    }
    assert!(host.seen().is_empty(), "something was sent");
    assert!(computer.run(&["tasks", "--json"]).lines.is_empty(), "nothing was to be stored");
}

#[test]
fn a_refusal_ends_with_three_and_is_not_tried_again() {
    let computer = Computer::new();
    let host = Host::answering(json(400, r#"{"code":400,"reason":"ILLEGAL_PROMPT","message":"no"}"#));
    let run = computer.generate(&host.url(), &[]);
    assert_eq!((run.code, run.last()["status"].as_str()), (3, Some("refused")));
    assert!(run.last()["reason"].as_str().unwrap().contains("prompt"));
    assert_eq!(computer.run(&["resume", "--json"]).code, 0, "there is nothing to go on with");
    assert_eq!(posts(&host), 1);
}

#[test]
fn an_outcome_nobody_knows_ends_with_four_and_is_never_sent_again() {
    let computer = Computer::new();
    let host = Host::start(after_balance([Act::Close]));
    let run = computer.generate(&host.url(), &[]);
    assert_eq!((run.code, run.last()["status"].as_str()), (4, Some("unknown")), "{}", run.errors);
    let advice = run.last()["advice"].as_str().unwrap().to_owned();
    assert!(!advice.is_empty());
    computer.run(&["resume", "--json"]);
    assert_eq!(posts(&host), 1);
    assert_eq!(computer.run(&["tasks", "--json"]).last()["status"], "unknown");
}

#[test]
fn a_task_that_fails_at_the_host_ends_with_five() {
    let computer = Computer::new();
    let failed = r#"{"task":{"task_id":"t-1","status":"TASK_STATUS_FAILED","reason":"worker died"}}"#;
    let host = Host::start(after_balance([accepted(), Act::Answer(json(200, failed))]));
    let run = computer.generate(&host.url(), &[]);
    assert_eq!((run.code, run.last()["status"].as_str()), (5, Some("failed")), "{}", run.errors);
    assert_eq!(run.last()["task_id"], "t-1");
}

#[test]
fn without_a_connection_nothing_was_sent_and_resume_sends_it_once() {
    let computer = Computer::new();
    let closed = hosts::nobody();
    let run = computer.generate(&closed, &["--seed", "5"]);
    assert_eq!((run.code, run.last()["status"].as_str()), (6, Some("not_sent")), "{}", run.errors);
    assert!(run.last()["reason"].as_str().unwrap().contains("No connection"), "{}", run.last());

    let failed = r#"{"task":{"task_id":"t-1","status":"TASK_STATUS_FAILED","reason":"later"}}"#;
    let address = closed.strip_prefix("http://").unwrap();
    let host = Host::at(address, after_balance([accepted(), Act::Answer(json(200, failed))]));
    let unasked = computer.run(&["resume", "--json"]);
    assert_eq!((unasked.code, unasked.last()["status"].as_str()), (6, Some("not_sent")), "{}", unasked.errors);
    assert!(unasked.last()["advice"].as_str().unwrap().contains("--base-url"), "{}", unasked.last());
    assert!(host.seen().is_empty(), "whoever stands at an old address was told the key");
    let resumed = computer.run(&["resume", "--json", "--base-url", &closed]);
    assert_eq!(resumed.last()["status"], "failed", "{}", resumed.errors);
    assert_eq!(posts(&host), 1);
    let body: Value = serde_json::from_slice(&ordered(&host)[0].body).unwrap();
    assert_eq!(body["seed"], 5, "the row alone says what is sent");
}

#[test]
fn what_an_open_window_follows_is_left_to_it() {
    let computer = Computer::new();
    computer.generate(&hosts::nobody(), &[]);
    let folders = Folders::resolve(Some(computer.home.path().join("library"))).unwrap();
    let window = Library::open(folders).unwrap();
    let order = window.unfinished().unwrap().remove(0);
    window.claim(&order.id).unwrap().unwrap();
    let run = computer.run(&["resume", "--json"]);
    assert_eq!((run.code, run.last()["status"].as_str()), (6, Some("followed_elsewhere")), "{}", run.errors);
    assert_eq!(run.last()["id"], order.id.as_str());
    drop(window);
    assert_eq!(computer.run(&["resume", "--json"]).last()["status"], "not_sent");
}

#[test]
fn another_address_gets_the_variables_key_and_never_asks_a_keychain() {
    let computer = Computer::new();
    let host = Host::answering(json(400, r#"{"code":400,"reason":"INVALID_API_KEY","message":"no"}"#));
    let base = ["generate", "--base-url", &host.url(), "--sample", "storm-clears", "--json"];
    let run = computer.run_with(&base, &[]);
    assert_eq!((run.code, run.last()["status"].as_str()), (6, Some("not_sent")), "{}", run.errors);
    assert!(run.last()["advice"].as_str().unwrap().contains("NOVITA_API_KEY"), "{}", run.last());
    assert!(host.seen().is_empty());
    assert_eq!(computer.run(&base).code, 3);
    assert!(host.seen().iter().all(|seen| seen.header("authorization") == [format!("Bearer {KEY}")]));
    let said = computer.run(&base);
    assert!(!said.errors.contains(KEY) && said.lines.iter().all(|line| !line.contains(KEY)), "the key was printed");
}

#[test]
fn the_original_goes_out_as_it_is_and_else_the_exact_output() {
    let computer = Computer::new();
    let host = Host::answering(json(400, r#"{"code":400,"reason":"ILLEGAL_PROMPT"}"#));
    let photo = computer.picture("photo.png", 1000, 1000);
    let sent = |more: &[&str], index: usize| {
        let base = ["generate", "--base-url", &host.url(), "--first", &photo, "--json"];
        assert_eq!(computer.run(&[&base[..], more].concat()).code, 3);
        let body: Value = serde_json::from_slice(&ordered(&host)[index].body).unwrap();
        let data = body["image"].as_str().unwrap().split_once(',').unwrap().1.to_owned();
        let bytes = base64_simd::STANDARD.decode_to_vec(data).unwrap();
        (body["aspect_ratio"].as_str().unwrap().to_owned(), image::load_from_memory(&bytes).unwrap().width(), bytes)
    };
    let (ratio, width, _) = sent(&[], 0);
    assert_eq!((ratio.as_str(), width), ("16:9", 1248));
    let (ratio, width, _) = sent(&["--aspect-ratio", "auto"], 1);
    assert_eq!((ratio.as_str(), width), ("1:1", 960));
    let (_, _, bytes) = sent(&["--original"], 2);
    assert!(bytes == std::fs::read(&photo).unwrap(), "byte for byte");
}

#[test]
fn without_a_display_one_sentence_names_the_way_out() {
    let run = Computer::new().run(&[]);
    assert_eq!((run.code, run.lines.len()), (2, 0));
    let sentence = "There is no display for a window; use `inbetween generate` to make clips without one.\n";
    assert_eq!(run.errors, sentence);
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let computer = Computer::new();
    let good = computer.picture("good.png", 1280, 720);
    let wrong = ["--duration", "soon", "--output", "/no/such/folder/a.mp4", "--seed", "x"];
    let run = computer.run(&[&["generate", "--json", "--first", &good][..], &wrong].concat());
    let reason = run.last()["reason"].as_str().unwrap().to_owned();
    for part in ["/no/such/folder", "Duration soon", "Seed"] {
        assert!(reason.contains(part), "{part} in {reason}");
    }
    let named = ["generate", "--json", "--first", &good, "--model", "dream", "--host", "moon"];
    let reason = computer.run(&named).last()["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("no model named dream") && reason.contains("no host named moon"), "{reason}");
}

#[test]
fn a_word_that_is_no_command_and_no_file_is_named() {
    let computer = Computer::new();
    let run = computer.run(&["bogus"]);
    assert_eq!((run.code, run.lines.len()), (2, 0));
    assert!(run.errors.starts_with("There is no file or command named bogus."), "{}", run.errors);
    let inspected = computer.run(&["inspect", "/nowhere.mp4"]);
    assert_eq!((inspected.code, inspected.errors.matches("nowhere").count()), (2, 1), "{}", inspected.errors);
}

#[test]
fn a_library_that_had_to_be_replaced_is_told() {
    let computer = Computer::new();
    let library = computer.home.path().join("library");
    std::fs::create_dir_all(&library).unwrap();
    std::fs::write(library.join("library.sqlite3"), "this was a library once ".repeat(400)).unwrap();
    let run = computer.run(&["tasks", "--json"]);
    assert_eq!((run.code, run.lines.len()), (0, 0));
    assert!(run.errors.starts_with("The library was damaged; it was kept as"), "{}", run.errors);
    assert_eq!(computer.run(&["tasks", "--json"]).errors, "", "said once");
}
