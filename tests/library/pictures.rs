//! The space prepared pictures take, and what may be cleared of it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use inbetween::domain::frame::{PictureFormat, PreparedFrame, PreparedFrames};
use inbetween::domain::generation::{Generation, Status};
use inbetween::domain::origin::{Origin, Origins};
use inbetween::services::library::{Library, PreparedSpace};

use crate::samples::{failure, generation, id, intent, open, walk};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A file of so many bytes, last changed so long ago.
fn put(path: &Path, bytes: usize, age: Duration) -> PathBuf {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, vec![7; bytes]).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(SystemTime::now() - age).unwrap();
    path.to_path_buf()
}

/// Stores a task whose pictures, of 1000 bytes each and a poster of 10, lie in the folder of `owner`.
fn store(library: &Library, name: &str, owner: &str, steps: &[Status]) -> (Generation, PathBuf) {
    let folder = library.folders().frames_of(&id(owner));
    let picture = |file: &str| {
        let path = put(&folder.join(file), 1000, Duration::ZERO);
        PreparedFrame::File { path, format: PictureFormat::Png }
    };
    let frames = PreparedFrames { first: picture("first.png"), last: Some(picture("last.png")) };
    put(&folder.join("poster-first.jpg"), 10, Duration::ZERO);
    let mut task = generation(name);
    library.insert(&task, &intent(&frames)).unwrap();
    walk(library, &mut task, steps);
    (task, folder)
}

fn done() -> Vec<Status> {
    vec![Status::Uploading, Status::Queued, Status::Downloading, Status::Done]
}

fn unknown() -> Vec<Status> {
    vec![Status::Uploading, Status::Unknown(failure())]
}

fn space(total: u64, clearable: u64) -> PreparedSpace {
    PreparedSpace { total, clearable }
}

#[test]
fn pictures_of_settled_tasks_are_cleared_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let (_, settled) = store(&library, "settled", "settled", &done());
    let (_, running) = store(&library, "running", "running", &[Status::Uploading, Status::Queued]);
    let (_, lost) = store(&library, "lost", "lost", &unknown());
    let (_, stopped) = store(&library, "stopped", "stopped", &[Status::Uploading, Status::Queued, Status::Stopped]);
    assert_eq!(library.prepared_space(&[]).unwrap(), space(8000, 2000));
    library.clear_prepared(&[]).unwrap();
    assert!(!settled.join("first.png").exists() && !settled.join("last.png").exists());
    assert!(settled.join("poster-first.jpg").exists(), "a poster stays as long as its task");
    for folder in [running, lost, stopped] {
        assert!(folder.join("first.png").exists() && folder.join("last.png").exists(), "{}", folder.display());
    }
    assert_eq!(library.prepared_space(&[]).unwrap(), space(6000, 0));
    assert!(library.frames(&id("settled")).unwrap().is_some(), "the row still says what was sent");
}

#[test]
fn a_picture_that_an_unfinished_take_shares_stays() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let (first, pictures) = store(&library, "take-1", "take-1", &done());
    let (mut second, _) = store(&library, "take-2", "take-1", &[Status::Uploading]);
    assert_eq!(library.prepared_space(&[]).unwrap(), space(2000, 0));
    library.clear_prepared(&[]).unwrap();
    assert!(pictures.join("first.png").exists());
    library.remove(&first.id, &[]).unwrap();
    assert!(pictures.join("first.png").exists() && pictures.join("poster-first.jpg").exists());
    walk(&library, &mut second, &[Status::Refused(failure())]);
    library.remove(&second.id, &[]).unwrap();
    assert!(!pictures.exists(), "the last take takes the pictures with it, in whosever folder they lie");
}

#[test]
fn what_the_form_holds_stays_whatever_becomes_of_its_task() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let (task, pictures) = store(&library, "one", "one", &done());
    let in_form = [pictures.join("first.png")];
    assert_eq!(library.prepared_space(&in_form).unwrap(), space(2000, 1000));
    library.clear_prepared(&in_form).unwrap();
    assert!(in_form[0].exists() && !pictures.join("last.png").exists());
    library.remove(&task.id, &in_form).unwrap();
    assert!(in_form[0].exists());
}

#[test]
fn what_no_task_names_is_left_alone_for_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let folders = library.folders().clone();
    let preparing = put(&folders.frames_of(&id("preparing")).join("first.png"), 500, Duration::ZERO);
    let left = put(&folders.frames_of(&id("left")).join("first.png"), 500, DAY);
    let poster = put(&folders.frames_of(&id("left")).join("poster-first.jpg"), 10, DAY);
    let pasted = put(&folders.pasted().join("pasted.png"), 300, DAY);
    let just_pasted = put(&folders.pasted().join("just.png"), 300, Duration::ZERO);
    let sample = put(&folders.samples().join("lake.jpg"), 200, DAY);
    let source = put(&folders.pasted().join("source.png"), 300, DAY);
    let origin = Origin { path: source.clone(), digest: [1; 32], crop: None, backdrop: None };
    let origins = Origins { first: Some(origin), last: None };
    let frames = PreparedFrames { first: PreparedFrame::Url("https://a.example/x.png".to_owned()), last: None };
    let mut intent = intent(&frames);
    intent.origins = &origins;
    library.insert(&generation("one"), &intent).unwrap();
    assert_eq!(library.origins(&id("one")).unwrap(), Some(origins.clone()));
    assert_eq!(library.prepared_space(&[]).unwrap(), space(500 + 510 + 300 + 200, 510 + 300 + 200));
    library.clear_prepared(&[]).unwrap();
    for gone in [&left, &poster, &pasted, &sample] {
        assert!(!gone.exists(), "{}", gone.display());
    }
    assert!(!left.parent().unwrap().exists());
    for kept in [&preparing, &just_pasted, &source] {
        assert!(kept.exists(), "{}", kept.display());
    }
}
