//! Pure verbs: what the program remembers while it runs, and how it changes.
//!
//! The window and the jobs send [`Command`]s and [`Event`]s; [`update`] turns them into a changed [`State`] and into
//! [`Effect`]s asked of the world. Nothing here waits, draws, reads a clock or touches a file.

pub mod action;
pub mod batch;
pub mod command;
pub mod diagnostics;
pub mod effect;
pub mod event;
pub mod money;
pub mod palette;
mod search;
pub mod steps;
pub mod tasks;
pub mod toast;
pub mod update;

pub use action::Action;
pub use command::{BatchCommand, Command, CopyChange, Fix, SettingsCommand, TaskCommand};
pub use effect::Effect;
pub use event::Event;

use std::collections::HashMap;
use std::path::PathBuf;

use crate::domain::advisory::Advisory;
use crate::domain::draft::{Draft, FrameChoice, Order};
use crate::domain::frame::{Crop, FrameSlot, Preview};
use crate::domain::generation::{Generation, GenerationId, UnixMillis};
use crate::domain::model::{Catalogue, Host, Model, Size};
use crate::domain::price::Price;
use crate::domain::request::Violation;
use crate::domain::settings::{Preferences, Settings};
use crate::domain::spend::Hold;
use batch::Batch;
use diagnostics::Diagnostics;
use money::Money;
use tasks::{Posters, Tasks};
use toast::Toasts;

/// Everything the window shows.
#[derive(Debug, Clone)]
pub struct State {
    pub catalogue: &'static Catalogue,
    /// The time of the current pass, set by the shell.
    pub now: UnixMillis,
    pub settings: Settings,
    pub draft: Draft,
    pub previews: Previews,
    /// Number of the newest read of each well: an older read that ends later is dropped.
    pub tickets: Tickets,
    /// Wells whose picture is being copied with a change.
    pub copying: Vec<FrameSlot>,
    /// Small pictures for menus, by their file.
    pub thumbs: HashMap<PathBuf, Thumb>,
    /// The crop that the large view would change, and goes back to without a yes.
    pub crop_before: Option<(FrameSlot, Option<(Crop, Size)>)>,
    /// Many first frames that wait for one confirmation.
    pub batch: Option<Batch>,
    /// The pictures of the one task whose clip is compared with them, as large as the clip.
    pub stills: Option<(GenerationId, Posters)>,
    /// Files can be dropped on the window: not so on Wayland.
    pub takes_drops: bool,
    pub tasks: Tasks,
    /// Orders given to the jobs and not yet stored: Generate waits for them.
    pub placing: usize,
    pub money: Money,
    pub key: KeyState,
    pub balance: Balance,
    pub library: LibraryFacts,
    pub diagnostics: Diagnostics,
    /// What the desktop says of colours and movement.
    pub desktop: Preferences,
    pub sheet: Option<Sheet>,
    pub question: Option<Question>,
    /// When a question came right after another: the second press of a double click must not answer it.
    pub asked: UnixMillis,
    pub toasts: Toasts,
    /// Small pictures of the sample pairs, for the empty stage.
    pub samples: Vec<SamplePair>,
    /// What the Undo of messages brings back, by their numbers.
    pub replaced: Vec<(u64, Replaced)>,
    /// Goes up by one whenever the prompt is to take the keyboard.
    pub prompt_focus: u64,
    /// Goes up by one whenever the selected clip is to be played from its start.
    pub play_request: u64,
    /// Source of the seeds the dice roll; advanced at each use.
    pub entropy: u64,
}

impl State {
    #[must_use]
    pub fn new(settings: Settings, entropy: u64) -> Self {
        let catalogue = Catalogue::built_in();
        let mut draft = Draft::new(catalogue.default_model());
        draft.restore(&settings.form, catalogue.default_model());
        Self {
            catalogue,
            now: UnixMillis(0),
            settings,
            draft,
            previews: Previews::default(),
            tickets: Tickets::default(),
            copying: Vec::new(),
            thumbs: HashMap::new(),
            crop_before: None,
            batch: None,
            stills: None,
            takes_drops: true,
            tasks: Tasks::default(),
            placing: 0,
            money: Money::default(),
            key: KeyState::Unknown,
            balance: Balance::Unknown,
            library: LibraryFacts::default(),
            diagnostics: Diagnostics::default(),
            desktop: Preferences::default(),
            sheet: None,
            question: None,
            asked: UnixMillis(i64::MIN / 2),
            toasts: Toasts::default(),
            samples: Vec::new(),
            replaced: Vec::new(),
            prompt_focus: 0,
            play_request: 0,
            entropy,
        }
    }

    /// The model the form is for.
    #[must_use]
    pub fn model(&self) -> &'static Model {
        self.catalogue.model(&self.draft.settings.model).unwrap_or_else(|| self.catalogue.default_model())
    }

    /// The host new clips are made by.
    #[must_use]
    pub fn host(&self) -> &'static Host {
        self.catalogue.host(&self.settings.host).unwrap_or(&self.catalogue.hosts[0])
    }

    /// Exact size of the clip the form would make.
    #[must_use]
    pub fn output(&self) -> Option<Size> {
        self.draft.output(self.model())
    }

    #[must_use]
    pub fn price(&self) -> Price {
        match self.output() {
            Some(output) => {
                Price::estimate(self.host(), self.model(), output, self.draft.settings.duration, self.draft.takes)
            }
            None => Price::Unknown,
        }
    }

    /// The checked order, or every rule the form breaks.
    pub fn order(&self) -> Result<Order, Vec<Violation>> {
        self.draft.check(self.model())
    }

    #[must_use]
    pub fn advisories(&self) -> Vec<Advisory> {
        self.draft.advisories(self.model())
    }

    /// Why Generate is disabled, or `None` where it is ready.
    #[must_use]
    pub fn blocked(&self) -> Option<String> {
        if let Err(violations) = self.order() {
            return violations.first().map(Violation::reason);
        }
        self.blocked_by_host().or_else(|| (self.placing > 0).then(|| words!("refusal-preparing")))
    }

    /// What the chosen host lacks before anything can be sent to it.
    #[must_use]
    pub fn blocked_by_host(&self) -> Option<String> {
        let lacks_key = !self.host().free && matches!(self.key, KeyState::Absent { .. });
        lacks_key.then(|| words!("refusal-add-key"))
    }

    /// The balance is known and lower than the estimate: worth a word, never a block.
    #[must_use]
    pub fn balance_may_be_too_low(&self) -> bool {
        match (&self.balance, self.price().total()) {
            (Balance::Known { cents }, Some(total)) => {
                !self.host().free && *cents < i64::try_from(total.0).unwrap_or(0)
            }
            _ => false,
        }
    }

    /// The window's title: what runs is seen without looking into the window.
    #[must_use]
    pub fn window_title(&self) -> String {
        match self.tasks.running() {
            0 => "Inbetween".to_owned(),
            running => words!("window-running", count = running),
        }
    }

    /// What the stage is about.
    #[must_use]
    pub fn stage(&self) -> Stage<'_> {
        if let Some(generation) = self.tasks.selected() {
            return Stage::Task(generation);
        }
        if self.draft.first.is_empty() && self.draft.last.is_empty() { Stage::Empty } else { Stage::Preview }
    }
}

/// What the stage is about.
#[derive(Debug, Clone, Copy)]
pub enum Stage<'a> {
    /// Nothing chosen yet.
    Empty,
    /// The pictures in the wells, before generating.
    Preview,
    /// A selected task: its progress, its trouble or its clip.
    Task(&'a Generation),
}

/// What the wells show.
#[derive(Debug, Clone, Default)]
pub struct Previews {
    pub first: Option<Preview>,
    pub last: Option<Preview>,
}

impl Previews {
    #[must_use]
    pub fn get(&self, slot: FrameSlot) -> Option<&Preview> {
        match slot {
            FrameSlot::First => self.first.as_ref(),
            FrameSlot::Last => self.last.as_ref(),
        }
    }

    pub fn set(&mut self, slot: FrameSlot, preview: Option<Preview>) {
        match slot {
            FrameSlot::First => self.first = preview,
            FrameSlot::Last => self.last = preview,
        }
    }
}

/// What can be had back.
#[derive(Debug, Clone)]
pub enum Replaced {
    /// A well before a frame of a clip went into it.
    Frame { slot: FrameSlot, choice: FrameChoice, preview: Option<Preview> },
    /// The form before it was cleared.
    Form { draft: Box<Draft>, previews: Previews },
}

/// A small picture for a menu.
#[derive(Debug, Clone)]
pub enum Thumb {
    Loading,
    Ready(Preview),
    /// Not there any more.
    Missing,
}

/// Numbers of the newest reads.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tickets {
    newest: u64,
    first: u64,
    last: u64,
}

impl Tickets {
    /// A new number for a read into this well; every older one is void.
    pub fn issue(&mut self, slot: FrameSlot) -> u64 {
        self.newest += 1;
        match slot {
            FrameSlot::First => self.first = self.newest,
            FrameSlot::Last => self.last = self.newest,
        }
        self.newest
    }

    /// The number of the newest read into this well.
    #[must_use]
    pub fn current(&self, slot: FrameSlot) -> u64 {
        match slot {
            FrameSlot::First => self.first,
            FrameSlot::Last => self.last,
        }
    }

    #[must_use]
    pub fn is_current(&self, slot: FrameSlot, ticket: u64) -> bool {
        ticket == self.current(slot)
    }

    pub fn swap(&mut self) {
        std::mem::swap(&mut self.first, &mut self.last);
    }
}

/// What is known of the chosen host's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// Not asked yet.
    Unknown,
    /// There is none; `trouble` says what keeps the keychain from answering.
    Absent {
        trouble: Option<String>,
    },
    Present {
        hint: String,
        origin: KeyOrigin,
        check: KeyCheck,
    },
}

/// Where a key lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyOrigin {
    Keychain,
    /// `NOVITA_API_KEY`.
    Environment,
    /// The keychain is not available: kept until the program quits.
    ThisRun,
}

/// Whether a key was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyCheck {
    NotTried,
    Checking,
    Verified { at: UnixMillis },
    Failed(String),
}

/// The account's balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Balance {
    Unknown,
    /// In US cents; may be below zero.
    Known {
        cents: i64,
    },
}

/// What Settings says of the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryFacts {
    /// The folder finished clips go to, as people read it.
    pub folder: String,
    pub clips: u64,
    pub bytes: u64,
    /// Bytes of the pictures prepared for tasks.
    pub prepared: u64,
    /// The part of them that clearing would free.
    pub clearable: u64,
}

/// A sheet over the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    Settings,
    Shortcuts,
    /// Every action, to be searched.
    Palette,
    /// The large view of a well's crop.
    Crop(FrameSlot),
    /// Many first frames.
    Batch,
    SpendLog,
}

/// A question that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    StopWatching(GenerationId),
    SendAgain(GenerationId),
    Remove(GenerationId),
    MoveToTrash(GenerationId),
    /// The first order of [`Money::held`] waits for a word.
    Held(Hold),
    /// A POST is under way.
    CloseWindow,
}

/// A sample pair for the first run.
#[derive(Debug, Clone)]
pub struct SamplePair {
    pub id: &'static str,
    pub title: fn() -> String,
    pub first: Preview,
    pub last: Preview,
}
