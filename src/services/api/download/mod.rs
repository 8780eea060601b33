//! Brings a clip home: without the key, into a part file beside its place, checked, synced, then renamed.
//!
//! A broken transfer goes on where it stopped if the host's `ETag` proves that it is the same file, else it starts over.

mod file;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use reqwest::header::{CONTENT_RANGE, ETAG, HeaderMap, IF_RANGE, LOCATION, RANGE};
use reqwest::{Response, StatusCode};
use tokio::time::sleep;
use url::Url;

use super::errors::{ApiError, TransportFault};
use super::result_url::{ResultUrl, ResultUrlError};
use super::transport::{Guard, Report, Timeouts, download_client};
use crate::services::points;
use file::Part;

/// Redirects that are followed, each checked like the first address.
const MOST_HOPS: usize = 3;
/// Breaks in a row, without a byte between them, after which the host is asked for a fresh address.
const MOST_BREAKS: u32 = 4;
/// A clip of ten seconds has some megabytes.
const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// How much of a clip is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    pub bytes: u64,
    /// Bytes of the whole clip, where the host says so.
    pub total: Option<u64>,
}

/// A clip that is whole and in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Downloaded {
    /// Bytes.
    pub length: u64,
    /// Where it is: beside the place that was asked for, where something else has that name.
    pub path: PathBuf,
}

/// Why a clip is not here. Displays as a sentence.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    #[error("{}", address_sentence(*.0))]
    Address(#[from] ResultUrlError),
    /// The address was refused or has expired.
    #[error("{}", words!("download-refused", status = status.to_string()))]
    Refused { status: u16 },
    #[error("{}", transport_sentence(*.0))]
    Transport(TransportFault),
    /// It broke too often or came in a wrong length.
    #[error("{}", words!("download-cut"))]
    Cut,
    #[error("{}", words!("download-too-large"))]
    TooLarge,
    /// What came is no clip: a login page of the network, for one.
    #[error("{}", words!("download-not-a-clip"))]
    NotAClip,
    /// It came whole and begins as a clip does, but its index does not fit it.
    #[error("{}", words!("download-damaged"))]
    Damaged,
    #[error("{}", words!("download-disk-full"))]
    DiskFull,
    #[error("{}", words!("download-folder", error = .0.to_string()))]
    Folder(io::Error),
    /// The folder that was chosen for clips is missing, perhaps with its disk.
    #[error("{}", words!("download-folder-gone", path = .0.display().to_string()))]
    FolderGone(PathBuf),
    #[error(transparent)]
    Api(#[from] ApiError),
}

fn address_sentence(error: ResultUrlError) -> String {
    match error {
        ResultUrlError::NotHttps => words!("download-not-https"),
        ResultUrlError::Private => words!("download-private"),
    }
}

fn transport_sentence(fault: TransportFault) -> String {
    match fault {
        TransportFault::Connect => words!("download-no-connection"),
        TransportFault::TimedOut => words!("download-no-answer"),
        TransportFault::Broken => words!("download-broke"),
        TransportFault::TooLong => words!("download-too-long"),
    }
}

impl From<io::Error> for DownloadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Folder(error),
        }
    }
}

impl DownloadError {
    /// A fresh address may help, and nothing on this computer has to be mended.
    #[must_use]
    pub fn needs_fresh_url(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Cut)
    }
}

/// Fetches clips of one host's tasks. Knows no key.
#[derive(Debug, Clone)]
pub struct Downloader {
    base: Url,
    http: reqwest::Client,
    guard: Guard,
    timeouts: Timeouts,
    as_it_is: bool,
}

impl Downloader {
    /// For tasks of the host at `base`, which decides where clips may lie.
    pub fn new(base: &Url) -> Result<Self, DownloadError> {
        Self::with_timeouts(base, Timeouts::default())
    }

    pub fn with_timeouts(base: &Url, timeouts: Timeouts) -> Result<Self, DownloadError> {
        let guard = Guard::default();
        let http = download_client(base, &timeouts, guard.clone()).map_err(ApiError::setup)?;
        Ok(Self { base: base.clone(), http, guard, timeouts, as_it_is: false })
    }

    /// Takes a clip that came whole as it is, also where its index does not fit it: it was paid for, and what the host
    /// keeps sending is all there is.
    #[must_use]
    pub fn as_it_is(self) -> Self {
        Self { as_it_is: true, ..self }
    }

    /// Fetches the clip to `target`, byte for byte. Replaces nothing: a whole clip that is there already is the result.
    pub async fn download(
        &self,
        video: &ResultUrl,
        target: &Path,
        progress: impl Fn(Received) + Send + Sync + 'static,
    ) -> Result<Downloaded, DownloadError> {
        if let Some(length) = file::whole_clip(target).await? {
            return Ok(Downloaded { length, path: target.to_path_buf() });
        }
        let mut part = Part::create(target).await?;
        let report: Report<Received> = Arc::new(progress);
        let outcome = self.fill(video, &mut part, &report).await;
        match outcome {
            Ok(()) => part.finish(target).await,
            Err(error) => {
                part.discard().await;
                Err(error)
            }
        }
    }

    /// Fetches until the part is whole.
    async fn fill(&self, video: &ResultUrl, part: &mut Part, report: &Report<Received>) -> Result<(), DownloadError> {
        let mut breaks = 0;
        let mut known = Known::default();
        loop {
            let before = part.length();
            match self.piece(video, part, &mut known, report).await {
                Ok(()) => return Ok(()),
                Err(Step::End(error)) => return Err(error),
                Err(Step::Broke(fault)) => {
                    breaks = if part.length() > before { 1 } else { breaks + 1 };
                    if breaks >= MOST_BREAKS {
                        return Err(fault.map_or(DownloadError::Cut, DownloadError::Transport));
                    }
                    sleep(self.timeouts.download_pause * 2_u32.pow(breaks - 1)).await;
                }
            }
        }
    }

    /// One request: the whole clip, or what is missing of it.
    async fn piece(
        &self,
        video: &ResultUrl,
        part: &mut Part,
        known: &mut Known,
        report: &Report<Received>,
    ) -> Result<(), Step> {
        if known.etag.is_none() {
            part.restart().await.map_err(Step::disk)?;
        }
        let resume = known.etag.clone().filter(|_| part.length() > 0).map(|etag| (part.length(), etag));
        let mut answer = self.get(video, resume.as_ref()).await?;
        let total = match answer.status() {
            StatusCode::OK => {
                part.restart().await.map_err(Step::disk)?;
                *known = Known { etag: strong_etag(answer.headers()), total: answer.content_length() };
                known.total
            }
            StatusCode::PARTIAL_CONTENT if resume.is_some() && known.goes_on(answer.headers(), part.length()) => {
                known.total
            }
            // The file changed, or the host counts differently: from the start.
            StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
                *known = Known::default();
                return Err(Step::Broke(None));
            }
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                return Err(Step::Broke(Some(TransportFault::Broken)));
            }
            status => return Err(Step::End(DownloadError::Refused { status: status.as_u16() })),
        };
        if total.is_some_and(|total| total > LARGEST) {
            return Err(Step::End(DownloadError::TooLarge));
        }
        receive(&mut answer, part, total, report).await?;
        match part.check().await {
            Ok(()) => Ok(()),
            // Only a length that was stated proves that it came whole.
            Err(DownloadError::NotAClip) if total.is_some() && part.begins_as_a_clip() => {
                if self.as_it_is {
                    Ok(())
                } else {
                    Err(Step::End(DownloadError::Damaged))
                }
            }
            Err(error) => Err(Step::End(error)),
        }
    }

    /// Sends the request and follows checked redirects.
    async fn get(&self, video: &ResultUrl, resume: Option<&(u64, String)>) -> Result<Response, Step> {
        let mut at = video.clone();
        for _ in 0..=MOST_HOPS {
            at.check(&self.base).map_err(|error| Step::End(error.into()))?;
            self.guard.watch(at.url());
            let mut request = self.http.get(at.url().clone());
            if let Some((start, etag)) = resume {
                request = request.header(RANGE, format!("bytes={start}-")).header(IF_RANGE, etag);
            }
            let answer = request.send().await.map_err(|error| Step::broke(&error))?;
            if !answer.status().is_redirection() {
                return Ok(answer);
            }
            let location = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            let Some(location) = location else {
                return Err(Step::End(DownloadError::Refused { status: answer.status().as_u16() }));
            };
            at = at.join(location).ok_or(Step::End(ResultUrlError::NotHttps.into()))?;
        }
        Err(Step::End(DownloadError::Refused { status: 310 }))
    }
}

/// What the first answer said of the file, by which later ones are held to be of the same.
#[derive(Default)]
struct Known {
    etag: Option<String>,
    /// Bytes of the whole file.
    total: Option<u64>,
}

impl Known {
    /// Whether a partial answer goes on where the part ends, and is of a file of the same size.
    fn goes_on(&self, headers: &HeaderMap, length: u64) -> bool {
        // A server that does not heed If-Range may say so by another tag.
        let same = strong_etag(headers).is_none_or(|etag| self.etag.as_ref().is_none_or(|known| *known == etag));
        same && content_range(headers).is_some_and(|(start, total)| {
            start == length && (total.is_none() || self.total.is_none() || total == self.total)
        })
    }
}

/// Why one request did not finish the clip.
enum Step {
    /// Trying the same again may help.
    Broke(Option<TransportFault>),
    End(DownloadError),
}

impl Step {
    fn broke(error: &reqwest::Error) -> Self {
        Self::Broke(Some(TransportFault::from_reqwest(error)))
    }

    fn disk(error: io::Error) -> Self {
        Self::End(error.into())
    }
}

async fn receive(
    answer: &mut Response,
    part: &mut Part,
    total: Option<u64>,
    report: &Report<Received>,
) -> Result<(), Step> {
    while let Some(bytes) = answer.chunk().await.map_err(|error| Step::broke(&error))? {
        if part.length() + bytes.len() as u64 > LARGEST {
            return Err(Step::End(DownloadError::TooLarge));
        }
        points::pass("piece of a clip");
        part.write(&bytes).await.map_err(Step::disk)?;
        if !part.may_be_a_clip() {
            return Err(Step::End(DownloadError::NotAClip));
        }
        report(Received { bytes: part.length(), total });
    }
    if total.is_some_and(|total| total != part.length()) {
        return Err(Step::Broke(None));
    }
    Ok(())
}

/// First byte and whole length of a partial answer: `bytes 1000-1999/2000`, the length perhaps `*`.
fn content_range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let range = headers.get(CONTENT_RANGE)?.to_str().ok()?.trim().strip_prefix("bytes ")?;
    let (span, total) = range.split_once('/')?;
    Some((span.split_once('-')?.0.trim().parse().ok()?, total.trim().parse().ok()))
}

/// Only a strong `ETag` proves that two answers are of the same bytes.
fn strong_etag(headers: &HeaderMap) -> Option<String> {
    let etag = headers.get(ETAG)?.to_str().ok()?.trim();
    (etag.starts_with('"') && etag.len() > 2).then(|| etag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: reqwest::header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn only_a_strong_etag_resumes() {
        assert_eq!(strong_etag(&headers(ETAG, "\"abc\"")).as_deref(), Some("\"abc\""));
        for weak in ["W/\"abc\"", "abc", "\"\"", ""] {
            assert_eq!(strong_etag(&headers(ETAG, weak)), None, "{weak}");
        }
    }

    #[test]
    fn a_partial_answer_has_to_fit() {
        let known = Known { etag: None, total: Some(20) };
        for good in ["bytes 10-19/20", "bytes 10-14/20", "bytes 10-19/*"] {
            assert!(known.goes_on(&headers(CONTENT_RANGE, good), 10), "{good}");
        }
        for other in ["bytes 0-19/20", "bytes 10-29/30", "bytes */20", "10-19/20", "bytes 10-19", "items 10-19/20"] {
            assert!(!known.goes_on(&headers(CONTENT_RANGE, other), 10), "{other}");
        }
        assert!(!known.goes_on(&HeaderMap::new(), 10));
    }
}
