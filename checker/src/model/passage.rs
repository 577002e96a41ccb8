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
    /// At which handler, if it is still the same request.
    pub(super) outcome: Outcome<'r>,
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
    let mut handler = first;
    let mut method = Cow::Borrowed(method);
    let mut path = path.clone().into_owned();
    for _ in 0..=MOST_REDIRECTS {
        let Some(redirect) = &handler.redirect else {
            return Passage {
                outcome: Outcome::Served(handler),
                loss,
            };
        };
        let next = redirect.method_after(&method).to_owned();
        loss.method |= next != method;
        loss.query |= !redirect.query;
        let Some(to) = filled(handler, redirect, &path) else {
            break;
        };
        path = to;
        match build.router.resolve(&next, &path) {
            Outcome::Served(served) => handler = served,
            outcome => return Passage { outcome, loss },
        }
        method = Cow::Owned(next);
    }
    Passage {
        outcome: Outcome::NotServed,
        loss,
    }
}

/// The path that a redirect leads to: its holes are filled with what the handler's parameters
/// hold.
fn filled(
    handler: &Handler,
    redirect: &Redirect,
    path: &Pattern<'_>,
) -> Option<Pattern<'static>> {
    let own = Pattern::from_handler(handler).ok()?;
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
