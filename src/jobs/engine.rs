//! Runs effects in the background and collects what they answer.

use std::collections::HashMap;
use std::future::Future;
use std::path::Path;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;

use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::answers::Answers;
use super::generation::{Placed, Sends};
use super::hosts::catalogue_host;
use super::watch::{Seen, watch};
use super::{Outbox, World, clips, frames, generation, spending};
use crate::domain::failure::{Failure, FailureKind};
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::domain::settings::Settings;
use crate::domain::spend::Consent;
use crate::services::badge::Badge;
use crate::services::library::{Library, LibraryError, settings};
use crate::services::picker::Picked;
use crate::services::{appearance, notifications};
use crate::state::money::{Held, Wish};
use crate::state::{Effect, Event, KeyState};

/// The engine behind the window. Dropping it ends every job; what was stored is taken up at the next start.
pub struct Engine {
    world: Arc<World>,
    runtime: Handle,
    out: Outbox,
    inbox: Receiver<Event>,
    answers: Answers,
    watched: Watched,
    unsaved: Unsaved,
    /// The number on the taskbar's entry; none before the desktop is followed.
    badge: Option<Badge>,
}

/// The newest settings that are not on the disk yet: of many changes in a row only the last is written, in order.
#[derive(Clone, Default)]
struct Unsaved {
    newest: Arc<Mutex<Option<Box<Settings>>>>,
    /// Held while a file is written.
    turn: Arc<Mutex<()>>,
}

/// The tasks this process follows. A task is followed once.
#[derive(Clone)]
pub(super) struct Watched {
    runtime: Handle,
    jobs: Arc<Mutex<HashMap<GenerationId, AbortHandle>>>,
    /// Looks after what other processes do.
    others: Arc<Mutex<Option<AbortHandle>>>,
}

impl Engine {
    #[must_use]
    pub fn new(world: World, runtime: Handle, waker: Waker) -> Self {
        let (out, inbox) = Outbox::new(waker);
        let world = Arc::new(world);
        let watched = Watched { runtime: runtime.clone(), jobs: Arc::default(), others: Arc::default() };
        let (answers, unsaved) = (Answers::default(), Unsaved::default());
        Self { world, runtime, out, inbox, answers, watched, unsaved, badge: None }
    }

    /// Listens to what the desktop prefers, and tells it how many tasks run, from now on.
    pub fn follow_desktop(&mut self) {
        self.badge = Some(Badge::new());
        let out = self.out.clone();
        appearance::follow(move |preferences| out.send(Event::DesktopPrefers(preferences)));
    }

    /// Everything that was answered since the last call.
    pub fn drain(&mut self) -> Vec<Event> {
        let mut events: Vec<_> = self.inbox.try_iter().collect();
        events.extend(self.answers.take_ready());
        events
    }

    /// Starts what is asked for and returns at once.
    pub fn run(&mut self, effect: Effect) {
        let world = Arc::clone(&self.world);
        match effect {
            Effect::LoadLibrary => self.load_library(),
            Effect::Place { order, host, each, consent } => self.place(Wish::Order { order, host, each }, consent),
            Effect::PlaceAgain { of, consent } => self.place(Wish::Again { of }, consent),
            Effect::Follow { id } => self.watched.follow(&self.world, &id, Sends::Orders, &self.out),
            Effect::StopWatching { id } => {
                self.watched.drop_job(&id);
                let out = self.out.clone();
                self.tell(async move { generation::stop(&world, &id, &out).await.map(|()| None) });
            }
            Effect::CheckUnknown { id } => {
                let out = self.out.clone();
                self.tell(async move { generation::check(&world, &id, &out).await.map(|()| None) });
            }
            Effect::Remove { id } => {
                let watched = self.watched.clone();
                self.tell(async move {
                    let (key, keep) = (id.clone(), world.in_form());
                    world.library(move |library| library.remove(&key, &keep)).await?;
                    // What waited for its turn to be sent finds no row any more; it need not say so.
                    watched.drop_job(&id);
                    Ok(Some(Event::Removed(id)))
                });
            }
            Effect::SaveSettings { settings } => {
                world.heed(&settings);
                self.unsaved.put(settings);
                let unsaved = self.unsaved.clone();
                self.tell(async move {
                    world.library(move |library| unsaved.save(&library.folders().settings())).await?;
                    Ok(None)
                });
            }
            // Blocking and unimportant: on a thread of its own.
            Effect::NotifyReady { id, name, sound } => notifications::clip_ready(&name, sound, self.clicked(id)),
            Effect::NotifyFailed { id, name, sentence, sound } => {
                notifications::task_failed(&name, &sentence, sound, self.clicked(id));
            }
            Effect::ShowRunning { count } => self.badge.iter().for_each(|badge| badge.show(count)),
            // The shell has the window, and speaks.
            Effect::CloseWindow | Effect::RaiseWindow | Effect::Speak { .. } => {}
            other => self.run_picture(world, other),
        }
    }

    fn run_picture(&mut self, world: Arc<World>, effect: Effect) {
        match effect {
            Effect::LoadSamples => self.ask(frames::load_samples()),
            Effect::ReadPicture { slot, path, ticket } => {
                let out = self.out.clone();
                self.ask(async move { Some(frames::read(slot, path, ticket, &out).await) });
            }
            Effect::ReadBatch { batch, path } => self.ask(frames::read_for_batch(world, batch, path)),
            Effect::ListPictures { paths, over } => self.ask(frames::list(paths, over)),
            Effect::FetchPicture { slot, url, ticket } => self.ask(frames::fetch(world, slot, url, ticket)),
            Effect::CopyPicture { slot, path, change, limits, ticket } => {
                self.ask(async move {
                    let result = frames::copy(&world, path, change, limits).await;
                    Some(Event::PictureCopied { slot, ticket, result })
                });
            }
            Effect::LoadThumb { path } => self.ask(frames::thumb(world, path)),
            Effect::PickPicture { slot } => {
                let out = self.out.clone();
                self.ask(async move { frames::pick(world, slot, &out).await });
            }
            Effect::PastePicture => self.ask(frames::paste(world)),
            Effect::UnpackSample { id } => self.ask(frames::unpack_sample(world, id)),
            Effect::RecallFrames { id } => self.ask(frames::recall(world, id)),
            Effect::LoadPosters { id } => self.ask(frames::posters(world, id)),
            Effect::TrashClip { id } => self.tell(clips::trash(world, id)),
            Effect::DownloadAgain { id } => {
                let out = self.out.clone();
                self.tell(async move { generation::fetch_again(&world, &id, &out).await.map(|()| None) });
            }
            Effect::LoadStills { id } => self.ask(clips::stills(world, id)),
            Effect::SaveClipAs { id } => self.tell(clips::save_as(world, id)),
            Effect::ExtractFrame { id, frame, slot, ticket } => {
                self.tell(async move {
                    let path = clips::extract(world, &id, frame).await?;
                    Ok(Some(Event::FrameExtracted { slot, ticket, last: frame.is_none(), path }))
                });
            }
            Effect::ExportFrame { id, frame } => self.tell(clips::export_frame(world, id, frame)),
            Effect::Reveal { path } => self.tell(clips::reveal(path)),
            Effect::Open { path } => self.tell(clips::open(path)),
            Effect::OpenUrl { url } => self.tell(clips::open_url(url)),
            Effect::OpenLibraryFolder => {
                let folder = world.clips_folder();
                self.tell(async move {
                    // The folder is made when the first clip arrives; it may be looked at before.
                    if let Err(error) = tokio::fs::create_dir_all(&folder).await {
                        tracing::warn!(%error, "the clip folder could not be made");
                    }
                    clips::open(folder).await
                });
            }
            other => self.run_setting(world, other),
        }
    }

    fn run_setting(&mut self, world: Arc<World>, effect: Effect) {
        match effect {
            Effect::PickLibraryFolder { resume } => self.tell(async move {
                match world.picker.folder(&words!("dialog-clip-folder"), Some(&world.clips_folder())).await {
                    Picked::Chosen(folder) => {
                        world.choose_clips_folder(Some(folder.clone()));
                        Ok(Some(Event::LibraryFolderPicked { folder, resume }))
                    }
                    Picked::Cancelled => Ok(None),
                    Picked::Unavailable => Err(frames::no_dialog()),
                }
            }),
            Effect::LoadKey { host } => {
                let facts = clips::facts(Arc::clone(&world));
                self.tell(facts);
                self.ask(async move { Some(world.key_state(&host).await) });
            }
            Effect::SaveKey { host, key } => {
                let (watched, out) = (self.watched.clone(), self.out.clone());
                self.ask(async move {
                    let saved = world.save_key(&host, key).await;
                    if matches!(saved, Event::KeyChanged { key: KeyState::Present { .. }, .. }) {
                        let unfinished = world.library(Library::unfinished).await.unwrap_or_default();
                        for generation in unfinished.iter().filter(|generation| rests_for_a_key(generation, &host)) {
                            watched.follow(&world, &generation.id, Sends::Nothing, &out);
                        }
                    }
                    Some(saved)
                });
            }
            Effect::RemoveKey { host } => self.ask(async move { Some(world.remove_key(&host).await) }),
            Effect::VerifyKey { host } => {
                let out = self.out.clone();
                self.ask(async move {
                    world.verify_key(&host).await.into_iter().for_each(|event| out.send(event));
                    None
                });
            }
            Effect::LoadLibraryFacts => self.tell(clips::facts(world)),
            Effect::LoadDiagnostics => self.ask(clips::diagnostics(world)),
            Effect::LoadSpending => self.tell(spending::load(world)),
            Effect::ExportSpendLog => self.tell(spending::export(world)),
            Effect::ClearPrepared => {
                let (out, facts) = (self.out.clone(), clips::facts(Arc::clone(&world)));
                self.tell(async move {
                    let cleared = clips::clear_prepared(&world).await;
                    // What was cleared before a trouble is cleared.
                    facts.await?.into_iter().for_each(|event| out.send(event));
                    cleared
                });
            }
            _ => {}
        }
    }

    /// Loads every row and takes up what is unfinished. An order that costs money and was not sent waits for somebody:
    /// opening a window buys nothing.
    fn load_library(&mut self) {
        let (world, out) = (Arc::clone(&self.world), self.out.clone());
        let watched = self.watched.clone();
        self.tell(async move {
            // In this order: what is written meanwhile is seen at the next look.
            let read = |library: &Library| Ok((library.change_mark()?, library.all()?, library.unfinished()?));
            let (mark, rows, unfinished) = world.library(read).await?;
            let seen = Seen::new(mark, &rows);
            spending::load(Arc::clone(&world)).await?.into_iter().for_each(|event| out.send(event));
            out.send(Event::LibraryLoaded(rows));
            for generation in unfinished {
                if goes_on_by_itself(&generation) {
                    let free = catalogue_host(&generation.host.host).is_ok_and(|host| host.free);
                    let sends = if free { Sends::Orders } else { Sends::Nothing };
                    watched.follow(&world, &generation.id, sends, &out);
                } else {
                    generation::say_unsent(&world, &generation.id, &out).await?;
                }
            }
            watched.look_after_others(&world, seen, &out);
            Ok(None)
        });
    }

    /// Stores intents, then follows each.
    fn place(&mut self, wish: Wish, consent: Consent) {
        let (world, out) = (Arc::clone(&self.world), self.out.clone());
        let watched = self.watched.clone();
        self.runtime.spawn(async move {
            match generation::place(&world, &wish, consent, &out).await {
                Ok(Placed::Stored(ids)) => {
                    out.send(Event::Placed(ids.clone()));
                    for id in &ids {
                        watched.follow(&world, id, Sends::Orders, &out);
                    }
                }
                Ok(Placed::Held(why)) => out.send(Event::Held(Box::new(Held { wish, consent, why }))),
                Err(failure) => out.send(Event::PlaceFailed(failure)),
            }
        });
    }

    /// What follows a click on the notification about a task.
    fn clicked(&self, id: GenerationId) -> notifications::OnClick {
        let out = self.out.clone();
        Box::new(move || out.send(Event::NotificationClicked(id)))
    }

    fn ask(&mut self, question: impl Future<Output = Option<Event>> + Send + 'static) {
        self.answers.ask(&self.runtime, self.out.waker(), question);
    }

    /// Like [`Engine::ask`], with a failure as the other answer.
    fn tell(&mut self, question: impl Future<Output = Result<Option<Event>, Failure>> + Send + 'static) {
        self.ask(async move { question.await.unwrap_or_else(|failure| Some(Event::Trouble(failure))) });
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.watched.end();
        if let Err(error) = self.unsaved.save(&self.world.library.folders().settings()) {
            tracing::error!(%error, "the settings could not be saved");
        }
    }
}

impl Unsaved {
    fn put(&self, settings: Box<Settings>) {
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(settings);
    }

    fn save(&self, file: &Path) -> Result<(), LibraryError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner).take();
        newest.map_or(Ok(()), |settings| settings::save(file, &settings))
    }
}

impl Watched {
    pub(super) fn follow(&self, world: &Arc<World>, id: &GenerationId, sends: Sends, out: &Outbox) {
        let mut jobs = self.lock();
        if jobs.get(id).is_some_and(|job| !job.is_finished()) {
            return;
        }
        let (world, key, out) = (Arc::clone(world), id.clone(), out.clone());
        let job = self.runtime.spawn(async move {
            match generation::follow(&world, &key, sends, &out).await {
                Ok(_) => {}
                Err(failure) => out.send(Event::Trouble(failure)),
            }
        });
        jobs.insert(id.clone(), job.abort_handle());
    }

    pub(super) fn follows(&self, id: &GenerationId) -> bool {
        self.lock().get(id).is_some_and(|job| !job.is_finished())
    }

    fn look_after_others(&self, world: &Arc<World>, seen: Seen, out: &Outbox) {
        let looking = self.runtime.spawn(watch(Arc::clone(world), self.clone(), seen, out.clone()));
        let before = self.others.lock().unwrap_or_else(PoisonError::into_inner).replace(looking.abort_handle());
        before.iter().for_each(AbortHandle::abort);
    }

    fn end(&self) {
        self.lock().values().for_each(AbortHandle::abort);
        self.others.lock().unwrap_or_else(PoisonError::into_inner).iter().for_each(AbortHandle::abort);
    }

    fn drop_job(&self, id: &GenerationId) {
        if let Some(job) = self.lock().remove(id) {
            job.abort();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<GenerationId, AbortHandle>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a row is taken up at the start without a word: it was accepted, or sending it costs nothing.
fn goes_on_by_itself(generation: &Generation) -> bool {
    generation.status != Status::NotSent || catalogue_host(&generation.host.host).is_ok_and(|host| host.free)
}

/// Whether an accepted row of this host is asked after no more because its key is missing or was refused.
fn rests_for_a_key(generation: &Generation, host: &str) -> bool {
    let notice = generation.notice.as_ref().map(|notice| notice.kind);
    let for_a_key = matches!(notice, Some(FailureKind::Key | FailureKind::Keychain));
    for_a_key && generation.status.is_accepted() && generation.host.host == host
}

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;
