//! Paint: turns state into pixels, and what the user does into commands.
//!
//! Nothing here opens a file, reaches the network or decides what happens next.

mod announcements;
mod batch_sheet;
mod command_palette;
mod compose;
mod context;
mod crop;
mod drag;
pub mod fonts;
pub mod icons;
mod leaving;
mod question;
mod region_focus;
mod remedy;
mod settings;
mod sheet;
mod shortcuts;
mod shortcuts_sheet;
mod spend_log;
pub mod stage;
mod tasks;
pub mod theme;
mod toasts;
mod topbar;
pub mod widgets;
mod window;

pub use context::{Textures, UiContext};
pub use window::Window;

#[cfg(test)]
mod tests;
