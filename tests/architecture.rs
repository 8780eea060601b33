//! Holds the shape of the program: which part may name what, and how large anything may grow.
//!
//! The table below is the one of the crate's documentation. Every rule is shown to catch what it forbids by a small case
//! of its own, so that a green run means that the code keeps to it and not that nobody looked.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "architecture/scan.rs"]
mod scan;

use scan::{Named, named, silenced};

/// What one folder of `src` may name. Its own insides, `std` and anything not forbidden are free.
struct Room {
    name: &'static str,
    /// Which of our own modules it may name, if not all.
    ours: Option<&'static [&'static str]>,
    /// Which crates it may name, if not all.
    crates: Option<&'static [&'static str]>,
    /// What it must not name, whatever else is said.
    never: &'static [&'static str],
    /// Calls that read a clock are forbidden: time is passed in.
    timeless: bool,
}

const PLAIN_CRATES: &[&str] = &["jiff", "serde", "thiserror", "toml", "uuid", "zeroize"];
const OUTSIDE_WORLD: &[&str] = &["std::env", "std::fs", "std::net", "std::process", "std::thread"];
const WINDOWS: &[&str] = &["eframe", "egui", "egui_kittest", "egui_phosphor"];
const CLOCKS: [&str; 4] = ["Instant::now", "SystemTime::now", "Timestamp::now", "Zoned::now"];

const ROOMS: [Room; 9] = [
    Room {
        name: "domain",
        ours: Some(&["crate::words"]),
        crates: Some(PLAIN_CRATES),
        never: OUTSIDE_WORLD,
        timeless: true,
    },
    Room {
        name: "state",
        ours: Some(&["crate::domain", "crate::words"]),
        crates: Some(PLAIN_CRATES),
        never: OUTSIDE_WORLD,
        timeless: true,
    },
    // Every part says something to people, so every part may name the words; they know the setting alone.
    Room {
        name: "words",
        ours: Some(&["crate::domain::settings"]),
        crates: Some(&["i18n_embed", "i18n_embed_fl", "rust_embed"]),
        never: OUTSIDE_WORLD,
        timeless: true,
    },
    // Whether a file is a whole clip is asked of the engine that plays it.
    Room {
        name: "services",
        ours: Some(&["crate::domain", "crate::video", "crate::words"]),
        crates: None,
        never: WINDOWS,
        timeless: false,
    },
    Room {
        name: "video",
        ours: Some(&["crate::words"]),
        crates: None,
        never: &["eframe", "egui", "egui_kittest", "egui_phosphor", "reqwest", "tokio", "tokio_util"],
        timeless: false,
    },
    Room {
        name: "rehearsal",
        // What a picture may be and how it is cropped is one rule for both ends of the wire.
        ours: Some(&["crate::domain::frame", "crate::domain::model"]),
        crates: None,
        never: WINDOWS,
        timeless: false,
    },
    Room {
        name: "jobs",
        ours: None,
        crates: None,
        // Of the state it knows the messages alone.
        never: &[
            "crate::app",
            "crate::cli",
            "crate::state::*",
            "crate::state::State",
            "crate::state::update",
            "crate::ui",
            "eframe",
            "egui",
            "egui_kittest",
            "egui_phosphor",
        ],
        timeless: false,
    },
    Room {
        name: "cli",
        ours: None,
        crates: None,
        never: &["crate::app", "crate::ui", "eframe", "egui", "egui_kittest", "egui_phosphor", "rfd"],
        timeless: false,
    },
    Room {
        name: "ui",
        ours: Some(&["crate::domain", "crate::state", "crate::video", "crate::words"]),
        crates: None,
        never: &[
            "axum",
            "keyring",
            "keyring_core",
            "notify_rust",
            "reqwest",
            "rfd",
            "rusqlite",
            "std::fs",
            "std::net",
            "std::process",
            "tokio",
            "tokio_util",
            "zbus_secret_service_keyring_store",
        ],
        timeless: false,
    },
];

const LONGEST_FILE: usize = 500;
const LONGEST_MAIN: usize = 60;
const MEDIAN_FILE: usize = 150;
const NINE_OF_TEN_FILES: usize = 350;
const VAGUE_NAMES: [&str; 4] = ["common", "manager", "types", "utils"];
const TOP_LEVEL: [&str; 6] = ["Cargo.toml", "README.md", "assets", "build.rs", "src", "tests"];
const TOP_LEVEL_TOO: [&str; 10] = [
    "CHANGELOG.md",
    "Cargo.lock",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "benches",
    "clippy.toml",
    "examples",
    "i18n.toml",
    "rustfmt.toml",
    "target",
];

impl Room {
    fn of(file: &Path) -> Option<&'static Self> {
        let first = file.components().next()?;
        let name = first.as_os_str().to_str()?.trim_end_matches(".rs");
        ROOMS.iter().find(|room| room.name == name)
    }

    /// Why this room must not name that, if so.
    fn objection(&self, named: &Named, dependencies: &BTreeSet<String>) -> Option<String> {
        let own = format!("crate::{}", self.name);
        let lets = |list: &[&str]| list.iter().any(|prefix| named.is_in(prefix));
        let first = named.path.first()?;
        let foreign = first == "crate" && named.path.len() > 1 && !named.is_in(&own);
        let unlisted = match (self.ours, self.crates) {
            (Some(ours), _) if foreign && !lets(ours) => true,
            (_, Some(crates)) => named.path.len() > 1 && dependencies.contains(first) && !lets(crates),
            _ => false,
        };
        let clock = self.timeless && CLOCKS.iter().any(|clock| named.ends_with(clock));
        (unlisted || lets(self.never) || clock).then(|| format!("{} must not name {}", self.name, named.text()))
    }
}

/// What is wrong with one file of `src`, named from there.
fn objections(file: &Path, source: &str, dependencies: &BTreeSet<String>) -> Vec<String> {
    let Some(room) = Room::of(file) else { return Vec::new() };
    let place = |line: usize, text: &str| format!("src/{}:{line}: {text}", file.display());
    named(source, &module(file))
        .iter()
        .filter_map(|named| Some(place(named.line, &room.objection(named, dependencies)?)))
        .collect()
}

/// `ui/theme/mod.rs` is `crate::ui::theme`.
fn module(file: &Path) -> String {
    let parts = file.with_extension("");
    let names = parts.iter().map(|part| part.to_string_lossy()).filter(|part| part != "mod" && part != "lib");
    std::iter::once("crate".into()).chain(names).collect::<Vec<_>>().join("::")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder of the package, named from that folder.
fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let base = root().join(folder);
    let (mut folders, mut files) = (vec![base.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the source is there") {
            let path = entry.expect("the source is there").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = fs::read_to_string(&path).expect("source is text");
                files.push((path.strip_prefix(&base).expect("below its folder").to_owned(), source));
            }
        }
    }
    files.sort();
    files
}

/// Every crate that the manifest names, as code spells it.
fn dependencies() -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("there is a manifest");
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let sections = std::iter::once(&manifest).chain(targets.filter_map(toml::Value::as_table));
    let tables = sections.flat_map(|section| {
        ["dependencies", "dev-dependencies"].map(|name| section.get(name).and_then(toml::Value::as_table))
    });
    tables.flatten().flat_map(toml::Table::keys).map(|name| name.replace('-', "_")).collect()
}

fn assert_none(objections: &[String]) {
    assert!(objections.is_empty(), "\n{}", objections.join("\n"));
}

#[test]
fn every_part_names_only_what_it_may() {
    let dependencies = dependencies();
    assert!(dependencies.contains("zbus_secret_service_keyring_store"), "the manifest is read whole");
    let files = rust_files("src");
    assert_none(&files.iter().flat_map(|(file, source)| objections(file, source, &dependencies)).collect::<Vec<_>>());
}

#[test]
fn files_stay_small() {
    let mut lengths: Vec<_> =
        rust_files("src").into_iter().map(|(file, source)| (source.lines().count(), file)).collect();
    lengths.sort();
    let longest = |file: &Path| if file == Path::new("main.rs") { LONGEST_MAIN } else { LONGEST_FILE };
    let too_long = lengths.iter().filter(|(length, file)| *length > longest(file));
    assert_none(&too_long.map(|(length, file)| format!("{}: {length} lines", file.display())).collect::<Vec<_>>());
    let (median, tenth) = (lengths[lengths.len() / 2].0, lengths[lengths.len() * 9 / 10].0);
    assert!(median <= MEDIAN_FILE, "half of the files have more than {median} lines");
    assert!(tenth <= NINE_OF_TEN_FILES, "a tenth of the files has more than {tenth} lines");
}

#[test]
fn no_name_is_vague() {
    let vague = |file: &Path| file.with_extension("").iter().any(|part| VAGUE_NAMES.iter().any(|name| part == *name));
    let files = rust_files("src").into_iter().chain(rust_files("tests"));
    assert_none(&files.filter(|(file, _)| vague(file)).map(|(file, _)| file.display().to_string()).collect::<Vec<_>>());
}

#[test]
fn no_lint_is_silenced() {
    let files = ["src", "tests"].map(|folder| (folder, rust_files(folder)));
    let all = files.iter().flat_map(|(folder, files)| files.iter().map(move |(file, source)| (folder, file, source)));
    let found = all.flat_map(|(folder, file, source)| {
        silenced(source).into_iter().map(move |line| {
            format!("{folder}/{}:{line}: `expect` a lint with a reason, or mend the code", file.display())
        })
    });
    assert_none(&found.collect::<Vec<_>>());
}

#[test]
fn the_top_level_can_be_taken_in_at_a_glance() {
    let missing = TOP_LEVEL.iter().filter(|name| !root().join(name).exists());
    assert_none(&missing.map(|name| format!("{name} is missing")).collect::<Vec<_>>());
    let entries = fs::read_dir(root()).expect("the package is there").flatten().map(|entry| entry.file_name());
    let known = |name: &str| TOP_LEVEL.contains(&name) || TOP_LEVEL_TOO.contains(&name) || name.starts_with('.');
    let strange = entries.filter(|name| !name.to_str().is_some_and(known));
    assert_none(&strange.map(|name| format!("{} is not expected here", name.display())).collect::<Vec<_>>());
}

#[test]
fn each_rule_catches_what_it_forbids() {
    let caught = [
        ("domain/draft.rs", "use crate::state::State;"),
        ("domain/draft.rs", "fn f() { let c = super::super::services::api::Client::new(); }"),
        ("domain/draft.rs", "mod tests { use super::super::super::jobs; }"),
        ("domain/draft.rs", "use std::{collections::BTreeMap, fs};"),
        ("domain/draft.rs", "use std::{io, fs::{self, File}};"),
        ("domain/draft.rs", "use image::DynamicImage;"),
        ("domain/draft.rs", "fn now() -> u64 { std::time::SystemTime::now() }"),
        ("domain/draft.rs", "fn now() -> Timestamp { jiff::Timestamp::now() }"),
        ("words.rs", "use crate::state::State;"),
        ("words.rs", "fn f() { let home = std::env::var(\"HOME\"); }"),
        ("state/update/mod.rs", "#[tokio::test] async fn f() {}"),
        ("state/update/mod.rs", "use crate::video::Frame;"),
        ("state.rs", "let now = Instant::now();"),
        ("services/api/mod.rs", "use crate::state::Event;"),
        ("services/api/mod.rs", "fn wake(context: &egui::Context) {}"),
        ("services/api/mod.rs", "use crate::{domain::model::Model, jobs};"),
        ("video/player.rs", "use crate::domain::model::Size;"),
        ("video/player.rs", "fn f() { ::tokio::spawn(async {}); }"),
        ("rehearsal/mod.rs", "use crate::domain::draft::Draft;"),
        ("rehearsal/mod.rs", "use crate::services::library::Library;"),
        ("jobs/mod.rs", "use crate::state::{Event, State};"),
        ("jobs/mod.rs", "use crate::state::*;"),
        ("jobs/mod.rs", "use crate::ui::Theme;"),
        ("cli/generate.rs", "use crate::app::App;"),
        ("ui/stage/mod.rs", "let _ = std::fs::read(path);"),
        ("ui/stage/mod.rs", "use crate::services::picker;"),
        ("ui/stage/mod.rs", "use rfd::AsyncFileDialog as Dialog;"),
        ("ui/stage/mod.rs", "let text = r#\"\"quoted\"\"#; let x: keyring_core::Entry;"),
    ];
    for (file, source) in caught {
        assert!(!objections(Path::new(file), source, &dependencies()).is_empty(), "{file}: {source}");
    }
}

#[test]
fn what_is_allowed_is_let_through() {
    let free = [
        ("domain/draft.rs", "use super::model::Size; use std::fmt; use serde::Serialize;"),
        ("domain/draft.rs", "// use crate::state::State;\n/// [`crate::jobs`] /* egui::Ui */\nfn f() {}"),
        ("domain/draft.rs", "/* outer /* crate::ui */ crate::ui */ fn f<'a>(c: char) -> bool { c == '\"' }"),
        ("domain/draft.rs", "const A: &str = \"crate::ui and \\\" egui::Ui\"; const B: &[u8] = br#\"std::fs\"#;"),
        ("domain/draft.rs", "mod tests { use super::*; use super::super::frame; mod deep { use super::super::*; } }"),
        ("domain/draft.rs", "fn f(image: u8) { let egui = image; }"),
        ("state/mod.rs", "use crate::domain::draft::Draft; use std::time::Instant;"),
        ("rehearsal/mod.rs", "use crate::domain::model::{self, Size}; use axum::Router;"),
        ("jobs/mod.rs", "use crate::state::{Effect, Event}; use crate::services::api;"),
        ("ui/stage/mod.rs", "use crate::state::Command; use egui::Ui; use crate::ui::theme;"),
        ("domain/draft.rs", "use crate::words::listed;"),
        ("app.rs", "use crate::{jobs, services, ui};"),
    ];
    for (file, source) in free {
        assert_none(&objections(Path::new(file), source, &dependencies()));
    }
}

#[test]
fn silenced_lints_are_seen() {
    for source in ["#[allow(dead_code)] fn f() {}", "#![allow(unused)]", "#[cfg_attr(test, allow(unused))] fn f() {}"] {
        assert_eq!(silenced(source), [1], "{source}");
    }
    for source in
        ["#[expect(unused, reason = \"…\")] fn f() {}", "// #[allow(x)]", "fn allow(x: u8) {} fn g() { allow(1) }"]
    {
        assert!(silenced(source).is_empty(), "{source}");
    }
}
