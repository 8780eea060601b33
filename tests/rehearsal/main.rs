//! The host on this computer, driven over HTTP as any client would drive it.
//!
//! What a clip really holds is judged by ffmpeg, which has no part in the program.

mod clips;
mod contract;
mod downloads;
mod lifetime;
mod refusals;
mod support;
