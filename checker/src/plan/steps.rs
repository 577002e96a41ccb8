//! The releases of a plan as whole registries, and what the checker says of each
//! overlap.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use semver::{Prerelease, Version};

use super::parts::Parts;
use super::times::Times;
use super::types::{Block, Change, ChangeKind, Item, Step, Wait};
use crate::judge::{check, denied};
use crate::model::{Direction, Finding, Policy, TooManySteps};
use crate::registry::{Form, Handler, Lifetime, Registry};
use crate::support::steps::{count, is_used_up, within_budget};

/// The registries from the old build to the new one, with both.
pub(super) fn registries(
    old: &Registry,
    new: &Registry,
    parts: &Parts<'_>,
    times: &Times,
) -> Vec<Registry> {
    let releases = times.count();
    // What is made after the budget of steps is used up is dropped.
    let between = (1..releases).take_while(|_| !is_used_up()).map(|step| {
        count(parts.endpoints.len() + parts.forms.len());
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
        routing: new.routing,
        trailing_slash: new.trailing_slash,
        scanned: new.scanned,
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
    /// A release cannot be followed by the next one.
    Rejected {
        /// Its index, from 0.
        at: usize,
    },
}

/// Check a sequence of releases, the first of which is out: each over the one before,
/// and, unless it waits for their pages to expire, after all before that.
///
/// What is wrong within one build is not judged: it does not depend on the order.
///
/// # Errors
///
/// If that takes too many steps.
pub fn sequence(releases: &[Registry], policy: &Policy) -> Result<Sequence, TooManySteps> {
    within_budget(|| check_sequence(releases, policy))?
}

fn check_sequence(releases: &[Registry], policy: &Policy) -> Result<Sequence, TooManySteps> {
    let lifetimes = releases.iter().map(|release| longest(release, policy));
    let lifetimes: Vec<Duration> = lifetimes.collect();
    let mut steps: Vec<Step> = Vec::new();
    for (at, pair) in releases.windows(2).enumerate() {
        let [before, release] = pair else { continue };
        if !found(before, release, policy)?.is_empty() {
            return Ok(Sequence::Rejected { at });
        }
        let mut wait = Duration::ZERO;
        for page in 0..at {
            let age = age(&steps, page, policy);
            if lifetimes[page] <= age.max(wait) {
                continue;
            }
            let denied = denied(&releases[page], release, Direction::OldToNew, policy)?;
            let lifetimes = denied.iter().map(|finding| lifetime(finding, policy));
            let open = lifetimes.filter(|lifetime| *lifetime > age);
            wait = wait.max(open.max().unwrap_or_default());
        }
        let is_open =
            |page: &usize| lifetimes[*page] > age(&steps, *page, policy).saturating_add(wait);
        let oldest = (0..at).find(is_open).unwrap_or(at);
        steps.push(Step {
            registry: release.clone(),
            wait: if wait.is_zero() {
                Wait::Roll
            } else if wait == policy.page_lifetime {
                Wait::PageLifetime
            } else {
                Wait::Lifetime(wait)
            },
            meets: at + 1 - oldest,
            changes: changes(before, release),
            lacks: Vec::new(),
        });
    }
    Ok(Sequence::Accepted(steps))
}

/// How long a release's pages, and what else it sends out, may be open.
fn longest(release: &Registry, policy: &Policy) -> Duration {
    let stated = release.longest_lifetime().map(Lifetime::length);
    policy.page_lifetime.max(stated.unwrap_or_default())
}

/// How long the form of a finding stays open.
pub(super) fn lifetime(finding: &Finding<'_>, policy: &Policy) -> Duration {
    let form = finding.page.form;
    form.map_or(policy.page_lifetime, |form| {
        form.lifetime_on(policy.page_lifetime)
    })
}

/// How old the pages of the release with that index are at least after these steps: as long
/// as was waited since its last node stopped.
pub(super) fn age(steps: &[Step], page: usize, policy: &Policy) -> Duration {
    let waited = steps.iter().skip(page + 1);
    let waited = waited.map(|step| step.wait.length(policy.page_lifetime));
    waited.fold(Duration::ZERO, Duration::saturating_add)
}

/// A form that fails at the nodes of a release of the plan.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Failure {
    /// Its number.
    pub(super) form: usize,
    /// Whether it is the version of the old build.
    pub(super) is_old: bool,
    /// The number of the endpoint that takes it at home, if that changes.
    pub(super) own: Option<usize>,
}

/// The forms that fail somewhere in these releases: at the nodes of the one before or
/// after, or at those of their own.
pub(super) fn failures(
    releases: &[Registry],
    parts: &Parts<'_>,
    policy: &Policy,
) -> Result<Vec<Failure>, TooManySteps> {
    let numbers = Numbers::new(parts);
    let mut failures = Vec::new();
    for pair in releases.windows(2) {
        let findings = found(&pair[0], &pair[1], policy)?;
        failures.extend(
            findings
                .iter()
                .filter_map(|finding| numbers.failure(finding)),
        );
    }
    let between = releases.get(1..releases.len() - 1).unwrap_or_default();
    for release in between {
        for (home, direction) in [
            (parts.old, Direction::OldToNew),
            (parts.new, Direction::NewToOld),
        ] {
            let is_of_home = |form: &&Arc<Form>| numbers.is_of(form, direction);
            let forms = release.forms.iter().filter(is_of_home);
            let page = Registry {
                release: home.release.clone(),
                routing: home.routing,
                trailing_slash: home.trailing_slash,
                scanned: home.scanned,
                handlers: home.handlers.clone(),
                forms: forms.cloned().collect(),
            };
            let findings = denied(&page, release, direction, policy)?;
            failures.extend(
                findings
                    .iter()
                    .filter_map(|finding| numbers.failure(finding)),
            );
        }
    }
    failures.sort();
    failures.dedup();
    Ok(failures)
}

/// The numbers of the parts, by their items.
struct Numbers {
    /// Per form: its number, and whether it is of the old build.
    forms: HashMap<*const Form, (usize, bool)>,
    endpoints: HashMap<*const Handler, usize>,
}

impl Numbers {
    fn new(parts: &Parts<'_>) -> Self {
        let mut numbers = Self {
            forms: HashMap::new(),
            endpoints: HashMap::new(),
        };
        for (number, part) in parts.forms.iter().enumerate() {
            let old = part.old.map(|form| (Arc::as_ptr(form), (number, true)));
            let new = part.new.map(|form| (Arc::as_ptr(form), (number, false)));
            numbers.forms.extend(old.into_iter().chain(new));
        }
        for (number, part) in parts.endpoints.iter().enumerate() {
            let versions = [part.old, part.new, part.tolerant.as_ref()];
            let handlers = versions.into_iter().flatten().map(Arc::as_ptr);
            numbers
                .endpoints
                .extend(handlers.map(|handler| (handler, number)));
        }
        numbers
    }

    fn is_of(&self, form: &Arc<Form>, direction: Direction) -> bool {
        let known = self.forms.get(&Arc::as_ptr(form));
        known.is_some_and(|(_, is_old)| *is_old == (direction == Direction::OldToNew))
    }

    fn failure(&self, finding: &Finding<'_>) -> Option<Failure> {
        let (form, is_old) = *self.forms.get(&std::ptr::from_ref(finding.page.form?))?;
        let own = finding.page.handler.map(std::ptr::from_ref);
        Some(Failure {
            form,
            is_old,
            own: own.and_then(|own| self.endpoints.get(&own).copied()),
        })
    }
}

/// The findings that reject a pair, and are about the pair.
fn found<'r>(
    old: &'r Registry,
    new: &'r Registry,
    policy: &'r Policy,
) -> Result<Vec<Finding<'r>>, TooManySteps> {
    let mut findings = check(old, new, policy)?.findings;
    findings.retain(Finding::rejects_pair);
    Ok(findings)
}

/// The endpoints at which a pair is rejected.
pub(super) fn blocks(
    old: &Registry,
    new: &Registry,
    policy: &Policy,
) -> Result<Vec<Block>, TooManySteps> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut positions: HashMap<(&str, &str), usize> = HashMap::new();
    for finding in found(old, new, policy)? {
        let (method, path) = finding.endpoint;
        let position = *positions.entry(finding.endpoint).or_insert_with(|| {
            blocks.push(Block {
                method: method.to_owned(),
                path: path.to_owned(),
                forms: Vec::new(),
                must_take: None,
            });
            blocks.len() - 1
        });
        let form = finding.page.form.map(|form| form.id.clone());
        blocks[position].forms.extend(form);
    }
    Ok(blocks)
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
