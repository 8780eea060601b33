//! What is known of a clip before any of it is decoded.
//!
//! Owns opening a file, the limits that keep a lying header from taking memory, and the times
//! of its frames. Opening reads the index and the parameter sets, never a picture.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rust_h264::nal::{NalUnit, NalUnitType, SpsInfo, parse_avcc, parse_sps_info};

use super::error::{Coding, Damage, VideoError};
use super::foreign::Foreign;
use super::frame::{Colour, Layout};
use super::mp4::{self, Movie};
use super::reading;

/// Decoding may not need more memory than this for its reference pictures.
const MOST_DECODER_BYTES: u64 = 400 << 20;

/// A number of frames a second as a fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameRate {
    /// Frames …
    pub frames: u32,
    /// … in so many seconds.
    pub seconds: u32,
}

impl FrameRate {
    /// Frames a second.
    #[must_use]
    pub fn per_second(self) -> f64 {
        f64::from(self.frames) / f64::from(self.seconds)
    }
}

impl std::fmt::Display for FrameRate {
    /// As ffprobe writes it: `24/1`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.frames, self.seconds)
    }
}

/// What a clip is, from its headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClipInfo {
    /// Width in pixels as shown: cropped and turned.
    pub width: u32,
    /// Height in pixels as shown.
    pub height: u32,
    /// From the times in the file; the mean where frames do not all last equally long.
    pub frame_rate: FrameRate,
    /// How many frames are shown, at least 1.
    pub frames: usize,
    /// From the start of the first frame to the end of the last.
    pub duration: Duration,
    /// Clockwise degrees the coded picture is turned by: 0, 90, 180 or 270.
    pub rotation: u16,
    /// Matrix and range.
    pub colour: Colour,
    /// How decoded frames are laid out.
    pub layout: Layout,
    /// For people: "H.264".
    pub codec: &'static str,
    /// The file ends before its last picture; what is there is shown.
    pub incomplete: bool,
    /// The user's ffmpeg decodes it, in 8-bit 4:2:0 whatever it was coded in.
    pub through_ffmpeg: bool,
}

/// A clip that was opened: its index, its info and the file itself.
#[derive(Debug)]
pub(super) struct Clip {
    pub(super) file: File,
    pub(super) movie: Movie,
    pub(super) info: ClipInfo,
    pub(super) sps: SpsInfo,
    /// When each frame starts, from the first one's start.
    pub(super) starts: Vec<Duration>,
}

/// Reads what the clip at `path` is, without decoding any of it.
pub fn probe(path: &Path) -> Result<ClipInfo, VideoError> {
    Clip::open(path).map(|clip| clip.info)
}

/// As [`probe`]; `ffmpeg` is asked where the clip is coded in a way that is not known here.
pub fn probe_through(path: &Path, ffmpeg: Option<&Path>) -> Result<ClipInfo, VideoError> {
    probe(path).or_else(|error| {
        let program = ffmpeg.filter(|_| error.is_about_coding());
        let clip = program.and_then(|program| Foreign::open(program, path, Arc::default()));
        clip.map(|clip| clip.info().clone()).ok_or(error)
    })
}

impl Clip {
    /// Opens the clip; any panic of a parser on a corrupt header comes back as an error.
    pub(super) fn open(path: &Path) -> Result<Self, VideoError> {
        reading::guarded(|| Self::open_unguarded(path)).unwrap_or(Err(VideoError::Damaged(Damage::Contradiction)))
    }

    fn open_unguarded(path: &Path) -> Result<Self, VideoError> {
        let unreadable = |e: std::io::Error| VideoError::Read { path: path.to_owned(), reason: e.to_string() };
        let mut file = File::open(path).map_err(unreadable)?;
        let mut movie = mp4::read(&mut file, path)?;
        if movie.parameter_sets.is_empty() {
            // `avc3`: they stand in front of the first picture instead.
            movie.parameter_sets = reading::first_parameter_sets(&mut file, &movie)?;
        }
        let sps = common_sps(&movie.parameter_sets)?;
        check_size(&sps)?;
        let layout = layout(&sps, &movie)?;
        let colour = Colour::from_stream(sps.matrix, sps.full_range, sps.height);
        let (starts, duration) = starts(&movie);
        let info = ClipInfo {
            width: layout.width,
            height: layout.height,
            frame_rate: frame_rate(&movie, duration),
            frames: movie.shown.len(),
            duration,
            rotation: movie.turn.degrees(),
            colour,
            layout,
            codec: "H.264",
            incomplete: movie.cut,
            through_ffmpeg: false,
        };
        Ok(Self { file, movie, info, sps, starts })
    }
}

/// The one picture format that every sequence parameter set among `sets` describes.
fn common_sps(sets: &[Vec<u8>]) -> Result<SpsInfo, VideoError> {
    let mut common: Option<SpsInfo> = None;
    for set in sets {
        let framed = [&(set.len() as u32).to_be_bytes()[..], set].concat();
        for nal in parse_avcc(&framed, 4).iter().filter(|n| n.nal_unit_type == NalUnitType::Sps) {
            let sps = read_sps(nal)?;
            if common.is_some_and(|c| !same_picture(&c, &sps)) {
                return Err(VideoError::Unsupported(Coding::SizeChanges));
            }
            common.get_or_insert(sps);
        }
    }
    common.ok_or(VideoError::Damaged(Damage::NoCoding))
}

/// Reads one sequence parameter set.
pub(super) fn read_sps(nal: &NalUnit<'_>) -> Result<SpsInfo, VideoError> {
    parse_sps_info(nal).map_err(|e| match e {
        rust_h264::error::DecodeError::Unsupported(what) => VideoError::Unsupported(Coding::named(what)),
        _ => VideoError::Damaged(Damage::NoCoding),
    })
}

/// Whether two parameter sets give frames of the same layout and memory need.
pub(super) fn same_picture(a: &SpsInfo, b: &SpsInfo) -> bool {
    let key = |s: &SpsInfo| {
        let sizes = (s.width, s.height, s.coded_width, s.coded_height);
        (sizes, s.chroma_format, s.bit_depth_luma, s.bit_depth_chroma, s.progressive)
    };
    key(a) == key(b) && b.reference_frames <= a.reference_frames.max(16)
}

/// What the reference pictures of a decoder may take, in bytes.
fn reference_bytes(sps: &SpsInfo) -> u64 {
    // A picture's samples (4:2:2 at worst) and the motion that is kept with it.
    let depth = if sps.bit_depth_luma > 8 { 2 } else { 1 };
    let picture = u64::from(sps.coded_width) * u64::from(sps.coded_height) * 3 * depth;
    picture * (u64::from(sps.reference_frames.min(16)) + 3)
}

/// Whether two decoders may work on a stream at once.
pub(super) fn has_room_for_two(sps: &SpsInfo) -> bool {
    reference_bytes(sps) * 2 <= MOST_DECODER_BYTES
}

fn check_size(sps: &SpsInfo) -> Result<(), VideoError> {
    let (width, height) = (sps.coded_width, sps.coded_height);
    let too_large = VideoError::TooLarge { width, height };
    if width > 16_384 || height > 16_384 {
        return Err(too_large);
    }
    if reference_bytes(sps) > MOST_DECODER_BYTES {
        return Err(too_large);
    }
    let cropped = sps.width > 0 && sps.height > 0 && sps.width <= width && sps.height <= height;
    if cropped { Ok(()) } else { Err(VideoError::Damaged(Damage::NoSize)) }
}

fn layout(sps: &SpsInfo, movie: &Movie) -> Result<Layout, VideoError> {
    let unsupported = |kind| Err(VideoError::Unsupported(kind));
    let tall_chroma = match sps.chroma_format {
        // The decoder gives grey pictures neutral 4:2:0 chroma, as ffmpeg does.
        0 | 1 => false,
        2 => true,
        _ => return unsupported(Coding::FullChroma),
    };
    let deep = match (sps.bit_depth_luma, sps.bit_depth_chroma) {
        (8, 8) => false,
        (10, 10) => true,
        _ => return unsupported(Coding::BitDepth),
    };
    let (width, height) = movie.turn.size(sps.width, sps.height);
    if tall_chroma && (width, height) != (sps.width, sps.height) {
        return unsupported(Coding::TallChromaTurned);
    }
    Ok(Layout { width, height, tall_chroma, deep })
}

/// When each shown frame starts, and how long all of them last.
fn starts(movie: &Movie) -> (Vec<Duration>, Duration) {
    let time = |n: u32| movie.samples[n as usize].time;
    let first = movie.shown.first().map_or(0, |&n| time(n));
    let since = |ticks: i64| {
        let nanos = u128::from(ticks.saturating_sub(first).max(0).cast_unsigned()) * 1_000_000_000;
        Duration::from_nanos(u64::try_from(nanos / u128::from(movie.timescale)).unwrap_or(u64::MAX))
    };
    let starts: Vec<Duration> = movie.shown.iter().map(|&n| since(time(n))).collect();
    (starts, since(end_tick(movie)))
}

/// The tick at which the last shown frame ends. Its own duration may be missing, or a
/// leftover; then it lasts as long as the one before.
fn end_tick(movie: &Movie) -> i64 {
    let samples = || movie.shown.iter().rev().map(|&n| movie.samples[n as usize]);
    let Some(last) = samples().next() else { return 0 };
    let before = samples().nth(1).map(|s| last.time - s.time).filter(|&d| d > 0);
    let own = i64::from(last.duration);
    last.time.saturating_add(if own > 0 { own } else { before.unwrap_or(1) })
}

/// Frames a second: exact where all last equally long, else the mean.
fn frame_rate(movie: &Movie, duration: Duration) -> FrameRate {
    let times: Vec<i64> = movie.shown.iter().map(|&n| movie.samples[n as usize].time).collect();
    let steps = || times.windows(2).map(|pair| pair[1] - pair[0]);
    let first = steps().next().unwrap_or_else(|| end_tick(movie) - times.first().copied().unwrap_or(0));
    if let Ok(step) = u32::try_from(first)
        && step > 0
        && steps().all(|s| s == first)
    {
        return reduced(u64::from(movie.timescale), u64::from(step));
    }
    mean_rate(times.len(), duration, 0.001)
}

/// Frames a second of so many frames, whose times are multiples of `tick`.
pub(super) fn frame_rate_of(frames: usize, duration: Duration, tick: Duration) -> FrameRate {
    let seconds = duration.as_secs_f64().max(1e-6);
    // Both ends may be a tick beside where they belong.
    let slack = frames as f64 / seconds * 2.0 * tick.as_secs_f64() / seconds;
    mean_rate(frames, duration, slack.clamp(0.001, 0.05))
}

/// The mean, snapped to a customary rate where it is within `slack` frames a second of one:
/// a coarse timescale rounds every step of an even rate.
fn mean_rate(frames: usize, duration: Duration, slack: f64) -> FrameRate {
    const CUSTOMARY: [(u32, u32); 9] =
        [(24, 1), (24_000, 1001), (25, 1), (30, 1), (30_000, 1001), (48, 1), (50, 1), (60, 1), (60_000, 1001)];
    let mean = frames as f64 / duration.as_secs_f64().max(1e-6);
    let customary = CUSTOMARY
        .map(|(frames, seconds)| FrameRate { frames, seconds })
        .into_iter()
        .min_by(|a, b| (a.per_second() - mean).abs().total_cmp(&(b.per_second() - mean).abs()))
        .filter(|rate| (rate.per_second() - mean).abs() < slack);
    customary.unwrap_or_else(|| reduced((mean * 1000.0).round() as u64, 1000))
}

fn reduced(frames: u64, seconds: u64) -> FrameRate {
    let (mut a, mut b) = (frames, seconds);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    let part = |n: u64| u32::try_from(n / a.max(1)).unwrap_or(u32::MAX).max(1);
    FrameRate { frames: part(frames), seconds: part(seconds) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_in_lowest_terms() {
        assert_eq!(reduced(12_288, 512).to_string(), "24/1");
        assert_eq!(reduced(30_000, 1001).to_string(), "30000/1001");
    }

    #[test]
    fn a_coarse_timescale_still_gives_the_customary_rate() {
        assert_eq!(mean_rate(240, Duration::from_secs(10), 0.001).to_string(), "24/1");
        assert_eq!(mean_rate(300, Duration::from_millis(10_010), 0.001).to_string(), "30000/1001");
        assert_eq!(mean_rate(7, Duration::from_secs(2), 0.001).to_string(), "7/2");
        // Whole milliseconds, as WebM has them.
        let millis =
            |frames, millis| frame_rate_of(frames, Duration::from_millis(millis), Duration::from_millis(1)).to_string();
        assert_eq!((millis(60, 2499), millis(60, 2500)), ("24/1".into(), "24/1".into()));
        assert_eq!((millis(300, 10_010), millis(300, 10_000)), ("30000/1001".into(), "30/1".into()));
    }
}
