//! The host on this computer.
mod render;
pub use render::tag_area;
