//! One cell: a task at a host with one fault, followed by the program's own jobs, and taken up again from its library.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};
use std::task::Waker;
use std::thread::JoinHandle;
use std::time::Duration;

use inbetween::domain::draft::Order;
use inbetween::domain::failure::FailureKind;
use inbetween::domain::generation::{Generation, GenerationId, Status};
use inbetween::domain::price::Cents;
use inbetween::domain::spend::Consent;
use inbetween::jobs::generation::{self, Placed};
use inbetween::jobs::{Outbox, World};
use inbetween::services::api::Timeouts;
use inbetween::services::keychain::Keychain;
use inbetween::services::library::{Folders, Library};
use inbetween::services::picker::{Picker, Script as Picks};
use inbetween::state::Event;
use inbetween::state::money::Wish;

use crate::findings::Findings;
use crate::novita::{Asked, Fault, Host, Script, Step};
use crate::table::{Cell, End};

/// Never used up.
const LONG: Duration = Duration::from_secs(120);
/// Used up on purpose, at the step that hangs.
const SHORT: Duration = Duration::from_millis(250);
/// Between two looks at what has happened.
const LOOK: Duration = Duration::from_millis(5);

/// A computer with a library, and the host it asks.
struct Bench {
    cell: Cell,
    host: Arc<Host>,
    data: PathBuf,
    /// What was told to whoever watches.
    said: Arc<Mutex<String>>,
    /// A trouble was told.
    troubled: Arc<AtomicBool>,
}

/// Runs a cell to its end, and returns everything that is wrong with it.
pub async fn run(cell: Cell, order: Order) -> Findings {
    let folder = tempfile::tempdir().unwrap();
    let script = Script {
        post: cell.plan(Step::Post),
        poll: cell.plan(Step::Poll),
        download: cell.plan(Step::Download),
        etag: cell.etag,
        unfinished: 1,
        ..Script::default()
    };
    let bench = Bench {
        cell,
        host: Arc::new(Host::start(script)),
        data: folder.path().join("library"),
        said: Arc::default(),
        troubled: Arc::default(),
    };
    let mut findings = Findings::new(cell.to_string());
    let ran = tokio::time::timeout(LONG, bench.run(order, &mut findings)).await;
    findings.require(ran.is_ok(), "it never came to an end");
    findings.secrets(&bench.said.lock().unwrap());
    findings
}

impl Bench {
    async fn run(&self, order: Order, findings: &mut Findings) {
        let id = self.first_run(order).await;
        let first = self.look(findings);
        findings.require(first.len() == 1 && first[0].id == id, "there is one row, and it is the one that was placed");
        let status = &first[0].status;
        findings.require(self.is_expected(status), &format!("at first it was {}", status.name()));
        let posts = self.host.posts();

        self.host.heal();
        self.second_run().await;
        let second = self.look(findings);
        let status = &second[0].status;
        findings.require(self.is_expected_at_last(status), &format!("at last it was {}", status.name()));
        if self.cell.end != End::NotSent && !(self.cell.end == End::Tried && self.cell.step == Step::Post) {
            findings.require(self.host.posts() == posts, "the second run sent something");
        }
        let accepted: usize = self.host.accepted().values().sum();
        match status {
            Status::Done | Status::Failed(_) => findings.require(accepted == 1, "it was not bought once"),
            Status::Refused(_) => findings.require(accepted == 0, "what was refused was bought"),
            _ => {}
        }
        let breaches = self.host.breaches();
        findings.require(breaches.is_empty(), &format!("the contract was broken: {breaches:?}"));
    }

    /// Orders, and follows the task until it ends or the fault was met often enough.
    async fn first_run(&self, order: Order) -> GenerationId {
        let world = self.open(self.timeouts());
        let (out, inbox) = Outbox::new(Waker::noop().clone());
        let listener = self.listen(inbox);
        let wish = Wish::Order { order: Box::new(order), host: "novita".to_owned(), each: Some(Cents(12)) };
        let placed = generation::place(&world, &wish, Consent::default(), &out).await.unwrap();
        let Placed::Stored(ids) = placed else { panic!("it was held: {placed:?}") };
        let id = ids[0].clone();
        let mut task = self.follow(&world, &id, &out);
        tokio::select! {
            ended = &mut task => ended.unwrap(),
            () = self.meets_the_fault(), if self.cell.end == End::Tried => {
                task.abort();
                let _ = task.await;
            }
        }
        drop(out);
        closed(world).await;
        listener.join().unwrap();
        id
    }

    /// Takes up what is unfinished, as `inbetween resume` does.
    async fn second_run(&self) {
        let world = self.open(patient());
        let (out, inbox) = Outbox::new(Waker::noop().clone());
        let listener = self.listen(inbox);
        for Generation { id, .. } in world.library.unfinished().unwrap() {
            self.follow(&world, &id, &out).await.unwrap();
        }
        drop(out);
        closed(world).await;
        listener.join().unwrap();
    }

    fn open(&self, timeouts: Timeouts) -> Arc<World> {
        let picker = Picker::Scripted(Picks::default());
        let opened = World::open(Some(self.data.clone()), Some(self.host.url()), Keychain::memory(), picker);
        Arc::new(opened.unwrap().0.with_timeouts(timeouts))
    }

    fn follow(&self, world: &Arc<World>, id: &GenerationId, out: &Outbox) -> tokio::task::JoinHandle<()> {
        let (world, id, out, said) = (Arc::clone(world), id.clone(), out.clone(), Arc::clone(&self.said));
        tokio::spawn(async move {
            let ended = generation::follow(&world, &id, generation::Sends::Orders, &out).await;
            writeln!(said.lock().unwrap(), "{ended:?}").unwrap();
        })
    }

    /// Writes down what is told, and lets the host come back once somebody was told that it is away.
    fn listen(&self, inbox: Receiver<Event>) -> JoinHandle<()> {
        let (said, troubled, host) = (Arc::clone(&self.said), Arc::clone(&self.troubled), Arc::clone(&self.host));
        let mut is_away = self.cell.comes_back();
        let spawned = std::thread::Builder::new().name("listener".to_owned()).spawn(move || {
            for event in &inbox {
                writeln!(said.lock().unwrap(), "{event:?}").unwrap();
                let Event::Changed(generation) = event else { continue };
                let Some(notice) = generation.notice else { continue };
                troubled.store(true, Ordering::SeqCst);
                if is_away && notice.kind == FailureKind::Network {
                    is_away = false;
                    host.come_back();
                }
            }
        });
        spawned.unwrap()
    }

    /// Until the fault was met so often that whatever is going to be tried was tried.
    async fn meets_the_fault(&self) {
        let is_told = match self.cell.fault {
            Fault::Refused => true,
            // Said between two requests, so that none of them is cut off.
            Fault::SlowDown(_) if self.cell.step == Step::Post => true,
            // The next one would come two minutes later.
            Fault::SlowDown(Asked::Absurd) => self.cell.step == Step::Poll,
            _ => false,
        };
        let enough = if self.cell.step == Step::Download { 5 } else { 2 };
        let is_met = || {
            if is_told { self.troubled.load(Ordering::SeqCst) } else { self.host.spoilt(self.cell.step) >= enough }
        };
        while !is_met() {
            tokio::time::sleep(LOOK).await;
        }
    }

    fn timeouts(&self) -> Timeouts {
        let limit = |step| {
            let plan = self.cell.plan(step);
            let hangs = matches!(plan.fault(), Some(Fault::Hang | Fault::Stall));
            if hangs { SHORT } else { LONG }
        };
        let (answer, poll, download_stall) = (limit(Step::Post), limit(Step::Poll), limit(Step::Download));
        Timeouts { answer, poll, download_stall, ..patient() }
    }

    fn is_expected(&self, status: &Status) -> bool {
        match self.cell.end {
            End::Tried if self.cell.step == Step::Post => *status == Status::NotSent,
            End::Tried => status.is_accepted(),
            End::NotSent => *status == Status::NotSent,
            _ => self.is_expected_at_last(status),
        }
    }

    fn is_expected_at_last(&self, status: &Status) -> bool {
        match self.cell.end {
            End::Done | End::NotSent | End::Tried => *status == Status::Done,
            End::Unknown => matches!(status, Status::Unknown(_)),
            End::Refused => matches!(status, Status::Refused(_)),
            End::Failed => matches!(status, Status::Failed(_)),
        }
    }

    /// Looks at everything that is kept while nothing runs, and returns the rows.
    fn look(&self, findings: &mut Findings) -> Vec<Generation> {
        findings.files(&self.data);
        let folders = Folders::resolve(Some(self.data.clone())).unwrap();
        let clips = folders.clips().to_path_buf();
        let rows = Library::open(folders).unwrap().all().unwrap();
        findings.money(&self.host, &rows);
        findings.clips(&self.host, &clips, &rows);
        rows
    }
}

/// Waits until nothing holds the world any more, and the library's rows with it.
async fn closed(world: Arc<World>) {
    let world = {
        let weak = Arc::downgrade(&world);
        drop(world);
        weak
    };
    while world.strong_count() > 0 {
        tokio::time::sleep(LOOK).await;
    }
}

fn patient() -> Timeouts {
    Timeouts {
        connect: LONG,
        upload_stall: LONG,
        answer: LONG,
        poll: LONG,
        download_stall: LONG,
        download_pause: Duration::from_millis(1),
    }
}
