//! What a host says when it refuses: the error body, read by its `reason` first and by the HTTP status second.
//!
//! Bodies may be JSON, plain text or a page of HTML. Nothing of them is trusted: what is kept for showing is short,
//! printable, and free of addresses and of the key.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use serde_json::Value;

use crate::domain::frame::FrameSlot;
use crate::domain::secret::ApiKey;

/// Longest message of a host that is shown, in characters.
const LONGEST_MESSAGE: usize = 300;
/// A longer Retry-After than a day is no more than a day.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    KeyMissing,
    KeyRefused,
    /// The account may not do this.
    Account,
    /// The account has to be verified with a real name first.
    RealName,
    Balance,
    Parameters,
    PictureTooHeavy,
    PictureFormat,
    PictureTooLarge,
    PictureSize,
    PromptModeration,
    PictureModeration,
    /// The model is not served here (any more).
    ModelGone,
    /// The task is unknown or expired.
    TaskGone,
    RateLimited,
    /// The host itself failed.
    Server,
}

/// Every reason the contract names.
const REASONS: [(&str, Cause); 24] = [
    ("MISSING_API_KEY", Cause::KeyMissing),
    ("INVALID_API_KEY", Cause::KeyRefused),
    ("BILLING_AUTH_FAILED", Cause::Account),
    ("API_NOT_ALLOWED", Cause::Account),
    ("FEATURE_NOT_ALLOWED", Cause::Account),
    ("NEED_REAL_NAME_VERIFY", Cause::RealName),
    ("BILLING_BALANCE_NOT_ENOUGH", Cause::Balance),
    ("NOT_ENOUGH_BALANCE", Cause::Balance),
    ("INVALID_REQUEST_BODY", Cause::Parameters),
    ("IMAGE_FILE_EXCEEDS_MAX_SIZE", Cause::PictureTooHeavy),
    ("INVALID_IMAGE_FORMAT", Cause::PictureFormat),
    ("IMAGE_EXCEEDS_MAX_RESOLUTION", Cause::PictureTooLarge),
    ("INVALID_IMAGE_SIZE", Cause::PictureSize),
    ("ILLEGAL_PROMPT", Cause::PromptModeration),
    ("ILLEGAL_PROMPT_CONTENT", Cause::PromptModeration),
    ("ILLEGAL_IMAGE", Cause::PictureModeration),
    ("ILLEGAL_IMAGE_CONTENT", Cause::PictureModeration),
    ("API_NOT_FOUND", Cause::ModelGone),
    ("TASK_NOT_FOUND", Cause::TaskGone),
    ("RATE_LIMIT_EXCEEDED", Cause::RateLimited),
    ("BILLING_FAILED", Cause::Server),
    ("CREATE_TASK_FAILED", Cause::Server),
    ("GET_RESULT_FAILED", Cause::Server),
    ("TASK_FAILED", Cause::Server),
];

/// A host's refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostError {
    /// HTTP status.
    pub status: u16,
    /// What the reason means, where the contract names it.
    pub documented: Option<Cause>,
    /// The host's own words: one short printable line, or empty. Without addresses and without the key.
    pub message: String,
    /// The frame it is about, where the message tells or there is one alone.
    pub slot: Option<FrameSlot>,
    /// How long the host asks to wait.
    pub retry_after: Option<Duration>,
}

impl HostError {
    /// Reads an answer that is no success.
    pub(super) fn read(status: StatusCode, headers: &HeaderMap, body: &[u8], key: Option<&ApiKey>) -> Self {
        let text = String::from_utf8_lossy(body);
        let json = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')).ok();
        let reason = json.as_ref().and_then(reason_of).unwrap_or_default();
        let message = match &json {
            Some(value) => message_of(value).unwrap_or_default(),
            None if looks_like_markup(&text) => "",
            None => text.trim(),
        };
        let documented = cause_of_reason(reason).or_else(|| {
            let no_route = status == StatusCode::NOT_FOUND && message.to_lowercase().contains("route not found");
            no_route.then_some(Cause::ModelGone)
        });
        Self {
            status: status.as_u16(),
            documented,
            message: printable(message, key),
            slot: slot_of(message),
            retry_after: retry_after(headers, Timestamp::now()),
        }
    }

    /// Reads a success that is none: an error body under a 2xx status, as some gateways send it.
    pub(super) fn in_success(
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        key: Option<&ApiKey>,
    ) -> Option<Self> {
        let error = Self::read(status, headers, body, key);
        error.documented.is_some().then_some(error)
    }

    /// Reads the reason of a task that failed after it was accepted: `NAME`, `NAME: words` or words alone.
    #[must_use]
    pub(super) fn of_task(reason: &str, key: Option<&ApiKey>) -> Self {
        let documented = reason.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).find_map(cause_of_reason);
        Self { status: 200, documented, message: printable(reason, key), slot: slot_of(reason), retry_after: None }
    }

    /// What it is about: the reason's meaning, else the status'.
    #[must_use]
    pub fn cause(&self) -> Cause {
        self.documented.unwrap_or(match self.status {
            401 => Cause::KeyRefused,
            402 => Cause::Balance,
            403 => Cause::Account,
            404 | 410 => Cause::ModelGone,
            413 => Cause::PictureTooHeavy,
            429 => Cause::RateLimited,
            400..500 => Cause::Parameters,
            _ => Cause::Server,
        })
    }
}

fn cause_of_reason(reason: &str) -> Option<Cause> {
    let reason = reason.trim();
    REASONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(reason)).map(|(_, cause)| *cause)
}

/// The reason by any of the names it was met under.
fn reason_of(value: &Value) -> Option<&str> {
    let places = ["/reason", "/error/reason", "/error/code", "/error/type", "/code"];
    places.iter().filter_map(|place| value.pointer(place)?.as_str()).find(|text| !text.trim().is_empty())
}

fn message_of(value: &Value) -> Option<&str> {
    let places = ["/message", "/error/message", "/msg", "/error", "/detail"];
    places.iter().filter_map(|place| value.pointer(place)?.as_str()).find(|text| !text.trim().is_empty())
}

fn looks_like_markup(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

/// The last frame by its key; the first only in its own words, for "image" stands in every sentence about a picture.
fn slot_of(message: &str) -> Option<FrameSlot> {
    let lower = message.to_lowercase();
    if lower.contains("last_image") || lower.contains("last image") || lower.contains("end_image") {
        Some(FrameSlot::Last)
    } else if lower.contains("first_image") || lower.contains("first image") {
        Some(FrameSlot::First)
    } else {
        None
    }
}

/// One line that may be shown: no control characters, no addresses (they may be signed), no pictures, no key.
fn printable(message: &str, key: Option<&ApiKey>) -> String {
    let without_key = match key {
        Some(key) => message.replace(key.expose(), "…"),
        None => message.to_owned(),
    };
    let words = without_key.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let safe = words.map(|word| {
        let lower = word.to_ascii_lowercase();
        // No word of a sentence is that long; a token, a signature or a picture is.
        let opaque = word.len() > 64 && word.is_ascii();
        let signed = ["://", "signature=", "data:", "bearer"].iter().any(|part| lower.contains(part));
        if signed || opaque { "…" } else { word }
    });
    let line = safe.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Retry-After in seconds or as a date, at most a day; `now` turns a date into a pause.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().map_or(LONGEST_PAUSE, Duration::from_secs).min(LONGEST_PAUSE));
    }
    // A wrong day of the week changes nothing about the moment.
    let at = DateTimeParser::new().relaxed_weekday(true).parse_timestamp(text).ok()?;
    let seconds = at.as_second().saturating_sub(now.as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ApiKey {
        ApiKey::parse("sk_secret_0123456789").unwrap()
    }

    fn read(status: u16, body: &str) -> HostError {
        HostError::read(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes(), Some(&key()))
    }

    #[test]
    fn the_reason_wins_over_the_status() {
        for status in [400, 402, 403, 500] {
            let error = read(status, r#"{"code":1,"reason":"NOT_ENOUGH_BALANCE","message":"m","metadata":{}}"#);
            assert_eq!(error.cause(), Cause::Balance, "{status}");
        }
        for status in [400, 401, 403] {
            assert_eq!(read(status, r#"{"reason":" invalid_api_key "}"#).cause(), Cause::KeyRefused);
        }
    }

    #[test]
    fn without_a_reason_the_status_speaks() {
        let by_status = [
            (400, Cause::Parameters),
            (401, Cause::KeyRefused),
            (402, Cause::Balance),
            (403, Cause::Account),
            (404, Cause::ModelGone),
            (413, Cause::PictureTooHeavy),
            (422, Cause::Parameters),
            (429, Cause::RateLimited),
            (500, Cause::Server),
            (503, Cause::Server),
        ];
        for (status, cause) in by_status {
            for body in ["", "<html><body>Oops</body></html>", "plain words", "{", "[]", "null", r#"{"reason":7}"#] {
                let error = read(status, body);
                assert_eq!((error.cause(), error.documented), (cause, None), "{status} {body}");
            }
        }
        assert_eq!(read(404, "404 route not found").documented, Some(Cause::ModelGone));
    }

    #[test]
    fn nothing_secret_or_endless_is_shown() {
        assert_eq!(read(502, "<!DOCTYPE html><p>secret</p>").message, "");
        assert_eq!(read(400, "duration must be\n 5 or 10").message, "duration must be 5 or 10");
        let echo = r#"{"message":"key sk_secret_0123456789 at https://b.example/x?X-Amz-Signature=abc is bad"}"#;
        assert_eq!(read(400, echo).message, "key … at … is bad");
        assert_eq!(read(400, "no /x.mp4?X-Amz-Signature=abc here").message, "no … here");
        assert_eq!(HostError::of_task("of sk_secret_0123456789", Some(&key())).message, "of …");
        assert_eq!(read(400, &format!("image {} is bad", "A".repeat(100_000))).message, "image … is bad");
        assert_eq!(read(400, &"é ".repeat(100_000)).message.chars().count(), LONGEST_MESSAGE + 1);
    }

    #[test]
    fn a_task_that_failed_is_read_by_its_reason() {
        assert_eq!(HostError::of_task("ILLEGAL_PROMPT: it is", None).cause(), Cause::PromptModeration);
        assert_eq!(
            HostError::of_task("image rejected (ILLEGAL_IMAGE_CONTENT)", None).cause(),
            Cause::PictureModeration
        );
        assert_eq!(HostError::of_task("", None).cause(), Cause::Server);
        assert_eq!(HostError::of_task("last_image is bad", None).slot, Some(FrameSlot::Last));
    }

    #[test]
    fn a_pause_in_seconds_or_until_a_date() {
        let now: Timestamp = "1994-11-06T08:49:07Z".parse().unwrap();
        let pause = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().unwrap());
            retry_after(&headers, now)
        };
        assert_eq!(pause("7"), Some(Duration::from_secs(7)));
        assert_eq!(pause("0"), Some(Duration::ZERO));
        assert_eq!(pause("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(pause("Sun, 06 Nov 1994 08:49:00 GMT"), Some(Duration::ZERO));
        assert_eq!(pause("Sun, 06 Nov 2994 08:49:00 GMT"), Some(LONGEST_PAUSE));
        assert_eq!(pause("99999999999999999999999"), Some(LONGEST_PAUSE));
        for bad in ["", "-1", "soon", "1.5"] {
            assert_eq!(pause(bad), None, "{bad}");
        }
    }
}
