//! A host that speaks Novita's contract, remembers what it was asked, and misbehaves by plan.
//!
//! Raw TCP, so that it can cut, stall and lie at the byte. It makes a task of every request that came whole, answers
//! after it as the contract says, and serves a real clip. A [`Plan`] spoils one step, for the first requests or for all.
//! What was accepted, told, asked and fetched is counted; the counts are the proof that nothing is paid for twice.
//!
//! Nothing here waits for a time but where a plan says so: what hangs hangs until the host is dropped.

mod answers;
mod connection;
mod fault;
mod ledger;
mod request;

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Handle, Runtime};
use tokio::task::JoinHandle;

pub use fault::{Asked, Fault, Plan, Step};
pub use ledger::{Task, Told};

use ledger::Ledger;

/// Stands in the query of every clip's address, and may stand nowhere else.
pub const SIGNATURE: &str = "f00dfacecafe0123456789abcdefsigned";

/// Connections that may wait at the door.
const BACKLOG: u32 = 256;

/// How the host behaves.
#[derive(Debug, Clone)]
pub struct Script {
    pub post: Plan,
    pub poll: Plan,
    pub download: Plan,
    pub writing: Writing,
    /// Good answers that say a task is unfinished, before the one that says it is done.
    pub unfinished: u32,
    /// Whether the clip has a strong `ETag`, so that a broken download may go on.
    pub etag: bool,
    pub clip: Vec<u8>,
    /// Errors say the client's key and a signed address back to it.
    pub echoes: bool,
    /// Where a step is [`Fault::Refused`], the host comes back by itself after so long.
    pub away: Option<Duration>,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            post: Plan::NONE,
            poll: Plan::NONE,
            download: Plan::NONE,
            writing: Writing::default(),
            unfinished: 2,
            etag: true,
            clip: include_bytes!("../../fixtures/main-b.mp4").to_vec(),
            echoes: false,
            away: None,
        }
    }
}

/// How answers are written: in pieces of so many bytes with a pause after each, or at once where `piece` is 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Writing {
    pub piece: usize,
    pub pause: Duration,
}

/// A running host. Ends when dropped, and every connection with it.
pub struct Host {
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
}

struct Shared {
    address: SocketAddr,
    script: Script,
    /// What is left of each plan.
    plans: Mutex<[Plan; 3]>,
    ledger: Mutex<Ledger>,
    /// What errors say beside what they are about.
    echo: Mutex<String>,
    door: tokio::sync::Mutex<Door>,
}

/// Whether anybody listens. A closed door keeps its port, so that nobody else gets it meanwhile.
enum Door {
    Open(JoinHandle<()>),
    Closed(TcpSocket),
    Gone,
}

impl Host {
    /// At a free port of this computer.
    pub fn start(script: Script) -> Self {
        Self::at(0, script).expect("a port")
    }

    /// At a port of one's own choice; 0 takes a free one.
    pub fn at(port: u16, script: Script) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(1)
            .thread_name("novita")
            .enable_all()
            .build()?;
        let handle = runtime.handle().clone();
        let shared = off_runtime(&handle, async move {
            let socket = bound(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
            let plans = Mutex::new([script.post, script.poll, script.download]);
            let address = socket.local_addr()?;
            let door = tokio::sync::Mutex::new(Door::Closed(socket));
            let shared =
                Arc::new(Shared { address, script, plans, ledger: Mutex::default(), echo: Mutex::default(), door });
            if shared.is_due(Step::Post, Fault::Refused) {
                shared.come_back_later();
            } else {
                shared.open().await?;
            }
            io::Result::Ok(shared)
        })?;
        Ok(Self { shared, runtime: Some(runtime) })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The clip of every task, byte for byte.
    pub fn clip(&self) -> &[u8] {
        &self.shared.script.clip
    }

    /// Requests for a task that began to arrive, whole or not, refused or not.
    pub fn posts(&self) -> usize {
        self.shared.ledger().posts
    }

    /// How many tasks were made of each body, by the body's SHA-256 in hexadecimal. A request that came whole made one,
    /// whatever was answered, unless the answer said that it did not.
    pub fn accepted(&self) -> BTreeMap<String, usize> {
        let mut count = BTreeMap::new();
        for task in &self.shared.ledger().tasks {
            *count.entry(task.body_sha256.clone()).or_default() += 1;
        }
        count
    }

    /// Every task that was made, in order, and whether its id was told.
    pub fn tasks(&self) -> Vec<Task> {
        self.shared.ledger().tasks.clone()
    }

    /// Ids whose answer was written to its last byte.
    pub fn told_whole(&self) -> Vec<String> {
        self.tasks().into_iter().filter(|task| task.told == Told::Whole).map(|task| task.id).collect()
    }

    /// Requests of a step that its plan has spoilt so far.
    pub fn spoilt(&self, step: Step) -> usize {
        self.shared.ledger().spoilt[step as usize]
    }

    /// What a client did that the contract does not allow: a missing key, a key sent along with a signed address.
    pub fn breaches(&self) -> Vec<String> {
        self.shared.ledger().breaches.clone()
    }

    /// Ends every plan: from now on the host behaves. What hangs goes on hanging.
    pub fn heal(&self) {
        *lock(&self.shared.plans) = [Plan::NONE; 3];
        self.come_back();
    }

    /// Ends one time of [`Fault::Refused`]: listens again.
    pub fn come_back(&self) {
        let shared = Arc::clone(&self.shared);
        off_runtime(self.handle(), async move { shared.come_back().await }).expect("the port is still ours");
    }

    fn handle(&self) -> &Handle {
        self.runtime.as_ref().expect("it runs until it is dropped").handle()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Not waited for: a host may be dropped where nothing may block.
            runtime.shutdown_background();
        }
    }
}

/// Runs `work` on the host's runtime and waits for it, whichever runtime this thread belongs to.
fn off_runtime<T: Send + 'static>(handle: &Handle, work: impl Future<Output = T> + Send + 'static) -> T {
    let (sender, done) = std::sync::mpsc::sync_channel(1);
    handle.spawn(async move {
        let _ = sender.send(work.await);
    });
    done.recv().expect("the host runs")
}

fn bound(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

impl Shared {
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        lock(&self.ledger)
    }

    /// The fault of the next request of this step, which is then used up.
    fn take_fault(&self, step: Step) -> Option<Fault> {
        let fault = lock(&self.plans)[step as usize].take()?;
        self.ledger().spoilt[step as usize] += 1;
        Some(fault)
    }

    fn is_due(&self, step: Step, fault: Fault) -> bool {
        lock(&self.plans)[step as usize].due() == Some(fault)
    }

    async fn open(self: &Arc<Self>) -> io::Result<()> {
        let mut door = self.door.lock().await;
        match std::mem::replace(&mut *door, Door::Gone) {
            Door::Closed(socket) => {
                let listener = socket.listen(BACKLOG)?;
                *door = Door::Open(tokio::spawn(welcome(listener, Arc::clone(self))));
            }
            other => *door = other,
        }
        Ok(())
    }

    /// Stops listening. Once this returns, whoever connects is refused.
    async fn close(self: &Arc<Self>) -> io::Result<()> {
        let mut door = self.door.lock().await;
        match std::mem::replace(&mut *door, Door::Gone) {
            Door::Open(listening) => {
                listening.abort();
                // The listener goes with its task.
                let _ = listening.await;
                *door = Door::Closed(bound(self.address)?);
                self.come_back_later();
            }
            other => *door = other,
        }
        Ok(())
    }

    /// Closes the door where the next step is to be refused.
    async fn close_before(self: &Arc<Self>, step: Step) -> io::Result<()> {
        if self.is_due(step, Fault::Refused) { self.close().await } else { Ok(()) }
    }

    async fn come_back(self: &Arc<Self>) -> io::Result<()> {
        for step in Step::ALL {
            if self.is_due(step, Fault::Refused) && matches!(*self.door.lock().await, Door::Closed(_)) {
                self.take_fault(step);
                break;
            }
        }
        self.open().await
    }

    fn come_back_later(self: &Arc<Self>) {
        let Some(away) = self.script.away else { return };
        let shared = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(away).await;
            let _ = shared.come_back().await;
        });
    }
}

async fn welcome(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(&shared);
        // A client that goes away in the middle is part of the tests.
        tokio::spawn(async move { connection::serve(stream, &shared).await });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
