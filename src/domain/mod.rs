//! Pure nouns: what a clip request is, which rules it obeys, and what can become of it.
//!
//! No input or output, no clock, no thread: time and facts are passed in.

pub mod advisory;
pub mod clip_name;
pub mod cropping;
pub mod draft;
pub mod failure;
pub mod frame;
pub mod generation;
pub mod model;
pub mod origin;
pub mod polling;
pub mod price;
pub mod request;
pub mod secret;
pub mod settings;
pub mod spend;
pub mod window;
