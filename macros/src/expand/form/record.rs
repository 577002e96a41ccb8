//! The parts that the records of all forms have in common.

use coexist_html::Place;
use coexist_source::encoding::Encoding;
use coexist_source::lifespan::Lifespan;

use super::page::Pages;
use crate::expand::json;
use crate::expand::record::Record;
use crate::form::model::Form;

/// Writes a record up to the list of targets.
pub(super) fn begin(record: &mut Record, form: &Form, lifespan: &Lifespan, name: Option<&str>) {
    record.push("\"form\":{");
    record.id(&form.item, name);
    record.push(",");
    record.lifespan(lifespan);
    record.push(",\"posts_to\":[");
}

/// What a record says of how and where a form is sent.
#[derive(Default)]
pub(super) struct Sent<'a> {
    pub(super) kind: Option<Kind>,
    pub(super) flag: Option<&'a str>,
    pub(super) encoding: Option<Encoding>,
    /// The line of the template that holds it.
    pub(super) template: Option<&'a Place>,
}

/// Writes what follows the list of targets, up to the fields.
pub(super) fn end(record: &mut Record, form: &Form, pages: &Pages<'_>, sent: &Sent<'_>) {
    let Sent {
        kind,
        flag,
        encoding,
        template,
    } = *sent;
    pages.write(record);
    if let Some(kind) = kind {
        record.new_member("kind", &json::string(kind.name()));
    }
    record.flag(flag);
    if let Some(lifetime) = &form.lifetime {
        record.new_member("lifetime", &json::string(lifetime));
    }
    record.encoding(encoding);
    record.source(form.item.span(), template);
}

/// What the user does to send a form.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Follows a link.
    Link,
    /// Submits a `<form>`.
    Submit,
    /// Nothing: the browser follows a redirect.
    Redirect,
    /// What a script waits for.
    Script,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Submit => "submit",
            Self::Redirect => "redirect",
            Self::Script => "script",
        }
    }
}
