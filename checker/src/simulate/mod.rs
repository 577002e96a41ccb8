//! What NEW, released over OLD at once, would do to people: how many submissions fail while it
//! rolls out, and until the last page has expired.
//!
//! The model. Pages are made and submitted at a constant rate. A page that is submitted
//! at `t` was made at `t - d`, where `d` is how long it was open ([`Dwell`]), by a node
//! that the load balancer chose evenly; that node served the old or the new build then
//! ([`Roll`]). The submission goes to a node that serves the one or the other now. If the
//! two are not the same, what becomes of it is what the checker found of this form, this
//! endpoint and this direction. Times are in seconds since the release began.
//!
//! Two ways lead to the number, and must agree: [`expected`] in closed form, [`run`] by
//! drawing submissions one by one. Both are pure functions: no clock, and no function of
//! the platform's mathematics, so that the same input gives the same bits everywhere.
//!
//! Whether a submission fails is not decided here: the report says so.
//!
//! ```
//! use coexist_checker::judge;
//! use coexist_checker::model::Policy;
//! use coexist_checker::registry::Registry;
//! use coexist_checker::simulate::{self, Model, ModelError, Parameters};
//!
//! fn failing(old: &Registry, new: &Registry) -> Result<f64, ModelError> {
//!     let policy = Policy::default();
//!     let report = judge::check(old, new, &policy)?;
//!     let model = Model::new(Parameters::default(), &policy, &report)?;
//!     Ok(simulate::expected(&report, &model).total.failed)
//! }
//! ```

mod agreement;
mod curve;
mod dwell;
mod error;
mod expected;
mod grid;
mod meetings;
mod model;
mod parameters;
mod roll;
mod run;
mod sequence;
pub(crate) mod time;
mod traffic;

pub use agreement::Agreement;
pub use curve::{Count, Curve, FindingCount, Step};
pub use dwell::Dwell;
pub use error::ModelError;
pub use expected::expected;
pub use meetings::{Span, meetings};
pub use model::Model;
pub use parameters::{Canary, MAX_NODES, MIN_SAMPLES, Parameters};
pub use roll::Roll;
pub use run::run;
pub use sequence::{ReleaseCurve, sequenced};
