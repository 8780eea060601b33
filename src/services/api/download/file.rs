//! The part file beside a clip's place, and the step from one to the other.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use tokio::fs::{self, File, OpenOptions};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use tokio::task::spawn_blocking;

use super::{DownloadError, mp4};

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
        match fs::remove_file(&path).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        options.mode(0o600);
        let file = options.open(&path).await?;
        Ok(Self { path, file, length: 0, head: Vec::new() })
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let missing = mp4::HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        self.file.write_all(bytes).await?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Forgets what is there.
    pub async fn restart(&mut self) -> io::Result<()> {
        if self.length > 0 {
            self.file.flush().await?;
            self.file.set_len(0).await?;
            self.file.rewind().await?;
            self.length = 0;
            self.head.clear();
        }
        Ok(())
    }

    /// Whether what is here so far can be the beginning of an mp4.
    pub fn may_be_a_clip(&self) -> bool {
        self.head.len() < mp4::HEAD || mp4::begins(&self.head)
    }

    /// Whether what is there is a whole mp4.
    pub async fn check(&mut self) -> Result<(), DownloadError> {
        self.file.flush().await?;
        let path = self.path.clone();
        if blocking(move || mp4::is_whole(&path)).await? { Ok(()) } else { Err(DownloadError::NotAClip) }
    }

    /// Syncs the part and gives it its final name, over nothing else. Returns its length in bytes.
    pub async fn finish(mut self, target: &Path) -> Result<u64, DownloadError> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let (part, target) = (self.path.clone(), target.to_path_buf());
        let named = blocking(move || take_name(&part, &target)).await;
        let length = self.length;
        if named.is_err() {
            self.discard().await;
        }
        named?;
        Ok(length)
    }

    pub async fn discard(self) {
        drop(self.file);
        // A part that stays behind is removed by the next try.
        let _ = fs::remove_file(&self.path).await;
    }
}

/// Length of the clip at `target` where a whole one is there: a run that ended between the last two steps left it.
pub async fn whole_clip(target: &Path) -> Result<Option<u64>, DownloadError> {
    let target = target.to_path_buf();
    let found = blocking(move || match std::fs::metadata(&target) {
        Ok(facts) if facts.is_file() => Ok(mp4::is_whole(&target)?.then_some(facts.len())),
        Ok(_) => Err(io::Error::other("a folder has its name")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    });
    Ok(found.await?)
}

/// A hard link takes a name only where it is free; file systems without links are asked first.
fn take_name(part: &Path, target: &Path) -> io::Result<()> {
    match std::fs::hard_link(part, target) {
        Ok(()) => std::fs::remove_file(part)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) if target.exists() => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => std::fs::rename(part, target)?,
    }
    #[cfg(unix)]
    if let Some(folder) = target.parent() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
