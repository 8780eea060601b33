//! Pictures on their way in and out: read, judged, shown, cropped, made ready to be sent, kept as posters.
//!
//! Everything but [`fetch`] is synchronous and meant for a worker thread. A picture's name is never trusted: its format,
//! size and turn come from its content, within bounds that hold for hostile files too. Limits of a model are not judged
//! here but by [`PictureFacts::violations`](crate::domain::frame::PictureFacts::violations); where a picture breaks them,
//! its facts are still returned so that the sentence can name the figure.
//!
//! Deliberately absent: no cache, no thread that outlives a call, and no idea of what the user is doing with a picture.

mod colour;
mod copies;
mod decoding;
mod error;
mod fetching;
mod header;
mod jpeg;
mod orientation;
mod place;
mod poster;
mod preparing;
mod preview;
mod reading;
mod resampling;
mod samples;
mod saving;
mod shrinking;

pub use copies::{cropped_copy, scaled_down, smaller_copy};
pub use error::PictureError;
pub use fetching::fetch;
pub use header::header;
pub use poster::{POSTER_LONGEST, load_poster, poster, poster_path};
pub use preparing::prepare;
pub use reading::read;
pub use samples::{Sample, sample, samples};
pub use saving::save_png;
