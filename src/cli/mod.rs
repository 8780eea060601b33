//! The same engine without a window: for scripts, servers and tests.
//!
//! Reads arguments, runs one command and turns its end into an exit code. Opens no window and decides no rule.

mod args;
mod exit;
mod generate;
mod inspect;
mod rehearsal;
mod report;
mod resume;
mod tasks;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use tokio::runtime::Runtime;

pub use args::{Arguments, Subcommand};
pub use exit::Exit;

use crate::domain::failure::Failure;
use crate::domain::settings::Language;
use crate::jobs::World;
use crate::services::keychain::Keychain;
use crate::services::library::Folders;
use crate::services::library::settings::{self, Loaded};
use crate::services::picker::Picker;
use crate::words;

/// What the arguments ask for: a window, or an exit code of a command that has run.
pub enum Asked {
    Window { data_dir: Option<PathBuf>, base_url: Option<String>, pictures: Vec<PathBuf> },
    Done(ExitCode),
}

/// Reads the arguments and runs the subcommand, where there is one.
#[must_use]
pub fn run(arguments: Vec<std::ffi::OsString>, runtime: &Runtime) -> Asked {
    let wants_json = arguments.iter().any(|argument| argument == "--json");
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return Asked::Done(misread(&error, wants_json)),
    };
    let Arguments { data_dir, base_url, pictures, command } = arguments;
    let place = Place { data_dir, base_url };
    words::choose(place.language());
    let exit = match command {
        None if pictures.iter().any(|picture| is_mistyped(picture)) => {
            let wrong = pictures.iter().filter(|picture| is_mistyped(picture));
            let name = |word: &PathBuf| words!("cli-mistyped", name = word.display().to_string());
            report::invalid(wants_json, &wrong.map(name).collect::<Vec<_>>(), &words!("cli-see-help"));
            Exit::BadInput
        }
        None => return Asked::Window { data_dir: place.data_dir, base_url: place.base_url, pictures },
        Some(Subcommand::Generate(arguments)) => runtime.block_on(generate::run(place, *arguments)),
        Some(Subcommand::Resume { json }) => runtime.block_on(resume::run(place, json)),
        Some(Subcommand::Tasks { json }) => tasks::run(place, json),
        Some(Subcommand::Inspect(arguments)) => inspect::run(&arguments),
        Some(Subcommand::Rehearsal { port }) => runtime.block_on(rehearsal::run(place, port)),
    };
    Asked::Done(exit.into())
}

/// Whether a word is a command that does not exist rather than a picture: nothing has that name, and it has nothing of
/// a path.
fn is_mistyped(word: &Path) -> bool {
    !word.exists() && !word.to_string_lossy().contains(['/', '\\', '.'])
}

/// Help and version are no mistakes; everything else is bad input, in the form that was asked for.
fn misread(error: &clap::Error, wants_json: bool) -> ExitCode {
    if error.use_stderr() && wants_json {
        let text = error.to_string();
        // The names of what is missing stand on lines of their own, before the usage.
        let lines = text.trim_start_matches("error: ").lines().map(str::trim);
        let reason = lines.take_while(|line| !line.starts_with("Usage:")).filter(|line| !line.is_empty());
        report::invalid(true, &[reason.collect::<Vec<_>>().join(" ")], &words!("cli-see-generate-help"));
        return Exit::BadInput.into();
    }
    // Nobody is left to tell where even this cannot be printed.
    let _ = error.print();
    if error.use_stderr() { Exit::BadInput.into() } else { ExitCode::SUCCESS }
}

/// Which library, and which address of the host.
pub(crate) struct Place {
    data_dir: Option<PathBuf>,
    base_url: Option<String>,
}

impl Place {
    /// What the settings of the library say; the system's where there are none yet.
    fn language(&self) -> Language {
        let folders = Folders::resolve(self.data_dir.clone());
        folders.map(|folders| settings::load(&folders.settings()).settings.language).unwrap_or_default()
    }

    fn open(self) -> Result<(Arc<World>, Loaded), Failure> {
        let (world, loaded) =
            World::open(self.data_dir, self.base_url, Keychain::os(), Picker::Native).map_err(Failure::from)?;
        loaded.warnings.iter().for_each(|warning| note(warning));
        if let Some(aside) = world.library.set_aside() {
            note(&aside.to_string());
        }
        Ok((Arc::new(world), loaded))
    }
}

/// Prints a line; a closed pipe ends the output and nothing else.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Prints a line for people, beside the output.
fn note(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
