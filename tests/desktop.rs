//! What a desktop shows of the program: its icons, its entry in the menus, and what a software centre says of it.
//!
//! The icons are drawn here from the app mark and the theme's colours. `INBETWEEN_DRAW=1` writes them; without it they are
//! held to the drawing.

#[path = "desktop/mark.rs"]
mod mark;

use std::path::{Path, PathBuf};

use image::RgbaImage;

const SIZES: [u32; 8] = [16, 24, 32, 48, 64, 128, 256, 512];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/desktop")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

#[test]
fn the_icons_are_the_app_mark() {
    let draw = std::env::var_os("INBETWEEN_DRAW").is_some();
    let svg = folder().join("inbetween.svg");
    if draw {
        std::fs::write(&svg, mark::svg()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(svg).unwrap(), mark::svg());
    for size in SIZES {
        let path = folder().join(format!("inbetween-{size}.png"));
        let drawn: RgbaImage = mark::draw(size);
        if draw {
            drawn.save(&path).unwrap();
        }
        let kept = image::open(&path).unwrap().into_rgba8();
        assert!(kept == drawn, "{} is not what is drawn", path.display());
    }
}

#[test]
fn the_entry_in_the_menus_names_the_program_and_its_icon() {
    let entry = text("inbetween.desktop");
    let value = |key: &str| entry.lines().find_map(|line| line.strip_prefix(&format!("{key}=")));
    assert_eq!(entry.lines().next(), Some("[Desktop Entry]"));
    assert_eq!(
        (value("Type"), value("Name"), value("Icon")),
        (Some("Application"), Some("Inbetween"), Some("inbetween"))
    );
    // The window tells the same name of itself, so that it is known as this entry's.
    assert_eq!(value("StartupWMClass"), Some("inbetween"));
    assert_eq!(value("Exec"), Some("inbetween %F"));
}

#[test]
fn the_metainfo_is_of_this_program_and_version() {
    let metainfo = text("io.github.inbetween.metainfo.xml");
    assert!(metainfo.contains("<launchable type=\"desktop-id\">inbetween.desktop</launchable>"));
    assert!(metainfo.contains(&format!("<release version=\"{}\"", env!("CARGO_PKG_VERSION"))));
    assert!(metainfo.contains(&format!("<project_license>{}</project_license>", "MIT OR Apache-2.0")));
}
