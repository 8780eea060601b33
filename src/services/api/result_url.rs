//! The address of a finished clip: signed, short-lived, and never shown.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use super::endpoint::{is_loopback, is_public, same_loopback_address};

/// Where a clip lies. `Debug` is redacted and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct ResultUrl(Url);

impl ResultUrl {
    /// Reads an address; `None` for what is none.
    pub(super) fn parse(address: &str) -> Option<Self> {
        let url = Url::parse(address.trim()).ok()?;
        url.host().is_some().then_some(Self(url))
    }

    /// The address a redirect points to.
    pub(super) fn join(&self, location: &str) -> Option<Self> {
        let url = self.0.join(location).ok()?;
        url.host().is_some().then_some(Self(url))
    }

    pub(super) fn url(&self) -> &Url {
        &self.0
    }

    /// Whether a task at `base` may have its clip here: https on the public network, or, where the task's own host is
    /// on this computer, that same address.
    pub(super) fn check(&self, base: &Url) -> Result<(), ResultUrlError> {
        let url = &self.0;
        if is_loopback(base) && matches!(url.scheme(), "http" | "https") && same_loopback_address(url, base) {
            return Ok(());
        }
        if url.scheme() != "https" {
            return Err(ResultUrlError::NotHttps);
        }
        let private = match url.host() {
            Some(Host::Ipv4(address)) => !is_public(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => !is_public(IpAddr::V6(address)),
            // Other names are checked when they are looked up.
            Some(Host::Domain(_)) => is_loopback(url),
            None => true,
        };
        if private { Err(ResultUrlError::Private) } else { Ok(()) }
    }
}

impl fmt::Debug for ResultUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResultUrl(…)")
    }
}

/// Why a clip is not fetched from where the host says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResultUrlError {
    #[error("the clip's address is not https")]
    NotHttps,
    #[error("the clip's address is on a private network")]
    Private,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_https_or_the_hosts_own_loopback_address() {
        let check = |url: &str, base: &str| ResultUrl::parse(url).unwrap().check(&Url::parse(base).unwrap());
        let novita = "https://api.novita.ai";
        let local = "http://127.0.0.1:4000";
        assert_eq!(check("https://bucket.s3.example/c.mp4?X-Amz-Signature=1", novita), Ok(()));
        assert_eq!(check("https://8.8.8.8/c.mp4", novita), Ok(()));
        assert_eq!(check("http://bucket.s3.example/c.mp4", novita), Err(ResultUrlError::NotHttps));
        for private in ["https://127.0.0.1/c", "https://localhost/c", "https://10.0.0.8/c", "https://[::1]/c"] {
            assert_eq!(check(private, novita), Err(ResultUrlError::Private), "{private}");
        }
        assert_eq!(check("http://127.0.0.1:4000/c.mp4", local), Ok(()));
        assert_eq!(check("http://127.0.0.1:4001/c.mp4", local), Err(ResultUrlError::NotHttps));
        assert_eq!(check("https://127.0.0.1:4001/c.mp4", local), Err(ResultUrlError::Private));
        assert_eq!(check("http://127.0.0.1:4000/c.mp4", novita), Err(ResultUrlError::NotHttps));
    }

    #[test]
    fn it_is_never_printed() {
        let url = ResultUrl::parse("https://b.example/c.mp4?X-Amz-Signature=secret").unwrap();
        assert_eq!(format!("{url:?}"), "ResultUrl(…)");
    }
}
