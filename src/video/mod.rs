//! The player engine.
