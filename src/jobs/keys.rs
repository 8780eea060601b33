//! Settings' key field: what is known of a host's key, and Save, Verify and Remove.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::World;
use super::generation::{joined, now};
use super::hosts::catalogue_host;
use super::purse::balance_changed;
use crate::domain::failure::Failure;
use crate::domain::secret::ApiKey;
use crate::services::keychain::KeySource;
use crate::state::{Event, KeyCheck, KeyOrigin, KeyState};

impl World {
    /// What is known of a host's key; never waits for more than the keychain.
    pub(super) async fn key_state(self: &Arc<Self>, host: &str) -> Event {
        let key = match self.find_key(host).await {
            Ok(Some((key, source))) => present(&key, source, KeyCheck::NotTried),
            Ok(None) => KeyState::Absent { trouble: None },
            Err(failure) => KeyState::Absent { trouble: Some(failure.summary) },
        };
        Event::KeyChanged { host: host.to_owned(), key }
    }

    pub(super) async fn save_key(self: &Arc<Self>, host: &str, key: ApiKey) -> Event {
        let Some(origin) = catalogue_host(host).ok().and_then(|host| host.base_url.clone()) else {
            return self.key_state(host).await;
        };
        let (keys, kept) = (Arc::clone(&self.keys), key);
        let saved = joined(spawn_blocking(move || keys.save(&origin, &kept).map_err(Failure::from))).await;
        self.forget_clients();
        match saved {
            Ok(_) => self.key_state(host).await,
            Err(failure) => Event::Trouble(failure),
        }
    }

    pub(super) async fn remove_key(self: &Arc<Self>, host: &str) -> Event {
        let Some(origin) = catalogue_host(host).ok().and_then(|host| host.base_url.clone()) else {
            return self.key_state(host).await;
        };
        let keys = Arc::clone(&self.keys);
        let removed = joined(spawn_blocking(move || keys.remove(&origin).map_err(Failure::from))).await;
        self.forget_clients();
        match removed {
            Ok(()) => self.key_state(host).await,
            Err(failure) => Event::Trouble(failure),
        }
    }

    /// Asks for the balance, which costs nothing and proves the key.
    pub(super) async fn verify_key(self: &Arc<Self>, host: &str) -> Vec<Event> {
        let Ok(Some(found)) = self.find_key(host).await else { return vec![self.key_state(host).await] };
        let balance = match self.host_ref(host) {
            Ok(at) => self.balance(&at).await,
            Err(failure) => Err(failure),
        };
        let check = match &balance {
            Ok(_) => KeyCheck::Verified { at: now() },
            Err(failure) => KeyCheck::Failed(failure.summary.clone()),
        };
        let key = present(&found.0, found.1, check);
        let mut events = vec![Event::KeyChanged { host: host.to_owned(), key }];
        if let (Ok(balance), Ok(at)) = (balance, self.host_ref(host)) {
            events.push(balance_changed(&at, balance));
        }
        events
    }

    async fn balance(self: &Arc<Self>, at: &crate::domain::generation::HostRef) -> Result<i64, Failure> {
        let client = self.client(at).await?;
        self.ask_balance(&client, at).await
    }

    async fn find_key(self: &Arc<Self>, host: &str) -> Result<Option<(ApiKey, KeySource)>, Failure> {
        match self.base_url_of(catalogue_host(host)?) {
            Some(base_url) => self.key_for(host, &base_url).await,
            None => Ok(None),
        }
    }
}

fn present(key: &ApiKey, source: KeySource, check: KeyCheck) -> KeyState {
    let origin = match source {
        KeySource::Environment => KeyOrigin::Environment,
        KeySource::Keychain => KeyOrigin::Keychain,
        KeySource::ThisRun => KeyOrigin::ThisRun,
    };
    KeyState::Present { hint: key.hint().to_owned(), origin, check }
}
