//! What survives a process that ends at any moment, the way a database proves it: it is ended at its first point, at its
//! second, at its third, until it comes through; then at random moments. A host counts what it was made to charge.
//!
//! After every end a new process takes the library up. What must hold then, whatever the moment:
//!
//! - no request was accepted twice;
//! - every task that the host made is known by its id, or its request is shown as one that may have been charged;
//! - no file under a final name is anything but the clip, byte for byte.

#![expect(clippy::print_stdout, reason = "the figures of a run are printed")]

#[expect(dead_code, unused_imports, reason = "the host does more than these tests ask of it")]
#[path = "../hosts/novita/mod.rs"]
mod novita;

mod bench;
mod beside;
mod disk;
mod engine;
mod found;
mod many;
mod moments;
mod placing;
mod points;
mod turns;
