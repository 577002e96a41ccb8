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
//!
//! No release of a plan lacks both the old way and the new one: a form that another one of its
//! page takes the place of goes in the release in which that comes, not before (`replaced`).
//!
//! A plan says nothing of how many submissions fail: that is the business of
//! [`simulate`](crate::simulate).

mod bounds;
mod demands;
mod gap;
mod home;
#[cfg(test)]
mod linear;
#[cfg(feature = "cli")]
mod overlaps;
mod parts;
mod rejected;
mod replaced;
#[cfg(feature = "cli")]
mod schedule;
mod steps;
mod times;
mod tolerant;
mod types;

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::{Level, Policy, TooManySteps};
use crate::registry::{Handler, Registry};
use crate::support::steps::within_budget;

pub use gap::{Gap, OnTheWay, gaps};
#[cfg(feature = "cli")]
pub use overlaps::{Overlap, overlaps};
pub use rejected::plan_rejected;
pub use replaced::replaced;
#[cfg(feature = "cli")]
pub use schedule::{Service, schedule};
pub use steps::{Sequence, sequence};
pub use types::{Block, Change, ChangeKind, Item, Plan, Step, Wait};

/// Plans the way from `old` to `new`.
///
/// What is wrong within `new` alone is not the plan's business: it stays what the last
/// release holds.
///
/// # Errors
///
/// If that takes too many steps.
pub fn plan(old: &Registry, new: &Registry, policy: &Policy) -> Result<Plan, TooManySteps> {
    within_budget(|| find_plan(old, new, policy))?
}

fn find_plan(old: &Registry, new: &Registry, policy: &Policy) -> Result<Plan, TooManySteps> {
    let whole = with_one_routing(old, new);
    let [old, new] = &whole;
    if let Sequence::Accepted(steps) = sequence(&whole, policy)? {
        return Ok(Plan::Steps(steps));
    }
    // What arrives at another handler is served by accident: a way that needs no such
    // luck is the better one, if there is any.
    let mut careful = policy.clone();
    let shadowed = careful.levels.entry("handler-shadowed");
    shadowed.or_insert(Some(Level::Deny));
    let parts = parts::parts(old, new);
    let replacements = replaced::replacements(&parts);
    let within_pages = &replacements.on_page[..];
    let everywhere = [within_pages, &replacements.elsewhere].concat();
    let mut ways = Vec::new();
    for policy in [&careful, policy] {
        if !replacements.elsewhere.is_empty() {
            ways.push((policy, &everywhere[..]));
        }
        ways.push((policy, within_pages));
    }
    let mut blocked = Vec::new();
    for (policy, replacements) in ways {
        match through(&parts, replacements, policy)? {
            Plan::Blocked(blocks) => blocked = blocks,
            plan @ Plan::Steps(_) => return Ok(plan),
        }
    }
    Ok(Plan::Blocked(blocked))
}

/// The two builds; one that does not say how it routes says what the other one says.
fn with_one_routing(old: &Registry, new: &Registry) -> [Registry; 2] {
    let [mut old, mut new] = [old.clone(), new.clone()];
    old.routing = old.routing.or(new.routing);
    new.routing = new.routing.or(old.routing);
    [old, new]
}

/// Plans a way of several releases.
fn through(
    parts: &parts::Parts<'_>,
    replacements: &[replaced::After],
    policy: &Policy,
) -> Result<Plan, TooManySteps> {
    let (old, new) = (parts.old, parts.new);
    let mut bounds = demands::bounds(parts, policy)?;
    for after in replacements {
        bounds.order_forms(*after);
    }
    loop {
        let times = match times::solve(&bounds) {
            Ok(times) => times,
            Err(blocked) => return Ok(Plan::Blocked(blocks(parts, &bounds, &blocked))),
        };
        let registries = steps::registries(old, new, parts, &times);
        let failures = steps::failures(&registries, parts, policy)?;
        // What several parts do to a form together is not a bound of any single one: it
        // becomes one when the checker finds it.
        let is_new = failures.iter().map(|failure| {
            let part = &parts.forms[failure.form];
            let form = (failure.form, part);
            !part.is_same() && bounds.add(form, failure.is_old, failure.own, policy)
        });
        if is_new.fold(false, |any, is_new| any | is_new) {
            continue;
        }
        return Ok(match sequence(&registries, policy)? {
            Sequence::Accepted(mut steps) if failures.is_empty() => {
                let tolerant = parts.endpoints.iter();
                let tolerant = tolerant.filter_map(|part| part.tolerant.as_ref());
                let tolerant: HashSet<*const Handler> = tolerant.map(Arc::as_ptr).collect();
                for change in steps.iter_mut().flat_map(|step| &mut step.changes) {
                    mark_tolerant(change, &tolerant);
                }
                Plan::Steps(steps)
            }
            Sequence::Accepted(_) => Plan::Blocked(steps::blocks(old, new, policy)?),
            Sequence::Rejected { at } => {
                let [before, after] = [&registries[at], &registries[at + 1]];
                Plan::Blocked(steps::blocks(before, after, policy)?)
            }
        });
    }
}

/// A change to a handler that takes what either build sends is called so.
fn mark_tolerant(change: &mut Change, tolerant: &HashSet<*const Handler>) {
    let Item::Handler(handler) = &change.item else {
        return;
    };
    if tolerant.contains(&Arc::as_ptr(handler)) && change.kind == ChangeKind::Change {
        change.kind = ChangeKind::Tolerate;
    }
}

fn blocks(parts: &parts::Parts<'_>, bounds: &bounds::Bounds, blocked: &[usize]) -> Vec<Block> {
    let mut forms_at = bounds.forms_by_endpoint();
    let block = |unit: &usize| {
        let endpoint = &parts.endpoints[*unit];
        let handler = endpoint.new.or(endpoint.old);
        let forms = forms_at.remove(unit).unwrap_or_default().into_iter();
        let forms = forms.map(|form| parts.forms[form].id().to_owned());
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
