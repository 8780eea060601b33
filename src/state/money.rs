//! What the window knows of money: the spend log, the day it is counted for, and orders that wait for a word.

use std::collections::VecDeque;

use crate::domain::draft::Order;
use crate::domain::generation::GenerationId;
use crate::domain::price::Cents;
use crate::domain::spend::{Consent, Hold, LocalDay, SpendEntry, Spent};

/// The spend log and what is asked before more is spent.
#[derive(Debug, Clone, Default)]
pub struct Money {
    /// Newest first.
    entries: Vec<SpendEntry>,
    /// Goes up by one whenever the entries change.
    pub revision: u64,
    /// The day of the current pass, set by the shell; `None` before the first.
    pub day: Option<LocalDay>,
    /// Orders that wait for an answer; the first is the one the open question is about.
    pub held: VecDeque<Held>,
}

/// An order that is not placed before somebody agrees.
#[derive(Debug, Clone)]
pub struct Held {
    pub wish: Wish,
    /// What was agreed to so far.
    pub consent: Consent,
    pub why: Hold,
}

/// What is to be placed.
#[derive(Debug, Clone)]
pub enum Wish {
    /// A checked form, at this host, with the estimate of one take.
    Order { order: Box<Order>, host: String, each: Option<Cents> },
    /// An earlier generation once more.
    Again { of: GenerationId },
}

impl Money {
    #[must_use]
    pub fn entries(&self) -> &[SpendEntry] {
        &self.entries
    }

    pub fn load(&mut self, entries: Vec<SpendEntry>) {
        self.entries = entries;
        self.revision += 1;
    }

    /// Takes a new or changed line.
    pub fn upsert(&mut self, entry: SpendEntry) {
        match self.entries.iter_mut().find(|known| known.generation == entry.generation) {
            Some(known) if *known == entry => return,
            Some(known) => *known = entry,
            None => {
                let place = self.entries.partition_point(|known| known.at > entry.at);
                self.entries.insert(place, entry);
            }
        }
        self.revision += 1;
    }

    /// What today cost, by the estimates.
    #[must_use]
    pub fn today(&self) -> Spent {
        self.day.map(|day| Spent::since(day.start, &self.entries)).unwrap_or_default()
    }

    /// What this month cost, by the estimates.
    #[must_use]
    pub fn month(&self) -> Spent {
        self.day.map(|day| Spent::since(day.month_start, &self.entries)).unwrap_or_default()
    }
}
