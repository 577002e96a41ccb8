//! Plans: the shortest sequence of releases from the old build to the wanted one in
//! which every overlap is accepted.
//!
//! Each item that differs between the two changes at one release: a form is the old
//! one before and the new one from then on; a handler may be a *tolerant* one in
//! between, which takes what either takes. What the pages of one release send to the
//! nodes of the next bounds these times against each other (`times`); the earliest
//! times that keep all bounds make the shortest plan, however many changes share its
//! releases. The checker itself then judges each overlap of the plan (`steps`): a
//! plan that it does not accept is none.
//!
//! A plan is more careful than the verdict in two points: where a change takes several
//! releases, no page sends a field that nobody reads, since what people type there
//! would be lost; and no submission is served by a handler that takes it by accident
//! (`handler-shadowed`), unless there is no other way.

mod bounds;
#[cfg(feature = "cli")]
mod overlaps;
mod parts;
mod rejected;
#[cfg(feature = "cli")]
mod schedule;
mod steps;
mod times;
mod tolerant;

use std::sync::Arc;

use crate::model::{Level, Policy, Stage};
use crate::registry::{Field, Form, Handler, Registry};

#[cfg(feature = "cli")]
pub use overlaps::{Overlap, overlaps};
pub use rejected::plan_rejected;
#[cfg(feature = "cli")]
pub use schedule::{Service, schedule};
pub use steps::{Sequence, sequence};

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
}

/// When a release may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// When every node runs the release before; the first one: at once.
    Roll,
    /// When, besides, the pages of every release before the previous one have expired.
    PageLifetime,
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

/// Plans the way from `old` to `new`.
///
/// What is wrong within `new` alone is not the plan's business: it stays what the last
/// release holds.
#[must_use]
pub fn plan(old: &Registry, new: &Registry, policy: &Policy) -> Plan {
    // A plan is made while the wanted build is in development.
    let policy = &Policy {
        stage: Stage::Development,
        ..policy.clone()
    };
    let whole = [old.clone(), new.clone()];
    if let Sequence::Accepted(steps) = sequence(&whole, policy) {
        return Plan::Steps(steps);
    }
    // What arrives at another handler is served by accident: a way that needs no such
    // luck is the better one, if there is any.
    let mut careful = policy.clone();
    let shadowed = careful.levels.entry("handler-shadowed");
    shadowed.or_insert(Some(Level::Deny));
    match through(old, new, &careful) {
        Plan::Blocked(_) => through(old, new, policy),
        plan @ Plan::Steps(_) => plan,
    }
}

/// Plans a way of several releases.
fn through(old: &Registry, new: &Registry, policy: &Policy) -> Plan {
    let parts = parts::parts(old, new);
    let mut bounds = bounds::bounds(&parts, policy);
    loop {
        let times = match times::solve(&bounds) {
            Ok(times) => times,
            Err(blocked) => return Plan::Blocked(blocks(&parts, &bounds, &blocked)),
        };
        let registries = steps::registries(old, new, &parts, &times);
        let failures = steps::failures(&registries, &parts, policy);
        // What several parts do to a form together is no bound of any single one: it
        // becomes one when the checker finds it.
        let is_new = failures.iter().map(|failure| {
            let is_same = parts.forms[failure.form].is_same();
            !is_same && bounds.add(failure.form, failure.is_old, failure.own, policy)
        });
        if is_new.fold(false, |any, is_new| any | is_new) {
            continue;
        }
        return match sequence(&registries, policy) {
            Sequence::Accepted(mut steps) if failures.is_empty() => {
                for change in steps.iter_mut().flat_map(|step| &mut step.changes) {
                    change.mark(&parts);
                }
                Plan::Steps(steps)
            }
            Sequence::Accepted(_) => Plan::Blocked(steps::blocks(old, new, policy)),
            Sequence::Rejected { at } => {
                Plan::Blocked(steps::blocks(&registries[at], &registries[at + 1], policy))
            }
        };
    }
}

impl Change {
    /// A change to a handler that takes either is called so.
    fn mark(&mut self, parts: &parts::Parts<'_>) {
        let Item::Handler(handler) = &self.item else {
            return;
        };
        let mut tolerant = parts
            .endpoints
            .iter()
            .filter_map(|part| part.tolerant.as_ref());
        if tolerant.any(|known| Arc::ptr_eq(known, handler)) && self.kind == ChangeKind::Change {
            self.kind = ChangeKind::Tolerate;
        }
    }
}

fn blocks(parts: &parts::Parts<'_>, bounds: &bounds::Bounds, blocked: &[usize]) -> Vec<Block> {
    let block = |unit: &usize| {
        let endpoint = &parts.endpoints[*unit];
        let handler = endpoint.new.or(endpoint.old);
        let forms = bounds
            .forms_at(*unit)
            .map(|form| parts.forms[form].id().to_owned());
        let mut forms: Vec<String> = forms.collect();
        forms.sort();
        forms.dedup();
        let tolerant = endpoint.tolerant.as_ref();
        let taken = tolerant.and_then(|handler| handler.fields.as_ref());
        handler.map(|handler| Block {
            method: handler.method.clone(),
            path: handler.path.clone(),
            forms,
            must_take: taken.map(|fields| fields.list().into_owned()),
        })
    };
    blocked.iter().filter_map(block).collect()
}
