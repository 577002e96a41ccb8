//! Handlers that only send a request on: `redirect = 308, to = update, query = true`.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{LitInt, LitStr};

use super::route::{self, Route};
use crate::annotation::handler::{HandlerAttr, RedirectTo};
use crate::annotation::keys::Keys;
use crate::endpoint::check_path;
use crate::errors::Errors;
use crate::{method, path};

/// The statuses with which a browser goes on by itself.
const STATUSES: [u16; 5] = [301, 302, 303, 307, 308];

/// Where a handler sends every request on to, and how.
pub struct Redirect {
    /// 301, 302, 303, 307 or 308.
    pub status: u16,
    /// Where to.
    pub to: Destination,
    /// Whether the query of the request is appended.
    pub keeps_query: bool,
    /// Where `to` is written.
    pub span: Span,
}

/// Where a request is sent on to.
pub enum Destination {
    /// To this handler.
    Handler(syn::Path),
    /// To this path. Its parameters have the names of those in the handler's own path.
    Path(String),
}

impl Redirect {
    /// Checks the keys of a redirect; `None` if there are none, or if they are wrong. `routes` are
    /// those of the handler, if they could be read.
    pub(super) fn new(
        attr: &HandlerAttr,
        routes: Option<&[Route]>,
        errors: &mut Errors,
    ) -> Option<Self> {
        let status = attr
            .redirect
            .as_ref()
            .map(|literal| check_status(literal, errors));
        check_together(attr, errors);
        let to = match attr.to.as_ref()? {
            RedirectTo::Handler(path) => Some((Destination::Handler(path.clone()), path.span())),
            RedirectTo::Path(text) => {
                let path = check_destination(text, routes, errors);
                path.map(|path| (Destination::Path(path), text.span()))
            }
        };
        let (to, span) = to?;
        Some(Self {
            status: status??,
            to,
            keeps_query: attr.query.as_ref().is_some_and(|query| query.value),
            span,
        })
    }

    /// The method of the request that follows one of this method, by the Fetch standard
    /// (HTTP-redirect fetch, step 12).
    #[must_use]
    pub fn method_after<'m>(&self, method: &'m str) -> &'m str {
        method::after_redirect(self.status, method)
    }
}

/// Checks that the keys of a redirect are all there.
fn check_together(attr: &HandlerAttr, errors: &mut Errors) {
    let lacks = |keys: &Keys, key: &str| !keys.may_hold(key);
    let (redirect, to, query) = (&attr.redirect, &attr.to, &attr.query);
    if let Some(redirect) = redirect
        && lacks(&attr.keys, "to")
    {
        errors.push(
            redirect.span(),
            "a redirect needs `to`: name the handler that it leads to (`to = update`), or its path \
             (`to = \"/new/{id}\"`)",
        );
    }
    let needs = match (to, query) {
        (Some(RedirectTo::Handler(path)), _) => Some(("to", path.span())),
        (Some(RedirectTo::Path(text)), _) => Some(("to", text.span())),
        (None, Some(query)) => Some(("query", query.span())),
        (None, None) => None,
    };
    if let Some((key, span)) = needs
        && lacks(&attr.keys, "redirect")
    {
        errors.push(
            span,
            format!("`{key}` needs `redirect`: write the status, such as `redirect = 308`"),
        );
    }
}

fn check_status(literal: &LitInt, errors: &mut Errors) -> Option<u16> {
    let status = literal.base10_parse().ok();
    let known = status.filter(|status| STATUSES.contains(status));
    if known.is_none() {
        errors.push(
            literal.span(),
            format!("`{literal}` does not redirect: expected 301, 302, 303, 307 or 308"),
        );
    }
    known
}

/// The path in a text. Its parameters must be among those of the handler's own paths.
fn check_destination(
    text: &LitStr,
    routes: Option<&[Route]>,
    errors: &mut Errors,
) -> Option<String> {
    let to = check_path(text, errors)?;
    for route in routes.unwrap_or_default() {
        let route::Path::Text { written, patterns } = &route.path else {
            continue;
        };
        let [own, ..] = patterns.as_slice() else {
            continue;
        };
        let own: Vec<&str> = path::parameters(own).collect();
        if let Some(name) = path::parameters(&to).find(|name| !own.contains(name)) {
            let message = format!(
                "the path \"{written}\" of this handler has no parameter `{name}`, so nothing \
                 fills the one in `to`"
            );
            errors.push(text.span(), message);
            return None;
        }
    }
    Some(to)
}
