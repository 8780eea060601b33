//! The task list as the panel shows it: rows, search, filter and selection.
//!
//! What a pass of the window asks for is kept ready and mended where it changes: a list of ten thousand rows costs a pass no
//! more than a short one.

use std::collections::{HashMap, VecDeque};

use super::search::Search;
use super::steps::Steps;
use crate::domain::frame::Preview;
use crate::domain::generation::{Generation, GenerationId, Status};
use crate::domain::request::ClipSettings;

/// Tasks whose small pictures are kept, some 1 MB each.
const MOST_POSTERS: usize = 96;

/// The list, newest first.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    rows: Vec<Generation>,
    /// Where each row lies in the list.
    places: HashMap<GenerationId, usize>,
    /// The places of the rows that match search and filter, in their order.
    shown: Vec<usize>,
    /// How many rows each filter holds.
    counts: [usize; Filter::ALL.len()],
    /// Goes up whenever other rows are shown.
    revision: u64,
    selected: Option<GenerationId>,
    search: Search,
    filter: Filter,
    /// Bytes sent and bytes to send, while a request is uploaded.
    pub uploads: HashMap<GenerationId, Transfer>,
    /// Bytes received, while a clip is downloaded.
    pub downloads: HashMap<GenerationId, Transfer>,
    /// Of the tasks that are on their way.
    pub steps: HashMap<GenerationId, Steps>,
    pub posters: HashMap<GenerationId, Posters>,
    /// Whose pictures were asked for, the latest last.
    asked: VecDeque<GenerationId>,
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
        self.places.get(id).map(|place| &self.rows[*place])
    }

    #[must_use]
    pub fn selected(&self) -> Option<&Generation> {
        self.get(self.selected.as_ref()?)
    }

    #[must_use]
    pub fn is_selected(&self, id: &GenerationId) -> bool {
        self.selected.as_ref() == Some(id)
    }

    pub fn select(&mut self, id: Option<GenerationId>) {
        self.selected = id;
    }

    #[must_use]
    pub fn search(&self) -> &str {
        self.search.text()
    }

    #[must_use]
    pub fn filter(&self) -> Filter {
        self.filter
    }

    /// Shows the rows alone whose prompts hold these words.
    pub fn search_for(&mut self, text: String) {
        if text == self.search.text() {
            return;
        }
        let narrows = self.search.is_narrowed_by(&text);
        self.search.set(text, self.rows.iter().map(prompt));
        if narrows {
            // What did not match before does not now.
            let (search, before) = (&self.search, self.shown.len());
            self.shown.retain(|place| search.accepts(*place));
            self.revision += u64::from(self.shown.len() != before);
        } else {
            self.find_shown();
        }
    }

    pub fn set_filter(&mut self, filter: Filter) {
        if self.filter != filter {
            self.filter = filter;
            self.find_shown();
        }
    }

    /// The finished takes of the order that `of` belongs to, each with its number from 1, in the order they were asked
    /// for. Takes of one press were made in one moment and differ in nothing but the seed.
    #[must_use]
    pub fn takes(&self, of: &Generation) -> Vec<(usize, &Generation)> {
        let settings = |row: &Generation| ClipSettings { seed: 0, ..row.settings.clone() };
        let wanted = settings(of);
        let same = |row: &&Generation| row.created == of.created && row.host == of.host && settings(row) == wanted;
        // The newest stands first in the list.
        let numbered = self.rows.iter().rev().filter(same).enumerate().map(|(place, row)| (place + 1, row));
        numbered.filter(|(_, row)| row.status == Status::Done && row.clip.is_some()).collect()
    }

    /// Replaces the whole list.
    pub fn load(&mut self, mut rows: Vec<Generation>) {
        // Stable: takes of one press, made in one moment, keep their order.
        rows.sort_by_key(|row| std::cmp::Reverse(row.created));
        self.rows = rows;
        self.rows_moved();
    }

    /// Takes a changed or new row and returns what it was before.
    pub fn upsert(&mut self, row: Generation) -> Option<Generation> {
        if !matches!(row.status, Status::Uploading) {
            self.uploads.remove(&row.id);
        }
        if !matches!(row.status, Status::Downloading) {
            self.downloads.remove(&row.id);
        }
        let Some(place) = self.places.get(&row.id).copied() else {
            let place = self.rows.partition_point(|known| known.created > row.created);
            self.rows.insert(place, row);
            self.rows_moved();
            return None;
        };
        self.search.change(place, prompt(&row));
        let before = std::mem::replace(&mut self.rows[place], row);
        for (filter, count) in Filter::ALL.into_iter().zip(&mut self.counts) {
            *count -= usize::from(filter.accepts(&before.status));
            *count += usize::from(filter.accepts(&self.rows[place].status));
        }
        match (self.shown.binary_search(&place), self.shows(place)) {
            (Ok(at), false) => {
                self.shown.remove(at);
                self.revision += 1;
            }
            (Err(at), true) => {
                self.shown.insert(at, place);
                self.revision += 1;
            }
            _ => {}
        }
        Some(before)
    }

    pub fn remove(&mut self, id: &GenerationId) {
        self.rows.retain(|row| row.id != *id);
        self.posters.remove(id);
        self.asked.retain(|asked| asked != id);
        self.uploads.remove(id);
        self.downloads.remove(id);
        self.steps.remove(id);
        if self.is_selected(id) {
            self.selected = None;
        }
        self.rows_moved();
    }

    /// Rows that match search and filter, newest first.
    #[must_use]
    pub fn visible(&self) -> impl ExactSizeIterator<Item = &Generation> {
        self.shown.iter().map(|place| &self.rows[*place])
    }

    /// One of the rows that match, by its place among them.
    #[must_use]
    pub fn visible_at(&self, place: usize) -> Option<&Generation> {
        self.shown.get(place).map(|place| &self.rows[*place])
    }

    /// The selected row's place among those that match.
    #[must_use]
    pub fn selected_place(&self) -> Option<usize> {
        let place = self.places.get(self.selected.as_ref()?)?;
        self.shown.binary_search(place).ok()
    }

    /// Another number whenever other rows match, or in another order.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// How many rows a filter holds, whatever is searched for.
    #[must_use]
    pub fn count(&self, filter: Filter) -> usize {
        self.counts[filter as usize]
    }

    /// How many rows are under way.
    #[must_use]
    pub fn running(&self) -> usize {
        self.count(Filter::Running)
    }

    /// Some POST is under way: closing now may lose track of a paid task.
    #[must_use]
    pub fn is_sending(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.status, Status::Uploading))
    }

    /// Moves the selection by `step` rows of what is visible.
    pub fn move_selection(&mut self, step: isize) {
        let next = match self.selected_place() {
            Some(place) => place.saturating_add_signed(step).min(self.shown.len().saturating_sub(1)),
            None => 0,
        };
        if let Some(next) = self.visible_at(next) {
            self.selected = Some(next.id.clone());
        }
    }

    /// Notes that a task's small pictures are on their way. Those that were asked for long ago are let go, and asked for
    /// again where they are seen.
    pub fn expect_posters(&mut self, id: GenerationId) {
        self.asked.push_back(id.clone());
        self.posters.insert(id, Posters::Loading);
        while self.asked.len() > MOST_POSTERS {
            if let Some(oldest) = self.asked.pop_front() {
                self.posters.remove(&oldest);
            }
        }
    }

    /// Takes a task's small pictures, if they are still waited for.
    pub fn take_posters(&mut self, id: &GenerationId, posters: Posters) {
        if let Some(kept) = self.posters.get_mut(id) {
            *kept = posters;
        }
    }

    fn shows(&self, place: usize) -> bool {
        self.filter.accepts(&self.rows[place].status) && self.search.accepts(place)
    }

    /// Everything that is known by the rows' places, anew.
    fn rows_moved(&mut self) {
        self.places = self.rows.iter().enumerate().map(|(place, row)| (row.id.clone(), place)).collect();
        for (filter, count) in Filter::ALL.into_iter().zip(&mut self.counts) {
            *count = self.rows.iter().filter(|row| filter.accepts(&row.status)).count();
        }
        self.search.reload(self.rows.iter().map(prompt));
        self.find_shown();
    }

    fn find_shown(&mut self) {
        self.shown = (0..self.rows.len()).filter(|place| self.shows(*place)).collect();
        self.revision += 1;
    }
}

fn prompt(row: &Generation) -> &str {
    &row.settings.prompt
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::generation::UnixMillis;

    fn row(id: &str, created: i64, prompt: &str, status: Status) -> Generation {
        let mut row = Generation { created: UnixMillis(created), ..Generation::sample(id, status) };
        prompt.clone_into(&mut row.settings.prompt);
        row
    }

    /// What is kept ready is what looking at every row would find.
    fn assert_true(tasks: &Tasks, needle: &str) {
        for filter in Filter::ALL {
            assert_eq!(tasks.count(filter), tasks.rows().iter().filter(|row| filter.accepts(&row.status)).count());
        }
        let matching = |row: &&Generation| {
            tasks.filter().accepts(&row.status) && row.settings.prompt.to_lowercase().contains(needle)
        };
        let found: Vec<_> = tasks.rows().iter().filter(matching).map(|row| row.id.clone()).collect();
        assert_eq!(tasks.visible().map(|row| row.id.clone()).collect::<Vec<_>>(), found, "{needle:?}");
        assert!(tasks.rows().iter().all(|row| tasks.get(&row.id) == Some(row)));
        assert!(tasks.rows().is_sorted_by_key(|row| std::cmp::Reverse(row.created)));
    }

    #[test]
    fn what_is_kept_ready_stays_true_whatever_changes() {
        let statuses = [Status::Queued, Status::Rendering(Some(4)), Status::Done, Status::Stopped];
        let prompts = ["Mist lifts", "RAIN eases", "湖面起雾", "", "mist and rain"];
        let mut tasks = Tasks::default();
        let make = |number: usize, status: usize| {
            let at = i64::try_from(number * 7 % 40).unwrap();
            row(&number.to_string(), at, prompts[number % 5], statuses[status % 4].clone())
        };
        tasks.load((0..20).map(|number| make(number, number)).collect());
        let mut needle = "";
        for step in 0..400_usize {
            match step % 8 {
                0 => tasks.set_filter(Filter::ALL[step / 8 % 4]),
                1 | 5 => {
                    needle = ["m", "mist", "mist and", "", "雾", "rain"][step / 4 % 6];
                    tasks.search_for(needle.to_uppercase());
                }
                2 => tasks.remove(&GenerationId::new((step * 3 % 50).to_string())),
                3 => tasks.select(Some(GenerationId::new((step % 50).to_string()))),
                4 => tasks.move_selection(if step % 3 == 0 { -1 } else { 2 }),
                _ => {
                    let (number, before) = (step * 11 % 50, tasks.revision());
                    let known = tasks.upsert(make(number, step));
                    let same = known.is_some_and(|known| known == *tasks.get(&known.id).unwrap());
                    assert!(!same || tasks.revision() == before, "nothing else is shown than before");
                }
            }
            assert_true(&tasks, needle);
        }
    }

    #[test]
    fn the_selection_moves_among_what_is_shown() {
        let mut tasks = Tasks::default();
        tasks.load((0..4).map(|at| row(&at.to_string(), at, "a", Status::Done)).collect());
        tasks.move_selection(1);
        assert_eq!((tasks.selected_place(), tasks.selected().unwrap().id.as_str()), (Some(0), "3"));
        tasks.move_selection(9);
        assert_eq!(tasks.selected().unwrap().id.as_str(), "0");
        tasks.search_for("nothing".to_owned());
        tasks.move_selection(-1);
        assert_eq!(tasks.selected().unwrap().id.as_str(), "0", "it stays where nothing is shown");
    }

    #[test]
    fn pictures_of_long_ago_are_let_go() {
        let mut tasks = Tasks::default();
        let id = |number: usize| GenerationId::new(number.to_string());
        for number in 0..=MOST_POSTERS {
            tasks.expect_posters(id(number));
            tasks.take_posters(&id(number), Posters::Ready { first: None, last: None });
        }
        assert_eq!(tasks.posters.len(), MOST_POSTERS);
        assert!(!tasks.posters.contains_key(&id(0)));
        tasks.take_posters(&id(0), Posters::Ready { first: None, last: None });
        assert!(!tasks.posters.contains_key(&id(0)), "what comes late is not kept");
    }
}
