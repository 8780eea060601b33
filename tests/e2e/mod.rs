//! A desktop of the tests' own, and a person at it.
//!
//! [`Desktop`] brings up everything a Linux desktop has that the app talks to: an X server, a window manager, a session
//! bus, an unlocked keychain, the accessibility bus and the file dialog's portal. All of it is the real thing, isolated
//! in a folder that goes away, and ended with the test. [`App`] is one run of the program on that desktop, met by role
//! and name as a screen reader meets it, and by real pointer, keys and drags.
//!
//! Nothing here waits for a fixed time: everything is asked for until it is so, with a deadline that only a broken run
//! reaches. A part that the machine lacks fails the test with a sentence that names its package; nothing is skipped.

mod app;
mod desktop;
mod dialog;
mod driver;
mod process;
mod session;
pub mod wait;

pub use app::App;
pub use desktop::Desktop;
pub use driver::Node;
