//! From a file to one picture track: which samples, in which order, shown when and how turned.
//!
//! Owns the top of the file, `moov`'s first H.264 track, its edit list and its display matrix.
//! Only the index is read into memory; the pictures stay in the file. Sound tracks are left
//! alone, and nothing is decoded.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::boxes::{self, Fields, FourCc, Header};
use super::error::{Damage, VideoError};
use super::samples::{self, Defaults, Room, Sample};
use super::turn::Turn;

/// An index larger than this is a lie: a million samples need about 20 MB.
const MOST_INDEX_BYTES: u64 = 64 << 20;

/// No clip has more boxes at its top: two for each picture of an hour. Each costs a read.
const MOST_BOXES: usize = 200_000;

/// An edit list of more entries is a lie; what it would cut is shown.
pub(super) const MOST_EDITS: u32 = 1_000;

/// A clip's picture track.
#[derive(Clone, Debug)]
pub(super) struct Movie {
    /// Ticks in a second, at least 1.
    pub(super) timescale: u32,
    /// In decoding order.
    pub(super) samples: Vec<Sample>,
    /// Indices into `samples` of those that are shown, in the order they are shown.
    pub(super) shown: Vec<u32>,
    /// How many bytes hold the length of a NAL unit: 1 to 4.
    pub(super) nal_length: usize,
    /// Sequence, then picture parameter sets, each without a start code.
    pub(super) parameter_sets: Vec<Vec<u8>>,
    pub(super) turn: Turn,
    /// The file ends before its last promised sample.
    pub(super) cut: bool,
}

/// Reads the index of the clip in `file`.
pub(super) fn read(file: &mut File, path: &Path) -> Result<Movie, VideoError> {
    let reading = |e: std::io::Error| VideoError::Read { path: path.to_owned(), reason: e.to_string() };
    let file_len = file.seek(SeekFrom::End(0)).map_err(reading)?;
    if file_len == 0 {
        return Err(VideoError::Empty);
    }
    let top = top_level(file, file_len).map_err(reading)?;
    if !top.iter().any(|(_, h)| matches!(&h.name, b"ftyp" | b"moov")) {
        return Err(if is_matroska(file) { VideoError::Container("WebM or Matroska") } else { VideoError::NotMp4 });
    }
    let &(at, head) = top.iter().find(|(_, h)| &h.name == b"moov").ok_or(VideoError::Incomplete)?;
    let moov = body(file, at, head)?.ok_or(VideoError::Damaged(Damage::IndexTooLarge))?;
    let (trak, format) = picture_track(&moov)?;
    let mut movie = plain_track(&moov, trak, format, file_len)?;
    let fragmented = add_fragments(&mut movie, file, file_len, &top, &moov, trak)?;
    movie.shown = shown(&movie, &moov, trak, fragmented);
    if movie.shown.is_empty() {
        let cut = movie.cut;
        return Err(if cut { VideoError::Incomplete } else { VideoError::Damaged(Damage::NoPicture) });
    }
    Ok(movie)
}

/// Whether the file begins as `WebM` and Matroska do.
fn is_matroska(file: &mut File) -> bool {
    let mut start = [0; 4];
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.read_exact(&mut start));
    read.is_ok() && start == [0x1a, 0x45, 0xdf, 0xa3]
}

/// Every box at the top of the file with its place. Stops at the first that makes no sense.
pub(super) fn top_level(file: &mut File, file_len: u64) -> std::io::Result<Vec<(u64, Header)>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < file_len && found.len() < MOST_BOXES {
        file.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::with_capacity(16);
        file.by_ref().take(16).read_to_end(&mut bytes)?;
        let Some(head) = Header::parse(&bytes, file_len - at) else { break };
        found.push((at, head));
        at += head.front + head.body;
    }
    Ok(found)
}

/// The bytes of a box, or `None` where there are too many of them or too few in the file.
pub(super) fn body(file: &mut File, at: u64, head: Header) -> Result<Option<Vec<u8>>, VideoError> {
    if head.body > MOST_INDEX_BYTES {
        return Ok(None);
    }
    let mut bytes = vec![0; head.body as usize];
    file.seek(SeekFrom::Start(at + head.front))
        .and_then(|_| file.read_exact(&mut bytes))
        .map_err(|_| VideoError::Damaged(Damage::IndexUnreadable))?;
    Ok(Some(bytes))
}

/// The first H.264 track and its sample description; else an error that names what is there.
fn picture_track(moov: &[u8]) -> Result<(&[u8], &[u8]), VideoError> {
    let mut other = None;
    for trak in boxes::children(moov).filter(|b| &b.name == b"trak").map(|b| b.body) {
        let handler = boxes::descend(trak, &[*b"mdia", *b"hdlr"]).and_then(|b| b.get(8..12));
        if handler != Some(b"vide") {
            continue;
        }
        let stsd = boxes::descend(trak, &[*b"mdia", *b"minf", *b"stbl", *b"stsd"]).and_then(|b| b.get(8..));
        let Some(format) = stsd.and_then(|b| boxes::children(b).next()) else { continue };
        match &format.name {
            b"avc1" | b"avc3" => return Ok((trak, format.body)),
            name => other = Some(codec_name(*name)),
        }
    }
    Err(other.map_or(VideoError::NoVideo, VideoError::Codec))
}

/// What people call the codec behind a sample description.
fn codec_name(name: FourCc) -> String {
    match &name {
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => "HEVC".into(),
        b"av01" => "AV1".into(),
        b"vp09" => "VP9".into(),
        b"vp08" => "VP8".into(),
        b"mp4v" => "MPEG-4 Part 2".into(),
        b"encv" => "encrypted video".into(),
        b"apcn" | b"apch" | b"apcs" | b"apco" | b"ap4h" => "ProRes".into(),
        b"jpeg" | b"mjpg" | b"mjpa" => "Motion JPEG".into(),
        other => other.iter().map(|&b| if b.is_ascii_graphic() { char::from(b) } else { '?' }).collect(),
    }
}

/// The track without its fragments.
fn plain_track(moov: &[u8], trak: &[u8], format: &[u8], file_len: u64) -> Result<Movie, VideoError> {
    let damaged = || VideoError::Damaged(Damage::TrackUnreadable);
    let timescale = media_timescale(trak).ok_or_else(damaged)?;
    // The fields of a visual sample entry take 78 bytes; boxes follow.
    let avcc = format.get(78..).and_then(|b| boxes::child(b, *b"avcC")).ok_or_else(damaged)?;
    let (nal_length, parameter_sets) = parameter_sets(avcc).ok_or_else(damaged)?;
    let stbl = boxes::descend(trak, &[*b"mdia", *b"minf", *b"stbl"]).ok_or_else(damaged)?;
    let (samples, cut) = match samples::from_table(stbl, file_len) {
        // A fragmented file may leave the table out altogether.
        Err(VideoError::Damaged(_)) if boxes::child(moov, *b"mvex").is_some() => (Vec::new(), false),
        other => other?,
    };
    let turn = boxes::child(trak, *b"tkhd").and_then(matrix).unwrap_or_default();
    Ok(Movie { timescale, samples, shown: Vec::new(), nal_length, parameter_sets, turn, cut })
}

pub(super) fn media_timescale(trak: &[u8]) -> Option<u32> {
    let mut fields = Fields(boxes::descend(trak, &[*b"mdia", *b"mdhd"])?);
    let (version, _) = fields.version()?;
    fields.skip(if version == 1 { 16 } else { 8 })?;
    fields.u32().filter(|&n| n > 0)
}

/// `avcC`: the length of NAL lengths, and the parameter sets.
fn parameter_sets(avcc: &[u8]) -> Option<(usize, Vec<Vec<u8>>)> {
    let mut fields = Fields(avcc);
    fields.skip(4)?;
    let nal_length = usize::from(fields.u8()? & 3) + 1;
    let mut sets = Vec::new();
    for mask in [0x1f, 0xff] {
        for _ in 0..fields.u8()? & mask {
            let len = usize::from(fields.u16()?);
            sets.push(fields.take(len)?.to_vec());
        }
    }
    Some((nal_length, sets))
}

fn matrix(tkhd: &[u8]) -> Option<Turn> {
    let mut fields = Fields(tkhd);
    let (version, _) = fields.version()?;
    // Times, track and duration; then layer, group, volume and what is reserved around them.
    fields.skip(if version == 1 { 32 } else { 20 })?;
    fields.skip(16)?;
    let [a, b, _, c, d] = [fields.i32()?, fields.i32()?, fields.i32()?, fields.i32()?, fields.i32()?];
    Turn::from_matrix(a, b, c, d)
}

pub(super) fn track_id(trak: &[u8]) -> Option<u32> {
    let mut fields = Fields(boxes::child(trak, *b"tkhd")?);
    let (version, _) = fields.version()?;
    fields.skip(if version == 1 { 16 } else { 8 })?;
    fields.u32()
}

/// Adds what the file's fragments hold. Returns whether there are any.
fn add_fragments(
    movie: &mut Movie,
    file: &mut File,
    file_len: u64,
    top: &[(u64, Header)],
    moov: &[u8],
    trak: &[u8],
) -> Result<bool, VideoError> {
    let Some(id) = track_id(trak) else { return Ok(false) };
    let defaults = Defaults::read(moov, id);
    let mut room = Room::of(file_len);
    let mut any = false;
    for &(at, head) in top.iter().filter(|(_, h)| &h.name == b"moof") {
        any = true;
        let Some(fragment) = body(file, at, head)? else { return Err(VideoError::Damaged(Damage::IndexTooLarge)) };
        if !samples::add_fragment(&mut movie.samples, &fragment, at, id, defaults, file_len, &mut room)? {
            movie.cut = true;
            break;
        }
    }
    Ok(any)
}

/// One entry of an edit list: which stretch of the track is shown.
struct Edit {
    /// First tick that is shown.
    start: i64,
    /// First tick that is not; open where the list names no length.
    end: i64,
}

/// The samples that are shown, in the order of their time, as the edit list cuts them.
fn shown(movie: &Movie, moov: &[u8], trak: &[u8], fragmented: bool) -> Vec<u32> {
    // In a fragmented file the list only shifts time: its lengths speak of what came before.
    let edits = if fragmented { Vec::new() } else { edits(movie, moov, trak).unwrap_or_default() };
    let mut shown: Vec<u32> = (0..movie.samples.len() as u32)
        .filter(|&n| {
            let time = movie.samples[n as usize].time;
            edits.is_empty() || edits.iter().any(|e| (e.start..e.end).contains(&time))
        })
        .collect();
    shown.sort_by_key(|&n| movie.samples[n as usize].time);
    shown
}

fn edits(movie: &Movie, moov: &[u8], trak: &[u8]) -> Option<Vec<Edit>> {
    let movie_scale = movie_timescale(moov)?;
    let mut fields = Fields(boxes::descend(trak, &[*b"edts", *b"elst"])?);
    let (version, _) = fields.version()?;
    let count = fields.u32().filter(|&count| count <= MOST_EDITS)?;
    let mut edits = Vec::new();
    for _ in 0..count {
        let length = fields.wide(version)?;
        let start = if version == 1 { fields.u64()?.cast_signed() } else { i64::from(fields.i32()?) };
        fields.skip(4)?;
        // −1 is a pause before the track starts: nothing of it is cut.
        if start < 0 {
            continue;
        }
        let length = i64::try_from(rescale(length, movie_scale, movie.timescale)).unwrap_or(i64::MAX);
        let end = if length == 0 { i64::MAX } else { start.saturating_add(length) };
        edits.push(Edit { start, end });
    }
    Some(edits)
}

pub(super) fn movie_timescale(moov: &[u8]) -> Option<u32> {
    let mut fields = Fields(boxes::child(moov, *b"mvhd")?);
    let (version, _) = fields.version()?;
    fields.skip(if version == 1 { 16 } else { 8 })?;
    fields.u32().filter(|&n| n > 0)
}

/// `value` ticks of `from` a second, in ticks of `to` a second, rounded to the nearest.
fn rescale(value: u64, from: u32, to: u32) -> u128 {
    let from = u128::from(from);
    (u128::from(value) * u128::from(to) + from / 2) / from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rescaling_rounds_to_the_nearest_tick() {
        assert_eq!(rescale(833, 1000, 12288), 10236);
        assert_eq!(rescale(1, 1000, 600), 1);
        assert_eq!(rescale(u64::MAX, 1, u32::MAX), u128::from(u64::MAX) * u128::from(u32::MAX));
    }

    #[test]
    fn parameter_sets_that_are_cut_short_are_refused() {
        let whole = [1, 0x64, 0, 31, 0xff, 0xe1, 0, 2, 0x67, 0x64, 1, 0, 1, 0x68];
        assert_eq!(parameter_sets(&whole), Some((4, vec![vec![0x67, 0x64], vec![0x68]])));
        for n in 0..whole.len() {
            assert_eq!(parameter_sets(&whole[..n]), None);
        }
    }
}
