//! Files and folders that only their owner may read, and writes that are whole or not there.
//!
//! On Windows the profile's own access list does this; there the modes are left alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::services::points;

/// Creates the folder and what is missing above it; the folder itself gets 0700 even where it was there before.
pub fn create_folder(path: &Path) -> io::Result<()> {
    create_folder_if_missing(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if fs::metadata(path)?.permissions().mode() & 0o777 != 0o700 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

/// Creates the folder with 0700 where it is missing; one that the user had already keeps its mode.
pub fn create_folder_if_missing(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Creates an empty 0600 file unless it is there, and tightens one that is. Answers whether it is new.
pub fn ensure_file(path: &Path) -> io::Result<bool> {
    match options().create_new(true).open(path) {
        Ok(file) => {
            file.sync_all()?;
            sync_folder_of(path)?;
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
                    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
                }
            }
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Opens a 0600 file to lock it, creating it where it is missing.
pub fn open_lock(path: &Path) -> io::Result<File> {
    options().create(true).truncate(false).open(path)
}

/// Replaces the file with `bytes` at once: whoever reads it finds the old text or the new, also after a power cut.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    // A file made by `tempfile` is 0600 from the start.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    points::pass("before sync");
    file.as_file().sync_all()?;
    points::pass("before rename");
    file.persist(path).map_err(|refused| refused.error)?;
    points::pass("after rename");
    sync_folder_of(path)
}

/// Makes a new name in a folder last through a power cut. Windows has no such call and does not need it.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}
