//! Programs that live as long as the test: started in a group of their own, and ended with everything they started.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::wait;

/// How long a program may take to go when asked, before it is made to.
const GRACE: Duration = Duration::from_secs(5);

/// Where programs lie that are not meant for the command line.
const LIBRARY_FOLDERS: [&str; 4] = ["/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib/xdg-desktop-portal", "/usr/lib"];

/// Finds a program on the PATH or among those that services are started from.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(LIBRARY_FOLDERS.map(PathBuf::from));
    folders.map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A running program. Dropping it ends it and its whole group.
pub struct Process {
    name: String,
    child: Child,
}

impl Process {
    /// Starts `program` with both outputs going to `log`, which is added to.
    pub fn start(program: &Path, log: &Path, set_up: impl FnOnce(&mut Command)) -> Self {
        let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
        // Should the test itself be killed, the kernel ends what it started.
        let mut command = Command::new("setpriv");
        command.args([OsStr::new("--pdeathsig"), OsStr::new("KILL"), OsStr::new("--"), program.as_os_str()]);
        let log = File::options().create(true).append(true).open(log).expect("the log can be written");
        let same = log.try_clone().expect("the log can be written twice");
        command.stdin(Stdio::null()).stdout(log).stderr(same).process_group(0);
        set_up(&mut command);
        let child = command.spawn().unwrap_or_else(|why| panic!("{name} does not start: {why}"));
        Self { name, child }
    }

    /// The child's pipes, where `set_up` asked for them.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Waits until the program ends by itself.
    ///
    /// # Errors
    /// When it is still running after `within`.
    pub fn wait(&mut self, within: Duration) -> Result<ExitStatus, String> {
        let Self { name, child } = self;
        wait::until(&format!("{name} to end"), within, || child.try_wait().expect("a child can be waited for"))
    }

    /// Whether it has ended, without waiting.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a child can be waited for")
    }

    /// Sends a signal to the program and all that it started.
    fn signal(&self, signal: &str) {
        send(signal, &format!("-{}", self.child.id()));
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal("TERM");
        if self.wait(GRACE).is_err() {
            self.signal("KILL");
        }
        // Whatever the program left behind in its group goes with it.
        self.signal("KILL");
        let _ = self.wait(GRACE);
    }
}

/// The shell's own `kill`, because the program of that name is not on every machine.
fn send(signal: &str, target: &str) {
    let line = format!("kill -s {signal} -- {target} 2>/dev/null");
    let _ = Command::new("sh").args(["-c", &line]).status();
}

/// Ends every process that was given `mark` in its environment, whoever started it.
pub fn sweep(mark: &str) {
    let Ok(entries) = fs::read_dir("/proc") else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(id) = name.to_str().and_then(|id| id.parse::<u32>().ok()) else { continue };
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        if id != std::process::id() && environment.split(|&byte| byte == 0).any(|pair| pair == mark.as_bytes()) {
            send("KILL", &id.to_string());
        }
    }
}

/// The lines of a pipe, read on a thread of their own so that waiting for one can have a deadline.
pub fn lines(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = mpsc::channel();
    let read = move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    };
    thread::Builder::new().name("lines".into()).spawn(read).expect("a thread can be started");
    receive
}
