//! A submit request's way in: who may ask, and its body in one piece.

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use futures_util::StreamExt;

use super::endpoint::Token;
use super::links;
use super::refusal::{Reason, Refusal};
use crate::domain::model::PictureLimits;

/// What a body may hold besides its two pictures.
const REST: u64 = 1_000_000;

/// Largest body: two pictures at their limit in Base64, and some room, so that a picture that is a little too heavy is
/// refused as such and not as a body.
pub(super) fn body_max(limits: &PictureLimits) -> u64 {
    2 * (limits.max_bytes + limits.max_bytes / 10).div_ceil(3) * 4 + REST
}

/// Refuses a request without the right key.
pub(super) fn authorize(headers: &HeaderMap, token: &Token) -> Result<(), Refusal> {
    let key = headers.get(AUTHORIZATION).map(HeaderValue::as_bytes).unwrap_or_default();
    let key = match key.split_at_checked(7) {
        Some((scheme, key)) if scheme.eq_ignore_ascii_case(b"Bearer ") && !key.is_empty() => key,
        _ => return Err(Refusal::new(Reason::MissingApiKey, "no API key: send `Authorization: Bearer KEY`")),
    };
    if links::same(key, token.reveal().as_bytes()) {
        Ok(())
    } else {
        Err(Refusal::new(Reason::InvalidApiKey, "this is not the API key of this host"))
    }
}

/// Refuses a body that is not announced as JSON.
pub(super) fn expects_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(Refusal::new(Reason::InvalidRequestBody, "the content type has to be application/json"))
    }
}

/// Reads a body into one piece of memory, or past it if the request is refused already.
///
/// It is taken in either way: a sender that is cut off in the middle of a body never sees the answer.
pub(super) async fn read(
    headers: &HeaderMap,
    body: Body,
    max: u64,
    admitted: Result<(), Refusal>,
) -> Result<Vec<u8>, Refusal> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let fits =
        admitted.and_then(|()| if announced.is_some_and(|length| length > max) { Err(too_large(max)) } else { Ok(()) });
    let mut taken = Vec::new();
    if fits.is_ok() {
        taken.reserve_exact(announced.unwrap_or_default() as usize);
    }
    let (mut length, mut stream) = (0_u64, body.into_data_stream());
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|_| Refusal::new(Reason::InvalidRequestBody, "the body broke off"))?;
        length += piece.len() as u64;
        // Twice the limit is as far as courtesy goes.
        if length > max * 2 {
            break;
        }
        if fits.is_ok() && length <= max {
            taken.extend_from_slice(&piece);
        }
    }
    fits?;
    if length > max { Err(too_large(max)) } else { Ok(taken) }
}

fn too_large(max: u64) -> Refusal {
    Refusal::new(Reason::ImageFileExceedsMaxSize, format!("the body is larger than {max} bytes"))
}
