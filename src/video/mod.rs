//! The player engine: an mp4 in, exact frames out, at the right moment.
//!
//! It owns demultiplexing, decoding, the play clock and a bounded store of decoded frames. What its
//! decoders do not know goes through the user's own ffmpeg, where there is one. It deliberately knows nothing of
//! egui, of tokio or of the rest of the program: whoever shows the frames passes the time in and is woken through a
//! [`std::task::Waker`].

mod boxes;
mod clip;
mod clock;
mod decode;
mod engine;
mod error;
mod fast;
mod foreign;
mod frame;
mod judge;
mod mp4;
mod paired;
mod player;
mod process;
mod reading;
mod samples;
mod screen;
mod sound;
mod source;
mod store;
mod turn;
mod whole;
mod worker;

pub use clip::{ClipInfo, FrameRate, probe, probe_through};
pub use decode::{Frames, frame_at, frame_md5s, frames, frames_through, last_frame};
pub use error::{Coding, Damage, VideoError};
pub use frame::{Colour, Frame, Layout, Matrix, Rgba};
pub use player::{Due, Player, PlayerState};
pub use screen::Screen;
pub use sound::{Hearing, Silence};
pub use turn::Turn;
pub use whole::is_whole;
pub use worker::{FFMPEG, PlayerOptions};

#[cfg(test)]
mod tests;
