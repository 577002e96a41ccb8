//! What a function reads, by its arguments.

use coexist_source::extractor::{find_body, find_query};
use coexist_source::handler::parameters::{self, Limit};
use coexist_source::reader::Reader;
use coexist_source::registration::names;
use syn::Signature;

use super::Handlers;
use crate::registry::{Encoding, Fields, Parameter, Query, Reader as ReaderName, UnknownFields};
use crate::scan::fields::{self, Types, string};

/// What a handler reads.
#[derive(Clone, Default)]
pub(super) struct Reading {
    pub(super) encoding: Option<Encoding>,
    pub(super) reader: Option<ReaderName>,
    pub(super) unknown_fields: UnknownFields,
    pub(super) fields: Option<Fields>,
    pub(super) query: Option<Box<Query>>,
}

impl Handlers<'_, '_> {
    /// What a function reads.
    pub(super) fn reading(&self, sig: &Signature, methods: &[&str], scope: &str) -> Reading {
        let known = |path: &syn::Path| self.extractor(&names(path), scope);
        let query = find_query(sig, methods, &known);
        let query = query.and_then(|query| {
            let types = Types {
                index: self.index,
                only_declared: false,
            };
            let fragment = types.fragment(query.ty?, scope);
            Some(Box::new(self::query(query.reader?, fragment.fields()?)))
        });
        let beside = Reading {
            query,
            ..Reading::default()
        };
        let Some(body) = find_body(sig, methods, &known) else {
            return beside;
        };
        let Some(ty) = body.ty else {
            return Reading {
                encoding: body.encoding,
                ..beside
            };
        };
        if body.reader.is_none() {
            return beside;
        }
        let is_of_any_form = matches!(body.reader, Some(Reader::Rocket | Reader::RocketStrict))
            && body.encoding == Some(Encoding::Urlencoded);
        let mut reading = Reading {
            encoding: body.encoding.filter(|_| !is_of_any_form),
            reader: body.reader,
            ..beside
        };
        let types = Types {
            index: self.index,
            only_declared: false,
        };
        let fragment = types.fragment(ty, scope);
        if let Some(json) = fragment.fields() {
            reading.add_fields(json);
        }
        reading
    }

    pub(super) fn reading_of_closure(
        &self,
        closure: &syn::ExprClosure,
        methods: &[&str],
        scope: &str,
    ) -> Reading {
        let typed = closure.inputs.iter().map(|input| match input {
            syn::Pat::Type(typed) => {
                let (pat, ty) = (&typed.pat, &typed.ty);
                Some(quote::quote!(#pat: #ty))
            }
            _ => None,
        });
        let Some(inputs) = typed.collect::<Option<Vec<_>>>() else {
            return Reading::default();
        };
        let sig: Result<Signature, _> = syn::parse2(quote::quote!(fn closure(#(#inputs),*)));
        sig.map_or_else(
            |_| Reading::default(),
            |sig| self.reading(&sig, methods, scope),
        )
    }

    /// The whole path of an extractor that is known.
    pub(super) fn extractor(&self, path: &[String], scope: &str) -> Option<Vec<String>> {
        let mut meant = self.index.other_at(path, scope)?;
        // They hand axum's on.
        if let Some(first) = meant.first_mut()
            && matches!(&**first, "loco_rs" | "aide")
        {
            "axum".clone_into(first);
        }
        Reader::of_extractor(&meant).is_some().then_some(meant)
    }

    /// What limits the parameters of a path.
    pub(super) fn parameters(&self, path: &str, sig: &Signature, scope: &str) -> Vec<Parameter> {
        let types = Types {
            index: self.index,
            only_declared: false,
        };
        let limits = parameters::of_signature(path, sig);
        let known = limits
            .iter()
            .filter_map(|parameter| Self::parameter(parameter, types, scope));
        known.collect()
    }

    /// What limits a parameter, if anything is known to.
    pub(super) fn parameter(
        parameter: &parameters::Parameter,
        types: Types<'_, '_>,
        scope: &str,
    ) -> Option<Parameter> {
        let name = string(&parameter.name);
        let fragment = match &parameter.limit {
            Limit::Known(json) => (*json).to_owned(),
            Limit::OfType(ty) => {
                let fragment = types.fragment(ty, scope);
                if fragment.fields().is_some() {
                    of_field(fragment.fields()?, &parameter.name)?
                } else {
                    fragment.json
                }
            }
            Limit::OfField(ty) => {
                let fragment = types.fragment(ty, scope);
                match fragment.fields() {
                    Some(fields) => of_field(fields, &parameter.name)?,
                    None => fragment.json,
                }
            }
            Limit::Pattern(regex) => format!("\"pattern\":{}", string(regex)),
            Limit::Choices(choices) => {
                let choices: Vec<String> = choices.iter().map(|one| string(one)).collect();
                format!("\"type\":\"choice\",\"choices\":[{}]", choices.join(","))
            }
            Limit::Stated(ty) => types.fragment(ty, scope).json,
        };
        let parameter: Parameter =
            serde_json::from_str(&format!("{{\"name\":{name},{fragment}}}")).ok()?;
        parameter.limit.is_some().then_some(parameter)
    }
}

/// What a handler reads from the query, by the keys of its fields in a record.
pub(super) fn query(reader: Reader, json: &str) -> Query {
    let mut reading = Reading::default();
    reading.add_fields(json);
    Query {
        reader: Some(reader),
        unknown_fields: reading.unknown_fields,
        fields: reading.fields.unwrap_or_else(|| Fields::from(Vec::new())),
    }
}

/// The fragment of a field.
fn of_field(fields: &str, name: &str) -> Option<String> {
    let all: serde_json::Value = serde_json::from_str(&format!("{{{fields}}}")).ok()?;
    let field = all
        .get("fields")?
        .as_array()?
        .iter()
        .find(|field| field.get("name").and_then(serde_json::Value::as_str) == Some(name))?;
    let keys = ["type", "min", "max", "choices", "ignore_case"];
    let keys = keys.iter().filter_map(|key| {
        let value = field.get(key).filter(|value| !value.is_null())?;
        Some(format!("\"{key}\":{value}"))
    });
    let keys: Vec<String> = keys.collect();
    (!keys.is_empty()).then(|| keys.join(","))
}

impl Reading {
    /// Adds fields by their keys in a record.
    pub(super) fn add_fields(&mut self, json: &str) {
        if let Some((unknown, fields)) = fields::read(json) {
            self.unknown_fields = unknown;
            self.fields = fields;
        }
    }
}
