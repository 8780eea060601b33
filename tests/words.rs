//! The catalogues hold the same words, all of them are used, and the program speaks the language that was chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use egui::ImeEvent;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use inbetween::app::{App, Launch};
use inbetween::domain::settings::Language;
use inbetween::services::keychain::Keychain;
use inbetween::services::picker::{Picker, Script};
use inbetween::words;

const PATIENCE: Duration = Duration::from_secs(60);
const ENGLISH: &str = include_str!("../assets/words/en/inbetween.ftl");
const CHINESE: &str = include_str!("../assets/words/zh-CN/inbetween.ftl");

/// The language is the whole process's: tests that speak another one take turns, and leave English behind.
struct Turn<'a>(#[expect(dead_code, reason = "held, not read")] MutexGuard<'a, ()>);

impl Turn<'_> {
    fn take() -> Self {
        static TURN: Mutex<()> = Mutex::new(());
        Self(TURN.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        words::choose(Language::English);
    }
}

/// The patterns of a catalogue by their ids.
fn patterns(catalogue: &str) -> BTreeMap<&str, String> {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut last = None;
    for line in catalogue.lines() {
        let id = line.split_once(" =").map(|(id, _)| id).filter(|id| !id.starts_with([' ', '#', '*', '[', '}']));
        if let Some(id) = id {
            let known = found.insert(id, line[id.len() + 2..].to_owned());
            assert!(known.is_none(), "{id} is there twice");
            last = Some(id);
        } else if let (Some(id), false) = (last, line.starts_with('#')) {
            found.get_mut(id).expect("it was put there").push_str(line);
        }
    }
    found
}

/// Names in a pattern that begin with `mark`: arguments with `$`, other messages without.
fn named<'a>(pattern: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    let letter = |letter: char| letter.is_ascii_lowercase() || letter == '-' || letter == '_';
    let starts = pattern.split('{').skip(1).filter_map(move |rest| rest.trim_start().strip_prefix(mark));
    starts
        .map(move |rest| &rest[..rest.find(|found| !letter(found)).unwrap_or(rest.len())])
        .filter(|name| !name.is_empty())
}

/// The arguments of a message and of the messages it names.
fn arguments<'a>(id: &str, all: &'a BTreeMap<&str, String>) -> BTreeSet<&'a str> {
    let pattern = all.get(id).unwrap_or_else(|| panic!("{id} is named and not there"));
    let others = named(pattern, "").flat_map(|other| arguments(other, all));
    named(pattern, "$").chain(others).collect()
}

#[test]
fn both_catalogues_have_the_same_words_with_the_same_arguments() {
    let (english, chinese) = (patterns(ENGLISH), patterns(CHINESE));
    assert!(english.len() > 400 && arguments("advisory-soft", &english).contains("slot"), "the catalogue is read");
    let ids = |all: &BTreeMap<&str, String>| all.keys().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(ids(&english), ids(&chinese));
    for id in english.keys() {
        assert_eq!(arguments(id, &english), arguments(id, &chinese), "{id}");
    }
}

#[test]
fn every_catalogue_is_read_without_fault() {
    let _turn = Turn::take();
    for (language, name, catalogue) in
        [(Language::English, "en", ENGLISH), (Language::SimplifiedChinese, "zh-CN", CHINESE)]
    {
        words::choose(language);
        let name = name.parse().expect("a language");
        let read: BTreeSet<String> = words::loader()
            .with_message_iter(&name, |messages| messages.map(|message| message.id.name.to_owned()).collect());
        let written: BTreeSet<String> = patterns(catalogue).keys().map(|id| (*id).to_owned()).collect();
        assert_eq!(read, written, "what is written and not read is no Fluent");
    }
}

/// Every file below `src`.
fn sources() -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the source is there") {
            let path = entry.expect("the source is there").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push(std::fs::read_to_string(&path).expect("source is text"));
            }
        }
    }
    sources
}

#[test]
fn every_word_of_the_catalogue_is_used() {
    let sources = sources();
    let mut used = BTreeSet::new();
    for source in &sources {
        for rest in source.split("words!(").skip(1) {
            let id = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            used.extend(id);
        }
    }
    let english = patterns(ENGLISH);
    used.extend(english.values().flat_map(|pattern| named(pattern, "")));
    let unused: Vec<_> = english.keys().filter(|id| !used.contains(*id)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn numbers_choose_the_form_of_their_language() {
    let _turn = Turn::take();
    assert_eq!(inbetween::words!("clips", count = 0), "0 clips");
    assert_eq!(inbetween::words!("clips", count = 1), "1 clip");
    assert_eq!(inbetween::words!("clips", count = 48), "48 clips");
    let have = |takes: &str, count: u32| inbetween::words!("have-takes", count = count, takes = takes, all = 4);
    assert_eq!(have("3", 1), "You already have take 3 of these 4.");
    assert_eq!(have("1 and 3", 2), "You already have takes 1 and 3 of these 4.");
    words::choose(Language::SimplifiedChinese);
    assert_eq!(inbetween::words!("clips", count = 1), "1 个片段");
    assert_eq!(inbetween::words!("clips", count = 48), "48 个片段");
}

#[test]
fn a_sentence_has_no_marks_around_its_arguments() {
    let _turn = Turn::take();
    assert_eq!(
        inbetween::words!("advisory-crop-first", from = "3:2", to = "16:9"),
        "First frame is 3:2; it will be cropped to 16:9."
    );
    words::choose(Language::SimplifiedChinese);
    assert_eq!(inbetween::words!("advisory-crop-first", from = "3:2", to = "16:9"), "首帧为 3:2，将裁剪为 16:9。");
}

struct Bench {
    folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
}

impl Bench {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), runtime }
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    fn window(&self) -> Harness<'static, App> {
        let launch = Launch {
            instance: None,
            data_dir: Some(self.library()),
            base_url: None,
            pictures: Vec::new(),
            keychain: Keychain::memory(),
            picker: Picker::Scripted(Script::default()),
        };
        let runtime = self.runtime.handle().clone();
        Harness::builder()
            // As high as the whole Settings sheet: what is clicked is in view.
            .with_size([1440.0, 1600.0])
            // No font of the program has Chinese; the system's are no part of tests.
            .allow_missing_glyphs()
            .build_eframe(move |cc| App::new(cc, launch, runtime).expect("the library opens"))
    }
}

/// Steps until the window shows this label, or says what it shows instead.
fn see(window: &mut Harness<'_, App>, label: &str) {
    let deadline = Instant::now() + PATIENCE;
    while window.query_all_by_label(label).next().is_none() {
        assert!(Instant::now() < deadline, "never seen: {label}; the window shows {:#?}", window.root());
        window.step();
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn press(window: &mut Harness<'_, App>, role: Role, label: &str) {
    see(window, label);
    window.get_by_role_and_label(role, label).click();
    window.run_steps(2);
}

#[test]
fn the_window_changes_its_words_at_once_and_keeps_the_language() {
    let _turn = Turn::take();
    let bench = Bench::new();
    let mut window = bench.window();
    see(&mut window, "Generate, free");
    press(&mut window, Role::Button, "Settings");
    press(&mut window, Role::ComboBox, "Language");
    press(&mut window, Role::ListBoxOption, "简体中文");
    see(&mut window, "生成，免费");
    assert!(window.query_by_label("Generate, free").is_none());
    press(&mut window, Role::ComboBox, "语言");
    press(&mut window, Role::ListBoxOption, "English");
    see(&mut window, "Generate, free");
    press(&mut window, Role::ComboBox, "Language");
    press(&mut window, Role::ListBoxOption, "简体中文");
    see(&mut window, "生成，免费");
    drop(window);
    let settings = std::fs::read_to_string(bench.library().join("settings.json")).unwrap();
    assert!(settings.contains(r#""language": "simplified_chinese""#), "{settings}");
}

#[test]
fn an_input_method_writes_into_the_prompt() {
    let _turn = Turn::take();
    let bench = Bench::new();
    let mut window = bench.window();
    see(&mut window, "Prompt");
    window.get_by_role_and_label(Role::MultilineTextInput, "Prompt").focus();
    window.run_steps(2);
    let composed = |text: &str| ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None };
    let steps = [composed("hu"), composed("hu mian"), ImeEvent::Commit("湖面".to_owned())];
    for step in steps.into_iter().chain([composed("🌅"), ImeEvent::Commit("🌅 الشمس".to_owned())]) {
        window.event(egui::Event::Ime(step));
        window.run_steps(2);
    }
    let prompt = window.get_by_role_and_label(Role::MultilineTextInput, "Prompt").value();
    assert_eq!(prompt.as_deref(), Some("湖面🌅 الشمس"));
}

/// What the command line answers to a word that is no command, with a library and a system of these languages.
fn answer(settings: Option<&str>, system: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    if let Some(settings) = settings {
        std::fs::write(folder.path().join("settings.json"), settings).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_inbetween"));
    for variable in ["LANGUAGE", "LC_MESSAGES", "LANG"] {
        command.env_remove(variable);
    }
    command.env("LC_ALL", system).arg("--data-dir").arg(folder.path()).arg("nosuch");
    String::from_utf8(command.output().unwrap().stderr).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn the_command_line_speaks_the_settings_language_else_the_systems() {
    let (english, chinese) = ("There is no file or command named nosuch.", "没有名为 nosuch 的文件或命令。");
    let cases = [
        (None, "C.UTF-8", english),
        (None, "zh_CN.UTF-8", chinese),
        (None, "zh_TW.UTF-8", english),
        (None, "de_DE.UTF-8", english),
        (Some(r#"{"language": "system"}"#), "zh_CN.UTF-8", chinese),
        (Some(r#"{"language": "simplified_chinese"}"#), "C", chinese),
        (Some(r#"{"language": "english"}"#), "zh_CN.UTF-8", english),
        (Some(r#"{"language": "volapük"}"#), "C", english),
    ];
    for (settings, system, expected) in cases {
        let said = answer(settings, system);
        assert!(said.starts_with(expected), "{settings:?} {system}: {said}");
    }
}
