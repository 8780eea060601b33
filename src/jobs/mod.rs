//! The one asynchronous seam: effects in, events out.
//!
//! [`Engine::run`] starts what an [`Effect`] asks for and returns at once; [`Engine::drain`] hands over what has been
//! answered since. The window and the command line use the same jobs; neither waits here. Decides nothing about what
//! the program shows: that is `state`.

mod answers;
mod clips;
mod day;
mod engine;
mod found;
mod frames;
pub mod generation;
mod hosts;
mod keys;
mod limiter;
mod outbox;
mod purse;
mod spending;
mod watch;
mod world;

pub use day::local_day;
pub use engine::Engine;
pub use outbox::Outbox;
pub use world::{World, WorldError};
