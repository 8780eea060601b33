//! One connection: a request, and what the plan makes of its answer.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::fault::{Fault, Step};
use super::ledger::Told;
use super::request::Request;
use super::{SIGNATURE, Shared, Writing, answers, lock};

const SUBMIT: &str = "/v3/async/seedance-v1-pro-i2v";
const TASK_RESULT: &str = "/v3/async/task-result";
const BALANCE: &str = "/openapi/v1/billing/balance/detail";

/// In 1/10000 US dollars.
const BEGINNING_BALANCE: i64 = 184_200;
const COST: i64 = 1_200;

/// Of [`Fault::Slow`].
const PAUSE: Duration = Duration::from_millis(1);
const SLOWLY: Writing = Writing { piece: 48, pause: PAUSE };

pub(super) async fn serve(mut stream: TcpStream, shared: &Arc<Shared>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let request = Request::read(&mut stream).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", SUBMIT) => post(stream, request, shared).await,
        ("GET", TASK_RESULT) => poll(stream, request, shared).await,
        ("GET", BALANCE) => {
            check_key(&request, shared);
            let tasks = i64::try_from(shared.ledger().tasks.len()).unwrap_or(i64::MAX);
            say(&mut stream, &answers::balance(BEGINNING_BALANCE - COST * tasks), shared.script.writing).await?;
            leave(stream).await
        }
        ("GET", path) if path.starts_with("/clips/") => download(stream, request, shared).await,
        (method, path) => {
            shared.ledger().breach(&format!("{method} {path} is no part of the contract"));
            say(&mut stream, &answers::error(404, "API_NOT_FOUND", ""), Writing::default()).await?;
            leave(stream).await
        }
    }
}

async fn post(mut stream: TcpStream, request: Request, shared: &Arc<Shared>) -> io::Result<()> {
    shared.ledger().posts += 1;
    check_key(&request, shared);
    if request.header("content-length").is_none() {
        shared.ledger().breach("a submit without a length");
    }
    let fault = shared.take_fault(Step::Post);
    if let Some(Fault::CutRequest(percent)) = fault {
        request.body(&mut stream, share(request.length(), percent), Duration::ZERO).await?;
        return reset(&stream);
    }
    let pause = if fault == Some(Fault::Slow) { PAUSE } else { Duration::ZERO };
    let Some(body_sha256) = request.body(&mut stream, request.length(), pause).await? else { return Ok(()) };
    if fault.is_some_and(Fault::refuses_a_task) {
        return answer(stream, &shared.instead(fault).unwrap_or_default(), fault, shared).await.map(drop);
    }
    // From here on it may be charged, whatever becomes of the answer.
    let id = shared.ledger().accept(body_sha256, fault == Some(Fault::NumbersAsStrings));
    let lost = shared.instead(fault);
    let tells = lost.is_none() && fault != Some(Fault::TruncatedJson);
    let bytes = lost.unwrap_or_else(|| answers::spoilt(&answers::accepted(&id, fault), fault));
    if tells {
        shared.close_before(Step::Poll).await?;
    }
    if !matches!(fault, Some(Fault::Reset | Fault::Hang)) {
        shared.ledger().told(&id, Told::Partly);
    }
    if answer(stream, &bytes, fault, shared).await? && tells {
        shared.ledger().told(&id, Told::Whole);
    }
    Ok(())
}

async fn poll(stream: TcpStream, request: Request, shared: &Arc<Shared>) -> io::Result<()> {
    check_key(&request, shared);
    let id = request.parameter("task_id").unwrap_or_default().to_owned();
    let fault = shared.take_fault(Step::Poll);
    // Only what was said well counts.
    let is_good = fault.is_none_or(|fault| !is_broken(fault));
    let Some(asked) = shared.ledger().asked(&id, is_good) else {
        return answer(stream, &answers::error(404, "TASK_NOT_FOUND", ""), None, shared).await.map(drop);
    };
    let is_done = asked >= shared.script.unfinished;
    let bytes = shared.instead(fault).unwrap_or_else(|| {
        let address =
            format!("http://{}/clips/{id}.mp4?X-Amz-Expires=3600&X-Amz-Signature={SIGNATURE}", shared.address);
        let address = Some(address.as_str()).filter(|_| is_done);
        answers::spoilt(&answers::report(&id, asked, address, fault, &lock(&shared.echo)), fault)
    });
    if is_done && fault.is_none() {
        shared.close_before(Step::Download).await?;
    }
    answer(stream, &bytes, fault, shared).await.map(drop)
}

async fn download(stream: TcpStream, request: Request, shared: &Arc<Shared>) -> io::Result<()> {
    let fault = shared.take_fault(Step::Download);
    let id = request.path.trim_start_matches("/clips/").trim_end_matches(".mp4").to_owned();
    {
        let mut ledger = shared.ledger();
        match ledger.task(&id) {
            Some(task) => task.downloads += 1,
            None => ledger.breach("a clip of a task that was never made"),
        }
        if request.header("authorization").is_some() {
            ledger.breach("the key was sent to a signed address");
        }
        if request.parameter("X-Amz-Signature") != Some(SIGNATURE) {
            ledger.breach("a clip was asked for without its signature");
        }
    }
    let clip = &shared.script.clip;
    let bytes = match fault {
        Some(
            fault @ (Fault::TruncatedJson
            | Fault::NullArrays
            | Fault::NumbersAsStrings
            | Fault::ProgressZero
            | Fault::TtlZero
            | Fault::UnknownStatus
            | Fault::NoVideo
            | Fault::Failed),
        ) => answers::spoilt(&answers::report(&id, 1, None, Some(fault), ""), Some(fault)),
        fault => shared.instead(fault).unwrap_or_else(|| {
            let start =
                request.header("range").and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
            let same = request.header("if-range").is_none_or(|etag| shared.script.etag && etag == "\"clip-1\"");
            answers::clip(clip, start.filter(|start| same && *start < clip.len()), shared.script.etag, fault)
        }),
    };
    answer(stream, &bytes, fault, shared).await.map(drop)
}

/// Whether a client cannot take an answer with this fault for one that says how far a task is.
fn is_broken(fault: Fault) -> bool {
    !matches!(
        fault,
        Fault::Slow
            | Fault::ContentType
            | Fault::NullArrays
            | Fault::NumbersAsStrings
            | Fault::ProgressZero
            | Fault::TtlZero
    )
}

/// Writes an answer as the fault has it, and ends the connection or holds it. True where all of it was written.
async fn answer(mut stream: TcpStream, bytes: &[u8], fault: Option<Fault>, shared: &Shared) -> io::Result<bool> {
    let writing = shared.script.writing;
    match fault {
        Some(Fault::Reset) => reset(&stream).map(|()| false),
        Some(Fault::Hang) => hold(stream).await,
        Some(Fault::Stall) => {
            say(&mut stream, &bytes[..bytes.len() / 2], writing).await?;
            hold(stream).await
        }
        Some(Fault::Cut(percent)) => {
            say(&mut stream, &bytes[..cut(bytes, percent)], writing).await?;
            leave(stream).await.map(|()| false)
        }
        Some(Fault::Slow) => {
            say(&mut stream, bytes, SLOWLY).await?;
            tokio::spawn(leave(stream));
            Ok(true)
        }
        _ => {
            say(&mut stream, bytes, writing).await?;
            // It is told from here on, whatever becomes of the closing.
            tokio::spawn(leave(stream));
            Ok(true)
        }
    }
}

/// Where an answer breaks off: within the body of a clip, anywhere in another.
fn cut(bytes: &[u8], percent: u8) -> usize {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(0, |end| end + 4);
    let is_clip = bytes[..head].windows(9).any(|window| window == b"video/mp4");
    let front = if is_clip { head } else { 0 };
    front + share((bytes.len() - front) as u64, percent) as usize
}

fn share(length: u64, percent: u8) -> u64 {
    length * u64::from(percent) / 100
}

async fn say(stream: &mut TcpStream, bytes: &[u8], writing: Writing) -> io::Result<()> {
    let piece = if writing.piece == 0 { bytes.len().max(1) } else { writing.piece };
    for piece in bytes.chunks(piece) {
        stream.write_all(piece).await?;
        stream.flush().await?;
        if writing.pause.is_zero() {
            tokio::task::yield_now().await;
        } else {
            tokio::time::sleep(writing.pause).await;
        }
    }
    Ok(())
}

/// Ends the connection so that nothing of the answer is lost to a reset.
async fn leave(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut block = [0; 4096];
    while stream.read(&mut block).await? > 0 {}
    Ok(())
}

/// The connection ends without a goodbye once it is dropped.
fn reset(stream: &TcpStream) -> io::Result<()> {
    stream.set_zero_linger()
}

/// Neither writes nor closes, until the host ends.
async fn hold<T>(stream: TcpStream) -> io::Result<T> {
    let _held = stream;
    std::future::pending().await
}

impl Shared {
    /// What a fault answers that does not depend on what was asked.
    fn instead(&self, fault: Option<Fault>) -> Option<Vec<u8>> {
        answers::instead(fault?, &lock(&self.echo))
    }
}

/// Wants a key, and keeps it to be said back where the script has it so.
fn check_key(request: &Request, shared: &Shared) {
    if let Some(key) = request.header("authorization").filter(|_| shared.script.echoes) {
        let address = format!("http://{}/clips/x.mp4?X-Amz-Signature={SIGNATURE}", shared.address);
        *lock(&shared.echo) = format!("to {key} at {address}, {}", key.trim_start_matches("Bearer "));
    }
    if !request.header("authorization").is_some_and(|value| value.starts_with("Bearer ")) {
        shared.ledger().breach("a question without a key");
    }
}
