//! Clips that the decoders here refuse, through the ffmpeg of this machine, and through programs that only pretend.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use inbetween::video::{self, FFMPEG, Player, PlayerOptions, PlayerState, VideoError};

use super::{HANG, bell, fixture, until};

fn open(clip: &Path, ffmpeg: Option<&Path>, most_bytes: u64) -> (Player, Receiver<()>) {
    let (waker, heard) = bell();
    let options =
        PlayerOptions { ffmpeg: ffmpeg.map(Path::to_owned), most_bytes, cells: 3, ..PlayerOptions::default() };
    (Player::open(clip, waker, options), heard)
}

/// The clip once it is open, or why it cannot be played.
fn opened(player: &Player, heard: &Receiver<()>) -> Result<video::ClipInfo, VideoError> {
    until(heard, || match player.state() {
        PlayerState::Opening => None,
        PlayerState::Ready(info) => Some(Ok(info)),
        PlayerState::Failed(error) => Some(Err(error)),
    })
}

/// What ffmpeg itself says of each frame in 8-bit 4:2:0.
fn list(clip: &Path) -> Vec<String> {
    let mut ffmpeg = Command::new(FFMPEG);
    ffmpeg.args(["-v", "error", "-i"]).arg(clip);
    ffmpeg.args(["-map", "0:v:0", "-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-f", "framemd5", "-"]);
    let output = ffmpeg.output().expect("ffmpeg is installed");
    let text = String::from_utf8(output.stdout).unwrap();
    let frames = text.lines().filter(|line| !line.starts_with('#'));
    frames.filter_map(|line| Some(line.rsplit(',').next()?.trim().to_owned())).collect()
}

/// Sixty frames in another codec, for its encoder and container by name. `None` where this ffmpeg has no such encoder.
#[expect(clippy::print_stdout, reason = "what is left out is told")]
fn made(folder: &Path, name: &str, encoder: &str, options: &[&str]) -> Option<PathBuf> {
    let listed = Command::new(FFMPEG).args(["-v", "error", "-encoders"]).output().expect("ffmpeg is installed");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    if !listed.split_whitespace().any(|word| word == encoder) {
        println!("{name} is not tried: this ffmpeg has no {encoder}");
        return None;
    }
    let clip = folder.join(name);
    let made = Command::new(FFMPEG)
        .args(["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=96x64:rate=24", "-frames:v", "60"])
        .args(["-pix_fmt", "yuv420p", "-c:v", encoder])
        .args(options)
        .arg(&clip)
        .stderr(std::process::Stdio::null())
        .status();
    assert!(made.expect("ffmpeg is installed").success(), "{name}");
    Some(clip)
}

/// Frames that lean on later ones, and frames that are decoded and never shown.
const FOREIGN: [(&str, &str, &[&str], &str); 5] = [
    ("hevc.mp4", "libx265", &["-x265-params", "log-level=none:bframes=3", "-tag:v", "hvc1"], "HEVC"),
    ("vp9.mp4", "libvpx-vp9", &["-deadline", "realtime", "-cpu-used", "8", "-auto-alt-ref", "1"], "VP9"),
    ("vp9.webm", "libvpx-vp9", &["-deadline", "good", "-cpu-used", "5", "-lag-in-frames", "16"], "VP9"),
    ("av1.mp4", "libaom-av1", &["-cpu-used", "8"], "AV1"),
    ("av1.webm", "libsvtav1", &["-preset", "12"], "AV1"),
];

#[test]
fn a_clip_in_another_codec_plays_frame_by_frame() {
    let folder = tempfile::tempdir().unwrap();
    for (name, encoder, options, codec) in FOREIGN {
        if let Some(clip) = made(folder.path(), name, encoder, options) {
            plays_frame_by_frame(&clip, codec);
        }
    }
}

fn plays_frame_by_frame(clip: &Path, codec: &str) {
    let wanted = list(clip);
    assert_eq!(wanted.len(), 60, "{}", clip.display());
    // With room for all frames, and with room for sixteen only.
    for most_bytes in [1 << 21, 1] {
        let (mut player, heard) = open(clip, Some(Path::new(FFMPEG)), most_bytes);
        let info = opened(&player, &heard).expect("ffmpeg plays it");
        assert!(info.through_ffmpeg && !info.incomplete);
        assert_eq!((info.frames, info.codec, info.frame_rate.to_string()), (60, codec, "24/1".to_owned()));
        assert_eq!((info.width, info.height), (96, 64));
        assert!(info.duration.as_millis().abs_diff(2500) <= 1, "{:?}", info.duration);
        // Every step back starts ffmpeg anew.
        for number in [0, 59, 30, 58] {
            player.seek_frame(number);
            let frame = until(&heard, || player.current());
            assert_eq!((frame.number, &frame.md5()), (number, &wanted[number]), "{codec}, {most_bytes}");
        }
        assert_eq!(player.lost_frames(), 0);
    }
    let ffmpeg = Some(Path::new(FFMPEG));
    assert_eq!(video::probe_through(clip, ffmpeg).unwrap().codec, codec);
    let all: Vec<String> = video::frames_through(clip, ffmpeg).unwrap().map(|frame| frame.unwrap().md5()).collect();
    assert_eq!(all, wanted);
    assert_eq!(video::frame_at(clip, 41, ffmpeg).unwrap().md5(), wanted[41]);
    assert_eq!(video::last_frame(clip, ffmpeg).unwrap().md5(), wanted[59]);
    assert!(video::frame_at(clip, 60, ffmpeg).is_err());
    assert!(video::frame_at(clip, 0, None).is_err() && video::probe_through(clip, None).is_err());
}

#[test]
fn other_kinds_of_h264_play_too() {
    let (mut player, heard) = open(&fixture("444.mp4"), Some(Path::new(FFMPEG)), 1 << 21);
    let info = opened(&player, &heard).expect("ffmpeg plays it");
    assert_eq!((info.codec, info.through_ffmpeg), ("H.264", true));
    assert_eq!(until(&heard, || player.current()).number, 0);
}

#[test]
fn without_the_program_the_sentence_names_the_codec() {
    for ffmpeg in [None, Some(Path::new("/nowhere/ffmpeg"))] {
        let (player, heard) = open(&fixture("hevc.mp4"), ffmpeg, 1 << 21);
        let error = opened(&player, &heard).unwrap_err();
        assert!(error.is_about_coding());
        assert_eq!(error.to_string(), "The clip is coded as HEVC, which cannot be played here");
    }
}

/// Programs that pretend to be ffmpeg and ffprobe.
#[cfg(unix)]
fn pretend(folder: &Path, ffmpeg: &str, ffprobe: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    for (name, body) in [("ffmpeg", ffmpeg), ("ffprobe", ffprobe)] {
        let file = folder.join(name);
        std::fs::write(&file, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder.join("ffmpeg")
}

#[cfg(unix)]
const TWO_FRAMES: &str = r#"echo '{"packets":[{"pts":0,"duration":1,"flags":"K_"},{"pts":1,"duration":1,"flags":"__"}],
"streams":[{"codec_name":"hevc","time_base":"1/24"}]}'"#;

#[cfg(unix)]
#[test]
fn a_program_that_answers_nonsense_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (ffmpeg, ffprobe) in [
        ("exit 1", "exit 1"),
        ("echo nonsense", TWO_FRAMES),
        ("exit 0", TWO_FRAMES),
        ("echo YUV4MPEG2 W60000 H60000", TWO_FRAMES),
        ("echo YUV4MPEG2 W2 H2", "echo '{\"packets\":[],\"streams\":[]}'"),
        ("echo YUV4MPEG2 W2 H2", "echo '[[[['"),
    ] {
        let program = pretend(folder.path(), ffmpeg, ffprobe);
        let (player, heard) = open(&fixture("hevc.mp4"), Some(&program), 1 << 21);
        let error = opened(&player, &heard).unwrap_err();
        assert_eq!(error, VideoError::Codec("HEVC".into()), "{ffmpeg} / {ffprobe}");
    }
    // Fewer frames than promised: what is there is shown, the rest is lost.
    let one = "printf 'YUV4MPEG2 W2 H2\\nFRAME\\n123456FRAME\\n12'";
    let program = pretend(folder.path(), one, TWO_FRAMES);
    let (mut player, heard) = open(&fixture("hevc.mp4"), Some(&program), 1 << 21);
    assert_eq!(opened(&player, &heard).unwrap().frames, 2);
    assert_eq!(until(&heard, || player.current()).samples(), b"123456");
    player.seek_frame(1);
    assert_eq!(until(&heard, || player.current()).number, 0, "the one before stands in");
    assert_eq!(player.lost_frames(), 1);
}

#[cfg(unix)]
#[test]
fn a_program_that_hangs_goes_with_its_player() {
    let folder = tempfile::tempdir().unwrap();
    let stuck = "exec sleep 3600";
    for (ffmpeg, ffprobe) in [(stuck, stuck), (stuck, TWO_FRAMES)] {
        let program = pretend(folder.path(), ffmpeg, ffprobe);
        let (player, heard) = open(&fixture("hevc.mp4"), Some(&program), 1 << 21);
        drop(player);
        // The bell's sender lives as long as the thread that holds the waker, and that waits for the program.
        let ended = loop {
            if let Err(error) = heard.recv_timeout(HANG) {
                break error;
            }
        };
        assert_eq!(ended, RecvTimeoutError::Disconnected);
    }
}
