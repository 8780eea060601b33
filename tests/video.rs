//! The player engine against clips that ffmpeg made and measured, and against broken ones.
//!
//! `fixtures/make-clips.sh` makes the clips and the MD5 of every frame; ffmpeg is needed only
//! where a clip goes through it.

#[path = "video/foreign.rs"]
mod foreign;
#[path = "video/harm.rs"]
mod harm;
#[path = "video/sound.rs"]
mod sound;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use inbetween::video::{self, Matrix, Player, PlayerOptions, PlayerState, VideoError};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// What ffmpeg says of each frame, for every clip that has a list.
fn lists() -> Vec<(PathBuf, Vec<String>)> {
    let mut found: Vec<_> = std::fs::read_dir(fixture(""))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md5"))
        .map(|path| (path.with_extension("mp4"), list(&path)))
        .collect();
    found.sort();
    found
}

fn list(path: &Path) -> Vec<String> {
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

fn md5s(path: &Path) -> Vec<String> {
    video::frame_md5s(path).unwrap().map(Result::unwrap).collect()
}

/// A file with these bytes, gone when dropped.
fn temporary(bytes: &[u8]) -> tempfile::TempPath {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file.into_temp_path()
}

#[test]
fn every_frame_of_every_clip_is_the_one_ffmpeg_decodes() {
    let lists = lists();
    assert!(lists.len() >= 24, "only {} clips", lists.len());
    for (clip, wanted) in lists {
        assert_eq!(md5s(&clip), wanted, "{}", clip.display());
        assert_eq!(video::probe(&clip).unwrap().frames, wanted.len(), "{}", clip.display());
    }
}

#[test]
fn one_frame_alone_is_the_same_as_in_its_row() {
    for name in ["open-gop", "long-open", "edit-list", "main-b", "interlaced", "fragmented"] {
        let clip = fixture(&format!("{name}.mp4"));
        let wanted = list(&clip.with_extension("md5"));
        for (number, md5) in wanted.iter().enumerate() {
            let frame = video::frame_at(&clip, number, None).unwrap();
            assert_eq!((frame.number, &frame.md5()), (number, md5), "{name}");
        }
        assert_eq!(video::last_frame(&clip, None).unwrap().md5(), *wanted.last().unwrap(), "{name}");
        assert_eq!(video::frame_at(&clip, wanted.len(), None), Err(VideoError::NoFrame(wanted.len())));
    }
}

#[test]
fn headers_tell_what_a_clip_is() {
    let probe = |name: &str| video::probe(&fixture(name)).unwrap();
    let plain = probe("main-b.mp4");
    assert_eq!((plain.width, plain.height, plain.rotation), (96, 64, 0));
    assert_eq!((plain.frame_rate.to_string(), plain.frames, plain.codec), ("24/1".into(), 20, "H.264"));
    assert!(plain.duration.abs_diff(Duration::from_secs(20) / 24) < Duration::from_millis(1));
    assert_eq!((plain.colour.matrix, plain.colour.full_range), (Matrix::Bt601, false));

    assert_eq!(probe("ntsc.mp4").frame_rate.to_string(), "30000/1001");
    assert_eq!((probe("cropped.mp4").width, probe("cropped.mp4").height), (98, 66));
    assert_eq!(probe("709.mp4").colour.matrix, Matrix::Bt709);
    let full = probe("full-range-601.mp4").colour;
    assert_eq!((full.matrix, full.full_range), (Matrix::Bt601, true));
    // The files are named by ffmpeg's counter-clockwise angle; a turn is told clockwise.
    for (name, size, degrees) in [("90", (64, 96), 270), ("180", (96, 64), 180), ("270", (64, 96), 90)] {
        let turned = probe(&format!("rotated-{name}.mp4"));
        assert_eq!(((turned.width, turned.height), turned.rotation), (size, degrees));
    }
    assert!(probe("ten-bit.mp4").layout.deep);
    assert!(probe("422.mp4").layout.tall_chroma);
}

#[test]
fn what_cannot_be_played_is_refused_in_a_sentence() {
    let said = |path: &Path| video::probe(path).unwrap_err().to_string();
    assert_eq!(said(&fixture("hevc.mp4")), "The clip is coded as HEVC, which cannot be played here");
    assert_eq!(said(&fixture("444.mp4")), "The clip uses a kind of H.264 that cannot be played here (4:4:4 chroma)");
    assert_eq!(said(&temporary(b"")), "The clip is an empty file");
    assert_eq!(said(&temporary(b"\x89PNG\r\n\x1a\n0000000000000000")), "The file is not an mp4 clip");
    assert_eq!(said(&fixture("make-clips.sh")), "The file is not an mp4 clip");
    assert!(said(Path::new("/nowhere/clip.mp4")).starts_with("The clip /nowhere/clip.mp4 could not be read: "));
}

#[test]
fn a_clip_cut_anywhere_shows_what_it_has_or_says_what_is_missing() {
    for name in ["main-b.mp4", "fragmented.mp4"] {
        let whole = std::fs::read(fixture(name)).unwrap();
        let wanted = list(&fixture(name).with_extension("md5"));
        let mut shown = 0;
        for cut in (0..whole.len()).step_by(97) {
            let clip = temporary(&whole[..cut]);
            let Ok(info) = video::probe(&clip) else { continue };
            let got: Vec<String> = video::frame_md5s(&clip).unwrap().filter_map(Result::ok).collect();
            // A file of fragments may be cut between two of them, or before its index, and look whole.
            assert!(info.incomplete || name == "fragmented.mp4", "{name} cut at {cut}");
            assert!(got.len() <= info.frames, "{name} cut at {cut}");
            // Nothing that was decoded from whole pictures may be wrong.
            assert!(got.iter().all(|md5| wanted.contains(md5)), "{name} cut at {cut}");
            shown += got.len();
        }
        assert!(shown > 0, "{name}");
    }
}

/// A small generator with a fixed start, so that a failure can be had again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// A waker that can be waited for, and that tells when the last of its clones is gone.
struct Bell(Mutex<Sender<()>>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let _ = self.0.lock().unwrap().send(());
    }
}

fn bell() -> (Waker, Receiver<()>) {
    let (ring, heard) = channel();
    (Waker::from(Arc::new(Bell(Mutex::new(ring)))), heard)
}

/// Far longer than anything takes; only a hang gets there.
const HANG: Duration = Duration::from_mins(1);

/// Looks again at every ring until `look` finds something.
fn until<T>(heard: &Receiver<()>, mut look: impl FnMut() -> Option<T>) -> T {
    loop {
        if let Some(found) = look() {
            return found;
        }
        heard.recv_timeout(HANG).expect("the player tells when something changed");
    }
}

fn ready(clip: &str, most_bytes: u64) -> (Player, Receiver<()>) {
    let (waker, heard) = bell();
    let options = PlayerOptions { most_bytes, cells: 5, cell_width: 32, ..PlayerOptions::default() };
    let player = Player::open(&fixture(clip), waker, options);
    until(&heard, || match player.state() {
        PlayerState::Opening => None,
        PlayerState::Ready(_) => Some(()),
        PlayerState::Failed(error) => panic!("{error}"),
    });
    (player, heard)
}

#[test]
fn scrubbing_shows_exactly_the_frame_whose_number_is_shown() {
    // With room for all frames, for most of them, and for sixteen only.
    for most_bytes in [1 << 21, 1 << 20, 1] {
        for clip in ["long", "long-open"] {
            let wanted = list(&fixture(&format!("{clip}.md5")));
            let (mut player, heard) = ready(&format!("{clip}.mp4"), most_bytes);
            let mut dice = Dice(99);
            for _ in 0..60 {
                let number = dice.roll(wanted.len());
                player.seek_frame(number);
                assert_eq!(player.frame_number(), number);
                let frame = until(&heard, || player.current());
                assert_eq!((frame.number, &frame.md5()), (number, &wanted[number]), "{clip}, {most_bytes}");
                player.step(-1);
                let before = number.saturating_sub(1);
                assert_eq!(until(&heard, || player.current()).md5(), wanted[before], "{clip}, {most_bytes}");
            }
            assert_eq!(player.lost_frames(), 0);
        }
    }
}

#[test]
fn playing_shows_every_frame_once_and_stops_on_the_last() {
    // With room for all frames, and with room for sixteen only.
    for most_bytes in [1 << 21, 1] {
        let wanted = list(&fixture("long.md5"));
        let (mut player, heard) = ready("long.mp4", most_bytes);
        let mut now = Instant::now();
        player.set_playing(true);
        let mut shown = vec![until(&heard, || player.current()).md5()];
        while player.is_playing() {
            let due = player.advance(now);
            if due.changed {
                shown.push(player.current().expect("due frames are there").md5());
            }
            match due.next {
                Some(wait) => now += wait,
                None if player.is_playing() => heard.recv_timeout(HANG).expect("a frame comes"),
                None => {}
            }
        }
        assert_eq!(shown, wanted);
        assert_eq!((player.frame_number(), player.late_frames()), (119, 0));
    }
}

#[test]
fn the_filmstrip_fills_with_the_frames_it_names() {
    let (player, heard) = ready("long.mp4", 1 << 21);
    let strip = until(&heard, || {
        let strip = player.filmstrip();
        strip.iter().all(|(_, picture)| picture.is_some()).then_some(strip)
    });
    assert_eq!(strip.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [0, 29, 59, 89, 119]);
    for (number, picture) in strip {
        let alone = video::frame_at(&fixture("long.mp4"), number, None).unwrap().thumbnail(32);
        assert_eq!(*picture.unwrap(), alone);
        assert_eq!(player.thumbnail(number, 32), Some(alone));
    }
}

#[test]
fn dropping_a_player_ends_its_thread() {
    for name in ["long.mp4", "main-b.mp4", "hevc.mp4"] {
        let (waker, heard) = bell();
        // Sixteen frames of room: with a longer clip the thread would wait for ever.
        drop(Player::open(&fixture(name), waker, PlayerOptions { most_bytes: 1, ..PlayerOptions::default() }));
        // The bell's sender lives as long as the thread that holds the waker.
        let ended = loop {
            if let Err(error) = heard.recv_timeout(HANG) {
                break error;
            }
        };
        assert_eq!(ended, std::sync::mpsc::RecvTimeoutError::Disconnected, "{name}");
    }
}

#[test]
fn a_player_tells_why_it_cannot_play() {
    for (name, said) in [("hevc.mp4", "HEVC"), ("444.mp4", "4:4:4"), ("nothing.mp4", "could not be read")] {
        let (waker, heard) = bell();
        let mut player =
            Player::open(&fixture(name), waker, PlayerOptions { ffmpeg: None, ..PlayerOptions::default() });
        let error = until(&heard, || match player.state() {
            PlayerState::Failed(error) => Some(error),
            _ => None,
        });
        assert!(error.to_string().contains(said), "{error}");
        player.set_playing(true);
        player.seek_frame(3);
        assert_eq!((player.current(), player.advance(Instant::now()).next), (None, None));
    }
}
