//! What was bought already: earlier tasks with the same pictures, prompt and settings.

use std::fs::File;

use super::{Library, LibraryError, private, row};
use crate::domain::generation::{Generation, HostRef};

/// The turn to weigh an order and store it, among all processes that use a library. Ends when it is dropped, or with
/// its process.
#[derive(Debug)]
pub struct OrderTurn(File);

impl Drop for OrderTurn {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

impl Library {
    /// Waits for the turn to order something that costs money. Of two orders at once, from whatever process, the second
    /// sees the first.
    pub fn order_turn(&self) -> Result<OrderTurn, LibraryError> {
        let path = self.folders().owners().join("ordering");
        let trouble = |source| LibraryError::folder(&path, source);
        let file = private::open_lock(&path).map_err(trouble)?;
        file.lock().map_err(trouble)?;
        Ok(OrderTurn(file))
    }

    /// Tasks at the same host whose request is the same but for its seed, newest first. `content_sha256` is the digest
    /// of the request's body with a random seed.
    ///
    /// A task of the first version that had a seed has no such digest and is not found.
    pub fn same_content(&self, host: &HostRef, content_sha256: &[u8; 32]) -> Result<Vec<Generation>, LibraryError> {
        let connection = self.connection();
        let mut select = connection.prepare_cached(&format!(
            "SELECT {} FROM generations WHERE content_sha256 = ?1 AND host = ?2 AND base_url IS ?3 ORDER BY seq DESC",
            row::COLUMNS
        ))?;
        let rows = select.query_map((content_sha256.as_slice(), &host.host, row::stored_base_url(host)), row::read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
