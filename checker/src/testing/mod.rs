//! What an app's own tests call: the guard, and the tests that compare the annotations
//! with the app's router and with its rendered pages.
//!
//! Each reports its problems in the grammar of the findings. None of them prints.

#[cfg(feature = "html")]
pub mod declared;
pub mod guard;
pub mod mounted;
pub(crate) mod problem;
