//! Pure nouns: what a clip request is, which rules it obeys, and what can become of it.
//!
//! No input or output, no clock, no thread: time and facts are passed in.

pub mod frame;
pub mod model;
