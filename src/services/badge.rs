//! The number on the program's entry in the taskbar: how many tasks run.
//!
//! On Linux docks and panels read it from a signal (Unity's launcher API, which KDE, GNOME's docks and others follow). For
//! Windows and the Mac there is no way to it without another library; there the window's title alone tells.

/// The entry of this program.
#[derive(Debug)]
pub struct Badge {
    #[cfg(target_os = "linux")]
    counts: std::sync::mpsc::Sender<usize>,
}

#[cfg(target_os = "linux")]
impl Badge {
    /// Starts a thread that tells the desktop. It keeps one connection: when that ends, docks forget the number.
    #[must_use]
    pub fn new() -> Self {
        let (counts, wanted) = std::sync::mpsc::channel();
        let started = std::thread::Builder::new().name("badge".to_owned()).spawn(move || {
            if let Err(error) = launcher::tell(&wanted) {
                tracing::info!("the taskbar is told nothing: {error}");
            }
        });
        if let Err(error) = started {
            tracing::info!("no thread for the taskbar: {error}");
        }
        Self { counts }
    }

    pub fn show(&self, count: usize) {
        // A desktop that takes no signals takes no number.
        let _ = self.counts.send(count);
    }
}

#[cfg(not(target_os = "linux"))]
impl Badge {
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }

    pub const fn show(&self, _count: usize) {}
}

impl Default for Badge {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(target_os = "linux")]
mod launcher {
    use std::collections::HashMap;
    use std::sync::mpsc::Receiver;

    use zbus::blocking::Connection;
    use zbus::zvariant::Value;

    const ENTRY: &str = "application://inbetween.desktop";

    pub(super) fn tell(wanted: &Receiver<usize>) -> zbus::Result<()> {
        let mut bus = None;
        for count in wanted {
            // Only once there is something to tell.
            let bus = match &mut bus {
                Some(bus) => bus,
                none => none.insert(Connection::session()?),
            };
            bus.emit_signal(
                None::<&str>,
                "/inbetween",
                "com.canonical.Unity.LauncherEntry",
                "Update",
                &(ENTRY, properties(count)),
            )?;
        }
        Ok(())
    }

    fn properties(count: usize) -> HashMap<&'static str, Value<'static>> {
        let number = i64::try_from(count).unwrap_or(i64::MAX);
        HashMap::from([("count", Value::from(number)), ("count-visible", Value::from(count > 0))])
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn no_task_shows_no_number() {
            assert_eq!(properties(0)["count-visible"], Value::from(false));
            assert_eq!(
                (&properties(3)["count"], &properties(3)["count-visible"]),
                (&Value::from(3_i64), &Value::from(true))
            );
        }
    }
}
