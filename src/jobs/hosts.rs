//! Which client talks to which host, and with which key.

use std::sync::{Arc, PoisonError};

use tokio::task::spawn_blocking;

use super::World;
use super::generation::joined;
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::HostRef;
use crate::domain::model::{Catalogue, Host, REHEARSAL};
use crate::domain::polling::Pace;
use crate::domain::secret::ApiKey;
use crate::services::api::{Client, Downloader, Endpoint};
use crate::services::keychain::KeySource;
use crate::services::keychain::keys::origin_of;

impl World {
    /// What a new row stores of a host. The host on this computer has no lasting address.
    pub fn host_ref(&self, id: &str) -> Result<HostRef, Failure> {
        let host = catalogue_host(id)?;
        let base_url = self.base_url_of(host);
        Ok(HostRef { host: host.id.clone(), base_url })
    }

    /// The address new requests to this host go to.
    pub(super) fn base_url_of(&self, host: &Host) -> Option<String> {
        let own = host.base_url.clone()?;
        Some(self.base_url.clone().unwrap_or(own))
    }

    /// A client for a row's host, with the key that belongs to it.
    pub(super) async fn client(self: &Arc<Self>, at: &HostRef) -> Result<Client, Failure> {
        let endpoint = match &at.base_url {
            None => self.rehearsal_endpoint(&at.host).await?,
            Some(base_url) => {
                if let Some(client) = self.known_client(base_url) {
                    return Ok(client);
                }
                let key = self.key_for(&at.host, base_url).await?.map(|(key, _)| key);
                if key.is_none() {
                    return Err(self.no_key(&at.host, base_url));
                }
                Endpoint::parse(base_url, key).map_err(Failure::from)?
            }
        };
        let client =
            Client::with_timeouts(endpoint, self.timeouts).map_err(|error| error.into_failure(&subject(&at.host)))?;
        if let Some(base_url) = &at.base_url {
            let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
            clients.insert(base_url.clone(), client.clone());
        }
        Ok(client)
    }

    /// A downloader for clips of a row's host: it knows no key, and which addresses it may fetch from.
    pub(super) async fn downloader(self: &Arc<Self>, at: &HostRef) -> Result<Downloader, Failure> {
        let base_url = match &at.base_url {
            None => self.rehearsal_endpoint(&at.host).await?.base_url,
            Some(base_url) => Endpoint::parse(base_url, None).map_err(Failure::from)?.base_url,
        };
        Downloader::with_timeouts(&base_url, self.timeouts).map_err(Failure::from)
    }

    pub(super) fn pace(at: &HostRef) -> Pace {
        let local = match &at.base_url {
            None => true,
            Some(base_url) => Endpoint::parse(base_url, None).is_ok_and(|endpoint| endpoint.is_loopback()),
        };
        if local { Pace::LOCAL } else { Pace::REMOTE }
    }

    /// The key for requests to `base_url`. The keychain may ask its owner, so this runs where it may block.
    pub(super) async fn key_for(
        self: &Arc<Self>,
        host: &str,
        base_url: &str,
    ) -> Result<Option<(ApiKey, KeySource)>, Failure> {
        let own = catalogue_host(host)?.base_url.clone();
        let may_have_variable = self.is_of_this_run(host, base_url);
        let (world, base_url) = (Arc::clone(self), base_url.to_owned());
        let found = spawn_blocking(move || {
            let variable = world.key_variable.as_deref().map(String::as_str).filter(|_| may_have_variable);
            world.keys.resolve(&base_url, own.as_deref(), variable).map_err(Failure::from)
        });
        joined(found).await
    }

    /// Whether an address is the host's own or the one given for this run. An old row may hold any other; whoever stands
    /// there now must not be told a key.
    fn is_of_this_run(&self, host: &str, base_url: &str) -> bool {
        let own = catalogue_host(host).ok().and_then(|host| host.base_url.as_deref());
        let known = [own, self.base_url.as_deref()].into_iter().flatten().filter_map(origin_of);
        origin_of(base_url).is_some_and(|asked| known.into_iter().any(|known| known == asked))
    }

    fn no_key(&self, host: &str, base_url: &str) -> Failure {
        if self.is_of_this_run(host, base_url) {
            let advice = words!("job-add-key");
            return Failure::new(FailureKind::Key, words!("job-no-key"), advice);
        }
        let summary = words!("job-other-address");
        Failure::new(FailureKind::Key, summary, words!("job-start-with-address"))
    }

    /// Forgets clients whose key may have changed.
    pub(super) fn forget_clients(&self) {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn known_client(&self, base_url: &str) -> Option<Client> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner).get(base_url).cloned()
    }

    async fn rehearsal_endpoint(self: &Arc<Self>, host: &str) -> Result<Endpoint, Failure> {
        if host != REHEARSAL {
            return Err(Failure::new(FailureKind::Library, words!("job-row-no-address"), ""));
        }
        let trouble = |reason: String| {
            Failure::new(FailureKind::Network, words!("job-rehearsal-failed", reason = reason), words!("try-again"))
                .retryable()
        };
        let found = self.rehearsal.endpoint().await.map_err(|error| trouble(error.to_string()))?;
        let token = ApiKey::parse(found.token.reveal()).map_err(|error| trouble(error.to_string()))?;
        Endpoint::parse(&found.base_url, Some(token)).map_err(Failure::from)
    }
}

/// The host with this id, or a sentence.
pub(super) fn catalogue_host(id: &str) -> Result<&'static Host, Failure> {
    Catalogue::built_in()
        .host(id)
        .ok_or_else(|| Failure::new(FailureKind::Parameters, words!("job-no-host", id = id), ""))
}

fn subject(host: &str) -> crate::services::api::Subject {
    crate::services::api::Subject::host(host)
}
