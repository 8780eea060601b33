//! What is handed to a device, without one: the device is a loop here, and its clock is the test's.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use super::course::Course;
use super::feed::{BLOCK, Feed, Shape, TOLERANCE};
use super::line::Line;
use super::speaker::{AHEAD, Reading};
use super::track::{self, Found, Track};

const RATE: u32 = 48_000;
const PERIOD: usize = 1024;
const SECOND: i64 = 1_000_000_000;

/// An onset is found this exactly at most: a click's edge is blurred by its coding.
const CLOSE: f64 = 0.02;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn track(name: &str) -> Arc<Track> {
    sound_of(&fixture(name))
}

fn sound_of(path: &Path) -> Arc<Track> {
    match track::find(path) {
        Found::Sound(track) => track,
        other => panic!("{}: {other:?}", path.display()),
    }
}

fn course(now: Instant, from: f64, looping: Option<(f64, f64)>) -> Course {
    let nanos = |seconds: f64| (seconds * SECOND as f64) as i64;
    let (start, end) = looping.unwrap_or((0.0, 10.0));
    let looping = looping.is_some();
    Course { position: nanos(from), since: now, speed: 1.0, start: nanos(start), end: nanos(end), looping }
}

/// All samples of the left channel from a place on, and the place of the first.
fn left(track: &Arc<Track>, from: f64) -> (i64, Vec<f32>) {
    let now = Instant::now();
    let mut reading = Reading::of(track, course(now, from, None), now).unwrap();
    let (mut first, mut samples) = (None, Vec::new());
    while let Some(piece) = reading.next() {
        let at = *first.get_or_insert(piece.at);
        assert_eq!(piece.at, at + samples.len().cast_signed() as i64, "no gap");
        samples.extend(piece.samples.iter().step_by(usize::from(track.channels)));
    }
    (first.unwrap_or(0), samples)
}

/// Where clicks begin, in samples.
fn onsets(samples: &[f32], rate: u32) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let quiet = rate as usize / 20;
    for (place, _) in samples.iter().enumerate().filter(|(_, sample)| sample.abs() > 0.15) {
        if found.last().is_none_or(|last| place > last + quiet) {
            found.push(place);
        }
    }
    found
}

/// The moments at which the pictures of a clip are white.
fn flashes(name: &str) -> Vec<f64> {
    let white = |frame: &crate::video::Frame| frame.samples()[..100].iter().all(|luma| *luma > 200);
    let frames = crate::video::frames(&fixture(name)).unwrap().map(Result::unwrap);
    frames.filter(white).map(|frame| frame.number as f64 / 24.0).collect()
}

fn assert_near(found: &[f64], wanted: &[f64], apart: f64, what: &str) {
    assert_eq!(found.len(), wanted.len(), "{what}: {found:?} and {wanted:?}");
    let near = found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < apart);
    assert!(near, "{what}: {found:?} and {wanted:?}");
}

#[test]
fn clicks_sound_with_their_frames_whatever_the_edit_lists_say() {
    for (name, count) in [
        ("sound.mp4", 4),
        ("sound-late.mp4", 3),
        ("sound-lead.mp4", 3),
        ("sound-fragments.mp4", 4),
        ("sound-cut.mp4", 3),
    ] {
        let track = track(name);
        let (first, samples) = left(&track, 0.0);
        let clicks = onsets(&samples, track.rate);
        let heard: Vec<f64> =
            clicks.iter().map(|place| (first + place.cast_signed() as i64) as f64 / f64::from(track.rate)).collect();
        let seen = flashes(name);
        assert!(heard.len() == count, "{name}: {heard:?}");
        assert_near(&heard, &seen[seen.len() - count..], CLOSE, name);
    }
}

#[test]
fn from_anywhere_the_same_samples_come() {
    let track = track("sound.mp4");
    let (first, whole) = left(&track, 0.0);
    for from in [0.001, 0.2499, 0.6, 1.001, 1.98] {
        let (at, part) = left(&track, from);
        assert_eq!(at, (from * f64::from(RATE)).round() as i64);
        let same = &whole[(at - first) as usize..];
        assert_eq!(part.len(), same.len(), "from {from}");
        assert!(part == same, "from {from}");
    }
    assert!(left(&track, 2.5).1.is_empty());
}

#[test]
fn a_stretch_that_loops_is_read_without_a_gap() {
    let (track, now) = (track("sound.mp4"), Instant::now());
    let (_, whole) = left(&track, 0.0);
    let mut reading = Reading::of(&track, course(now, 0.29, Some((0.2, 0.3))), now).unwrap();
    let mut samples = Vec::new();
    while samples.len() < 20_000 {
        samples.extend(reading.next().unwrap().samples.into_iter().step_by(2));
    }
    let wanted: Vec<f32> = (0..samples.len()).map(|n| whole[9_600 + (4_320 + n) % 4_800]).collect();
    assert!(samples == wanted);
    let short = course(now, 0.2, Some((0.2, 0.2001)));
    assert!(Reading::of(&track, short, now).is_none(), "next to nothing over and over");
}

#[test]
fn where_there_is_no_sound_a_stretch_is_filled_with_silence() {
    // Sound that ends before the pictures, and sound that begins after them.
    for (name, stretch) in [("sound.mp4", (1.5, 2.5)), ("sound-late.mp4", (0.0, 1.0))] {
        let (track, now) = (track(name), Instant::now());
        let mut reading = Reading::of(&track, course(now, stretch.0, Some(stretch)), now).unwrap();
        let (start, length) = ((stretch.0 * f64::from(track.rate)) as i64, i64::from(track.rate));
        let (mut wanted, mut samples) = (start, Vec::new());
        while samples.len() < 2 * length as usize {
            let piece = reading.next().unwrap();
            assert_eq!(piece.at, wanted, "{name}");
            samples.extend(piece.samples.iter().step_by(usize::from(track.channels)));
            wanted = start + samples.len().cast_signed() as i64 % length;
        }
        assert_eq!(onsets(&samples, track.rate).len(), 2, "{name}");
    }
}

/// A device of 48 kHz that asks for 1024 samples at a time, and the thread that decodes for it.
struct Device {
    line: Arc<Line>,
    track: Arc<Track>,
    feed: Feed,
    reading: Option<(u64, Reading)>,
    now: Instant,
    /// Its own period, by the system's clock.
    period: Duration,
    latency: Duration,
    /// The left channel of all it was given.
    out: Vec<f32>,
    began: Instant,
}

impl Device {
    fn new(track: Arc<Track>) -> Self {
        let now = Instant::now();
        let period = Duration::from_secs_f64(PERIOD as f64 / f64::from(RATE));
        let line = Arc::new(Line::new(Waker::noop().clone(), 1.0));
        let (rate, channels) = (NonZero::new(RATE).unwrap(), NonZero::new(2).unwrap());
        let shape = Shape { rate, channels, latency: period };
        let feed = Feed::new(Arc::clone(&line), shape, track.rate, track.channels, now);
        let mut device =
            Self { line, track, feed, reading: None, now, period, latency: period, out: Vec::new(), began: now };
        // Before anything plays a device has asked already.
        device.run(0.1);
        device
    }

    fn run(&mut self, seconds: f64) {
        let until = self.now + Duration::from_secs_f64(seconds);
        while self.now < until {
            self.decode();
            for _ in 0..PERIOD / BLOCK {
                self.out.extend(self.feed.fill(self.now).iter().step_by(2));
            }
            self.now += self.period;
        }
    }

    fn decode(&mut self) {
        loop {
            let mut state = self.line.lock();
            let Some(course) = state.course.filter(|_| !state.ended && state.queue.len() < AHEAD) else { return };
            if self.reading.as_ref().is_none_or(|(turn, _)| *turn != state.turn) {
                self.reading = Reading::of(&self.track, course, self.now).map(|reading| (state.turn, reading));
            }
            let piece = self.reading.as_mut().and_then(|(_, reading)| reading.next());
            state.ended = piece.is_none();
            state.queue.extend(piece);
        }
    }

    /// When clicks are heard, in seconds after `since`.
    fn clicks(&self, since: Instant) -> Vec<f64> {
        let of_device = self.period.as_secs_f64() / PERIOD as f64;
        let first = (self.began + self.latency).duration_since(since.min(self.began + self.latency)).as_secs_f64();
        let skipped = since.saturating_duration_since(self.began + self.latency).as_secs_f64();
        let heard = onsets(&self.out, RATE).into_iter().map(|place| first + place as f64 * of_device - skipped);
        heard.filter(|at| *at > -0.001).collect()
    }
}

#[test]
fn at_every_speed_a_click_is_heard_when_its_frame_is_shown() {
    for speed in [0.25, 0.5, 0.75, 1.0, 1.5, 2.0] {
        for name in ["sound.mp4", "sound-late.mp4"] {
            let mut device = Device::new(track(name));
            let start = device.now;
            device.line.follow(Some(Course { speed, ..course(start, 0.1, None) }), true);
            device.run(2.2 / speed);
            let seen: Vec<f64> = flashes(name).iter().map(|at| (at - 0.1) / speed).collect();
            let seen = if name == "sound.mp4" { &seen[..] } else { &seen[1..] };
            assert_near(&device.clicks(start), seen, CLOSE / speed.min(1.0), &format!("{name} at {speed}"));
        }
    }
}

#[test]
fn seeking_goes_there_and_pausing_is_silence() {
    let mut device = Device::new(track("sound.mp4"));
    device.line.follow(Some(course(device.now, 0.0, None)), true);
    device.run(0.4);
    assert_eq!(onsets(&device.out, RATE).len(), 1);
    device.line.follow(None, true);
    let paused = device.out.len();
    device.run(1.0);
    assert!(device.out[paused + RATE as usize / 100..].iter().all(|sample| *sample == 0.0));

    let sought = device.now;
    device.line.follow(Some(course(sought, 1.6, None)), true);
    device.run(0.5);
    assert_near(&device.clicks(sought), &[0.15], CLOSE, "from 1.6 s on");
    let back = device.now;
    device.line.follow(Some(course(back, 0.7, None)), true);
    device.run(0.2);
    assert_near(&device.clicks(back), &[0.05], CLOSE, "back at 0.7 s");
}

#[test]
fn in_and_out_points_are_heard_over_and_over() {
    let mut device = Device::new(track("sound.mp4"));
    let start = device.now;
    device.line.follow(Some(course(start, 0.6, Some((0.5, 1.0)))), true);
    device.run(2.0);
    assert_near(&device.clicks(start), &[0.15, 0.65, 1.15, 1.65], CLOSE, "0.5 s to 1 s");
}

#[test]
fn what_is_over_is_silent() {
    let mut device = Device::new(track("sound.mp4"));
    let start = device.now;
    device.line.follow(Some(Course { end: SECOND, ..course(start, 0.5, None) }), true);
    device.run(2.0);
    assert_near(&device.clicks(start), &[0.25], CLOSE, "up to the out point");
}

#[test]
fn a_device_whose_clock_is_wrong_is_kept_in_time() {
    for wrong in [0.97, 1.03] {
        let mut device = Device::new(track("sound.mp4"));
        device.period = device.period.mul_f64(wrong);
        let start = device.now;
        device.line.follow(Some(course(start, 0.0, Some((0.0, 2.0)))), true);
        let before = device.out.len();
        device.run(20.0);
        // The device's own time, sample by sample, from when it was told.
        let of_device = device.period.as_secs_f64() / PERIOD as f64;
        let clicks = onsets(&device.out[before..], RATE).into_iter();
        let heard: Vec<f64> = clicks.map(|at| at as f64 * of_device + device.latency.as_secs_f64()).collect();
        assert!(heard.len() >= 38, "{} of 40 clicks", heard.len());
        let off = |at: &f64| ((at - 0.25) / 0.5 - ((at - 0.25) / 0.5).round()).abs() * 0.5;
        let worst = heard.iter().map(off).fold(0.0, f64::max);
        assert!(worst < TOLERANCE.as_secs_f64() + 0.03, "{wrong}: {worst}");
    }
}

#[test]
fn loudness_is_a_factor_and_none_is_silence() {
    let peak = |loudness: f32| {
        let mut device = Device::new(track("sound.mp4"));
        device.line.set_loudness(loudness);
        device.line.follow(Some(course(device.now, 0.0, None)), true);
        device.run(0.5);
        device.out.iter().fold(0f32, |most, sample| most.max(sample.abs()))
    };
    let whole = peak(1.0);
    assert!(whole > 0.3, "{whole}");
    assert!((peak(0.25) / whole - 0.25).abs() < 0.02);
    assert!(peak(0.0) == 0.0);
}

/// A file with these bytes, gone when dropped.
fn temporary(bytes: &[u8]) -> tempfile::TempPath {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file.into_temp_path()
}

#[test]
fn damaged_packets_are_silent_and_the_rest_stays_in_time() {
    let whole = std::fs::read(fixture("sound.mp4")).unwrap();
    let track = track("sound.mp4");
    let (_, plain) = left(&track, 0.0);
    let mut bytes = whole;
    // From 0.4 s to 0.6 s, between two clicks.
    for number in track.number_at(19_200)..track.number_at(28_800) {
        let mut packet = Vec::new();
        assert!(track.packet(number, &mut packet));
        let at = track.packets[number].offset as usize;
        bytes[at..at + packet.len()].fill(0xff);
    }
    let (first, samples) = left(&sound_of(&temporary(&bytes)), 0.0);
    assert_eq!((first, samples.len()), (0, plain.len()));
    assert!(samples[21_000..28_000].iter().all(|sample| *sample == 0.0));
    let (damaged, clicks) = (onsets(&samples, RATE), onsets(&plain, RATE));
    assert_near(
        &damaged.iter().map(|at| *at as f64).collect::<Vec<_>>(),
        &clicks.iter().map(|at| *at as f64).collect::<Vec<_>>(),
        48.0,
        "clicks around the damage",
    );
}

#[test]
fn no_damage_ends_in_a_panic_or_without_end() {
    let whole = std::fs::read(fixture("sound.mp4")).unwrap();
    let mut dice = 0x1234_5678_9abc_def1_u64;
    let mut roll = |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice % sides as u64) as usize
    };
    let mut read = 0;
    for round in 0..300 {
        let mut bytes = whole.clone();
        // By turns in the index at the front and anywhere.
        let reach = if round % 2 == 0 { 3000 } else { bytes.len() };
        for _ in 0..=round % 9 {
            bytes[roll(reach)] ^= 1 << roll(8);
        }
        let Found::Sound(track) = track::find(&temporary(&bytes)) else { continue };
        let now = Instant::now();
        let mut reading = Reading::of(&track, course(now, 0.0, None), now).unwrap();
        let pieces = std::iter::from_fn(|| reading.next()).take(5000).count();
        assert!(pieces < 5000, "ten seconds end");
        read += 1;
    }
    assert!(read > 50, "{read}");
}

#[test]
fn clips_without_sound_have_none_and_other_coding_is_unknown() {
    assert!(matches!(track::find(&fixture("main-b.mp4")), Found::Nothing));
    assert!(matches!(track::find(&fixture("make-clips.sh")), Found::Nothing));
    assert!(matches!(track::find(Path::new("/nowhere/clip.mp4")), Found::Nothing));
    let mut bytes = std::fs::read(fixture("sound.mp4")).unwrap();
    // Whatever the pictures are coded in.
    let at = bytes.windows(4).position(|name| name == b"avc1").unwrap();
    bytes[at..at + 4].copy_from_slice(b"hvc1");
    assert_eq!(left(&sound_of(&temporary(&bytes)), 0.0), left(&track("sound.mp4"), 0.0));
    let at = bytes.windows(4).position(|name| name == b"mp4a").unwrap();
    bytes[at..at + 4].copy_from_slice(b"ac-3");
    assert!(matches!(track::find(&temporary(&bytes)), Found::Unknown));
}

#[test]
fn an_index_that_lies_promises_no_more_packets_than_the_file_holds() {
    let mut bytes = std::fs::read(fixture("sound.mp4")).unwrap();
    let sound = bytes.windows(4).position(|name| name == b"soun").unwrap();
    // Four thousand million packets of one byte.
    for (name, at, lie) in
        [(b"stsz", 8, [0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff]), (b"stts", 12, [0xff, 0xff, 0xff, 0xff, 0, 0, 4, 0])]
    {
        let place = sound + bytes[sound..].windows(4).position(|found| found == name).unwrap() + at;
        bytes[place..place + 8].copy_from_slice(&lie);
    }
    if let Found::Sound(track) = track::find(&temporary(&bytes)) {
        assert!(track.packets.len() <= bytes.len());
        assert!(left(&track, 0.0).1.len() <= track.packets.len() * 1024);
    }
}
