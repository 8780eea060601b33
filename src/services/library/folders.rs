//! Where everything is kept: one private folder for the library, one open folder for finished clips.

use std::io;
use std::path::{Path, PathBuf, absolute};

use directories::{ProjectDirs, UserDirs};

use crate::domain::generation::GenerationId;

use super::LibraryError;
use super::private;

/// Name of the program's folders.
const APP: &str = "Inbetween";

/// The folders of one library. Knows names; only [`Folders::create`] touches the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    data: PathBuf,
    cache: PathBuf,
    clips: PathBuf,
    /// The data folder was named by the user and may hold other things.
    named: bool,
}

impl Folders {
    /// The folders below `data_dir`, or the platform's own where none is given.
    ///
    /// Clips go to `Inbetween` in the user's Videos folder, or to `clips/Inbetween` below a given folder.
    pub fn resolve(data_dir: Option<PathBuf>) -> Result<Self, LibraryError> {
        if let Some(data) = data_dir {
            let data = absolute(&data).map_err(|source| LibraryError::folder(&data, source))?;
            let (cache, clips) = (data.join("cache"), data.join("clips").join(APP));
            return Ok(Self { data, cache, clips, named: true });
        }
        let project = ProjectDirs::from("", "", APP).ok_or(LibraryError::NoHome)?;
        let user = UserDirs::new().ok_or(LibraryError::NoHome)?;
        // Without a `user-dirs.dirs` the desktop names no Videos folder.
        let videos = user.video_dir().map_or_else(|| user.home_dir().join("Videos"), Path::to_path_buf);
        Ok(Self {
            data: project.data_dir().to_path_buf(),
            cache: project.cache_dir().to_path_buf(),
            clips: videos.join(APP),
            named: false,
        })
    }

    /// The same folders with clips in the folder chosen in Settings, where one is chosen.
    #[must_use]
    pub fn with_clips(mut self, chosen: Option<PathBuf>) -> Self {
        if let Some(chosen) = chosen {
            self.clips = chosen;
        }
        self
    }

    /// Creates every private folder, 0700. The folder for clips is created when the first one arrives.
    pub fn create(&self) -> Result<(), LibraryError> {
        let make = |path: &Path, made: io::Result<()>| made.map_err(|source| LibraryError::folder(path, source));
        if self.named {
            make(&self.data, private::create_folder_if_missing(&self.data))?;
        } else {
            make(&self.data, private::create_folder(&self.data))?;
        }
        for folder in
            [self.frames(), self.pasted(), self.samples(), self.rehearsal(), self.owners(), self.cache.clone()]
        {
            make(&folder, private::create_folder(&folder))?;
        }
        Ok(())
    }

    /// The folder of this library.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data.join("library.sqlite3")
    }

    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.data.join("settings.json")
    }

    /// Prepared pictures, a folder for each generation.
    #[must_use]
    pub fn frames(&self) -> PathBuf {
        self.data.join("frames")
    }

    /// Prepared pictures of one generation.
    #[must_use]
    pub fn frames_of(&self, id: &GenerationId) -> PathBuf {
        self.frames().join(id.as_str())
    }

    /// Pictures that came from the clipboard.
    #[must_use]
    pub fn pasted(&self) -> PathBuf {
        self.data.join("pasted")
    }

    /// The sample pictures that come with the program.
    #[must_use]
    pub fn samples(&self) -> PathBuf {
        self.data.join("samples")
    }

    /// The jobs of the host on this computer.
    #[must_use]
    pub fn rehearsal(&self) -> PathBuf {
        self.data.join("rehearsal")
    }

    /// A locked file for each living process that uses this library.
    #[must_use]
    pub fn owners(&self) -> PathBuf {
        self.data.join("owners")
    }

    /// What can be made again.
    #[must_use]
    pub fn cache(&self) -> &Path {
        &self.cache
    }

    /// Where finished clips go.
    #[must_use]
    pub fn clips(&self) -> &Path {
        &self.clips
    }
}
