//! What the desktop says of colours and movement, where the window's own library does not tell.
//!
//! On Linux that is the settings portal, which says so again whenever something changes; on a Mac one question. Elsewhere
//! nothing is known here, and the theme is what the window is told.

use crate::domain::settings::Preferences;

/// Calls `tell` with what the desktop prefers, and again after each change, on a thread of its own. It ends where
/// there is nobody to ask.
pub fn follow(tell: impl FnMut(Preferences) + Send + 'static) {
    let started = std::thread::Builder::new().name("appearance".to_owned()).spawn(move || ask(tell));
    if let Err(error) = started {
        tracing::info!("no thread for the desktop's preferences: {error}");
    }
}

#[cfg(target_os = "linux")]
fn ask(tell: impl FnMut(Preferences)) {
    if let Err(error) = portal::follow(tell) {
        tracing::info!("the desktop tells no preferences: {error}");
    }
}

#[cfg(target_os = "macos")]
fn ask(mut tell: impl FnMut(Preferences)) {
    let read = |name: &str| {
        let output = std::process::Command::new("defaults").args(["read", "com.apple.universalaccess", name]).output();
        // A switch that was never touched has no value.
        output.ok().filter(|output| output.status.success()).map(|output| output.stdout.starts_with(b"1"))
    };
    tell(Preferences { dark: None, reduced_motion: read("reduceMotion"), contrast: read("increaseContrast") });
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn ask(_tell: impl FnMut(Preferences)) {}

#[cfg(target_os = "linux")]
mod portal {
    use std::collections::HashMap;

    use zbus::blocking::{Connection, Proxy};
    use zbus::zvariant::OwnedValue;

    use crate::domain::settings::Preferences;

    const STANDARD: &str = "org.freedesktop.appearance";
    const GNOME: &str = "org.gnome.desktop.interface";
    const GNOME_ACCESS: &str = "org.gnome.desktop.a11y.interface";

    type All = HashMap<String, HashMap<String, OwnedValue>>;

    pub(super) fn follow(mut tell: impl FnMut(Preferences)) -> zbus::Result<()> {
        let bus = Connection::session()?;
        let proxy = Proxy::new(
            &bus,
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Settings",
        )?;
        // Before the first look, so that nothing is missed in between.
        let changes = proxy.receive_signal("SettingChanged")?;
        let look = || proxy.call::<_, _, All>("ReadAll", &(vec![STANDARD, GNOME, GNOME_ACCESS],));
        let mut known = preferences(&look()?);
        tell(known);
        for _ in changes {
            let new = preferences(&look()?);
            if new != known {
                tell(new);
                known = new;
            }
        }
        Ok(())
    }

    fn preferences(all: &All) -> Preferences {
        let value = |group: &str, name: &str| all.get(group)?.get(name);
        let number = |name: &str| u32::try_from(value(STANDARD, name)?).ok();
        let switch = |group: &str, name: &str| bool::try_from(value(group, name)?).ok();
        Preferences {
            dark: match number("color-scheme") {
                Some(1) => Some(true),
                Some(2) => Some(false),
                _ => None,
            },
            reduced_motion: number("reduced-motion")
                .map(|wanted| wanted == 1)
                .or_else(|| switch(GNOME, "enable-animations").map(|on| !on)),
            contrast: number("contrast").map(|wanted| wanted == 1).or_else(|| switch(GNOME_ACCESS, "high-contrast")),
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn all(values: &[(&str, &str, OwnedValue)]) -> All {
            let mut all = All::new();
            for (group, name, value) in values {
                let value = value.try_clone().unwrap();
                all.entry((*group).to_owned()).or_default().insert((*name).to_owned(), value);
            }
            all
        }

        #[test]
        fn the_standard_names_come_before_those_of_one_desktop() {
            assert_eq!(preferences(&All::new()), Preferences::default());
            let gnome = [
                (GNOME, "enable-animations", OwnedValue::from(false)),
                (GNOME_ACCESS, "high-contrast", OwnedValue::from(true)),
                (STANDARD, "color-scheme", OwnedValue::from(2_u32)),
            ];
            let expected = Preferences { dark: Some(false), reduced_motion: Some(true), contrast: Some(true) };
            assert_eq!(preferences(&all(&gnome)), expected);
            let standard = [
                (GNOME, "enable-animations", OwnedValue::from(false)),
                (STANDARD, "reduced-motion", OwnedValue::from(0_u32)),
                (STANDARD, "contrast", OwnedValue::from(0_u32)),
                (STANDARD, "color-scheme", OwnedValue::from(0_u32)),
            ];
            let expected = Preferences { dark: None, reduced_motion: Some(false), contrast: Some(false) };
            assert_eq!(preferences(&all(&standard)), expected);
        }
    }
}
