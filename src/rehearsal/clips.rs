//! Clips over HTTP: by signed link, without a key, and in parts, so that a download can go on where it broke off.

use std::io::SeekFrom;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, RANGE};
use axum::http::response::Builder;
use axum::http::{HeaderMap, HeaderName, Method, Response, StatusCode, Uri};
use futures_util::StreamExt;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;
use tokio_util::sync::CancellationToken;

use super::ranges::{Asked, asked};
use super::refusal::{Reason, Refusal};
use super::routes::{Host, parameter};

const PIECE: usize = 128 * 1024;

/// `GET` or `HEAD` of a clip. The stream ends when the host closes.
pub(super) async fn serve(
    host: Arc<Host>,
    closing: CancellationToken,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let id = uri.path().strip_prefix("/clips/").and_then(|name| name.strip_suffix(".mp4")).unwrap_or_default();
    let expires = parameter(&uri, "expires").and_then(|text| text.parse().ok()).unwrap_or_default();
    if !host.signer.accepts(id, expires, &parameter(&uri, "signature").unwrap_or_default()) {
        return Err(Refusal::new(Reason::AccessDenied, "the link is wrong or no longer good; ask for the task again"));
    }
    let gone = || Refusal::new(Reason::TaskNotFound, "the clip is no longer kept");
    let clip = host.jobs.clip(id).ok_or_else(gone)?;
    let mut file = File::open(&clip.path).await.map_err(|_| gone())?;
    let length = file.metadata().await.map_err(|_| gone())?.len();
    let etag = format!("\"{}\"", clip.sha256);
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // A part of another file is of no use: the whole one is sent if the asker's tag differs.
    let same = text(IF_RANGE).is_none_or(|tag| tag == etag);
    let answer = Response::builder().header(ACCEPT_RANGES, "bytes").header(ETAG, &etag);
    let (answer, from, to) = match asked(text(RANGE).filter(|_| same), length) {
        Asked::Nothing => {
            let answer = answer.status(StatusCode::RANGE_NOT_SATISFIABLE);
            return Ok(finish(answer.header(CONTENT_RANGE, format!("bytes */{length}")), Body::empty()));
        }
        Asked::Whole => (answer, 0, length),
        Asked::Part(from, to) => {
            let answer = answer.status(StatusCode::PARTIAL_CONTENT);
            (answer.header(CONTENT_RANGE, format!("bytes {from}-{}/{length}", to - 1)), from, to)
        }
    };
    let answer = answer.header(CONTENT_TYPE, "video/mp4").header(CONTENT_LENGTH, to - from);
    if method == Method::HEAD {
        return Ok(finish(answer, Body::empty()));
    }
    file.seek(SeekFrom::Start(from)).await.map_err(|_| gone())?;
    let pieces = ReaderStream::with_capacity(file.take(to - from), PIECE);
    Ok(finish(answer, Body::from_stream(pieces.take_until(closing.cancelled_owned()))))
}

fn finish(answer: Builder, body: Body) -> Response<Body> {
    answer.body(body).expect("every header above is plain ASCII")
}
