//! Where a task's pictures came from and how they were cut: enough to choose them again once the prepared ones are
//! cleared.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::draft::{Backdrop, Expected, FramePlan, Order, Treated, Treatment};
use super::frame::Crop;
use super::model::Size;

/// The file a picture came from. An address has no crop, and is named by what was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    pub path: PathBuf,
    /// SHA-256 of the file: a crop belongs to no other picture.
    pub digest: [u8; 32],
    /// What was cut out, and for which output; `None` where the file was sent as it is.
    pub crop: Option<(Crop, Size)>,
    pub backdrop: Option<Backdrop>,
}

/// Both pictures' origins. `None` where there was no picture, or no name for it that can be stored.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Origins {
    pub first: Option<Origin>,
    pub last: Option<Origin>,
}

/// A picture of an earlier task that can be chosen again.
#[derive(Debug, Clone, PartialEq)]
pub enum Recalled {
    File {
        path: PathBuf,
        expected: Expected,
    },
    /// What the host fetched by itself.
    Address(String),
}

impl Origin {
    fn of(plan: &FramePlan) -> Option<Self> {
        let FramePlan::File(plan) = plan else { return None };
        // JSON has no form for a path that is no Unicode.
        plan.path.to_str()?;
        let (crop, backdrop) = match plan.treatment {
            Treatment::Original => (None, None),
            Treatment::Prepared { crop, size, backdrop } => (Some((crop, size)), Some(backdrop)),
        };
        Some(Self { path: plan.path.clone(), digest: plan.digest, crop, backdrop })
    }

    /// The original, to be cut as it was then; where it is another picture by now, what was prepared of it is read.
    #[must_use]
    pub fn expected(&self, prepared: Option<PathBuf>) -> Expected {
        let treated = Treated { crop: self.crop, backdrop: self.backdrop };
        Expected { treated, digest: Some(self.digest), otherwise: prepared }
    }
}

impl Origins {
    /// Whether the pictures were sent as they are; `None` where no file was sent.
    #[must_use]
    pub fn sent_original(&self) -> Option<bool> {
        self.first.as_ref().or(self.last.as_ref()).map(|origin| origin.crop.is_none())
    }

    #[must_use]
    pub fn of(order: &Order) -> Self {
        Self { first: Origin::of(order.first()), last: order.last().and_then(Origin::of) }
    }
}
