//! A node: real routers, what a browser does with redirects, and the reader that imitates
//! serde's derived code.
//!
//! The router of actix-web knows both orders, by path and by method, and limits of
//! parameters: its routes are tried one after the other, in the order in which they are
//! registered, here from the most to the least specific one. Where a build needs neither,
//! axum's router is asked as well, and must say the same.

use std::collections::BTreeMap;

use actix_router::{Path, ResourceDef, Router};
use coexist_checker::registry::{Encoding, Handler, Limit, Parameter, Registry, Routing, Value};

use crate::reader::{self, Fault};
use crate::request::Body;

/// How many redirects browsers follow.
const MOST_REDIRECTS: usize = 20;

/// The handlers of one path, with what their parameters are limited to.
struct Route<'r> {
    handlers: Vec<&'r Handler>,
    /// The segments whose text must parse as a number within these bounds.
    numbers: Vec<(usize, Option<i128>, Option<i128>)>,
    is_path_first: bool,
}

pub(crate) struct Node<'r> {
    routes: Router<usize, usize>,
    list: Vec<Route<'r>>,
    /// axum's router, for what it can route.
    axum: Option<matchit::Router<usize>>,
}

/// Where a request arrives.
#[derive(Clone, Copy)]
pub(crate) enum Arrival<'r> {
    At(&'r Handler),
    OtherMethods,
    Nowhere,
}

/// The way of a request, through redirects.
#[derive(Clone, Copy)]
pub(crate) struct Way<'r> {
    /// The handler that takes it at first.
    pub(crate) first: Option<&'r Handler>,
    pub(crate) end: Arrival<'r>,
    /// Whether its method has become another one.
    pub(crate) loses_method: bool,
    /// Whether its query was dropped.
    pub(crate) loses_query: bool,
}

/// Why a node does not serve a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Refusal {
    NotFound,
    Method,
    Encoding,
    /// Redirects have dropped its body or its query.
    Lost,
    /// The fault, and whether it is inside an object.
    Field(Fault, bool),
}

impl<'r> Node<'r> {
    /// `None`: the router does not accept these paths together, so no such build runs. A build
    /// that does not say how it routes does so as `routing` says.
    pub(crate) fn new(registry: &'r Registry, routing: Routing) -> Option<Self> {
        let mut routes: BTreeMap<(Vec<u8>, String), Route<'r>> = BTreeMap::new();
        let mut is_axum = true;
        for handler in &registry.handlers {
            let (pattern, numbers) = pattern(handler);
            let routing = handler.routing.or(registry.routing).unwrap_or(routing);
            let is_path_first = routing == Routing::PathFirst;
            is_axum &= is_path_first && handler.parameters.is_empty();
            let route = routes
                .entry((specificity(handler), pattern))
                .or_insert_with(|| Route {
                    handlers: Vec::new(),
                    numbers,
                    is_path_first: false,
                });
            route.is_path_first |= is_path_first;
            route.handlers.push(handler);
        }
        let mut router = Router::build();
        let mut axum = is_axum.then(matchit::Router::new);
        let mut list = Vec::new();
        for ((_, pattern), route) in routes {
            if let Some(axum) = &mut axum {
                let path = with_plain_names(&route.handlers[0].path);
                axum.insert(path, list.len()).ok()?;
            }
            router.push(ResourceDef::new(&*pattern), list.len(), list.len());
            list.push(route);
        }
        Some(Self {
            routes: router.finish(),
            list,
            axum,
        })
    }

    /// Whether the search ends at the path of this handler of its own, whatever the method is.
    pub(crate) fn is_path_first(&self, handler: &Handler) -> bool {
        let mut routes = self.list.iter();
        routes.any(|route| {
            let mut own = route.handlers.iter();
            route.is_path_first && own.any(|own| std::ptr::eq(*own, handler))
        })
    }

    /// Whether axum's router can route it: there, nothing is beside the rest of a path.
    pub(crate) fn is_axum(&self) -> bool {
        self.axum.is_some()
    }

    pub(crate) fn arrival(&self, method: &str, path: &str) -> Arrival<'r> {
        let find = |is_taken: &dyn Fn(&Route<'r>) -> bool| {
            let mut path = Path::new(path);
            let found = self.routes.recognize_fn(&mut path, |path, at| {
                self.list[*at].fits(path.as_str()) && is_taken(&self.list[*at])
            });
            found.map(|(at, _)| *at)
        };
        let found = find(&|route| route.is_path_first || route.serving(method).is_some());
        let arrival = match found.map(|at| self.list[at].serving(method)) {
            Some(Some(handler)) => Arrival::At(handler),
            Some(None) => Arrival::OtherMethods,
            None if find(&|_| true).is_some() => Arrival::OtherMethods,
            None => Arrival::Nowhere,
        };
        if let Some(axum) = &self.axum {
            let at = axum.at(path).ok().map(|found| *found.value);
            assert_eq!(at, found, "axum and actix-web at {path}");
        }
        arrival
    }

    /// Sends a request as a browser does: it follows redirects by the Fetch standard.
    pub(crate) fn way(&self, method: &str, path: &str) -> Way<'r> {
        self.follow(method, path).0
    }

    /// The requests that a browser sends on the way.
    pub(crate) fn requests(&self, method: &str, path: &str) -> Vec<(String, String)> {
        self.follow(method, path).1
    }

    fn follow(&self, method: &str, path: &str) -> (Way<'r>, Vec<(String, String)>) {
        let mut way = Way {
            first: None,
            end: self.arrival(method, path),
            loses_method: false,
            loses_query: false,
        };
        let (mut method, mut path) = (method.to_owned(), path.to_owned());
        let mut requests = vec![(method.clone(), path.clone())];
        while let Arrival::At(handler) = way.end {
            way.first.get_or_insert(handler);
            let Some(redirect) = &handler.redirect else {
                break;
            };
            if requests.len() > MOST_REDIRECTS {
                way.end = Arrival::Nowhere;
                break;
            }
            let becomes_get = match redirect.status {
                301 | 302 => method == "POST",
                303 => !["GET", "HEAD"].contains(&&*method),
                _ => false,
            };
            if becomes_get {
                way.loses_method = true;
                "GET".clone_into(&mut method);
            }
            way.loses_query |= !redirect.query;
            path = location(handler, &redirect.to, &path);
            way.end = self.arrival(&method, &path);
            requests.push((method.clone(), path.clone()));
        }
        (way, requests)
    }
}

impl<'r> Route<'r> {
    fn serving(&self, method: &str) -> Option<&'r Handler> {
        let of = |method: &str| {
            let mut all = self.handlers.iter();
            all.find(|handler| handler.method == method).copied()
        };
        // A router serves HEAD by its handler for GET.
        of(method).or_else(|| if method == "HEAD" { of("GET") } else { None })
    }

    /// Whether the numbers in the path parse, as `Path<u8>` would try.
    fn fits(&self, path: &str) -> bool {
        let mut numbers = self.numbers.iter();
        numbers.all(|(at, min, max)| {
            let text = path.split('/').nth(*at).unwrap_or_default();
            match (min, max) {
                (Some(0), Some(255)) => text.parse::<u8>().is_ok(),
                (Some(0), None) => text.parse::<u128>().is_ok(),
                (None, None) => text.parse::<i128>().is_ok(),
                bounds => panic!("no type has these bounds: {bounds:?}"),
            }
        })
    }
}

/// Where a redirect leads to: its holes hold what the parameters of its handler hold.
fn location(handler: &Handler, to: &str, path: &str) -> String {
    let texts: Vec<&str> = path.split('/').collect();
    let held = |hole: &str| {
        let mut segments = handler.path.split('/');
        let at = segments.position(|segment| segment == hole).unwrap();
        if hole.starts_with("{*") {
            texts[at..].join("/")
        } else {
            texts[at].to_owned()
        }
    };
    let segments = to.split('/').map(|segment| {
        if segment.starts_with('{') {
            held(segment)
        } else {
            segment.to_owned()
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn limit_at<'h>(handler: &'h Handler, segment: &str) -> Option<&'h Limit> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    let mut known = handler.parameters.iter();
    let known: Option<&Parameter> = known.find(|parameter| parameter.name == name);
    known?.limit.as_deref()
}

/// From the most to the least specific one, segment by segment: a literal, a parameter with a
/// limit, one without, the rest of the path.
fn specificity(handler: &Handler) -> Vec<u8> {
    let segments = handler
        .path
        .split('/')
        .skip(1)
        .map(|segment| match segment {
            rest if rest.starts_with("{*") => 3,
            parameter if parameter.starts_with('{') => match limit_at(handler, parameter) {
                Some(_) => 1,
                None => 2,
            },
            _ => 0,
        });
    segments.collect()
}

/// The path as actix-web has it, and the segments that hold numbers.
#[expect(clippy::type_complexity, reason = "it is taken apart at once")]
fn pattern(handler: &Handler) -> (String, Vec<(usize, Option<i128>, Option<i128>)>) {
    let mut numbers = Vec::new();
    let segments = handler.path.split('/').enumerate();
    let segments: Vec<String> = segments
        .map(|(at, segment)| {
            if segment.starts_with("{*") {
                return format!("{{p{at}:.+}}");
            }
            if !segment.starts_with('{') {
                return segment.to_owned();
            }
            match limit_at(handler, segment) {
                Some(Limit::Value(Value::Choice { choices, .. })) => {
                    format!("{{p{at}:(?:{})}}", choices.join("|"))
                }
                Some(Limit::Pattern(expression)) => format!("{{p{at}:(?:{expression})}}"),
                Some(Limit::Value(Value::Integer { min, max })) => {
                    numbers.push((at, *min, *max));
                    format!("{{p{at}}}")
                }
                None => format!("{{p{at}}}"),
                Some(other) => panic!("not generated: {other:?}"),
            }
        })
        .collect();
    (segments.join("/"), numbers)
}

impl Way<'_> {
    /// Whether what the fields hold is lost, unless it is at home too.
    pub(crate) fn loses_fields(&self, home: Way<'_>, method: &str) -> bool {
        if matches!(method, "GET" | "HEAD") {
            self.loses_query && !home.loses_query
        } else {
            self.loses_method && !home.loses_method
        }
    }
}

impl Arrival<'_> {
    /// Why this request is not served there; empty: it is served.
    pub(crate) fn refusals(
        self,
        method: &str,
        body: Option<&Body>,
        sent: Encoding,
    ) -> Vec<Refusal> {
        let handler = match self {
            Self::Nowhere => return vec![Refusal::NotFound],
            Self::OtherMethods => return vec![Refusal::Method],
            Self::At(handler) => handler,
        };
        let is_read = |read| on_the_wire(read, method) == on_the_wire(sent, method);
        if !handler.encoding.is_none_or(is_read) {
            return vec![Refusal::Encoding];
        }
        let (Some(fields), Some(body)) = (&handler.fields, body) else {
            return Vec::new();
        };
        let (fields, unknown) = (fields.list(), handler.unknown_fields);
        let faults = reader::faults(&fields, unknown, handler.reader, body);
        let refusals = faults.into_iter();
        refusals
            .map(|(fault, is_within)| Refusal::Field(fault, is_within))
            .collect()
    }
}

/// The encoding of a request: without a body, the fields are in the query.
pub(crate) fn on_the_wire(encoding: Encoding, method: &str) -> Encoding {
    match (encoding, method) {
        (Encoding::Urlencoded, "GET" | "HEAD") => Encoding::Query,
        (encoding, _) => encoding,
    }
}

/// The path with parameters that are named by their positions: this router requires the same
/// name at the same position.
pub(crate) fn with_plain_names(path: &str) -> String {
    let segments = path.split('/').enumerate();
    let segments = segments.map(|(at, segment)| match segment {
        rest if rest.starts_with("{*") => format!("{{*p{at}}}"),
        parameter if parameter.starts_with('{') => format!("{{p{at}}}"),
        literal => literal.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}
