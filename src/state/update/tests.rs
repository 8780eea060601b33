//! What commands and events do, with no window, runtime or network.
