//! Arguments, logging, runtime, and either a command or the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::io::Write;
use std::process::ExitCode;

use inbetween::app::{App, Launch};
use inbetween::cli::{self, Asked};
use inbetween::services::instance::Start;
use inbetween::services::keychain::Keychain;
use inbetween::services::picker::Picker;
use inbetween::words;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("INBETWEEN_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    // Calls it an error that a system without a language, "C", names none.
    let filter = filter.add_directive("i18n_embed::requester=off".parse().expect("a directive"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&words!("cli-not-started", error = error.to_string())),
    };
    match cli::run(std::env::args_os().collect(), &runtime) {
        Asked::Done(code) => code,
        Asked::Window { data_dir, base_url, pictures } => {
            if !inbetween::app::has_display() {
                return fail(&words!("cli-no-display"));
            }
            let instance = match inbetween::app::start(data_dir.clone(), &pictures) {
                Ok(Start::First(instance)) => Some(instance),
                Ok(Start::Handed) => return ExitCode::SUCCESS,
                Err(error) => {
                    return fail(&words!("cli-no-answer", error = error.to_string()));
                }
            };
            let (keychain, picker) = (Keychain::os(), Picker::Native);
            let options = inbetween::app::options(data_dir.clone());
            let launch = Launch { data_dir, base_url, pictures, keychain, picker, instance };
            let handle = runtime.handle().clone();
            let opened = eframe::run_native(
                "inbetween",
                options,
                Box::new(move |cc| Ok(Box::new(App::new(cc, launch, handle)?.following_the_desktop()))),
            );
            match opened {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => fail(&words!("cli-no-window", error = error.to_string())),
            }
        }
    }
}

fn fail(sentence: &str) -> ExitCode {
    // Nobody is left to tell where even this cannot be printed.
    let _ = writeln!(std::io::stderr(), "{sentence}");
    ExitCode::from(2)
}
