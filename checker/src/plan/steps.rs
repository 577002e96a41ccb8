//! The releases of a plan as whole registries, and what the checker says of each
//! overlap.

use std::collections::HashSet;
use std::sync::Arc;

use semver::{Prerelease, Version};

use super::parts::Parts;
use super::times::Times;
use super::{Block, Change, ChangeKind, Item, Step, Wait};
use crate::judge::{Direction, Finding, Level, Policy, check, denies};
use crate::registry::{Form, Handler, Registry};

/// The registries from the old build to the new one, with both.
pub(super) fn registries(
    old: &Registry,
    new: &Registry,
    parts: &Parts<'_>,
    times: &Times,
) -> Vec<Registry> {
    let count = times.count();
    let between = (1..count).map(|step| {
        let mut registry = between(old, new, parts, times, step);
        registry.release.version = version(&new.release.version, step);
        registry
    });
    std::iter::once(old.clone())
        .chain(between)
        .chain([new.clone()])
        .collect()
}

/// What release `step` holds.
fn between(
    old: &Registry,
    new: &Registry,
    parts: &Parts<'_>,
    times: &Times,
    step: usize,
) -> Registry {
    let changed = parts.endpoints.iter().filter_map(|part| part.old);
    let changed: HashSet<*const Handler> = changed.map(Arc::as_ptr).collect();
    let is_changed = |handler: &&Arc<Handler>| changed.contains(&Arc::as_ptr(handler));
    let mut handlers: Vec<Arc<Handler>> = Vec::new();
    handlers.extend(
        old.handlers
            .iter()
            .filter(|handler| !is_changed(handler))
            .cloned(),
    );
    for (part, (leaves, arrives)) in parts.endpoints.iter().zip(&times.endpoints) {
        let there = if step < *leaves {
            part.old
        } else if step < *arrives {
            part.tolerant.as_ref()
        } else {
            part.new
        };
        handlers.extend(there.cloned());
    }
    let forms = parts.forms.iter().zip(&times.forms);
    let forms = forms.filter_map(|(part, time)| if step < *time { part.old } else { part.new });
    let mut registry = Registry {
        release: new.release.clone(),
        handlers,
        forms: forms.cloned().collect(),
    };
    registry.sort();
    registry
}

/// What a release in between is called: a pre-release of the wanted one.
fn version(wanted: &Version, step: usize) -> Version {
    let text = if wanted.pre.is_empty() {
        format!("step.{step}")
    } else {
        format!("{}.step.{step}", wanted.pre)
    };
    Version {
        // Letters, digits and dots are a pre-release.
        pre: Prerelease::new(&text).unwrap_or(Prerelease::EMPTY),
        ..wanted.clone()
    }
}

/// What the checker says of a sequence of releases.
#[derive(Debug)]
pub enum Sequence {
    /// Every overlap is accepted.
    Accepted(Vec<Step>),
    /// This release, counted from 0, cannot be followed by the next one.
    Rejected {
        /// Which.
        at: usize,
    },
}

/// Judges a sequence of releases, the first of which is out: each over the one before,
/// and, unless it waits for their pages to expire, after all before that.
///
/// What is wrong within one build is not judged: that is no matter of order.
#[must_use]
pub fn sequence(releases: &[Registry], policy: &Policy) -> Sequence {
    let mut steps = Vec::new();
    // The first release whose pages may still be open.
    let mut oldest = 0;
    for (at, pair) in releases.windows(2).enumerate() {
        let [before, release] = pair else { continue };
        if !found(before, release, policy).is_empty() {
            return Sequence::Rejected { at };
        }
        let open = &releases[oldest..at];
        let must_wait = !policy.page_lifetime.is_zero()
            && open
                .iter()
                .any(|pages| denies(pages, release, Direction::OldToNew, policy));
        if must_wait || policy.page_lifetime.is_zero() {
            oldest = at;
        }
        steps.push(Step {
            registry: release.clone(),
            wait: if must_wait {
                Wait::PageLifetime
            } else {
                Wait::Roll
            },
            meets: at + 1 - oldest,
            changes: changes(before, release),
        });
    }
    Sequence::Accepted(steps)
}

/// The findings that reject a pair, and are about the pair.
fn found<'r>(old: &'r Registry, new: &'r Registry, policy: &'r Policy) -> Vec<Finding<'r>> {
    let mut findings = check(old, new, policy).findings;
    findings.retain(|found| found.level == Level::Deny && found.direction.is_some());
    findings
}

/// The endpoints at which a pair is rejected.
pub(super) fn blocks(old: &Registry, new: &Registry, policy: &Policy) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for finding in found(old, new, policy) {
        let (method, path) = finding.endpoint;
        let form = finding.page.form.map(|form| form.id.clone());
        let is_it = |block: &&mut Block| block.method == method && block.path == path;
        match blocks.iter_mut().find(is_it) {
            Some(block) => block.forms.extend(form),
            None => blocks.push(Block {
                method: method.to_owned(),
                path: path.to_owned(),
                forms: form.into_iter().collect(),
                must_take: None,
            }),
        }
    }
    blocks
}

/// What is different in a release from the one before.
fn changes(before: &Registry, after: &Registry) -> Vec<Change> {
    let parts = super::parts::parts(before, after);
    let mut changes = Vec::new();
    for part in &parts.endpoints {
        let handler = |handler: &Arc<Handler>| Item::Handler(Arc::clone(handler));
        changes.extend(change(part.old, part.new, handler, |old, new| {
            is_moved_handler(old, new)
        }));
    }
    for part in &parts.forms {
        let form = |form: &Arc<Form>| Item::Form(Arc::clone(form));
        changes.extend(change(part.old, part.new, form, |old, new| {
            is_moved_form(old, new)
        }));
    }
    changes.sort_by_key(|change| change.kind as u8);
    changes
}

fn change<T: PartialEq>(
    old: Option<&Arc<T>>,
    new: Option<&Arc<T>>,
    item: impl Fn(&Arc<T>) -> Item,
    is_moved: impl Fn(&T, &T) -> bool,
) -> Option<Change> {
    let (kind, there) = match (old, new) {
        (None, Some(new)) => (ChangeKind::Add, new),
        (Some(old), None) => (ChangeKind::Remove, old),
        (Some(old), Some(new)) if old != new && !is_moved(old, new) => (ChangeKind::Change, new),
        _ => return None,
    };
    Some(Change {
        kind,
        item: item(there),
    })
}

/// Whether the two differ in their place alone.
fn is_moved_handler(old: &Handler, new: &Handler) -> bool {
    let placed = Handler {
        source: new.source.clone(),
        ..old.clone()
    };
    placed == *new
}

fn is_moved_form(old: &Form, new: &Form) -> bool {
    let placed = Form {
        source: new.source.clone(),
        ..old.clone()
    };
    placed == *new
}
