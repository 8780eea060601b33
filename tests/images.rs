//! Pictures in and out: facts, turns, transparency, what is sent, and files that mean harm.

#[path = "images/bench.rs"]
mod bench;
#[path = "images/facts.rs"]
mod facts;
#[path = "images/fetched.rs"]
mod fetched;
#[path = "images/hostile.rs"]
mod hostile;
#[path = "images/kept.rs"]
mod kept;
#[path = "images/prepared.rs"]
mod prepared;
#[path = "images/turns.rs"]
mod turns;
