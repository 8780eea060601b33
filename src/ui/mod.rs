//! Paint: turns state into pixels, and what the user does into commands.
//!
//! Nothing here opens a file, reaches the network or decides what happens next.

mod context;
pub mod fonts;
pub mod icons;
pub mod stage;
pub mod theme;
pub mod widgets;

pub use context::{Textures, UiContext};
pub use stage::Stage;
