//! Submit, task result and balance.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;
use tokio::sync::watch;
use tokio::time::timeout;
use url::Url;
use zeroize::Zeroizing;

use super::balance::Balance;
use super::body::BodyPlan;
use super::endpoint::Endpoint;
use super::errors::{ApiError, NotSent, Outcome, SubmitError, TransportFault};
use super::host_error::HostError;
use super::report::TaskReport;
use super::transport::{Timeouts, poll_client, read_bounded, submit_client};
use super::upload::{Sent, UploadBody};
use crate::domain::frame::PreparedFrames;
use crate::domain::model::Model;
use crate::domain::request::GenerationRequest;
use crate::services::points;

const TASK_RESULT: &str = "/v3/async/task-result";
const BALANCE: &str = "/openapi/v1/billing/balance/detail";
/// Longest task id that is believed.
const LONGEST_TASK_ID: usize = 256;

/// The host's own name for a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskId(String);

impl From<TaskId> for String {
    fn from(id: TaskId) -> Self {
        id.0
    }
}

/// A host that speaks the contract. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    submit: reqwest::Client,
    poll: reqwest::Client,
    timeouts: Timeouts,
}

impl Client {
    /// A client with the contract's time limits. The base URL has to be https, or http on this computer.
    pub fn new(endpoint: Endpoint) -> Result<Self, ApiError> {
        Self::with_timeouts(endpoint, Timeouts::default())
    }

    /// A client with other time limits.
    pub fn with_timeouts(endpoint: Endpoint, timeouts: Timeouts) -> Result<Self, ApiError> {
        endpoint.check()?;
        let submit = submit_client(&endpoint.base_url, &timeouts).map_err(ApiError::setup)?;
        let poll = poll_client(&endpoint.base_url, &timeouts).map_err(ApiError::setup)?;
        Ok(Self { endpoint, submit, poll, timeouts })
    }

    /// The same client with less time to connect for its submits: several tries may have to share a limit.
    pub fn connecting_within(self, limit: Duration) -> Result<Self, ApiError> {
        let timeouts = Timeouts { connect: limit.min(self.timeouts.connect), ..self.timeouts };
        let submit = submit_client(&self.endpoint.base_url, &timeouts).map_err(ApiError::setup)?;
        Ok(Self { submit, timeouts, ..self })
    }

    /// Sends a request, once. Whatever comes back, [`SubmitError`] says what may be assumed of a task at the host.
    ///
    /// Dropping the future before it ends leaves the outcome unknown.
    pub async fn submit(
        &self,
        model: &Model,
        request: &GenerationRequest,
        frames: &PreparedFrames,
        progress: impl Fn(Sent) + Send + Sync + 'static,
    ) -> Result<TaskId, SubmitError> {
        let plan = BodyPlan::measure(model, request, frames).await;
        let plan = plan.map_err(|error| SubmitError::NotSent(NotSent::Body(error)))?;
        let (pulse, mut heard) = watch::channel(None);
        points::pass("before the request");
        let body = UploadBody::new(plan, pulse, Arc::new(progress));
        let post = self.submit.post(self.endpoint.url(&model.path));
        let post = self.authorized(post).header(CONTENT_TYPE, "application/json").body(reqwest::Body::wrap(body));
        let answer = tokio::select! {
            biased;
            answer = post.send() => answer.map_err(|error| SubmitError::from_send(&error))?,
            outcome = silence(&mut heard, &self.timeouts) => return Err(SubmitError::OutcomeUnknown(outcome)),
        };
        points::pass("head of an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = match timeout(self.timeouts.answer, read_bounded(answer)).await {
            Ok(Ok(body)) => body,
            Ok(Err(fault)) => return Err(SubmitError::OutcomeUnknown(Outcome::Transport(fault))),
            Err(_) => return Err(SubmitError::OutcomeUnknown(Outcome::NoAnswer)),
        };
        self.read_accepted(status, &headers, &body).map_err(|error| error.about_only(frames))
    }

    /// What an answer to a submit says, however it came.
    pub fn read_accepted(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Result<TaskId, SubmitError> {
        let key = self.endpoint.key.as_ref();
        if !status.is_success() {
            return Err(SubmitError::from_host(HostError::read(status, headers, body, key)));
        }
        if let Some(id) = task_id(body) {
            return Ok(id);
        }
        match HostError::in_success(status, headers, body, key) {
            Some(error) => Err(SubmitError::from_host(error)),
            None => Err(SubmitError::OutcomeUnknown(Outcome::NoTaskId)),
        }
    }

    /// Asks after a task.
    pub async fn task(&self, id: &str) -> Result<TaskReport, ApiError> {
        let mut url = self.endpoint.url(TASK_RESULT);
        url.query_pairs_mut().append_pair("task_id", id);
        let (status, headers, body) = self.ask(url).await?;
        self.read_task(status, &headers, &body)
    }

    /// What an answer about a task says, however it came.
    pub fn read_task(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Result<TaskReport, ApiError> {
        let answer = self.read_answer(status, headers, body)?;
        TaskReport::read(&answer, self.endpoint.key.as_ref()).ok_or(ApiError::Unreadable)
    }

    /// Asks for the balance, which costs nothing and proves the key.
    pub async fn balance(&self) -> Result<Balance, ApiError> {
        let (status, headers, body) = self.ask(self.endpoint.url(BALANCE)).await?;
        self.read_balance(status, &headers, &body)
    }

    /// What an answer about the balance says, however it came.
    pub fn read_balance(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Result<Balance, ApiError> {
        Balance::read(&self.read_answer(status, headers, body)?).ok_or(ApiError::Unreadable)
    }

    async fn ask(&self, url: Url) -> Result<(StatusCode, HeaderMap, Vec<u8>), ApiError> {
        let sent = self.authorized(self.poll.get(url)).send().await;
        let answer: Response = sent.map_err(|error| ApiError::Transport(TransportFault::from_reqwest(&error)))?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = read_bounded(answer).await.map_err(ApiError::Transport)?;
        Ok((status, headers, body))
    }

    /// The JSON of a success that is one.
    fn read_answer(&self, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Result<Value, ApiError> {
        let key = self.endpoint.key.as_ref();
        if !status.is_success() {
            return Err(ApiError::Host(HostError::read(status, headers, body, key)));
        }
        if let Some(error) = HostError::in_success(status, headers, body, key) {
            return Err(ApiError::Host(error));
        }
        serde_json::from_slice(body).map_err(|_| ApiError::Unreadable)
    }

    fn authorized(&self, request: RequestBuilder) -> RequestBuilder {
        let Some(key) = &self.endpoint.key else { return request };
        // A key holds visible ASCII alone, so this always is a header.
        let bearer = Zeroizing::new(format!("Bearer {}", key.expose()));
        let Ok(mut value) = HeaderValue::from_str(&bearer) else { return request };
        value.set_sensitive(true);
        request.header(AUTHORIZATION, value)
    }
}

/// Ends when a submit has been silent for too long: no byte accepted while it is sent, no answer after it.
async fn silence(heard: &mut watch::Receiver<Option<Sent>>, timeouts: &Timeouts) -> Outcome {
    loop {
        let sent = *heard.borrow_and_update();
        if sent.is_some_and(Sent::is_all) {
            tokio::time::sleep(timeouts.answer).await;
            return Outcome::NoAnswer;
        }
        let patience = match sent {
            // Connecting has a limit of its own.
            None => timeouts.connect + timeouts.upload_stall,
            Some(_) => timeouts.upload_stall,
        };
        match timeout(patience, heard.changed()).await {
            Ok(Ok(())) => {}
            // The connection let go of the body: what is left is its answer.
            Ok(Err(_)) => {
                tokio::time::sleep(timeouts.answer).await;
                return Outcome::NoAnswer;
            }
            Err(_) => return Outcome::UploadStalled,
        }
    }
}

fn task_id(body: &[u8]) -> Option<TaskId> {
    let answer: Value = serde_json::from_slice(body).ok()?;
    let value = ["/task_id", "/data/task_id", "/task/task_id"].iter().find_map(|place| answer.pointer(place))?;
    let id = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!id.is_empty() && id.len() <= LONGEST_TASK_ID && !id.contains(char::is_control)).then_some(TaskId(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_id_is_text_or_a_number() {
        let read = |body: &str| task_id(body.as_bytes()).map(String::from);
        assert_eq!(read(r#"{"task_id":" abc "}"#).as_deref(), Some("abc"));
        assert_eq!(read(r#"{"data":{"task_id":12}}"#).as_deref(), Some("12"));
        for none in ["", "{", "{}", r#"{"task_id":""}"#, r#"{"task_id":null}"#, "<html>", r#"{"task_id":{}}"#] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
