//! Handlers and forms as a snapshot holds them.

use std::borrow::Cow;
use std::sync::Arc;

use semver::Version;
use serde::{Deserialize, Serialize};

use super::error::{SnapshotError, wrong};
use crate::registry::bound::{Bound, until};
use crate::registry::query::FlatQuery;
use crate::registry::target::{self, FlatTarget};
use crate::registry::wire::{FlatField, Place, unflattened};
use crate::registry::{
    Encoding, Fields, Form, FormKind, Handler, Lifetime, Page, Parameter, Reader, Redirect,
    Routing, Source, UnknownFields,
};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatHandler<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    path: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    #[serde(default, skip_serializing_if = "<[Parameter]>::is_empty")]
    parameters: Cow<'a, [Parameter]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing: Option<Routing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect: Option<Redirect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<String>,
    since: Option<Bound>,
    #[serde(default, deserialize_with = "until")]
    until: Option<Version>,
    #[serde(default)]
    unknown_fields: UnknownFields,
    encoding: Option<Encoding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<Reader>,
    #[serde(borrow)]
    fields: Option<Vec<FlatField<'a>>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    query: Option<FlatQuery<'a>>,
    source: Option<Source>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatForm<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    since: Option<Bound>,
    #[serde(default, deserialize_with = "until")]
    until: Option<Version>,
    #[serde(borrow)]
    posts_to: Vec<FlatTarget<'a>>,
    #[serde(default, skip_serializing_if = "<[Page]>::is_empty")]
    pages: Cow<'a, [Page]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<FormKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifetime: Option<Lifetime>,
    encoding: Option<Encoding>,
    #[serde(borrow)]
    fields: Option<Vec<FlatField<'a>>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    query: Option<Vec<FlatField<'a>>>,
    source: Option<Source>,
}

impl<'a> FlatHandler<'a> {
    /// The handler as it is written.
    pub(super) fn new(handler: &'a Handler) -> Self {
        Self {
            id: Cow::Borrowed(&*handler.id),
            method: Cow::Borrowed(&*handler.method),
            path: Cow::Borrowed(&*handler.path),
            partial: handler.partial,
            parameters: Cow::Borrowed(&*handler.parameters),
            routing: handler.routing,
            redirect: handler.redirect.clone(),
            flag: handler.flag.clone(),
            since: handler.since.clone(),
            until: handler.until.clone(),
            unknown_fields: handler.unknown_fields,
            encoding: handler.encoding,
            reader: handler.reader,
            fields: handler
                .fields
                .as_ref()
                .map(|fields| flat(fields, Place::Handler)),
            query: handler.query.as_deref().map(FlatQuery::new),
            source: handler.source.clone(),
        }
    }

    /// Reads the handler.
    pub(super) fn read(self) -> Result<Arc<Handler>, SnapshotError> {
        let fields = fields(&self.id, self.fields, Place::Handler)?;
        let query = self.query.map(|query| query.read(Place::Handler));
        let query = query.transpose().map_err(|error| wrong(&self.id, &error))?;
        Ok(Arc::new(Handler {
            id: self.id.into_owned(),
            method: self.method.into_owned(),
            path: self.path.into_owned(),
            partial: self.partial,
            parameters: self.parameters.into_owned(),
            routing: self.routing,
            redirect: self.redirect,
            flag: self.flag,
            since: self.since,
            until: self.until,
            unknown_fields: self.unknown_fields,
            encoding: self.encoding,
            reader: self.reader,
            fields,
            query: query.flatten(),
            source: self.source,
        }))
    }

    /// A key that format 1 does not have.
    pub(super) fn key_of_format_2(&self) -> Option<&'static str> {
        [
            ("parameters", !self.parameters.is_empty()),
            ("routing", self.routing.is_some()),
            ("redirect", self.redirect.is_some()),
            ("flag", self.flag.is_some()),
            ("reader", self.reader.is_some()),
            ("query", self.query.is_some()),
            ("template", has_template(self.source.as_ref())),
        ]
        .into_iter()
        .find_map(|(key, is_used)| is_used.then_some(key))
        .or_else(|| fields_of_format_2(self.fields.as_deref()))
    }
}

impl<'a> FlatForm<'a> {
    /// The form as it is written.
    pub(super) fn new(form: &'a Form) -> Self {
        Self {
            id: Cow::Borrowed(&*form.id),
            since: form.since.clone(),
            until: form.until.clone(),
            posts_to: target::written(&form.posts_to),
            pages: Cow::Borrowed(&*form.pages),
            kind: form.kind,
            flag: form.flag.clone(),
            lifetime: form.lifetime.clone(),
            encoding: form.encoding,
            fields: form.fields.as_ref().map(|fields| flat(fields, Place::Form)),
            query: form.query.as_ref().map(|query| flat(query, Place::Form)),
            source: form.source.clone(),
        }
    }

    /// Reads the form.
    pub(super) fn read(self) -> Result<Arc<Form>, SnapshotError> {
        let query = fields(&self.id, self.query, Place::Form)?;
        let fields = fields(&self.id, self.fields, Place::Form)?;
        let posts_to = target::targets_on(self.posts_to.into_iter().map(Into::into), &self.pages);
        let posts_to = posts_to.map_err(|error| wrong(&self.id, &error))?;
        Ok(Arc::new(Form {
            id: self.id.into_owned(),
            since: self.since,
            until: self.until,
            posts_to,
            pages: self.pages.into_owned(),
            kind: self.kind,
            flag: self.flag,
            lifetime: self.lifetime,
            encoding: self.encoding,
            fields,
            query,
            source: self.source,
        }))
    }

    /// A key that format 1 does not have.
    pub(super) fn key_of_format_2(&self) -> Option<&'static str> {
        [
            ("query", self.query.is_some()),
            ("self", self.posts_to.iter().any(FlatTarget::is_page)),
            ("kind", self.kind.is_some()),
            ("flag", self.flag.is_some()),
            ("lifetime", self.lifetime.is_some()),
            ("template", has_template(self.source.as_ref())),
        ]
        .into_iter()
        .find_map(|(key, is_used)| is_used.then_some(key))
        .or_else(|| fields_of_format_2(self.fields.as_deref()))
    }
}

fn fields_of_format_2(fields: Option<&[FlatField<'_>]>) -> Option<&'static str> {
    let mut fields = fields.into_iter().flatten();
    fields.find_map(FlatField::key_of_format_2)
}

fn has_template(source: Option<&Source>) -> bool {
    source.is_some_and(|source| source.template.is_some())
}

/// The fields of an item.
fn fields(
    id: &str,
    flat: Option<Vec<FlatField<'_>>>,
    place: Place,
) -> Result<Option<Fields>, SnapshotError> {
    let Some(flat) = flat else { return Ok(None) };
    let fields = unflattened(flat, place).map_err(|error| wrong(id, &error))?;
    Ok(fields.map(Fields::from))
}

fn flat(fields: &Fields, place: Place) -> Vec<FlatField<'static>> {
    fields
        .list()
        .iter()
        .map(|field| FlatField::from_field(field, place))
        .collect()
}
