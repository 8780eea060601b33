//! One run of the program on the desktop.

use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use serde_json::{Value, json};

use super::Desktop;
use super::dialog::FileDialog;
use super::driver::{Keyboard, Node, Window};
use super::process::Process;
use super::wait::{self, PATIENCE};

/// The name of the program over AT-SPI, and both words of its window's class.
const NAME: &str = "inbetween";

pub struct App<'a> {
    desktop: &'a Desktop,
    process: Process,
    pub window: Window,
}

impl<'a> App<'a> {
    pub(super) fn start(desktop: &'a Desktop, program: &Path, arguments: &[&str]) -> Self {
        let mut process = Process::start(program, &desktop.log("app"), |command| {
            command.args(arguments).env_clear().envs(desktop.environment.iter().cloned()).current_dir(desktop.home());
        });
        let mut look = || {
            if let Some(status) = process.ended() {
                panic!("the program ended before its window came: {status}; see {}", desktop.log("app").display());
            }
            desktop.ask::<Vec<Window>>("windows", json!({ "wm_class": NAME })).ok()?.pop()
        };
        let window = wait::until("the window", PATIENCE, &mut look).unwrap_or_else(|late| panic!("{late}"));
        let app = Self { desktop, process, window };
        app.wait("frame", "*");
        app
    }

    /// Every widget of this role (`*` for any) whose name fits, where `*` stands for any letters.
    pub fn all(&self, role: &str, name: &str) -> Vec<Node> {
        let query = json!({ "app": NAME, "role": role, "name": name });
        self.desktop.ask("find", query).unwrap_or_else(|problem| panic!("{problem}"))
    }

    pub fn find(&self, role: &str, name: &str) -> Option<Node> {
        self.all(role, name).into_iter().next()
    }

    /// Every node of the tree.
    pub fn walk(&self) -> Vec<Node> {
        self.desktop.ask("walk", json!({ "app": NAME })).unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Presses Tab until the widget of this name (or one that begins so, before a `*`) has the keyboard, which it has to
    /// get before the round is over. Wants a desktop that listens.
    pub fn tab_to(&self, name: &str) {
        let mut passed: Vec<Keyboard> = Vec::new();
        loop {
            let before = self.desktop.keyboard();
            self.desktop.keys("Tab");
            let moved = || Some(self.desktop.keyboard()).filter(|now| now.moves > before.moves && !now.path.is_empty());
            let now = wait::until("the keyboard to move on", PATIENCE, moved).unwrap_or_else(|late| panic!("{late}"));
            if name.strip_suffix('*').map_or(now.name == name, |start| now.name.starts_with(start)) {
                return;
            }
            assert!(!passed.iter().any(|it| it.path == now.path), "Tab never comes to {name:?}: {passed:#?}");
            passed.push(now);
        }
    }

    /// Waits until there is such a widget.
    pub fn wait(&self, role: &str, name: &str) -> Node {
        self.wait_for(role, name, PATIENCE, |_| true)
    }

    /// Waits until there is such a widget and `fits` likes it.
    pub fn wait_for(&self, role: &str, name: &str, within: Duration, fits: impl Fn(&Node) -> bool) -> Node {
        let what = format!("the {role} {name:?} to be there as wanted");
        let look = || self.all(role, name).into_iter().find(|node| fits(node));
        wait::until(&what, within, look).unwrap_or_else(|late| {
            panic!("{late}; what fits by role and name now: {:#?}", self.all(role, name));
        })
    }

    /// Waits until no such widget is left.
    pub fn wait_gone(&self, role: &str, name: &str, within: Duration) {
        let what = format!("the {role} {name:?} to go");
        wait::until(&what, within, || self.all(role, name).is_empty().then_some(()))
            .unwrap_or_else(|late| panic!("{late}"));
    }

    /// Clicks with the real pointer, once the widget is enabled and no longer moves.
    pub fn click(&self, role: &str, name: &str) {
        let mut before = None;
        let what = format!("the {role} {name:?} to be enabled and still");
        let look = || {
            let now = self.find(role, name).filter(|node| node.is("enabled"));
            let still = now.is_some() && now == before;
            before.clone_from(&now);
            now.filter(|_| still)
        };
        let node = wait::until(&what, PATIENCE, look)
            .unwrap_or_else(|late| panic!("{late}; now: {:#?}", self.all(role, name)));
        self.desktop.click_at(node.centre());
    }

    /// Clicks into a field and types.
    pub fn type_into(&self, role: &str, name: &str, text: &str) {
        self.click(role, name);
        self.wait_for(role, name, PATIENCE, |node| node.is("focused"));
        self.desktop.type_text(text);
    }

    /// Carries files over a widget and holds them there.
    pub fn drag_over(&self, files: &[&Path], role: &str, name: &str) -> Held<'a> {
        let (x, y) = self.wait(role, name).centre();
        let query = json!({ "window": self.window.id, "files": files, "x": x, "y": y, "seconds": PATIENCE.as_secs() });
        let welcome: bool = self.desktop.ask("drag", query).unwrap_or_else(|problem| panic!("{problem}"));
        assert!(welcome, "the window would not take {files:?}");
        Held { desktop: self.desktop }
    }

    /// The file dialog that the app has asked for.
    pub fn file_dialog(&self) -> FileDialog<'a> {
        FileDialog::wait(self.desktop)
    }

    /// Closes the window as a person does, and waits for the program to end.
    pub fn quit(mut self) -> ExitStatus {
        let query = json!({ "window": self.window.id });
        self.desktop.ask::<Value>("close", query).unwrap_or_else(|problem| panic!("{problem}"));
        self.process.wait(PATIENCE).unwrap_or_else(|late| panic!("{late}"))
    }
}

impl Drop for App<'_> {
    /// The picture of a failure has to be taken while the window is there.
    fn drop(&mut self) {
        self.desktop.keep_evidence();
    }
}

/// Files that hang over the window.
#[must_use = "files that are carried have to be let go"]
pub struct Held<'a> {
    desktop: &'a Desktop,
}

impl Held<'_> {
    pub fn let_go(self) {
        let query = json!({ "seconds": PATIENCE.as_secs() });
        let taken: bool = self.desktop.ask("drop", query).unwrap_or_else(|problem| panic!("{problem}"));
        assert!(taken, "the window did not take the files");
    }
}
