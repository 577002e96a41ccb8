//! The cause of a failed request, as rules of the checker.

use std::collections::BTreeSet;

use coexist_checker::model::Direction;
use coexist_checker::registry::{Field, Fields, Form, Handler, Target, Value};

use crate::node::{Refusal, with_plain_names};
use crate::reader::Fault;

/// The cause of a failed request.
#[derive(Clone, Debug)]
pub(crate) struct Cause {
    /// The rules that may report it; one of them must, unless the cause is vague.
    pub(crate) rules: BTreeSet<&'static str>,
    /// Whether the declarations do not decide if it happens.
    pub(crate) is_vague: bool,
    /// Whether it only happens to some requests: a warning is enough.
    pub(crate) is_sometimes: bool,
    /// Whether old pages send the same to the same nodes: a warning is enough.
    pub(crate) is_as_before: bool,
}

/// A form that meets a handler.
pub(crate) struct Meeting<'a> {
    pub(crate) form: &'a Form,
    pub(crate) own: &'a Handler,
    pub(crate) there: Option<&'a Handler>,
    pub(crate) direction: Direction,
    /// Whether the other release has the same form.
    pub(crate) is_same_form: bool,
    /// Whether the path's holes stand for a list of endpoints, or for paths of any length: one
    /// finding for all of them is enough.
    pub(crate) is_listed: bool,
}

impl Meeting<'_> {
    pub(crate) fn cause(&self, refusal: &Refusal) -> Cause {
        let gone = match self.direction {
            Direction::OldToNew => "handler-removed",
            Direction::NewToOld => "handler-not-yet",
        };
        let mut is_sometimes = false;
        let rules: &[&str] = match refusal {
            Refusal::NotFound | Refusal::Method if self.is_listed => {
                &[gone, "method-changed", "target-undecided"]
            }
            Refusal::NotFound => &[gone],
            Refusal::Method => &["method-changed"],
            Refusal::Encoding => &["encoding-changed"],
            Refusal::Lost => &["redirect-loses-fields"],
            Refusal::Field(Fault::Unknown(_) | Fault::Twice(_), _) => &["field-rejected"],
            Refusal::Field(Fault::Value(_) | Fault::Several(_), _) => &["field-narrowed"],
            Refusal::Field(Fault::Missing(way), _) => match self.missing(way) {
                Missing::Always => &["field-required"],
                // Not sometimes if the page's own release rejects all requests that contain it.
                Missing::Sometimes => {
                    is_sometimes = true;
                    &["field-required", "field-sometimes-missing"]
                }
                Missing::Within => &["field-required", "field-sometimes-missing"],
            },
        };
        Cause {
            rules: rules.iter().copied().collect(),
            is_vague: match refusal {
                // Inside an object, the checker reports either.
                Refusal::Field(_, true) if self.has_vague_fields() => true,
                Refusal::Field(Fault::Value(name) | Fault::Several(name), _) => self.is_vague(name),
                _ => false,
            },
            is_sometimes,
            is_as_before: self.is_same_form
                && self.direction == Direction::NewToOld
                && rules.contains(&"field-narrowed"),
        }
    }

    /// Whether fields, or types of fields, are not declared.
    pub(crate) fn has_vague_fields(&self) -> bool {
        self.fields().any(|fields| {
            fields.is_none_or(|fields| {
                let mut all = all_of(&fields.list()).into_iter();
                all.any(|field| field.value == Value::NotDeclared)
            })
        })
    }

    /// Whether a field may be sent several times.
    pub(crate) fn has_many(&self) -> bool {
        self.fields().flatten().any(|fields| {
            let mut all = all_of(&fields.list()).into_iter();
            all.any(|field| field.many)
        })
    }

    fn fields(&self) -> impl Iterator<Item = Option<&Fields>> {
        let handlers = [Some(self.own), self.there].into_iter().flatten();
        let of_handlers = handlers.map(|handler| handler.fields.as_ref());
        of_handlers.chain([self.form.fields.as_ref()])
    }

    /// How often the field with these names is missing.
    fn missing(&self, way: &[Vec<String>]) -> Missing {
        let sent = self.form.fields.as_ref().map(Fields::list);
        let mut here: Vec<Field> = sent.unwrap_or_default().into_owned();
        for (depth, names) in way.iter().enumerate() {
            let found = here.into_iter().find(|field| names.contains(&field.name));
            here = match found.map(|field| field.value) {
                None if depth == 0 => return Missing::Always,
                None => return Missing::Within,
                Some(Value::Object { fields, .. }) => fields,
                Some(_) => Vec::new(),
            };
        }
        Missing::Sometimes
    }

    /// Whether the form does not declare what it sends to this field of the other handler,
    /// or one of the handlers does not declare what it accepts in it.
    fn is_vague(&self, name: &str) -> bool {
        let there = self.there.and_then(|there| there.fields.as_ref());
        let names: Vec<String> = there
            .map(|fields| all_of(&fields.list()))
            .into_iter()
            .flatten()
            .filter(|field| field.name == name)
            .flat_map(|field| std::iter::once(field.name).chain(field.aliases))
            .collect();
        let is_open = |fields: Option<&Fields>| {
            let Some(fields) = fields else { return true };
            let mut all = all_of(&fields.list()).into_iter();
            all.any(|field| {
                let mut known = std::iter::once(&field.name).chain(&field.aliases);
                field.value == Value::NotDeclared && known.any(|known| names.contains(known))
            })
        };
        is_open(self.form.fields.as_ref()) || is_open(self.own.fields.as_ref()) || is_open(there)
    }
}

/// Whether the other release serves it only by a path that also matches everything the
/// form's own handler serves, with another function: the handler itself is gone.
pub(crate) fn is_caught(target: &Target, own: &Handler, there: &Handler) -> bool {
    let [own_path, path] = [own, there].map(|handler| with_plain_names(&handler.path));
    let is_page = matches!(&*target.method, "GET" | "HEAD");
    let is_target = with_plain_names(&target.path) == path;
    if own.id == there.id || own_path == path || is_target || is_page && !path.contains("{*") {
        return false;
    }
    let mut wider = matchit::Router::new();
    wider.insert(path, ()).unwrap();
    let segments = own_path.split('/').map(|segment| match segment {
        rest if rest.starts_with("{*") => "any-1/any-2".to_owned(),
        parameter if parameter.starts_with('{') => "any-3".to_owned(),
        literal => literal.to_owned(),
    });
    let sample: Vec<String> = segments.collect();
    wider.at(&sample.join("/")).is_ok()
}

/// How often a field is missing.
enum Missing {
    Always,
    Sometimes,
    /// Always, inside an object that may itself be missing.
    Within,
}

/// The fields, and those inside them.
fn all_of(fields: &[Field]) -> Vec<Field> {
    let all = fields.iter().flat_map(|field| {
        let inner = match &field.value {
            Value::Object { fields, .. } => all_of(fields),
            _ => Vec::new(),
        };
        std::iter::once(field.clone()).chain(inner)
    });
    all.collect()
}
