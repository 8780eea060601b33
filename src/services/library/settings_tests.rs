use super::*;
use crate::domain::clip_name::Template;
use crate::domain::draft::{Backdrop, Treated};
use crate::domain::frame::Crop;
use crate::domain::model::Size;
use crate::domain::price::Cents;
use crate::domain::settings::{KeptPicture, Language, Motion, Preset, Theme};
use crate::domain::window::WindowPlace;

fn changed() -> Settings {
    Settings {
        host: "novita".to_owned(),
        library_folder: Some(PathBuf::from("/films/clips")),
        file_names: Template::parse("{prompt} {seed}").unwrap(),
        daily_cap: Some(Cents(500)),
        notifications: Notifications { ready: false, failed: true, sound: true },
        language: Language::SimplifiedChinese,
        theme: Theme::Light,
        motion: Motion::Reduced,
        increase_contrast: true,
        clip_sound: ClipSound { muted: true, volume: 35 },
        window: Some(WindowPlace { at: Some((-7, 40)), size: (1200, 800), maximised: true }),
        presets: vec![Preset { name: "Dawn".to_owned(), prompt: "Mist".to_owned() }],
        recent_pictures: vec![PathBuf::from("/photos/a.jpg")],
        form: LastForm {
            prompt: "湖, \"dawn\"\nto dusk".to_owned(),
            resolution: "1080p".to_owned(),
            ratio: "9:16".to_owned(),
            duration: 10,
            camera_fixed: true,
            takes: 4,
            auto_ratio: true,
            locked_seed: "41".to_owned(),
            send_original: true,
            first: Some(KeptPicture {
                path: Some(PathBuf::from("/photos/a.jpg")),
                address: Some("https://example.org/a.jpg".to_owned()),
                treated: Treated {
                    crop: Some((Crop { x: 1, y: 2, width: 30, height: 40 }, Size::new(704, 1248))),
                    backdrop: Some(Backdrop::White),
                },
            }),
            last: None,
        },
    }
}

#[test]
fn what_is_saved_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.json");
    assert_eq!(load(&path), Loaded::default());
    save(&path, &changed()).unwrap();
    assert_eq!(load(&path), Loaded { settings: changed(), ..Loaded::default() });
    save(&path, &Settings::default()).unwrap();
    assert_eq!(load(&path), Loaded::default());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "a temporary file was left behind");
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.json");
    save(&path, &changed()).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_broken_field_costs_only_itself() {
    let text = r#"{"host": 7, "theme": "purple", "motion": "full", "file_names": "{date}/{x}", "notifications": [], "daily_cap_cents": -1,
        "form": {"prompt": "kept", "takes": 900, "duration": -5, "first": {"a": 1}}}"#;
    let Loaded { settings, warnings, .. } = parse(text.as_bytes());
    let expected = Settings {
        motion: Motion::Full,
        form: LastForm { prompt: "kept".to_owned(), takes: MOST_TAKES, ..LastForm::default() },
        ..Settings::default()
    };
    assert_eq!(settings, expected);
    for name in ["host", "theme", "file_names", "notifications", "daily_cap_cents", "form.duration", "form.first"] {
        let sentence = format!("The setting “{name}” was not understood; its default is used.");
        assert!(warnings.contains(&sentence), "{name} missing from {warnings:?}");
    }
    assert_eq!(warnings.len(), 7);
}

#[test]
fn a_setting_of_a_later_version_is_named_and_survives_a_save() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.json");
    std::fs::write(&path, r#"{"theme": "dark", "proxy": "x", "form": {"style": "noir"}}"#).unwrap();
    let mut loaded = load(&path);
    assert_eq!(loaded.settings.theme, Theme::Dark);
    assert_eq!(loaded.warnings.len(), 2);
    assert!(loaded.warnings.iter().any(|warning| warning.contains("“form.style”")));
    loaded.settings.theme = Theme::Light;
    save(&path, &loaded.settings).unwrap();
    let stored: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!((&stored["proxy"], &stored["form"]["style"]), (&Value::from("x"), &Value::from("noir")));
    assert_eq!(stored["theme"], "light");
}

#[test]
fn a_file_that_is_no_json_is_kept_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.json");
    for (text, aside) in [("{\"theme\": \"da", "settings.broken.json"), ("[]", "settings.broken-1.json")] {
        std::fs::write(&path, text).unwrap();
        let loaded = load(&path);
        assert_eq!((loaded.settings, loaded.warnings.len()), (Settings::default(), 1));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "reading must not change the file");
        save(&path, &changed()).unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join(aside)).unwrap(), text);
        assert_eq!(load(&path).settings, changed());
    }
}

#[cfg(unix)]
#[test]
fn a_path_json_cannot_hold_is_forgotten_alone() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.json");
    let mut settings = changed();
    let path_of_bytes = PathBuf::from(std::ffi::OsStr::from_bytes(b"/photos/\xff.jpg"));
    settings.form.last =
        Some(KeptPicture { path: Some(path_of_bytes.clone()), address: None, treated: Treated::default() });
    settings.recent_pictures.push(path_of_bytes);
    save(&path, &settings).unwrap();
    assert_eq!(load(&path).settings, changed());
}
