//! `inbetween rehearsal`: the host on this computer, alone, for other programs.

use serde_json::json;

use super::{Exit, Place, note, say};
use crate::rehearsal::Rehearsal;
use crate::services::library::Folders;

pub(super) async fn run(place: Place, port: u16) -> Exit {
    let folders = Folders::resolve(place.data_dir).and_then(|folders| folders.create().map(|()| folders));
    let folders = match folders {
        Ok(folders) => folders,
        Err(error) => {
            note(&error.to_string());
            return Exit::BadInput;
        }
    };
    match Rehearsal::serve(&folders.rehearsal(), port).await {
        Ok(hosting) => {
            let endpoint = hosting.endpoint().clone();
            say(&json!({ "url": endpoint.base_url, "token": endpoint.token.reveal() }).to_string());
            tokio::select! {
                _ = hosting.run() => {}
                () = asked_to_end() => {}
            }
            Exit::Done
        }
        Err(error) => {
            note(&error.to_string());
            Exit::BadInput
        }
    }
}

/// Waits for Ctrl+C, or for the signal a service is ended with.
async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without a handler the process is simply ended.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
