//! The part file beside a clip's place, and the step from one to the other.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt;
use tokio::task::spawn_blocking;

use super::{DownloadError, Downloaded};
use crate::services::points;
use crate::video::is_whole;

/// So many first bytes tell an mp4 from something else.
const HEAD: usize = 8;

/// Other things with a clip's name beside each other, above which that is no accident.
const MOST_NAMES: u32 = 100;

/// A clip that is not whole yet.
pub struct Part {
    path: PathBuf,
    file: File,
    length: u64,
    /// The first bytes, by which a page of text is told from a clip before all of it is here.
    head: Vec<u8>,
}

impl Part {
    /// Makes an empty part beside `target`, with its folder. What an earlier run left there is not trusted.
    pub async fn create(target: &Path) -> Result<Self, DownloadError> {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).await?;
        }
        let mut name = OsString::from(target);
        name.push(".part");
        let path = PathBuf::from(name);
        let file = empty(&path).await?;
        Ok(Self { path, file, length: 0, head: Vec::new() })
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let missing = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        points::pass("before a write to the part");
        self.file.write_all(bytes).await?;
        points::pass("after a write to the part");
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Forgets what is there: a new file takes its place.
    pub async fn restart(&mut self) -> io::Result<()> {
        if self.length > 0 {
            self.file.flush().await?;
            self.file = empty(&self.path).await?;
            self.length = 0;
            self.head.clear();
        }
        Ok(())
    }

    /// Whether what is here so far can be the beginning of an mp4.
    pub fn may_be_a_clip(&self) -> bool {
        self.head.len() < HEAD || self.head[4..] == *b"ftyp"
    }

    /// Whether what is here begins as an mp4 does.
    pub fn begins_as_a_clip(&self) -> bool {
        self.head.len() >= HEAD && self.may_be_a_clip()
    }

    /// Whether what is there is a whole mp4.
    pub async fn check(&mut self) -> Result<(), DownloadError> {
        self.file.flush().await?;
        let path = self.path.clone();
        if blocking(move || is_whole(&path)).await? { Ok(()) } else { Err(DownloadError::NotAClip) }
    }

    /// Syncs the part and gives it its final name, over nothing else.
    pub async fn finish(mut self, target: &Path) -> Result<Downloaded, DownloadError> {
        self.file.flush().await?;
        points::pass("before the part's sync");
        self.file.sync_all().await?;
        points::pass("after the part's sync");
        let (part, target) = (self.path.clone(), target.to_path_buf());
        let named = blocking(move || take_name(&part, &target)).await;
        let length = self.length;
        if named.is_err() {
            self.discard().await;
        }
        Ok(Downloaded { length, path: named? })
    }

    pub async fn discard(self) {
        drop(self.file);
        // A part that stays behind is removed by the next try.
        let _ = fs::remove_file(&self.path).await;
    }
}

/// A new file at `path`, its owner's alone, in the place of what was there.
async fn empty(path: &Path) -> io::Result<File> {
    match fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path).await
}

/// Length of the clip at `target` where a whole one is there: a run that ended between the last two steps left it.
pub async fn whole_clip(target: &Path) -> Result<Option<u64>, DownloadError> {
    let target = target.to_path_buf();
    let found = blocking(move || match std::fs::metadata(&target) {
        Ok(facts) if facts.is_file() => Ok(is_whole(&target)?.then_some(facts.len())),
        Ok(_) => Err(io::Error::other("a folder has its name")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    });
    Ok(found.await?)
}

/// Gives the part the name that was asked for, or the next one that is free, and answers which.
fn take_name(part: &Path, target: &Path) -> io::Result<PathBuf> {
    points::pass("before the clip's name");
    let mut number = 1;
    let taken = loop {
        let name = numbered(target, number);
        match rename_over_nothing(part, &name) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < MOST_NAMES => number += 1,
            named => break named.map(|()| name)?,
        }
    };
    points::pass("after the clip's name");
    #[cfg(unix)]
    if let Some(folder) = target.parent() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    points::pass("after the folder's sync");
    Ok(taken)
}

/// The name itself, then "name 2.mp4" and so on.
fn numbered(target: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return target.to_path_buf();
    }
    let mut name = target.file_stem().unwrap_or_default().to_os_string();
    name.push(format!(" {number}."));
    name.push(target.extension().unwrap_or_default());
    target.with_file_name(name)
}

/// A hard link takes a name only where it is free; file systems without links are asked first.
fn rename_over_nothing(part: &Path, name: &Path) -> io::Result<()> {
    match std::fs::hard_link(part, name) {
        Ok(()) => {
            points::pass("between the clip's two names");
            std::fs::remove_file(part)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) if name.exists() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => std::fs::rename(part, name),
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
