//! Follows a request through handlers that only redirect, by the Fetch standard (HTTP-redirect
//! fetch), to the handler where it arrives.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::routed::RoutedBuild;
use crate::endpoint::{Outcome, Pattern, Segment};
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
    (method, path): (&str, &Pattern<'_>),
    first: &'r Handler,
) -> Passage<'r> {
    let mut loss = Loss::default();
    let mut hops = SmallVec::new();
    let mut handler = first;
    let mut method = Cow::Borrowed(method);
    let mut path = path.clone().into_owned();
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
        match build.router.resolve(&next, &path) {
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
fn filled(handler: &Handler, redirect: &Redirect, path: &Pattern<'_>) -> Option<Pattern<'static>> {
    let own = handler.pattern().ok()?;
    let names: Vec<Option<&str>> = handler
        .path
        .split('/')
        .skip(1)
        .map(parameter_name)
        .collect();
    let to = Pattern::parse(&redirect.to).ok()?;
    let holes = redirect.to.split('/').skip(1).map(parameter_name);
    let mut segments: SmallVec<[Segment<'static>; 4]> = SmallVec::new();
    for (segment, name) in to.segments.iter().zip(holes) {
        let position = name.and_then(|name| names.iter().position(|own| *own == Some(name)));
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
            (segment, _) => segments.push(segment.clone().into_owned()),
        }
    }
    Some(Pattern { segments })
}
