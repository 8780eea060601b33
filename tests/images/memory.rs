//! What a picture costs on its way in, measured in a process of its own, where nothing else has touched the memory.

use std::path::Path;
use std::process::Command;

use image::ExtendedColorType::{L8, Rgb8, Rgba8, Rgba16};
use inbetween::domain::frame::Crop;
use inbetween::services::images::{PictureError, cropped_copy, read, scaled_down, smaller_copy};

use crate::bench::{drawn, folder, save, write};
use crate::bombs::{flat_png, huge_gif, huge_png, lying_jpeg, profile_bomb};

/// Set for the child, to the file that it loads.
const CHILD: &str = "INBETWEEN_TEST_READ";
/// Set for the child where it is to make copies instead of a preview.
const COPIES: &str = "INBETWEEN_TEST_COPY";
const BROKEN: &str = "This file could not be read as an image.";

/// What loading a picture cost and gave.
#[derive(Debug)]
pub struct Cost {
    /// Most memory of the process, in megabytes.
    pub peak: u64,
    /// The same beyond what it took before.
    pub grown: u64,
    pub shown: bool,
    /// The sentence, where it ended in one.
    pub said: String,
}

/// A figure of this process in megabytes; 0 where the system does not tell.
fn status(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.map_or(0, |line| line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024)
}

/// Runs as a child of the tests below; does nothing on its own.
#[test]
fn child_loads_one_picture() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let path = Path::new(&path);
    let before = status("VmRSS");
    let answer = if std::env::var_os(COPIES).is_some() {
        copies(path).map(|()| true)
    } else {
        read(path, 1600).map(|(_, preview)| preview.is_some())
    };
    let peak = status("VmHWM");
    let (shown, said) = answer.map_or_else(|error| (false, error.to_string()), |shown| (shown, String::new()));
    let figures = format!("\npeak={peak}\ngrown={}\nshown={shown}\nsaid={said}\n", peak.saturating_sub(before));
    std::io::Write::write_all(&mut std::io::stdout(), figures.as_bytes()).unwrap();
}

fn copies(path: &Path) -> Result<(), PictureError> {
    let out = folder();
    scaled_down(path, out.path(), 6000)?;
    smaller_copy(path, out.path(), 30_000_000)?;
    cropped_copy(path, out.path(), Crop { x: 0, y: 0, width: 900, height: 900 })?;
    Ok(())
}

/// What it costs a process, which has to be these tests, to load the picture.
pub fn cost_by(mut program: Command, path: &Path) -> Cost {
    let output = program.args(["--exact", "memory::child_loads_one_picture", "--nocapture"]).env(CHILD, path).output();
    let output = output.expect("the test program can be run once more");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let after = |key: &str| text.split_once(&format!("\n{key}=")).unwrap().1.lines().next().unwrap().to_owned();
    let number = |key: &str| after(key).parse().unwrap();
    Cost { peak: number("peak"), grown: number("grown"), shown: after("shown") == "true", said: after("said") }
}

fn cost_of(path: &Path) -> Cost {
    cost_by(Command::new(std::env::current_exe().unwrap()), path)
}

#[cfg(target_os = "linux")]
#[test]
fn no_legal_picture_takes_100_megabytes() {
    let folder = folder();
    let path = folder.path().join("flat.png");
    for (width, height, colour) in [(6_000, 4_000, Rgb8), (5_999, 5_999, Rgba8), (5_999, 5_999, Rgba16)] {
        flat_png(&path, width, height, colour);
        let cost = cost_of(&path);
        assert!(cost.grown < 100 && cost.shown, "{width}×{height} {colour:?}: {cost:?}");
    }
    let photo = drawn(6_000, 4_000, |x, y| [((x * y) >> 12) as u8, (x >> 5) as u8, (y >> 4) as u8]);
    for name in ["photo.jpg", "photo.tif"] {
        let cost = cost_of(&save(&folder, name, photo.clone()));
        assert!(cost.grown < 100 && cost.shown, "{name}: {cost:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn no_bomb_takes_200_megabytes() {
    let folder = folder();
    let path = folder.path().join("flat.png");
    // What is too large to be looked at is still judged by its header.
    for (width, height, colour, shown) in
        [(10_000, 10_000, Rgb8, true), (20_000, 20_000, L8, false), (400_000, 100, Rgba8, true)]
    {
        flat_png(&path, width, height, colour);
        let cost = cost_of(&path);
        assert!(cost.peak < 200, "{width}×{height} {colour:?}: {cost:?}");
        assert_eq!((cost.shown, cost.said.as_str()), (shown, ""), "{width}×{height} {colour:?}");
    }
    for (name, bytes, said) in [
        ("large.gif", huge_gif(65_535, 65_535), ""),
        ("legal.gif", huge_gif(5_999, 5_999), BROKEN),
        ("large.png", huge_png(60_000, 60_000), ""),
        ("shown.png", huge_png(10_000, 10_000), BROKEN),
        ("scans.jpg", lying_jpeg("progressive.jpg", 9_999, 9_999), BROKEN),
    ] {
        let cost = cost_of(&write(&folder, name, &bytes));
        assert!(cost.peak < 200, "{name}: {cost:?}");
        assert_eq!((cost.shown, cost.said.as_str()), (false, said), "{name}: {cost:?}");
    }
    // A profile that cannot be used does not keep its picture from being shown.
    let cost = cost_of(&write(&folder, "profile.png", &profile_bomb()));
    assert!(cost.peak < 200 && cost.shown, "{cost:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn copies_of_the_largest_pictures_stay_within_their_bound() {
    let folder = folder();
    let path = folder.path().join("flat.png");
    let refused = "This image is 9000×9000; that is too large to open.";
    for (width, height, most, said) in [(8_192, 4_000, 500, ""), (9_000, 8_800, 750, ""), (9_000, 9_000, 100, refused)]
    {
        flat_png(&path, width, height, Rgb8);
        let mut program = Command::new(std::env::current_exe().unwrap());
        program.env(COPIES, "1");
        let cost = cost_by(program, &path);
        assert!(cost.peak < most, "{width}×{height}: {cost:?}");
        assert_eq!(cost.said, said, "{width}×{height}");
    }
}
