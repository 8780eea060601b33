//! Clips that mean harm: damaged by chance, or with headers that lie. None may end the program, hang it, or take more
//! memory than an honest clip could.

use std::path::Path;
use std::time::Duration;

use inbetween::video::{self, PlayerOptions, PlayerState, VideoError};

use super::{Dice, bell, fixture, temporary, until};

/// Copies of each clip that are damaged; ten thousand in all where `INBETWEEN_LONG` is set.
fn rounds() -> usize {
    if std::env::var_os("INBETWEEN_LONG").is_some() { 3_334 } else { 150 }
}

#[test]
fn flipped_bits_never_panic_or_hang() {
    let mut dice = Dice(0x1234_5678_9abc_def1);
    for name in ["main-b.mp4", "fragmented.mp4", "interlaced.mp4"] {
        let whole = std::fs::read(fixture(name)).unwrap();
        for round in 0..rounds() {
            let clip = temporary(&damaged(&whole, round, &mut dice));
            let Ok(info) = video::probe(&clip) else { continue };
            assert!(info.frames <= 1_000_000);
            let frames = video::frames(&clip).map_or(0, |frames| frames.flatten().count());
            assert!(frames <= info.frames, "{name} round {round}");
        }
    }
}

/// A copy with bits flipped: in turn anywhere, in the index at the front, and several at once.
fn damaged(whole: &[u8], round: usize, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let reach = if round % 3 == 1 { 1200 } else { bytes.len() };
    for _ in 0..=(round % 3) * 4 {
        bytes[dice.roll(reach)] ^= 1 << dice.roll(8);
    }
    bytes
}

#[test]
fn a_player_shows_what_a_damaged_clip_has() {
    let mut dice = Dice(7);
    let whole = std::fs::read(fixture("long.mp4")).unwrap();
    for round in 0..30 {
        let clip = temporary(&damaged(&whole, round, &mut dice));
        let (waker, heard) = bell();
        let options = PlayerOptions { ffmpeg: None, cells: 3, ..PlayerOptions::default() };
        let mut player = video::Player::open(&clip, waker, options);
        // It ends in a frame or in a sentence.
        let outcome = until(&heard, || match player.state() {
            PlayerState::Failed(error) => Some(Err(error)),
            PlayerState::Opening => None,
            PlayerState::Ready(_) => player.current().map(Ok),
        });
        match outcome {
            Ok(frame) => assert!(!frame.samples().is_empty()),
            Err(error) => assert!(!error.to_string().is_empty(), "round {round}"),
        }
    }
}

/// Bytes of the first box called `name`, after its header.
fn inside(bytes: &mut [u8], name: [u8; 4]) -> &mut [u8] {
    let at = bytes.windows(4).position(|w| w == name).unwrap();
    &mut bytes[at + 4..]
}

/// Four thousand million pictures of one byte, all of the same size.
fn many_pictures() -> Vec<u8> {
    let mut bytes = std::fs::read(fixture("main-b.mp4")).unwrap();
    inside(&mut bytes, *b"stsz")[4..12].copy_from_slice(&[0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff]);
    inside(&mut bytes, *b"stts")[8..12].copy_from_slice(&[0xff; 4]);
    inside(&mut bytes, *b"stsc")[12..16].copy_from_slice(&[0xff; 4]);
    bytes
}

/// A hundred hours and more.
fn long() -> Vec<u8> {
    let mut bytes = std::fs::read(fixture("main-b.mp4")).unwrap();
    inside(&mut bytes, *b"mdhd")[16..20].copy_from_slice(&[0xff; 4]);
    inside(&mut bytes, *b"stts")[12..16].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff]);
    bytes
}

/// An index box larger than the file.
fn large_index() -> Vec<u8> {
    let mut bytes = std::fs::read(fixture("main-b.mp4")).unwrap();
    let moov = bytes.windows(4).position(|w| w == b"moov").unwrap();
    bytes[moov - 4..moov].copy_from_slice(&[0x7f; 4]);
    bytes
}

/// A sequence parameter set of 32,000 × 32,000 pixels: baseline, level 5.1.
fn huge_picture() -> Vec<u8> {
    let sps = [0x67, 66, 0xc0, 51, 0xda, 0x00, 0x1f, 0x40, 0x00, 0xfa, 0x19];
    let mut bytes = std::fs::read(fixture("baseline.mp4")).unwrap();
    let avcc = inside(&mut bytes, *b"avcC");
    let length = usize::from(u16::from_be_bytes([avcc[6], avcc[7]]));
    avcc[8..8 + length].fill(0);
    avcc[8..8 + sps.len()].copy_from_slice(&sps);
    bytes
}

#[test]
fn headers_that_lie_are_read_for_what_the_file_holds() {
    let many = many_pictures();
    let info = video::probe(&temporary(&many)).unwrap();
    assert!(info.incomplete && info.frames < many.len());

    let info = video::probe(&temporary(&long())).unwrap();
    assert!(info.frames >= 1 && info.duration > Duration::from_hours(1));

    assert!(video::probe(&temporary(&large_index())).is_ok(), "cut to what the file holds");

    let refused = video::probe(&temporary(&huge_picture())).unwrap_err();
    assert!(matches!(refused, VideoError::TooLarge { width: 32_000, .. }), "{refused:?}");
}

/// Set for the child, to the clip that it plays.
const CHILD: &str = "INBETWEEN_TEST_CLIP";

/// Runs as a child of the test below; does nothing on its own.
#[test]
fn child_plays_one_clip() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let (waker, heard) = bell();
    let mut player = video::Player::open(Path::new(&path), waker, PlayerOptions::default());
    until(&heard, || match player.state() {
        PlayerState::Failed(_) => Some(()),
        PlayerState::Opening => None,
        PlayerState::Ready(info) => {
            player.seek_frame(info.frames - 1);
            player.current().map(|frame| drop(frame.rgba()))
        }
    });
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    let line = format!("\npeak={}\n", peak.trim().trim_end_matches(" kB"));
    std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes()).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn no_clip_takes_500_megabytes() {
    let empty = Vec::new();
    let cut = std::fs::read(fixture("long.mp4")).unwrap()[..9_000].to_vec();
    for (name, bytes) in [
        ("many pictures", many_pictures()),
        ("a hundred hours", long()),
        ("a large index", large_index()),
        ("a huge picture", huge_picture()),
        ("nothing", empty),
        ("cut short", cut),
    ] {
        let clip = temporary(&bytes);
        let mut program = std::process::Command::new(std::env::current_exe().unwrap());
        let output = program.args(["--exact", "harm::child_plays_one_clip", "--nocapture"]).env(CHILD, &*clip).output();
        let output = output.expect("the test program can be run once more");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{name}: {text}{}", String::from_utf8_lossy(&output.stderr));
        let peak: u64 = text.split_once("\npeak=").unwrap().1.lines().next().unwrap().parse().unwrap();
        assert!(peak < 500_000, "{name} took {peak} kB");
    }
}
