//! A host that misbehaves on purpose: raw TCP, so that it can cut, stall and lie in ways no HTTP library would.
//!
//! It does one act for each connection, in order; the last act is repeated. What it was sent is kept for the test to
//! look at. Nothing here waits for a time: an act that hangs hangs until the host is dropped.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// What the host does with one connection.
#[derive(Debug, Clone)]
pub enum Act {
    /// Reads the whole request, writes these bytes and closes.
    Answer(Vec<u8>),
    /// Reads the head alone, writes these bytes and closes, with the body unread.
    AnswerEarly(Vec<u8>),
    /// Reads so many bytes of the body and resets the connection.
    CutAfter(u64),
    /// Reads the whole request and closes without a word.
    Close,
    /// Takes the connection and reads nothing.
    ReadNothing,
    /// Reads the head and so many bytes of the body, and then no more.
    StallAfter(u64),
    /// Reads the whole request and answers nothing.
    SayNothing,
    /// Writes these bytes after the request and then neither writes nor closes.
    AnswerThenHang(Vec<u8>),
    /// Reads the whole request, pausing after each `piece` bytes, counts the body without keeping it, then answers.
    ReadSlowly { piece: usize, pause: std::time::Duration, answer: Vec<u8> },
    /// Counts the body without keeping it, then answers.
    Count(Vec<u8>),
}

/// A request as it came over the wire.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Request line and headers, as they came.
    pub head: String,
    pub body: Vec<u8>,
    /// Bytes of the body that came, kept or not.
    pub length: u64,
    /// The body came as long as its Content-Length says.
    pub whole: bool,
}

impl Seen {
    /// Values of a header, in whatever case its name is written.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).collect()
    }

    pub fn request_line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }
}

/// A running host. Stops when dropped.
pub struct Host {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    acts: Mutex<Vec<Act>>,
    seen: Mutex<Vec<Seen>>,
    /// Connections that hang.
    held: Mutex<Vec<TcpStream>>,
    stopped: AtomicBool,
    done: Sender<()>,
    finished: Mutex<Receiver<()>>,
}

impl Host {
    pub fn start(acts: impl Into<Vec<Act>>) -> Self {
        Self::at("127.0.0.1:0", acts)
    }

    /// At an address of one's own choice.
    pub fn at(address: &str, acts: impl Into<Vec<Act>>) -> Self {
        let listener = TcpListener::bind(address).expect("a port");
        let address = listener.local_addr().expect("an address");
        let (done, finished) = channel();
        let shared = Arc::new(Shared {
            acts: Mutex::new(acts.into()),
            seen: Mutex::default(),
            held: Mutex::default(),
            stopped: AtomicBool::new(false),
            done,
            finished: Mutex::new(finished),
        });
        let served = Arc::clone(&shared);
        let thread = thread::Builder::new().name("host".to_owned()).spawn(move || serve(&listener, &served));
        Self { address, shared, thread: Some(thread.expect("a thread")) }
    }

    /// One answer to everything.
    pub fn answering(answer: Vec<u8>) -> Self {
        Self::start([Act::Answer(answer)])
    }

    /// Acts from now on, for answers that name the host's own address.
    pub fn act(&self, acts: impl Into<Vec<Act>>) {
        *lock(&self.shared.acts) = acts.into();
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Requests of which at least the head came, in order.
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.shared.seen).clone()
    }

    /// Waits until the host is through with one more connection, however it ended.
    pub fn wait_for_one(&self) {
        lock(&self.shared.finished).recv().expect("the host runs");
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(self.address);
        for stream in lock(&self.shared.held).drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// An address on which nobody listens.
pub fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

/// An answer with its length; `head` are more headers, each with its line end.
pub fn answer(status: u16, head: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status} Said\r\nContent-Length: {}\r\n{head}\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

pub fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, "Content-Type: application/json\r\n", body)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(listener: &TcpListener, shared: &Arc<Shared>) {
    for (index, stream) in listener.incoming().enumerate() {
        if shared.stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        let spawned = thread::Builder::new().name(format!("host {index}")).spawn(move || {
            let act = {
                let acts = lock(&shared.acts);
                acts.get(index).or(acts.last()).cloned().expect("at least one act")
            };
            // A client that goes away in the middle is part of the tests.
            let _ = perform(act, stream, &shared);
            let _ = shared.done.send(());
        });
        spawned.expect("a thread");
    }
}

fn perform(act: Act, mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    if matches!(act, Act::ReadNothing) {
        lock(&shared.held).push(stream);
        return Ok(());
    }
    let (head, mut rest) = read_head(&mut stream)?;
    let seen = Seen { head, ..Seen::default() };
    let length = seen.header("content-length").first().and_then(|text| text.parse().ok()).unwrap_or(0);
    let (most, keep) = match &act {
        Act::AnswerEarly(_) => (0, true),
        Act::CutAfter(bytes) | Act::StallAfter(bytes) => (length.min(*bytes), false),
        Act::ReadSlowly { .. } | Act::Count(_) => (length, false),
        _ => (length, true),
    };
    let slot = {
        let mut all = lock(&shared.seen);
        all.push(seen);
        all.len() - 1
    };
    let (piece, pause) = match &act {
        Act::ReadSlowly { piece, pause, .. } => (*piece, Some(*pause)),
        _ => (64 * 1024, None),
    };
    let mut block = vec![0; piece];
    let mut count = 0;
    while count < most {
        let read = if rest.is_empty() { stream.read(&mut block)? } else { rest.len() };
        if read == 0 {
            break;
        }
        let bytes = if rest.is_empty() { &block[..read] } else { &rest[..] };
        count += read as u64;
        let mut all = lock(&shared.seen);
        all[slot].length = count;
        all[slot].whole = count == length;
        if keep {
            all[slot].body.extend_from_slice(bytes);
        }
        drop(all);
        rest.clear();
        if let Some(pause) = pause
            && (count / piece as u64) > (count - read as u64) / piece as u64
        {
            thread::sleep(pause);
        }
    }
    lock(&shared.seen)[slot].whole |= length == 0;
    end(act, stream, shared)
}

fn end(act: Act, mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    match act {
        Act::Answer(bytes) | Act::Count(bytes) | Act::ReadSlowly { answer: bytes, .. } => {
            stream.write_all(&bytes)?;
            stream.shutdown(Shutdown::Write)?;
            drain(&mut stream)
        }
        Act::AnswerEarly(bytes) => {
            stream.write_all(&bytes)?;
            // Left unread on purpose; closing now would take the answer away with a reset.
            lock(&shared.held).push(stream);
            Ok(())
        }
        Act::AnswerThenHang(bytes) => {
            stream.write_all(&bytes)?;
            lock(&shared.held).push(stream);
            Ok(())
        }
        // Closing with bytes unread is a reset.
        Act::CutAfter(_) | Act::Close => Ok(()),
        Act::StallAfter(_) | Act::SayNothing | Act::ReadNothing => {
            lock(&shared.held).push(stream);
            Ok(())
        }
    }
}

/// Reads up to the empty line. What came of the body with it is returned beside.
fn read_head(stream: &mut TcpStream) -> std::io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut block = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let rest = bytes.split_off(end + 4);
            return Ok((String::from_utf8_lossy(&bytes).into_owned(), rest));
        }
        let read = stream.read(&mut block)?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&block[..read]);
    }
}

/// Waits for the other side to close, so that nothing of the answer is lost to a reset.
fn drain(stream: &mut TcpStream) -> std::io::Result<()> {
    let mut block = [0; 4096];
    while stream.read(&mut block)? > 0 {}
    Ok(())
}
