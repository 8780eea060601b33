//! What was bought already: earlier tasks with the same pictures, prompt and settings.

use super::{Library, LibraryError, row};
use crate::domain::generation::{Generation, HostRef};

impl Library {
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
