//! Answers and clips damaged by chance: whatever a host sends ends in an answer or in a sentence.
//!
//! Deterministic: the same seed and number of rounds give the same inputs. `INBETWEEN_FUZZ_ROUNDS` sets the number of
//! rounds, `INBETWEEN_FUZZ_SEED` where they start; `INBETWEEN_LONG=1` makes them a million.

#[path = "fuzz/damage.rs"]
mod damage;
#[path = "images/dice.rs"]
mod dice;
#[path = "fuzz/mp4.rs"]
mod mp4;
#[path = "fuzz/oracle.rs"]
mod oracle;
#[path = "fuzz/rounds.rs"]
mod rounds;
#[path = "fuzz/tokens.rs"]
mod tokens;
#[path = "fuzz/wire.rs"]
mod wire;
