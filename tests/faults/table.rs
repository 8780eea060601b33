//! Every cell of the matrix, and what has to become of it.

use std::fmt;

use crate::dice::Dice;
use crate::novita::{Asked, Fault, Plan, Step};

/// Drawn in a long run.
const COMBINATIONS: u64 = 500;

/// A fault at a step, for how long, and its end.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub step: Step,
    pub fault: Fault,
    pub lasts: Lasts,
    /// Whether the clip has a strong `ETag`.
    pub etag: bool,
    pub end: End,
    /// What goes wrong after a submit beside it.
    pub beside: [Plan; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasts {
    /// So many requests.
    First(u32),
    /// Until the host is mended.
    Always,
}

/// What has to become of a task while the fault is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Done,
    /// Nothing left; sent later, once.
    NotSent,
    /// Never sent again.
    Unknown,
    Refused,
    Failed,
    /// Tried on and on; done once the host is mended.
    Tried,
}

impl Cell {
    /// What the host makes of a step.
    pub fn plan(self, step: Step) -> Plan {
        match self.lasts {
            _ if step != self.step => match step {
                Step::Post => Plan::NONE,
                Step::Poll => self.beside[0],
                Step::Download => self.beside[1],
            },
            Lasts::First(requests) => Plan::first(requests, self.fault),
            Lasts::Always => Plan::always(self.fault),
        }
    }

    /// Whether the host has to be asked to come back while the task is followed.
    pub fn comes_back(self) -> bool {
        self.fault == Fault::Refused && self.lasts != Lasts::Always
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { step, fault, lasts, beside, .. } = self;
        write!(f, "{step:?} {fault:?} {lasts:?}{}", if self.etag { "" } else { " without ETag" })?;
        if *beside == NOTHING { Ok(()) } else { write!(f, " beside {beside:?}") }
    }
}

const NOTHING: [Plan; 2] = [Plan::NONE; 2];

/// All of them, and in a long run some where all three steps go wrong, drawn at random and always the same.
pub fn cells() -> Vec<Cell> {
    let mut all = single();
    if std::env::var_os("INBETWEEN_LONG").is_some() {
        all.extend((0..COMBINATIONS).map(combination));
    }
    all
}

fn single() -> Vec<Cell> {
    let mut all = Vec::new();
    for fault in faults() {
        all.push(cell(Step::Post, fault, Lasts::First(1)));
        if matches!(fault, Fault::Refused | Fault::SlowDown(_)) {
            all.push(cell(Step::Post, fault, Lasts::Always));
        }
        for step in [Step::Poll, Step::Download] {
            // A host comes back once.
            let times = if fault == Fault::Refused { 1 } else { 2 };
            all.push(cell(step, fault, Lasts::First(times)));
            all.push(cell(step, fault, Lasts::Always));
        }
    }
    all.extend(tenths().map(|percent| cell(Step::Post, Fault::CutRequest(percent), Lasts::First(1))));
    let plain = |percent, lasts| Cell { etag: false, ..cell(Step::Download, Fault::Cut(percent), lasts) };
    all.extend(tenths().flat_map(|percent| [plain(percent, Lasts::First(2)), plain(percent, Lasts::Always)]));
    all
}

fn tenths() -> impl Iterator<Item = u8> {
    (0..100).step_by(10)
}

/// What can happen at every step.
fn faults() -> Vec<Fault> {
    let mut all = vec![Fault::Refused, Fault::Reset, Fault::Hang, Fault::Stall, Fault::Slow];
    all.extend(tenths().map(Fault::Cut));
    all.extend([Asked::Seconds, Asked::Date, Asked::Absurd].map(Fault::SlowDown));
    all.extend([500, 502, 503, 504].map(Fault::Status));
    all.extend([401, 403, 404, 410].map(Fault::Expired));
    all.extend([
        Fault::TruncatedJson,
        Fault::Html,
        Fault::ContentType,
        Fault::NullArrays,
        Fault::NumbersAsStrings,
        Fault::ProgressZero,
        Fault::TtlZero,
        Fault::UnknownStatus,
        Fault::NoVideo,
        Fault::Gone,
        Fault::Failed,
    ]);
    all
}

fn cell(step: Step, fault: Fault, lasts: Lasts) -> Cell {
    let end = match step {
        Step::Post => of_post(fault, lasts),
        Step::Poll => of_poll(fault, lasts),
        Step::Download => of_download(fault, lasts),
    };
    Cell { step, fault, lasts, etag: true, end, beside: NOTHING }
}

fn combination(seed: u64) -> Cell {
    let mut dice = Dice(seed);
    let mut draw = |passes: &dyn Fn(Fault) -> bool| {
        let fit: Vec<_> = faults().into_iter().filter(|fault| *fault != Fault::Refused && passes(*fault)).collect();
        fit[dice.roll(fit.len())]
    };
    let once = Lasts::First(1);
    let post = draw(&|fault| {
        of_post(fault, once) == End::Done || seed.is_multiple_of(4) && of_post(fault, once) == End::Unknown
    });
    let poll = draw(&|fault| of_poll(fault, once) == End::Done);
    let download = draw(&|fault| of_download(fault, once) == End::Done);
    // Said three times by a slow machine, that there is no such task would be believed.
    let times = [dice.roll(3) as u32, dice.roll(6) as u32];
    let beside = [Plan::first(times[0], poll), Plan::first(times[1], download)];
    Cell { etag: dice.roll(2) == 0, beside, ..cell(Step::Post, post, once) }
}

fn of_post(fault: Fault, lasts: Lasts) -> End {
    match fault {
        // No byte left, or the host said that there is no task.
        Fault::Refused if lasts == Lasts::Always => End::NotSent,
        Fault::SlowDown(Asked::Absurd) => End::Tried,
        Fault::SlowDown(_) if lasts == Lasts::Always => End::Tried,
        Fault::Expired(_) => End::Refused,
        // The id is there, in whatever company.
        Fault::Refused
        | Fault::SlowDown(_)
        | Fault::Slow
        | Fault::ContentType
        | Fault::NullArrays
        | Fault::NumbersAsStrings
        | Fault::ProgressZero
        | Fault::TtlZero
        | Fault::UnknownStatus
        | Fault::NoVideo
        | Fault::Failed => End::Done,
        // A task may exist.
        Fault::Reset
        | Fault::Hang
        | Fault::Stall
        | Fault::Cut(_)
        | Fault::CutRequest(_)
        | Fault::Status(_)
        | Fault::TruncatedJson
        | Fault::Html
        | Fault::Gone => End::Unknown,
    }
}

fn of_poll(fault: Fault, lasts: Lasts) -> End {
    match fault {
        // What the host says in so many words. A bare 401 or 403 may be a proxy's, and ends nothing.
        Fault::Failed => End::Failed,
        Fault::Slow
        | Fault::ContentType
        | Fault::NullArrays
        | Fault::NumbersAsStrings
        | Fault::ProgressZero
        | Fault::TtlZero => End::Done,
        // Two minutes are waited for.
        Fault::SlowDown(Asked::Absurd) => End::Tried,
        // Said again and again for a while, it is believed.
        Fault::Gone if lasts == Lasts::Always => End::Failed,
        _ if lasts == Lasts::Always => End::Tried,
        _ => End::Done,
    }
}

fn of_download(fault: Fault, lasts: Lasts) -> End {
    match fault {
        Fault::Slow | Fault::ContentType => End::Done,
        _ if lasts == Lasts::Always => End::Tried,
        _ => End::Done,
    }
}
