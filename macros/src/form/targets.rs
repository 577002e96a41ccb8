//! Where a form submits to, and the pages that contain it.

use coexist_source::annotation::find::named;
use coexist_source::annotation::form::FormAttr;
use coexist_source::annotation::targets;
use coexist_source::annotation::within::Within;
use coexist_source::endpoint::{check_method, check_path};
use coexist_source::errors::Errors;
use coexist_source::external::ExternalEndpoint;
use coexist_source::item::{Item, Kind};
use proc_macro2::{Ident, Span};
use syn::Path;

/// Where a form submits to.
pub(crate) enum Target {
    /// A handler of this program, for the compiler to find, and which of its endpoints.
    Handler(Option<String>, Path),
    /// An endpoint of another program, and where it is written.
    External(ExternalEndpoint, Span),
}

/// A page that contains a form.
pub(crate) enum Page {
    /// It is served by this handler.
    Handler(Path),
    /// It has this path.
    Path(String),
}

/// Checks a target, as it is written.
pub(super) fn check_target(target: targets::Target, errors: &mut Errors) -> Option<Target> {
    match target {
        targets::Target::Handler(None, path) => Some(Target::Handler(None, path)),
        targets::Target::Handler(Some(method), path) => {
            let method = check_method(&method, errors)?;
            Some(Target::Handler(Some(method), path))
        }
        targets::Target::Text(text) => ExternalEndpoint::from_text(&text, errors)
            .map(|external| Target::External(external, text.span())),
    }
}

/// The pages that contain the form: those that the annotation names, or else the item itself
/// if it is a handler.
pub(super) fn pages(
    attr: &FormAttr,
    item: &Item,
    name: Option<&Ident>,
    errors: &mut Errors,
) -> Vec<Page> {
    // A method has no type that could be named as a handler, unless the block tells which constant.
    let has_block = attr.within.is_some();
    let owner = attr.within.as_ref().filter(|within| !within.is_generic());
    let owner = owner.and_then(Within::path);
    let is_method = matches!(&item.kind, Kind::Fn { sig, .. } if sig.receiver().is_some());
    let is_method = owner.is_none() && (is_method || has_block);
    // What answers with a redirect is not the page that it is on.
    let is_handler = || {
        !attr.is_redirect
            && !is_method
            && (attr.is_page || named(&item.attrs, "handler").next().is_some())
    };
    match (&attr.page, name) {
        (Some(stated), _) => {
            let pages = stated.iter().filter_map(|page| match page {
                targets::Target::Handler(None, path) => Some(Page::Handler(path.clone())),
                targets::Target::Handler(Some(method), _) => {
                    errors.push(
                        method.span(),
                        "a page is always fetched with GET: remove the method",
                    );
                    None
                }
                targets::Target::Text(text) => check_path(text, errors).map(Page::Path),
            });
            pages.collect()
        }
        (None, Some(name)) if is_handler() => {
            let path = match owner {
                Some(mut owner) => {
                    owner.segments.push(name.clone().into());
                    owner
                }
                None => name.clone().into(),
            };
            vec![Page::Handler(path)]
        }
        (None, _) => Vec::new(),
    }
}
