//! The file itself: modes, durability, and what happens to one that cannot be used.

use std::fs;
use std::path::{Path, PathBuf};

use inbetween::domain::generation::Status;
use inbetween::services::library::{Folders, Library, LibraryError, Unusable};
use rusqlite::Connection;

use crate::samples::{insert, open, walk};

fn folders(data: &Path) -> Folders {
    Folders::resolve(Some(data.to_path_buf())).unwrap()
}

/// The databases that were kept aside.
fn kept(data: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let is_kept = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("library ") && path.extension().is_some_and(|ending| ending == "sqlite3")
    };
    entries.filter(is_kept).collect()
}

#[cfg(unix)]
#[test]
fn everything_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let library = open(&data);
    insert(&library, "one");
    let database = library.folders().database();
    for ending in ["", "-wal", "-shm"] {
        let path = PathBuf::from(format!("{}{ending}", database.display()));
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    let folders = library.folders();
    let private = [
        data.clone(),
        folders.frames(),
        folders.pasted(),
        folders.samples(),
        folders.rehearsal(),
        folders.owners(),
        folders.cache().to_path_buf(),
    ];
    for path in private {
        assert_eq!(mode(&path), 0o700, "{}", path.display());
    }
    for entry in fs::read_dir(folders.owners()).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
    drop(library);
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).unwrap();
    drop(open(&data));
    assert_eq!(mode(&database), 0o600);
}

#[cfg(unix)]
#[test]
fn a_folder_the_user_had_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    drop(open(folder.path()));
    assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o755);
}

#[test]
fn clips_go_where_they_are_said_to_go() {
    let folders = folders(Path::new("/data"));
    assert_eq!(folders.clips(), Path::new("/data/clips/Inbetween"));
    assert_eq!(folders.clone().with_clips(None).clips(), Path::new("/data/clips/Inbetween"));
    assert_eq!(folders.with_clips(Some(PathBuf::from("/films"))).clips(), Path::new("/films"));
    let own = Folders::resolve(None).unwrap();
    assert!(own.clips().ends_with("Inbetween") && !own.clips().starts_with(own.data()), "{own:?}");
}

#[test]
fn a_commit_is_on_disk_before_it_returns() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    assert_eq!(library.durability().unwrap(), ("wal".to_owned(), 2));
}

#[test]
fn a_database_of_a_newer_version_is_kept_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    insert(&open(folder.path()), "one");
    let path = folders(folder.path()).database();
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    let library = open(folder.path());
    let aside = library.set_aside().unwrap();
    assert_eq!(aside.reason, Unusable::Newer);
    assert!(aside.to_string().contains("newer version"), "{aside}");
    assert_eq!(fs::read(&aside.path).unwrap(), before);
    assert_eq!(library.all().unwrap(), Vec::new());
    insert(&library, "two");
    drop(library);
    let again = open(folder.path());
    assert_eq!((again.set_aside(), again.all().unwrap().len(), kept(folder.path()).len()), (None, 1, 1));
}

#[test]
fn a_damaged_database_is_kept_and_not_touched() {
    type Damage = fn(&mut Vec<u8>);
    let damage: [(&str, Damage); 3] = [
        ("no database", |bytes| *bytes = b"<html>not a database, but quite long enough to be read</html>".repeat(80)),
        ("torn page", |bytes| bytes[4096..].fill(0x5a)),
        ("cut short", |bytes| bytes.truncate(bytes.len() / 2)),
    ];
    for (name, damage) in damage {
        let folder = tempfile::tempdir().unwrap();
        let library = open(folder.path());
        (0..40).for_each(|number| drop(insert(&library, &format!("g{number}"))));
        drop(library);
        let path = folders(folder.path()).database();
        let mut bytes = fs::read(&path).unwrap();
        damage(&mut bytes);
        fs::write(&path, &bytes).unwrap();
        let library = open(folder.path());
        let aside = library.set_aside().unwrap_or_else(|| panic!("{name} was taken"));
        assert_eq!(aside.reason, Unusable::Damaged, "{name}");
        assert_eq!(fs::read(&aside.path).unwrap(), bytes, "{name}");
        let taken_over = library.all().unwrap();
        assert_eq!(taken_over.len(), aside.taken_over, "{name}");
        assert!(taken_over.iter().all(|row| row.status.name() == "unknown"), "{name}: nothing of it is sent unasked");
        insert(&library, "new");
        assert_eq!(library.all().unwrap().len(), aside.taken_over + 1, "{name}");
    }
}

#[test]
fn another_programs_database_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path()).unwrap();
    let path = folders(folder.path()).database();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    let library = open(folder.path());
    assert_eq!(library.set_aside().unwrap().reason, Unusable::Damaged);
    assert_eq!(kept(folder.path()).len(), 1);
}

#[test]
fn an_unusable_database_in_use_is_refused_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    let path = library.folders().database();
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = Library::open(folders(folder.path())).unwrap_err();
    assert!(matches!(refused, LibraryError::UnreadableInUse { .. }), "{refused}");
    assert!(path.exists() && kept(folder.path()).is_empty());
}

#[test]
fn a_folder_that_is_no_folder_is_named_in_the_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "").unwrap();
    let refused = Library::open(folders(&path)).unwrap_err();
    assert!(refused.to_string().contains(path.to_str().unwrap()), "{refused}");
}

#[test]
fn a_torn_page_costs_the_rows_on_it_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let library = open(folder.path());
    for number in 0..200 {
        let mut generation = insert(&library, &format!("g{number}"));
        walk(&library, &mut generation, &[Status::Uploading, Status::Queued]);
    }
    drop(library);
    let path = folders(folder.path()).database();
    let mut bytes = fs::read(&path).unwrap();
    let torn = bytes.len() / 2 / 4096 * 4096;
    bytes[torn..torn + 4096].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
    let library = open(folder.path());
    let rows = library.all().unwrap();
    assert!(rows.len() > 150, "{} of 200 rows", rows.len());
    assert_eq!(library.set_aside().unwrap().taken_over, rows.len());
    assert!(rows.iter().all(|row| row.status == Status::Queued && row.task_id.is_some()), "they are followed again");
    assert_eq!(library.unfinished().unwrap().len(), rows.len());
    assert!(library.spend().unwrap().len() > 150);
}
