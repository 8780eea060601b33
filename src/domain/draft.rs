//! What the user is composing: two pictures and the settings, not yet checked.
//!
//! [`Draft::check`] turns it into an [`Order`] or names every rule it breaks; [`Draft::advisories`] names what deserves
//! a word but never blocks.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::frame::{Crop, FrameSlot, PictureFacts, ratio_label};
use super::model::{Model, Size};
use super::request::{ClipSettings, GenerationRequest, RANDOM_SEED, Violation};
use super::settings::LastForm;

/// Most takes one press of Generate makes.
pub const MOST_TAKES: u32 = 4;

/// Where a picture comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureSource {
    File(PathBuf),
    /// An address the host fetches by itself.
    Url(String),
}

/// What see-through areas turn into: H.264 has no transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backdrop {
    #[default]
    Black,
    White,
}

/// A picture that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub source: PictureSource,
    pub facts: PictureFacts,
    /// Some pixels are see-through.
    pub transparent: bool,
    /// SHA-256 of the file, to know the same picture again.
    pub digest: [u8; 32],
    pub backdrop: Option<Backdrop>,
    /// The crop the user saw and accepted, and the output it was shown for.
    pub accepted_crop: Option<(Crop, Size)>,
}

impl Picture {
    #[must_use]
    pub fn new(source: PictureSource, facts: PictureFacts, transparent: bool, digest: [u8; 32]) -> Self {
        Self { source, facts, transparent, digest, backdrop: None, accepted_crop: None }
    }

    /// The part of the picture that is sent for this output.
    #[must_use]
    pub fn crop_for(&self, output: Size) -> Crop {
        match self.accepted_crop {
            Some((crop, accepted_for)) if accepted_for == output => crop,
            _ => Crop::centred(self.facts.size, output),
        }
    }

    fn crop_is_accepted(&self, output: Size) -> bool {
        self.accepted_crop.is_some_and(|(_, accepted_for)| accepted_for == output)
    }
}

/// One of the two wells.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum FrameChoice {
    #[default]
    Empty,
    /// Being read; the name is shown meanwhile.
    Reading {
        name: String,
    },
    /// No picture that can be read; the sentence says why.
    Unreadable {
        name: String,
        reason: String,
    },
    Ready(Picture),
}

impl FrameChoice {
    #[must_use]
    pub fn picture(&self) -> Option<&Picture> {
        match self {
            Self::Ready(picture) => Some(picture),
            _ => None,
        }
    }

    pub fn picture_mut(&mut self) -> Option<&mut Picture> {
        match self {
            Self::Ready(picture) => Some(picture),
            _ => None,
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }
}

/// The seed field: free text until it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeedField {
    /// Empty means random.
    pub text: String,
    /// Kept for the next task.
    pub locked: bool,
}

impl SeedField {
    /// The number to send, or `None` where the text is no number at all.
    #[must_use]
    pub fn value(&self) -> Option<i64> {
        let text = self.text.trim();
        if text.is_empty() { Some(RANDOM_SEED) } else { text.parse().ok() }
    }
}

/// The form.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub first: FrameChoice,
    pub last: FrameChoice,
    /// `settings.seed` is not used: [`Draft::seed`] is what the user sees.
    pub settings: ClipSettings,
    pub seed: SeedField,
    /// 1 to [`MOST_TAKES`].
    pub takes: u32,
    /// Sends the files as they are instead of the cropped pictures.
    pub send_original: bool,
}

impl Draft {
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self {
            first: FrameChoice::Empty,
            last: FrameChoice::Empty,
            settings: ClipSettings::defaults(model),
            seed: SeedField::default(),
            takes: 1,
            send_original: false,
        }
    }

    /// Takes over the form as it was left; what the model does not offer any more keeps its default.
    pub fn restore(&mut self, form: &LastForm, model: &Model) {
        self.settings.prompt.clone_from(&form.prompt);
        self.settings.camera_fixed = form.camera_fixed;
        self.takes = form.takes.clamp(1, MOST_TAKES);
        if model.output_size(&form.resolution, &form.ratio).is_some() {
            self.settings.resolution.clone_from(&form.resolution);
            self.settings.ratio.clone_from(&form.ratio);
        }
        if model.request.durations.contains(&form.duration) {
            self.settings.duration = form.duration;
        }
    }

    /// The form as it is to be found at the next start.
    #[must_use]
    pub fn to_form(&self) -> LastForm {
        let file = |slot| match self.frame(slot).picture().map(|picture| &picture.source) {
            Some(PictureSource::File(path)) => Some(path.clone()),
            _ => None,
        };
        LastForm {
            prompt: self.settings.prompt.clone(),
            resolution: self.settings.resolution.clone(),
            ratio: self.settings.ratio.clone(),
            duration: self.settings.duration,
            camera_fixed: self.settings.camera_fixed,
            takes: self.takes,
            first: file(FrameSlot::First),
            last: file(FrameSlot::Last),
        }
    }

    #[must_use]
    pub fn frame(&self, slot: FrameSlot) -> &FrameChoice {
        match slot {
            FrameSlot::First => &self.first,
            FrameSlot::Last => &self.last,
        }
    }

    pub fn frame_mut(&mut self, slot: FrameSlot) -> &mut FrameChoice {
        match slot {
            FrameSlot::First => &mut self.first,
            FrameSlot::Last => &mut self.last,
        }
    }

    /// Size of the clip these settings make, where the model offers it.
    #[must_use]
    pub fn output(&self, model: &Model) -> Option<Size> {
        model.output_size(&self.settings.resolution, &self.settings.ratio)
    }

    /// The settings of take number `take` (from 0): a locked seed goes up by one a take, so that none is bought twice.
    fn settings_of_take(&self, seed: i64, take: u32) -> ClipSettings {
        let mut settings = self.settings.clone();
        settings.seed = if seed == RANDOM_SEED { RANDOM_SEED } else { seed + i64::from(take) };
        settings
    }

    /// Checks everything, pictures first, and returns what is to be sent or every rule that is broken.
    pub fn check(&self, model: &Model) -> Result<Order, Vec<Violation>> {
        let mut violations = Vec::new();
        if self.first.is_empty() {
            violations.push(Violation::NoFirstFrame);
        }
        for slot in FrameSlot::BOTH {
            violations.extend(self.frame_violations(slot, model));
        }
        let seed = self.seed.value();
        if seed.is_none() {
            violations.push(Violation::Seed { max: model.request.seed_max });
        }
        let mut requests = Vec::new();
        for take in 0..self.takes.clamp(1, MOST_TAKES) {
            match GenerationRequest::check(self.settings_of_take(seed.unwrap_or(RANDOM_SEED), take), model) {
                Ok(request) => requests.push(request),
                Err(found) => {
                    violations.extend(found);
                    break;
                }
            }
        }
        let output = requests.first().map(GenerationRequest::output);
        match (violations.is_empty(), output, self.plan(FrameSlot::First, output)) {
            (true, Some(_), Some(first)) => Ok(Order { requests, first, last: self.plan(FrameSlot::Last, output) }),
            _ => Err(violations),
        }
    }

    fn frame_violations(&self, slot: FrameSlot, model: &Model) -> Vec<Violation> {
        if slot == FrameSlot::Last && model.request.last_image_key.is_none() && !self.last.is_empty() {
            return vec![Violation::NoLastFrame];
        }
        match self.frame(slot) {
            FrameChoice::Empty => Vec::new(),
            FrameChoice::Reading { .. } => vec![Violation::StillReading { slot }],
            FrameChoice::Unreadable { reason, .. } => vec![Violation::Unreadable { slot, reason: reason.clone() }],
            FrameChoice::Ready(picture) => picture
                .facts
                .violations(&model.picture)
                .into_iter()
                .map(|violation| Violation::Picture { slot, violation })
                .collect(),
        }
    }

    fn plan(&self, slot: FrameSlot, output: Option<Size>) -> Option<FramePlan> {
        let picture = self.frame(slot).picture()?;
        let treatment = if self.send_original {
            Treatment::Original
        } else {
            let size = output?;
            let backdrop = picture.backdrop.unwrap_or_default();
            Treatment::Prepared { crop: picture.crop_for(size), size, backdrop }
        };
        let facts = picture.facts;
        Some(FramePlan { source: picture.source.clone(), facts, digest: picture.digest, treatment })
    }

    /// What deserves a word before money is spent. Never blocks.
    #[must_use]
    pub fn advisories(&self, model: &Model) -> Vec<Advisory> {
        let mut found = Vec::new();
        let Some(output) = self.output(model) else { return found };
        for slot in FrameSlot::BOTH {
            let Some(picture) = self.frame(slot).picture() else { continue };
            if !picture.facts.violations(&model.picture).is_empty() {
                continue;
            }
            found.extend(self.crop_advisory(slot, picture, output));
            found.extend(soft_advisory(slot, picture, output, model, &self.settings));
            if picture.transparent && picture.backdrop.is_none() && !self.send_original {
                found.push(Advisory::Transparent { slot });
            }
        }
        if let (Some(first), Some(last)) = (self.first.picture(), self.last.picture())
            && first.digest == last.digest
        {
            found.push(Advisory::SamePicture);
        }
        found
    }

    fn crop_advisory(&self, slot: FrameSlot, picture: &Picture, output: Size) -> Option<Advisory> {
        let size = picture.facts.size;
        if self.send_original || picture.crop_is_accepted(output) || !picture.crop_for(output).is_noticeable(size) {
            return None;
        }
        let first = self.first.picture().map(|first| first.facts.size);
        if slot == FrameSlot::Last
            && first.is_some_and(|first| first.width > first.height && size.height > size.width)
            && output.width > output.height
        {
            return Some(Advisory::PortraitAgainstLandscape);
        }
        Some(Advisory::Crop { slot, from: ratio_label(size), to: self.settings.ratio.clone() })
    }
}

/// A picture smaller than the output looks soft; a lower resolution that it fills is offered where there is one.
fn soft_advisory(
    slot: FrameSlot,
    picture: &Picture,
    output: Size,
    model: &Model,
    settings: &ClipSettings,
) -> Option<Advisory> {
    let fills = |size: Size| {
        let crop = picture.crop_for(size);
        crop.width >= size.width && crop.height >= size.height
    };
    if fills(output) {
        return None;
    }
    let lower = model
        .output
        .resolutions
        .iter()
        .filter(|row| row.sizes.get(&settings.ratio).is_some_and(|size| size.area() < output.area() && fills(*size)))
        .max_by_key(|row| row.sizes[&settings.ratio].area())
        .map(|row| row.name.clone());
    Some(Advisory::Soft { slot, lower })
}

/// A word of caution beside the form, with the fixes it offers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Advisory {
    #[error("{}", crop_sentence(*slot, from, to))]
    Crop { slot: FrameSlot, from: String, to: String },
    #[error("Last frame is portrait and the first is landscape; most of it will be cut.")]
    PortraitAgainstLandscape,
    #[error("{} is smaller than the output; it may look soft.", slot.title())]
    Soft { slot: FrameSlot, lower: Option<String> },
    #[error("Both frames are the same image; the clip may barely move.")]
    SamePicture,
    #[error("Transparent areas will turn black.")]
    Transparent { slot: FrameSlot },
}

fn crop_sentence(slot: FrameSlot, from: &str, to: &str) -> String {
    match slot {
        FrameSlot::First => format!("First frame is {from}; it will be cropped to {to}."),
        FrameSlot::Last => format!("Last frame is {from}; it will be cropped to match the first frame."),
    }
}

impl Advisory {
    /// The well this is about; the last one where it is about both.
    #[must_use]
    pub fn slot(&self) -> FrameSlot {
        match self {
            Self::Crop { slot, .. } | Self::Soft { slot, .. } | Self::Transparent { slot } => *slot,
            Self::PortraitAgainstLandscape | Self::SamePicture => FrameSlot::Last,
        }
    }
}

/// How a picture is made ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct FramePlan {
    pub source: PictureSource,
    /// What was known when it was checked; a file that changed since is not sent.
    pub facts: PictureFacts,
    pub digest: [u8; 32],
    pub treatment: Treatment,
}

/// What happens to a picture's pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// Sent byte for byte.
    Original,
    /// Turned upright, cropped, flattened and scaled to the exact output size.
    Prepared { crop: Crop, size: Size, backdrop: Backdrop },
}

/// A draft that passed: one request for each take, and the pictures they share.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    requests: Vec<GenerationRequest>,
    first: FramePlan,
    last: Option<FramePlan>,
}

impl Order {
    /// One request for each take; never empty.
    #[must_use]
    pub fn requests(&self) -> &[GenerationRequest] {
        &self.requests
    }

    #[must_use]
    pub fn first(&self) -> &FramePlan {
        &self.first
    }

    #[must_use]
    pub fn last(&self) -> Option<&FramePlan> {
        self.last.as_ref()
    }
}
