//! How bytes travel: the two kinds of HTTP client, their time limits, and reading an answer within bounds.
//!
//! No client follows a redirect or sends anything twice by itself.

use std::collections::HashSet;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{ClientBuilder, Response};
use tokio::net::lookup_host;
use url::{Host, Url};

use super::endpoint::{is_loopback, is_public};
use super::errors::TransportFault;
use crate::services::points;

const USER_AGENT: &str = concat!("inbetween/", env!("CARGO_PKG_VERSION"));

/// Longest answer of the API that is read; the contract's are below a kilobyte.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// How long each step may take without moving. None of them bounds a whole upload or download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Name lookup, TCP and TLS together.
    pub connect: Duration,
    /// While a request is uploaded: without a byte accepted by the network.
    pub upload_stall: Duration,
    /// From the last byte of a submit to the end of its answer.
    pub answer: Duration,
    /// A whole poll or balance call.
    pub poll: Duration,
    /// While a clip is downloaded: without a byte received, the answer's head included.
    pub download_stall: Duration,
    /// Before a broken download goes on; doubled each time in a row.
    pub download_pause: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            upload_stall: Duration::from_secs(60),
            answer: Duration::from_secs(180),
            poll: Duration::from_secs(30),
            download_stall: Duration::from_secs(60),
            download_pause: Duration::from_millis(500),
        }
    }
}

/// For submits: a connection of its own for each, so that a stale one never makes an outcome unknown, and HTTP/1.1, so
/// that a body's length is stated once and its bytes are written in order.
pub(super) fn submit_client(base: &Url, timeouts: &Timeouts) -> reqwest::Result<reqwest::Client> {
    builder(base, timeouts).http1_only().pool_max_idle_per_host(0).build()
}

/// For questions that may be asked again.
pub(super) fn poll_client(base: &Url, timeouts: &Timeouts) -> reqwest::Result<reqwest::Client> {
    builder(base, timeouts).timeout(timeouts.poll).build()
}

/// For clips. The names in `guard` are resolved to addresses of the public network alone.
pub(super) fn download_client(base: &Url, timeouts: &Timeouts, guard: Guard) -> reqwest::Result<reqwest::Client> {
    let client = builder(base, timeouts).read_timeout(timeouts.download_stall);
    // A pool could hand out a connection that died with the last break.
    let client = client.http1_only().pool_max_idle_per_host(0);
    client.dns_resolver(guard).build()
}

fn builder(base: &Url, timeouts: &Timeouts) -> ClientBuilder {
    install_crypto();
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(timeouts.connect);
    if !is_loopback(base) {
        return builder.https_only(true);
    }
    let here = [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), SocketAddr::from((Ipv6Addr::LOCALHOST, 0))];
    let builder = builder.no_proxy().resolve_to_addrs("localhost", &here);
    // Plain http needs no certificates, and a bare machine has none to load.
    if base.scheme() == "http" { builder.tls_certs_only([]) } else { builder }
}

/// Makes ring the cryptography of this process, unless it has one.
fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error says that another part of the process has chosen already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// Looks names up, and keeps the addresses of the public network alone where the name came from a host's answer.
/// Other names are those of the user's own proxy, which may well be in a private network.
#[derive(Debug, Clone, Default)]
pub(super) struct Guard {
    names: Arc<Mutex<HashSet<String>>>,
}

impl Guard {
    /// From now on the name of this URL's host leads to the public network or nowhere.
    pub(super) fn watch(&self, url: &Url) {
        if let Some(Host::Domain(name)) = url.host() {
            self.names.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_ascii_lowercase());
        }
    }

    fn watches(&self, name: &str) -> bool {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).contains(&name.to_ascii_lowercase())
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let watched = self.watches(name.as_str());
        Box::pin(async move {
            let all = lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = all.filter(|address| !watched || is_public(address.ip())).collect();
            if found.is_empty() {
                return Err("the name leads to no public address".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Reads an answer's body up to a megabyte; more than that is no answer of this contract.
pub(super) async fn read_bounded(mut answer: Response) -> Result<Vec<u8>, TransportFault> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| TransportFault::from_reqwest(&error))? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(TransportFault::TooLong);
        }
        body.extend_from_slice(&chunk);
        points::pass("piece of an answer");
    }
    Ok(body)
}

/// One value behind an `Arc` that is called with every step of a transfer.
pub(super) type Report<T> = Arc<dyn Fn(T) + Send + Sync>;
