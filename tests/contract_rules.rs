//! The contract's rules as tables: every bound as it is written, every sentence as it is shown.

#[path = "contract/crops.rs"]
mod crops;
#[path = "contract/drafts.rs"]
mod drafts;
#[path = "contract/pictures.rs"]
mod pictures;
#[path = "contract/settings.rs"]
mod settings;
#[path = "contract/statuses.rs"]
mod statuses;

use inbetween::domain::draft::Picture;
use inbetween::domain::frame::{PictureFacts, PictureFormat};
use inbetween::domain::model::{Catalogue, Model, Size};

fn model() -> &'static Model {
    Catalogue::built_in().default_model()
}

fn facts(width: u32, height: u32, bytes: u64) -> PictureFacts {
    PictureFacts { format: PictureFormat::Png, size: Size::new(width, height), bytes }
}

/// A legal picture of its own: the digest is made of its size.
fn picture(width: u32, height: u32) -> Picture {
    let mut digest = [0; 32];
    digest[..4].copy_from_slice(&width.to_le_bytes());
    digest[4..8].copy_from_slice(&height.to_le_bytes());
    let source = format!("{width}x{height}.png").into();
    Picture::new(source, facts(width, height, 1_000_000), false, digest)
}
