//! A picture at an address, fetched into a file so that it can be checked and cropped like any other.
//!
//! Uses a client of its own that knows no key. The server has no say in the file's name, and its word on length and kind
//! is not taken for either.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::StreamExt;
use reqwest::redirect::Policy;
use tokio::io::AsyncWriteExt;
use url::{Host, Url};

use super::error::PictureError;
use super::header::header;
use super::saving::make_private_folder;

const CONNECT: Duration = Duration::from_secs(10);
/// Longest silence while the picture arrives.
const SILENCE: Duration = Duration::from_secs(30);
const TOTAL: Duration = Duration::from_mins(3);
const MOST_REDIRECTS: usize = 5;

/// Fetches the picture at an http or https address into `folder` and returns the new file, which is a picture by its
/// content. Stops at the first byte over `max_bytes`; nothing is left behind on failure.
pub async fn fetch(address: &str, folder: &Path, max_bytes: u64) -> Result<PathBuf, PictureError> {
    let url = Url::parse(address).map_err(|_| PictureError::Address)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(PictureError::Address);
    }
    make_private_folder(folder)?;
    let response = client(&url)?.get(url).send().await.map_err(|error| network(&error))?;
    if !response.status().is_success() {
        return Err(PictureError::Status(response.status().as_u16()));
    }
    if response.content_length().is_some_and(|length| length > max_bytes) {
        return Err(PictureError::FetchedTooHeavy { max: max_bytes });
    }
    let part = tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(folder).map_err(PictureError::Write)?;
    let mut file = tokio::fs::File::from_std(part.reopen().map_err(PictureError::Write)?);
    let mut total = 0;
    let mut body = response.bytes_stream();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| network(&error))?;
        total += piece.len() as u64;
        if total > max_bytes {
            return Err(PictureError::FetchedTooHeavy { max: max_bytes });
        }
        file.write_all(&piece).await.map_err(PictureError::Write)?;
    }
    file.sync_all().await.map_err(PictureError::Write)?;
    let facts = header(part.path())?;
    let path = folder.join(format!("{}.{}", uuid::Uuid::new_v4(), facts.format.extension()));
    part.persist(&path).map_err(|error| PictureError::Write(error.error))?;
    Ok(path)
}

fn client(url: &Url) -> Result<reqwest::Client, PictureError> {
    // The first provider installed stays; which part of the program comes first does not matter.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("Inbetween/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .timeout(TOTAL)
        .redirect(Policy::limited(MOST_REDIRECTS));
    if is_loopback(url) {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|_| PictureError::Unreachable)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The cause alone: the error itself would print the address.
fn network(error: &reqwest::Error) -> PictureError {
    if error.is_timeout() { PictureError::Timeout } else { PictureError::Unreachable }
}
