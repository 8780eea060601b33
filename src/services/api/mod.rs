//! The client of a host that speaks the contract: submit, task result, balance, and the download of a clip.
//!
//! Owns the wire: URLs, JSON, headers, time limits and what each answer means. Three rules shape it. A request is sent
//! once: nothing here follows a redirect or tries a POST again, and [`SubmitError`] says what may be assumed after a
//! failure. What comes back is read liberally; what goes out is exact to the byte. A key or a signed URL is in no
//! `Debug`, no `Display` and no error.
//!
//! Does not decide when to poll, when to try again or where a clip is kept.

mod balance;
mod body;
mod client;
mod download;
mod endpoint;
mod errors;
mod failures;
mod host_error;
mod report;
mod result_url;
mod transport;
mod upload;

pub use balance::Balance;
pub use body::{BodyDigest, BodyError, body_sha256};
pub use client::{Client, TaskId};
pub use download::{DownloadError, Downloaded, Downloader, Received};
pub use endpoint::{Endpoint, EndpointError};
pub use errors::{ApiError, NotSent, Outcome, SubmitError, TransportFault};
pub use failures::Subject;
pub use host_error::{Cause, HostError};
pub use report::{TaskReport, TaskState};
pub use result_url::{ResultUrl, ResultUrlError};
pub use transport::Timeouts;
pub use upload::Sent;
