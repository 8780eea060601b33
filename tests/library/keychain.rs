//! The real secret service, in a D-Bus session of its own: own home, own runtime folder, own bus. The session this test
//! runs in is not touched.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use inbetween::domain::secret::ApiKey;
use inbetween::services::keychain::{KeySource, Keychain, KeychainError, Keys, Saved};
use tempfile::TempDir;

use crate::child::{self, Held};

const NOVITA: &str = "https://api.novita.ai";
const KEY: &str = "sk_test_0123456789";

/// Longest wait for a service to come up.
const PATIENCE: Duration = Duration::from_secs(30);

/// A home folder, a runtime folder, and whatever services were started in them. Dropping it ends those by their ids.
struct Session {
    home: TempDir,
    /// In the order they were started.
    services: Vec<Held>,
}

impl Session {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        for folder in ["run", "home"] {
            fs::DirBuilder::new().mode(0o700).create(home.path().join(folder)).unwrap();
        }
        Self { home, services: Vec::new() }
    }

    fn path(&self) -> &Path {
        self.home.path()
    }

    /// An environment in which nothing leads to the developer's own session.
    fn enter<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let home = self.path().join("home");
        command
            .env("HOME", &home)
            .env("XDG_RUNTIME_DIR", self.path().join("run"))
            .env("DBUS_SESSION_BUS_ADDRESS", self.address())
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env_remove("GNOME_KEYRING_CONTROL")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("SSH_AUTH_SOCK")
    }

    fn address(&self) -> String {
        format!("unix:path={}", self.path().join("run/bus").display())
    }

    /// A bus on which services are there only when this test starts them: no service files are read.
    fn start_bus(&mut self) {
        let config = self.path().join("bus.conf");
        let text = format!(
            "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
             \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n\
             <busconfig><type>session</type><listen>{}</listen><auth>EXTERNAL</auth>\
             <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
             <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            self.address()
        );
        fs::write(&config, text).unwrap();
        let mut command = Command::new("dbus-daemon");
        command.arg("--nofork").arg("--print-address").arg(format!("--config-file={}", config.display()));
        self.enter(&mut command).stdout(Stdio::piped());
        let mut bus = Held(command.spawn().expect("dbus-daemon is installed"));
        // The line comes once it listens.
        let mut line = String::new();
        BufReader::new(bus.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("unix:path="), "{line}");
        self.services.push(bus);
    }

    fn start_keyring(&mut self) {
        let mut command = Command::new("gnome-keyring-daemon");
        command.args(["--unlock", "--components=secrets", "--foreground"]);
        self.enter(&mut command).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut keyring = Held(command.spawn().expect("gnome-keyring-daemon is installed"));
        keyring.0.stdin.take().unwrap().write_all(b"password of the test").unwrap();
        self.services.push(keyring);
    }

    /// Ends what was started last.
    fn stop_last(&mut self) {
        self.services.pop().unwrap().kill();
    }

    fn start_child(&self, act: &str) -> Talk {
        let mut command = child::command("keychain");
        self.enter(&mut command).env("ACT", act).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = Held(command.spawn().unwrap());
        let (input, output) = (child.0.stdin.take().unwrap(), BufReader::new(child.0.stdout.take().unwrap()));
        Talk { child, input, output }
    }

    /// Runs a child to its end and returns what it said.
    fn run(&self, act: &str) -> Vec<String> {
        let mut talk = self.start_child(act);
        let mut said = Vec::new();
        while let Some(line) = talk.hear() {
            said.push(line);
        }
        assert!(talk.child.0.wait().unwrap().success());
        said
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        while !self.services.is_empty() {
            self.stop_last();
        }
    }
}

/// A child that waits for a line before each step.
struct Talk {
    child: Held,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Talk {
    /// The next line the child meant for its parent.
    fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        while self.output.read_line(&mut line).unwrap() > 0 {
            if let Some(word) = line.trim_end().strip_prefix("> ") {
                return Some(word.to_owned());
            }
            line.clear();
        }
        None
    }

    fn go_on(&mut self) {
        self.input.write_all(b"\n").unwrap();
    }
}

/// The child's side: each act says what happened, a line a step.
pub fn act(act: &str) {
    let key = ApiKey::parse(KEY).unwrap();
    let keychain = Keychain::os();
    match act {
        "save" => {
            say(&format!("{:?}", patiently(|| keychain.save(NOVITA, &ApiKey::parse("older").unwrap()))));
            say(&format!("{:?}", keychain.save(NOVITA, &key)));
        }
        "read" => {
            say(&shown(keychain.read(NOVITA)));
            say(&shown(keychain.read("https://api.example")));
        }
        "remove" => {
            say(&format!("{:?}", keychain.remove(NOVITA)));
            say(&shown(keychain.read(NOVITA)));
            say(&format!("{:?}", keychain.remove(NOVITA)));
        }
        "absent" => absent(&Keys::new(keychain), &key),
        "restart" => {
            say(&format!("{:?}", patiently(|| keychain.save(NOVITA, &key))));
            wait();
            say(&shown(keychain.read(NOVITA)));
            wait();
            say(&shown(patiently(|| keychain.read(NOVITA))));
        }
        other => panic!("no act {other}"),
    }
}

/// No service at first: the key is kept for this run, and goes to the keychain once that is there.
fn absent(keys: &Keys, key: &ApiKey) {
    say(&format!("{:?}", keys.find(NOVITA)));
    assert_eq!(keys.save(NOVITA, key), Ok(Saved::ThisRun(KeychainError::Unavailable)));
    assert_eq!(keys.find(NOVITA), Ok(Some((key.clone(), KeySource::ThisRun))));
    assert_eq!(keys.remove(NOVITA), Ok(()));
    assert_eq!(keys.remove(NOVITA), Err(KeychainError::Unavailable));
    say("kept for this run");
    wait();
    say(&format!("{:?}", patiently(|| keys.find(NOVITA).map(|found| found.is_some()))));
    say(&format!("{:?}", keys.save(NOVITA, key)));
    say(&format!("{:?}", keys.find(NOVITA).map(|found| found.map(|(_, source)| source))));
}

/// Tries again while the service comes up.
fn patiently<T>(work: impl Fn() -> Result<T, KeychainError>) -> Result<T, KeychainError> {
    let start = Instant::now();
    loop {
        match work() {
            Err(KeychainError::Unavailable | KeychainError::Locked) if start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            done => return done,
        }
    }
}

fn shown(found: Result<Option<ApiKey>, KeychainError>) -> String {
    match found {
        Ok(Some(key)) if key.expose() == KEY => "the key".to_owned(),
        Ok(Some(_)) => "another key".to_owned(),
        Ok(None) => "none".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}

#[expect(clippy::print_stdout, reason = "the parent waits for this line")]
fn say(word: &str) {
    println!("\n> {word}");
}

fn wait() {
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[test]
fn a_key_is_saved_read_by_another_process_and_removed() {
    let mut session = Session::new();
    session.start_bus();
    session.start_keyring();
    assert_eq!(session.run("save"), ["Ok(())", "Ok(())"]);
    assert_eq!(session.run("read"), ["the key", "none"]);
    assert_eq!(session.run("remove"), ["Ok(())", "none", "Ok(())"]);
    assert_eq!(session.run("read"), ["none", "none"]);
}

#[test]
fn a_keychain_that_was_absent_is_used_once_it_is_there() {
    let mut session = Session::new();
    let mut talk = session.start_child("absent");
    assert_eq!(talk.hear().as_deref(), Some("Err(Unavailable)"));
    assert_eq!(talk.hear().as_deref(), Some("kept for this run"));
    session.start_bus();
    session.start_keyring();
    talk.go_on();
    assert_eq!(talk.hear().as_deref(), Some("Ok(false)"));
    assert_eq!(talk.hear().as_deref(), Some("Ok(InKeychain)"));
    assert_eq!(talk.hear().as_deref(), Some("Ok(Some(Keychain))"));
    assert!(talk.child.0.wait().unwrap().success());
}

#[test]
fn a_keychain_that_was_restarted_is_found_again() {
    let mut session = Session::new();
    session.start_bus();
    session.start_keyring();
    let mut talk = session.start_child("restart");
    assert_eq!(talk.hear().as_deref(), Some("Ok(())"));
    session.stop_last();
    talk.go_on();
    assert_eq!(talk.hear().as_deref(), Some("Unavailable"));
    session.start_keyring();
    talk.go_on();
    assert_eq!(talk.hear().as_deref(), Some("the key"));
    assert!(talk.child.0.wait().unwrap().success());
}
