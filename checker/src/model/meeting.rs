//! Whose pages meet whose nodes, within one app and from one app to another.

use std::time::Duration;

use super::build::Build;
use super::verdict::Direction;
use crate::registry::{Form, Handler, Release, Target};

/// Pages of one build that may meet nodes of another.
#[derive(Clone, Debug)]
pub struct Meeting<'r> {
    /// The build that made the pages.
    pub page: Build<'r>,
    /// The build that serves on the nodes.
    pub node: Build<'r>,
    /// Which of the two is the new one.
    pub direction: Direction,
    /// How old its youngest page is at least, if no node of its release makes pages any more by
    /// then; `None`: a page may be new.
    /// Forms that live no longer than that are not open.
    pub age: Option<Duration>,
    /// What is sent, if the two are of two apps; `None`: they are of one.
    pub across: Option<CrossApp<'r>>,
}

/// What pages of one app send to nodes of another.
#[derive(Clone, Debug)]
pub struct CrossApp<'r> {
    /// The builds of the node's app that the pages were made for: those that run, the
    /// newest one first.
    pub homes: Vec<Build<'r>>,
    /// What is sent.
    pub sent: Vec<Sent<'r>>,
}

/// A request that a form sends to another app.
#[derive(Clone, Debug)]
pub struct Sent<'r> {
    /// The form.
    pub form: &'r Form,
    /// Where to, as the form has it.
    pub target: &'r Target,
    /// What the path is called there.
    pub path: &'r str,
    /// The names of the apps of which one is meant; empty: it is clear which.
    pub may_be: Vec<&'r str>,
}

/// A submission that was judged: something of it may be found, or nothing.
#[derive(Clone, Copy, Debug)]
pub struct JudgedSubmission<'r> {
    /// The form.
    pub form: &'r Form,
    /// Where to, as the form has it.
    pub target: &'r Target,
}

/// An endpoint of a form that another program serves, so that it is not judged.
#[derive(Clone, Copy, Debug)]
pub struct Elsewhere<'r> {
    /// The form.
    pub form: &'r Form,
    /// Where it leads to, as the form has it.
    pub target: &'r Target,
    /// What the node's build has there and the page's own has not, such as a handler of files.
    pub there: Option<(&'r Release, &'r Handler)>,
}

/// What a finding is to know of a submission from one app to another.
#[derive(Clone, Debug)]
pub struct CrossAppPair<'r> {
    /// The build of the node's app that the page was made for.
    pub home: Build<'r>,
    /// Whether that build takes what is found.
    pub home_takes: bool,
    /// What the path is called in the node's app.
    pub path: &'r str,
    /// The names of the apps of which one is meant; empty: it is clear which.
    pub may_be: Vec<&'r str>,
}

impl<'r> Meeting<'r> {
    /// That of an old build and a new one, this way round.
    #[must_use]
    pub fn between(old: Build<'r>, new: Build<'r>, direction: Direction) -> Self {
        let (page, node) = direction.page_and_node(old, new);
        Self {
            page,
            node,
            direction,
            age: None,
            across: None,
        }
    }
}
