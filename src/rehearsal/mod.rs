//! The host on this computer: the hosts' HTTP contract, answered for free with a real clip made of the two pictures.
//!
//! It lets the whole program be used without a key, and lets every part of it be tried as if it were paid for: a real
//! server on 127.0.0.1, refusals with the hosts' own reasons, a queue, and an H.264 clip of the contract's exact size
//! that starts on the first picture, ends on the last one and eases between them. Each clip carries a small tag that
//! says what it is.
//!
//! Rooms, from the outside in: [`Rehearsal`] decides which process hosts a library (`claim`, `endpoint`); `server`
//! owns the life of the host in this process; `routes` and `clips` answer, with `intake`, `fields`, `rules`, `source`
//! and `refusal` between a request and its answer; `picture`, `png` and `prepare` turn what was sent into what is
//! rendered; `jobs`, `store` and `worker` keep and do the work; `render` makes the file.
//!
//! It knows the model table and the limits of a picture from `domain`, and nothing else of the program. It is not
//! reachable from another computer and never will be.

mod claim;
mod clips;
mod endpoint;
mod fields;
mod intake;
mod jobs;
mod links;
mod picture;
mod png;
mod prepare;
mod private;
mod ranges;
mod refusal;
mod render;
mod routes;
mod rules;
mod server;
mod source;
mod store;
mod worker;

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

pub use self::endpoint::{Endpoint, Token};
pub use self::render::tag_area;
pub use self::server::Hosting;

use self::claim::Claim;

/// How long a host of another process may take to start or to go.
const PATIENCE: Duration = Duration::from_secs(5);
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Why there is no host to talk to.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    #[error("the Rehearsal folder cannot be used: {0}")]
    Folder(#[from] io::Error),
    #[error("port {port} cannot be used: {source}")]
    Port { port: u16, source: io::Error },
    /// Another process hosts this library.
    #[error("Rehearsal already runs for this library{}", at(.url.as_deref()))]
    AlreadyServed { url: Option<String> },
    #[error("another program hosts Rehearsal for this library and does not answer")]
    Silent,
}

fn at(url: Option<&str>) -> String {
    url.map(|url| format!(" at {url}")).unwrap_or_default()
}

/// The host of one library, run by this process or by another one.
#[derive(Debug)]
pub struct Rehearsal {
    dir: PathBuf,
    own: Mutex<Option<Hosting>>,
}

impl Rehearsal {
    /// `dir` is the library's folder for the host; it need not exist. Nothing is started yet.
    #[must_use]
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), own: Mutex::new(None) }
    }

    /// Where the library's host listens, starting it in this process if no process runs it.
    ///
    /// Cheap; to be asked before every request, since the process that runs the host may end at any time. The first
    /// ask that finds nobody takes the library over, and its jobs go on. Has to be called inside a tokio runtime,
    /// which the server then lives on.
    pub async fn endpoint(&self) -> Result<Endpoint, RehearsalError> {
        let mut own = self.own.lock().await;
        if let Some(hosting) = own.as_ref().filter(|hosting| hosting.is_running()) {
            return Ok(hosting.endpoint().clone());
        }
        *own = None;
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(claim) = Claim::take(&self.dir)? {
                let hosting = Hosting::start(&self.dir, 0, claim).await?;
                return Ok(own.insert(hosting).endpoint().clone());
            }
            // A host that is just starting has published nothing, or left over what a dead one had.
            if let Some(endpoint) = Endpoint::published(&self.dir)
                && endpoint.is_open().await
            {
                return Ok(endpoint);
            }
            if Instant::now() > deadline {
                return Err(RehearsalError::Silent);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Hosts the library in this process on a port of the caller's choice; 0 is any free one.
    pub async fn serve(dir: &Path, port: u16) -> Result<Hosting, RehearsalError> {
        match Claim::take(dir)? {
            Some(claim) => Hosting::start(dir, port, claim).await,
            None => Err(RehearsalError::AlreadyServed { url: Endpoint::published(dir).map(|host| host.base_url) }),
        }
    }
}

/// Bytes in lower-case hex.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
