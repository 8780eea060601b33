//! Several readers of one open file, each at a place of its own: what two threads read is the same file for certain.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// A place in an open file. The file's own place does not count.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    file: &'a File,
    at: u64,
}

impl<'a> Place<'a> {
    /// The start of the file.
    pub fn start(file: &'a File) -> Self {
        Self { file, at: 0 }
    }
}

impl Read for Place<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let count = std::os::unix::fs::FileExt::read_at(self.file, buffer, self.at)?;
        #[cfg(windows)]
        let count = std::os::windows::fs::FileExt::seek_read(self.file, buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Place<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (from, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::Current(by) => (self.at, by),
            SeekFrom::End(by) => (self.file.metadata()?.len(), by),
        };
        self.at = from.checked_add_signed(by).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
