//! What is kept of money while the program runs: the limit of a day, the last known balances, and the turn in which
//! orders are weighed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::hosts::catalogue_host;
use super::{Outbox, World};
use crate::domain::failure::Failure;
use crate::domain::generation::{Generation, HostRef};
use crate::domain::price::Cents;
use crate::services::api::{Client, Subject};
use crate::state::{Balance, Event};

/// Longest wait for the balance before something is sent. It is worth knowing, never worth missing a submit for.
const BALANCE_WITHIN: Duration = Duration::from_secs(2);

/// See the module.
#[derive(Default)]
pub(super) struct Purse {
    cap: Mutex<Option<Cents>>,
    /// In 1/10000 US dollars, by host and address.
    balances: Mutex<HashMap<HostRef, i64>>,
    /// Held from the moment an order is weighed until its intents are stored: of two orders at once the second sees the
    /// first. Between processes a lock in the library does the same. Clearing pictures takes this one too.
    pub turn: tokio::sync::Mutex<()>,
}

impl Purse {
    pub fn cap(&self) -> Option<Cents> {
        *locked(&self.cap)
    }

    pub fn set_cap(&self, cap: Option<Cents>) {
        *locked(&self.cap) = cap;
    }

    /// The last balance that a host told, in 1/10000 US dollars.
    pub fn balance(&self, at: &HostRef) -> Option<i64> {
        locked(&self.balances).get(at).copied()
    }
}

impl World {
    /// Asks for the balance and remembers it, in 1/10000 US dollars.
    pub(super) async fn ask_balance(&self, client: &Client, at: &HostRef) -> Result<i64, Failure> {
        let name = catalogue_host(&at.host)?.name.clone();
        let balance = client.balance().await.map_err(|error| error.into_failure(&Subject::host(&name)))?;
        locked(&self.purse.balances).insert(at.clone(), balance.available);
        Ok(balance.available)
    }

    /// Stores the balance as it is right before something that costs is sent. Whatever goes wrong, the intent keeps the
    /// last balance that was known.
    pub(super) async fn note_balance(self: &Arc<Self>, generation: &Generation, out: &Outbox) {
        let at = &generation.host;
        if catalogue_host(&at.host).is_ok_and(|host| host.free) {
            return;
        }
        let Ok(client) = self.client(at).await else { return };
        let Ok(Ok(balance)) = tokio::time::timeout(BALANCE_WITHIN, self.ask_balance(&client, at)).await else { return };
        out.send(balance_changed(at, balance));
        let id = generation.id.clone();
        if let Err(failure) = self.library(move |library| library.set_last_balance(&id, balance)).await {
            tracing::warn!(summary = failure.summary, "the balance is not stored");
        }
    }
}

/// What the top bar is told; `balance` is in 1/10000 US dollars.
pub(super) fn balance_changed(at: &HostRef, balance: i64) -> Event {
    Event::BalanceChanged { host: at.host.clone(), balance: Balance::Known { cents: balance.div_euclid(100) } }
}

fn locked<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}
