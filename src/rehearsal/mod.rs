//! The host on this computer.
