//! Generates small builds: few paths, methods, names and values, so that forms and handlers often
//! meet.

use std::sync::Arc;

use coexist_checker::registry::{
    Encoding, Expression, Form, Handler, Limit, Page, Parameter, Reader, Redirect, Registry,
    Release, Routing, Target, Value, snapshot,
};

use crate::choices::Choices;
use crate::fields::{fields, sent, unknown_fields};

pub(crate) const PATHS: &[&str] = &[
    "/a",
    "/b",
    "/a/{id}",
    "/a/new",
    "/a/{id}/edit",
    "/a/{*rest}",
    "/a/new/edit",
    "/{page}",
    "/a/",
];
pub(crate) const METHODS: &[&str] = &["POST", "GET", "PUT"];

/// A build whose items a test can change freely.
#[derive(Clone)]
pub(crate) struct Build {
    pub(crate) version: u64,
    pub(crate) routing: Option<Routing>,
    /// What a parameter `id` may be limited to. Of several limits the most specific one is not
    /// known.
    pub(crate) limit: Parameter,
    pub(crate) handlers: Vec<Handler>,
    pub(crate) forms: Vec<Form>,
}

impl Build {
    /// The registry as it is read from its snapshot, and the snapshot.
    pub(crate) fn registry(&self) -> (Registry, String) {
        let registry = Registry {
            release: Release {
                name: "app".to_owned(),
                version: format!("1.{}.0", self.version).parse().unwrap(),
            },
            routing: self.routing,
            trailing_slash: None,
            scanned: false,
            handlers: self.handlers.iter().cloned().map(Arc::new).collect(),
            forms: self.forms.iter().cloned().map(Arc::new).collect(),
        };
        let mut json = Vec::new();
        snapshot::write(&registry, &mut json).unwrap();
        let registry = snapshot::read(&json).unwrap();
        // An item on one line is easier to read in a failure than one on thirty.
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        (registry, json.to_string())
    }

    /// Whether another handler has the same endpoint: no router accepts that.
    pub(crate) fn serves(&self, method: &str, path: &str) -> bool {
        let mut all = self.handlers.iter();
        all.any(|handler| handler.method == method && handler.path == path)
    }
}

/// A build in which each form sends to one of the handlers, mostly what it reads.
pub(crate) fn build(choices: &mut Choices<'_>) -> Build {
    let mut build = Build {
        version: 0,
        routing: None,
        limit: limit(choices),
        handlers: Vec::new(),
        forms: Vec::new(),
    };
    for number in 0..=choices.below(4) {
        let (method, path) = (choices.pick(METHODS), choices.pick(PATHS));
        if !build.serves(method, path) {
            build.handlers.push(handler(choices, number, method, path));
        }
    }
    for number in 0..=choices.below(3) {
        let target = choices.pick(&build.handlers);
        build.forms.push(form(choices, number, &target));
    }
    // After all else, so that these do not change what the same numbers meant before.
    build.routing = routing(choices);
    for at in 0..build.handlers.len() {
        special(choices, &mut build, at);
    }
    for form in &mut build.forms {
        post_to_page(choices, form);
    }
    build
}

pub(crate) fn routing(choices: &mut Choices<'_>) -> Option<Routing> {
    choices.pick(&[
        None,
        Some(Routing::PathFirst),
        Some(Routing::MethodFirst),
        Some(Routing::MethodFirst),
    ])
}

/// What a parameter `id` is limited to.
pub(crate) fn limit(choices: &mut Choices<'_>) -> Parameter {
    let integer = |min, max| Limit::Value(Value::Integer { min, max });
    let choice = |texts: &[&str]| {
        Limit::Value(Value::Choice {
            choices: texts.iter().map(|text| (*text).to_owned()).collect(),
            ignore_case: false,
        })
    };
    let limit = match choices.below(6) {
        0 => choice(&["new", "7"]),
        1 => choice(&["7"]),
        2 => integer(Some(0), Some(255)),
        3 => integer(None, None),
        4 => integer(Some(0), None),
        _ => Limit::Pattern(Expression::new("[a-z]+").unwrap()),
    };
    Parameter {
        name: "id".to_owned(),
        limit: Some(Arc::new(limit)),
    }
}

/// Limits the parameter of a handler, lets it redirect, or lets it route in another way than
/// the others.
pub(crate) fn special(choices: &mut Choices<'_>, build: &mut Build, at: usize) {
    let limit = build.limit.clone();
    let handler = &mut build.handlers[at];
    match choices.below(8) {
        1 | 2 if handler.path.contains("{id}") => handler.parameters = vec![limit],
        3 => {
            let holes: Vec<&str> = handler.path.split('/').collect();
            let to = choices.pick(PATHS);
            let is_known = |segment: &str| !segment.starts_with('{') || holes.contains(&segment);
            let to = if to.split('/').all(is_known) {
                to
            } else {
                "/b"
            };
            handler.redirect = Some(Redirect {
                status: choices.pick(&[307, 308, 303, 302, 301]),
                to: to.to_owned(),
                query: choices.once_in(2),
            });
        }
        4 => handler.routing = routing(choices),
        _ => {}
    }
}

/// Lets a form post to the pages that hold it, if its target can be a page.
fn post_to_page(choices: &mut Choices<'_>, form: &mut Form) {
    if !choices.once_in(6) {
        return;
    }
    let target = form.posts_to[0].clone();
    if target.elsewhere {
        return;
    }
    let mut paths = vec![target.path.clone()];
    let other = choices.pick(PATHS);
    if other != target.path && choices.once_in(2) {
        paths.push(other.to_owned());
    }
    form.pages = paths
        .iter()
        .map(|path| Page {
            method: "GET".to_owned(),
            path: path.clone(),
        })
        .collect();
    form.posts_to = paths
        .into_iter()
        .map(|path| Target {
            path,
            is_page: true,
            ..target.clone()
        })
        .collect();
}

pub(crate) fn handler(
    choices: &mut Choices<'_>,
    number: usize,
    method: &str,
    path: &str,
) -> Handler {
    let encoding = encoding(choices, method);
    Handler {
        id: format!("app::h{number}"),
        method: method.to_owned(),
        path: path.to_owned(),
        partial: false,
        parameters: Vec::new(),
        routing: None,
        redirect: None,
        flag: None,
        since: None,
        until: None,
        unknown_fields: unknown_fields(choices),
        encoding,
        reader: reader(choices, encoding),
        fields: (!choices.once_in(8)).then(|| {
            let objects = encoding == Some(Encoding::Json);
            fields(choices, objects).into()
        }),
        query: None,
        source: None,
    }
}

pub(crate) fn form(choices: &mut Choices<'_>, number: usize, to: &Handler) -> Form {
    let fields = to.fields.as_ref().filter(|_| !choices.once_in(8));
    Form {
        id: format!("app::f{number}"),
        since: None,
        until: None,
        posts_to: vec![target(choices, to)],
        pages: Vec::new(),
        kind: None,
        flag: None,
        lifetime: None,
        encoding: to.encoding.filter(|_| !choices.once_in(4)),
        fields: fields.map(|fields| sent(choices, &fields.list())),
        query: None,
        source: None,
    }
}

/// A target that is the handler's endpoint, or may be.
pub(crate) fn target(choices: &mut Choices<'_>, to: &Handler) -> Target {
    let is_get = to.method == "GET";
    let path = match choices.below(6) {
        0 | 1 => to.path.clone(),
        2 => to.path.replace("{id}", "7").replace("{*rest}", "7/8"),
        3 => to.path.replace("{id}", "new").replace("{*rest}", "new"),
        4 => to.path.replace("/new", "/{some}"),
        _ => to.path.replace("/a", "/{some}"),
    };
    Target {
        method: if is_get && choices.once_in(6) {
            "HEAD".to_owned()
        } else {
            to.method.clone()
        },
        path,
        elsewhere: choices.once_in(8),
        host: None,
        is_page: false,
    }
}

/// What reads fields in this encoding.
pub(crate) fn reader(choices: &mut Choices<'_>, encoding: Option<Encoding>) -> Option<Reader> {
    match encoding {
        Some(Encoding::Urlencoded | Encoding::Query) => choices.pick(&[
            None,
            Some(Reader::SerdeUrlencoded),
            Some(Reader::SerdeHtmlForm),
            Some(Reader::SerdeQs),
        ]),
        _ => None,
    }
}

pub(crate) fn encoding(choices: &mut Choices<'_>, method: &str) -> Option<Encoding> {
    let all: &[_] = match method {
        "GET" => &[Some(Encoding::Query), Some(Encoding::Urlencoded), None],
        _ => &[
            Some(Encoding::Urlencoded),
            Some(Encoding::Json),
            None,
            Some(Encoding::Multipart),
            Some(Encoding::Query),
        ],
    };
    choices.pick(all)
}
