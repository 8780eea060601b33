//! The misbehaving host, by hand: `cargo run --example misbehaving-host -- --post 503 --download cut:40*2`.
//!
//! Prints its address as JSON and serves until it is ended, with a line of JSON for whatever was counted since. Point
//! the program at it with `--base-url`, and give it any key in `NOVITA_API_KEY`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use serde_json::{Value, json};

#[expect(dead_code, unused_imports, reason = "tests use the rest")]
mod novita;

use novita::{Host, Plan, Script, Step, Writing};

/// Serves Novita's contract on this computer, and misbehaves as told.
///
/// A fault is one of refused, reset, hang, stall, slow, cut:PERCENT, cut-request:PERCENT, 429, 429:date, 429:absurd, any
/// other HTTP status, truncated, html, type, null, strings, progress, ttl, unknown, no-video, expired:STATUS, gone or
/// failed; with *N behind it for the first N requests alone.
#[derive(Parser)]
struct Arguments {
    /// Fault of a submit
    #[arg(long, value_name = "FAULT")]
    post: Option<Plan>,
    /// Fault of a question after a task
    #[arg(long, value_name = "FAULT")]
    poll: Option<Plan>,
    /// Fault of a download
    #[arg(long, value_name = "FAULT")]
    download: Option<Plan>,
    /// Port on 127.0.0.1 (0 takes a free one)
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Answers that say a task is unfinished before it is done
    #[arg(long, default_value_t = 2)]
    unfinished: u32,
    /// Writes answers in pieces of so many bytes (0: at once)
    #[arg(long, default_value_t = 0)]
    piece: usize,
    /// Milliseconds between two pieces
    #[arg(long, default_value_t = 0)]
    pause: u64,
    /// Clips have no strong `ETag`, so that a broken download starts over
    #[arg(long)]
    no_etag: bool,
    /// Another clip than the small one of the tests
    #[arg(long, value_name = "FILE")]
    clip: Option<PathBuf>,
    /// Seconds after which a host that refused connections is back
    #[arg(long, default_value_t = 5)]
    away: u64,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut script = Script {
        post: arguments.post.unwrap_or(Plan::NONE),
        poll: arguments.poll.unwrap_or(Plan::NONE),
        download: arguments.download.unwrap_or(Plan::NONE),
        writing: Writing { piece: arguments.piece, pause: Duration::from_millis(arguments.pause) },
        unfinished: arguments.unfinished,
        etag: !arguments.no_etag,
        away: Some(Duration::from_secs(arguments.away)),
        ..Script::default()
    };
    if let Some(path) = arguments.clip {
        match std::fs::read(&path) {
            Ok(clip) => script.clip = clip,
            Err(error) => return fail(&format!("{}: {error}", path.display())),
        }
    }
    let host = match Host::at(arguments.port, script) {
        Ok(host) => host,
        Err(error) => return fail(&format!("port {}: {error}", arguments.port)),
    };
    let mut said = json!({ "url": host.url() });
    say(&said);
    loop {
        std::thread::sleep(Duration::from_millis(200));
        let now = counts(&host);
        if now != said {
            say(&now);
            said = now;
        }
    }
}

/// All that was counted so far.
fn counts(host: &Host) -> Value {
    let tasks: Vec<_> = host
        .tasks()
        .into_iter()
        .map(|task| {
            let told = format!("{:?}", task.told).to_lowercase();
            json!({ "id": task.id, "told": told, "polls": task.polls.len(), "downloads": task.downloads })
        })
        .collect();
    let spoilt = Step::ALL.map(|step| host.spoilt(step));
    json!({
        "posts": host.posts(), "accepted": host.accepted(), "tasks": tasks, "spoilt": spoilt,
        "breaches": host.breaches(),
    })
}

fn say(line: &Value) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

fn fail(sentence: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{sentence}");
    ExitCode::FAILURE
}
