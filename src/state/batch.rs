//! Many first frames with the same settings: one list, one price, one confirmation.
//!
//! The form's own last frame and settings hold for each; each gets its own centred crop.

use std::path::PathBuf;

use super::State;
use crate::domain::draft::{Draft, FrameChoice, Order};
use crate::domain::frame::{FrameSlot, Preview};
use crate::domain::model::Model;
use crate::domain::price::{Cents, Price};
use crate::domain::request::Violation;
use crate::domain::spend::OverCap;

/// Most pictures one batch takes; a folder of holidays is not meant to become a thousand clips.
pub const MOST_PICTURES: usize = 50;

/// The pictures, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Tells answers for this batch from those for an earlier one.
    pub number: u64,
    pub items: Vec<Item>,
    /// Pictures that were left out because there were more than [`MOST_PICTURES`].
    pub left_out: usize,
}

/// One first frame.
#[derive(Debug, Clone)]
pub struct Item {
    pub path: PathBuf,
    pub choice: FrameChoice,
    pub preview: Option<Preview>,
}

impl Batch {
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.items.iter().any(|item| matches!(item.choice, FrameChoice::Reading { .. }))
    }

    /// The order each picture makes, or every rule it breaks.
    fn orders(&self, draft: &Draft, model: &Model) -> Vec<Result<Order, Vec<Violation>>> {
        // The form's own first frame is put aside, and with it its seed's exactness: each picture has one of its own.
        let mut with = draft.clone();
        let order = |item: &Item| {
            *with.frame_mut(FrameSlot::First) = item.choice.clone();
            with.check(model)
        };
        self.items.iter().map(order).collect()
    }
}

/// Every picture here is a first frame, so that is not said again.
fn trouble(violation: &Violation) -> String {
    match violation {
        Violation::Picture { violation, .. } => violation.to_string(),
        Violation::Unreadable { reason, .. } => reason.clone(),
        other => other.to_string(),
    }
}

/// What a batch comes to, worked out once for everything that is said of it.
#[derive(Debug, Clone)]
pub struct Offer {
    /// What each picture makes, in the list's order; the sentence is what is wrong with it.
    pub orders: Vec<Result<Order, String>>,
    /// Clips of the pictures that pass.
    pub clips: usize,
    /// Their estimates together.
    pub price: Price,
    /// What has to be said where that brings the day over its limit.
    pub over_cap: Option<OverCap>,
}

impl State {
    /// What the batch on the list comes to; `None` where there is no list.
    #[must_use]
    pub fn batch_offer(&self) -> Option<Offer> {
        let found = self.batch.as_ref()?.orders(&self.draft, self.model());
        let sentence = |violations: Vec<Violation>| violations.first().map(trouble).unwrap_or_default();
        let orders: Vec<_> = found.into_iter().map(|order| order.map_err(sentence)).collect();
        let requests = orders.iter().flatten().flat_map(Order::requests);
        let prices: Vec<Price> = requests
            .map(|request| {
                let seconds = request.settings().duration;
                Price::estimate(self.host(), self.model(), request.output(), seconds, 1)
            })
            .collect();
        let price = sum(&prices);
        let over_cap = match price {
            Price::About { total, .. } => OverCap::judge(self.money.today(), Some(total), 1, self.settings.daily_cap),
            Price::Free | Price::Unknown => None,
        };
        Some(Offer { orders, clips: prices.len(), price, over_cap })
    }
}

/// Estimates together. One host and model make them all, so they are of one kind.
fn sum(prices: &[Price]) -> Price {
    let mut cents = 0;
    for price in prices {
        match price {
            Price::About { total, .. } => cents += total.0,
            other => return *other,
        }
    }
    Price::About { takes: u32::try_from(prices.len()).unwrap_or(u32::MAX), total: Cents(cents) }
}
