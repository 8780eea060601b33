//! What a run leaves behind: neither the key nor a signed address is in what it prints, in its log, in its files, in its
//! arguments or in the text of a panic, even where the host says both back.

use std::ffi::OsStr;
use std::fmt::Debug;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use inbetween::domain::secret::ApiKey;
use inbetween::services::api::{Client, Downloader, Endpoint, TaskState};
use inbetween::services::keychain::{Keychain, Keys};
use inbetween::state::{Effect, SettingsCommand};
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::findings::{KEY, files_below, secret_in};
use crate::novita::{Fault, Host, Plan, SIGNATURE, Script, Step};

/// Set for the child that panics.
const CHILD: &str = "INBETWEEN_TEST_PANIC";

/// A home with a library, and a host that says back what it is told.
struct Computer {
    home: tempfile::TempDir,
    host: Host,
}

impl Computer {
    fn new(step: Step, plan: Plan) -> Self {
        let plan_of = |asked| if asked == step { plan } else { Plan::NONE };
        let script = Script {
            post: plan_of(Step::Post),
            poll: plan_of(Step::Poll),
            download: plan_of(Step::Download),
            echoes: true,
            unfinished: 1,
            ..Script::default()
        };
        Self { home: tempfile::tempdir().unwrap(), host: Host::start(script) }
    }

    fn library(&self) -> PathBuf {
        self.home.path().join("library")
    }

    /// The program with everything logged, and nothing of this user's session.
    fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inbetween"));
        command.arg("--data-dir").arg(self.library()).args(["--base-url", &self.host.url()]).args(arguments);
        command.env_clear().env("HOME", self.home.path()).env("NOVITA_API_KEY", KEY).env("INBETWEEN_LOG", "trace");
        command
    }

    /// An order of a picture that is sent as it is.
    fn order(&self, form: &str) -> Vec<String> {
        let picture = self.home.path().join("first.png");
        image::RgbImage::from_pixel(336, 304, image::Rgb([10, 20, 30])).save(&picture).unwrap();
        let picture = picture.to_str().unwrap();
        ["generate", "--first", picture, "--original", "--resolution", "480p", form].map(str::to_owned).to_vec()
    }

    fn run<S: AsRef<OsStr> + Debug>(&self, arguments: &[S]) -> Output {
        let output = self.command(arguments).output().unwrap();
        assert_eq!(secret_in(&output.stdout), None, "{arguments:?} printed a secret");
        assert_eq!(secret_in(&output.stderr), None, "{arguments:?} logged a secret");
        output
    }

    /// No file below the home holds a secret; the database is among those that are looked at.
    fn is_clean(&self) {
        let files = files_below(self.home.path());
        for path in &files {
            assert_eq!(secret_in(&std::fs::read(path).unwrap_or_default()), None, "in {}", path.display());
        }
        let library = files.iter().filter(|path| path.starts_with(self.library()));
        let bytes: Vec<u8> = library.flat_map(|path| std::fs::read(path).unwrap_or_default()).collect();
        for task in self.host.tasks() {
            let id = task.id.as_bytes();
            let is_there = bytes.windows(id.len()).any(|window| window == id);
            assert_eq!(is_there, self.host.told_whole().contains(&task.id), "what is kept is found by this search");
        }
    }
}

#[test]
fn a_run_prints_logs_and_keeps_no_secret_even_where_the_host_says_them_back() {
    let table = [
        (Step::Download, Plan::first(2, Fault::Expired(403)), 0),
        (Step::Download, Plan::first(1, Fault::Html), 0),
        (Step::Download, Plan::first(1, Fault::Status(404)), 0),
        (Step::Poll, Plan::first(2, Fault::Status(500)), 0),
        (Step::Poll, Plan::always(Fault::Failed), 5),
        (Step::Poll, Plan::first(1, Fault::Status(401)), 0),
        (Step::Post, Plan::always(Fault::Status(400)), 3),
        (Step::Post, Plan::always(Fault::Status(500)), 4),
    ];
    for (index, (step, plan, code)) in table.into_iter().enumerate() {
        let computer = Computer::new(step, plan);
        // In lines for scripts, and in words.
        let form = if index % 2 == 0 { "--json" } else { "--camera-fixed" };
        let ran = computer.run(&computer.order(form));
        let said = String::from_utf8_lossy(&ran.stdout);
        assert_eq!(ran.status.code(), Some(code), "{step:?} {plan:?}: {said}");
        assert!(ran.stderr.len() > 1000, "the log was on");
        computer.run(&["tasks", "--json"]);
        computer.run(&["resume", "--json"]);
        computer.is_clean();
        assert!(computer.host.breaches().is_empty(), "{:?}", computer.host.breaches());
    }
}

#[test]
fn a_run_that_has_the_address_in_hand_shows_it_nowhere() {
    let computer = Computer::new(Step::Download, Plan::always(Fault::Stall));
    let mut command = computer.command(&computer.order("--json"));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (output, mut errors) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let log = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        errors.read_to_end(&mut bytes).unwrap();
        bytes
    });
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let told: Vec<_> = lines.by_ref().take_while(|line| !line.contains("downloading")).collect();
    while computer.host.spoilt(Step::Download) == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    if cfg!(target_os = "linux") {
        let arguments = std::fs::read(format!("/proc/{}/cmdline", child.id())).unwrap();
        assert!(arguments.windows(8).any(|window| window == b"generate"), "these are its arguments");
        assert_eq!(secret_in(&arguments), None);
    }
    let is_log = |path: &PathBuf| path.to_string_lossy().ends_with("-wal");
    assert!(files_below(&computer.library()).iter().any(is_log), "the database is in use");
    computer.is_clean();
    child.kill().unwrap();
    child.wait().unwrap();
    let told = told.into_iter().chain(lines).collect::<Vec<_>>().join("\n");
    assert_eq!((secret_in(told.as_bytes()), secret_in(&log.join().unwrap())), (None, None));
    computer.is_clean();
}

#[test]
fn a_panic_shows_no_secret_whatever_it_is_about() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "secrets::child", "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .env("RUST_BACKTRACE", "full")
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    assert_eq!(secret_in(&told), None);
    let told = String::from_utf8_lossy(&told);
    for part in ["ApiKey(…)", "ResultUrl(…)", "SaveKey", "Downloader"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
}

/// Panics over everything that holds a secret; does nothing unless it is run by the test above.
#[test]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let key = ApiKey::parse(KEY).unwrap();
    let endpoint = Endpoint::parse("https://api.example", Some(key.clone())).unwrap();
    let client = Client::new(endpoint.clone()).unwrap();
    let keychain = Keychain::memory();
    keychain.save("https://api.example", &key).unwrap();
    let keys = Keys::new(keychain);
    let body = format!(
        r#"{{"task":{{"status":"TASK_STATUS_SUCCEED"}},"videos":[{{"video_url":"https://a.example/c?s={SIGNATURE}"}}]}}"#
    );
    let report = client.read_task(StatusCode::OK, &HeaderMap::new(), body.as_bytes()).unwrap();
    assert!(matches!(report.state, TaskState::Succeeded { .. }));
    let downloader = Downloader::new(&endpoint.base_url).unwrap();
    let (command, effect) =
        (SettingsCommand::SaveKey(key.clone()), Effect::SaveKey { host: "novita".to_owned(), key: key.clone() });
    panic!("{:?}", (key, endpoint, client, keys, report, downloader, command, effect));
}

#[test]
fn a_secret_would_be_found() {
    assert_eq!(secret_in(format!("GET /?a=1&s={SIGNATURE} HTTP/1.1").as_bytes()), Some("signature"));
    assert_eq!(secret_in(format!("\0{KEY}").as_bytes()), Some("key"));
    assert_eq!(secret_in(&KEY.as_bytes()[1..]), None);
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("inside")).unwrap();
    std::fs::write(folder.path().join("inside").join("file"), KEY).unwrap();
    assert_eq!(files_below(folder.path()), [Path::new("inside/file")].map(|path| folder.path().join(path)));
}
