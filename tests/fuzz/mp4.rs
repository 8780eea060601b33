//! What reads a clip before any of it is decoded: boxes, sample tables, edit lists, parameter sets, and the check that a
//! download is whole.

use std::path::{Path, PathBuf};

use inbetween::video::{VideoError, is_whole, last_frame, probe};

use crate::damage;
use crate::dice::Dice;
use crate::rounds::{corpus, run};

const ROUNDS: u64 = 6_000;

/// Most memory a clip of a few kilobytes may cost beyond what the process took before, in kilobytes: an index has an
/// upper bound of its own, whatever the file says.
const MOST_MEMORY: u64 = 96 * 1024;

/// Names of boxes and of what follows them that decides where something is read.
const NAMES: [&[u8; 4]; 36] = [
    b"ftyp", b"moov", b"mdat", b"free", b"mvhd", b"trak", b"tkhd", b"edts", b"elst", b"mdia", b"mdhd", b"hdlr",
    b"minf", b"stbl", b"stsd", b"avc1", b"avcC", b"stts", b"stss", b"ctts", b"stsc", b"stsz", b"stco", b"co64",
    b"mvex", b"trex", b"moof", b"traf", b"tfhd", b"tfdt", b"trun", b"mfhd", b"udta", b"stz2", b"dinf", b"colr",
];

/// Sizes and counts that lie.
const LIES: [u32; 12] = [0, 1, 2, 7, 8, 9, 16, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_0000, 0xFFFF_FFFE, u32::MAX];

/// Where a box's name stands in the file.
fn boxes(bytes: &[u8]) -> Vec<usize> {
    let is_name = |at: &usize| NAMES.iter().any(|name| &bytes[*at..*at + 4] == *name);
    (4..bytes.len().saturating_sub(3)).filter(is_name).collect()
}

fn make(dice: &mut Dice, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = corpus[dice.roll(corpus.len())].clone();
    for _ in 0..=dice.roll(5) {
        let places = boxes(&bytes);
        if places.is_empty() || dice.roll(3) == 0 {
            damage::once(&mut bytes, dice, corpus);
        } else {
            box_once(&mut bytes, dice, &places);
        }
    }
    bytes
}

/// Damages one box: its size, a field of it, its name, its place.
fn box_once(bytes: &mut Vec<u8>, dice: &mut Dice, places: &[usize]) {
    let name = places[dice.roll(places.len())];
    let start = name - 4;
    let size = u32::from_be_bytes(bytes[start..name].try_into().unwrap());
    let end = bytes.len().min(start + (size as usize).clamp(8, bytes.len()));
    let put = |bytes: &mut Vec<u8>, at: usize, number: u32| {
        if let Some(field) = bytes.get_mut(at..at + 4) {
            field.copy_from_slice(&number.to_be_bytes());
        }
    };
    match dice.roll(8) {
        0 => put(bytes, start, LIES[dice.roll(LIES.len())]),
        1 => put(bytes, start, size.wrapping_add(dice.roll(17) as u32).wrapping_sub(8)),
        // A field, most often the first after version and flags: a count.
        2 | 3 => {
            let at = name + 4 + 4 * dice.roll(if dice.roll(2) == 0 { 4 } else { (end - start) / 4 + 1 });
            put(bytes, at, LIES[dice.roll(LIES.len())]);
        }
        4 => put(bytes, name + 4, (dice.roll(4) as u32) << 24 | dice.roll(1 << 20) as u32),
        5 => bytes[name..name + 4].copy_from_slice(NAMES[dice.roll(NAMES.len())]),
        6 => {
            let copy = bytes[start..end].to_vec();
            let to = places[dice.roll(places.len())] - 4;
            bytes.splice(to..to, copy.repeat(1 + dice.roll(3)));
        }
        _ => drop(bytes.drain(start..end)),
    }
    bytes.truncate(256 * 1024);
}

/// The fixtures of the player, and smaller clips of every layout.
fn clips() -> Vec<Vec<u8>> {
    let is_clip = |bytes: &Vec<u8>| bytes.get(4..8) == Some(b"ftyp");
    let mut clips = corpus("fuzz/corpus/mp4");
    let small = clips.len();
    clips.extend(corpus("fixtures").into_iter().filter(is_clip));
    // The small ones more often: more of them is headers.
    clips.extend_from_within(..small);
    clips.extend_from_within(..small);
    clips
}

#[test]
fn damaged_clips_end_in_facts_or_a_sentence() {
    let corpus = clips();
    let folder = tempfile::tempdir_in(memory_or_disk()).unwrap();
    let path = folder.path().join("damaged.mp4");
    let before = high_water();
    let make = |dice: &mut Dice| make(dice, &corpus);
    run(
        "mp4",
        ROUNDS,
        make,
        |bytes| bytes,
        |bytes, dice| {
            let _ = std::fs::remove_file(&path);
            std::fs::write(&path, bytes).unwrap();
            let end = check(&path, dice);
            let grown = high_water().saturating_sub(before);
            assert!(grown < MOST_MEMORY, "{grown} kB for {} bytes", bytes.len());
            end
        },
    );
}

/// Where files cost least.
fn memory_or_disk() -> PathBuf {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { shared.to_path_buf() } else { PathBuf::from(env!("CARGO_TARGET_TMPDIR")) }
}

/// Most memory this process ever took, in kilobytes; 0 where the system does not tell.
fn high_water() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Reads the clip in every way that does not decode all of it, and holds the answers to each other.
fn check(path: &Path, dice: &mut Dice) -> &'static str {
    let whole = is_whole(path).unwrap();
    match probe(path) {
        Ok(info) => {
            assert!((1..=1_000_000).contains(&info.frames), "{info:?}");
            assert!((1..=16_384).contains(&info.width) && (1..=16_384).contains(&info.height), "{info:?}");
            assert!(info.frame_rate.frames > 0 && info.frame_rate.seconds > 0, "{info:?}");
            if dice.roll(64) == 0 && info.width <= 256 && info.height <= 256 {
                // One frame, so that what the index says is used.
                let _ = last_frame(path);
            }
            if whole { "whole and readable" } else { "readable" }
        }
        Err(VideoError::Read { reason, .. }) => panic!("{reason}"),
        Err(error) => {
            let sentence = error.to_string();
            assert!(!sentence.contains(char::is_control) && sentence.chars().count() < 200, "{sentence:?}");
            if whole { "whole and not readable" } else { "refused" }
        }
    }
}
