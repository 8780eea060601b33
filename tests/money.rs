//! Nothing is bought twice unasked, and no day costs more than its limit unasked: the program itself, on its command
//! line and through its jobs, against a host on this computer that counts what it is asked to charge.

#[path = "money/host.rs"]
mod host;

#[path = "money/again.rs"]
mod again;
#[path = "money/balance.rs"]
mod balance;
#[path = "money/bench.rs"]
mod bench;
#[path = "money/cap.rs"]
mod cap;
#[path = "money/collecting.rs"]
mod collecting;
#[path = "money/together.rs"]
mod together;
