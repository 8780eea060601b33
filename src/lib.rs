//! Inbetween makes the clip between two pictures.

pub mod domain;
pub mod rehearsal;
pub mod services;
pub mod state;
pub mod ui;
pub mod video;
