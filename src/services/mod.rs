//! One adapter per outside thing. Each turns its own error into a [`Failure`](crate::domain::failure::Failure) once.
