//! The loading path fed with damaged pictures: every one ends in a picture or in a sentence.
//!
//! Deterministic: the same seed and number of rounds give the same pictures. The file at hand lies in the target folder,
//! so that what ended the process can be looked at.
//!
//! `INBETWEEN_FUZZ_ROUNDS` sets the number of rounds, `INBETWEEN_FUZZ_SEED` where they start; `INBETWEEN_LONG=1` makes
//! them 200,000.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use inbetween::domain::draft::{Backdrop, FilePlan, FramePlan, Treatment};
use inbetween::domain::frame::{Crop, FrameSlot};
use inbetween::domain::model::Size;
use inbetween::services::images::{PictureError, cropped_copy, header, prepare, read, scaled_down, smaller_copy};

use crate::bench::{entries, fixture, folder};
use crate::dice::Dice;

const ROUNDS: u64 = 3_000;
/// Of a long run.
const MANY: u64 = 200_000;
/// Numbers that lengths, sizes and counts are wrong with.
const TELLING: [u8; 8] = [0, 1, 2, 0x7F, 0x80, 0xD9, 0xDA, 0xFF];

/// Every committed picture, and those that once did harm.
fn corpus() -> Vec<Vec<u8>> {
    let pieces = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/images/corpus");
    [fixture(""), pieces]
        .iter()
        .flat_map(|folder| entries(folder).into_iter().map(|name| std::fs::read(folder.join(name)).unwrap()))
        .collect()
}

fn mutate(dice: &mut Dice, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = corpus[dice.roll(corpus.len())].clone();
    for _ in 0..=dice.roll(8) {
        if bytes.is_empty() {
            break;
        }
        // Headers stand in front, and most of what can go wrong does there.
        let reach = if dice.roll(2) == 0 { bytes.len().min(128) } else { bytes.len() };
        let at = dice.roll(reach);
        match dice.roll(9) {
            0 => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes[at] = dice.roll(256) as u8,
            2 | 3 => bytes[at] = TELLING[dice.roll(TELLING.len())],
            4 => {
                let number = (dice.roll(1 << 16) as u32) << dice.roll(17);
                let number = if dice.roll(2) == 0 { number.to_be_bytes() } else { number.to_le_bytes() };
                let length = (bytes.len() - at).min(4);
                bytes[at..at + length].copy_from_slice(&number[..length]);
            }
            5 => bytes.truncate(at),
            6 => {
                let end = at + dice.roll(bytes.len() - at).min(200);
                let piece = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len());
                bytes.splice(to..to, piece);
            }
            7 => drop(bytes.drain(at..at + dice.roll(bytes.len() - at).min(64))),
            _ => {
                let other = &corpus[dice.roll(corpus.len())];
                let from = dice.roll(other.len());
                let piece = &other[from..other.len().min(from + 1 + dice.roll(300))];
                let end = bytes.len().min(at + piece.len());
                bytes[at..end].copy_from_slice(&piece[..end - at]);
            }
        }
    }
    bytes
}

/// The whole path of one file, and whether it has a preview. Every answer but these means that something was not foreseen.
fn load(path: &Path, out: &Path, dice: &mut Dice) -> bool {
    let expected = |error: PictureError| match error {
        PictureError::Broken
        | PictureError::Kind
        | PictureError::Empty
        | PictureError::TooManyPixels { .. }
        | PictureError::TooManyBytes { .. }
        | PictureError::NotSmaller { .. }
        | PictureError::Changed => {}
        other => panic!("{other:?}"),
    };
    let facts = header(path);
    let (picture, preview) = match read(path, 48) {
        Ok(read) => read,
        Err(error) => {
            expected(error);
            return false;
        }
    };
    assert_eq!(facts.unwrap(), picture.facts, "the header says what was read");
    let Some(preview) = preview else { return false };
    assert!(preview.size.longer() <= 48 && preview.rgba.len() as u64 == preview.size.area() * 4);
    if picture.facts.size.area() > 1_000_000 || dice.roll(4) > 0 {
        return true;
    }
    let Size { width, height } = picture.facts.size;
    let crop = Crop { x: width / 3, y: height / 3, width: width.div_ceil(3), height: height.div_ceil(3) };
    let size = Size::new(40, 24);
    let plan = FilePlan {
        path: picture.path,
        facts: picture.facts,
        digest: picture.digest,
        treatment: Treatment::Prepared { crop, size, backdrop: Backdrop::White },
    };
    prepare(&FramePlan::File(plan), out, FrameSlot::First).map_or_else(expected, drop);
    for copy in [scaled_down(path, out, 30), smaller_copy(path, out, 900), cropped_copy(path, out, crop)] {
        match copy {
            Ok(copy) => std::fs::remove_file(copy).unwrap(),
            Err(error) => expected(error),
        }
    }
    true
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

#[test]
fn damaged_pictures_end_in_a_picture_or_a_sentence() {
    let long = std::env::var_os("INBETWEEN_LONG").map(|_| MANY);
    let (rounds, seed) = (number("INBETWEEN_FUZZ_ROUNDS").or(long), number("INBETWEEN_FUZZ_SEED"));
    let corpus = corpus();
    let folder = folder();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("damaged-{}", std::process::id()));
    let (mut slowest, mut slow, mut shown) = (Duration::ZERO, Vec::new(), 0);
    for round in 0..rounds.unwrap_or(ROUNDS) {
        let mut dice = Dice(seed.unwrap_or(0) + round);
        let bytes = mutate(&mut dice, &corpus);
        // A file that is written over is flushed to the disk; a new one is not.
        let _ = std::fs::remove_file(&path);
        std::fs::write(&path, &bytes).unwrap();
        let start = Instant::now();
        shown += u32::from(load(&path, folder.path(), &mut dice));
        if start.elapsed() > slowest {
            (slowest, slow) = (start.elapsed(), bytes);
        }
    }
    if rounds.is_some() {
        std::fs::write(path.with_extension("slowest"), slow).unwrap();
        let figures = format!(
            "{shown} were shown; {slowest:?} the slowest, kept in {}\n",
            path.with_extension("slowest").display()
        );
        std::io::stdout().write_all(figures.as_bytes()).unwrap();
    }
    std::fs::remove_file(&path).unwrap();
}
