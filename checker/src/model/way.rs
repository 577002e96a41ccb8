//! What becomes of a request in two builds: its way to a handler at home and to one at a node,
//! one for each thing that the holes of its path may mean.

use std::ptr;

use super::answer::Served;
use super::passage::{self, Loss};
use super::routed::RoutedBuild;
use crate::endpoint::{Outcome, Pattern, Segment};
use crate::registry::Handler;
use crate::support::steps;

/// The build that a page was made for, and that of a node.
#[derive(Clone, Copy)]
pub(super) struct Builds<'a, 'r> {
    pub(super) home: &'a RoutedBuild<'r>,
    pub(super) node: &'a RoutedBuild<'r>,
}

/// What becomes of a request with one meaning.
#[derive(Clone)]
pub(super) struct Way<'r> {
    /// The handler that takes it at home, in the end; `None`: none does.
    pub(super) own: Option<&'r Handler>,
    /// Where it arrives at the node at first. Where it does not go on to a handler, or where a
    /// handler for other paths catches it, this says that it is not served.
    pub(super) there: Outcome<'r>,
    /// The handler of the node that takes it, in the end.
    pub(super) arrives: Option<&'r Handler>,
    pub(super) astray: Option<Astray<'r>>,
    /// Whether redirects of the node lose what its fields hold, and those at home do not.
    pub(super) loses_fields: bool,
    /// Whether redirects drop the query: at home, and at the node.
    pub(super) loses_query: [bool; 2],
    pub(super) is_served_at_home: bool,
}

/// One of the things that a form may mean.
struct Meaning<'r> {
    /// Its path, with what the holes hold then.
    path: Pattern<'r>,
    /// The handler at home.
    own: &'r Handler,
    ways: Vec<Way<'r>>,
}

impl Meaning<'_> {
    fn is_served_at_home(&self) -> bool {
        self.ways.iter().any(|way| way.is_served_at_home)
    }
}

/// A handler that takes a request in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Astray<'r> {
    /// It is there for other paths: a parameter or the rest of its path takes this one.
    Caught(&'r Handler),
    /// It redirects to where nothing is served.
    Redirected(&'r Handler),
}

impl<'r> Builds<'_, 'r> {
    /// The handlers at home that a form may mean whose holes no parameter takes, or one that
    /// leads nowhere, and the ways to each. `None`: no handler can be meant.
    pub(super) fn meant(
        &self,
        method: &str,
        pattern: &Pattern<'r>,
    ) -> Option<(Vec<&'r Handler>, Vec<Way<'r>>)> {
        let mut meanings = self.home.router.meanings(method, pattern);
        meanings.sort_by(|(_, one), (_, other)| one.path.cmp(&other.path));
        let meanings = meanings.into_iter();
        // What is found after the budget is used up is dropped.
        let meanings = meanings.take_while(|_| !steps::is_used_up());
        let mut meant: Vec<Meaning<'r>> = Vec::new();
        for (path, own) in meanings {
            let there = self.node.router.resolve(method, &path);
            let ways = self.ways_of((method, &path), pattern, (own, there));
            meant.push(Meaning { path, own, ways });
        }
        // What leads nowhere at home either is not what the form means.
        if meant.iter().any(Meaning::is_served_at_home) {
            meant.retain(Meaning::is_served_at_home);
        }
        // Nor is a literal where a parameter takes any text.
        let holes = meant.iter().map(|meaning| &meaning.path);
        let holes: Vec<Pattern<'r>> = holes.filter(|path| has_hole(path)).cloned().collect();
        meant.retain(|meaning| !holes.iter().any(|hole| is_literal_of(&meaning.path, hole)));
        let handlers = meant.iter().map(|meaning| meaning.own);
        let mut handlers: Vec<&'r Handler> = handlers.collect();
        handlers.dedup_by(|one, other| ptr::eq(*one, *other));
        let ways = meant.into_iter().flat_map(|meaning| meaning.ways);
        let mut ways: Vec<Way<'r>> = ways.collect();
        if ways.iter().any(|way| way.is_served_at_home) {
            ways.retain(|way| way.is_served_at_home);
        }
        (!ways.is_empty()).then_some((handlers, ways))
    }

    /// The ways of a request that one handler takes at home, whatever its holes hold: several,
    /// where its parameter is a choice of texts, or where limits of parameters at the node
    /// decide which handler takes it.
    pub(super) fn ways_of(
        &self,
        (method, path): (&str, &Pattern<'r>),
        target: &Pattern<'r>,
        (own, there): (&'r Handler, Outcome<'r>),
    ) -> Vec<Way<'r>> {
        let mut ways = Vec::new();
        let chosen = chosen(path).into_iter();
        for path in chosen.take_while(|_| !steps::is_used_up()) {
            steps::count(1);
            let home = self.home.router.find_handler(method, &path);
            if home.is_some_and(|home| ptr::eq(home, own)) {
                let there = self.node.router.resolve(method, &path);
                ways.extend(self.ways_of((method, &path), target, (own, there)));
            }
        }
        if ways.is_empty() {
            ways = self.redirected((method, path), target, (own, &there));
        }
        if ways.is_empty() && matches!(there, Outcome::Undecided(_)) {
            ways = self.limited((method, path), target, own);
        }
        if ways.is_empty() {
            ways.push(self.way((method, path), target, (Some(own), there)));
        }
        ways
    }

    /// The ways of a request that is redirected to where the text in a hole decides whether it
    /// is served; empty: no text decides that.
    fn redirected(
        &self,
        (method, path): (&str, &Pattern<'r>),
        target: &Pattern<'r>,
        (own, there): (&'r Handler, &Outcome<'r>),
    ) -> Vec<Way<'r>> {
        let mut narrowed = passage::narrowed(self.home, (method, path), own);
        if let (true, Outcome::Served(first)) = (narrowed.is_empty(), there) {
            narrowed = passage::narrowed(self.node, (method, path), first);
            narrowed.retain(|narrowed| !fills_with_literal(narrowed, path));
        }
        let mut ways = Vec::new();
        for path in narrowed.iter().take_while(|_| !steps::is_used_up()) {
            steps::count(1);
            if self.may_take_at_home(own, (method, path)) {
                let there = self.node.router.resolve(method, path);
                ways.extend(self.ways_of((method, path), target, (own, there)));
            }
        }
        if !ways.is_empty() {
            let others = self.way((method, path), target, (Some(own), there.clone()));
            ways.extend(others.is_served_at_home.then_some(others));
        }
        ways
    }

    /// The ways of a request for whose holes limits of parameters decide at the node. Literals
    /// do not: they do not take the place of a parameter.
    fn limited(
        &self,
        (method, path): (&str, &Pattern<'r>),
        target: &Pattern<'r>,
        own: &'r Handler,
    ) -> Vec<Way<'r>> {
        let router = &self.node.router;
        let mut endings = router.endings(method, path);
        endings.retain(|(filled, there)| {
            // Where no limit takes it, it is one of the other texts.
            !fills_with_literal(filled, path)
                && (matches!(there, Outcome::Served(_)) || filled != path)
                && self.may_take_at_home(own, (method, filled))
        });
        // Where nothing is served, limits decide nothing.
        let mut outcomes = endings.iter().map(|(_, there)| there);
        if !outcomes.any(|there| matches!(there, Outcome::Served(_))) {
            return Vec::new();
        }
        endings.sort_by(|(_, one), (_, other)| first_path(one).cmp(&first_path(other)));
        let endings = endings.into_iter().take_while(|_| !steps::is_used_up());
        let mut ways: Vec<Way<'r>> = endings
            .map(|(path, there)| self.way((method, &path), target, (Some(own), there)))
            .collect();
        match router.resolve_other_texts(method, path) {
            Outcome::Served(_) => {}
            there => ways.push(self.way((method, path), target, (Some(own), there))),
        }
        ways
    }

    /// Whether requests that a handler takes at home, for whose holes limits decide at the node,
    /// may be to this path: what another handler takes at home is not what this one takes.
    fn may_take_at_home(&self, own: &'r Handler, (method, path): (&str, &Pattern<'r>)) -> bool {
        let router = &self.home.router;
        if let Some(handler) = router.find_handler(method, path) {
            return ptr::eq(handler, own);
        }
        let mut meanings = router.meanings(method, path).into_iter();
        meanings.any(|(_, handler)| ptr::eq(handler, own))
    }

    /// What becomes of a request to the target of a form that this handler takes at home,
    /// `None` if none does, and that arrives there at the node.
    pub(super) fn way(
        &self,
        request: (&str, &Pattern<'_>),
        target: &Pattern<'_>,
        (own, there): (Option<&'r Handler>, Outcome<'r>),
    ) -> Way<'r> {
        let (method, _) = request;
        let home = own.map(|own| passage::follow_other_texts(self.home, request, own));
        let own_loss = home.as_ref().map_or_else(Loss::default, |home| home.loss);
        let own_in_the_end = home.and_then(|home| match home.outcome {
            Outcome::Served(handler) => Some(handler),
            _ => None,
        });
        let mut way = Way {
            own: own_in_the_end,
            is_served_at_home: own_in_the_end.is_some(),
            there,
            arrives: None,
            astray: None,
            loses_fields: false,
            loses_query: [own_loss.query, false],
        };
        let Outcome::Served(first) = way.there else {
            return way;
        };
        if own.is_some_and(|own| is_caught((method, target), own, first)) {
            way.astray = Some(Astray::Caught(first));
            way.there = Outcome::NotServed;
            return way;
        }
        let passage = passage::follow_other_texts(self.node, request, first);
        way.loses_fields = passage.loss.takes_fields(own_loss, method);
        way.loses_query = [own_loss.query, passage.loss.query];
        match passage.outcome {
            Outcome::Served(last) => way.arrives = Some(last),
            outcome => {
                way.astray = Some(Astray::Redirected(first));
                way.there = outcome;
            }
        }
        way
    }
}

/// A path whose hole holds one of few texts, with each of these; empty: it has no such hole.
fn chosen<'r>(path: &Pattern<'r>) -> Vec<Pattern<'r>> {
    let mut segments = path.segments.iter().enumerate();
    let found = segments.find_map(|(at, segment)| match segment {
        Segment::Parameter {
            prefix,
            suffix,
            limit: Some(limit),
        } => Some((at, (prefix, suffix), limit.listed()?)),
        _ => None,
    });
    let Some((at, (prefix, suffix), texts)) = found else {
        return Vec::new();
    };
    let chosen = texts.into_iter().map(|text| {
        let mut chosen = path.clone();
        chosen.segments[at] = Segment::Literal(format!("{prefix}{text}{suffix}").into());
        chosen
    });
    chosen.collect()
}

/// Whether a parameter of a path takes any text.
fn has_hole(path: &Pattern<'_>) -> bool {
    let mut segments = path.segments.iter();
    segments.any(|segment| matches!(segment, Segment::Parameter { limit: None, .. }))
}

/// Whether a path is one of those that the other one takes, with a literal for a hole.
fn is_literal_of(path: &Pattern<'_>, hole: &Pattern<'_>) -> bool {
    steps::count(1);
    let mut pairs = path.segments.iter().zip(&hole.segments);
    let is_literal = pairs.any(|pair| {
        matches!(
            pair,
            (Segment::Literal(_), Segment::Parameter { limit: None, .. })
        )
    });
    is_literal && hole.takes(path)
}

/// Whether a literal stands where the path has a hole.
fn fills_with_literal(filled: &Pattern<'_>, path: &Pattern<'_>) -> bool {
    let mut pairs = filled.segments.iter().zip(&path.segments);
    pairs.any(|pair| matches!(pair, (Segment::Literal(_), Segment::Parameter { .. })))
}

/// The path of the first handler at which a request arrives, or which has another method.
fn first_path<'r>(there: &Outcome<'r>) -> Option<&'r str> {
    match there {
        Outcome::Served(handler) => Some(&handler.path),
        Outcome::OtherMethods(handlers) | Outcome::Undecided(handlers) => {
            handlers.first().map(|handler| &*handler.path)
        }
        Outcome::NotServed => None,
    }
}

/// Whether the handlers that a form may mean are served.
pub(super) fn served_of(ways: &[Way<'_>]) -> Served {
    let outcomes = || ways.iter().map(|way| &way.there);
    let served = outcomes().filter(|outcome| matches!(outcome, Outcome::Served(_)));
    match served.count() {
        0 if outcomes().any(|outcome| matches!(outcome, Outcome::OtherMethods(_))) => {
            Served::OtherMethods
        }
        0 => Served::None,
        count if count == ways.len() => Served::All,
        _ => Served::Some,
    }
}

/// Whether a handler of the node takes a request only because nothing is left at the path of
/// `own`, which takes it at home: a parameter or the rest of its path takes whatever is not
/// served otherwise. A page that a parameter takes may still be the right one, so a GET is
/// caught by the rest alone. The same function behind a wider path is no other handler, and
/// one at the very path that the form has as its target is not there for other paths.
pub(super) fn is_caught(
    (method, target): (&str, &Pattern<'_>),
    own: &Handler,
    there: &Handler,
) -> bool {
    if own.path == there.path || own.id == there.id {
        return false;
    }
    let (Ok(own), Ok(there)) = (Pattern::parse(&own.path), Pattern::parse(&there.path)) else {
        return false;
    };
    let is_rest = matches!(there.segments.last(), Some(Segment::Rest));
    let is_page = matches!(method, "GET" | "HEAD");
    (is_rest || !is_page) && own != there && !target.takes(&there) && there.takes(&own)
}
