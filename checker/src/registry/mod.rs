//! The registry of one build: its handlers, its forms, and which release it is.
//!
//! [`snapshot`] reads and writes it as JSON. A registry from [`snapshot`] or
//! [`artifact`](crate::artifact) is valid and sorted, so that the order of its records changes
//! nothing.
//!
//! It does not find the records in a program, which is the business of
//! [`artifact`](crate::artifact), and does not compare builds, which is that of
//! [`judge`](crate::judge).

pub(crate) mod bound;
mod constraint;
mod expression;
mod field;
mod lifetime;
mod limit;
pub(crate) mod order;
mod parameter;
pub(crate) mod pattern;
pub(crate) mod query;
mod redirect;
mod routing;
mod sample;
pub mod snapshot;
pub(crate) mod target;
mod validate;
pub(crate) mod values;
pub(crate) mod wire;

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use semver::Version;
use serde::{Deserialize, Serialize};

pub use bound::{Bound, NEXT};
pub use coexist_source::encoding::Encoding;
pub use coexist_source::reader::Reader;
pub use constraint::{Constraint, Unit};
pub use expression::Expression;
pub use field::{Field, Fields, Flattened, UnknownFields, Value};
pub use lifetime::{Lifetime, REDIRECT_LIFETIME};
pub use limit::Limit;
pub use parameter::Parameter;
pub use query::Query;
pub use redirect::Redirect;
pub use routing::{Routing, TrailingSlash};
pub use validate::Invalid;
pub(crate) use validate::{is_method, name as check_name};

use order::sorted;

/// All handlers and forms of one build. They are shared, so that a copy, or a part
/// of it, is cheap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    /// Which release the build is.
    pub release: Release,
    /// How its router goes on where a path fits and the method does not, unless a handler
    /// says otherwise; `None`: not known.
    pub routing: Option<Routing>,
    /// What it does with the slash at the end of a path; `None`: nothing.
    pub trailing_slash: Option<TrailingSlash>,
    /// It was read from sources, not from a built program.
    pub scanned: bool,
    /// What it serves.
    pub handlers: Vec<Arc<Handler>>,
    /// What its pages send.
    pub forms: Vec<Arc<Form>>,
}

/// The build's own name and version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The app's name.
    pub name: String,
    /// The version, in the team's own count.
    pub version: Version,
}

impl Release {
    /// What an old build and a new one of an app are called: by version, if these differ. A
    /// build under development often still has the version that is out.
    pub(crate) fn labels(old: &Self, new: &Self) -> [String; 2] {
        let (old, new) = (&old.version, &new.version);
        if old == new {
            [format!("{old} (old)"), format!("{new} (new)")]
        } else {
            [old.to_string(), new.to_string()]
        }
    }
}

/// What serves one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// The path of the Rust item.
    pub id: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path pattern: `/imports/{id}`, `/static/{*rest}`.
    pub path: String,
    /// The parameters of the path that take only some texts, in the order of the path.
    pub parameters: Vec<Parameter>,
    /// It takes only some of the requests that its endpoint describes: a guard or a rank
    /// decides.
    pub partial: bool,
    /// How its router goes on where it does not take the method; `None`: as the
    /// [registry](Registry::routing) says.
    pub routing: Option<Routing>,
    /// Where it sends every request on to, if it does nothing else.
    pub redirect: Option<Redirect>,
    /// The feature flag that must be on for it to serve.
    pub flag: Option<String>,
    /// The release in which it appeared.
    pub since: Option<Bound>,
    /// The release in which it is announced to be gone.
    pub until: Option<Version>,
    /// What it does with fields that it does not know.
    pub unknown_fields: UnknownFields,
    /// How it reads the fields; `None`: not declared.
    pub encoding: Option<Encoding>,
    /// The library that reads them; `None`: not known.
    pub reader: Option<Reader>,
    /// The fields it reads; `None`: not declared.
    pub fields: Option<Fields>,
    /// What it reads from the query of the address besides; `None`: not declared.
    pub query: Option<Box<Query>>,
    /// Where it is written.
    pub source: Option<Source>,
}

/// What sends a request from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The path of the Rust item, with `#name` for one of several on it.
    pub id: String,
    /// The release in which it appeared, as it is now bound.
    pub since: Option<Bound>,
    /// The release in which it is announced to be gone.
    pub until: Option<Version>,
    /// Where it sends to.
    pub posts_to: Vec<Target>,
    /// The endpoints of the pages that hold it; empty: not declared.
    pub pages: Vec<Page>,
    /// What of a page it is; `None`: not declared.
    pub kind: Option<FormKind>,
    /// The feature flag that must be on for pages to hold it.
    pub flag: Option<String>,
    /// How long it stays open; `None`: as long as the policy says of pages.
    pub lifetime: Option<Lifetime>,
    /// How it sends the fields; `None`: not declared.
    pub encoding: Option<Encoding>,
    /// The fields it sends; `None`: not declared.
    pub fields: Option<Fields>,
    /// What the query of its address holds, where its fields are in the body; `None`: not
    /// declared.
    pub query: Option<Fields>,
    /// Where it is written.
    pub source: Option<Source>,
}

/// An endpoint that a form sends to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path; a parameter is a hole that holds any value.
    pub path: String,
    /// Another program serves it: that this one does not is not an error.
    pub elsewhere: bool,
    /// The host of that program, in lowercase; `None`: the page's own.
    pub host: Option<String>,
    /// It is the path of one of the form's [pages](Form::pages): the form has no action, and
    /// posts to wherever it is shown.
    pub is_page: bool,
}

/// What of a page sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FormKind {
    /// A link that is followed.
    Link,
    /// A form that is submitted.
    Submit,
    /// A redirect that a handler answers with.
    Redirect,
    /// A call of a script.
    Script,
}

/// The endpoint of a page that holds a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path pattern.
    pub path: String,
}

/// A place in the app's source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The file, as the compiler named it: relative to the workspace.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The line of the template that holds the item, where it is written there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Box<TemplateLine>>,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateLine {
    /// The file, relative to the workspace.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

impl Registry {
    /// Whether the two have the same items and route them the same way; which release they
    /// are aside.
    #[must_use]
    pub fn same_items(&self, other: &Self) -> bool {
        self.routing == other.routing
            && self.trailing_slash == other.trailing_slash
            && self.handlers == other.handlers
            && self.forms == other.forms
    }

    /// The longest of the lifetimes that its forms state, if one is longer than none.
    #[must_use]
    pub fn longest_lifetime(&self) -> Option<&Lifetime> {
        let stated = self.forms.iter().filter_map(|form| form.lifetime.as_ref());
        let longest = stated.max_by_key(|lifetime| lifetime.length());
        longest.filter(|lifetime| !lifetime.length().is_zero())
    }

    /// The form of that id; the first of several.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&Form> {
        // They are sorted by it.
        let position = self.forms.partition_point(|form| &*form.id < id);
        let form = self.forms.get(position)?;
        (form.id == id).then_some(form)
    }

    /// Brings the items into the one order that does not depend on the linker.
    pub(crate) fn sort(&mut self) {
        let (handlers, forms) = (
            std::mem::take(&mut self.handlers),
            std::mem::take(&mut self.forms),
        );
        self.handlers = sorted(handlers, |handler| &handler.id, |a, b| a.order(b));
        self.forms = sorted(forms, |form| &form.id, |a, b| a.order(b));
    }
}

impl Handler {
    /// Its path, with the limits of its parameters.
    pub(crate) fn pattern(&self) -> Result<pattern::Pattern<'_>, pattern::PatternError> {
        pattern::Pattern::with_limits(&self.path, &self.parameters)
    }

    /// The order of handlers in a registry.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let places = (&*self.id, &self.source).cmp(&(&*other.id, &other.source));
        places.then_with(|| (&*self.path, &*self.method).cmp(&(&*other.path, &*other.method)))
    }
}

impl Source {
    /// Where a person changes it: in the template, if it is written there.
    pub(crate) fn place(&self) -> String {
        match &self.template {
            Some(line) => format!("{}:{}", line.file, line.line),
            None => self.to_string(),
        }
    }
}

impl Form {
    /// The line of the template that it is written in, if it is.
    pub(crate) fn template(&self) -> Option<&TemplateLine> {
        self.source.as_ref()?.template.as_deref()
    }

    /// What tells where it is written: a line of a template, which many pages may include,
    /// or else the item itself.
    pub(crate) fn written_at(&self) -> Result<&TemplateLine, &str> {
        self.template().ok_or(&self.id)
    }

    /// How long it stays open, where pages do for `page_lifetime`: what it says itself; a
    /// redirect [a minute](REDIRECT_LIFETIME) at most; all else as long as pages.
    #[must_use]
    pub fn lifetime_on(&self, page_lifetime: Duration) -> Duration {
        match (&self.lifetime, self.kind) {
            (Some(own), _) => own.length(),
            (None, Some(FormKind::Redirect)) => page_lifetime.min(REDIRECT_LIFETIME),
            (None, _) => page_lifetime,
        }
    }

    /// The order of forms in a registry.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let places = (&*self.id, &self.source).cmp(&(&*other.id, &other.source));
        places.then_with(|| self.posts_to.cmp(&other.posts_to))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
