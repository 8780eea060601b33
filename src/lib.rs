//! Inbetween makes the clip between two pictures.

pub mod app;
pub mod cli;
pub mod domain;
pub mod jobs;
pub mod rehearsal;
pub mod services;
pub mod state;
pub mod ui;
pub mod video;
