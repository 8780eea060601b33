//! The spend ledger: one line for each generation at a host that charges, from the moment it may have been charged.
//!
//! A line is written in the transaction that stores the status, so neither is there without the other; and it stays when
//! its task is removed from the list.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use super::{Library, LibraryError};
use crate::domain::generation::{Generation, GenerationId, UnixMillis};
use crate::domain::model::Catalogue;
use crate::domain::price::Cents;
use crate::domain::spend::{Charge, PROMPT_KEPT, SpendEntry, Spent};

const COLUMNS: &str = "generation, at, host, model, prompt, cents, charge";

/// Books what a generation's status says of the charge: once for each generation, at the first moment; later only the
/// charge itself changes.
pub(super) fn book(to: &Transaction<'_>, generation: &Generation, has_task_id: bool) -> rusqlite::Result<()> {
    let Some(charge) = Charge::of(&generation.status, has_task_id) else { return Ok(()) };
    if !charges(&generation.host.host) {
        return Ok(());
    }
    let settings = &generation.settings;
    let prompt: String = settings.prompt.chars().take(PROMPT_KEPT).collect();
    to.prepare_cached(
        "INSERT INTO spend (generation, at, host, model, prompt, cents, charge) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (generation) DO UPDATE SET charge = excluded.charge WHERE charge <> excluded.charge",
    )?
    .execute((
        generation.id.as_str(),
        jiff::Timestamp::now().as_millisecond(),
        &generation.host.host,
        &settings.model,
        prompt,
        generation.price.and_then(|price| i64::try_from(price.0).ok()),
        charge.name(),
    ))?;
    Ok(())
}

/// A host that nobody knows any more was one that charges.
fn charges(host: &str) -> bool {
    !Catalogue::built_in().host(host).is_some_and(|host| host.free)
}

impl Library {
    /// The whole ledger, newest first.
    pub fn spend(&self) -> Result<Vec<SpendEntry>, LibraryError> {
        let connection = self.connection();
        let sql = format!("SELECT {COLUMNS} FROM spend ORDER BY at DESC, rowid DESC");
        let mut select = connection.prepare_cached(&sql)?;
        let entries = select.query_map([], read)?;
        Ok(entries.collect::<rusqlite::Result<_>>()?)
    }

    /// The ledger's line of one generation.
    pub fn spend_of(&self, id: &GenerationId) -> Result<Option<SpendEntry>, LibraryError> {
        let connection = self.connection();
        let mut select = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM spend WHERE generation = ?1"))?;
        Ok(select.query_row([id.as_str()], read).optional()?)
    }

    /// What was, or may have been, charged from `start` on, and what is stored to be sent and not charged yet.
    pub fn committed_since(&self, start: UnixMillis) -> Result<Spent, LibraryError> {
        let connection = self.connection();
        let mut select = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM spend WHERE at >= ?1"))?;
        let entries: Vec<_> = select.query_map([start.0], read)?.collect::<rusqlite::Result<_>>()?;
        let mut spent = Spent::since(start, &entries);
        for (host, estimate) in waiting(&connection)? {
            if charges(&host) {
                spent.add(estimate);
            }
        }
        Ok(spent)
    }
}

/// Host and estimate of everything that is not sent yet, or on its way.
fn waiting(connection: &Connection) -> rusqlite::Result<Vec<(String, Option<Cents>)>> {
    let sql = "SELECT host, price_cents FROM generations WHERE status IN ('not_sent', 'uploading')";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map([], |row| Ok((row.get("host")?, cents(row, "price_cents")?)))?;
    rows.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<SpendEntry> {
    Ok(SpendEntry {
        generation: GenerationId::new(row.get::<_, String>("generation")?),
        at: UnixMillis(row.get("at")?),
        host: row.get("host")?,
        model: row.get("model")?,
        prompt: row.get("prompt")?,
        estimate: cents(row, "cents")?,
        charge: Charge::named(&row.get::<_, String>("charge")?),
    })
}

fn cents(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Cents>> {
    let cents: Option<i64> = row.get(column)?;
    Ok(cents.and_then(|cents| u64::try_from(cents).ok()).map(Cents))
}
