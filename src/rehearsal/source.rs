//! Where a picture's bytes come from: a data URI, Base64 alone, or an address to fetch.
//!
//! Caps what it takes in; judges nothing else about the picture.

use std::time::Duration;

use futures_util::StreamExt;
use reqwest::header::CONTENT_LENGTH;
use reqwest::redirect::Policy;
use url::Url;

use super::refusal::{Reason, Refusal};

const CONNECT_TIME: Duration = Duration::from_secs(10);
const FETCH_TIME: Duration = Duration::from_mins(1);
const REDIRECTS: usize = 5;

/// The bytes a request's field stands for, at most `max_bytes` of them. `field` is named in a refusal.
pub(super) async fn bytes(text: &str, field: &str, max_bytes: u64) -> Result<Vec<u8>, Refusal> {
    let lower: String = text.chars().take(8).map(|letter| letter.to_ascii_lowercase()).collect();
    let taken = if lower.starts_with("http://") || lower.starts_with("https://") {
        fetch(text, max_bytes).await
    } else if lower.starts_with("data:") {
        data_uri(text).and_then(|encoded| decode(encoded, max_bytes))
    } else {
        decode(text, max_bytes)
    };
    taken.map_err(|(reason, message)| Refusal::new(reason, format!("{field}: {message}")).about(field))
}

type Fault = (Reason, String);

fn too_heavy(max_bytes: u64) -> Fault {
    (Reason::ImageFileExceedsMaxSize, format!("the file is larger than {max_bytes} bytes"))
}

fn unusable(message: impl Into<String>) -> Fault {
    (Reason::InvalidImageFormat, message.into())
}

/// The Base64 part of a data URI.
fn data_uri(text: &str) -> Result<&str, Fault> {
    text.split_once(',')
        .filter(|(head, _)| head.to_ascii_lowercase().ends_with(";base64"))
        .map(|(_, encoded)| encoded)
        .ok_or_else(|| unusable("a data URI has to be Base64"))
}

/// Base64 in the standard alphabet, with or without padding at its end.
fn decode(encoded: &str, max_bytes: u64) -> Result<Vec<u8>, Fault> {
    let bare = encoded.trim_end_matches('=');
    // Four letters carry three bytes; the size is known before a byte is decoded.
    if bare.len() as u64 * 3 / 4 > max_bytes {
        return Err(too_heavy(max_bytes));
    }
    if encoded.len() - bare.len() > 2 {
        return Err(unusable("the Base64 text is damaged"));
    }
    base64_simd::STANDARD_NO_PAD.decode_to_vec(bare).map_err(|_| unusable("the Base64 text is damaged"))
}

/// Fetches a picture. The address never stands in a message: it may carry a signature.
async fn fetch(address: &str, max_bytes: u64) -> Result<Vec<u8>, Fault> {
    let url = Url::parse(address).map_err(|error| unusable(format!("the address cannot be read: {error}")))?;
    let failed = |error: reqwest::Error| unusable(format!("the picture could not be fetched: {}", error.without_url()));
    let response = client(&url).map_err(failed)?.get(url).send().await.map_err(failed)?;
    let response = response.error_for_status().map_err(failed)?;
    let announced = response.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > max_bytes) {
        return Err(too_heavy(max_bytes));
    }
    let mut taken = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(failed)?;
        if (taken.len() + piece.len()) as u64 > max_bytes {
            return Err(too_heavy(max_bytes));
        }
        taken.extend_from_slice(&piece);
    }
    Ok(taken)
}

fn client(url: &Url) -> reqwest::Result<reqwest::Client> {
    // TLS needs one provider for the whole process. Where the program has set one, this changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .connect_timeout(CONNECT_TIME)
        .timeout(FETCH_TIME)
        .redirect(Policy::limited(REDIRECTS))
        .referer(false);
    let on_this_computer = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if on_this_computer { builder.no_proxy().build() } else { builder.build() }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn taken(text: &str) -> Result<Vec<u8>, Reason> {
        bytes(text, "image", 6).await.map_err(|refusal| refusal.reason)
    }

    #[tokio::test]
    async fn both_base64_forms_are_read() {
        for text in ["AAECAw==", "AAECAw", "data:image/png;base64,AAECAw==", "DATA:IMAGE/PNG;BASE64,AAECAw=="] {
            assert_eq!(taken(text).await, Ok(vec![0, 1, 2, 3]), "{text}");
        }
    }

    #[tokio::test]
    async fn a_file_at_the_limit_passes_and_one_byte_more_does_not() {
        assert_eq!(taken("AAAAAAAA").await, Ok(vec![0; 6]));
        assert_eq!(taken("AAAAAAAAAA==").await, Err(Reason::ImageFileExceedsMaxSize));
    }

    #[tokio::test]
    async fn what_is_no_base64_is_no_picture() {
        for text in
            ["%%%%", "AAEC\nAw==", "AAECA", "data:image/png,AAEC", "data:image/png;base64", "AA====", "ftp://x/y"]
        {
            assert_eq!(taken(text).await, Err(Reason::InvalidImageFormat), "{text}");
        }
    }
}
