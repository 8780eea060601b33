//! Where a host listens and the key it wants, as told to the other processes of the same library.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use super::private;

/// How long a connection to this same computer may take.
const CONNECT_TIME: Duration = Duration::from_millis(500);

/// Address and key of a running host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Origin of the API, no trailing slash: `http://127.0.0.1:PORT`.
    pub base_url: String,
    pub token: Token,
}

/// The key of one run of the host. Never printed by `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    pub(super) fn random() -> Self {
        Self(super::hex(&rand::random::<[u8; 32]>()))
    }

    /// The token itself, for the `Authorization` header.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

fn path(dir: &Path) -> PathBuf {
    dir.join("endpoint.json")
}

impl Endpoint {
    /// Tells the other processes of the library.
    pub(super) fn publish(&self, dir: &Path) -> io::Result<()> {
        private::replace(&path(dir), &serde_json::to_vec(self)?)
    }

    pub(super) fn withdraw(dir: &Path) -> io::Result<()> {
        match fs::remove_file(path(dir)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// What the library's host has published, if anything.
    pub(super) fn published(dir: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(path(dir)).ok()?).ok()
    }

    /// Whether anybody listens there. What a host that died left behind is answered with no.
    pub(super) async fn is_open(&self) -> bool {
        let Some(address) = self.base_url.strip_prefix("http://") else { return false };
        let connected = tokio::time::timeout(CONNECT_TIME, tokio::net::TcpStream::connect(address)).await;
        matches!(connected, Ok(Ok(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_never_printed() {
        let endpoint = Endpoint { base_url: "http://127.0.0.1:9".to_owned(), token: Token::random() };
        assert_eq!(endpoint.token.reveal().len(), 64);
        let printed = format!("{endpoint:?}");
        assert!(!printed.contains(endpoint.token.reveal()), "{printed}");
    }
}
