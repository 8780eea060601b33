//! The index of an mp4, whatever its pictures are coded in.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;

use crate::video::boxes::{self, FourCc, Header};
use crate::video::mp4;

/// A file, its `moov` and the places of the boxes at its top.
pub(super) struct Index {
    #[cfg(feature = "sound")]
    pub(super) file: File,
    #[cfg(feature = "sound")]
    pub(super) length: u64,
    #[cfg(feature = "sound")]
    pub(super) top: Vec<(u64, Header)>,
    pub(super) moov: Vec<u8>,
}

/// Reads it; `None` where the file is no mp4, or its index cannot be read.
pub(super) fn read(path: &Path) -> Option<Index> {
    let mut file = File::open(path).ok()?;
    let length = file.seek(SeekFrom::End(0)).ok()?;
    let top = mp4::top_level(&mut file, length).ok()?;
    let &(at, head): &(u64, Header) = top.iter().find(|(_, head)| &head.name == b"moov")?;
    let moov = mp4::body(&mut file, at, head).ok()??;
    Some(Index {
        #[cfg(feature = "sound")]
        file,
        #[cfg(feature = "sound")]
        length,
        #[cfg(feature = "sound")]
        top,
        moov,
    })
}

impl Index {
    /// The first track of pictures (`vide`) or of sound (`soun`).
    pub(super) fn track(&self, kind: FourCc) -> Option<&[u8]> {
        let is_kind = |trak: &&[u8]| {
            boxes::descend(trak, &[*b"mdia", *b"hdlr"]).and_then(|hdlr| hdlr.get(8..12)) == Some(&kind[..])
        };
        boxes::children(&self.moov).filter(|found| &found.name == b"trak").map(|found| found.body).find(is_kind)
    }
}
