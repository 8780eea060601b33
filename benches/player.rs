//! The player on the hardest clip it is meant for: 1080p at 8 Mbit/s, ten seconds, one keyframe.
//!
//! ffmpeg makes the clips and decodes the same ones in the same run, by turns. Decoding is compared by the clock on the
//! wall, ours as the player does it, with two decoders where there are two processors, ffmpeg's with one thread; what
//! both took of the processors is said beside it.

#![expect(clippy::print_stdout, reason = "what a bench finds is printed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use inbetween::video::{self, Player, PlayerOptions, PlayerState};

const ROUNDS: usize = 3;
const JUMPS: usize = 400;

fn main() {
    if run("ffmpeg", &["-version"]).is_none() {
        println!("ffmpeg is not installed; it makes the clips and is what is compared with");
        return;
    }
    let large = clip("1080p", "1920x1080", "infinite");
    let keyed = clip("1080p-keyed", "1920x1080", "24");
    let tall = clip("1088", "1920x1088", "infinite");
    println!("load average {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
    decoding(&large);
    let (player, heard) = first_frame(&large);
    scrubbing(player, &heard);
    stopping(&keyed, "a keyframe a second");
    stopping(&large, "one keyframe");
    pace(&tall);
}

/// A clip of ten seconds of moving, noisy pictures, with a keyframe after so many; made once.
fn clip(name: &str, size: &str, keyframes: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("player-{name}.mp4"));
    if !path.exists() {
        let source = format!("testsrc2=size={size}:rate=24,noise=alls=6:all_seed=7:allf=t");
        let parameters = format!("bitrate=8000:keyint={keyframes}:bframes=3");
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-y", "-f", "lavfi", "-i", &source, "-frames:v", "240"])
            .args(["-pix_fmt", "yuv420p", "-c:v", "libx264", "-b:v", "8M"])
            .args(["-x264-params", &parameters, "-movflags", "+faststart"])
            .arg(&path)
            .status();
        assert!(made.expect("ffmpeg is there").success(), "ffmpeg with libx264 is needed");
    }
    path
}

/// How long a program takes, if there is one.
fn run(program: &str, arguments: &[&str]) -> Option<Duration> {
    let began = Instant::now();
    let mut command = Command::new(program);
    let status = command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    status.success().then(|| began.elapsed())
}

/// The least of several rounds, on the wall's clock and in processor time.
fn decoding(clip: &Path) {
    let arguments = ["-v", "error", "-threads", "1", "-i", clip.to_str().expect("a plain path"), "-f", "null", "-"];
    let (mut wall, mut processor) = ([f64::MAX; 2], [f64::MAX; 2]);
    for _ in 0..ROUNDS {
        let (before, began) = (processor_seconds(), Instant::now());
        let frames = video::frames(clip).expect("it decodes").flatten().count();
        wall[0] = wall[0].min(began.elapsed().as_secs_f64());
        assert_eq!(frames, 240);
        let between = processor_seconds();
        let theirs = run("ffmpeg", &arguments).expect("ffmpeg decodes it").as_secs_f64();
        wall[1] = wall[1].min(theirs);
        let after = processor_seconds();
        processor[0] = processor[0].min(between[0] - before[0]);
        processor[1] = processor[1].min(after[1] - between[1]);
    }
    let [ours, theirs] = wall;
    let [our_time, their_time] = processor;
    println!("decoding 240 frames of 1080p: {ours:.2} s; ffmpeg -threads 1: {theirs:.2} s; ratio {:.2}", ours / theirs);
    println!("    processor time: {our_time:.2} s; ffmpeg: {their_time:.2} s; ratio {:.2}", our_time / their_time);
}

/// Processor time of this process, and of those it started and waited for, in steps of a hundredth of a second.
fn processor_seconds() -> [f64; 2] {
    let text = std::fs::read_to_string("/proc/self/stat").expect("Linux counts it");
    let (_, fields) = text.rsplit_once(')').expect("the name ends");
    // After the name: user and system time are the 12th and 13th field, those of children follow.
    let ticks: Vec<f64> = fields.split_whitespace().skip(11).take(4).filter_map(|field| field.parse().ok()).collect();
    [(ticks[0] + ticks[1]) / 100.0, (ticks[2] + ticks[3]) / 100.0]
}

struct Bell(Mutex<Sender<()>>);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        // Nobody waits any more once the player is gone.
        let _ = self.0.lock().expect("nobody panics with it").send(());
    }
}

fn open(clip: &Path) -> (Player, Receiver<()>) {
    let (ring, heard) = channel();
    let waker = Waker::from(Arc::new(Bell(Mutex::new(ring))));
    (Player::open(clip, waker, PlayerOptions::default()), heard)
}

fn until<T>(heard: &Receiver<()>, mut look: impl FnMut() -> Option<T>) -> T {
    loop {
        if let Some(found) = look() {
            return found;
        }
        heard.recv_timeout(Duration::from_mins(1)).expect("the player goes on");
    }
}

fn first_frame(clip: &Path) -> (Player, Receiver<()>) {
    let mut times = Vec::new();
    for _ in 0..5 {
        let began = Instant::now();
        let (mut player, heard) = open(clip);
        until(&heard, || player.current().map(|frame| drop(frame.rgba())));
        times.push(began.elapsed());
    }
    report("first frame after the click", times);
    open(clip)
}

fn scrubbing(mut player: Player, heard: &Receiver<()>) {
    let began = Instant::now();
    let PlayerState::Ready(info) = until(heard, || match player.state() {
        PlayerState::Opening => None,
        state => Some(state),
    }) else {
        panic!("it can be played");
    };
    player.seek_frame(info.frames - 1);
    until(heard, || player.current());
    println!("everything decoded once: {:.2} s", began.elapsed().as_secs_f64());
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut pixels = Vec::new();
    let times = (0..JUMPS).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let number = (state % info.frames as u64) as usize;
        let began = Instant::now();
        player.seek_frame(number);
        let frame = until(heard, || player.current());
        frame.to_rgba(&mut pixels);
        assert_eq!(frame.number, number);
        began.elapsed()
    });
    report("a frame after a jump, once decoded", times.collect());
    println!("private memory: {} MB", private_memory() / 1024);
}

/// The playhead is dragged for a third of a second and let go, while the clip is still being decoded: how long until
/// the exact frame is there. Each time the clip is opened anew.
fn stopping(clip: &Path, keyframes: &str) {
    const STOPS: [usize; 7] = [40, 75, 110, 140, 175, 205, 235];
    let mut pixels = Vec::new();
    let times = STOPS.map(|stop| {
        let (mut player, heard) = open(clip);
        until(&heard, || player.current());
        for step in 0..20 {
            player.seek_frame(stop * step / 20);
            drop(player.current());
            std::thread::sleep(Duration::from_millis(16));
        }
        let began = Instant::now();
        player.seek_frame(stop);
        let frame = until(&heard, || player.current());
        frame.to_rgba(&mut pixels);
        assert_eq!(frame.number, stop);
        began.elapsed()
    });
    report(&format!("the exact frame after a drag while it is decoded, {keyframes}"), times.to_vec());
}

/// In kilobytes.
fn private_memory() -> u64 {
    let text = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap_or_default();
    let private = text.lines().filter(|line| line.starts_with("Private_"));
    private.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum()
}

/// Plays from the moment it is opened, in real time, each frame converted as the window does.
fn pace(clip: &Path) {
    let (mut player, heard) = open(clip);
    let mut pixels = Vec::new();
    player.set_playing(true);
    let began = Instant::now();
    let mut shown = 0;
    while player.is_playing() {
        let due = player.advance(Instant::now());
        if due.changed
            && let Some(frame) = player.current()
        {
            frame.to_rgba(&mut pixels);
            shown += 1;
        }
        match due.next {
            Some(wait) => std::thread::sleep(wait),
            None if player.is_playing() => drop(heard.recv_timeout(Duration::from_secs(5))),
            None => {}
        }
    }
    let took = began.elapsed().as_secs_f64();
    println!("1920×1088 played while it is decoded: {shown} shown in {took:.2} s of 10, {} late", player.late_frames());
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!("{what}: median {:.1} ms, 95 % {:.1} ms, most {:.1} ms", at(0.5), at(0.95), at(1.0));
}
