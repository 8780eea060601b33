//! The stage by its labels.

use super::*;
use crate::domain::generation::{HostRef, UnixMillis};
use crate::domain::model::{Catalogue, Size};
use crate::domain::request::ClipSettings;
use crate::domain::settings::Settings;
use crate::state::State;

pub(super) const STATE_SIZE: Size = Size::new(1248, 704);

pub(super) fn state() -> State {
    State::new(Settings::default(), 7)
}

pub(super) fn generation(id: &str, status: Status) -> Generation {
    let mut settings = ClipSettings::defaults(Catalogue::built_in().default_model());
    settings.prompt = "Rain eases and the cloud breaks over the headland".to_owned();
    Generation {
        id: GenerationId::new(id),
        created: UnixMillis(0),
        finished: None,
        host: HostRef { host: "rehearsal".to_owned(), base_url: None },
        settings,
        output: STATE_SIZE,
        fps: 24,
        has_last_frame: true,
        price: None,
        status,
        notice: None,
        task_id: None,
        seed_used: None,
        clip: None,
        measured: None,
    }
}
