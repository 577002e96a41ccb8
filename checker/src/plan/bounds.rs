//! What the parts of a plan demand of each other: which may change only before, with
//! or after which.
//!
//! A page of release `i` meets nodes of `i - 1`, `i` and `i + 1`; later ones only after
//! a wait, which a plan may always ask for. So a form that the new handler refuses must
//! be gone one release before that comes, and a form that the old handler refuses may
//! come one release after that went.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::parts::{Endpoint, FormPart, Parts};
use super::replaced::After;
use crate::endpoint::{Pattern, Router};
use crate::judge::denied_at;
use crate::model::{Build, Direction, Policy, RoutedBuild, TooManySteps};
use crate::registry::{Field, Form, Handler, Registry};

/// When a part changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Time {
    /// The old handler of this endpoint is no longer there.
    Leaves(usize),
    /// The new handler of this endpoint is there.
    Arrives(usize),
    /// This form is the new one.
    Form(usize),
}

/// `later >= earlier + distance`, in releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bound {
    pub(super) later: Time,
    pub(super) earlier: Time,
    pub(super) distance: usize,
}

/// All bounds.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    pub(super) list: Vec<Bound>,
    /// The same, to find one.
    known: HashSet<Bound>,
    /// How many endpoints change.
    pub(super) endpoints: usize,
    /// How many forms there are.
    pub(super) forms: usize,
    /// Per endpoint, whether a tolerant handler can stand between.
    pub(super) has_tolerant: Vec<bool>,
    /// The endpoints that a form which does not change refuses to follow.
    pub(super) blocked: Vec<usize>,
    /// Per form, the endpoints that it meets.
    meets: Vec<Vec<usize>>,
}

impl Bounds {
    /// The forms that meet each endpoint.
    pub(super) fn forms_by_endpoint(&self) -> HashMap<usize, Vec<usize>> {
        let mut forms: HashMap<usize, Vec<usize>> = HashMap::new();
        for (form, endpoints) in self.meets.iter().enumerate() {
            for endpoint in endpoints {
                forms.entry(*endpoint).or_default().push(form);
            }
        }
        forms
    }

    /// A handler that redirects to one that only its own build has: that must be there as long
    /// as it is.
    fn follow_redirects(
        &mut self,
        parts: &Parts<'_>,
        router: &Router<'_>,
        numbers: &HashMap<*const Handler, usize>,
    ) {
        let to = |handler: Option<&Arc<Handler>>| {
            let redirect = handler.and_then(|handler| handler.redirect.as_ref());
            let path = redirect.and_then(|redirect| Pattern::parse(&redirect.to).ok());
            let handlers = path.map(|path| router.possible(&path));
            let handlers = handlers.into_iter().flatten();
            let reached: Vec<usize> = handlers
                .filter_map(|handler| numbers.get(&std::ptr::from_ref(handler)).copied())
                .collect();
            reached
        };
        for (number, endpoint) in parts.endpoints.iter().enumerate() {
            for reached in to(endpoint.new) {
                if reached != number && parts.endpoints[reached].old.is_none() {
                    self.push(Bound {
                        later: Time::Arrives(number),
                        earlier: Time::Arrives(reached),
                        distance: 0,
                    });
                }
            }
            for reached in to(endpoint.old) {
                if reached != number && parts.endpoints[reached].new.is_none() {
                    self.push(Bound {
                        later: Time::Leaves(reached),
                        earlier: Time::Leaves(number),
                        distance: 0,
                    });
                }
            }
        }
    }

    /// Adds a bound. Says whether it was new.
    fn push(&mut self, bound: Bound) -> bool {
        let is_new = self.known.insert(bound);
        if is_new {
            self.list.push(bound);
        }
        is_new
    }

    /// Changes a form with another one or after it.
    pub(super) fn order_forms(&mut self, After { later, earlier }: After) {
        self.push(Bound {
            later: Time::Form(later),
            earlier: Time::Form(earlier),
            distance: 0,
        });
    }

    /// Adds what a finding of the checker shows that the bounds do not: that one version
    /// of a form needs the handlers of its own build. Says whether that was new.
    ///
    /// Several endpoints may take what a form sends, so that no single one is missed; then
    /// the form is bound to the one that takes it at home, and, if that is not enough, to
    /// all of them.
    pub(super) fn add(
        &mut self,
        (form, part): (usize, &FormPart<'_>),
        is_old: bool,
        own: Option<usize>,
        policy: &Policy,
    ) -> bool {
        let bound = |endpoint| {
            if is_old {
                Bound {
                    later: Time::Arrives(endpoint),
                    earlier: Time::Form(form),
                    distance: distance(part, Direction::OldToNew, policy),
                }
            } else {
                Bound {
                    later: Time::Form(form),
                    earlier: Time::Leaves(endpoint),
                    distance: distance(part, Direction::NewToOld, policy),
                }
            }
        };
        if own.is_some_and(|own| self.push(bound(own))) {
            return true;
        }
        let all = self.meets[form].clone().into_iter();
        all.map(|endpoint| self.push(bound(endpoint)))
            .fold(false, |any, is_new| any | is_new)
    }
}

/// How many releases a form and a handler are apart that may not meet this way round.
fn distance(form: &FormPart<'_>, direction: Direction, policy: &Policy) -> usize {
    let sent = match direction {
        Direction::OldToNew => form.old,
        Direction::NewToOld => form.new,
    };
    let overlaps = match sent {
        Some(sent) => policy.overlaps_form(direction, sent),
        None => policy.overlaps(direction),
    };
    usize::from(overlaps)
}

/// Finds the bounds.
pub(super) fn bounds(parts: &Parts<'_>, policy: &Policy) -> Result<Bounds, TooManySteps> {
    let mut bounds = Bounds {
        endpoints: parts.endpoints.len(),
        forms: parts.forms.len(),
        has_tolerant: parts
            .endpoints
            .iter()
            .map(|endpoint| endpoint.tolerant.is_some())
            .collect(),
        meets: vec![Vec::new(); parts.forms.len()],
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
    let homes = [parts.old, parts.new].map(Home::new);
    bounds.follow_redirects(parts, &router, &numbers);
    for (number, form) in parts.forms.iter().enumerate() {
        let reached = reached(form, &homes, &router, &numbers);
        if reached.is_empty() {
            continue;
        }
        let [old, new] = &homes;
        let pages = [
            form.old.map(|form| old.page(form)),
            form.new.map(|form| new.page(form)),
        ];
        let [old, new] = pages.each_ref().map(|page| {
            page.as_ref()
                .map(|page| RoutedBuild::new(Build::new(0, page)))
        });
        for endpoint in reached {
            let meeting = Meeting {
                old: old.as_ref(),
                new: new.as_ref(),
                homes: &homes,
                form,
                endpoint: &parts.endpoints[endpoint],
                policy,
            };
            meeting.bound(number, endpoint, &mut bounds)?;
        }
    }
    bounds.blocked.sort_unstable();
    bounds.blocked.dedup();
    Ok(bounds)
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
        routing: parts.new.routing,
        trailing_slash: parts.new.trailing_slash,
        scanned: false,
        handlers,
        forms: Vec::new(),
    };
    (registry, numbers)
}

/// The endpoints that change and that a form of either build may mean.
fn reached(
    form: &FormPart<'_>,
    homes: &[Home<'_>; 2],
    router: &Router<'_>,
    numbers: &HashMap<*const Handler, usize>,
) -> Vec<usize> {
    let paths = [form.old, form.new].into_iter().flatten().flat_map(|form| {
        let targets = form.posts_to.iter().map(|target| &*target.path);
        let arrives = homes
            .iter()
            .flat_map(|home| home.redirected(targets.clone().collect()));
        targets.clone().chain(arrives).collect::<Vec<_>>()
    });
    let patterns = paths.filter_map(|path| Pattern::parse(path).ok());
    let handlers = patterns.flat_map(|pattern| router.possible(&pattern));
    let known = handlers.filter_map(|handler| numbers.get(&std::ptr::from_ref(handler)));
    let mut reached: Vec<usize> = known.copied().collect();
    reached.sort_unstable();
    reached.dedup();
    reached
}

/// One of the two builds.
struct Home<'r> {
    build: RoutedBuild<'r>,
    /// Its handlers, by their addresses.
    handlers: HashMap<*const Handler, &'r Arc<Handler>>,
    has_redirects: bool,
}

impl<'r> Home<'r> {
    fn new(registry: &'r Registry) -> Self {
        let handlers = registry.handlers.iter();
        Self {
            build: RoutedBuild::new(Build::new(0, registry)),
            has_redirects: handlers.clone().any(|handler| handler.redirect.is_some()),
            handlers: handlers
                .map(|handler| (Arc::as_ptr(handler), handler))
                .collect(),
        }
    }

    /// A build of one of its forms and of the handlers that this may mean.
    fn page(&self, form: &Arc<Form>) -> Registry {
        let targets: Vec<&str> = form.posts_to.iter().map(|target| &*target.path).collect();
        let arrives = self.redirected(targets.clone());
        let handlers = targets.into_iter().chain(arrives);
        let handlers = handlers.flat_map(|path| self.possible(path));
        let mut handlers: Vec<Arc<Handler>> = handlers.cloned().collect();
        handlers.sort_by(|a, b| a.order(b));
        handlers.dedup();
        small(self.build.registry, handlers, Some(form))
    }

    /// The handlers that a path may mean.
    fn possible(&self, path: &str) -> Vec<&'r Arc<Handler>> {
        let Ok(pattern) = Pattern::parse(path) else {
            return Vec::new();
        };
        let handlers = self.build.router.possible(&pattern).into_iter();
        let known = handlers.filter_map(|handler| self.handlers.get(&std::ptr::from_ref(handler)));
        known.copied().collect()
    }

    /// The paths to which redirects may lead from these, in several hops.
    fn redirected<'p>(&self, from: Vec<&'p str>) -> Vec<&'p str>
    where
        'r: 'p,
    {
        if !self.has_redirects {
            return Vec::new();
        }
        let mut known: HashSet<&str> = from.iter().copied().collect();
        let mut open = from;
        let mut found = Vec::new();
        while let Some(path) = open.pop() {
            for handler in self.possible(path) {
                if let Some(redirect) = &handler.redirect
                    && known.insert(&redirect.to)
                {
                    found.push(&*redirect.to);
                    open.push(&redirect.to);
                }
            }
        }
        found
    }
}

/// A form, and an endpoint that it may mean.
struct Meeting<'a, 'r> {
    /// The old form with the handlers of the old build that it may mean, and the new one.
    old: Option<&'a RoutedBuild<'a>>,
    new: Option<&'a RoutedBuild<'a>>,
    /// The whole old build, and the new one.
    homes: &'a [Home<'r>; 2],
    form: &'a FormPart<'r>,
    endpoint: &'a Endpoint<'r>,
    policy: &'a Policy,
}

impl Meeting<'_, '_> {
    /// Adds what the form and the endpoint demand of each other.
    fn bound(&self, form: usize, endpoint: usize, bounds: &mut Bounds) -> Result<(), TooManySteps> {
        let (old, new) = (self.endpoint.old, self.endpoint.new);
        let tolerant = self.endpoint.tolerant.as_ref();
        let refuses = |node, direction| self.is_refused(node, direction);
        let refuses_old_form = refuses(new, Direction::OldToNew)?;
        let refuses_new_form = refuses(old, Direction::NewToOld)?;
        bounds.meets[form].push(endpoint);
        let takes_both = tolerant.is_some()
            && !refuses(tolerant, Direction::OldToNew)?
            && !refuses(tolerant, Direction::NewToOld)?;
        bounds.has_tolerant[endpoint] &= takes_both;
        if self.form.is_same() {
            // It is there all the time, so there is no time at which the handler could
            // change.
            if refuses_old_form || refuses_new_form {
                bounds.blocked.push(endpoint);
            }
            return Ok(());
        }
        let distance = |direction| distance(self.form, direction, self.policy);
        if refuses_old_form {
            bounds.push(Bound {
                later: Time::Arrives(endpoint),
                earlier: Time::Form(form),
                distance: distance(Direction::OldToNew),
            });
        }
        if refuses_new_form || (refuses_old_form && self.loses_input()) {
            bounds.push(Bound {
                later: Time::Form(form),
                earlier: Time::Leaves(endpoint),
                distance: distance(Direction::NewToOld),
            });
        }
        Ok(())
    }

    /// Whether a node whose handler of the endpoint is this one refuses what the form
    /// sends, and its own build takes; all other handlers are those of its own build.
    fn is_refused(
        &self,
        at: Option<&Arc<Handler>>,
        direction: Direction,
    ) -> Result<bool, TooManySteps> {
        let Endpoint { old, new, .. } = self.endpoint;
        // The node's own pages have the other version of the form.
        let (page, home_handler, other) = match direction {
            Direction::OldToNew => (self.old, old, self.form.new),
            Direction::NewToOld => (self.new, new, self.form.old),
        };
        let Some(page) = page else {
            return Ok(false);
        };
        let is_other =
            |handler: &&Arc<Handler>| home_handler.is_none_or(|own| !Arc::ptr_eq(own, handler));
        let handlers = page.registry.handlers.iter().filter(is_other);
        let mut handlers: Vec<Arc<Handler>> = handlers.chain(at).cloned().collect();
        // What it redirects to is there with it.
        if let Some(redirect) = at.and_then(|handler| handler.redirect.as_ref()) {
            let home = match direction {
                Direction::OldToNew => &self.homes[1],
                Direction::NewToOld => &self.homes[0],
            };
            let first = &*redirect.to;
            let paths = std::iter::once(first).chain(home.redirected(vec![first]));
            for handler in paths.flat_map(|path| home.possible(path)) {
                let is_there = |other: &Arc<Handler>| {
                    (&other.method, &other.path, &other.parameters)
                        == (&handler.method, &handler.path, &handler.parameters)
                };
                if !handlers.iter().any(is_there) {
                    handlers.push(Arc::clone(handler));
                }
            }
        }
        let node = small(page.registry, handlers, other);
        let node = RoutedBuild::new(Build::new(1, &node));
        Ok(!denied_at(page, &node, direction, self.policy)?.is_empty())
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
        let [old, new] = [&old, &new].map(|fields| {
            let names = fields.iter().flat_map(Field::names);
            names.collect::<HashSet<&str>>()
        });
        let mut names = sent.list().into_owned().into_iter().map(|field| field.name);
        names.any(|name| new.contains(&*name) && !old.contains(&*name))
    }
}

/// A registry of some handlers and one form, if any, of the release of `home`.
fn small(home: &Registry, handlers: Vec<Arc<Handler>>, form: Option<&Arc<Form>>) -> Registry {
    Registry {
        release: home.release.clone(),
        routing: home.routing,
        trailing_slash: home.trailing_slash,
        scanned: home.scanned,
        handlers,
        forms: form.into_iter().cloned().collect(),
    }
}
