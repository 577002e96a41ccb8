//! What the links of a page send when somebody follows them.

use super::fields::merge;
use super::reader::PageReader;
use super::sent_field::SentField;
use crate::address::{self, Base};
use crate::form::{Element as ElementKind, Encoding, Form, Url};
use crate::page::element::Element;
use crate::value::{Part, Value};

impl PageReader<'_> {
    /// What the links of the page send. A link to a place on the page sends nothing,
    /// but one says so with its `ping`.
    pub(crate) fn links(&self) -> Vec<(usize, Form)> {
        let links = self.page.links.iter().flat_map(|element| {
            let at = element.span.0;
            let href = element.get("href").or_else(|| element.get("xlink:href"));
            let link = href.and_then(|href| self.link(element, href));
            let pings = self.pings(element);
            link.into_iter().chain(pings).map(move |form| (at, form))
        });
        links.collect()
    }

    fn link(&self, element: &Element, href: &Value) -> Option<Form> {
        let base = self.page.base.first().and_then(|base| base.get("href"));
        let begins_with = |c: char| match href.parts() {
            [Part::Text(text), ..] => text.trim_start().starts_with(c),
            _ => false,
        };
        let is_own = |base: &Value| base.written().contains('?');
        if begins_with('#') && self.base == Base::Page && !base.is_some_and(is_own) {
            return None;
        }
        let url = address::url(href, &self.base)?;
        // What adds nothing to the base has its query.
        let is_base = begins_with('#') || href.literal().is_some_and(|href| href.trim() == "");
        let href = base.filter(|_| is_base).unwrap_or(href);
        let sent = match url {
            Url::Unknown(_) => None,
            _ => address::query(href),
        };
        let fields = sent.and_then(|sent| {
            let sent = sent.into_iter().map(SentField::from).collect();
            merge(sent, &self.text.groups)
        });
        let form = self.request(element, ElementKind::Link, "GET", url);
        Some(Form { fields, ..form })
    }

    /// What a link sends besides, when somebody follows it.
    fn pings(&self, element: &Element) -> Vec<Form> {
        let Some(ping) = element.get("ping") else {
            return Vec::new();
        };
        let each: Vec<Value> = match ping.literal() {
            Some(text) => text.split_ascii_whitespace().map(Value::text).collect(),
            None => vec![ping.clone()],
        };
        let form = |ping: &Value| {
            let url = address::url(ping, &self.base)?;
            Some(Form {
                encoding: Encoding::Text,
                fields: Some(Vec::new()),
                query: self.query(Some(ping), Some(&url)),
                ..self.request(element, ElementKind::Link, "POST", url)
            })
        };
        each.iter().filter_map(form).collect()
    }
}
