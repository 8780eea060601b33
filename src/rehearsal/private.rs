//! Files and folders that nobody else on this computer can read, written so that a crash leaves the old or the new
//! content and nothing between.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Makes a folder and its parents; the ones made here are for this user alone.
pub(super) fn folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Opens a file for writing, empty, for this user alone.
pub(super) fn file(path: &Path) -> io::Result<File> {
    options().create(true).truncate(true).open(path)
}

/// Opens a file to be locked, leaving what is in it.
pub(super) fn lock_file(path: &Path) -> io::Result<File> {
    options().create(true).truncate(false).open(path)
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes a new file and waits until its content is on the disk. The folder's entry is not synced.
pub(super) fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = file(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Replaces a file's content in one step: it is the old one or the new one at any time.
pub(super) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("tmp");
    write(&draft, content)?;
    rename(&draft, path)
}

/// Renames within a folder and waits until that is on the disk.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Waits until a folder's entries are on the disk.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    // Windows has no such call: there a folder cannot be opened as a file.
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}
