//! Exit codes.

use std::process::ExitCode;

use crate::domain::generation::Status;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0
    Done,
    /// 6: unfinished or not sent; `resume` goes on.
    Unfinished,
    /// 3
    Refused,
    /// 5: the host accepted the task and could not finish it.
    Failed,
    /// 4: may have been charged.
    Unknown,
    /// 2: nothing was sent.
    BadInput,
}

impl Exit {
    /// What a generation's status means for a script.
    #[must_use]
    pub const fn of(status: &Status) -> Self {
        match status {
            Status::Done => Self::Done,
            Status::Refused(_) => Self::Refused,
            Status::Unknown(_) => Self::Unknown,
            Status::Failed(_) => Self::Failed,
            _ => Self::Unfinished,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::BadInput => 2,
            Exit::Refused => 3,
            Exit::Unknown => 4,
            Exit::Failed => 5,
            Exit::Unfinished => 6,
        })
    }
}
