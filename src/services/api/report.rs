//! A task result, read liberally: what several public clients have met is understood, and what nobody has is no end.

use std::time::Duration;

use serde_json::Value;

use super::host_error::HostError;
use super::result_url::ResultUrl;
use crate::domain::secret::ApiKey;

/// What a host says of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskReport {
    pub state: TaskState,
    /// The seed the host used, where it says so.
    pub seed: Option<i64>,
}

/// Where a task stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskState {
    Queued,
    /// Also every status that is not known: it is no end.
    Running {
        percent: Option<u8>,
    },
    Succeeded {
        video: ResultUrl,
        ttl: Option<Duration>,
    },
    /// Done, and the address of the clip is still to come.
    SucceededWithoutVideo,
    Failed(HostError),
}

impl TaskReport {
    /// `None` where the answer says nothing of a task.
    pub(super) fn read(answer: &Value, key: Option<&ApiKey>) -> Option<Self> {
        let task = answer.get("task").filter(|task| task.is_object()).unwrap_or(answer);
        let status = task.get("status")?.as_str()?;
        let state = match status.trim().to_ascii_uppercase().as_str() {
            "TASK_STATUS_QUEUED" => TaskState::Queued,
            "TASK_STATUS_SUCCEED" => succeeded(answer),
            "TASK_STATUS_FAILED" => {
                let reason = task.get("reason").and_then(Value::as_str).unwrap_or_default();
                TaskState::Failed(HostError::of_task(reason, key))
            }
            "TASK_STATUS_PROCESSING" => TaskState::Running { percent: percent(task) },
            _ => TaskState::Running { percent: None },
        };
        let seed = answer.pointer("/extra/seed").and_then(whole).filter(|seed| *seed >= 0);
        Some(Self { state, seed })
    }
}

/// Done means a success with an address: progress and estimates prove nothing.
fn succeeded(answer: &Value) -> TaskState {
    let videos = answer.get("videos").and_then(Value::as_array);
    let found = videos.into_iter().flatten().find_map(|video| {
        let url = ResultUrl::parse(video.get("video_url")?.as_str()?)?;
        Some((url, video.get("video_url_ttl").and_then(whole)))
    });
    let Some((url, seconds)) = found else { return TaskState::SucceededWithoutVideo };
    // "0" was met on addresses that lived for an hour: it says nothing.
    let ttl = seconds.and_then(|seconds| u64::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
    TaskState::Succeeded { video: url, ttl: ttl.map(Duration::from_secs) }
}

fn percent(task: &Value) -> Option<u8> {
    let value = task.get("progress_percent").and_then(whole)?;
    u8::try_from(value.clamp(0, 100)).ok()
}

/// A whole number, written as a number or as a string.
fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok().or_else(|| truncated(text.trim().parse().ok()?)),
        Value::Number(number) => number.as_i64().or_else(|| truncated(number.as_f64()?)),
        _ => None,
    }
}

/// What stands before the point, of a number small enough to be exact.
fn truncated(number: f64) -> Option<i64> {
    (number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn state(answer: &Value) -> TaskState {
        TaskReport::read(answer, None).unwrap().state
    }

    #[test]
    fn the_documented_answer() {
        let answer = json!({
            "extra": { "seed": "158881667", "debug_info": {} },
            "task": { "task_id": "t", "status": "TASK_STATUS_SUCCEED", "reason": "", "eta": 0, "progress_percent": 100 },
            "images": [], "audios": [],
            "videos": [{ "video_url": "https://b.example/c.mp4?sig=1", "video_url_ttl": "3600", "video_type": "mp4" }],
        });
        let report = TaskReport::read(&answer, None).unwrap();
        assert_eq!(report.seed, Some(158_881_667));
        let TaskState::Succeeded { ttl, .. } = report.state else { panic!("not succeeded") };
        assert_eq!(ttl, Some(Duration::from_secs(3600)));
    }

    #[test]
    fn what_was_met_in_the_wild() {
        let url = "https://b.example/c.mp4";
        let done = json!({ "task": { "status": "TASK_STATUS_SUCCEED", "progress_percent": 0 }, "images": null,
            "videos": [{ "video_url": url, "video_url_ttl": "0", "nsfw_detection_result": null }], "extra": {} });
        assert!(matches!(state(&done), TaskState::Succeeded { ttl: None, .. }));
        let numbers =
            json!({ "task": { "status": "TASK_STATUS_PROCESSING", "progress_percent": "42" }, "extra": { "seed": 7 } });
        let report = TaskReport::read(&numbers, None).unwrap();
        assert_eq!((report.state, report.seed), (TaskState::Running { percent: Some(42) }, Some(7)));
    }

    #[test]
    fn a_success_without_an_address_is_not_done() {
        for videos in [json!(null), json!([]), json!([{}]), json!([{ "video_url": "" }]), json!([{ "video_url": 3 }])] {
            let answer = json!({ "task": { "status": "TASK_STATUS_SUCCEED" }, "videos": videos });
            assert_eq!(state(&answer), TaskState::SucceededWithoutVideo);
        }
        assert_eq!(state(&json!({ "task": { "status": "TASK_STATUS_SUCCEED" } })), TaskState::SucceededWithoutVideo);
    }

    #[test]
    fn an_unknown_status_is_still_running() {
        for status in ["TASK_STATUS_UNKNOWN", "TASK_STATUS_PAUSED", ""] {
            assert_eq!(state(&json!({ "task": { "status": status } })), TaskState::Running { percent: None });
        }
    }

    #[test]
    fn what_says_nothing_of_a_task_is_no_answer() {
        for answer in [json!({}), json!([]), json!("x"), json!({ "task": null }), json!({ "task": { "status": 3 } })] {
            assert_eq!(TaskReport::read(&answer, None), None);
        }
    }
}
