//! The list of a track's coded pictures: where each lies in the file, and when it is shown.
//!
//! Owns the sample table of a plain file (`stbl`) and the runs of a fragmented one (`moof`).
//! Does not read the pictures themselves. A table that promises more than the file holds is
//! cut where the file ends, and so is one whose pictures together are larger than the file: a
//! few bytes cannot promise a million of them.

use super::boxes::{self, Fields};
use super::error::{Damage, VideoError};

/// A clip with more pictures than this (eleven hours at 24 fps) is refused.
pub(super) const MOST_SAMPLES: usize = 1_000_000;

/// Bytes that a track's pictures may still take together.
#[derive(Debug)]
pub(super) struct Room(u64);

impl Room {
    /// As much as the file has.
    pub(super) fn of(file_len: u64) -> Self {
        Self(file_len)
    }

    /// Takes the room of one picture; `None` where there is none. An empty one takes some too.
    fn take(&mut self, size: u32) -> Option<()> {
        self.0 = self.0.checked_sub(u64::from(size.max(1)))?;
        Some(())
    }
}

/// One coded picture, in decoding order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    /// Bytes from the start of the file.
    pub(super) offset: u64,
    pub(super) size: u32,
    /// When it is decoded, in ticks of the track's timescale.
    pub(super) decode_time: i64,
    /// When it is shown, in ticks of the track's timescale, before any edit list.
    pub(super) time: i64,
    /// In ticks; 0 where the file does not say.
    pub(super) duration: u32,
    /// Decoding may start here.
    pub(super) sync: bool,
}

/// Runs of (count, value) that are read one value at a time.
struct Runs<'a> {
    fields: Fields<'a>,
    left: u32,
    value: u32,
}

impl<'a> Runs<'a> {
    fn new(body: &'a [u8]) -> Option<Self> {
        let mut fields = Fields(body);
        fields.version()?;
        fields.u32()?;
        Some(Self { fields, left: 0, value: 0 })
    }

    fn next(&mut self) -> Option<u32> {
        while self.left == 0 {
            self.left = self.fields.u32()?;
            self.value = self.fields.u32()?;
        }
        self.left -= 1;
        Some(self.value)
    }
}

/// Which chunk each sample lies in, and where.
struct Chunks<'a> {
    offsets: Fields<'a>,
    wide: bool,
    runs: Fields<'a>,
    chunk: u32,
    per_chunk: u32,
    /// First chunk of the run after the present one.
    next_run: Option<u32>,
    left: u32,
    offset: u64,
}

impl<'a> Chunks<'a> {
    fn new(stbl: &'a [u8]) -> Option<Self> {
        let (wide, offsets) = match boxes::child(stbl, *b"stco") {
            Some(body) => (false, body),
            None => (true, boxes::child(stbl, *b"co64")?),
        };
        let mut offsets = Fields(offsets);
        offsets.skip(8)?;
        let mut runs = Fields(boxes::child(stbl, *b"stsc")?);
        runs.skip(8)?;
        let first = runs.u32()?;
        Some(Self { offsets, wide, runs, chunk: 0, per_chunk: 0, next_run: Some(first), left: 0, offset: 0 })
    }

    /// The place of the next sample, which is `size` bytes long.
    fn place(&mut self, size: u32) -> Option<u64> {
        while self.left == 0 {
            self.offset = if self.wide { self.offsets.u64()? } else { u64::from(self.offsets.u32()?) };
            self.chunk += 1;
            if self.next_run == Some(self.chunk) {
                self.per_chunk = self.runs.u32()?;
                self.runs.skip(4)?;
                self.next_run = self.runs.u32();
            }
            self.left = self.per_chunk;
        }
        self.left -= 1;
        let place = self.offset;
        self.offset = place.checked_add(u64::from(size))?;
        Some(place)
    }
}

/// The sizes in `stsz`: one for all, or one for each.
fn sizes(stbl: &[u8]) -> Option<(usize, impl FnMut() -> Option<u32> + '_)> {
    let mut fields = Fields(boxes::child(stbl, *b"stsz")?);
    fields.version()?;
    let same = fields.u32()?;
    let count = fields.u32()? as usize;
    let next = move || if same == 0 { fields.u32() } else { Some(same) };
    Some((count, next))
}

/// The samples of a plain file. Stops at the first one whose fields are missing or that lies
/// past `file_len`; the flag says that it stopped before the promised count.
pub(super) fn from_table(stbl: &[u8], file_len: u64) -> Result<(Vec<Sample>, bool), VideoError> {
    let broken = || VideoError::Damaged(Damage::ListUnreadable);
    let (count, mut size) = sizes(stbl).ok_or_else(broken)?;
    if count == 0 {
        return Ok((Vec::new(), false));
    }
    let mut chunks = Chunks::new(stbl).ok_or_else(broken)?;
    let mut deltas = Runs::new(boxes::child(stbl, *b"stts").ok_or_else(broken)?).ok_or_else(broken)?;
    let mut shifts = boxes::child(stbl, *b"ctts").and_then(Runs::new);
    let mut keys = boxes::child(stbl, *b"stss").map(|body| Fields(body.get(8..).unwrap_or_default()));
    let mut next_key = keys.as_mut().and_then(Fields::u32);

    let (mut samples, mut room) = (Vec::new(), Room::of(file_len));
    let mut clock = 0i64;
    while samples.len() < count {
        if samples.len() >= MOST_SAMPLES {
            return Err(VideoError::TooLong);
        }
        let Some(size) = size() else { break };
        if room.take(size).is_none() {
            break;
        }
        let Some(offset) = chunks.place(size) else { break };
        if offset.checked_add(u64::from(size)).is_none_or(|end| end > file_len) {
            break;
        }
        let Some(duration) = deltas.next() else { break };
        // Version 0 says unsigned, yet files with negative shifts carry it too.
        let shift = shifts.as_mut().and_then(Runs::next).unwrap_or(0).cast_signed();
        let sync = match &mut keys {
            None => true,
            Some(list) => {
                let hit = next_key == Some(samples.len() as u32 + 1);
                if hit {
                    next_key = list.u32();
                }
                hit
            }
        };
        samples.push(Sample { offset, size, decode_time: clock, time: clock + i64::from(shift), duration, sync });
        clock += i64::from(duration);
    }
    let cut = samples.len() < count;
    Ok((samples, cut))
}

/// What `mvex/trex` and `tfhd` say for samples that do not say it themselves.
#[derive(Clone, Copy, Default)]
pub(super) struct Defaults {
    duration: u32,
    size: u32,
    flags: u32,
}

impl Defaults {
    /// From the `trex` of `track` in `moov/mvex`.
    pub(super) fn read(moov: &[u8], track: u32) -> Self {
        let mvex = boxes::child(moov, *b"mvex").unwrap_or_default();
        boxes::children(mvex)
            .filter(|b| &b.name == b"trex")
            .find_map(|b| {
                let mut f = Fields(b.body);
                f.version()?;
                let id = f.u32()?;
                f.u32()?;
                let found = Self { duration: f.u32()?, size: f.u32()?, flags: f.u32()? };
                (id == track).then_some(found)
            })
            .unwrap_or_default()
    }
}

/// Adds the samples that one `moof`, which starts at `moof_start`, holds for `track`.
/// Returns false where it holds less than it promises or reaches past the file's end.
pub(super) fn add_fragment(
    samples: &mut Vec<Sample>,
    moof: &[u8],
    moof_start: u64,
    track: u32,
    defaults: Defaults,
    file_len: u64,
    room: &mut Room,
) -> Result<bool, VideoError> {
    // Without an offset of its own, a track's data follows the one before it.
    let mut data_end = moof_start;
    for traf in boxes::children(moof).filter(|b| &b.name == b"traf") {
        let Some(head) = boxes::child(traf.body, *b"tfhd").and_then(|b| TrackFragment::parse(b, defaults)) else {
            return Ok(false);
        };
        let base = head.base.unwrap_or(if head.base_is_moof { moof_start } else { data_end });
        let mut clock = decode_start(traf.body)
            .or_else(|| samples.last().map(|s| s.decode_time + i64::from(s.duration)))
            .unwrap_or(0);
        let mut place = base;
        for trun in boxes::children(traf.body).filter(|b| &b.name == b"trun") {
            let mut run = Vec::new();
            let own = Run { head, base, file_len };
            // What other tracks take is not counted against this one.
            let mut others = Room::of(file_len);
            let room = if head.track == track { &mut *room } else { &mut others };
            let whole = own.read(trun.body, &mut place, &mut clock, room, &mut run)?;
            if head.track == track {
                if samples.len() + run.len() > MOST_SAMPLES {
                    return Err(VideoError::TooLong);
                }
                samples.append(&mut run);
                if !whole {
                    return Ok(false);
                }
            }
        }
        data_end = place;
    }
    Ok(true)
}

/// `tfdt`: the decoding time at which a fragment starts.
fn decode_start(traf: &[u8]) -> Option<i64> {
    let mut fields = Fields(boxes::child(traf, *b"tfdt")?);
    let (version, _) = fields.version()?;
    // Far beyond any clip, and far from overflow.
    i64::try_from(fields.wide(version)?).ok().filter(|&t| t < i64::MAX / 4)
}

/// `tfhd`.
#[derive(Clone, Copy)]
struct TrackFragment {
    track: u32,
    base: Option<u64>,
    base_is_moof: bool,
    defaults: Defaults,
}

impl TrackFragment {
    fn parse(body: &[u8], mut defaults: Defaults) -> Option<Self> {
        let mut fields = Fields(body);
        let (_, flags) = fields.version()?;
        let track = fields.u32()?;
        let base = if flags & 1 != 0 { Some(fields.u64()?) } else { None };
        if flags & 2 != 0 {
            fields.u32()?;
        }
        if flags & 8 != 0 {
            defaults.duration = fields.u32()?;
        }
        if flags & 0x10 != 0 {
            defaults.size = fields.u32()?;
        }
        if flags & 0x20 != 0 {
            defaults.flags = fields.u32()?;
        }
        Some(Self { track, base, base_is_moof: flags & 0x2_0000 != 0, defaults })
    }
}

/// One `trun` on its way into the list.
struct Run {
    head: TrackFragment,
    base: u64,
    file_len: u64,
}

impl Run {
    /// True where every sample the run promises was read and lies within the file.
    fn read(
        &self,
        body: &[u8],
        place: &mut u64,
        clock: &mut i64,
        room: &mut Room,
        out: &mut Vec<Sample>,
    ) -> Result<bool, VideoError> {
        let mut fields = Fields(body);
        let Some((flags, count)) = fields.version().and_then(|(_, flags)| Some((flags, fields.u32()?))) else {
            return Ok(false);
        };
        if flags & 1 != 0 {
            let Some(offset) = fields.i32() else { return Ok(false) };
            let Some(start) = self.base.checked_add_signed(i64::from(offset)) else { return Ok(false) };
            *place = start;
        }
        let first_flags = if flags & 4 != 0 { fields.u32() } else { None };
        for n in 0..count {
            if out.len() >= MOST_SAMPLES {
                return Err(VideoError::TooLong);
            }
            let Some(mut sample) = self.sample(&mut fields, flags, *place, *clock) else { return Ok(false) };
            if let (0, Some(first)) = (n, first_flags) {
                sample.sync = is_sync(first);
            }
            let end = sample.offset.saturating_add(u64::from(sample.size));
            if end > self.file_len || room.take(sample.size).is_none() {
                return Ok(false);
            }
            *place = end;
            *clock = clock.saturating_add(i64::from(sample.duration));
            out.push(sample);
        }
        Ok(true)
    }

    fn sample(&self, fields: &mut Fields<'_>, flags: u32, offset: u64, decode_time: i64) -> Option<Sample> {
        let defaults = self.head.defaults;
        let duration = if flags & 0x100 != 0 { fields.u32()? } else { defaults.duration };
        let size = if flags & 0x200 != 0 { fields.u32()? } else { defaults.size };
        let own = if flags & 0x400 != 0 { fields.u32()? } else { defaults.flags };
        let shift = if flags & 0x800 != 0 { fields.i32()? } else { 0 };
        let time = decode_time.saturating_add(i64::from(shift));
        Some(Sample { offset, size, decode_time, time, duration, sync: is_sync(own) })
    }
}

/// `sample_is_non_sync_sample` is bit 16 of the sample flags.
fn is_sync(flags: u32) -> bool {
    flags & 0x1_0000 == 0
}
