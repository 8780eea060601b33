//! Notifications of the desktop: a clip is ready, a task failed.
//!
//! Whether one is wanted is decided elsewhere. A desktop that shows none is no error: the app says the same in itself.

use notify_rust::Notification;

/// What follows a click on a notification, on a thread of its own. On Linux alone: elsewhere nothing is told of clicks.
pub type OnClick = Box<dyn FnOnce() + Send>;

/// So many notifications are listened to at once; each of them has a thread.
#[cfg(all(unix, not(target_os = "macos")))]
const MOST_HEARD: usize = 16;

/// Tells that a clip is ready. `name` is its prompt's beginning or its title.
pub fn clip_ready(name: &str, sound: bool, on_click: OnClick) {
    show(&words!("notify-ready"), name, sound.then_some(Sound::Ready), on_click);
}

/// Tells that a task failed, with the sentence that says why.
pub fn task_failed(name: &str, sentence: &str, sound: bool, on_click: OnClick) {
    show(&words!("notify-failed"), &format!("{name}\n{sentence}"), sound.then_some(Sound::Failed), on_click);
}

#[derive(Debug, Clone, Copy)]
enum Sound {
    Ready,
    Failed,
}

impl Sound {
    /// A name of the freedesktop sound naming specification; on other systems one of theirs.
    const fn name(self) -> &'static str {
        if cfg!(windows) {
            return "Default";
        }
        match self {
            Self::Ready if cfg!(target_os = "macos") => "Glass",
            Self::Failed if cfg!(target_os = "macos") => "Basso",
            Self::Ready => "complete",
            Self::Failed => "dialog-error",
        }
    }
}

/// The desktop's service may take its time, so a thread of its own waits for it.
fn show(summary: &str, body: &str, sound: Option<Sound>, on_click: OnClick) {
    let (summary, body) = (summary.to_owned(), plain(body));
    let shown = std::thread::Builder::new().name("notification".to_owned()).spawn(move || {
        let mut notification = Notification::new();
        notification.appname("Inbetween").summary(&summary).body(&body);
        if let Some(sound) = sound {
            notification.sound_name(sound.name());
        }
        if let Err(error) = send(&mut notification, sound.is_some(), on_click) {
            tracing::info!("no notification was shown: {error}");
        }
    });
    if let Err(error) = shown {
        tracing::info!("no thread for a notification: {error}");
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn send(notification: &mut Notification, sound: bool, on_click: OnClick) -> notify_rust::error::Result<()> {
    use std::sync::atomic::{AtomicUsize, Ordering};

    static HEARD: AtomicUsize = AtomicUsize::new(0);
    notification.hint(notify_rust::Hint::DesktopEntry("inbetween".to_owned())).icon("inbetween");
    if !sound {
        // A desktop may have a sound of its own.
        notification.hint(notify_rust::Hint::SuppressSound(true));
    }
    notification.action("default", &words!("toast-show"));
    let handle = notification.show()?;
    if HEARD.fetch_add(1, Ordering::Relaxed) < MOST_HEARD {
        // Until it is clicked or closed.
        handle.wait_for_action(|action| {
            if action == "default" {
                on_click();
            }
        });
    }
    HEARD.fetch_sub(1, Ordering::Relaxed);
    Ok(())
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn send(notification: &mut Notification, _sound: bool, _on_click: OnClick) -> notify_rust::error::Result<()> {
    notification.show().map(drop)
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
