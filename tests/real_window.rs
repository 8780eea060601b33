//! The program as a person meets it: its real window on a real desktop, with real drags, dialogs and keychain.
//!
//! What it looks like on the way is kept as pictures in `target/e2e`.
#![cfg(target_os = "linux")]

#[path = "real_window/doubled.rs"]
mod doubled;
mod e2e;
#[path = "real_window/keyboard.rs"]
mod keyboard;
#[path = "real_window/walk.rs"]
mod walk;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use e2e::{App, Desktop, wait};
use image::imageops::FilterType;

/// A rendering takes seconds; this is for a machine that does much else.
const RENDERING: Duration = Duration::from_secs(300);
const PROMPT: &str = "Mist lifts off the lake, the camera holds still";
const KEY: &str = "sk_real-window-0123456789abcdef";

/// A sample as a camera would have kept it: a JPEG of this width and height, cropped from the middle.
fn photo(desktop: &Desktop, sample: &str, name: &str, (width, height): (u32, u32)) -> PathBuf {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples").join(sample);
    let picture = image::open(sample).expect("a sample is a picture");
    let file = desktop.home().join(name);
    picture
        .resize_to_fill(width, height, FilterType::Triangle)
        .into_rgb8()
        .save(&file)
        .expect("a photo can be written");
    file
}

#[test]
fn two_photos_become_a_clip_that_is_saved_and_still_there_tomorrow() {
    let desktop = Desktop::start("journey");
    let first = photo(&desktop, "lake-dawn-to-dusk-first.png", "Früh am See.jpg", (1920, 1080));
    let last = photo(&desktop, "lake-dawn-to-dusk-last.png", "Abend #2, 100 %.jpg", (1440, 1080));
    let app = launch(&desktop);
    assert_eq!((app.window.title.as_str(), app.window.place), ("Inbetween", [0, 0, 1440, 900]));
    let generate = app.wait("button", "Generate*");
    assert!(!generate.is("enabled"), "there is nothing to generate from yet");
    assert_eq!(generate.description, "Add a first frame to generate.");
    desktop.picture("1-first-run");

    drop_photos(&desktop, &app, &[&first, &last]);
    fix_the_ratio(&desktop, &app);
    app.type_into("entry", "Prompt", PROMPT);
    app.wait_for("entry", "Prompt", wait::PATIENCE, |node| node.text.as_deref() == Some(PROMPT));
    app.click("button", "Generate, free");
    app.wait("progress bar", "*");
    desktop.picture("4-rendering");
    app.wait_for("list item", &format!("{PROMPT}, Done*"), RENDERING, |_| true);
    scrub(&desktop, &app);
    save(&desktop, &app);
    assert!(app.quit().success(), "closing the window ends the program well");

    let app = launch(&desktop);
    app.click("list item", &format!("{PROMPT}, Done*"));
    app.wait("image", "Clip, frame * of 120");
    desktop.picture("7-next-day");
    assert!(app.quit().success(), "closing the window ends the program well");
}

#[test]
fn a_second_start_hands_over_and_another_program_is_seen_at_work() {
    let desktop = Desktop::start("two");
    let library = data_dir(&desktop);
    let library = library.to_str().expect("a path in plain letters");
    photo(&desktop, "lake-dawn-to-dusk-first.png", "a.jpg", (1280, 720));
    photo(&desktop, "lake-dawn-to-dusk-last.png", "b.jpg", (1280, 720));
    let app = launch(&desktop);
    // Named as seen from where the second one starts.
    let second = desktop.run(&["--data-dir", library, "a.jpg", "b.jpg"]);
    assert!(second.status.success(), "{second:?}");
    app.wait("button", "Remove first frame");
    app.wait("button", "Remove last frame");

    let arguments = ["generate", "--sample", "storm-clears", "--resolution", "480p", "--json", "--data-dir", library];
    let made = desktop.run(&[&arguments[..], &["--prompt", "made beside"]].concat());
    assert!(made.status.success(), "{made:?}");
    app.click("list item", "made beside, Done*");
    app.wait("image", "Clip, frame * of 120");
    let clip = kept_clip(&desktop);

    app.click("button", "More actions");
    app.click("*", "Move clip to trash…");
    app.click("button", "Move to trash");
    let gone = || (!clip.exists()).then_some(());
    wait::until("the clip to go", wait::PATIENCE, gone).unwrap_or_else(|late| panic!("{late}"));
    let trash = desktop.files_named(clip.file_name().expect("a clip has a name"));
    assert_eq!(trash.len(), 1, "it is in the trash: {trash:?}");
    assert!(app.quit().success(), "closing the window ends the program well");
}

fn launch(desktop: &Desktop) -> App<'_> {
    desktop.launch(&["--data-dir", data_dir(desktop).to_str().expect("a path in plain letters")])
}

fn data_dir(desktop: &Desktop) -> PathBuf {
    desktop.home().join("library")
}

fn drop_photos(desktop: &Desktop, app: &App<'_>, photos: &[&Path]) {
    let held = app.drag_over(photos, "button", "First frame, required");
    app.wait("label", "Drop anywhere else to fill the empty well*");
    desktop.picture("2-drag");
    held.let_go();
    app.wait("button", "Remove first frame");
    app.wait("button", "Remove last frame");
}

fn fix_the_ratio(desktop: &Desktop, app: &App<'_>) {
    let warning = "Last frame is 4:3; it will be cropped to match the first frame.";
    app.wait("label", warning);
    desktop.picture("3-warning");
    app.click("button", "Crop to 16:9");
    app.wait_gone("label", warning, wait::PATIENCE);
}

/// Clicks into the middle of the filmstrip, and steps from there frame by frame.
fn scrub(desktop: &Desktop, app: &App<'_>) {
    app.wait("image", "Clip, frame * of 120");
    let pause = app.find("button", "Pause");
    if pause.is_some() {
        app.click("button", "Pause");
    }
    app.click("slider", "Position");
    let near_the_middle = |number: u32| (55..=66).contains(&number);
    let clip = app.wait_for("image", "Clip, frame *", wait::PATIENCE, |node| near_the_middle(frame(&node.name)));
    let at = frame(&clip.name);
    app.click("button", "Back one frame");
    app.wait("image", &format!("Clip, frame {} of 120", at - 1));
    app.click("button", "Forward one frame");
    app.wait("image", &format!("Clip, frame {at} of 120"));
    desktop.picture("5-scrubbed");
}

/// The number in "Clip, frame 73 of 120".
fn frame(name: &str) -> u32 {
    name.split(' ').nth(2).and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("no frame in {name:?}"))
}

fn save(desktop: &Desktop, app: &App<'_>) {
    let file = desktop.home().join("Früh & spät.mp4");
    app.click("button", "Save as…");
    let dialog = app.file_dialog();
    desktop.picture("6-save-as");
    dialog.choose(&file);
    app.wait("*", "Saved to *");
    let saved = std::fs::read(&file).expect("the clip was saved where the dialog said");
    assert!(saved == std::fs::read(kept_clip(desktop)).expect("the clip is in the library"), "the copy is the clip");
    assert_eq!(probe(&file), "1248,704,24/1,120");
}

/// The one clip of the library.
fn kept_clip(desktop: &Desktop) -> PathBuf {
    let folder = data_dir(desktop).join("clips/Inbetween");
    let entries = std::fs::read_dir(&folder).expect("clips have a folder").flatten().map(|entry| entry.path());
    let clips: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "mp4")).collect();
    let [clip] = clips.as_slice() else { panic!("one clip was expected, not {clips:?}") };
    clip.clone()
}

/// Width, height, frame rate and number of frames, as ffprobe counts them.
fn probe(clip: &Path) -> String {
    let mut command = Command::new("ffprobe");
    command.args(["-v", "error", "-select_streams", "v:0", "-count_frames", "-of", "csv=p=0"]);
    command.args(["-show_entries", "stream=width,height,r_frame_rate,nb_read_frames"]).arg(clip);
    let output = command.output().expect("ffprobe runs");
    assert!(output.status.success(), "ffprobe: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn the_key_lies_in_the_keychain_and_nowhere_else() {
    let desktop = Desktop::start("keychain");
    let app = launch(&desktop);
    open_key(&app);
    app.type_into("password text", "API key", KEY);
    app.click("button", "Save");
    app.wait("button", "Remove");
    app.wait("label", "Kept in the system keychain. Never written to a file or a log.");
    desktop.picture("key-kept");
    let held: Vec<_> = desktop.secrets().into_iter().map(|secret| secret.secret).collect();
    assert_eq!(held, [KEY], "the keychain holds the key");
    assert!(app.quit().success(), "closing the window ends the program well");

    let app = launch(&desktop);
    open_key(&app);
    app.click("button", "Remove");
    app.wait("password text", "API key");
    let gone = || desktop.secrets().is_empty().then_some(());
    wait::until("the key to leave the keychain", wait::PATIENCE, gone).unwrap_or_else(|late| panic!("{late}"));
    assert!(app.quit().success(), "closing the window ends the program well");
    let leaks = desktop.files_with(KEY);
    assert!(leaks.is_empty(), "the key was written to {leaks:?}");
}

/// Opens Settings at the key of a host that wants one.
fn open_key(app: &App<'_>) {
    app.click("button", "Settings");
    app.wait("dialog", "Settings");
    app.click("radio button", "Novita");
}
