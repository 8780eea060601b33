//! The library: every task this user ever asked for, and where its files are.
//!
//! Owns the database, the folders, the settings file and the names of clips. All calls block; callers put them on a
//! thread that may. Several processes may use one library at once: a task that is under way belongs to one of them, and
//! to nobody once that one has ended. Does not send, poll or download, and stores no key.
//!
//! While a library is open, nothing in this process may open its database file by other means: on Unix, closing any
//! handle to it would drop the locks of this one.

pub mod clips;
mod error;
mod folders;
mod ledger;
mod owner;
mod pictures;
pub mod private;
mod purchases;
mod row;
mod salvage;
mod schema;
pub mod settings;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};

use crate::domain::failure::Failure;
use crate::domain::frame::{PictureFormat, PreparedFrame, PreparedFrames};
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::domain::model::{Catalogue, Host};
use crate::domain::origin::Origins;
use crate::services::points;

pub use error::LibraryError;
pub use folders::Folders;
pub use pictures::PreparedSpace;
pub use purchases::OrderTurn;
pub use row::Intent;
pub use schema::{SetAside, Unusable};

use owner::Owner;
use schema::Opened;

type Result<T> = std::result::Result<T, LibraryError>;

/// A handle to one library. Clones share the connection and the ownership of rows.
#[derive(Debug, Clone)]
pub struct Library {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    // Closed before the owner's lock goes.
    connection: Mutex<Connection>,
    owner: Owner,
    folders: Folders,
    set_aside: Option<SetAside>,
    is_new: bool,
}

impl Library {
    /// Opens the library in these folders, creating or migrating it.
    ///
    /// A database that is damaged or from a newer version is kept under another name and [`Library::set_aside`] says
    /// so; what can be read of a damaged one is taken over. Rows whose owner has ended lose it; a POST that was under way then has an unknown outcome.
    pub fn open(folders: Folders) -> Result<Self> {
        folders.create()?;
        let owners = folders.owners();
        let trouble = |source| LibraryError::folder(&owners, source);
        let opening = private::open_lock(&owners.join("opening")).map_err(trouble)?;
        opening.lock().map_err(trouble)?;
        let opened = schema::open(&folders.database(), || owner::any_alive(&owners))?;
        let Opened { mut connection, mut set_aside, is_new } = opened;
        if let Some(aside) = set_aside.as_mut().filter(|aside| aside.reason == Unusable::Damaged) {
            aside.taken_over = salvage::take_over(&aside.path, &mut connection)?;
        }
        let owner = Owner::take(&owners).map_err(trouble)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        free_rows_of_the_dead(&transaction, &folders)?;
        owner::sweep(&owners).map_err(trouble)?;
        commit(transaction)?;
        opening.unlock().map_err(trouble)?;
        let connection = Mutex::new(connection);
        Ok(Self { shared: Arc::new(Shared { connection, owner, folders, set_aside, is_new }) })
    }

    #[must_use]
    pub fn folders(&self) -> &Folders {
        &self.shared.folders
    }

    /// The database that could not be used when this library was opened, if there was one.
    #[must_use]
    pub fn set_aside(&self) -> Option<&SetAside> {
        self.shared.set_aside.as_ref()
    }

    /// Whether the clips of an earlier library may lie about: this one is new, or the one before it was damaged.
    #[must_use]
    pub fn may_have_lost_clips(&self) -> bool {
        self.shared.is_new || self.shared.set_aside.is_some()
    }

    /// Says that everything of a library that was set aside is here now. Until then the next start tries again.
    pub fn has_taken_over(&self) -> Result<()> {
        let database = self.shared.folders.database();
        schema::taken_over(&database).map_err(|source| LibraryError::folder(&database, source))
    }

    /// Stores the intent to send. Once this returns it survives a power cut; only then may a byte leave.
    ///
    /// The row starts as [`Status::NotSent`] and belongs to this process.
    pub fn insert(&self, generation: &Generation, intent: &Intent<'_>) -> Result<()> {
        if generation.status != Status::NotSent {
            return Err(LibraryError::NotAnIntent { status: generation.status.name() });
        }
        let (folder, owner) = (self.shared.folders.frames(), self.shared.owner.id());
        self.write(|transaction| Ok(row::insert(transaction, generation, intent, &folder, owner)?))
    }

    /// Stores a finished task that was found again by its clip. It is in no ledger: what it cost is not known.
    pub fn insert_found(&self, generation: &Generation) -> Result<()> {
        if generation.status != Status::Done {
            return Err(LibraryError::NotAnIntent { status: generation.status.name() });
        }
        let gone = PreparedFrame::File { path: "gone".into(), format: PictureFormat::Png };
        let frames = PreparedFrames { first: gone, last: None };
        let (body_sha256, content_sha256) = ([0; 32], [0; 32]);
        let origins = Origins::default();
        let intent = Intent { frames: &frames, body_sha256, content_sha256, origins: &origins, last_balance: None };
        let (folder, owner) = (self.shared.folders.frames(), self.shared.owner.id());
        self.write(|transaction| {
            row::insert(transaction, generation, &intent, &folder, owner)?;
            Ok(row::update(transaction, generation, None)?)
        })
    }

    /// Stores where a generation stands now. The status must be the stored one or a legal step from it, and no other
    /// living process may own the row. A settled, stopped or unknown generation has no owner any more.
    pub fn update(&self, generation: &Generation) -> Result<()> {
        let id = &generation.id;
        self.write(|transaction| {
            let stored = self.stored(transaction, id)?;
            if stored.owned_elsewhere {
                return Err(LibraryError::OwnedElsewhere { id: id.clone() });
            }
            if stored.status != generation.status && !stored.status.may_become(&generation.status) {
                let (from, to) = (stored.status.name(), generation.status.name());
                return Err(LibraryError::IllegalStep { id: id.clone(), from, to });
            }
            let needs_task = generation.status.is_accepted() || generation.status == Status::Done;
            if needs_task && !stored.has_task_id && generation.task_id.is_none() {
                return Err(LibraryError::NoTaskId { id: id.clone(), status: generation.status.name() });
            }
            let owner = if generation.status.is_running() { stored.owner.as_deref() } else { None };
            row::update(transaction, generation, owner)?;
            Ok(ledger::book(transaction, generation, stored.has_task_id || generation.task_id.is_some())?)
        })
    }

    /// Every generation, newest first: of the takes of one press the last comes first.
    pub fn all(&self) -> Result<Vec<Generation>> {
        self.list("ORDER BY seq DESC")
    }

    /// What is to be followed to its end, oldest first: not sent yet, under way, or accepted by its host.
    pub fn unfinished(&self) -> Result<Vec<Generation>> {
        let mut found = self.list("WHERE status NOT IN ('done', 'failed', 'refused') ORDER BY seq")?;
        found.retain(|generation| generation.status.is_running());
        Ok(found)
    }

    /// Of [`Self::unfinished`], what no other living process follows.
    pub fn left_behind(&self) -> Result<Vec<Generation>> {
        let mut found = self.unfinished()?;
        let owners: HashMap<String, String> = self
            .connection()
            .prepare_cached("SELECT id, owner FROM generations WHERE owner IS NOT NULL")?
            .query_map([], |row| row.try_into())?
            .collect::<rusqlite::Result<_>>()?;
        found.retain(|row| owners.get(row.id.as_str()).is_none_or(|owner| !self.is_another(owner)));
        Ok(found)
    }

    pub fn get(&self, id: &GenerationId) -> Result<Option<Generation>> {
        Ok(read_one(&self.connection(), id)?)
    }

    /// The pictures that were, or will be, sent.
    pub fn frames(&self, id: &GenerationId) -> Result<Option<PreparedFrames>> {
        let folder = self.shared.folders.frames();
        let connection = self.connection();
        let mut select = connection.prepare_cached("SELECT frames FROM generations WHERE id = ?1")?;
        Ok(select.query_row([id.as_str()], |row| row::read_frames(row, &folder)).optional()?)
    }

    /// Where its pictures came from; nothing for a task of the first version.
    pub fn origins(&self, id: &GenerationId) -> Result<Option<Origins>> {
        let connection = self.connection();
        let mut select = connection.prepare_cached("SELECT sources FROM generations WHERE id = ?1")?;
        Ok(select.query_row([id.as_str()], row::read_origins).optional()?)
    }

    /// SHA-256 of the body that was, or will be, sent.
    pub fn body_sha256(&self, id: &GenerationId) -> Result<Option<[u8; 32]>> {
        let connection = self.connection();
        let mut select = connection.prepare_cached("SELECT body_sha256 FROM generations WHERE id = ?1")?;
        Ok(select.query_row([id.as_str()], |row| row.get(0)).optional()?)
    }

    /// Stores the balance seen before sending, in 1/10000 US dollars.
    pub fn set_last_balance(&self, id: &GenerationId, balance: i64) -> Result<()> {
        self.write(|transaction| {
            let sql = "UPDATE generations SET last_balance = ?2 WHERE id = ?1";
            match transaction.execute(sql, (id.as_str(), balance))? {
                0 => Err(LibraryError::NotFound { id: id.clone() }),
                _ => Ok(()),
            }
        })
    }

    /// The balance seen before sending, in 1/10000 US dollars.
    pub fn last_balance(&self, id: &GenerationId) -> Result<Option<i64>> {
        let sql = "SELECT last_balance FROM generations WHERE id = ?1";
        let found = self.connection().query_row(sql, [id.as_str()], |row| row.get(0)).optional()?;
        Ok(found.flatten())
    }

    /// Takes a generation to follow it, and returns it as it now stands; `None` where another living process has it.
    ///
    /// Where its last owner ended during a POST the outcome becomes unknown, because the POST may have arrived. A row
    /// that is [`Status::NotSent`] is the proof that no byte left.
    pub fn claim(&self, id: &GenerationId) -> Result<Option<Generation>> {
        self.write(|transaction| {
            let stored = self.stored(transaction, id)?;
            if stored.owned_elsewhere {
                return Ok(None);
            }
            let owner = self.shared.owner.id();
            if stored.owner.as_deref() != Some(owner) {
                interrupt(transaction, id)?;
                transaction.execute("UPDATE generations SET owner = ?2 WHERE id = ?1", (id.as_str(), owner))?;
            }
            Ok(read_one(transaction, id)?)
        })
    }

    /// Gives a generation up that nothing here follows, so that another process may claim it.
    pub fn release(&self, id: &GenerationId) -> Result<()> {
        self.write(|transaction| {
            let sql = "UPDATE generations SET owner = NULL WHERE id = ?1 AND owner = ?2";
            transaction.execute(sql, (id.as_str(), self.shared.owner.id()))?;
            Ok(())
        })
    }

    /// A number that changes whenever another process, or another handle, has written.
    pub fn change_mark(&self) -> Result<i64> {
        Ok(self.connection().pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// The journal mode and the `synchronous` level in force; 2 means that every commit is flushed to the disk.
    pub fn durability(&self) -> Result<(String, i64)> {
        let connection = self.connection();
        let journal = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        let level = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
        Ok((journal, level))
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic elsewhere rolled its transaction back; the connection itself is sound.
        self.shared.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One write transaction: no other process can write between what `work` reads and what it writes.
    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        commit(transaction)?;
        Ok(value)
    }

    fn list(&self, tail: &str) -> Result<Vec<Generation>> {
        let connection = self.connection();
        let mut select = connection.prepare_cached(&format!("SELECT {} FROM generations {tail}", row::COLUMNS))?;
        let mut rows = Vec::new();
        for row in select.query_map([], row::read)? {
            match row {
                Ok(row) => rows.push(row),
                // One that is damaged must not hide the others.
                Err(error) if error.sqlite_error().is_none() => tracing::error!(%error, "a task cannot be read"),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(rows)
    }

    fn stored(&self, transaction: &Transaction<'_>, id: &GenerationId) -> Result<Stored> {
        let sql = "SELECT status, percent, failure, task_id IS NOT NULL AS has_task_id, owner
            FROM generations WHERE id = ?1";
        let found = transaction.prepare_cached(sql)?.query_row([id.as_str()], |row| {
            let (status, owner): (_, Option<String>) = (row::read_status(row)?, row.get("owner")?);
            Ok(Stored { status, has_task_id: row.get("has_task_id")?, owner, owned_elsewhere: false })
        });
        let mut stored = found.optional()?.ok_or_else(|| LibraryError::NotFound { id: id.clone() })?;
        stored.owned_elsewhere = stored.owner.as_deref().is_some_and(|owner| self.is_another(owner));
        Ok(stored)
    }

    /// Whether an owner is another process that lives.
    fn is_another(&self, owner: &str) -> bool {
        owner != self.shared.owner.id() && owner::is_alive(&self.shared.folders.owners(), owner)
    }
}

fn commit(transaction: Transaction<'_>) -> rusqlite::Result<()> {
    points::pass("before commit");
    transaction.commit()?;
    points::pass("after commit");
    Ok(())
}

/// What a write has to know of a row first.
struct Stored {
    status: Status,
    has_task_id: bool,
    owner: Option<String>,
    owned_elsewhere: bool,
}

fn read_one(connection: &Connection, id: &GenerationId) -> rusqlite::Result<Option<Generation>> {
    let sql = format!("SELECT {} FROM generations WHERE id = ?1", row::COLUMNS);
    connection.prepare_cached(&sql)?.query_row([id.as_str()], row::read).optional()
}

fn free_rows_of_the_dead(transaction: &Transaction<'_>, folders: &Folders) -> Result<()> {
    let owned: Vec<(String, Option<String>)> = transaction
        .prepare("SELECT id, owner FROM generations WHERE owner IS NOT NULL OR status = 'uploading'")?
        .query_map([], |row| row.try_into())?
        .collect::<rusqlite::Result<_>>()?;
    for (id, owner) in owned {
        if owner.is_none_or(|owner| !owner::is_alive(&folders.owners(), &owner)) {
            match interrupt(transaction, &GenerationId::new(id.as_str())) {
                // One that is damaged must not keep the library from opening.
                Err(error) if error.sqlite_error().is_none() => tracing::error!(%error, "a task cannot be read"),
                other => other?,
            }
            transaction.execute("UPDATE generations SET owner = NULL WHERE id = ?1", [id])?;
        }
    }
    Ok(())
}

/// A POST whose process ended: it may have arrived.
fn interrupt(transaction: &Transaction<'_>, id: &GenerationId) -> rusqlite::Result<()> {
    let Some(mut generation) = read_one(transaction, id)? else { return Ok(()) };
    if generation.status != Status::Uploading {
        return Ok(());
    }
    generation.status = if generation.task_id.is_some() {
        Status::Queued
    } else {
        let host = Catalogue::built_in().host(&generation.host.host);
        let name = host.map_or_else(|| generation.host.host.clone(), Host::title);
        Status::Unknown(Failure::dropped_unconfirmed(&name, host.is_some_and(|host| host.free)))
    };
    row::update(transaction, &generation, None)?;
    ledger::book(transaction, &generation, generation.task_id.is_some())
}
