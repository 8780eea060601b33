//! The pairs of pictures that come with the program, for a first try without any of one's own.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::PictureError;
use super::poster::from_bytes;
use super::saving::{make_private_folder, write_whole};
use crate::domain::frame::Preview;
use crate::services::files::Access;

/// Two pictures and the words that go with them.
#[derive(Debug)]
pub struct Sample {
    /// Name on the command line.
    pub id: &'static str,
    pub title: fn() -> String,
    pub prompt: fn() -> String,
    first: &'static [u8],
    last: &'static [u8],
}

static SAMPLES: [Sample; 3] = [
    Sample {
        id: "lake-dawn-to-dusk",
        title: || words!("sample-lake"),
        prompt: || words!("sample-lake-prompt"),
        first: include_bytes!("../../../assets/samples/lake-dawn-to-dusk-first.png"),
        last: include_bytes!("../../../assets/samples/lake-dawn-to-dusk-last.png"),
    },
    Sample {
        id: "balloon-over-dunes",
        title: || words!("sample-balloon"),
        prompt: || words!("sample-balloon-prompt"),
        first: include_bytes!("../../../assets/samples/balloon-over-dunes-first.png"),
        last: include_bytes!("../../../assets/samples/balloon-over-dunes-last.png"),
    },
    Sample {
        id: "storm-clears",
        title: || words!("sample-storm"),
        prompt: || words!("sample-storm-prompt"),
        first: include_bytes!("../../../assets/samples/storm-clears-first.png"),
        last: include_bytes!("../../../assets/samples/storm-clears-last.png"),
    },
];

/// All pairs, in the order they are offered.
#[must_use]
pub fn samples() -> &'static [Sample] {
    &SAMPLES
}

/// The pair of this name.
#[must_use]
pub fn sample(id: &str) -> Option<&'static Sample> {
    SAMPLES.iter().find(|sample| sample.id == id)
}

impl Sample {
    /// Writes both pictures into `folder`, which is made where it is missing: first and last.
    pub fn unpack(&self, folder: &Path) -> Result<(PathBuf, PathBuf), PictureError> {
        make_private_folder(folder)?;
        let write = |end: &str, bytes: &[u8]| {
            let path = folder.join(format!("{}-{end}.png", self.id));
            write_whole(&path, Access::Private, |writer| writer.write_all(bytes)).map(|()| path)
        };
        Ok((write("first", self.first)?, write("last", self.last)?))
    }

    /// Both pictures, small: at most `longest` pixels on a side.
    pub fn previews(&self, longest: u32) -> Result<(Preview, Preview), PictureError> {
        Ok((from_bytes(self.first, longest)?, from_bytes(self.last, longest)?))
    }
}
