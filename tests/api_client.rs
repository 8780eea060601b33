//! The client of the contract, and the command line around it, against a host that misbehaves.

mod hosts;

#[path = "api_client/answers.rs"]
mod answers;
#[path = "api_client/command_line.rs"]
mod command_line;
#[path = "api_client/downloads.rs"]
mod downloads;
#[path = "api_client/memory.rs"]
mod memory;
#[path = "api_client/orders.rs"]
mod orders;
#[path = "api_client/outcomes.rs"]
mod outcomes;
#[path = "api_client/secrets.rs"]
mod secrets;
#[path = "api_client/wire.rs"]
mod wire;
