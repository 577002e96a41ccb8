//! A plan as data: its releases, what changes in each, and what is in the way of one.

use std::sync::Arc;
use std::time::Duration;

use super::gap::Gap;
use crate::registry::{Field, Form, Handler, Registry};

/// The way from one build to another.
#[derive(Clone, Debug)]
pub enum Plan {
    /// Releases that lead there, in order; the last one is the wanted one.
    Steps(Vec<Step>),
    /// No order of releases leads there, unless somebody changes one of these.
    Blocked(Vec<Block>),
}

/// One release of a plan.
#[derive(Clone, Debug)]
pub struct Step {
    /// What the release holds.
    pub registry: Registry,
    /// When it may go.
    pub wait: Wait,
    /// How many of the releases before it may still have open pages when it goes: 1 is
    /// the one before it alone.
    pub meets: usize,
    /// What is different in it from the release before.
    pub changes: Vec<Change>,
    /// What its pages lack on the way to the last release, if that was asked: a plan that is made
    /// lacks nothing.
    pub lacks: Vec<Gap>,
}

/// When a release may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// When every node runs the release before; the first one: at once.
    Roll,
    /// When, besides, the pages of every release before the previous one have expired.
    PageLifetime,
    /// The same, of those forms that live this long, which is not as long as pages do: links in
    /// mails live longer, redirects shorter.
    Lifetime(Duration),
}

impl Wait {
    /// How long a release waits after the one before runs on every node, where a page stays
    /// open for `page_lifetime`.
    #[must_use]
    pub fn length(self, page_lifetime: Duration) -> Duration {
        match self {
            Self::Roll => Duration::ZERO,
            Self::PageLifetime => page_lifetime,
            Self::Lifetime(lifetime) => lifetime,
        }
    }
}

/// What becomes of an item in a release.
#[derive(Clone, Debug)]
pub struct Change {
    /// What is done.
    pub kind: ChangeKind,
    /// To what: as it is after the change, or, if it goes, before.
    pub item: Item,
}

/// What is done to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It appears.
    Add,
    /// It becomes as it is wanted.
    Change,
    /// It takes what either of its versions takes.
    Tolerate,
    /// It goes.
    Remove,
}

/// A handler or a form.
#[derive(Clone, Debug)]
pub enum Item {
    /// A handler.
    Handler(Arc<Handler>),
    /// A form.
    Form(Arc<Form>),
}

/// An endpoint that no order of releases brings from the one build to the other.
#[derive(Clone, Debug)]
pub struct Block {
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The forms that are in the way, by their ids.
    pub forms: Vec<String>,
    /// What a version in between would have to take, if fields are what it is about.
    pub must_take: Option<Vec<Field>>,
}
