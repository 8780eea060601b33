//! A submit's JSON, planned before it is sent: what stands in it, how long it is to the byte, and its SHA-256.
//!
//! Pictures stay in their files; only their lengths are read here. See [`upload`](super::upload) for the reading.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tokio::fs;

use super::upload::Encoder;
use crate::domain::frame::{FrameSlot, PreparedFrame, PreparedFrames};
use crate::domain::model::{ImageForm, Model};
use crate::domain::request::GenerationRequest;

/// SHA-256 and length of the exact bytes of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyDigest {
    pub sha256: [u8; 32],
    /// Bytes.
    pub length: u64,
}

impl BodyDigest {
    /// The hash in lower-case hexadecimal.
    #[must_use]
    pub fn hex(&self) -> String {
        self.sha256.iter().fold(String::with_capacity(64), |mut text, byte| {
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from_digit(nibble.into(), 16).unwrap_or('0'));
            }
            text
        })
    }
}

/// Why a body cannot be made on this computer. Nothing of it is charged.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// The file cannot be read (any more).
    #[error("{}", words!("api-frame-unreadable", slot = slot.word(), reason = source.to_string()))]
    Unreadable { slot: FrameSlot, source: io::Error },
    /// The file became longer or shorter between measuring and sending.
    #[error("{}", words!("api-frame-changed", slot = slot.word()))]
    Changed { slot: FrameSlot },
    #[error("{}", words!("refusal-no-last"))]
    NoLastFrame,
}

/// SHA-256 of the body that [`Client::submit`](super::Client::submit) would send now, read in pieces.
pub async fn body_sha256(
    model: &Model,
    request: &GenerationRequest,
    frames: &PreparedFrames,
) -> Result<BodyDigest, BodyError> {
    let plan = BodyPlan::measure(model, request, frames).await?;
    let length = plan.length;
    let mut encoder = Encoder::new(plan);
    let mut hash = Sha256::new();
    while let Some(piece) = std::future::poll_fn(|cx| encoder.poll_piece(cx)).await {
        hash.update(&piece?);
    }
    Ok(BodyDigest { sha256: hash.finalize().into(), length })
}

/// A body in order: texts, and pictures still in their files.
#[derive(Debug)]
pub(super) struct BodyPlan {
    pub parts: Vec<Part>,
    /// Bytes of the whole body.
    pub length: u64,
}

#[derive(Debug)]
pub(super) enum Part {
    Text(Bytes),
    Picture(PictureFile),
}

/// A picture to be written as Base64.
#[derive(Debug)]
pub(super) struct PictureFile {
    pub slot: FrameSlot,
    pub path: PathBuf,
    /// Bytes of the file when it was measured.
    pub length: u64,
}

impl BodyPlan {
    /// Measures the pictures and lays the JSON around them. The object's closing brace is the very last byte, so a
    /// body that was cut off anywhere can be read by nobody as a request.
    pub(super) async fn measure(
        model: &Model,
        request: &GenerationRequest,
        frames: &PreparedFrames,
    ) -> Result<Self, BodyError> {
        let rules = &model.request;
        let mut plan = Planner { parts: Vec::new(), text: String::from("{"), form: rules.image_form };
        plan.picture(FrameSlot::First, &rules.image_key, &frames.first).await?;
        if let Some(last) = &frames.last {
            let key = rules.last_image_key.as_deref().ok_or(BodyError::NoLastFrame)?;
            plan.picture(FrameSlot::Last, key, last).await?;
        }
        let fields = Value::Object(fields(model, request)).to_string();
        plan.text.push_str(&fields[1..]);
        Ok(plan.finish())
    }
}

/// Everything but the pictures.
fn fields(model: &Model, request: &GenerationRequest) -> Map<String, Value> {
    let (rules, settings) = (&model.request, request.settings());
    let mut fields = Map::new();
    if !settings.prompt.is_empty() {
        fields.insert("prompt".to_owned(), json!(settings.prompt));
    }
    fields.insert("resolution".to_owned(), json!(settings.resolution));
    fields.insert(rules.ratio_key.clone(), json!(settings.ratio));
    fields.insert("duration".to_owned(), json!(settings.duration));
    if let Some(key) = &rules.camera_fixed_key {
        fields.insert(key.clone(), json!(settings.camera_fixed));
    }
    fields.insert("seed".to_owned(), json!(settings.seed));
    fields
}

struct Planner {
    parts: Vec<Part>,
    /// Text since the last picture.
    text: String,
    form: ImageForm,
}

impl Planner {
    /// Appends `"key":"picture",`.
    async fn picture(&mut self, slot: FrameSlot, key: &str, frame: &PreparedFrame) -> Result<(), BodyError> {
        self.text.push_str(&json!(key).to_string());
        self.text.push(':');
        match frame {
            PreparedFrame::Url(address) => self.text.push_str(&json!(address).to_string()),
            PreparedFrame::File { path, format } => {
                let length = measure(path).await.map_err(|source| BodyError::Unreadable { slot, source })?;
                self.text.push('"');
                if self.form == ImageForm::DataUri {
                    self.text.push_str("data:image/");
                    self.text.push_str(format.mime_subtype());
                    self.text.push_str(";base64,");
                }
                self.end_text();
                self.parts.push(Part::Picture(PictureFile { slot, path: path.clone(), length }));
                self.text.push('"');
            }
        }
        self.text.push(',');
        Ok(())
    }

    fn end_text(&mut self) {
        self.parts.push(Part::Text(Bytes::from(std::mem::take(&mut self.text))));
    }

    fn finish(mut self) -> BodyPlan {
        self.end_text();
        let length = self.parts.iter().map(Part::length).sum();
        BodyPlan { parts: self.parts, length }
    }
}

impl Part {
    /// Bytes of this part in the body.
    fn length(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64,
            Self::Picture(file) => file.length.div_ceil(3) * 4,
        }
    }
}

/// Length of a plain file. A pipe or a folder has none that could be trusted.
async fn measure(path: &Path) -> io::Result<u64> {
    let facts = fs::metadata(path).await?;
    if facts.is_file() { Ok(facts.len()) } else { Err(io::Error::other("it is not a plain file")) }
}
