//! Requests to send, pictures to send with them, and a client with short patience.

use std::path::{Path, PathBuf};
use std::time::Duration;

use inbetween::domain::frame::{PictureFormat, PreparedFrame, PreparedFrames};
use inbetween::domain::model::{Catalogue, Model};
use inbetween::domain::request::{ClipSettings, GenerationRequest};
use inbetween::domain::secret::ApiKey;
use inbetween::services::api::{Client, Endpoint, SubmitError, TaskId, Timeouts};

pub const KEY: &str = "sk_test_0123456789abcdef";
pub const ACCEPTED: &str = r#"{"task_id":"task-1"}"#;
/// More than the network's buffers on this computer hold.
pub const HUGE: usize = 30_000_000;

/// Patience for hosts that behave: never used up.
pub const LONG: Duration = Duration::from_secs(120);
/// Patience for hosts that hang: used up on purpose.
pub const SHORT: Duration = Duration::from_millis(300);

pub fn model() -> &'static Model {
    Catalogue::built_in().default_model()
}

pub fn settings() -> ClipSettings {
    ClipSettings { prompt: "A lake, \"dawn\" to dusk\n黎明".to_owned(), ..ClipSettings::defaults(model()) }
}

pub fn request() -> GenerationRequest {
    GenerationRequest::check(settings(), model()).expect("a legal request")
}

pub fn patient() -> Timeouts {
    Timeouts {
        connect: LONG,
        upload_stall: LONG,
        answer: LONG,
        poll: LONG,
        download_stall: LONG,
        download_pause: Duration::from_millis(1),
    }
}

pub fn client(url: &str) -> Client {
    client_with(url, patient())
}

pub fn client_with(url: &str, timeouts: Timeouts) -> Client {
    let endpoint = Endpoint::parse(url, Some(ApiKey::parse(KEY).unwrap())).unwrap();
    Client::with_timeouts(endpoint, timeouts).unwrap()
}

/// A file of so many bytes, no two neighbours alike.
pub fn picture(folder: &Path, name: &str, length: usize) -> PathBuf {
    let path = folder.join(name);
    let bytes: Vec<u8> = (0..length).map(|index| (index * 31 % 251) as u8).collect();
    std::fs::write(&path, bytes).unwrap();
    path
}

pub fn file(path: &Path, format: PictureFormat) -> PreparedFrame {
    PreparedFrame::File { path: path.to_path_buf(), format }
}

/// One picture of so many bytes, in a folder that has to outlive it.
pub fn frames(folder: &Path, length: usize) -> PreparedFrames {
    PreparedFrames { first: file(&picture(folder, "first.png", length), PictureFormat::Png), last: None }
}

pub async fn submit(client: &Client, frames: &PreparedFrames) -> Result<TaskId, SubmitError> {
    client.submit(model(), &request(), frames, |_| ()).await
}

/// Submits one small picture.
pub async fn submit_small(client: &Client) -> Result<TaskId, SubmitError> {
    let folder = tempfile::tempdir().unwrap();
    submit(client, &frames(folder.path(), 1000)).await
}
