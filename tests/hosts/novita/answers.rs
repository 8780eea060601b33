//! The bytes of every answer, right or wrong.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::fault::{Asked, Fault};

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";

/// What a network shows that wants a login first.
const PORTAL: &str = "<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Free Wi-Fi</h1>\
    <form action=\"/login\" method=\"post\"><input name=\"room\"><button>Connect</button></form></body></html>";

/// An answer with its length; `head` are more headers, each with its line end.
pub(super) fn whole(status: u16, kind: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut bytes = format!(
        "HTTP/1.1 {status} Said\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n{head}\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

pub(super) fn json_of(status: u16, body: &Value) -> Vec<u8> {
    whole(status, JSON, "", body.to_string().as_bytes())
}

/// An error in the host's own form.
pub(super) fn error(status: u16, reason: &str, echo: &str) -> Vec<u8> {
    let message = format!("it is not possible now {echo}");
    json_of(status, &json!({ "code": status, "reason": reason, "message": message, "metadata": {} }))
}

/// What a faulty answer is where it does not depend on what was asked, or `None` where it does.
pub(super) fn instead(fault: Fault, echo: &str) -> Option<Vec<u8>> {
    Some(match fault {
        Fault::SlowDown(asked) => slow_down(asked),
        // Gateways in front of a host answer in HTML.
        Fault::Status(status @ (502 | 504)) => whole(status, HTML, "", b"<html><h1>Bad gateway</h1></html>"),
        Fault::Status(status) => error(status, "INTERNAL", echo),
        Fault::Html => whole(200, HTML, "", PORTAL.as_bytes()),
        Fault::Expired(status) => {
            let body =
                "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
            whole(status, "application/xml", "", body.as_bytes())
        }
        Fault::Gone => error(404, "TASK_NOT_FOUND", echo),
        _ => return None,
    })
}

fn slow_down(asked: Asked) -> Vec<u8> {
    let after = match asked {
        Asked::Seconds => "1".to_owned(),
        Asked::Date => {
            let then = Timestamp::now() + SignedDuration::from_secs(1);
            then.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
        }
        Asked::Absurd => "99999999999999999999".to_owned(),
    };
    let body = json!({ "code": 429, "reason": "RATE_LIMIT_EXCEEDED", "message": "slow down", "metadata": {} });
    whole(429, JSON, &format!("Retry-After: {after}\r\n"), body.to_string().as_bytes())
}

/// JSON as a fault spoils it: as another type, or half of it under a length that fits the half.
pub(super) fn spoilt(body: &Value, fault: Option<Fault>) -> Vec<u8> {
    let text = body.to_string();
    match fault {
        Some(Fault::TruncatedJson) => whole(200, JSON, "", &text.as_bytes()[..text.len() / 2]),
        Some(Fault::ContentType) => whole(200, HTML, "", text.as_bytes()),
        _ => whole(200, JSON, "", text.as_bytes()),
    }
}

/// The answer to a submit.
pub(super) fn accepted(id: &str, fault: Option<Fault>) -> Value {
    match fault {
        Some(Fault::NullArrays) => {
            json!({ "task_id": id, "images": null, "videos": null, "audios": null, "extra": null })
        }
        Some(Fault::NumbersAsStrings) => json!({ "code": "200", "task_id": id.parse::<u64>().unwrap_or_default() }),
        Some(Fault::ProgressZero) => json!({ "task": { "task_id": id, "progress_percent": 0, "eta": 0 } }),
        Some(Fault::TtlZero) => json!({ "data": { "task_id": id, "video_url_ttl": "0" } }),
        Some(Fault::UnknownStatus) => json!({ "task_id": id, "status": "TASK_STATUS_ACCEPTED_MAYBE" }),
        Some(Fault::NoVideo) => json!({ "task_id": id, "videos": [] }),
        Some(Fault::Failed) => json!({ "task_id": id, "status": "TASK_STATUS_FAILED", "reason": "" }),
        _ => json!({ "task_id": id }),
    }
}

/// What is said of a task: unfinished for the first questions, then done.
pub(super) fn report(id: &str, asked: u32, address: Option<&str>, fault: Option<Fault>, echo: &str) -> Value {
    let (status, percent) = match (address, asked) {
        _ if fault == Some(Fault::Failed) => ("TASK_STATUS_FAILED", 0),
        _ if fault == Some(Fault::UnknownStatus) => ("TASK_STATUS_REVIEWING", 50),
        (Some(_), _) => ("TASK_STATUS_SUCCEED", 100),
        _ if fault == Some(Fault::NoVideo) => ("TASK_STATUS_SUCCEED", 100),
        (None, 0) => ("TASK_STATUS_QUEUED", 0),
        (None, asked) => ("TASK_STATUS_PROCESSING", (asked * 20).min(99)),
    };
    let reason = if fault == Some(Fault::Failed) { format!("worker died {echo}") } else { String::new() };
    let percent = if fault == Some(Fault::ProgressZero) { 0 } else { percent };
    let video = address.map(|address| {
        let ttl = if fault == Some(Fault::TtlZero) { "0" } else { "3600" };
        json!({ "video_url": address, "video_url_ttl": ttl, "video_type": "mp4", "nsfw_detection_result": null })
    });
    let video = video.filter(|_| !matches!(fault, Some(Fault::NoVideo | Fault::UnknownStatus | Fault::Failed)));
    let mut answer = json!({
        "extra": { "seed": "158881667", "debug_info": { "request_info": "", "submit_time_ms": "", "execute_time_ms": "",
            "complete_time_ms": "" } },
        "task": { "task_id": id, "status": status, "reason": reason, "task_type": "SEEDANCE_V1_PRO_I2V", "eta": 0,
            "progress_percent": percent },
        "images": [], "videos": video.iter().collect::<Vec<_>>(), "audios": [],
    });
    match fault {
        Some(Fault::NullArrays) => {
            for name in ["images", "audios", "extra"] {
                answer[name] = Value::Null;
            }
            if video.is_none() {
                answer["videos"] = Value::Null;
            }
        }
        Some(Fault::NoVideo) if asked % 2 == 1 => answer["videos"] = Value::Null,
        Some(Fault::NumbersAsStrings) => {
            answer["extra"]["seed"] = json!(158_881_667);
            answer["task"]["eta"] = json!("0");
            answer["task"]["progress_percent"] = json!(percent.to_string());
            if video.is_some() {
                answer["videos"][0]["video_url_ttl"] = json!(3600);
            }
        }
        _ => {}
    }
    answer
}

/// What is left on the account, in 1/10000 US dollars, as strings.
pub(super) fn balance(available: i64) -> Vec<u8> {
    json_of(
        200,
        &json!({
            "availableBalance": available.to_string(), "cashBalance": available.to_string(), "creditLimit": "0",
            "pendingCharges": "0", "outstandingInvoices": "0",
        }),
    )
}

/// The clip, or what is missing of it from `start` on.
pub(super) fn clip(clip: &[u8], start: Option<usize>, etag: bool, fault: Option<Fault>) -> Vec<u8> {
    let kind = if fault == Some(Fault::ContentType) { HTML } else { "video/mp4" };
    let etag = if etag { "ETag: \"clip-1\"\r\n" } else { "" };
    match start {
        Some(start) => {
            let range = format!("Content-Range: bytes {start}-{}/{}\r\n{etag}", clip.len() - 1, clip.len());
            whole(206, kind, &range, &clip[start..])
        }
        None => whole(200, kind, &format!("Accept-Ranges: bytes\r\n{etag}"), clip),
    }
}
