//! Clips that no decoder here takes (HEVC, AV1, VP9, 4:4:4 …), through an ffmpeg that the user has.
//!
//! Owns what ffprobe and ffmpeg are asked and what they answer. ffprobe lists the frames by their times; ffmpeg writes
//! each of them, converted to 8-bit 4:2:0, into a pipe. Neither may open anything but the file itself. A seek decodes
//! from the start again and counts, so that a frame's number is always its own.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ChildStdout;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use super::clip::{ClipInfo, frame_rate_of};
use super::frame::{Colour, Frame, Layout};
use super::process::Leash;
use super::samples::MOST_SAMPLES;

/// More than this is no list of a clip's frames.
const MOST_LIST_BYTES: u64 = 128 << 20;
/// Longest line in front of a frame's samples.
const LONGEST_LINE: u64 = 512;
/// Largest side of a picture in pixels.
const LONGEST_SIDE: u32 = 16_384;
/// Largest frame in bytes: 8K in 4:2:0 and some.
const MOST_FRAME_BYTES: usize = 64 << 20;

/// Only the file itself, and only as one of the containers that clips come in: other formats name further files.
const GUARDS: [&str; 4] = ["-protocol_whitelist", "file", "-format_whitelist", "mov,matroska,webm"];

/// A clip on its way through ffmpeg.
pub(super) struct Foreign {
    program: PathBuf,
    input: OsString,
    leash: Arc<Leash>,
    info: ClipInfo,
    starts: Vec<Duration>,
    output: Option<BufReader<ChildStdout>>,
    next: usize,
}

/// What ffprobe says.
#[derive(Deserialize)]
struct Listing {
    #[serde(default)]
    packets: Vec<Packet>,
    #[serde(default)]
    streams: Vec<Stream>,
}

#[derive(Deserialize)]
struct Packet {
    pts: Option<i64>,
    #[serde(default)]
    duration: i64,
    #[serde(default)]
    flags: String,
}

#[derive(Deserialize)]
struct Stream {
    #[serde(default)]
    codec_name: String,
    #[serde(default)]
    time_base: String,
    color_space: Option<String>,
    #[serde(default)]
    side_data_list: Vec<SideData>,
}

#[derive(Deserialize)]
struct SideData {
    rotation: Option<i32>,
}

impl Foreign {
    /// Opens the clip with `program`, an ffmpeg with its ffprobe beside it. `None` where there is no such program, or
    /// where it cannot make anything of the clip either.
    pub(super) fn open(program: &Path, path: &Path, leash: Arc<Leash>) -> Option<Self> {
        // A name that begins with a dash, or looks like an address, is still a file's.
        let input = [OsStr::new("file:"), path.as_os_str()].into_iter().collect::<OsString>();
        let listing = list(program, &input, &leash)?;
        let stream = listing.streams.first()?;
        let (ticks, second) = time_base(&stream.time_base)?;
        let (starts, duration) = times(&listing.packets, (ticks, second))?;
        let mut output = decode(program, &input, &leash, 0)?;
        let layout = layout(&header(&mut output)?)?;
        let colour = Colour::from_stream(matrix(stream.color_space.as_deref()), false, layout.height);
        let turned = stream.side_data_list.iter().find_map(|data| data.rotation).unwrap_or(0);
        let info = ClipInfo {
            width: layout.width,
            height: layout.height,
            frame_rate: frame_rate_of(starts.len(), duration, Duration::from_secs(ticks.into()) / second),
            frames: starts.len(),
            duration,
            // ffprobe counts counter-clockwise.
            rotation: u16::try_from((-turned).rem_euclid(360)).unwrap_or(0),
            colour,
            layout,
            codec: codec_name(&stream.codec_name),
            incomplete: false,
            through_ffmpeg: true,
        };
        let (program, output) = (program.to_owned(), Some(output));
        Some(Self { program, input, leash, info, starts, output, next: 0 })
    }

    pub(super) fn info(&self) -> &ClipInfo {
        &self.info
    }

    pub(super) fn starts(&self) -> &[Duration] {
        &self.starts
    }

    /// Starts again in front of frame `number`.
    pub(super) fn seek(&mut self, number: usize) {
        self.next = number;
        self.output = decode(&self.program, &self.input, &self.leash, number);
        let same = self.output.as_mut().and_then(header).and_then(|line| layout(&line)) == Some(self.info.layout);
        if !same {
            self.output = None;
        }
    }

    /// The next frame; `None` after the last.
    pub(super) fn next_frame(&mut self) -> Option<Frame> {
        let output = self.output.as_mut().filter(|_| self.next < self.info.frames)?;
        let frame = samples(output, self.info.layout)
            .map(|samples| Frame::new(self.next, self.info.layout, self.info.colour, samples));
        self.next += usize::from(frame.is_some());
        if frame.is_none() || self.next == self.info.frames {
            self.output = None;
            self.leash.end();
        }
        frame
    }

    /// The frame that comes next; `None` at the end.
    pub(super) fn position(&self) -> Option<usize> {
        (self.output.is_some() && self.next < self.info.frames).then_some(self.next)
    }
}

/// Exactly frame `number` of a clip, counted from 0; the last one it has where `number` is `None`.
pub(super) fn frame_at(program: &Path, path: &Path, number: Option<usize>) -> Option<Frame> {
    let mut clip = Foreign::open(program, path, Arc::default())?;
    let wanted = number.unwrap_or(clip.info.frames - 1);
    let mut found = None;
    while clip.next <= wanted {
        let Some(frame) = clip.next_frame() else { break };
        found = Some(frame);
    }
    found.filter(|frame| number.is_none_or(|number| frame.number == number))
}

/// Asks ffprobe for the picture track and the times of its frames. Nothing is decoded.
fn list(program: &Path, input: &OsStr, leash: &Leash) -> Option<Listing> {
    let entries = "stream=codec_name,time_base,color_space:stream_side_data=rotation:packet=pts,duration,flags";
    let mut arguments: Vec<&OsStr> = ["-v", "error"].into_iter().chain(GUARDS).map(OsStr::new).collect();
    let asked = ["-select_streams", "v:0", "-show_entries", entries, "-of", "json=compact=1"];
    arguments.extend(asked.map(OsStr::new));
    arguments.push(input);
    let output = leash.start(beside(program).as_os_str(), &arguments)?;
    let mut bytes = Vec::new();
    let read = output.take(MOST_LIST_BYTES).read_to_end(&mut bytes);
    leash.end();
    read.ok().and_then(|_| serde_json::from_slice(&bytes).ok())
}

/// The ffprobe that belongs to an ffmpeg.
fn beside(program: &Path) -> PathBuf {
    let ending = program.extension().map(OsStr::to_owned);
    let probe = program.with_file_name("ffprobe");
    ending.map_or(probe.clone(), |ending| probe.with_extension(ending))
}

/// Starts ffmpeg in front of frame `number`.
fn decode(program: &Path, input: &OsStr, leash: &Leash, number: usize) -> Option<BufReader<ChildStdout>> {
    let filter = format!("select=gte(n\\,{number}),scale=out_range=limited,format=yuv420p");
    let mut arguments: Vec<&OsStr> = ["-nostdin", "-v", "error"].into_iter().chain(GUARDS).map(OsStr::new).collect();
    arguments.extend([OsStr::new("-i"), input]);
    let asked = ["-map", "0:v:0", "-fps_mode", "passthrough", "-vf", &filter, "-f", "yuv4mpegpipe", "-"];
    arguments.extend(asked.map(OsStr::new));
    leash.start(program.as_os_str(), &arguments).map(|output| BufReader::with_capacity(1 << 20, output))
}

/// One line of a YUV4MPEG2 stream.
fn line(output: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    output.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes).ok()?;
    (bytes.pop() == Some(b'\n')).then(|| String::from_utf8(bytes).ok()).flatten()
}

fn header(output: &mut BufReader<ChildStdout>) -> Option<String> {
    line(output).filter(|line| line.starts_with("YUV4MPEG2 "))
}

/// Size and layout from the stream's first line: "YUV4MPEG2 W96 H64 F24:1 …".
fn layout(header: &str) -> Option<Layout> {
    let field = |name: char| header.split(' ').skip(1).find_map(|field| field.strip_prefix(name)?.parse::<u32>().ok());
    let (width, height) = (field('W')?, field('H')?);
    let layout = Layout { width, height, tall_chroma: false, deep: false };
    let fits = (1..=LONGEST_SIDE).contains(&width) && (1..=LONGEST_SIDE).contains(&height);
    (fits && layout.frame_bytes() <= MOST_FRAME_BYTES).then_some(layout)
}

/// The samples of the next frame.
fn samples(output: &mut impl BufRead, layout: Layout) -> Option<Vec<u8>> {
    line(output).filter(|line| line == "FRAME" || line.starts_with("FRAME "))?;
    let mut samples = vec![0; layout.frame_bytes()];
    output.read_exact(&mut samples).ok()?;
    Some(samples)
}

/// When each shown frame starts, from the first one's start, and how long all of them last.
fn times(packets: &[Packet], (ticks, second): (u32, u32)) -> Option<(Vec<Duration>, Duration)> {
    // A packet that an edit list cuts away is marked as discarded.
    let shown = packets.iter().filter(|packet| !packet.flags.contains('D'));
    let mut spans: Vec<(i64, i64)> = shown.filter_map(|packet| Some((packet.pts?, packet.duration))).collect();
    if spans.is_empty() || spans.len() > MOST_SAMPLES {
        return None;
    }
    spans.sort_unstable();
    let (first, (last, own)) = (spans[0].0, spans[spans.len() - 1]);
    let before = spans.len().checked_sub(2).map_or(1, |n| last.saturating_sub(spans[n].0));
    let since = |time: i64| {
        let nanos = u128::from(time.saturating_sub(first).max(0).cast_unsigned()) * 1_000_000_000 * u128::from(ticks);
        Duration::from_nanos(u64::try_from(nanos / u128::from(second)).unwrap_or(u64::MAX))
    };
    let end = since(last.saturating_add(if own > 0 { own } else { before.max(1) }));
    Some((spans.iter().map(|&(time, _)| since(time)).collect(), end))
}

/// "1/12288": a tick takes one of so many parts of a second.
fn time_base(text: &str) -> Option<(u32, u32)> {
    let (ticks, second) = text.split_once('/')?;
    let (ticks, second) = (ticks.parse().ok()?, second.parse().ok()?);
    (ticks > 0 && second > 0).then_some((ticks, second))
}

/// The number that H.264's annex E has for a matrix.
fn matrix(name: Option<&str>) -> u8 {
    match name {
        Some("bt709") => 1,
        Some("bt470bg" | "smpte170m") => 6,
        Some("bt2020nc") => 9,
        _ => 2,
    }
}

/// What people call a codec.
fn codec_name(name: &str) -> &'static str {
    match name {
        "h264" => "H.264",
        "hevc" => "HEVC",
        "av1" => "AV1",
        "vp8" => "VP8",
        "vp9" => "VP9",
        "mpeg4" => "MPEG-4 Part 2",
        "prores" => "ProRes",
        "mjpeg" => "Motion JPEG",
        _ => "another codec",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_says_its_size() {
        let wanted = Layout { width: 96, height: 64, tall_chroma: false, deep: false };
        assert_eq!(layout("YUV4MPEG2 W96 H64 F24:1 Ip A1:1 C420mpeg2"), Some(wanted));
        for lie in ["YUV4MPEG2 W0 H64", "YUV4MPEG2 W96", "YUV4MPEG2 W99999 H64", "YUV4MPEG2 W16384 H16384"] {
            assert_eq!(layout(lie), None, "{lie}");
        }
    }

    #[test]
    fn a_frame_is_as_long_as_the_stream_promised() {
        let layout = Layout { width: 2, height: 2, tall_chroma: false, deep: false };
        let stream = b"FRAME\n123456FRAME Ix\nabcdefFRAME\n12".to_vec();
        let mut output = &stream[..];
        assert_eq!(samples(&mut output, layout).unwrap(), b"123456");
        assert_eq!(samples(&mut output, layout).unwrap(), b"abcdef");
        assert_eq!(samples(&mut output, layout), None, "cut short");
        assert_eq!(samples(&mut &[b'x'; 2000][..], layout), None, "no line at all");
    }

    #[test]
    fn frames_come_in_the_order_of_their_times_and_cut_ones_do_not_count() {
        let packet = |pts, flags: &str| Packet { pts, duration: 512, flags: flags.to_owned() };
        let packets = [packet(Some(512), "K_"), packet(Some(1536), "__"), packet(Some(1024), "__"), packet(None, "__")];
        let cut = [packet(Some(-512), "KD"), packet(Some(0), "_D")];
        let all: Vec<Packet> = cut.into_iter().chain(packets).collect();
        let (starts, end) = times(&all, (1, 12_288)).unwrap();
        assert_eq!(starts.iter().map(Duration::as_micros).collect::<Vec<_>>(), [0, 41_666, 83_333]);
        assert_eq!(end.as_millis(), 125);
        assert!(times(&[], (1, 1)).is_none());
        assert_eq!((time_base("1/12288"), time_base("0/5"), time_base("x")), (Some((1, 12_288)), None, None));
    }

    #[test]
    fn the_probe_lies_beside_the_program() {
        assert_eq!(beside(Path::new("ffmpeg")), Path::new("ffprobe"));
        assert_eq!(beside(Path::new("/opt/bin/ffmpeg.exe")), Path::new("/opt/bin/ffprobe.exe"));
    }
}
