//! Pictures in and out: facts, turns, transparency, what is sent, copies, and files that mean harm.

#[path = "images/bench.rs"]
mod bench;
#[path = "images/bombs.rs"]
mod bombs;
#[path = "images/copied.rs"]
mod copied;
#[path = "images/dice.rs"]
mod dice;
#[path = "images/facts.rs"]
mod facts;
#[path = "images/fetched.rs"]
mod fetched;
#[path = "images/hostile.rs"]
mod hostile;
#[path = "images/kept.rs"]
mod kept;
#[path = "images/memory.rs"]
mod memory;
#[path = "images/mutated.rs"]
mod mutated;
#[path = "images/prepared.rs"]
mod prepared;
#[path = "images/turns.rs"]
mod turns;
