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

    /// What is wrong with each picture, in the list's order; `None` where nothing is.
    #[must_use]
    pub fn troubles(&self, draft: &Draft, model: &Model) -> Vec<Option<String>> {
        self.orders(draft, model)
            .into_iter()
            .map(|order| order.err().and_then(|violations| violations.first().map(trouble)))
            .collect()
    }

    /// The order each picture makes, or every rule it breaks.
    #[must_use]
    pub fn orders(&self, draft: &Draft, model: &Model) -> Vec<Result<Order, Vec<Violation>>> {
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

impl State {
    /// What a batch costs: the orders that pass, and their estimates together.
    #[must_use]
    pub fn batch_price(&self) -> (usize, Price) {
        let Some(batch) = &self.batch else { return (0, Price::Unknown) };
        let orders = batch.orders(&self.draft, self.model());
        let requests: Vec<_> = orders.iter().flatten().flat_map(Order::requests).collect();
        let mut total = 0;
        for request in &requests {
            let seconds = request.settings().duration;
            match Price::estimate(self.host(), self.model(), request.output(), seconds, 1) {
                Price::About { total: one, .. } => total += one.0,
                other => return (requests.len(), other),
            }
        }
        let takes = u32::try_from(requests.len()).unwrap_or(u32::MAX);
        (requests.len(), Price::About { takes, total: Cents(total) })
    }

    /// What has to be said before a batch that brings the day over its limit.
    #[must_use]
    pub fn batch_over_cap(&self) -> Option<OverCap> {
        let Price::About { total, .. } = self.batch_price().1 else { return None };
        OverCap::judge(self.money.today(), Some(total), 1, self.settings.daily_cap)
    }
}
