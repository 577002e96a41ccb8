//! The types that a judgement is made of: what is sent where, what a rule is, what a rule
//! finds and says, the policy, and the report.
//!
//! Here is also what becomes of one submission, since rules look at that. When a rule is
//! asked is the business of [`judge`](crate::judge); how a finding is printed, that of
//! [`render`](crate::render).

mod answer;
mod apps;
mod arrival;
mod build;
mod compare;
mod explanation;
mod field_names;
mod finding;
pub(crate) mod flags;
mod judged;
mod lengths;
mod limits;
mod lookup;
mod meeting;
#[cfg(feature = "html")]
mod misfits;
mod own_handler;
mod passage;
mod policy;
mod premises;
mod reading;
mod report;
mod request;
mod routed;
mod rule;
mod sharing;
mod submission;
mod tries;
mod turn;
mod verdict;
mod waiver;
mod way;

pub use crate::support::steps::TooManySteps;
pub use answer::{Request, Served};
pub use apps::{App, Apps, Serving};
pub(crate) use arrival::Arrivals;
pub use arrival::FieldLoss;
pub use build::{Build, BuildId};
pub use explanation::{Explanation, Paste, Step};
pub(crate) use finding::old_names;
pub use finding::{Detail, Finding, NodeSide, PageSide};
pub use flags::{FlagError, FlagState, Flags};
pub(crate) use lookup::Lookup;
pub use meeting::{CrossApp, CrossAppPair, Elsewhere, JudgedSubmission, Meeting, Sent};
#[cfg(feature = "html")]
pub(crate) use misfits::misfits;
pub use policy::{POLICY_FILE, Policy, PolicyFile, Rollout, Stage, UnlinkedPages};
pub use report::{Deployed, Report};
pub(crate) use request::reads_same;
pub use request::{Fault, FaultKind};
pub use routed::RoutedBuild;
pub(crate) use routed::RoutedBuilds;
pub(crate) use rule::Holds;
pub use rule::{Check, Group, Open, Rule};
pub use submission::Submission;
pub use turn::Turn;
pub use verdict::{Direction, Level, Verdict};
pub use waiver::{Expiry, Waiver, WaiverUse};
pub use way::Astray;
