//! What can be found out about a request whose outcome is unknown: the balance, compared with the one before.

use std::sync::Arc;

use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::GenerationId;
use crate::jobs::{Outbox, World};
use crate::services::api::Subject;
use crate::state::Event;

/// Asks for the balance and says what follows from it, which is never a proof.
pub async fn check(world: &Arc<World>, id: &GenerationId, out: &Outbox) -> Result<(), Failure> {
    let key = id.clone();
    let (generation, before) =
        world.library(move |library| Ok((library.get(&key)?, library.last_balance(&key)?))).await?;
    let generation = generation.ok_or_else(|| Failure::new(FailureKind::Library, "This task is gone.", ""))?;
    let client = world.client(&generation.host).await?;
    let balance = client.balance().await.map_err(|error| error.into_failure(&Subject::of(&generation)))?;
    out.send(Event::Said(verdict(before, balance.available)));
    Ok(())
}

/// In 1/10000 US dollars.
fn verdict(before: Option<i64>, now: i64) -> String {
    let dollars = |amount: i64| format!("${:.2}", amount as f64 / 10_000.0);
    match before {
        None => format!("The balance is {}; it was not known before sending.", dollars(now)),
        Some(before) if now < before => format!(
            "The balance went from {} to {}: something was charged, perhaps this task.",
            dollars(before),
            dollars(now)
        ),
        Some(before) if now == before => {
            format!("The balance is still {}: nothing seems to have been charged so far.", dollars(before))
        }
        Some(before) => format!("The balance went from {} to {}: it says nothing.", dollars(before), dollars(now)),
    }
}

#[cfg(test)]
mod tests {
    use super::verdict;

    #[test]
    fn nothing_is_claimed_that_cannot_be_known() {
        assert_eq!(verdict(None, 184_200), "The balance is $18.42; it was not known before sending.");
        assert!(verdict(Some(184_200), 181_600).contains("perhaps this task"));
        assert!(verdict(Some(184_200), 184_200).contains("seems"));
        assert!(verdict(Some(184_200), 190_000).ends_with("it says nothing."));
    }
}
