//! What the user is composing: two pictures and the settings, not yet checked.
//!
//! [`Draft::check`] turns it into an [`Order`] or names every rule it breaks. What deserves a word but never blocks is in
//! [`advisory`](super::advisory).

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::cropping::is_same_shape;
use super::frame::{Crop, FrameSlot, PictureFacts};
use super::model::{Model, Size};
use super::request::{ClipSettings, GenerationRequest, RANDOM_SEED, Violation};
use super::settings::{KeptPicture, LastForm};

/// Most takes one press of Generate makes.
pub const MOST_TAKES: u32 = 4;

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
    pub path: PathBuf,
    /// Where it was fetched from; "as it is" then means that the host fetches it by itself.
    pub address: Option<String>,
    pub facts: PictureFacts,
    /// Some pixels are see-through.
    pub transparent: bool,
    /// SHA-256 of the file, to know the same picture again.
    pub digest: [u8; 32],
    pub backdrop: Option<Backdrop>,
    /// The crop the user saw and accepted, or drew, and the output it was shown for.
    pub accepted_crop: Option<(Crop, Size)>,
}

/// What was decided about a picture, to be decided again for the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Treated {
    pub crop: Option<(Crop, Size)>,
    pub backdrop: Option<Backdrop>,
}

impl Picture {
    #[must_use]
    pub fn new(path: PathBuf, facts: PictureFacts, transparent: bool, digest: [u8; 32]) -> Self {
        Self { path, address: None, facts, transparent, digest, backdrop: None, accepted_crop: None }
    }

    /// The part of the picture that is sent for this output.
    ///
    /// A crop that was chosen for another output is carried over: its middle and its share stay.
    #[must_use]
    pub fn crop_for(&self, output: Size) -> Crop {
        match self.accepted_crop {
            Some((crop, accepted_for)) if accepted_for == output => crop,
            Some((crop, accepted_for)) => crop.carried_over(self.facts.size, accepted_for, output),
            None => Crop::centred(self.facts.size, output),
        }
    }

    /// Whether the user has seen what an output of this shape cuts away.
    #[must_use]
    pub fn crop_is_accepted(&self, output: Size) -> bool {
        self.accepted_crop.is_some_and(|(_, accepted_for)| is_same_shape(accepted_for, output))
    }

    #[must_use]
    pub fn treated(&self) -> Treated {
        Treated { crop: self.accepted_crop, backdrop: self.backdrop }
    }

    /// Decides as before; a crop that does not lie in this picture is another picture's and forgotten.
    pub fn treat(&mut self, treated: Treated) {
        let size = self.facts.size;
        self.accepted_crop = treated.crop.filter(|(crop, output)| output.area() > 0 && crop.lies_in(size));
        self.backdrop = treated.backdrop;
    }
}

/// What is to be decided of a picture once it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expected {
    pub treated: Treated,
    /// The decisions hold for the picture with this SHA-256 alone; `None` for whatever comes.
    pub digest: Option<[u8; 32]>,
    /// What is read instead where it is another picture by now.
    pub otherwise: Option<PathBuf>,
}

impl From<Treated> for Expected {
    fn from(treated: Treated) -> Self {
        Self { treated, ..Self::default() }
    }
}

/// Where a picture comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    File(PathBuf),
    /// Fetched, so that it can be seen and cropped.
    Address(String),
}

impl Source {
    /// For people: a file's name without its folders, or the address.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Address(url) => url.clone(),
            Self::File(path) => {
                path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
            }
        }
    }
}

/// One of the two wells.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum FrameChoice {
    #[default]
    Empty,
    /// Being read; its name is shown meanwhile, and the facts as soon as the header is known.
    Reading {
        source: Source,
        facts: Option<PictureFacts>,
        expected: Expected,
    },
    /// An address the host fetches by itself: nothing is known of the picture there.
    Address {
        url: String,
    },
    /// No picture that can be read; the sentence says why.
    Unreadable {
        source: Source,
        reason: String,
        expected: Expected,
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

    /// What is to be found here at the next start.
    fn kept(&self) -> Option<KeptPicture> {
        let (path, address, treated) = match self {
            Self::Empty => return None,
            Self::Ready(picture) => (Some(picture.path.clone()), picture.address.clone(), picture.treated()),
            Self::Address { url } => (None, Some(url.clone()), Treated::default()),
            Self::Reading { source, expected, .. } | Self::Unreadable { source, expected, .. } => match source {
                Source::File(path) => (Some(path.clone()), None, expected.treated),
                // It was to be fetched, and nothing of it is here.
                Source::Address(_) => return None,
            },
        };
        Some(KeptPicture { path, address, treated })
    }

    /// What is known of the picture's file, from its header on.
    #[must_use]
    pub fn facts(&self) -> Option<&PictureFacts> {
        match self {
            Self::Ready(picture) => Some(&picture.facts),
            Self::Reading { facts, .. } => facts.as_ref(),
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
    /// The ratio nearest to the first frame's, whatever [`ClipSettings::ratio`] says.
    pub auto_ratio: bool,
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
            auto_ratio: false,
        }
    }

    /// Takes over the form as it was left; what the model does not offer any more keeps its default.
    pub fn restore(&mut self, form: &LastForm, model: &Model) {
        self.settings.prompt.clone_from(&form.prompt);
        self.settings.camera_fixed = form.camera_fixed;
        self.takes = form.takes.clamp(1, MOST_TAKES);
        self.send_original = form.send_original;
        self.auto_ratio = form.auto_ratio;
        self.seed = SeedField { locked: !form.locked_seed.is_empty(), text: form.locked_seed.clone() };
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
        let kept = |slot| self.frame(slot).kept();
        LastForm {
            prompt: self.settings.prompt.clone(),
            resolution: self.settings.resolution.clone(),
            ratio: self.settings.ratio.clone(),
            auto_ratio: self.auto_ratio,
            duration: self.settings.duration,
            camera_fixed: self.settings.camera_fixed,
            takes: self.takes,
            locked_seed: if self.seed.locked { self.seed.text.clone() } else { String::new() },
            send_original: self.send_original,
            first: kept(FrameSlot::First),
            last: kept(FrameSlot::Last),
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

    /// The ratio that counts: the chosen one, or the nearest to the first frame where that is left to the program.
    #[must_use]
    pub fn ratio<'a>(&'a self, model: &'a Model) -> &'a str {
        let first = self.first.facts().filter(|_| self.auto_ratio);
        let nearest = first.and_then(|facts| nearest_ratio(facts.size, model, &self.settings.resolution));
        nearest.unwrap_or(&self.settings.ratio)
    }

    /// Size of the clip these settings make, where the model offers it.
    #[must_use]
    pub fn output(&self, model: &Model) -> Option<Size> {
        model.output_size(&self.settings.resolution, self.ratio(model))
    }

    /// The settings of take number `take` (from 0): a locked seed goes up by one a take, so that none is bought twice.
    fn settings_of_take(&self, model: &Model, seed: i64, take: u32) -> ClipSettings {
        let mut settings = self.settings.clone();
        self.ratio(model).clone_into(&mut settings.ratio);
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
            match GenerationRequest::check(self.settings_of_take(model, seed.unwrap_or(RANDOM_SEED), take), model) {
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
            FrameChoice::Empty | FrameChoice::Address { .. } => Vec::new(),
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
        let picture = match self.frame(slot) {
            FrameChoice::Address { url } => return Some(FramePlan::Address(url.clone())),
            choice => choice.picture()?,
        };
        if let (true, Some(address)) = (self.send_original, &picture.address) {
            return Some(FramePlan::Address(address.clone()));
        }
        let treatment = if self.send_original {
            Treatment::Original
        } else {
            let size = output?;
            let backdrop = picture.backdrop.unwrap_or_default();
            Treatment::Prepared { crop: picture.crop_for(size), size, backdrop }
        };
        Some(FramePlan::File(FilePlan {
            path: picture.path.clone(),
            facts: picture.facts,
            digest: picture.digest,
            treatment,
        }))
    }
}

/// The ratio of a model whose output, at this resolution, is nearest to a picture's shape.
#[must_use]
pub fn nearest_ratio<'a>(picture: Size, model: &'a Model, resolution: &str) -> Option<&'a str> {
    let distance = |name: &str| {
        let output = model.output_size(resolution, name)?;
        Some((picture.ratio() / output.ratio()).ln().abs())
    };
    let named = model.request.ratios.iter().filter_map(|name| Some((name, distance(name)?)));
    named.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(name, _)| name.as_str())
}

/// How a picture is made ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub enum FramePlan {
    /// The host fetches it by itself.
    Address(String),
    File(FilePlan),
}

/// What is done with a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FilePlan {
    pub path: PathBuf,
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
