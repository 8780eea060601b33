//! Copies that are either whole or not there.

use std::fs::File;
use std::io;
use std::path::Path;

/// Copies a file to `target`, replacing what is there only once the copy is whole and on the disk.
pub fn copy(source: &Path, target: &Path) -> io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".inbetween-").suffix(".part");
    // A temporary file is private, and so is the library's; what a user saves is as open as their other new files.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut part = builder.tempfile_in(folder)?;
    io::copy(&mut File::open(source)?, part.as_file_mut())?;
    part.as_file().sync_all()?;
    part.persist(target).map_err(|error| error.error)?;
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
}
