//! What the host says no with: the hosts' error body and the documented reason of each case.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A documented reason. Its HTTP status is part of the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    MissingApiKey,
    InvalidApiKey,
    ApiNotFound,
    InvalidRequestBody,
    ImageFileExceedsMaxSize,
    InvalidImageFormat,
    ImageExceedsMaxResolution,
    InvalidImageSize,
    TaskNotFound,
    CreateTaskFailed,
    /// A clip's link whose signature is wrong or whose time is over. Storage services answer so, not the API itself.
    AccessDenied,
}

impl Reason {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::MissingApiKey => "MISSING_API_KEY",
            Self::InvalidApiKey => "INVALID_API_KEY",
            Self::ApiNotFound => "API_NOT_FOUND",
            Self::InvalidRequestBody => "INVALID_REQUEST_BODY",
            Self::ImageFileExceedsMaxSize => "IMAGE_FILE_EXCEEDS_MAX_SIZE",
            Self::InvalidImageFormat => "INVALID_IMAGE_FORMAT",
            Self::ImageExceedsMaxResolution => "IMAGE_EXCEEDS_MAX_RESOLUTION",
            Self::InvalidImageSize => "INVALID_IMAGE_SIZE",
            Self::TaskNotFound => "TASK_NOT_FOUND",
            Self::CreateTaskFailed => "CREATE_TASK_FAILED",
            Self::AccessDenied => "ACCESS_DENIED",
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::InvalidApiKey | Self::AccessDenied => StatusCode::FORBIDDEN,
            Self::ApiNotFound | Self::TaskNotFound => StatusCode::NOT_FOUND,
            Self::CreateTaskFailed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::MissingApiKey
            | Self::InvalidRequestBody
            | Self::ImageFileExceedsMaxSize
            | Self::InvalidImageFormat
            | Self::ImageExceedsMaxResolution
            | Self::InvalidImageSize => StatusCode::BAD_REQUEST,
        }
    }
}

/// An answer that is no success. Displays as its message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(super) struct Refusal {
    pub reason: Reason,
    pub message: String,
    /// The request's field that is at fault.
    pub field: Option<String>,
}

impl Refusal {
    pub(super) fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self { reason, message: message.into(), field: None }
    }

    /// A parameter that breaks its rule.
    pub(super) fn parameter(field: &str, message: impl std::fmt::Display) -> Self {
        Self::new(Reason::InvalidRequestBody, format!("{field}: {message}")).about(field)
    }

    /// Names the request's field that is at fault.
    pub(super) fn about(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }
}

#[derive(Serialize)]
struct Body<'a> {
    code: u16,
    reason: &'a str,
    message: &'a str,
    metadata: Metadata<'a>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.reason.status();
        let body = Body {
            code: status.as_u16(),
            reason: self.reason.name(),
            message: &self.message,
            metadata: Metadata { field: self.field.as_deref() },
        };
        (status, Json(body)).into_response()
    }
}
