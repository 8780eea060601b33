//! What the desktop's services are told: configuration files, and the environment they and the app share.
//!
//! The bus starts nothing by itself: every service is started by name and ended with the test, and what else the machine
//! has installed stays out of it.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:path=@/run/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// The app fills the screen without a frame, so that a picture of the screen is a picture of the app.
const WINDOW_MANAGER: &str = r#"<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><keepBorder>no</keepBorder></theme>
  <applications>
    <application class="inbetween">
      <decor>no</decor>
      <position force="yes"><x>0</x><y>0</y></position>
    </application>
  </applications>
</openbox_config>
"#;

const PORTAL: &str = "[portal]
DBusName=org.freedesktop.impl.portal.desktop.gtk
Interfaces=org.freedesktop.impl.portal.FileChooser;org.freedesktop.impl.portal.Settings;
UseIn=inbetween-test
";

/// Asked for by the portal from 1.18 on; before that, `UseIn` decides.
const PORTALS: &str = "[preferred]\ndefault=gtk\n";

/// Lays out the folders and files below `root`.
pub fn lay_out(root: &Path) {
    for folder in ["home", "run", "config", "data", "cache", "state", "portals", "tmp"] {
        fs::create_dir(root.join(folder)).expect("the desktop's folders can be made");
    }
    fs::set_permissions(root.join("run"), fs::Permissions::from_mode(0o700)).expect("a folder of our own");
    let place = root.to_str().expect("a temporary folder in plain letters");
    let files = [
        ("bus.conf", BUS.replace('@', place)),
        ("openbox.xml", WINDOW_MANAGER.to_owned()),
        ("portals/gtk.portal", PORTAL.to_owned()),
        ("portals/inbetween-test-portals.conf", PORTALS.to_owned()),
        ("portals/portals.conf", PORTALS.to_owned()),
    ];
    for (name, text) in files {
        fs::write(root.join(name), text).expect("the desktop's files can be written");
    }
}

/// Everything a program on this desktop finds in its environment, and nothing of the machine's own session.
pub fn environment(root: &Path, display: &str) -> Vec<(&'static str, OsString)> {
    let folder = |name: &str| root.join(name).into_os_string();
    let mut bus = OsString::from("unix:path=");
    bus.push(root.join("run/bus"));
    vec![
        ("PATH", std::env::var_os("PATH").unwrap_or_default()),
        ("LANG", "C.UTF-8".into()),
        ("DISPLAY", display.into()),
        ("DBUS_SESSION_BUS_ADDRESS", bus),
        ("HOME", folder("home")),
        ("TMPDIR", folder("tmp")),
        ("XDG_RUNTIME_DIR", folder("run")),
        ("XDG_CONFIG_HOME", folder("config")),
        ("XDG_DATA_HOME", folder("data")),
        ("XDG_CACHE_HOME", folder("cache")),
        ("XDG_STATE_HOME", folder("state")),
        ("XDG_SESSION_TYPE", "x11".into()),
        ("XDG_CURRENT_DESKTOP", "inbetween-test".into()),
        ("XDG_DESKTOP_PORTAL_DIR", folder("portals")),
        // No settings daemon, no virtual file systems: neither is part of what is tried here.
        ("GSETTINGS_BACKEND", "memory".into()),
        ("GIO_USE_VFS", "local".into()),
        // Nothing leaves the machine: what is not meant for itself goes to a proxy that is not there.
        ("HTTP_PROXY", "http://127.0.0.1:9".into()),
        ("HTTPS_PROXY", "http://127.0.0.1:9".into()),
        ("LIBGL_ALWAYS_SOFTWARE", "1".into()),
        ("PYTHONDONTWRITEBYTECODE", "1".into()),
        ("RUST_BACKTRACE", "1".into()),
    ]
}
