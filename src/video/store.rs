//! Decoded frames on disk, each at its own place, in a file without a name.
//!
//! Owns where a frame lies and which ones are there. The file is unlinked the moment it is
//! made, so nothing of a clip outlives the player, not even a crash. Which frames are worth
//! keeping is the worker's business.

use std::fs::File;
use std::ops::Range;
use std::path::Path;

use super::error::VideoError;
use super::frame::{Colour, Frame, Layout};

/// Decoded frames may take this much of the disk.
pub(super) const MOST_BYTES: u64 = 2 << 30;

/// The file that frames lie in.
#[derive(Debug)]
pub(super) struct Store {
    file: File,
    layout: Layout,
    colour: Colour,
    slots: usize,
}

impl Store {
    /// A store for a clip of `frames` frames in `dir` (else the system's folder for temporary
    /// files) that takes at most `most_bytes`, yet holds at least a few frames.
    pub(super) fn new(
        dir: Option<&Path>,
        layout: Layout,
        colour: Colour,
        frames: usize,
        most_bytes: u64,
    ) -> Result<Self, VideoError> {
        let failed = |e: std::io::Error| VideoError::Store(e.to_string());
        let file = match dir {
            Some(dir) => {
                std::fs::create_dir_all(dir).map_err(failed)?;
                tempfile::tempfile_in(dir)
            }
            None => tempfile::tempfile(),
        };
        let room = usize::try_from(most_bytes / layout.frame_bytes().max(1) as u64).unwrap_or(usize::MAX);
        Ok(Self { file: file.map_err(failed)?, layout, colour, slots: frames.min(room.max(16)) })
    }

    /// How many frames find room at once.
    pub(super) fn slots(&self) -> usize {
        self.slots
    }

    fn place(&self, number: usize) -> u64 {
        (number % self.slots) as u64 * self.layout.frame_bytes() as u64
    }

    pub(super) fn write(&self, frame: &Frame) -> Result<(), VideoError> {
        write_at(&self.file, frame.samples(), self.place(frame.number)).map_err(|e| VideoError::Store(e.to_string()))
    }

    pub(super) fn read(&self, number: usize) -> Result<Frame, VideoError> {
        let mut samples = vec![0; self.layout.frame_bytes()];
        read_at(&self.file, &mut samples, self.place(number)).map_err(|e| VideoError::Store(e.to_string()))?;
        Ok(Frame::new(number, self.layout, self.colour, samples))
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> std::io::Result<()> {
    while !bytes.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        if n == 0 {
            return Err(std::io::ErrorKind::WriteZero.into());
        }
        bytes = &bytes[n..];
        at += n as u64;
    }
    Ok(())
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> std::io::Result<()> {
    while !bytes.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if n == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[n..];
        at += n as u64;
    }
    Ok(())
}

/// What has become of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Not decoded yet, or forgotten for want of room.
    Unknown,
    /// In the store.
    Held,
    /// The stream is damaged there: it will never come.
    Lost,
}

/// The fate of every frame of a clip, with room for only some of them.
#[derive(Debug)]
pub(super) struct Fates {
    of: Vec<Fate>,
    /// Which frame lies in each slot.
    occupant: Vec<Option<usize>>,
    decided: usize,
    lost: usize,
}

impl Fates {
    pub(super) fn new(frames: usize, slots: usize) -> Self {
        Self { of: vec![Fate::Unknown; frames], occupant: vec![None; slots], decided: 0, lost: 0 }
    }

    pub(super) fn of(&self, number: usize) -> Fate {
        self.of.get(number).copied().unwrap_or(Fate::Lost)
    }

    /// Frames that are held or lost.
    pub(super) fn decided(&self) -> usize {
        self.decided
    }

    pub(super) fn lost(&self) -> usize {
        self.lost
    }

    /// Makes room for `number`; what lay in its slot is forgotten before it is overwritten.
    pub(super) fn make_room(&mut self, number: usize) {
        let slot = number % self.occupant.len();
        if let Some(old) = self.occupant[slot].take() {
            self.set(old, Fate::Unknown);
        }
    }

    pub(super) fn hold(&mut self, number: usize) {
        let slot = number % self.occupant.len();
        self.occupant[slot] = Some(number);
        self.set(number, Fate::Held);
    }

    /// Gives up every frame in `range` of which nothing is known.
    pub(super) fn lose(&mut self, range: Range<usize>) {
        for number in range {
            if self.of(number) == Fate::Unknown {
                self.set(number, Fate::Lost);
            }
        }
    }

    fn set(&mut self, number: usize, fate: Fate) {
        let Some(place) = self.of.get_mut(number) else { return };
        let old = std::mem::replace(place, fate);
        self.decided += usize::from(fate != Fate::Unknown);
        self.decided -= usize::from(old != Fate::Unknown);
        self.lost += usize::from(fate == Fate::Lost);
        self.lost -= usize::from(old == Fate::Lost);
    }

    /// The first frame in `range` of which nothing is known.
    pub(super) fn first_unknown(&self, range: Range<usize>) -> Option<usize> {
        let start = range.start;
        self.of.get(range)?.iter().position(|&fate| fate == Fate::Unknown).map(|n| start + n)
    }

    /// The frame that stands for `number`: itself, or where it is lost the nearest held one,
    /// earlier ones first. `None` while nothing is known of it.
    pub(super) fn stand_in(&self, number: usize) -> Option<usize> {
        match self.of(number) {
            Fate::Held => Some(number),
            Fate::Unknown => None,
            Fate::Lost => {
                let held = |n: &usize| self.of(*n) == Fate::Held;
                (0..number).rev().find(held).or_else(|| (number..self.of.len()).find(held))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::video::Matrix;

    #[test]
    fn frames_come_back_as_they_went_in_and_make_room_for_later_ones() {
        let layout = Layout { width: 4, height: 2, tall_chroma: false, deep: false };
        let colour = Colour { matrix: Matrix::Bt601, full_range: false };
        let store = Store::new(None, layout, colour, 40, 1).unwrap();
        assert_eq!(store.slots(), 16);
        let mut fates = Fates::new(40, store.slots());
        for number in 0..20 {
            fates.make_room(number);
            store.write(&Frame::new(number, layout, colour, vec![number as u8; 12])).unwrap();
            fates.hold(number);
        }
        assert_eq!(fates.decided(), 16);
        assert_eq!(fates.first_unknown(0..40), Some(0));
        assert_eq!(fates.first_unknown(4..40), Some(20));
        assert_eq!(store.read(19).unwrap().samples(), [19; 12]);
        assert_eq!(store.read(4).unwrap().samples(), [4; 12]);
    }

    #[test]
    fn a_lost_frame_is_stood_in_for_by_the_one_before() {
        let mut fates = Fates::new(6, 6);
        for n in [2, 3, 5] {
            fates.hold(n);
        }
        assert_eq!(fates.stand_in(4), None);
        fates.lose(0..6);
        assert_eq!([0, 1, 3, 4, 5].map(|n| fates.stand_in(n)), [2, 2, 3, 3, 5].map(Some));
        assert_eq!((fates.lost(), fates.decided()), (3, 6));
    }
}
