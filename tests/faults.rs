//! A clip that was paid for is never lost and never paid for twice, whatever the host does: every fault at every step,
//! once and for good, and what is left behind of secrets.

#[path = "hosts/novita/mod.rs"]
mod novita;

#[path = "faults/cell.rs"]
mod cell;
#[path = "images/dice.rs"]
mod dice;
#[path = "faults/findings.rs"]
mod findings;
#[path = "faults/matrix.rs"]
mod matrix;
#[path = "faults/secrets.rs"]
mod secrets;
#[path = "faults/table.rs"]
mod table;
