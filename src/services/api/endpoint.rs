//! Where a host's API is, and the key that goes there and nowhere else.

use std::net::IpAddr;

use url::{Host, Url};

use crate::domain::secret::ApiKey;

/// A host's base URL with the key for it.
#[derive(Debug, Clone)]
pub struct Endpoint {
    pub base_url: Url,
    pub key: Option<ApiKey>,
}

impl Endpoint {
    /// Reads a base URL as a user or a row writes it. The rules are those of [`Client::new`](super::Client::new).
    pub fn parse(base_url: &str, key: Option<ApiKey>) -> Result<Self, EndpointError> {
        let base_url = Url::parse(base_url.trim()).map_err(|_| EndpointError::NotAUrl)?;
        let endpoint = Self { base_url, key };
        endpoint.check()?;
        Ok(endpoint)
    }

    /// Whether a key may be sent to this address: https, or http that does not leave this computer.
    pub(super) fn check(&self) -> Result<(), EndpointError> {
        let url = &self.base_url;
        if url.host().is_none() || !url.username().is_empty() || url.password().is_some() {
            return Err(EndpointError::NotAUrl);
        }
        match url.scheme() {
            "https" => Ok(()),
            "http" if is_loopback(url) => Ok(()),
            "http" => Err(EndpointError::PlainHttp),
            _ => Err(EndpointError::NotAUrl),
        }
    }

    /// Whether it is on this computer.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.base_url)
    }

    /// The address of an endpoint below the base URL; `path` begins with a slash.
    pub(super) fn url(&self, path: &str) -> Url {
        let mut url = self.base_url.clone();
        url.set_query(None);
        url.set_fragment(None);
        let below = format!("{}{path}", self.base_url.path().trim_end_matches('/'));
        url.set_path(&below);
        url
    }
}

/// Why a base URL cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    #[error("{}", words!("api-url-none"))]
    NotAUrl,
    #[error("{}", words!("api-url-plain"))]
    PlainHttp,
}

/// Whether a URL's host is this computer: `localhost`, 127.0.0.0/8 or `[::1]`.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether two URLs name the same address on this computer: the same port, whichever of its names is used.
pub(super) fn same_loopback_address(one: &Url, other: &Url) -> bool {
    is_loopback(one) && is_loopback(other) && one.port_or_known_default() == other.port_or_known_default()
}

/// Whether an address is one of the public network: not this computer, not a private or special range.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let protocol = a == 192 && b == 0 && c == 0;
            let benchmark = a == 198 && (18..20).contains(&b);
            !(v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_documentation() || v4.is_multicast())
                && !(shared || protocol || benchmark || a == 0 || a >= 240)
        }
        IpAddr::V6(v6) => {
            if let Some(v4) = v6.to_ipv4() {
                return is_public(IpAddr::V4(v4));
            }
            let first = v6.segments()[0];
            // Global unicast is 2000::/3. Of it, documentation, 6to4 and Teredo and the NAT64 prefix reach elsewhere.
            let documentation = first == 0x2001 && v6.segments()[1] == 0x0db8;
            let teredo = first == 0x2001 && v6.segments()[1] == 0;
            (0x2000..0x4000).contains(&first) && !documentation && !teredo && first != 0x2002
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(url: &str) -> Result<(), EndpointError> {
        Endpoint::parse(url, None).map(|_| ())
    }

    #[test]
    fn https_anywhere_and_http_on_this_computer_alone() {
        for good in ["https://api.novita.ai", "http://127.0.0.1:4000", "http://localhost:1", "http://[::1]:9/base/"] {
            assert_eq!(checked(good), Ok(()), "{good}");
        }
        for plain in ["http://api.novita.ai", "http://192.168.1.4", "http://localhost.example", "http://0.0.0.0"] {
            assert_eq!(checked(plain), Err(EndpointError::PlainHttp), "{plain}");
        }
        for none in ["", "api.novita.ai", "ftp://127.0.0.1", "file:///etc/passwd", "https://user:pw@api.novita.ai"] {
            assert_eq!(checked(none), Err(EndpointError::NotAUrl), "{none}");
        }
    }

    #[test]
    fn paths_are_put_below_the_base_whatever_its_ending() {
        let at = |base: &str| Endpoint::parse(base, None).unwrap().url("/v3/async/task-result").to_string();
        assert_eq!(at("https://a.example"), "https://a.example/v3/async/task-result");
        assert_eq!(at("https://a.example/"), "https://a.example/v3/async/task-result");
        assert_eq!(at("https://a.example/proxy/?x=1#y"), "https://a.example/proxy/v3/async/task-result");
    }

    #[test]
    fn addresses_of_the_public_network() {
        let public = |text: &str| is_public(text.parse().unwrap());
        for yes in ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"] {
            assert!(public(yes), "{yes}");
        }
        let special = "127.0.0.1 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255 \
            224.0.0.1 198.18.0.1 192.0.0.8 ::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 2001:db8::1 2002:7f00:1:: \
            2001::1 64:ff9b::7f00:1";
        for no in special.split_whitespace() {
            assert!(!public(no), "{no}");
        }
    }
}
