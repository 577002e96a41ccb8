//! What an app's own tests call: the guard, and the tests that compare the annotations
//! with the app's router and with its rendered pages.
//!
//! Each reports its problems in the grammar of the findings. None of them prints, except
//! for the guard's note in a test that passes.

#[cfg(feature = "html")]
pub mod declared;
mod exceptions;
mod failure;
pub mod guard;
pub mod mounted;
mod problem;

pub use failure::TestFailure;
