//! Money: what was likely spent, what a day may cost before somebody is asked, and what must not be bought twice
//! unasked.
//!
//! Every amount is an estimate, because the hosts publish no prices. Hosts that charge nothing are no part of this.

use std::path::PathBuf;

use super::generation::{Generation, GenerationId, Status, UnixMillis};
use super::price::Cents;
use super::request::RANDOM_SEED;
use crate::words::listed;

/// How much of a prompt the spend log keeps, in Unicode scalar values: it outlives the task.
pub const PROMPT_KEPT: usize = 80;

/// What is known of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// The host accepted the task.
    Likely,
    /// Nobody knows whether the host has the task.
    Maybe,
    /// The host confirmed that nothing was charged.
    Not,
}

impl Charge {
    pub const ALL: [Self; 3] = [Self::Likely, Self::Maybe, Self::Not];

    /// What a status says of the charge; `None` where there is nothing to book.
    ///
    /// A refusal that the host did not explain in the contract's words is booked as nothing: it accepted no task, and
    /// it did not say that it charged nothing.
    #[must_use]
    pub fn of(status: &Status, has_task_id: bool) -> Option<Self> {
        match status {
            Status::Unknown(_) => Some(Self::Maybe),
            Status::Failed(failure) | Status::Refused(failure) if failure.not_charged => Some(Self::Not),
            Status::Refused(_) | Status::NotSent | Status::Uploading => None,
            _ => has_task_id.then_some(Self::Likely),
        }
    }

    /// The name the library and the exported log write.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Likely => "charged_likely",
            Self::Maybe => "may_have_been_charged",
            Self::Not => "not_charged",
        }
    }

    /// The charge of a name. One that nobody knows may have been charged.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|charge| charge.name() == name).unwrap_or(Self::Maybe)
    }

    /// Beside the amount in the log; a likely charge needs no word.
    #[must_use]
    pub fn words(self) -> Option<String> {
        match self {
            Self::Likely => None,
            Self::Maybe => Some(words!("charge-maybe")),
            Self::Not => Some(words!("charge-not")),
        }
    }
}

/// One line of the spend log: one generation at a host that charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpendEntry {
    pub generation: GenerationId,
    /// When the charge became likely or possible.
    pub at: UnixMillis,
    /// Id of a host of the catalogue.
    pub host: String,
    pub model: String,
    /// The start of the prompt.
    pub prompt: String,
    /// `None` where no price is known for the model.
    pub estimate: Option<Cents>,
    pub charge: Charge,
}

/// A sum of estimates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spent {
    pub cents: u64,
    /// Tasks without an estimate, counted as 0 in the sum.
    pub unpriced: u32,
}

impl Spent {
    pub fn add(&mut self, estimate: Option<Cents>) {
        match estimate {
            Some(Cents(cents)) => self.cents = self.cents.saturating_add(cents),
            None => self.unpriced += 1,
        }
    }

    /// The sum of what was, or may have been, charged from `start` on.
    #[must_use]
    pub fn since<'a>(start: UnixMillis, entries: impl IntoIterator<Item = &'a SpendEntry>) -> Self {
        let mut spent = Self::default();
        for entry in entries {
            if entry.at >= start && entry.charge != Charge::Not {
                spent.add(entry.estimate);
            }
        }
        spent
    }
}

/// A day on this computer, and the month it is in, as moments. Computed where the time zone is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalDay {
    pub start: UnixMillis,
    /// The first moment of the next day.
    pub end: UnixMillis,
    pub month_start: UnixMillis,
}

impl LocalDay {
    #[must_use]
    pub fn contains(&self, now: UnixMillis) -> bool {
        self.start <= now && now < self.end
    }
}

/// What the user agreed to before an order is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Consent {
    /// To spend more than the limit of the day.
    pub over_cap: bool,
    /// To make a clip that is there, under way or of unknown fate.
    pub again: bool,
}

/// Why an order is not placed before somebody agrees. Displays as the sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Hold {
    #[error("{0}")]
    OverCap(OverCap),
    #[error("{0}")]
    AlreadyHave(AlreadyHave),
}

/// An order that would bring the day over its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", over_cap_sentence(*spent, *cap))]
pub struct OverCap {
    /// The day's sum with the order in it.
    pub spent: Spent,
    pub cap: Cents,
}

fn over_cap_sentence(spent: Spent, cap: Cents) -> String {
    let over = words!("hold-over-cap", spent = Cents(spent.cents).to_string(), cap = cap.to_string());
    if spent.unpriced > 0 { words!("sentences", one = over, two = words!("hold-unpriced")) } else { over }
}

impl OverCap {
    /// Whether an order is held, where `before` is the day's sum without it. Takes without a price count as 0.
    #[must_use]
    pub fn judge(before: Spent, each: Option<Cents>, takes: usize, cap: Option<Cents>) -> Option<Self> {
        let cap = cap?;
        let mut spent = before;
        (0..takes).for_each(|_| spent.add(each));
        (spent.cents > cap.0).then_some(Self { spent, cap })
    }
}

/// Clips of an order that were made, or may be, already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlreadyHave {
    /// One for each take that was found; never empty.
    pub found: Vec<Found>,
    /// Takes of the order.
    pub takes: usize,
}

/// An earlier task with the same pictures, prompt, seed and settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The take of the order it equals, from 1.
    pub take: usize,
    pub id: GenerationId,
    pub standing: Standing,
    pub clip: Option<PathBuf>,
}

/// Where an equal task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Finished,
    /// Stored, and waiting to be sent.
    Waiting,
    Running,
    Unknown,
}

impl Standing {
    /// Where an earlier task with the same content stands towards a new one with this seed; `None` where it is another
    /// purchase. `clip_is_there` tells whether its file still exists.
    ///
    /// A random seed makes another clip every time, so it equals nothing but a task of unknown fate that had a random
    /// seed too: only that could be the same purchase.
    #[must_use]
    pub fn of(earlier: &Generation, clip_is_there: bool, seed: i64) -> Option<Self> {
        // A host may use another seed than it was asked for; either makes this clip again.
        if earlier.settings.seed != seed && earlier.seed_used != Some(seed) {
            return None;
        }
        match &earlier.status {
            Status::Unknown(_) => Some(Self::Unknown),
            _ if seed == RANDOM_SEED => None,
            Status::Done => clip_is_there.then_some(Self::Finished),
            Status::NotSent => Some(Self::Waiting),
            Status::Stopped => earlier.task_id.is_some().then_some(Self::Running),
            status => status.is_running().then_some(Self::Running),
        }
    }
}

impl std::fmt::Display for AlreadyHave {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let any = |standing| self.found.iter().any(|found| found.standing == standing);
        let have = if any(Standing::Unknown) {
            words!("have-unknown")
        } else if self.takes == 1 && any(Standing::Waiting) {
            words!("have-waiting")
        } else if self.takes == 1 && any(Standing::Running) {
            words!("have-running")
        } else if self.takes == 1 {
            words!("have-one")
        } else if self.found.len() == self.takes {
            words!("have-all")
        } else {
            let takes: Vec<_> = self.found.iter().map(|found| found.take.to_string()).collect();
            words!("have-takes", count = takes.len(), takes = listed(&takes), all = self.takes)
        };
        if self.found.len() < self.takes {
            f.write_str(&words!("sentences", one = have, two = words!("have-makes-all")))
        } else {
            f.write_str(&have)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::failure::{Failure, FailureKind};

    fn entry(at: i64, cents: Option<u64>, charge: Charge) -> SpendEntry {
        SpendEntry {
            generation: GenerationId::new(at.to_string()),
            at: UnixMillis(at),
            host: "novita".to_owned(),
            model: "m".to_owned(),
            prompt: String::new(),
            estimate: cents.map(Cents),
            charge,
        }
    }

    #[test]
    fn a_day_counts_what_was_or_may_have_been_charged_from_its_start() {
        let entries = [
            entry(99, Some(1000), Charge::Likely),
            entry(100, Some(26), Charge::Likely),
            entry(101, Some(61), Charge::Maybe),
            entry(102, Some(12), Charge::Not),
            entry(103, None, Charge::Likely),
        ];
        assert_eq!(Spent::since(UnixMillis(100), &entries), Spent { cents: 87, unpriced: 1 });
    }

    #[test]
    fn the_limit_itself_is_not_over_it() {
        let before = Spent { cents: 474, unpriced: 0 };
        let judge = |takes, cap| OverCap::judge(before, Some(Cents(26)), takes, cap);
        assert_eq!(judge(1, Some(Cents(500))), None);
        assert_eq!(judge(9, None), None);
        let over = judge(2, Some(Cents(500))).unwrap();
        assert_eq!(over.to_string(), "This would bring today to about $5.26, over your limit of $5.00 a day.");
    }

    #[test]
    fn an_unknown_price_counts_as_nothing_and_is_said() {
        let over = |cents| OverCap::judge(Spent { cents, unpriced: 0 }, None, 1, Some(Cents(500)));
        assert_eq!(over(500), None);
        assert!(over(501).unwrap().to_string().ends_with("Tasks without a known price count as $0.00."));
    }

    #[test]
    fn every_status_is_booked_once_it_may_cost() {
        let failure = || Failure::new(FailureKind::Server, "It failed.", "");
        assert_eq!(Charge::of(&Status::NotSent, false), None);
        assert_eq!(Charge::of(&Status::Uploading, false), None);
        assert_eq!(Charge::of(&Status::Stopped, false), None);
        assert_eq!(Charge::of(&Status::Stopped, true), Some(Charge::Likely));
        assert_eq!(Charge::of(&Status::Queued, true), Some(Charge::Likely));
        assert_eq!(Charge::of(&Status::Unknown(failure()), false), Some(Charge::Maybe));
        assert_eq!(Charge::of(&Status::Failed(failure()), true), Some(Charge::Likely));
        assert_eq!(Charge::of(&Status::Failed(failure().not_charged()), true), Some(Charge::Not));
        assert_eq!(Charge::of(&Status::Refused(failure()), false), None);
        assert_eq!(Charge::of(&Status::Refused(failure().not_charged()), false), Some(Charge::Not));
        assert!(Charge::ALL.into_iter().all(|charge| Charge::named(charge.name()) == charge));
        assert_eq!(Charge::named("later_version"), Charge::Maybe);
    }

    #[test]
    fn the_takes_that_exist_are_named() {
        let have = |takes: &[usize], of, standing| {
            let found = |take: &usize| Found { take: *take, id: GenerationId::new("g"), standing, clip: None };
            AlreadyHave { found: takes.iter().map(found).collect(), takes: of }.to_string()
        };
        assert_eq!(have(&[1], 1, Standing::Finished), "You already have this clip.");
        assert_eq!(have(&[1], 1, Standing::Running), "You already have this clip: it is being made.");
        let waiting = "You already ordered this clip: it is stored and waits to be sent.";
        assert_eq!(have(&[1], 1, Standing::Waiting), waiting);
        assert_eq!(have(&[1, 2], 2, Standing::Running), "You already have these clips.");
        let some = "You already have takes 1 and 3 of these 4. Making it again makes all of them.";
        assert_eq!(have(&[1, 3], 4, Standing::Finished), some);
        let unknown = have(&[1], 1, Standing::Unknown);
        assert!(unknown.starts_with("This may already be paid for: an earlier task"), "{unknown}");
    }
}
