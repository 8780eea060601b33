//! Generations to store.

use std::path::{Path, PathBuf};

use inbetween::domain::failure::{Failure, FailureKind};
use inbetween::domain::frame::{FrameSlot, PictureFormat, PreparedFrame, PreparedFrames};
use inbetween::domain::generation::{ClipFacts, Generation, GenerationId, HostRef, Status, UnixMillis};
use inbetween::domain::model::Size;
use inbetween::domain::origin::Origins;
use inbetween::domain::price::Cents;
use inbetween::domain::request::ClipSettings;
use inbetween::services::library::{Folders, Intent, Library};

pub const DIGEST: [u8; 32] = [0xa7; 32];
pub const CONTENT: [u8; 32] = [0xc0; 32];

pub fn open(data: &Path) -> Library {
    Library::open(Folders::resolve(Some(data.to_path_buf())).unwrap()).unwrap()
}

pub fn id(text: &str) -> GenerationId {
    GenerationId::new(text)
}

pub fn generation(text: &str) -> Generation {
    Generation {
        id: id(text),
        created: UnixMillis(1_795_000_000_123),
        finished: None,
        host: HostRef { host: "novita".to_owned(), base_url: Some("https://api.novita.ai".to_owned()) },
        settings: ClipSettings {
            model: "seedance-v1-pro-i2v".to_owned(),
            prompt: "湖, \"dawn\"\nto 'dusk'; DROP TABLE generations".to_owned(),
            resolution: "720p".to_owned(),
            ratio: "16:9".to_owned(),
            duration: 5,
            seed: -1,
            camera_fixed: true,
        },
        output: Size::new(1248, 704),
        fps: 24,
        has_last_frame: true,
        price: Some(Cents(26)),
        status: Status::NotSent,
        notice: None,
        task_id: None,
        seed_used: None,
        clip: None,
        measured: None,
    }
}

pub fn frames(library: &Library, text: &str) -> PreparedFrames {
    let path = library.folders().frames_of(&id(text)).join("first.png");
    PreparedFrames {
        first: PreparedFrame::File { path, format: PictureFormat::Png },
        last: Some(PreparedFrame::Url("https://pictures.example/last.jpg".to_owned())),
    }
}

/// Stores a new generation and returns it.
pub fn insert(library: &Library, text: &str) -> Generation {
    let generation = generation(text);
    library.insert(&generation, &intent(&frames(library, text))).unwrap();
    generation
}

/// An intent that sends these pictures, which came from nowhere that could be named.
pub fn intent(frames: &PreparedFrames) -> Intent<'_> {
    const NOWHERE: &Origins = &Origins { first: None, last: None };
    Intent { frames, body_sha256: DIGEST, content_sha256: CONTENT, origins: NOWHERE, last_balance: None }
}

pub fn failure() -> Failure {
    Failure::new(FailureKind::Picture { slot: Some(FrameSlot::Last) }, "The picture was refused.", "Choose another.")
        .not_charged()
}

/// Stores each of these statuses in turn.
pub fn walk(library: &Library, generation: &mut Generation, steps: &[Status]) {
    for step in steps {
        generation.status = step.clone();
        if step.is_accepted() {
            generation.task_id = Some(format!("task-{}", generation.id));
        }
        library.update(generation).unwrap();
    }
}

/// For every status, the legal way to it from a new generation.
pub fn ways() -> Vec<Vec<Status>> {
    use Status::{Done, Downloading, Failed, NotSent, Queued, Refused, Rendering, Stopped, Unknown, Uploading};
    vec![
        vec![NotSent],
        vec![Uploading],
        vec![Uploading, NotSent, Uploading],
        vec![Uploading, Unknown(failure())],
        vec![Uploading, Refused(failure())],
        vec![Uploading, Queued],
        vec![Uploading, Queued, Rendering(None)],
        vec![Uploading, Queued, Rendering(Some(42))],
        vec![Uploading, Queued, Rendering(Some(100)), Downloading],
        vec![Uploading, Queued, Downloading, Done],
        vec![Uploading, Queued, Failed(failure())],
        vec![Uploading, Queued, Stopped],
    ]
}

/// The same generation with everything known about it.
pub fn complete(mut generation: Generation) -> Generation {
    generation.finished = Some(UnixMillis(1_795_000_060_000));
    generation.notice = Some(Failure::new(FailureKind::DiskFull, "The disk is full.", "").retryable());
    generation.seed_used = Some(2_147_483_647);
    generation.clip = Some(PathBuf::from("/films/Inbetween/2026-11-24 lake 湖 3f9c1a2b.mp4"));
    generation.measured = Some(ClipFacts { size: Size::new(1248, 704), fps: 23.976, frames: 120, duration: 5.005 });
    generation
}
