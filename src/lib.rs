//! Inbetween makes the clip between two pictures.
//!
//! A creator gives a first frame and, if they like, a last frame, writes a prompt, and a host that speaks Novita's
//! asynchronous contract makes the clip in between. One engine serves the window and the command line.
//!
//! # Code map
//!
//! | module | owns | deliberately not |
//! |---|---|---|
//! | [`domain`] | pure nouns: drafts, requests, limits, prices, statuses and their legal steps | files, clocks, threads |
//! | [`state`] | pure verbs: commands and events in, a changed state and effects out | anything that waits or draws |
//! | [`services`] | one adapter per outside thing: the hosts' API, the library (`SQLite` and files), the keychain, pictures, dialogs, clipboard, notifications, what the desktop prefers | deciding what happens next |
//! | [`jobs`] | the one asynchronous seam: effects in, events out; a generation from its intent to its clip | what the program shows |
//! | [`video`] | the player engine: demux, decode (or ask the user's ffmpeg), clock, frame store, sound | egui, tokio, the rest of the program |
//! | [`rehearsal`] | the host on this computer: the same contract over HTTP, a real H.264 clip | the rest of the program but `domain` |
//! | [`ui`] | paint: reads the state, pushes commands | files, network, jobs |
//! | [`cli`] | the same engine without a window | rules of its own |
//! | [`words`] | the app's own words in each language, and which is spoken: every part says something, so every part may name it | what is said, and when |
//! | [`app`] | the shell that wires window, state and engine | decisions |
//!
//! `tests/architecture.rs` holds these directions.
//!
//! # Invariants
//!
//! - **Nothing is paid for twice.** The intent is committed before the first byte of a POST, as `not_sent`; it becomes
//!   `uploading` before the connection is made. A POST is repeated only where no byte left (the connection failed) or
//!   the host answered 429. Everything later is `unknown`, and only a person sends it again, as a new generation.
//! - **Nothing is bought twice unasked.** An order whose pictures, prompt, settings and seed equal a finished, running,
//!   waiting or unknown task at the same host is held until somebody agrees (`--again`). A random seed makes another clip every
//!   time, so it equals nothing but an unknown task with a random seed. Hosts that charge nothing are never asked about.
//! - **No day costs more than its limit unasked.** Each task is booked in a ledger in the transaction that stores its
//!   acceptance or its unknown outcome, once, and stays booked when it is removed. An order is weighed against the day's
//!   bookings and all that is stored to be sent, one order at a time among all processes (`--over-cap`). What was placed is
//!   not asked about again when it is taken up later; but no window sends it by being opened, only *Retry* or `resume`. On
//!   the command line a limit that cannot be read holds every order.
//! - **Nothing paid for is lost.** The task id is committed before any screen shows it. Polling ends by the host's word
//!   alone, and a word that it knows no such task is believed only after a while; what cannot be stored is tried until it
//!   stands. A row that was accepted is taken up at the next start, from the row alone. Of a damaged library every row that
//!   can be read goes into the new one, and clips that no row has are known again by their names.
//! - **One line before each host.** Questions about all tasks keep a gap, heed a host that asks to slow down, and leave it
//!   to one of them to try while there is no connection. Waiting ends by the clock on the wall: a computer that wakes goes
//!   on at once.
//! - **One follower.** A row has an owner, a process that holds a file lock; a row is followed by its owner, or by
//!   whoever finds the owner dead. A window shows what other processes do to its library, and takes up what one of them
//!   leaves behind.
//! - **One window a library.** A second start hands its pictures to the window that is open and ends.
//! - **The stored clip is what the host sent**, byte for byte; it gets its name, over nothing else, only once it is whole
//!   and on the disk: every box and every sample of its index inside the file.
//!
//! - **A key goes to its own host's origin**, or to the address given for this run, and is in no file, log, error or
//!   argument list. Signed addresses of clips are in no `Debug`, no `Display` and no row.
//! - **Rehearsal is not stored by address**: its port and token are new at every start, so a row holds its name alone.
//!
//! That nothing is paid for twice and nothing is lost is proven by ending the program at every commit, piece, write, sync
//! and rename (`tests/paid`), and by a host that misbehaves at every step in every way (`tests/faults.rs`).
//!
//! # Differences from the design's pictures
//!
//! - While a clip is compared, the controls of *Compare* take the place of the takes' switch in the header. The transport
//!   has a zoom beside the speed.
//! - Clips have no sound as the model makes them. One that has some is heard in a build with the feature `sound`, which needs
//!   ALSA's headers; the transport then has a speaker, and its slider comes out over it.
//! - Ways to choose a picture beside files (an address, recent pictures, clips) hang on "…": beside an empty well's key, and
//!   in a loaded well's label row while the pointer or the keyboard is there. Words for the camera stand in the prompt's
//!   last line, and the switch that sends the original by *Camera fixed*.
//! - Rows have the order in which their tasks were made; the pictures' order has no rule. A clip has no title of its own, so
//!   its prompt stands in the header. Steps tell what they took as far as this window saw
//!   them begin and end.
//! - Forced by egui: letters are spread over whole pixels by other rules than a browser's, so a word may lie half a point
//!   beside the picture's; a dashed line is cut to whole pixels; the sheet's and the toast's shadow is one blurred rectangle.
//! - A press on a loaded well works on its crop; another picture is chosen from the menu, by drop, paste or shortcut.
//! - Settings has sections for spending and diagnostics and a row for file names, so it scrolls.
//! - Toasts lie over a clip's picture rather than over its buttons.
//! - A finished clip's price reads "about": hosts publish none, so what is stored is the estimate.

#[macro_use]
pub mod words;

pub mod app;
pub mod cli;
pub mod domain;
pub mod jobs;
pub mod rehearsal;
pub mod services;
pub mod state;
pub mod ui;
pub mod video;
