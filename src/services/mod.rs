//! One adapter per outside thing. Each turns its own error into a [`Failure`](crate::domain::failure::Failure) once.

pub mod api;
pub mod appearance;
pub mod badge;
pub mod clipboard;
pub mod desktop;
pub mod files;
pub mod images;
pub mod instance;
pub mod keychain;
pub mod library;
pub mod notifications;
pub mod picker;
pub mod points;
pub mod system;
