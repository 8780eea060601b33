//! Brings the desktop up in order, and takes it down whatever happens.

use std::cell::{Cell, RefCell};
use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::{Driver, Keyboard, Said, Secret};
use super::process::{self, Process};
use super::wait::{self, PATIENCE};
use super::{App, session};

/// What has to be on the machine, and the Debian package it comes in.
const PARTS: [(&str, &str); 11] = [
    ("Xvfb", "xvfb"),
    ("openbox", "openbox"),
    ("dbus-daemon", "dbus"),
    ("gnome-keyring-daemon", "gnome-keyring"),
    ("at-spi-bus-launcher", "at-spi2-core"),
    ("xdg-desktop-portal", "xdg-desktop-portal"),
    ("xdg-desktop-portal-gtk", "xdg-desktop-portal-gtk"),
    ("xdotool", "xdotool"),
    ("ffmpeg", "ffmpeg"),
    ("ffprobe", "ffmpeg"),
    ("setpriv", "util-linux"),
];

const PYTHON_PARTS: &str = "import gi, Xlib; gi.require_version('Atspi', '2.0')";

/// Two windows at once on a small machine would only slow each other down.
static TURN: Mutex<()> = Mutex::new(());

pub struct Desktop {
    name: &'static str,
    root: TempDir,
    display: String,
    pub(super) environment: Vec<(&'static str, OsString)>,
    /// Width and height in pixels.
    size: (u32, u32),
    driver: Option<RefCell<Driver>>,
    services: Vec<Process>,
    evidence: Cell<bool>,
    _turn: MutexGuard<'static, ()>,
}

impl Desktop {
    /// A desktop of 1440×900 pixels. `name` is what its pictures and logs are called after.
    pub fn start(name: &'static str) -> Self {
        Self::of_size(name, (1440, 900))
    }

    /// A desktop on which everything is twice as large: 2048×1360 pixels, and room for 1024×680 points.
    pub fn doubled(name: &'static str) -> Self {
        let desktop = Self::of_size(name, (2048, 1360));
        desktop.ask::<bool>("set_dots_per_inch", json!({ "dots": 192 })).expect("the screen takes its density");
        desktop
    }

    fn of_size(name: &'static str, size: (u32, u32)) -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        look_for_parts();
        let _ = fs::remove_dir_all(output().join(name));
        fs::create_dir_all(output().join(name)).expect("the folder for pictures and logs can be made");
        let root = tempfile::Builder::new().prefix("desk-").tempdir().expect("a temporary folder can be made");
        session::lay_out(root.path());
        let mut desktop = Self {
            name,
            root,
            display: String::new(),
            environment: Vec::new(),
            size,
            driver: None,
            services: Vec::new(),
            evidence: Cell::new(false),
            _turn: turn,
        };
        desktop.start_screen();
        desktop.start_services();
        desktop
    }

    fn start_screen(&mut self) {
        let (width, height) = self.size;
        let mut screen = self.service("Xvfb", |command| {
            command.args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24")]);
            command.args(["-nolisten", "tcp", "-noreset"]);
            command.stdout(Stdio::piped());
        });
        let lines = process::lines(screen.child().stdout.take().expect("a piped stdout"));
        self.services.push(screen);
        let number = lines.recv_timeout(PATIENCE).expect("Xvfb says which display it took");
        self.display = format!(":{}", number.trim());
        // Services look for the display once, when they start: so it comes first.
        self.environment = session::environment(self.root.path(), &self.display);
    }

    fn start_services(&mut self) {
        let bus = self.service("dbus-daemon", |_| {});
        self.services.push(bus);
        let socket = self.root.path().join("run/bus");
        wait::until("the session bus", PATIENCE, || socket.exists().then_some(())).expect("dbus-daemon listens");
        self.driver = Some(RefCell::new(Driver::start(&self.environment, &self.log("driver"))));
        let manager = self.service("openbox", |_| {});
        self.services.push(manager);
        self.await_true("window_manager", &json!({}));
        self.start_keychain();
        let accessibility = self.service("at-spi-bus-launcher", |_| {});
        self.services.push(accessibility);
        self.await_name("org.a11y.Bus");
        self.ask::<Value>("announce_screen_reader", json!({})).expect("the accessibility bus can be switched on");
        // The portal asks its backend once, when it starts: so the backend comes first.
        let services = [
            ("xdg-desktop-portal-gtk", "org.freedesktop.impl.portal.desktop.gtk"),
            ("xdg-desktop-portal", "org.freedesktop.portal.Desktop"),
        ];
        for (program, name) in services {
            let service = self.service(program, |_| {});
            self.services.push(service);
            self.await_name(name);
        }
    }

    /// A real secret service, its login keyring opened with a password as a login would.
    fn start_keychain(&mut self) {
        let mut keychain = self.service("gnome-keyring-daemon", |command| {
            command.stdin(Stdio::piped());
        });
        let mut password = keychain.child().stdin.take().expect("a piped stdin");
        self.services.push(keychain);
        password.write_all(b"password").expect("the keychain takes its password");
        drop(password);
        self.await_name("org.freedesktop.secrets");
        self.await_true("keychain_open", &json!({}));
    }

    fn service(&self, name: &str, set_up: impl FnOnce(&mut Command)) -> Process {
        let program = process::program(name).expect("looked for before");
        Process::start(&program, &self.log(name), |command| {
            command.env_clear().envs(self.environment.iter().cloned());
            let root = self.root.path();
            command.current_dir(self.home());
            match name {
                "Xvfb" => command.env("PATH", std::env::var_os("PATH").unwrap_or_default()),
                "dbus-daemon" => command.args(["--nofork", "--nopidfile", "--config-file"]).arg(root.join("bus.conf")),
                "openbox" => command.arg("--config-file").arg(root.join("openbox.xml")),
                "gnome-keyring-daemon" => command.args(["--foreground", "--unlock", "--components=secrets"]),
                "at-spi-bus-launcher" => command.arg("--launch-immediately"),
                _ => command,
            };
            set_up(command);
        })
    }

    fn await_name(&self, name: &str) {
        self.await_true("owned", &json!({ "name": name }));
    }

    fn await_true(&self, command: &str, arguments: &Value) {
        let what = format!("{command} {arguments}");
        let mut last = String::new();
        let look = || match self.ask::<bool>(command, arguments.clone()) {
            Ok(so) => so.then_some(()),
            Err(problem) => {
                last = problem;
                None
            }
        };
        if let Err(late) = wait::until(&what, PATIENCE, look) {
            panic!("{late} ({last}); the logs are in {}", output().join(self.name).display());
        }
    }

    pub(super) fn ask<T: DeserializeOwned>(&self, command: &str, arguments: Value) -> Result<T, String> {
        self.driver.as_ref().expect("the driver runs").borrow_mut().ask(command, arguments)
    }

    pub(super) fn log(&self, of: &str) -> PathBuf {
        output().join(self.name).join(format!("{of}.log"))
    }

    /// The test's own folder on this desktop.
    pub fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    /// Starts the program and waits for its window.
    pub fn launch<'a>(&'a self, arguments: &[&str]) -> App<'a> {
        App::start(self, Path::new(env!("CARGO_BIN_EXE_inbetween")), arguments)
    }

    /// Runs the program to its end, which opens no window of its own.
    pub fn run(&self, arguments: &[&str]) -> std::process::Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inbetween"));
        command.args(arguments).env_clear().envs(self.environment.iter().cloned()).current_dir(self.home());
        command.stdin(Stdio::null()).output().expect("the program can be started")
    }

    /// Everything in the keychain, read without the app.
    pub fn secrets(&self) -> Vec<Secret> {
        self.ask("secrets", json!({})).expect("the keychain can be read")
    }

    /// Every file that holds these letters, among what the app has written on this desktop and what it has printed.
    /// The keychain's own files are not looked at.
    pub fn files_with(&self, letters: &str) -> Vec<PathBuf> {
        let mut folders = vec![output().join(self.name), self.home()];
        folders.extend(["config", "cache", "state", "tmp"].map(|name| self.root.path().join(name)));
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(&folder).expect("a folder can be read").flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if holds(&fs::read(&path).unwrap_or_default(), letters) {
                    found.push(path);
                }
            }
        }
        found
    }

    /// Every file of this name on this desktop.
    pub fn files_named(&self, name: &std::ffi::OsStr) -> Vec<PathBuf> {
        let mut folders = vec![self.root.path().to_path_buf()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.is_dir() && !path.is_symlink() {
                    folders.push(path);
                } else if path.file_name() == Some(name) {
                    found.push(path);
                }
            }
        }
        found
    }

    /// Runs `xdotool` with these arguments on this display.
    pub fn pointer_and_keys(&self, arguments: &[&str]) {
        let mut command = Command::new("xdotool");
        // The language matters: outside of a UTF-8 one it drops every letter that is not English.
        command.args(arguments).env_clear().envs(self.environment.iter().cloned());
        let status = command.stdin(Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.success()), "xdotool {arguments:?} failed");
    }

    /// Presses keys together, as in `ctrl+Return`.
    pub fn keys(&self, chord: &str) {
        self.pointer_and_keys(&["key", "--clearmodifiers", chord]);
    }

    /// Types a text key by key.
    pub fn type_text(&self, text: &str) {
        self.ask::<Value>("teach_letters", json!({ "text": text })).unwrap_or_else(|problem| panic!("{problem}"));
        self.pointer_and_keys(&["type", "--delay", "12", "--", text]);
    }

    /// Puts the pointer into the last corner, where nothing is.
    pub fn park_pointer(&self) {
        let (width, height) = self.size;
        self.pointer_and_keys(&["mousemove", &(width - 1).to_string(), &(height - 1).to_string()]);
    }

    /// Where the keyboard went last, on a desktop that listens.
    pub(super) fn keyboard(&self) -> Keyboard {
        self.ask("keyboard", json!({})).unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Hears from now on what the app wants to be said, and where the keyboard goes.
    pub fn listen(&self) {
        self.ask::<bool>("listen", json!({})).expect("the accessibility bus can be listened to");
    }

    /// What was to be said since then, oldest first.
    pub fn said(&self) -> Vec<Said> {
        self.ask("said", json!({})).expect("what was heard can be told")
    }

    pub fn click_at(&self, (x, y): (i32, i32)) {
        self.pointer_and_keys(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    }

    /// Keeps a picture of the whole screen as `target/e2e/NAME.png`.
    pub fn picture(&self, name: &str) -> PathBuf {
        let file = output().join(format!("{name}.png"));
        let mut command = Command::new("ffmpeg");
        let (width, height) = self.size;
        command.args(["-nostdin", "-loglevel", "error", "-f", "x11grab", "-draw_mouse", "0"]);
        command.args(["-video_size", &format!("{width}x{height}")]);
        command.args(["-i", &self.display, "-frames:v", "1", "-update", "1", "-y"]).arg(&file);
        let status = command.stdin(Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.success()), "no picture of the screen as {}", file.display());
        file
    }

    /// What a failed test leaves behind: the screen, and every widget there was. Does nothing in a test that goes well.
    pub(super) fn keep_evidence(&self) {
        if !std::thread::panicking() || self.evidence.replace(true) {
            return;
        }
        let name = format!("{}-failed", self.name);
        if !self.display.is_empty() {
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.picture(&name)));
        }
        if let Some(driver) = &self.driver
            && let Ok(mut driver) = driver.try_borrow_mut()
            && let Ok(lines) = driver.ask::<Vec<String>>("tree", json!({ "app": "" }))
        {
            let _ = fs::write(output().join(format!("{name}.txt")), lines.join("\n"));
        }
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        self.keep_evidence();
        self.driver = None;
        while let Some(service) = self.services.pop() {
            drop(service);
        }
        process::sweep(&format!("XDG_RUNTIME_DIR={}", self.root.path().join("run").display()));
    }
}

/// `target/e2e`: pictures, logs, and what a failure leaves.
pub fn output() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("e2e")
}

fn holds(bytes: &[u8], letters: &str) -> bool {
    bytes.windows(letters.len()).any(|window| window == letters.as_bytes())
}

fn look_for_parts() {
    let mut missing: Vec<_> =
        PARTS.iter().filter(|(name, _)| process::program(name).is_none()).map(|(_, package)| *package).collect();
    let python = Command::new("/usr/bin/python3").args(["-c", PYTHON_PARTS]).stderr(Stdio::null()).status();
    if !python.is_ok_and(|status| status.success()) {
        missing.extend(["python3-gi", "python3-xlib", "gir1.2-atspi-2.0"]);
    }
    assert!(
        missing.is_empty(),
        "The real window cannot be tried: this machine lacks {}. `tests/run` installs it.",
        missing.join(", ")
    );
}
