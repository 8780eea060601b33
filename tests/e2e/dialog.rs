//! The desktop's own file dialog, which belongs to another program than the app.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::Desktop;
use super::driver::Node;
use super::wait::{self, PATIENCE};

/// The portal's backend, as AT-SPI names it.
const PROGRAM: &str = "xdg-desktop-portal-gtk";

/// How long an answer to the dialog is given before it is repeated.
const AGAIN: Duration = Duration::from_secs(3);

pub struct FileDialog<'a> {
    desktop: &'a Desktop,
}

impl<'a> FileDialog<'a> {
    pub(super) fn wait(desktop: &'a Desktop) -> Self {
        let dialog = Self { desktop };
        let look = || dialog.all("*").into_iter().find(|node| node.role == "file chooser" && node.is("active"));
        wait::until("the file dialog", PATIENCE, look).unwrap_or_else(|late| panic!("{late}"));
        dialog
    }

    fn all(&self, role: &str) -> Vec<Node> {
        let query = json!({ "app": PROGRAM, "role": role, "name": "*" });
        self.desktop.ask("find", query).unwrap_or_else(|problem| panic!("{problem}"))
    }

    /// Writes a whole path and confirms it, for opening and for saving alike.
    pub fn choose(self, file: &Path) {
        let path = file.to_str().expect("a path in plain letters");
        self.desktop.keys("ctrl+l");
        self.await_field(|_| true);
        self.desktop.keys("ctrl+a");
        self.desktop.type_text(path);
        self.await_field(|node| node.text.as_deref() == Some(path));
        // While the dialog still looks for names that begin like this one, it takes no answer: so ask again.
        let confirmed = || {
            let button = self.all("button").into_iter().find(|node| node.is("is-default") && node.is("enabled"))?;
            self.desktop.click_at(button.centre());
            self.await_gone(AGAIN).ok()
        };
        wait::until("the file dialog to take the path", PATIENCE, confirmed).unwrap_or_else(|late| panic!("{late}"));
    }

    fn await_field(&self, fits: impl Fn(&Node) -> bool) {
        let look = || self.all("text").into_iter().find(|node| node.is("focused") && fits(node));
        wait::until("the dialog's field for a path", PATIENCE, look).unwrap_or_else(|late| panic!("{late}"));
    }

    fn await_gone(&self, within: Duration) -> Result<(), String> {
        wait::until("the file dialog to close", within, || self.all("file chooser").is_empty().then_some(()))
    }
}
