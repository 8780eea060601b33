//! The task list as the panel shows it: rows, search, filter and selection.

use std::collections::HashMap;

use crate::domain::frame::Preview;
use crate::domain::generation::{Generation, GenerationId, Status};

/// The list, newest first.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    rows: Vec<Generation>,
    selected: Option<GenerationId>,
    pub search: String,
    pub filter: Filter,
    /// Bytes sent and bytes to send, while a request is uploaded.
    pub uploads: HashMap<GenerationId, Transfer>,
    /// Bytes received, while a clip is downloaded.
    pub downloads: HashMap<GenerationId, Transfer>,
    pub posters: HashMap<GenerationId, Posters>,
}

/// How far a transfer is, in bytes. A total of 0 is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Transfer {
    pub done: u64,
    pub total: u64,
}

impl Transfer {
    /// 0 to 1; `None` where the total is not known.
    #[must_use]
    pub fn fraction(self) -> Option<f32> {
        (self.total > 0).then(|| (self.done as f64 / self.total as f64).min(1.0) as f32)
    }
}

/// Small pictures of a task's frames.
#[derive(Debug, Clone)]
pub enum Posters {
    /// Asked for.
    Loading,
    Ready {
        first: Option<Preview>,
        last: Option<Preview>,
    },
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    #[default]
    All,
    Running,
    Done,
    /// Includes Unknown: both need somebody.
    Failed,
}

impl Filter {
    pub const ALL: [Self; 4] = [Self::All, Self::Running, Self::Done, Self::Failed];

    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::All => words!("filter-all"),
            Self::Running => words!("filter-running"),
            Self::Done => words!("filter-done"),
            Self::Failed => words!("filter-failed"),
        }
    }

    #[must_use]
    pub fn accepts(self, status: &Status) -> bool {
        match self {
            Self::All => true,
            Self::Running => status.is_running(),
            Self::Done => matches!(status, Status::Done),
            Self::Failed => status.failure().is_some(),
        }
    }
}

impl Tasks {
    #[must_use]
    pub fn rows(&self) -> &[Generation] {
        &self.rows
    }

    #[must_use]
    pub fn get(&self, id: &GenerationId) -> Option<&Generation> {
        self.rows.iter().find(|row| row.id == *id)
    }

    #[must_use]
    pub fn selected(&self) -> Option<&Generation> {
        self.get(self.selected.as_ref()?)
    }

    pub fn select(&mut self, id: Option<GenerationId>) {
        self.selected = id;
    }

    /// Replaces the whole list.
    pub fn load(&mut self, mut rows: Vec<Generation>) {
        // Stable: takes of one press, made in one moment, keep their order.
        rows.sort_by_key(|row| std::cmp::Reverse(row.created));
        self.rows = rows;
    }

    /// Takes a changed or new row and returns what it was before.
    pub fn upsert(&mut self, row: Generation) -> Option<Generation> {
        if !matches!(row.status, Status::Uploading) {
            self.uploads.remove(&row.id);
        }
        if !matches!(row.status, Status::Downloading) {
            self.downloads.remove(&row.id);
        }
        if let Some(known) = self.rows.iter_mut().find(|known| known.id == row.id) {
            return Some(std::mem::replace(known, row));
        }
        let place = self.rows.partition_point(|known| known.created > row.created);
        self.rows.insert(place, row);
        None
    }

    pub fn remove(&mut self, id: &GenerationId) {
        self.rows.retain(|row| row.id != *id);
        self.posters.remove(id);
        if self.selected.as_ref() == Some(id) {
            self.selected = None;
        }
    }

    /// Rows that match search and filter, newest first.
    pub fn visible(&self) -> impl Iterator<Item = &Generation> {
        let needle = self.search.trim().to_lowercase();
        self.rows.iter().filter(move |row| {
            self.filter.accepts(&row.status)
                && (needle.is_empty() || row.settings.prompt.to_lowercase().contains(&needle))
        })
    }

    /// How many rows a filter holds, whatever is searched for.
    #[must_use]
    pub fn count(&self, filter: Filter) -> usize {
        self.rows.iter().filter(|row| filter.accepts(&row.status)).count()
    }

    /// Some POST is under way: closing now may lose track of a paid task.
    #[must_use]
    pub fn is_sending(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.status, Status::Uploading))
    }

    /// Moves the selection by `step` rows of what is visible.
    pub fn move_selection(&mut self, step: isize) {
        let ids: Vec<_> = self.visible().map(|row| row.id.clone()).collect();
        let place = self.selected.as_ref().and_then(|id| ids.iter().position(|known| known == id));
        let next = match place {
            Some(place) => place.saturating_add_signed(step).min(ids.len().saturating_sub(1)),
            None => 0,
        };
        self.selected = ids.get(next).cloned().or_else(|| self.selected.take());
    }
}
