//! What may follow from an answer, worked out a second time and more simply than the client does.

use inbetween::services::api::{ApiError, SubmitError, TaskId, TaskReport, TaskState};
use serde_json::Value;

use crate::wire::{Answer, is_bounded};

pub const KEY: &str = "sk_test_never-shown-0123456789abcdef";
pub const SIGNATURE: &str = "f00dfacecafe0123456789abcdefsigned";

/// Every reason by which a host says that it did not make a task.
const REFUSALS: [&str; 18] = [
    "MISSING_API_KEY",
    "INVALID_API_KEY",
    "BILLING_AUTH_FAILED",
    "API_NOT_ALLOWED",
    "FEATURE_NOT_ALLOWED",
    "NEED_REAL_NAME_VERIFY",
    "BILLING_BALANCE_NOT_ENOUGH",
    "NOT_ENOUGH_BALANCE",
    "INVALID_REQUEST_BODY",
    "IMAGE_FILE_EXCEEDS_MAX_SIZE",
    "INVALID_IMAGE_FORMAT",
    "IMAGE_EXCEEDS_MAX_RESOLUTION",
    "INVALID_IMAGE_SIZE",
    "ILLEGAL_PROMPT",
    "ILLEGAL_PROMPT_CONTENT",
    "ILLEGAL_IMAGE",
    "ILLEGAL_IMAGE_CONTENT",
    "API_NOT_FOUND",
];

/// Whether any string of the body is one of these names.
fn names(answer: &Answer, reasons: &[&str]) -> bool {
    fn any(value: &Value, is: &dyn Fn(&str) -> bool) -> bool {
        match value {
            Value::String(text) => is(text.trim()),
            Value::Array(list) => list.iter().any(|value| any(value, is)),
            Value::Object(fields) => fields.values().any(|value| any(value, is)),
            _ => false,
        }
    }
    let text = String::from_utf8_lossy(&answer.body);
    let json = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or(Value::Null);
    any(&json, &|text| reasons.iter().any(|reason| reason.eq_ignore_ascii_case(text)))
}

/// Holds the reading of a submit to what costs money when it is wrong.
pub fn submit(answer: &Answer, read: &Result<TaskId, SubmitError>) -> &'static str {
    let status = answer.status.as_u16();
    match read {
        Ok(id) => {
            let id = String::from(id.clone());
            assert!(answer.status.is_success(), "a task in an answer of {status}");
            assert!(!id.is_empty() && id.len() <= 256 && id.trim() == id, "{id:?}");
            assert!(!id.contains(char::is_control), "{id:?}");
            "accepted"
        }
        // It would be sent again: only where the host said so.
        Err(SubmitError::RateLimited { .. }) => {
            assert!(status == 429 || names(answer, &["RATE_LIMIT_EXCEEDED"]), "sent again after {status}");
            "limits"
        }
        Err(SubmitError::NotSent(_)) => panic!("an answer came, so something was sent"),
        // It would be said that there is no task: only where the host said so.
        Err(SubmitError::Refused(error)) => {
            is_bounded(error);
            let by_status = (400..500).contains(&status) && ![408, 409, 425, 429, 499].contains(&status);
            let by_route = String::from_utf8_lossy(&answer.body).to_lowercase().contains("route not found");
            assert!(by_status || names(answer, &REFUSALS) || by_route, "refused by {status}");
            "refusals"
        }
        Err(SubmitError::OutcomeUnknown(_)) => "unknown outcomes",
    }
}

/// Holds the reading of a report to what loses a clip when it is wrong. `None` where it says nothing of a task.
pub fn task(answer: &Answer, read: &Result<TaskReport, ApiError>) -> Option<&'static str> {
    let said = said(answer);
    match read {
        Ok(report) => {
            assert!(answer.status.is_success());
            assert!(report.seed.is_none_or(|seed| seed >= 0), "{:?}", report.seed);
            match &report.state {
                TaskState::Failed(_) => {
                    assert_eq!(said.as_deref(), Some("TASK_STATUS_FAILED"), "an end nobody told");
                    Some("failures")
                }
                TaskState::Succeeded { ttl, .. } => {
                    assert_eq!(said.as_deref(), Some("TASK_STATUS_SUCCEED"), "an end nobody told");
                    assert!(ttl.is_none_or(|ttl| !ttl.is_zero()));
                    Some("successes")
                }
                TaskState::Running { percent } => {
                    assert!(percent.is_none_or(|percent| percent <= 100));
                    assert_ne!(said.as_deref(), Some("TASK_STATUS_FAILED"), "an end that was not heard");
                    Some("progress")
                }
                TaskState::Queued | TaskState::SucceededWithoutVideo => Some("progress"),
            }
        }
        Err(error) => {
            if let ApiError::Host(error) = error {
                is_bounded(error);
            }
            let gone = error.is_task_gone();
            assert!(!gone || names(answer, &["TASK_NOT_FOUND"]), "gone, and nobody said so");
            gone.then_some("tasks gone")
        }
    }
}

/// The status of the task in the answer, as it is compared.
fn said(answer: &Answer) -> Option<String> {
    let json: Value = serde_json::from_slice(&answer.body).ok()?;
    let task = json.get("task").filter(|task| task.is_object()).unwrap_or(&json);
    Some(task.get("status")?.as_str()?.trim().to_ascii_uppercase())
}
