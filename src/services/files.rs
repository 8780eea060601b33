//! Files written whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::points;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The user alone, as everything in the library's folder.
    Private,
    /// What the system gives new files: what a user saves is as open as their other ones.
    Usual,
}

/// Copies a file to `target`, replacing what is there only once the copy is whole and on the disk.
pub fn copy(source: &Path, target: &Path) -> io::Result<()> {
    let mut source = File::open(source)?;
    write_whole(target, Access::Usual, |error| error, |writer| io::copy(&mut source, writer).map(|_| ()))
}

/// Writes a file beside `path`, makes it durable and puts it in place; nothing is left behind on failure.
///
/// `write` may stop for reasons of its own. What the disk says against the file comes through `failed`.
pub fn write_whole<E>(
    path: &Path,
    access: Access,
    failed: impl Fn(io::Error) -> E,
    write: impl FnOnce(&mut BufWriter<&File>) -> Result<(), E>,
) -> Result<(), E> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".inbetween-").suffix(".part");
    #[cfg(unix)]
    let permissions =
        std::os::unix::fs::PermissionsExt::from_mode(if access == Access::Private { 0o600 } else { 0o666 });
    #[cfg(unix)]
    builder.permissions(permissions);
    #[cfg(not(unix))]
    let _ = access;
    let part = builder.tempfile_in(folder).map_err(&failed)?;
    let mut writer = BufWriter::new(part.as_file());
    write(&mut writer)?;
    writer.flush().map_err(&failed)?;
    drop(writer);
    points::pass("before sync");
    part.as_file().sync_all().map_err(&failed)?;
    points::pass("before rename");
    part.persist(path).map_err(|error| failed(error.error))?;
    points::pass("after rename");
    // The rename itself is durable only once its folder is; where folders cannot be synced this is no error.
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_copy_replaces_the_target_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (source, target) = (folder.path().join("a.mp4"), folder.path().join("b.mp4"));
        fs::write(&source, b"new").unwrap();
        fs::write(&target, b"old and longer").unwrap();
        copy(&source, &target).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_failed_copy_keeps_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("b.mp4");
        fs::write(&target, b"old").unwrap();
        assert!(copy(&folder.path().join("missing.mp4"), &target).is_err());
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_writer_that_stops_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("b.mp4");
        let stopped = write_whole(
            &target,
            Access::Private,
            |_| "the disk",
            |writer| {
                writer.write_all(b"half").map_err(|_| "the disk")?;
                Err("enough")
            },
        );
        assert_eq!(stopped, Err("enough"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_private_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        for (access, others) in [(Access::Private, 0), (Access::Usual, 0o044)] {
            let target = folder.path().join("b.mp4");
            write_whole(&target, access, |error| error, |writer| writer.write_all(b"x")).unwrap();
            // What the system takes away from new files is the user's own choice.
            assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o077 & !others, 0);
        }
    }
}
