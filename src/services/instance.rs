//! One window for each library: a second start hands its pictures to the first and ends.
//!
//! The window holds a lock, which the system lets go of however its process ends, and listens on this computer alone. Where
//! it listens stands in a file beside the lock that its user alone can read, with a word that a caller has to know.
//! Command line runs take no part: the library itself is safe among many processes.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::library::private;

/// How long a window that is just opening may take to say where it listens.
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// Longest message that is read; the system's limit of an argument list is below it.
const LONGEST: u64 = 4 * 1024 * 1024;

/// What became of a start.
#[derive(Debug)]
pub enum Start {
    /// This is the window of the library.
    First(Instance),
    /// The window that is open has taken the pictures.
    Handed,
}

/// The window of one library, for as long as it lives.
#[derive(Debug)]
pub struct Instance {
    /// Held, never read.
    _lock: File,
    listener: TcpListener,
    word: String,
}

/// Where a window listens.
#[derive(Serialize, Deserialize)]
struct Address {
    port: u16,
    word: String,
}

#[derive(Serialize, Deserialize)]
struct Message {
    word: String,
    pictures: Vec<OsString>,
}

const TAKEN: &str = "taken";

/// Becomes the window of the library whose locks are in `folder`, or hands `pictures` to the one there is.
///
/// # Errors
/// Where the folder cannot be used, or a window holds the lock and does not answer.
pub fn start(folder: &Path, pictures: &[PathBuf]) -> io::Result<Start> {
    private::create_folder(folder)?;
    let (lock_path, address_path) = (folder.join("window"), folder.join("window.json"));
    let begun = Instant::now();
    loop {
        let lock = private::open_lock(&lock_path)?;
        match lock.try_lock() {
            Ok(()) => return Instance::listening(lock, &address_path).map(Start::First),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {}
        }
        match hand_over(&address_path, pictures) {
            Ok(()) => return Ok(Start::Handed),
            // It is opening, or closing: soon it listens, or the lock is free.
            Err(error) if begun.elapsed() >= PATIENCE => return Err(error),
            Err(_) => std::thread::sleep(BETWEEN_TRIES),
        }
    }
}

fn hand_over(address: &Path, pictures: &[PathBuf]) -> io::Result<()> {
    let address: Address = serde_json::from_slice(&std::fs::read(address)?)?;
    let mut stream = TcpStream::connect_timeout(&here(address.port), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone()).into_os_string();
    let message = Message { word: address.word, pictures: pictures.iter().map(absolute).collect() };
    let mut line = serde_json::to_vec(&message)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer)?;
    if answer.trim() == TAKEN { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

fn here(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

impl Instance {
    fn listening(lock: File, address: &Path) -> io::Result<Self> {
        let listener = TcpListener::bind(here(0))?;
        let word = uuid::Uuid::new_v4().simple().to_string();
        let at = Address { port: listener.local_addr()?.port(), word: word.clone() };
        private::write(address, &serde_json::to_vec(&at)?)?;
        Ok(Self { _lock: lock, listener, word })
    }

    /// Calls `take` with the pictures of every later start, on a thread of its own, until it answers that nobody is there
    /// any more to take them. Such a start hears nothing, and tries to become the window itself.
    ///
    /// # Errors
    /// Where there can be no thread.
    pub fn listen(self, take: impl Fn(Vec<PathBuf>) -> bool + Send + 'static) -> io::Result<()> {
        let listening = move || {
            for stream in self.listener.incoming() {
                match stream.and_then(|stream| self.answer(stream, &take)) {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(error) => {
                        tracing::warn!(%error, "another start could not hand over its pictures");
                        // Too many open files, for one: trying at once would only try again.
                        std::thread::sleep(BETWEEN_TRIES);
                    }
                }
            }
        };
        std::thread::Builder::new().name("other starts".to_owned()).spawn(listening).map(|_| ())
    }

    fn answer(&self, mut stream: TcpStream, take: &impl Fn(Vec<PathBuf>) -> bool) -> io::Result<bool> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut line = String::new();
        BufReader::new(stream.try_clone()?.take(LONGEST)).read_line(&mut line)?;
        let message: Message = serde_json::from_str(&line)?;
        if message.word != self.word {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let taken = take(message.pictures.into_iter().map(PathBuf::from).collect());
        if taken {
            writeln!(stream, "{TAKEN}")?;
        }
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    fn first(folder: &Path) -> Instance {
        match start(folder, &[]).unwrap() {
            Start::First(instance) => instance,
            Start::Handed => panic!("there is no other window"),
        }
    }

    #[test]
    fn a_second_start_hands_its_pictures_to_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, taken) = channel();
        first(folder.path()).listen(move |pictures| sender.send(pictures).is_ok()).unwrap();
        for pictures in [vec![PathBuf::from("/photos/湖 1.png"), PathBuf::from("/photos/b.jpg")], Vec::new()] {
            assert!(matches!(start(folder.path(), &pictures).unwrap(), Start::Handed));
            assert_eq!(taken.recv().unwrap(), pictures);
        }
    }

    #[test]
    fn a_relative_name_is_one_of_the_second_starts_own_folder() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, taken) = channel();
        first(folder.path()).listen(move |pictures| sender.send(pictures).is_ok()).unwrap();
        start(folder.path(), &[PathBuf::from("a.png")]).unwrap();
        assert_eq!(taken.recv().unwrap(), [std::env::current_dir().unwrap().join("a.png")]);
    }

    #[test]
    fn a_window_that_ended_leaves_its_place_to_the_next() {
        let folder = tempfile::tempdir().unwrap();
        drop(first(folder.path()));
        drop(first(folder.path()));
    }

    #[test]
    fn a_window_that_is_closing_takes_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, taken) = channel();
        first(folder.path()).listen(move |pictures| sender.send(pictures).is_ok()).unwrap();
        drop(taken);
        // The first one hears that nobody takes the pictures, and lets go of its place.
        assert!(matches!(start(folder.path(), &[PathBuf::from("/a.png")]).unwrap(), Start::First(_)));
    }

    #[test]
    fn whoever_does_not_know_the_word_is_not_heard() {
        let folder = tempfile::tempdir().unwrap();
        let instance = first(folder.path());
        let port = instance.listener.local_addr().unwrap().port();
        let (sender, taken) = channel();
        instance.listen(move |pictures| sender.send(pictures).is_ok()).unwrap();
        let mut stream = TcpStream::connect(here(port)).unwrap();
        stream.write_all(b"{\"word\":\"guess\",\"pictures\":[]}\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert_eq!(answer, "");
        assert!(taken.try_recv().is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_arrives_as_it_is() {
        use std::os::unix::ffi::OsStringExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (sender, taken) = channel();
        first(folder.path()).listen(move |pictures| sender.send(pictures).is_ok()).unwrap();
        let odd = PathBuf::from(OsString::from_vec(b"/photos/\xff.png".to_vec()));
        start(folder.path(), std::slice::from_ref(&odd)).unwrap();
        assert_eq!(taken.recv().unwrap(), [odd]);
    }
}
