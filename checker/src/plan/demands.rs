//! Finds what the parts of a plan demand of each other.
//!
//! A page of release `i` meets nodes of `i - 1`, `i` and `i + 1`; later ones only after
//! a wait, which a plan may always ask for. So a form that the new handler refuses must
//! be gone one release before that comes, and a form that the old handler refuses may
//! come one release after that went.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::bounds::{Bound, Bounds, Time, distance};
use super::home::{Home, small};
use super::parts::{Endpoint, FormPart, Parts};
use crate::endpoint::{Pattern, Router};
use crate::judge::denied_at;
use crate::model::{Build, Direction, Policy, RoutedBuild, TooManySteps};
use crate::registry::{Field, Fields, Handler, Registry};

/// Finds the bounds.
pub(super) fn bounds(parts: &Parts<'_>, policy: &Policy) -> Result<Bounds, TooManySteps> {
    let mut bounds = Bounds::new(parts);
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
        let [own_home, other_home] = match direction {
            Direction::OldToNew => self.homes.each_ref(),
            Direction::NewToOld => [&self.homes[1], &self.homes[0]],
        };
        let is_other =
            |handler: &&Arc<Handler>| home_handler.is_none_or(|own| !Arc::ptr_eq(own, handler));
        let handlers = page.registry.handlers.iter().filter(is_other);
        // Where it is not there, what redirects to it is not there either.
        let lost = home_handler.filter(|_| at.is_none());
        let handlers = handlers.filter_map(|handler| match lost {
            Some(lost) if leads_to(own_home, handler, lost) => {
                let others = other_home.possible(&handler.path);
                others
                    .into_iter()
                    .find(|other| is_same_endpoint(other, handler))
            }
            _ => Some(handler),
        });
        let mut handlers: Vec<Arc<Handler>> = handlers.chain(at).cloned().collect();
        // What it redirects to is there with it.
        if let Some(redirect) = at.and_then(|handler| handler.redirect.as_ref()) {
            let first = &*redirect.to;
            let paths = std::iter::once(first).chain(other_home.redirected(vec![first]));
            for handler in paths.flat_map(|path| other_home.possible(path)) {
                if !handlers
                    .iter()
                    .any(|other| is_same_endpoint(other, handler))
                {
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
        let (Some(form), Some(old), Some(new)) =
            (self.form.new, self.endpoint.old, self.endpoint.new)
        else {
            return false;
        };
        let [in_old, in_new] =
            [old, new].map(|handler| handler.query.as_ref().map(|query| &query.fields));
        is_ignored(
            form.fields.as_ref(),
            old.fields.as_ref(),
            new.fields.as_ref(),
        ) || is_ignored(form.query.as_ref(), in_old, in_new)
    }
}

/// Whether a field that is sent is among the new ones, and not among the old ones.
fn is_ignored(sent: Option<&Fields>, old: Option<&Fields>, new: Option<&Fields>) -> bool {
    let (Some(sent), Some(old), Some(new)) = (sent, old, new) else {
        return false;
    };
    let [old, new] = [old.list(), new.list()];
    let [old, new] = [&old, &new].map(|fields| {
        let names = fields.iter().flat_map(Field::names);
        names.collect::<HashSet<&str>>()
    });
    let mut names = sent.list().into_owned().into_iter().map(|field| field.name);
    names.any(|name| new.contains(&*name) && !old.contains(&*name))
}

/// Whether a handler of a build redirects to this one, in several hops.
fn leads_to(home: &Home<'_>, handler: &Handler, to: &Arc<Handler>) -> bool {
    handler.redirect.as_ref().is_some_and(|redirect| {
        let first = &*redirect.to;
        let mut paths = std::iter::once(first).chain(home.redirected(vec![first]));
        paths.any(|path| {
            home.possible(path)
                .iter()
                .any(|other| Arc::ptr_eq(other, to))
        })
    })
}

/// Whether two handlers serve one endpoint.
fn is_same_endpoint(one: &Handler, other: &Handler) -> bool {
    (&one.method, &one.path, &one.parameters) == (&other.method, &other.path, &other.parameters)
}
