//! What can be found out about a request whose outcome is unknown: the balance, compared with the one before.

use std::sync::Arc;

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, GenerationId};
use crate::domain::model::{Catalogue, Host};
use crate::domain::price::Cents;
use crate::domain::spend::{Charge, SpendEntry};
use crate::jobs::purse::balance_changed;
use crate::jobs::{Outbox, World};
use crate::state::Event;

/// A drop of this share of the estimate is about the estimate: the rate is a list price of elsewhere.
const ABOUT: f64 = 0.75;

/// A drop of more than this many times the estimate is not this task's alone.
const MUCH_MORE: f64 = 3.0;

/// Asks for the balance and says what follows from it, which is never a proof.
pub async fn check(world: &Arc<World>, id: &GenerationId, out: &Outbox) -> Result<(), Failure> {
    let key = id.clone();
    let (generation, before, entries) =
        world.library(move |library| Ok((library.get(&key)?, library.last_balance(&key)?, library.spend()?))).await?;
    let generation = generation.ok_or_else(|| Failure::new(FailureKind::Library, words!("job-task-gone"), ""))?;
    let host = Catalogue::built_in().host(&generation.host.host);
    if host.is_some_and(|host| host.free) {
        out.send(Event::Said(words!("job-free-again")));
        return Ok(());
    }
    let client = world.client(&generation.host).await?;
    let balance = world.ask_balance(&client, &generation.host).await?;
    out.send(balance_changed(&generation.host, balance));
    let name = host.map_or_else(|| generation.host.host.clone(), Host::title);
    let facts = Facts { before, now: balance, estimate: generation.price, others: others(&generation, &entries), name };
    out.send(Event::Said(facts.verdict()));
    Ok(())
}

/// Whether another task at the same host was, or may have been, charged since this one was made. One that was booked
/// right before may not show in the balance yet; that cannot be told either.
fn others(generation: &Generation, entries: &[SpendEntry]) -> bool {
    entries.iter().any(|entry| {
        entry.generation != generation.id
            && entry.host == generation.host.host
            && entry.at >= generation.created
            && entry.charge != Charge::Not
    })
}

/// What is known; balances are in 1/10000 US dollars.
struct Facts {
    before: Option<i64>,
    now: i64,
    estimate: Option<Cents>,
    /// Other tasks were sent since.
    others: bool,
    /// The host's.
    name: String,
}

impl Facts {
    fn verdict(&self) -> String {
        let look = words!("verdict-look", host = self.name.as_str());
        words!("sentences", one = self.finding(), two = look)
    }

    fn finding(&self) -> String {
        let Some(before) = self.before else {
            return words!("verdict-unknown-before", now = dollars(self.now));
        };
        let change = self.now.saturating_sub(before);
        let size = dollars(change.saturating_abs());
        if change > 0 {
            return words!("verdict-higher", size = size);
        }
        if change == 0 {
            return words!("verdict-same");
        }
        if self.others {
            return words!("verdict-others", size = size);
        }
        let dropped = change.unsigned_abs() as f64;
        match self.estimate {
            Some(Cents(cents)) if dropped < cents as f64 * 100.0 * ABOUT => {
                words!("verdict-less", size = size, estimate = Cents(cents).to_string())
            }
            Some(Cents(cents)) if dropped > cents as f64 * 100.0 * MUCH_MORE => {
                words!("verdict-much-more", size = size, estimate = Cents(cents).to_string())
            }
            Some(_) => words!("verdict-probably", size = size),
            None => words!("verdict-something", size = size),
        }
    }
}

fn dollars(amount: i64) -> String {
    let cents = (amount.unsigned_abs() + 50) / 100;
    format!("{}{}", if amount < 0 { "-" } else { "" }, Cents(cents))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(before: Option<i64>, now: i64, estimate: Option<u64>, others: bool) -> String {
        let verdict = Facts { before, now, estimate: estimate.map(Cents), others, name: "Novita".to_owned() }.verdict();
        let look = " Look at Novita's own list of tasks before sending it again.";
        verdict.strip_suffix(look).unwrap_or_else(|| panic!("{verdict}")).to_owned()
    }

    #[test]
    fn nothing_is_claimed_that_cannot_be_known() {
        let before = Some(184_200);
        let unknown = verdict(None, 184_200, Some(26), false);
        assert_eq!(unknown, "The balance is $18.42. It was not known before sending, so nothing follows from it.");
        let charged = "The balance is $0.26 lower than before: it was probably charged.";
        assert_eq!(verdict(before, 181_600, Some(26), false), charged);
        let same = "The balance has not changed since. That is no proof; it may still be charged.";
        assert_eq!(verdict(before, 184_200, Some(26), false), same);
        assert!(verdict(before, 190_000, Some(26), false).contains("money was added, so nothing follows"));
        assert!(
            verdict(before, 183_700, Some(26), false).contains("less than the estimate of $0.26: it may have been")
        );
        assert!(verdict(before, 100_000, Some(26), false).contains("much more than the estimate of $0.26"));
        assert!(verdict(before, 181_600, None, false).ends_with("something was charged, perhaps this task."));
    }

    #[test]
    fn a_drop_is_not_laid_at_one_task_where_others_were_sent() {
        let said = verdict(Some(184_200), 178_900, Some(26), true);
        assert!(said.ends_with("other tasks were sent since: whose charge it is cannot be told."), "{said}");
    }

    #[test]
    fn a_balance_below_zero_is_read_as_such() {
        assert!(verdict(None, -2_500, None, false).starts_with("The balance is -$0.25."));
    }
}
