//! `inbetween generate`: pictures and settings in, one clip out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::task::Waker;

use super::args::Generate;
use super::report::{self, Report};
use super::{Exit, Place};
use crate::domain::draft::{Draft, Expected, FrameChoice, Order, Picture, Source};
use crate::domain::failure::Failure;
use crate::domain::frame::FrameSlot;
use crate::domain::generation::{Generation, Status};
use crate::domain::model::{AUTO_RATIO, Catalogue, Host, Model, REHEARSAL};
use crate::domain::price::{Cents, Price};
use crate::domain::request::Violation;
use crate::domain::spend::{Consent, Hold};
use crate::jobs::generation::{Placed, Sends};
use crate::jobs::{Outbox, World, generation};
use crate::services::{files, images};
use crate::state::money::Wish;

/// Longest side of the preview nobody looks at here: as small as the reader makes it.
const PREVIEW_LONGEST: u32 = 16;

pub(super) async fn run(place: Place, arguments: Generate) -> Exit {
    let json = arguments.json;
    match prepare(place, arguments).await {
        Ok(job) => job.run(json).await,
        Err(reasons) => {
            report::invalid(json, &reasons, &words!("cli-nothing-sent"));
            Exit::BadInput
        }
    }
}

/// Everything checked, nothing sent yet.
struct Job {
    world: Arc<World>,
    order: Order,
    host: String,
    each: Option<Cents>,
    consent: Consent,
    output: Option<PathBuf>,
}

/// Looks at every argument, so that one run names all that is wrong.
async fn prepare(place: Place, mut arguments: Generate) -> Result<Job, Vec<String>> {
    let mut wrong = Vec::new();
    let output = match arguments.output.as_deref().map(checked_output).transpose() {
        Ok(output) => output,
        Err(reason) => {
            wrong.push(reason);
            None
        }
    };
    let seconds = seconds(&arguments).unwrap_or_else(|reason| {
        wrong.push(reason);
        None
    });
    let Some((host, model)) = choose(&arguments, place.base_url.is_some(), &mut wrong) else { return Err(wrong) };
    let (world, loaded) = place.open().map_err(|failure| vec![failure.summary])?;
    let consent = Consent { over_cap: arguments.over_cap, again: arguments.again };
    if loaded.limit_unread && !host.free && !consent.over_cap {
        wrong.push(words!("cli-limit-unread"));
    }
    unpack_sample(&world, &mut arguments).map_err(|reason| vec![reason])?;
    if output.as_deref().is_some_and(|output| is_input(output, &arguments)) {
        wrong.push(words!("cli-output-is-input"));
    }
    let mut draft = Draft::new(model);
    for (slot, given) in [(FrameSlot::First, &arguments.first), (FrameSlot::Last, &arguments.last)] {
        if let Some(given) = given {
            *draft.frame_mut(slot) = read(&world, given, arguments.original, model).await;
        }
    }
    fill(&mut draft, &arguments, seconds);
    let order = match draft.check(model) {
        Ok(order) if wrong.is_empty() => order,
        checked => {
            wrong.extend(checked.err().iter().flatten().map(Violation::to_string));
            return Err(wrong);
        }
    };
    let settings = order.requests()[0].settings();
    let price = Price::estimate(host, model, order.requests()[0].output(), settings.duration, 1);
    Ok(Job { world, order, host: host.id.clone(), each: price.total(), consent, output })
}

/// Puts the files and the prompt of a sample where those of the arguments would be.
fn unpack_sample(world: &World, arguments: &mut Generate) -> Result<(), String> {
    let Some(name) = arguments.sample.take() else { return Ok(()) };
    let sample = images::sample(&name).ok_or_else(|| {
        let names: Vec<_> = images::samples().iter().map(|sample| sample.id).collect();
        words!("cli-no-sample", name = name.as_str(), offered = names.join(&words!("list-comma")))
    })?;
    let folder = world.library.folders().samples();
    let (first, last) = sample.unpack(&folder).map_err(|error| error.to_string())?;
    arguments.first = Some(first.to_string_lossy().into_owned());
    arguments.last = Some(last.to_string_lossy().into_owned());
    arguments.prompt.get_or_insert_with(|| (sample.prompt)());
    Ok(())
}

/// The host and model that were named. Without a name it is the free one, unless an address was given.
fn choose(
    arguments: &Generate,
    has_base_url: bool,
    wrong: &mut Vec<String>,
) -> Option<(&'static Host, &'static Model)> {
    let catalogue = Catalogue::built_in();
    let named = |list: Vec<&str>| list.join(&words!("list-comma"));
    let found = arguments.model.as_deref().map_or_else(|| Some(catalogue.default_model()), |id| catalogue.model(id));
    if found.is_none() {
        let id = arguments.model.as_deref().unwrap_or_default();
        let offered = named(catalogue.models.iter().map(|model| model.id.as_str()).collect());
        wrong.push(words!("cli-no-model", id = id, offered = offered));
    }
    // The host is looked at all the same.
    let model = found.unwrap_or_else(|| catalogue.default_model());
    let fallback = || {
        let paid = model.hosts.iter().find(|host| *host != REHEARSAL);
        if has_base_url { paid.map_or(REHEARSAL, String::as_str) } else { REHEARSAL }
    };
    let id = arguments.host.as_deref().unwrap_or_else(fallback);
    let host = catalogue.host(id).filter(|host| model.hosts.contains(&host.id));
    if host.is_none() {
        let offered = named(model.hosts.iter().map(String::as_str).collect());
        wrong.push(words!("cli-no-host", id = id, offered = offered));
    }
    host.zip(found)
}

/// The duration that was asked for.
fn seconds(arguments: &Generate) -> Result<Option<u32>, String> {
    let Some(duration) = &arguments.duration else { return Ok(None) };
    let seconds = duration.trim_end_matches('s').trim().parse();
    seconds.map(Some).map_err(|_| words!("cli-duration", duration = duration.as_str()))
}

/// Whether the clip would be copied over a picture it is made from.
fn is_input(output: &Path, arguments: &Generate) -> bool {
    // A file that is not there yet has no such name, and is no picture.
    let Ok(output) = output.canonicalize() else { return false };
    let inputs = [&arguments.first, &arguments.last].into_iter().flatten();
    inputs.filter_map(|input| Path::new(input).canonicalize().ok()).any(|input| input == output)
}

/// The file the clip is copied to has to be possible before money is spent.
fn checked_output(output: &Path) -> Result<PathBuf, String> {
    let shown = |path: &Path| path.display().to_string();
    let output = std::path::absolute(output)
        .map_err(|error| words!("cli-path", path = shown(output), error = error.to_string()))?;
    let folder = output.parent().unwrap_or(Path::new("/"));
    if output.is_dir() {
        return Err(words!("cli-is-folder", path = shown(&output)));
    }
    if !folder.is_dir() {
        return Err(words!("cli-no-folder", path = shown(folder)));
    }
    Ok(output)
}

async fn read(world: &World, given: &str, original: bool, model: &Model) -> FrameChoice {
    let is_address = given.starts_with("http://") || given.starts_with("https://");
    let file = if is_address {
        let folder = world.library.folders().pasted();
        images::fetch(given, &folder, model.picture.max_bytes).await
    } else {
        Ok(PathBuf::from(given))
    };
    let read = file.and_then(|file| {
        let (picture, _) = images::read(&file, PREVIEW_LONGEST)?;
        Ok(picture)
    });
    match read {
        // As it is means by its address: the host fetches it.
        Ok(picture) if is_address && original => {
            FrameChoice::Ready(Picture { address: Some(given.to_owned()), ..picture })
        }
        Ok(picture) => FrameChoice::Ready(picture),
        Err(error) => FrameChoice::Unreadable {
            source: Source::File(given.into()),
            reason: error.to_string(),
            expected: Expected::default(),
        },
    }
}

fn fill(draft: &mut Draft, arguments: &Generate, seconds: Option<u32>) {
    let settings = &mut draft.settings;
    settings.prompt = arguments.prompt.clone().unwrap_or_default();
    settings.camera_fixed = arguments.camera_fixed;
    if let Some(resolution) = &arguments.resolution {
        settings.resolution.clone_from(resolution);
    }
    match arguments.aspect_ratio.as_deref() {
        Some(AUTO_RATIO) => draft.auto_ratio = true,
        Some(ratio) => ratio.clone_into(&mut settings.ratio),
        None => {}
    }
    if let Some(seconds) = seconds {
        settings.duration = seconds;
    }
    draft.seed.text = arguments.seed.clone().unwrap_or_default();
    draft.seed.locked = arguments.seed.is_some();
    draft.send_original = arguments.original;
}

impl Job {
    async fn run(self, json: bool) -> Exit {
        let Self { world, order, host, each, consent, output } = self;
        let wish = Wish::Order { order: Box::new(order), host, each };
        let (out, inbox) = Outbox::new(Waker::noop().clone());
        let printer = std::thread::Builder::new().name("report".to_owned()).spawn(move || {
            let mut report = Report::new(json);
            for event in &inbox {
                report.event(&event);
            }
            report
        });
        let ended = follow(&world, &wish, consent, &out).await;
        // The printer ends once nobody can send any more.
        drop(out);
        let mut report = match printer.map(std::thread::JoinHandle::join) {
            Ok(Ok(report)) => report,
            _ => Report::new(json),
        };
        match ended {
            Ok(Ended::Followed(generation)) => finish(*generation, output, &mut report).await,
            Ok(Ended::Held(hold)) => {
                report::held(json, &hold);
                Exit::BadInput
            }
            Err(failure) => {
                report::failed_before_sending(json, &failure);
                Exit::BadInput
            }
        }
    }
}

/// What became of an order.
enum Ended {
    Followed(Box<Generation>),
    /// Nothing was sent.
    Held(Hold),
}

async fn follow(world: &Arc<World>, wish: &Wish, consent: Consent, out: &Outbox) -> Result<Ended, Failure> {
    let id = match generation::place(world, wish, consent, out).await? {
        Placed::Stored(mut ids) => ids.remove(0),
        Placed::Held(hold) => return Ok(Ended::Held(hold)),
    };
    let ended = match generation::follow(world, &id, Sends::Orders, out).await {
        Ok(Some(generation)) => generation,
        // The row is stored, so whatever went wrong on this computer is told from there.
        Ok(None) | Err(_) => generation::stored(world, &id).await?,
    };
    Ok(Ended::Followed(Box::new(ended)))
}

async fn finish(mut generation: Generation, output: Option<PathBuf>, report: &mut Report) -> Exit {
    let exit = Exit::of(&generation.status);
    let (Status::Done, Some(output), Some(clip)) = (&generation.status, output, generation.clip.clone()) else {
        report.end(&generation, None);
        return exit;
    };
    let (target, kept) = (output.clone(), clip.clone());
    match tokio::task::spawn_blocking(move || files::copy(&clip, &target)).await {
        Ok(Ok(())) => {
            report.end(&generation, Some(&output));
            exit
        }
        copied => {
            let error = copied.map_or_else(
                |error| error.to_string(),
                |copied| match copied {
                    Ok(()) => String::new(),
                    Err(error) => error.to_string(),
                },
            );
            let summary = words!("cli-not-copied", path = output.display().to_string(), error = error);
            let advice = words!("cli-copy-from", path = kept.display().to_string());
            generation.notice = Some(Failure::new(crate::domain::failure::FailureKind::Folder, summary, advice));
            report.end(&generation, None);
            Exit::Unfinished
        }
    }
}
