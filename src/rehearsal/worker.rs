//! The one thread that renders, a job at a time.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

use sha2::{Digest, Sha256};

use super::claim::Claim;
use super::jobs::Jobs;
use super::render::{RenderError, render};
use super::store::{Record, State};

/// Starts the thread. It ends when the jobs are closed, and keeps the library claimed until then.
pub(super) fn start(jobs: Arc<Jobs>, claim: Arc<Claim>) -> io::Result<JoinHandle<()>> {
    Builder::new().name("rehearsal-render".to_owned()).spawn(move || {
        while let Some((id, record)) = jobs.next() {
            // A fault in a codec ends its job, not the host.
            let outcome = catch_unwind(AssertUnwindSafe(|| work(&jobs, &id, &record)))
                .unwrap_or_else(|_| Err(RenderError::Encoder("it stopped unexpectedly".to_owned())));
            match outcome {
                Ok(sha256) => jobs.settle(&id, record, State::Done { sha256 }),
                Err(RenderError::Cancelled) => break,
                Err(error) => {
                    tracing::error!(%id, %error, "a job failed");
                    jobs.settle(&id, record, State::Failed { reason: format!("TASK_FAILED: {error}") });
                }
            }
        }
        drop(claim);
    })
}

/// Renders a job's clip and answers with its checksum.
fn work(jobs: &Jobs, id: &str, record: &Record) -> Result<String, RenderError> {
    let store = jobs.store();
    let pictures = store.pictures(id, record)?;
    render(record.script(), &pictures, store.part(id)?, jobs.closing(), &|frames| jobs.progress(id, frames))?;
    Ok(checksum(store.open_part(id)?)?)
}

/// SHA-256 of a file in lower-case hex.
fn checksum(mut file: File) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(super::hex(&hasher.finalize())),
            length => hasher.update(&piece[..length]),
        }
    }
}
