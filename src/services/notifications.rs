//! Notifications of the desktop: a clip is ready, a task failed.
//!
//! Whether one is wanted is decided elsewhere. A desktop that shows none is no error: the app says the same in itself.

use notify_rust::Notification;

/// Tells that a clip is ready. `name` is its prompt's beginning or its title.
pub fn clip_ready(name: &str, sound: bool) {
    show(&words!("notify-ready"), name, sound);
}

/// Tells that a task failed, with the sentence that says why.
pub fn task_failed(name: &str, sentence: &str, sound: bool) {
    show(&words!("notify-failed"), &format!("{name}\n{sentence}"), sound);
}

/// The desktop's service may take its time, so a thread of its own waits for it.
fn show(summary: &str, body: &str, sound: bool) {
    let (summary, body) = (summary.to_owned(), plain(body));
    let shown = std::thread::Builder::new().name("notification".to_owned()).spawn(move || {
        let mut notification = Notification::new();
        notification.appname("Inbetween").summary(&summary).body(&body);
        if sound {
            // A name of the freedesktop sound naming specification; other systems play their own.
            notification.sound_name("complete");
        }
        #[cfg(all(unix, not(target_os = "macos")))]
        notification.hint(notify_rust::Hint::DesktopEntry("inbetween".to_owned()));
        if let Err(error) = notification.show() {
            tracing::info!("no notification was shown: {error}");
        }
    });
    if let Err(error) = shown {
        tracing::info!("no thread for a notification: {error}");
    }
}

/// Desktops read a body as markup, and a prompt is the user's text.
fn plain(body: &str) -> String {
    if cfg!(all(unix, not(target_os = "macos"))) {
        body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        body.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    #[test]
    fn a_prompt_is_no_markup() {
        assert_eq!(super::plain("a < b & <b>c</b>"), "a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;");
    }
}
