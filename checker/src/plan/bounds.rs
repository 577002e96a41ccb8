//! What the parts of a plan demand of each other: which may change only before, with
//! or after which.
//!
//! A page of release `i` meets nodes of `i - 1`, `i` and `i + 1`; later ones only after
//! a wait, which a plan may always ask for. So a form that the new handler refuses must
//! be gone one release before that comes, and a form that the old handler refuses may
//! come one release after that went.

use std::collections::HashMap;
use std::sync::Arc;

use super::parts::{Endpoint, FormPart, Parts};
use crate::endpoint::{Pattern, Router};
use crate::judge::denied;
use crate::model::{Build, Direction, Policy, RoutedBuild};
use crate::registry::{Form, Handler, Registry, Release};

/// When a part changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// The old handler of this endpoint is no longer there.
    Leaves(usize),
    /// The new handler of this endpoint is there.
    Arrives(usize),
    /// This form is the new one.
    Form(usize),
}

/// `later >= earlier + distance`, in releases.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) later: Time,
    pub(super) earlier: Time,
    pub(super) distance: usize,
}

/// All bounds.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    pub(super) list: Vec<Bound>,
    /// How many endpoints change.
    pub(super) endpoints: usize,
    /// How many forms there are.
    pub(super) forms: usize,
    /// Per endpoint, whether a tolerant handler can stand between.
    pub(super) has_tolerant: Vec<bool>,
    /// The endpoints that a form which does not change refuses to follow.
    pub(super) blocked: Vec<usize>,
    /// Which forms meet which endpoints.
    meets: Vec<(usize, usize)>,
}

impl Bounds {
    /// The forms that meet an endpoint.
    pub(super) fn forms_at(&self, endpoint: usize) -> impl Iterator<Item = usize> {
        let meets = self.meets.iter().filter(move |(_, at)| *at == endpoint);
        meets.map(|(form, _)| *form)
    }
}

impl Bounds {
    /// Adds what a finding of the checker shows that the bounds do not: that one version
    /// of a form needs the handlers of its own build. Says whether that was new.
    ///
    /// Several endpoints may take what a form sends, so that no single one is missed; then
    /// the form is bound to the one that takes it at home, and, if that is not enough, to
    /// all of them.
    pub(super) fn add(
        &mut self,
        form: usize,
        is_old: bool,
        own: Option<usize>,
        policy: &Policy,
    ) -> bool {
        let all: Vec<usize> = self
            .meets
            .iter()
            .filter(|(of, _)| *of == form)
            .map(|(_, at)| *at)
            .collect();
        let bound = |endpoint| {
            if is_old {
                Bound {
                    later: Time::Arrives(endpoint),
                    earlier: Time::Form(form),
                    distance: usize::from(policy.overlaps(Direction::OldToNew)),
                }
            } else {
                Bound {
                    later: Time::Form(form),
                    earlier: Time::Leaves(endpoint),
                    distance: usize::from(policy.overlaps(Direction::NewToOld)),
                }
            }
        };
        let mut add = |endpoint: usize| {
            let bound = bound(endpoint);
            let is_new = !self.list.contains(&bound);
            if is_new {
                self.list.push(bound);
            }
            is_new
        };
        if own.is_some_and(&mut add) {
            return true;
        }
        all.into_iter()
            .map(add)
            .fold(false, |any, is_new| any | is_new)
    }
}

/// Finds the bounds.
pub(super) fn bounds(parts: &Parts<'_>, policy: &Policy) -> Bounds {
    let mut bounds = Bounds {
        endpoints: parts.endpoints.len(),
        forms: parts.forms.len(),
        has_tolerant: parts
            .endpoints
            .iter()
            .map(|endpoint| endpoint.tolerant.is_some())
            .collect(),
        ..Bounds::default()
    };
    let (registry, numbers) = changed(parts);
    let router = Router::new(&registry);
    let numbers: HashMap<*const Handler, usize> = registry
        .handlers
        .iter()
        .map(Arc::as_ptr)
        .zip(numbers)
        .collect();
    let [old, new] = Build::pair(parts.old, parts.new).map(RoutedBuild::new);
    for (number, form) in parts.forms.iter().enumerate() {
        for endpoint in reached(form, &router, &numbers) {
            let meeting = Meeting {
                old: &old,
                new: &new,
                form,
                endpoint: &parts.endpoints[endpoint],
                policy,
            };
            meeting.bound(number, endpoint, &mut bounds);
        }
    }
    bounds.blocked.sort_unstable();
    bounds.blocked.dedup();
    bounds
}

/// A registry of the endpoints that change, and the number of each.
fn changed(parts: &Parts<'_>) -> (Registry, Vec<usize>) {
    let endpoints = parts.endpoints.iter().enumerate();
    let handlers = endpoints.filter_map(|(number, endpoint)| {
        let handler = endpoint.new.or(endpoint.old)?;
        Some((Arc::clone(handler), number))
    });
    let (handlers, numbers) = handlers.unzip();
    let registry = Registry {
        release: parts.new.release.clone(),
        handlers,
        forms: Vec::new(),
    };
    (registry, numbers)
}

/// The endpoints that change and that a form of either build may mean.
fn reached(
    form: &FormPart<'_>,
    router: &Router<'_>,
    numbers: &HashMap<*const Handler, usize>,
) -> Vec<usize> {
    let targets = [form.old, form.new].into_iter().flatten();
    let targets = targets.flat_map(|form| &form.posts_to);
    let patterns = targets.filter_map(|target| Pattern::parse(&target.path).ok());
    let handlers = patterns.flat_map(|pattern| router.possible(&pattern));
    let known = handlers.filter_map(|handler| numbers.get(&std::ptr::from_ref(handler)));
    let mut reached: Vec<usize> = known.copied().collect();
    reached.sort_unstable();
    reached.dedup();
    reached
}

/// A form, and an endpoint that it may mean.
struct Meeting<'a, 'r> {
    old: &'a RoutedBuild<'r>,
    new: &'a RoutedBuild<'r>,
    form: &'a FormPart<'r>,
    endpoint: &'a Endpoint<'r>,
    policy: &'a Policy,
}

impl Meeting<'_, '_> {
    fn bound(&self, form: usize, endpoint: usize, bounds: &mut Bounds) {
        let (old, new) = (self.endpoint.old, self.endpoint.new);
        let tolerant = self.endpoint.tolerant.as_ref();
        let old_form = self.form.old.map(|form| (form, self.old));
        let new_form = self.form.new.map(|form| (form, self.new));
        let refuses = |form: Option<(&Arc<Form>, &RoutedBuild<'_>)>, node, direction| {
            form.is_some_and(|(form, home)| self.is_refused(form, home, node, direction))
        };
        let refuses_old_form = refuses(old_form, new, Direction::OldToNew);
        let refuses_new_form = refuses(new_form, old, Direction::NewToOld);
        bounds.meets.push((form, endpoint));
        let takes_both = tolerant.is_some()
            && !refuses(old_form, tolerant, Direction::OldToNew)
            && !refuses(new_form, tolerant, Direction::NewToOld);
        bounds.has_tolerant[endpoint] &= takes_both;
        if self.form.is_same() {
            // It is there all the time, so there is no time at which the handler could
            // change.
            if refuses_old_form || refuses_new_form {
                bounds.blocked.push(endpoint);
            }
            return;
        }
        let distance = |direction| usize::from(self.policy.overlaps(direction));
        if refuses_old_form {
            bounds.list.push(Bound {
                later: Time::Arrives(endpoint),
                earlier: Time::Form(form),
                distance: distance(Direction::OldToNew),
            });
        }
        if refuses_new_form || (refuses_old_form && self.loses_input()) {
            bounds.list.push(Bound {
                later: Time::Form(form),
                earlier: Time::Leaves(endpoint),
                distance: distance(Direction::NewToOld),
            });
        }
    }

    /// Whether a node whose handler of the endpoint is this one refuses what the form
    /// sends, and its own build takes; all other handlers are those of its own build.
    fn is_refused(
        &self,
        form: &Arc<Form>,
        home: &RoutedBuild<'_>,
        at: Option<&Arc<Handler>>,
        direction: Direction,
    ) -> bool {
        let (Some(known), home_handler) = (
            self.endpoint.new.or(self.endpoint.old),
            if home.id == self.new.id {
                self.endpoint.new
            } else {
                self.endpoint.old
            },
        ) else {
            return false;
        };
        let mut handlers: Vec<Arc<Handler>> = Vec::new();
        for target in &form.posts_to {
            if let Ok(pattern) = Pattern::parse(&target.path) {
                handlers.extend(
                    home.router
                        .possible(&pattern)
                        .into_iter()
                        .cloned()
                        .map(Arc::new),
                );
            }
        }
        handlers.sort_by(|a, b| a.order(b));
        handlers.dedup();
        let page = small(&home.registry.release, handlers.clone(), Some(form));
        let is_other = |handler: &Arc<Handler>| {
            handler.method != known.method
                || home_handler.is_none_or(|own| own.path != handler.path)
        };
        handlers.retain(is_other);
        handlers.extend(at.cloned());
        // The node's own pages have the other version of the form.
        let other = if direction == Direction::OldToNew {
            self.form.new
        } else {
            self.form.old
        };
        let node = small(&home.registry.release, handlers, other);
        !denied(&page, &node, direction, self.policy).is_empty()
    }

    /// Whether the old handler would ignore a field that the new form sends and
    /// the new handler reads.
    fn loses_input(&self) -> bool {
        let fields = |handler: Option<&Arc<Handler>>| {
            let fields = handler.and_then(|handler| handler.fields.clone());
            fields.map(|fields| fields.list().into_owned())
        };
        let sent = self.form.new.and_then(|form| form.fields.as_ref());
        let (Some(sent), Some(old), Some(new)) =
            (sent, fields(self.endpoint.old), fields(self.endpoint.new))
        else {
            return false;
        };
        let reads = |fields: &[crate::registry::Field], name: &str| {
            fields.iter().any(|field| field.takes_name(name))
        };
        sent.list()
            .iter()
            .any(|field| reads(&new, &field.name) && !reads(&old, &field.name))
    }
}

/// A registry of some handlers and one form, if any.
fn small(release: &Release, handlers: Vec<Arc<Handler>>, form: Option<&Arc<Form>>) -> Registry {
    Registry {
        release: release.clone(),
        handlers,
        forms: form.into_iter().cloned().collect(),
    }
}
