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
    let is_name = |at: &usize| {
        let name = &bytes[*at..*at + 4];
        name[0].is_ascii_lowercase() && name[1].is_ascii_alphanumeric() && NAMES.iter().any(|known| name == *known)
    };
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
            let fields = if dice.roll(2) == 0 { 4 } else { (end - start) / 4 + 1 };
            let at = name + 4 + 4 * dice.roll(fields);
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
    let is_clip = |bytes: &Vec<u8>| bytes.get(4..8) == Some(b"ftyp") && bytes.len() < 6_000;
    let mut clips = corpus("fuzz/corpus/mp4");
    let small = clips.len();
    clips.extend(corpus("fixtures").into_iter().filter(is_clip));
    // The small ones more often: more of them is headers.
    clips.extend_from_within(..small);
    clips.extend_from_within(..small);
    clips
}

fn boxed(name: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&u32::try_from(8 + body.len()).unwrap().to_be_bytes()[..], &name, &body].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// Clips of some kilobytes whose index promises a million pictures, all of them in the same few bytes.
fn lying() -> [Vec<u8>; 3] {
    let (chunks, each) = (330, 3_000);
    let sizes = boxed(*b"stsz", &[&words(&[0, 1, u32::MAX])]);
    let times = boxed(*b"stts", &[&words(&[0, 1, u32::MAX, 1])]);
    let runs = boxed(*b"stsc", &[&words(&[0, 1, 1, each, 1])]);
    let places = boxed(*b"stco", &[&words(&[0, chunks]), &words(&vec![0; chunks as usize])]);
    let table = [sizes, times, runs, places].concat();
    let edits = |count: u32| {
        let entries = words(&[1, 0x7000_0000, 0x1_0000]).repeat(count as usize);
        boxed(*b"edts", &[&boxed(*b"elst", &[&words(&[0, count]), &entries])])
    };
    // A run of the default size 0 takes no room, however long it is.
    let run = boxed(*b"traf", &[&boxed(*b"tfhd", &[&words(&[0, 1])]), &boxed(*b"trun", &[&words(&[0, 999_999])])]);
    let fragment = boxed(*b"moof", &[&run]);
    let defaults = boxed(*b"mvex", &[&boxed(*b"trex", &[&words(&[0, 1, 1, 1, 0, 0])])]);
    [
        [movie(&table, &[], &[]), boxed(*b"mdat", &[&[7; 3_000]])].concat(),
        [movie(&table, &edits(20_000), &[]), boxed(*b"mdat", &[&[7; 3_000]])].concat(),
        [movie(&[], &[], &defaults), fragment].concat(),
    ]
}

/// The front of a clip with one H.264 track that has this sample table and edit list.
fn movie(table: &[u8], edits: &[u8], more: &[u8]) -> Vec<u8> {
    let plain = include_bytes!("corpus/mp4/plain.mp4");
    let stsd = boxes(plain).into_iter().find(|at| &plain[*at..*at + 4] == b"stsd").unwrap() - 4;
    let length = u32::from_be_bytes(plain[stsd..stsd + 4].try_into().unwrap()) as usize;
    let table = boxed(*b"stbl", &[&plain[stsd..stsd + length], table]);
    let head = boxed(*b"mdhd", &[&words(&[0, 0, 0, 24, 0, 0])]);
    let handler = boxed(*b"hdlr", &[&words(&[0, 0]), b"vide", &[0; 13]]);
    let media = boxed(*b"mdia", &[&head, &handler, &boxed(*b"minf", &[&table])]);
    let track = boxed(*b"trak", &[&boxed(*b"tkhd", &[&words(&[0, 0, 0, 1]), &[0; 68]]), edits, &media]);
    let movie = boxed(*b"mvhd", &[&words(&[0, 0, 0, 24, 24]), &[0; 80]]);
    [boxed(*b"ftyp", &[b"isom", &[0; 4]]), boxed(*b"moov", &[&movie, &track, more])].concat()
}

#[test]
fn damaged_clips_end_in_facts_or_a_sentence() {
    let corpus = clips();
    let folder = tempfile::tempdir_in(memory_or_disk()).unwrap();
    let path = folder.path().join("damaged.mp4");
    let before = high_water();
    for bytes in lying() {
        std::fs::write(&path, &bytes).unwrap();
        check(&path, &mut Dice(1));
        let grown = high_water().saturating_sub(before);
        assert!(grown < MOST_MEMORY, "{grown} kB for {} bytes", bytes.len());
    }
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
                let _ = last_frame(path, None);
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
