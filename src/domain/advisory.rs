//! Words of caution: what deserves a word before money is spent, and never blocks.

use super::draft::{Draft, Picture, nearest_ratio};
use super::frame::{Crop, FrameSlot, ratio_label};
use super::model::{Model, Size};

impl Draft {
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
            found.extend(self.crop_advisory(slot, picture, output, model));
            found.extend(soft_advisory(slot, picture, output, model, self.ratio(model)));
            if picture.transparent && picture.backdrop.is_none() && !self.send_original {
                found.push(Advisory::Transparent { slot });
            }
        }
        if let (Some(first), Some(last)) = (self.first.picture(), self.last.picture())
            && first.digest == last.digest
            // Two parts of one picture are a pan or a zoom.
            && (self.send_original || first.crop_for(output) == last.crop_for(output))
        {
            found.push(Advisory::SamePicture);
        }
        found
    }

    fn crop_advisory(&self, slot: FrameSlot, picture: &Picture, output: Size, model: &Model) -> Option<Advisory> {
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
        let ratio = self.ratio(model);
        let nearest = nearest_ratio(size, model, &self.settings.resolution).filter(|nearest| {
            let kept = |name| Some(Crop::centred(size, model.output_size(&self.settings.resolution, name)?));
            let lost = |name| kept(name).map(|crop| crop.lost_share(size));
            // Only the first frame chooses the clip's shape.
            slot == FrameSlot::First && lost(nearest) < lost(ratio)
        });
        let (from, to) = (ratio_label(size), ratio.to_owned());
        Some(Advisory::Crop { slot, from, to, nearest: nearest.map(str::to_owned) })
    }
}

/// A picture smaller than the output looks soft; a lower resolution that it fills is offered where there is one.
fn soft_advisory(slot: FrameSlot, picture: &Picture, output: Size, model: &Model, ratio: &str) -> Option<Advisory> {
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
        .filter(|row| row.sizes.get(ratio).is_some_and(|size| size.area() < output.area() && fills(*size)))
        .max_by_key(|row| row.sizes[ratio].area())
        .map(|row| row.name.clone());
    Some(Advisory::Soft { slot, lower })
}

/// A word of caution beside the form, with the fixes it offers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Advisory {
    #[error("{}", crop_sentence(*slot, from, to))]
    Crop {
        slot: FrameSlot,
        from: String,
        to: String,
        /// A ratio on offer that cuts less of the first frame.
        nearest: Option<String>,
    },
    #[error("{}", words!("advisory-portrait"))]
    PortraitAgainstLandscape,
    #[error("{}", words!("advisory-soft", slot = slot.word()))]
    Soft { slot: FrameSlot, lower: Option<String> },
    #[error("{}", words!("advisory-same"))]
    SamePicture,
    #[error("{}", words!("advisory-transparent"))]
    Transparent { slot: FrameSlot },
}

fn crop_sentence(slot: FrameSlot, from: &str, to: &str) -> String {
    match slot {
        FrameSlot::First => words!("advisory-crop-first", from = from, to = to),
        FrameSlot::Last => words!("advisory-crop-last", from = from),
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
