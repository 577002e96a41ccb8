//! Prints what the library finds out. Renderers only display: they are given a report, a
//! plan or a simulation, and judge nothing.
//!
//! A directory for each kind of answer, with a file for each of its formats: the report of
//! two builds in `text`, `formats` and `html`; what the gate says beside it in `gate`;
//! `plan`; `simulation`; `ledger`; `audit`; and in files of their own, `policy`, `registry`
//! and `stamp`. The other files are what they share;
//! `escape` is what everything from outside passes. Each renderer writes to a writer that is
//! passed in, and writes the same bytes for the same input.

#[cfg(feature = "cli")]
pub mod audit;
mod elsewhere;
pub(crate) mod escape;
#[cfg(feature = "cli")]
mod fingerprint;
#[cfg(feature = "cli")]
pub mod formats;
mod gaps;
pub mod gate;
mod groups;
#[cfg(feature = "cli")]
pub mod history;
#[cfg(feature = "cli")]
pub mod html;
#[cfg(feature = "cli")]
pub mod ledger;
mod limits;
pub(crate) mod lines;
#[cfg(feature = "cli")]
mod message;
mod names;
#[cfg(feature = "cli")]
mod number;
mod places;
pub mod plan;
pub mod policy;
pub mod registry;
#[cfg(feature = "cli")]
pub mod scan;
#[cfg(feature = "cli")]
pub mod simulation;
mod sources;
#[cfg(feature = "cli")]
pub mod stamp;
mod style;
pub(crate) mod summary;
pub mod text;
mod turned;
mod waived;

pub use sources::Sources;

/// How much of an answer is printed for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Amount {
    /// What there is to decide and to do.
    #[default]
    Brief,
    /// Everything.
    Full,
}
