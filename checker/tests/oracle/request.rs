//! The requests that a form may send: every choice of optional fields and of values, written as
//! a browser writes them.

use coexist_checker::registry::{Encoding, Field, Handler, Registry, Value};

use crate::reader;

/// A body or a query.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    /// `name=value`, in a body or a query.
    Pairs(String),
    Json(String),
}

/// One value.
#[derive(Clone, Debug)]
pub(crate) enum Datum {
    Text(String),
    Bare(String),
    Object(Vec<(String, Sent)>),
}

/// A field of a request.
#[derive(Clone, Debug)]
pub(crate) enum Sent {
    One(Datum),
    Several(Vec<Datum>),
}

/// The values to try: those that either registry distinguishes.
#[derive(Default)]
pub(crate) struct Pool {
    texts: Vec<String>,
    integers: Vec<i128>,
}

impl Pool {
    pub(crate) fn new(registries: [&Registry; 2]) -> Self {
        let texts = [
            "abc", "", "7", "-1", "1.5", "true", "false", "a", "é", "1e300", "8",
        ];
        let far = 10_i128.pow(30);
        let mut pool = Self {
            texts: texts.map(str::to_owned).to_vec(),
            integers: vec![0, 1, far, -far],
        };
        for registry in registries {
            let handlers = registry.handlers.iter().map(|handler| &handler.fields);
            let forms = registry.forms.iter().map(|form| &form.fields);
            for fields in handlers.chain(forms).flatten() {
                fields
                    .list()
                    .iter()
                    .for_each(|field| pool.add(&field.value));
            }
        }
        let whole = pool.texts.iter().filter_map(|text| text.parse().ok());
        pool.integers.extend(whole.collect::<Vec<i128>>());
        let integers = pool.integers.iter().map(ToString::to_string);
        pool.texts.extend(integers);
        pool.texts.sort();
        pool.texts.dedup();
        pool.integers.sort_unstable();
        pool.integers.dedup();
        pool
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Choice { choices, .. } => {
                let upper = choices.iter().map(|text| text.to_uppercase());
                self.texts.extend(upper.chain(choices.iter().cloned()));
            }
            Value::Integer { min, max } => {
                let bounds = min.iter().chain(max);
                let around = bounds.flat_map(|bound| [bound - 1, *bound, bound + 1]);
                self.integers.extend(around);
            }
            Value::Object { fields, .. } => fields.iter().for_each(|field| self.add(&field.value)),
            _ => {}
        }
    }

    /// The values to try for this type.
    fn values(&self, value: &Value) -> Vec<Datum> {
        let texts = |texts: &[&str]| {
            let texts = texts.iter().map(|text| Datum::Text((*text).to_owned()));
            texts.collect::<Vec<_>>()
        };
        let bare = |texts: &[&str]| {
            let texts = texts.iter().map(|text| Datum::Bare((*text).to_owned()));
            texts.collect::<Vec<_>>()
        };
        match value {
            Value::Text => self.texts.iter().cloned().map(Datum::Text).collect(),
            Value::Character => {
                let known = self.texts.iter().filter(|text| text.chars().count() == 1);
                let known = known.cloned().map(Datum::Text);
                let all = texts(&["a", "7", "8", "0", "1", "é", "-"]).into_iter();
                all.chain(known).collect()
            }
            Value::Boolean => bare(&["true", "false"]),
            Value::Number => {
                // A number may be an integer.
                let whole = self.integers.iter().map(ToString::to_string);
                let whole = whole.map(Datum::Bare);
                let all = bare(&["1.5", "7", "7.0", "-2.25", "1e300"]).into_iter();
                all.chain(whole).collect()
            }
            Value::Integer { min, max } => {
                let fits = |of: &&i128| {
                    min.is_none_or(|min| min <= **of) && max.is_none_or(|max| max >= **of)
                };
                let fitting = self.integers.iter().filter(fits);
                let fitting = fitting.map(|integer| Datum::Bare(integer.to_string()));
                let all = if min.is_some() && max.is_some() && max.unwrap() - min.unwrap() < 12 {
                    let all = min.unwrap()..=max.unwrap();
                    all.map(|integer| Datum::Bare(integer.to_string()))
                        .collect()
                } else {
                    Vec::new()
                };
                fitting.chain(all).collect()
            }
            Value::Choice { choices, .. } => choices.iter().cloned().map(Datum::Text).collect(),
            Value::NotDeclared => {
                let all = [Value::Text, Value::Boolean, Value::Number];
                let integers = Value::Integer {
                    min: None,
                    max: None,
                };
                let all = all.iter().chain([&integers]);
                all.flat_map(|value| self.values(value)).collect()
            }
            Value::Object { fields, .. } => {
                let mut objects = vec![Vec::new()];
                for field in fields {
                    let candidates = self.candidates(field, false);
                    objects = joined(&objects, &field.name, &candidates);
                }
                objects.into_iter().map(Datum::Object).collect()
            }
        }
    }

    /// What may be sent for a field; `None`: nothing.
    fn candidates(&self, field: &Field, is_whole: bool) -> Vec<Option<Sent>> {
        let mut values = self.values(&field.value);
        if !is_whole && values.len() > 12 {
            // Inside an object there are many already.
            let step = values.len() / 12 + 1;
            values = values.into_iter().step_by(step).collect();
        }
        let mut all = Vec::new();
        if !field.always_present {
            all.push(None);
        }
        if field.many {
            let first = values.first().cloned();
            for value in values {
                let other = first.clone().into_iter().collect();
                for before in [Vec::new(), vec![value.clone()], other] {
                    let values = [before, vec![value.clone()]].concat();
                    all.push(Some(Sent::Several(values)));
                }
            }
        } else {
            all.extend(values.into_iter().map(Sent::One).map(Some));
        }
        all
    }

    /// The requests of a form with these fields. Of the values that both handlers treat alike
    /// when each is sent alone, one is enough.
    pub(crate) fn requests(
        &self,
        sent: &[Field],
        own: &Handler,
        there: Option<&Handler>,
        encoding: Encoding,
    ) -> Vec<Vec<(String, Sent)>> {
        let mut requests = vec![Vec::new()];
        for field in sent {
            let mut seen = Vec::new();
            let mut candidates = self.candidates(field, true);
            candidates.retain(|candidate| {
                let Some(candidate) = candidate else {
                    return true;
                };
                let body = written(&[(field.name.clone(), candidate.clone())], encoding);
                let alone = |handler: &Handler| told(handler, &field.name, &body);
                let told = (alone(own), there.map(alone));
                let is_new = !seen.contains(&told);
                if is_new {
                    seen.push(told);
                }
                is_new
            });
            requests = joined(&requests, &field.name, &candidates);
        }
        requests
    }
}

/// How a handler treats one field that is sent alone.
fn told(handler: &Handler, name: &str, body: &Body) -> Vec<reader::Found> {
    let Some(fields) = &handler.fields else {
        return Vec::new();
    };
    let fields = fields.list();
    let mut known = fields.iter();
    let known =
        known.find(|field| field.name == name || field.aliases.iter().any(|alias| alias == name));
    known.map_or_else(Vec::new, |field| reader::takes(field, handler.reader, body))
}

fn joined(
    requests: &[Vec<(String, Sent)>],
    name: &str,
    candidates: &[Option<Sent>],
) -> Vec<Vec<(String, Sent)>> {
    let pairs = requests
        .iter()
        .flat_map(|request| candidates.iter().map(move |candidate| (request, candidate)));
    let joined = pairs.map(|(request, candidate)| {
        let more = candidate.iter().map(|sent| (name.to_owned(), sent.clone()));
        request.iter().cloned().chain(more).collect()
    });
    joined.collect()
}

/// The fields as they are sent.
pub(crate) fn written(fields: &[(String, Sent)], encoding: Encoding) -> Body {
    if encoding == Encoding::Json {
        return Body::Json(object(fields));
    }
    let pairs = fields.iter().flat_map(|(name, sent)| {
        let values = match sent {
            Sent::One(value) => std::slice::from_ref(value),
            Sent::Several(values) => values,
        };
        values.iter().map(move |value| (name, text(value)))
    });
    Body::Pairs(serde_urlencoded::to_string(pairs.collect::<Vec<_>>()).unwrap())
}

fn text(value: &Datum) -> String {
    match value {
        Datum::Text(text) | Datum::Bare(text) => text.clone(),
        Datum::Object(fields) => object(fields),
    }
}

fn object(fields: &[(String, Sent)]) -> String {
    let fields = fields.iter().map(|(name, sent)| {
        let value = match sent {
            Sent::One(value) => json(value),
            Sent::Several(values) => {
                let values: Vec<_> = values.iter().map(json).collect();
                format!("[{}]", values.join(","))
            }
        };
        format!("{}:{value}", quoted(name))
    });
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

fn json(value: &Datum) -> String {
    match value {
        Datum::Text(text) => quoted(text),
        Datum::Bare(text) => text.clone(),
        Datum::Object(fields) => object(fields),
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
