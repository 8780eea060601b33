//! What can be spoilt of a step, and for how long.

use std::str::FromStr;

/// The steps of a task as its host sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    Post,
    Poll,
    Download,
}

impl Step {
    pub const ALL: [Self; 3] = [Self::Post, Self::Poll, Self::Download];
}

/// One way to spoil a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Nobody listens when the step is due, until the host comes back.
    Refused,
    /// Reads the request to its end and resets the connection.
    Reset,
    /// Reads the request to its end and says nothing, for ever.
    Hang,
    /// Writes half of the answer and then nothing, for ever.
    Stall,
    /// Reads and writes in small pieces with pauses; all of it comes.
    Slow,
    /// The answer breaks off after so many percent: of all its bytes, or of a clip's.
    Cut(u8),
    /// Reads so many percent of the request's body and resets the connection.
    CutRequest(u8),
    /// 429 with a `Retry-After`.
    SlowDown(Asked),
    /// An error with this status, in the host's own JSON.
    Status(u16),
    /// Half of the JSON under a length that is right for the half.
    TruncatedJson,
    /// 200 with the login page of a network that wants to be paid first.
    Html,
    /// The right bytes as `text/html`.
    ContentType,
    /// `null` where lists and objects are expected; the rest is right.
    NullArrays,
    /// Numbers as strings; the id of a task as a number.
    NumbersAsStrings,
    /// Progress 0 from the beginning to the success.
    ProgressZero,
    /// `video_url_ttl` "0" at an address that lives.
    TtlZero,
    /// A status nobody documents.
    UnknownStatus,
    /// A success without a video.
    NoVideo,
    /// A refusal as a storage service writes it: XML, with this status.
    Expired(u16),
    /// The host says that it does not know the task.
    Gone,
    /// The host says that the task failed.
    Failed,
}

/// How a host asks to slow down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// `Retry-After: 1`
    Seconds,
    /// A date one second from now.
    Date,
    /// More seconds than a number holds.
    Absurd,
}

impl Fault {
    /// Whether the answer to a submit says that there is no task. Anything else may be one that is charged.
    pub fn refuses_a_task(self) -> bool {
        match self {
            Self::SlowDown(_) => true,
            Self::Status(status) | Self::Expired(status) => {
                (400..500).contains(&status) && ![408, 409, 425, 499].contains(&status)
            }
            _ => false,
        }
    }
}

/// What is spoilt of one step: the first requests, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    fault: Option<Fault>,
    /// Requests that are still to be spoilt; `None` for all.
    left: Option<u32>,
}

impl Plan {
    pub const NONE: Self = Self { fault: None, left: None };

    pub const fn always(fault: Fault) -> Self {
        Self { fault: Some(fault), left: None }
    }

    pub const fn first(requests: u32, fault: Fault) -> Self {
        Self { fault: Some(fault), left: Some(requests) }
    }

    pub const fn fault(self) -> Option<Fault> {
        self.fault
    }

    /// What the next request meets.
    pub(super) fn due(self) -> Option<Fault> {
        self.fault.filter(|_| self.left != Some(0))
    }

    pub(super) fn take(&mut self) -> Option<Fault> {
        let fault = self.due()?;
        self.left = self.left.map(|left| left - 1);
        Some(fault)
    }
}

impl FromStr for Plan {
    type Err = String;

    /// `html`, `cut:40`, `429:date`, `503`; with `*3` behind it for the first three requests alone.
    fn from_str(text: &str) -> Result<Self, String> {
        let Some((fault, requests)) = text.split_once('*') else { return Ok(Self::always(text.parse()?)) };
        let requests = requests.parse().map_err(|_| format!("{requests} is no number of requests"))?;
        Ok(Self::first(requests, fault.parse()?))
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, detail) = text.split_once(':').map_or((text, None), |(name, detail)| (name, Some(detail)));
        let number = |otherwise: u16| detail.map_or(Ok(otherwise), str::parse).map_err(|_| format!("{text}?"));
        let percent = || Ok::<_, String>(number(50)?.min(99) as u8);
        Ok(match name {
            "refused" => Self::Refused,
            "reset" => Self::Reset,
            "hang" => Self::Hang,
            "stall" => Self::Stall,
            "slow" => Self::Slow,
            "cut" => Self::Cut(percent()?),
            "cut-request" => Self::CutRequest(percent()?),
            "429" => Self::SlowDown(match detail {
                None | Some("seconds") => Asked::Seconds,
                Some("date") => Asked::Date,
                Some("absurd") => Asked::Absurd,
                Some(other) => return Err(format!("{other} is no form of Retry-After")),
            }),
            "truncated" => Self::TruncatedJson,
            "html" => Self::Html,
            "type" => Self::ContentType,
            "null" => Self::NullArrays,
            "strings" => Self::NumbersAsStrings,
            "progress" => Self::ProgressZero,
            "ttl" => Self::TtlZero,
            "unknown" => Self::UnknownStatus,
            "no-video" => Self::NoVideo,
            "expired" => Self::Expired(number(403)?),
            "gone" => Self::Gone,
            "failed" => Self::Failed,
            status => match status.parse() {
                Ok(status @ 300..600) => Self::Status(status),
                _ => return Err(format!("{text} is no fault that is known here")),
            },
        })
    }
}
