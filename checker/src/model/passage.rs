//! Follows a request through handlers that only redirect, by the Fetch standard (HTTP-redirect
//! fetch), to the handler where it arrives.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::routed::RoutedBuild;
use crate::endpoint::{Outcome, Pattern, Router, Segment};
use crate::registry::pattern::{inner_text, parameter_name};
use crate::registry::{Handler, Redirect};

/// How many redirects a browser follows: after 20 it gives up.
const MOST_REDIRECTS: usize = 20;

/// Where a request arrives after all redirects.
#[derive(Clone, Debug)]
pub(super) struct Passage<'r> {
    /// At which handler.
    pub(super) outcome: Outcome<'r>,
    /// The handlers that redirect, in the order in which they are passed.
    pub(super) hops: SmallVec<[&'r Handler; 1]>,
    /// What is lost on the way.
    pub(super) loss: Loss,
}

/// What redirects take from a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Loss {
    /// Its method, and with it the body.
    pub(super) method: bool,
    /// Its query.
    pub(super) query: bool,
}

/// Follows a request that a handler of the build takes.
pub(super) fn follow<'r>(
    build: &RoutedBuild<'r>,
    request: (&str, &Pattern<'_>),
    first: &'r Handler,
) -> Passage<'r> {
    follow_by(build, request, first, Router::resolve)
}

/// The same of a request whose holes hold what no literal is and no limit takes.
pub(super) fn follow_other_texts<'r>(
    build: &RoutedBuild<'r>,
    request: (&str, &Pattern<'_>),
    first: &'r Handler,
) -> Passage<'r> {
    follow_by(build, request, first, Router::resolve_other_texts)
}

fn follow_by<'r>(
    build: &RoutedBuild<'r>,
    (method, path): (&str, &Pattern<'_>),
    first: &'r Handler,
    resolve: fn(&Router<'r>, &str, &Pattern<'_>) -> Outcome<'r>,
) -> Passage<'r> {
    let mut loss = Loss::default();
    let mut hops = SmallVec::new();
    let mut handler = first;
    let mut method = Cow::Borrowed(method);
    let mut path: Pattern<'r> = path.clone().into_owned();
    for _ in 0..=MOST_REDIRECTS {
        let Some(redirect) = &handler.redirect else {
            return Passage {
                outcome: Outcome::Served(handler),
                hops,
                loss,
            };
        };
        hops.push(handler);
        let next = redirect.method_after(&method).to_owned();
        loss.method |= next != method;
        loss.query |= !redirect.query;
        let Some(to) = filled(handler, redirect, &path) else {
            break;
        };
        path = to;
        match resolve(&build.router, &next, &path) {
            Outcome::Served(served) => handler = served,
            outcome => {
                return Passage {
                    outcome,
                    hops,
                    loss,
                };
            }
        }
        method = Cow::Owned(next);
    }
    Passage {
        outcome: Outcome::NotServed,
        hops,
        loss,
    }
}

/// Where a request arrives after all redirects, from where it arrives at first.
pub(super) fn arrive<'r>(
    build: &RoutedBuild<'r>,
    request: (&str, &Pattern<'_>),
    first: Outcome<'r>,
) -> Passage<'r> {
    match first {
        Outcome::Served(handler) => follow(build, request, handler),
        outcome => Passage {
            outcome,
            hops: SmallVec::new(),
            loss: Loss::default(),
        },
    }
}

/// The handlers that a request reaches, or may reach: those that redirect it, and those at
/// which it arrives.
pub(super) fn reached<'r>(
    build: &RoutedBuild<'r>,
    request: (&str, &Pattern<'_>),
) -> Vec<&'r Handler> {
    let (method, path) = request;
    let passage = arrive(build, request, build.router.resolve(method, path));
    let mut reached = passage.hops.into_vec();
    match passage.outcome {
        Outcome::Served(handler) => reached.push(handler),
        Outcome::Undecided(handlers) => reached.extend(handlers),
        Outcome::OtherMethods(_) | Outcome::NotServed => {}
    }
    reached
}

impl Loss {
    /// What is lost here and not there.
    fn beyond(self, other: Self) -> Self {
        Self {
            method: self.method && !other.method,
            query: self.query && !other.query,
        }
    }

    /// Whether fields that a request of this method sends are lost.
    pub(super) fn takes_fields(self, other: Self, method: &str) -> bool {
        let beyond = self.beyond(other);
        match method {
            "GET" | "HEAD" => beyond.query,
            _ => beyond.method,
        }
    }
}

/// The path that a redirect leads to: its holes are filled with what the handler's parameters
/// hold.
fn filled<'p>(handler: &Handler, redirect: &Redirect, path: &Pattern<'_>) -> Option<Pattern<'p>> {
    let own = handler.pattern().ok()?;
    let to = Pattern::parse(&redirect.to).ok()?;
    let mut segments: SmallVec<[Segment<'p>; 4]> = SmallVec::new();
    for (segment, position) in to.segments.iter().zip(positions(handler, redirect)) {
        let held = position.and_then(|position| {
            let own = own.segments.get(position)?;
            Some((own, path.segments.get(position..)?))
        });
        match (segment, held) {
            (Segment::Rest, Some((Segment::Rest, rest))) => {
                segments.extend(rest.iter().cloned().map(Segment::into_owned));
            }
            (
                Segment::Parameter { prefix, suffix, .. },
                Some((
                    Segment::Parameter {
                        prefix: before,
                        suffix: behind,
                        ..
                    },
                    [Segment::Literal(text), ..],
                )),
            ) => {
                let inner = inner_text(text, before, behind)?;
                segments.push(Segment::Literal(format!("{prefix}{inner}{suffix}").into()));
            }
            (
                Segment::Parameter { prefix, suffix, .. },
                Some((own, [held @ Segment::Parameter { limit, .. }, ..])),
            ) if has_same_texts(own, held) => segments.push(Segment::Parameter {
                prefix: prefix.clone().into_owned().into(),
                suffix: suffix.clone().into_owned().into(),
                limit: limit.clone(),
            }),
            (segment, _) => segments.push(segment.clone().into_owned()),
        }
    }
    Some(Pattern { segments })
}

/// Whether the same text is around two parameters.
fn has_same_texts(one: &Segment<'_>, other: &Segment<'_>) -> bool {
    match (one, other) {
        (
            Segment::Parameter { prefix, suffix, .. },
            Segment::Parameter {
                prefix: other_prefix,
                suffix: other_suffix,
                ..
            },
        ) => prefix == other_prefix && suffix == other_suffix,
        _ => false,
    }
}

/// For each segment of the path that a redirect leads to, the segment of the handler's path
/// whose parameter fills it.
fn positions(handler: &Handler, redirect: &Redirect) -> Vec<Option<usize>> {
    let names = handler.path.split('/').skip(1).map(parameter_name);
    let names: Vec<Option<&str>> = names.collect();
    let holes = redirect.to.split('/').skip(1).map(parameter_name);
    holes
        .map(|name| names.iter().position(|own| own.is_some() && *own == name))
        .collect()
}

/// What the holes of a path may hold so that the redirect of this handler leads on, where that
/// is not so whatever they hold: the path with each. Empty: they do not decide it.
pub(super) fn narrowed<'r>(
    build: &RoutedBuild<'r>,
    request: (&str, &Pattern<'r>),
    handler: &Handler,
) -> Vec<Pattern<'r>> {
    narrowed_by(build, request, handler, MOST_REDIRECTS)
}

/// The same, by at most so many more redirects.
fn narrowed_by<'r>(
    build: &RoutedBuild<'r>,
    (method, path): (&str, &Pattern<'r>),
    handler: &Handler,
    most: usize,
) -> Vec<Pattern<'r>> {
    let Some(redirect) = handler.redirect.as_ref().filter(|_| most > 0) else {
        return Vec::new();
    };
    let Some(to) = filled(handler, redirect, path) else {
        return Vec::new();
    };
    let next = redirect.method_after(method);
    let leading_on: Vec<Pattern<'r>> = match build.router.resolve(next, &to) {
        Outcome::Served(handler) => narrowed_by(build, (next, &to), handler, most - 1),
        Outcome::Undecided(_) => {
            let meanings = build.router.meanings(next, &to).into_iter();
            meanings.map(|(path, _)| path).collect()
        }
        Outcome::OtherMethods(_) | Outcome::NotServed => Vec::new(),
    };
    let positions = positions(handler, redirect);
    let narrowed = leading_on.iter().filter_map(|leading_on| {
        let mut narrowed = path.clone();
        let segments = to.segments.iter().zip(&leading_on.segments);
        for ((to, leading_on), position) in segments.zip(&positions) {
            if to != leading_on {
                let own = narrowed.segments.get_mut((*position)?)?;
                *own = narrowed_segment(own, to, leading_on)?;
            }
        }
        (narrowed != *path).then_some(narrowed)
    });
    narrowed.collect()
}

/// A hole that holds what the hole `to` must hold to be this; `None`: that cannot be said.
fn narrowed_segment<'r>(
    own: &Segment<'_>,
    to: &Segment<'_>,
    leading_on: &Segment<'r>,
) -> Option<Segment<'r>> {
    let (
        Segment::Parameter {
            prefix: own_prefix,
            suffix: own_suffix,
            limit: None,
        },
        Segment::Parameter { prefix, suffix, .. },
    ) = (own, to)
    else {
        return None;
    };
    match leading_on {
        Segment::Literal(text) => {
            let inner = inner_text(text, prefix, suffix)?;
            let text = format!("{own_prefix}{inner}{own_suffix}");
            Some(Segment::Literal(text.into()))
        }
        Segment::Parameter {
            limit: Some(limit), ..
        } if has_same_texts(leading_on, to) => Some(Segment::Parameter {
            prefix: own_prefix.clone().into_owned().into(),
            suffix: own_suffix.clone().into_owned().into(),
            limit: Some(limit.clone()),
        }),
        Segment::Parameter { .. } | Segment::Rest => None,
    }
}
