//! How long the steps of a task took, as far as this window saw them.

use crate::domain::generation::{Status, UnixMillis};

/// Upload, queue, render, download, save.
pub const STEPS: usize = 5;

/// The step that is under way; [`STEPS`] once all of them are done.
#[must_use]
pub fn step(status: &Status) -> usize {
    match status {
        Status::Queued => 1,
        Status::Rendering(_) => 2,
        Status::Downloading => 3,
        Status::Done => STEPS,
        _ => 0,
    }
}

/// When the present step began, and what those before it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Steps {
    /// `None` where nobody saw it.
    began: Option<UnixMillis>,
    took: [Option<u64>; STEPS],
}

impl Steps {
    /// The first step begins.
    #[must_use]
    pub fn begin(now: UnixMillis) -> Self {
        Self { began: Some(now), took: [None; STEPS] }
    }

    /// The task goes from one step to another. What comes after that one is to be done again.
    pub fn go(&mut self, from: usize, to: usize, now: UnixMillis) {
        // Where it skips one, nobody saw where the first ended.
        if to == from + 1 {
            self.took[from] = self.began.map(|began| now.seconds_since(began));
        }
        self.took[to.min(STEPS)..].fill(None);
        self.began = Some(now);
    }

    /// What a step that is done took, in seconds; `None` where nobody saw it begin and end.
    #[must_use]
    pub fn took(&self, step: usize) -> Option<u64> {
        self.took.get(step).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: i64) -> UnixMillis {
        UnixMillis(seconds * 1_000)
    }

    #[test]
    fn each_step_is_timed_from_the_one_before() {
        let mut steps = Steps::begin(at(100));
        steps.go(0, 1, at(106));
        steps.go(1, 2, at(117));
        assert_eq!([0, 1, 2, 9].map(|step| steps.took(step)), [Some(6), Some(11), None, None]);
        // Downloaded, and then its address had expired: it is asked about again.
        steps.go(2, 3, at(150));
        steps.go(3, 1, at(160));
        assert_eq!([0, 1, 2].map(|step| steps.took(step)), [Some(6), None, None]);
        steps.go(1, 3, at(170));
        assert_eq!(
            [0, 1, 2].map(|step| steps.took(step)),
            [Some(6), None, None],
            "whether it was rendered, nobody saw"
        );
    }

    #[test]
    fn a_step_that_nobody_saw_begin_has_no_time() {
        let mut steps = Steps::default();
        steps.go(1, 2, at(50));
        steps.go(2, 3, at(80));
        assert_eq!([0, 1, 2].map(|step| steps.took(step)), [None, None, Some(30)]);
    }
}
