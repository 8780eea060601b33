//! Whether a clip has sound, for a build that plays none.

use std::path::Path;

use super::index;
use crate::video::reading::guarded;

/// Whether there is a sound track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::video) enum Found {
    Nothing,
    Sound,
}

/// Looks for a sound track in the clip at `path`; a file whose index cannot be read has none.
pub(in crate::video) fn find(path: &Path) -> Found {
    let has = guarded(|| index::read(path).is_some_and(|index| index.track(*b"soun").is_some()));
    if has == Some(true) { Found::Sound } else { Found::Nothing }
}
