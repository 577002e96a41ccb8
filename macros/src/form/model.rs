//! The model of a form.

use coexist_source::annotation::form::{FormAttr, PostsTo};
use coexist_source::encoding::Encoding;
use coexist_source::errors::Errors;
use coexist_source::flag;
use coexist_source::generics::mentions_any;
use coexist_source::item::{Item, Kind};
use coexist_source::lifespan::Lifespan;
use coexist_source::lifetime;
use proc_macro2::{Ident, Span};
use syn::Type;
use syn::spanned::Spanned as _;

use super::others::check_names;
use super::targets::{Page, Target, check_target, pages};
use super::{notes, shown};
use crate::build_release;
use crate::page::html_forms::{Shown, Unread};
use crate::page::{missing_feature, read};

/// A form that makes sense.
pub(crate) struct Form {
    pub(crate) item: Ident,
    /// Tells it apart from other forms on the same item.
    pub(crate) name: Option<String>,
    pub(crate) posts_to: Vec<Target>,
    /// The pages that contain it, as far as they are named.
    pub(crate) pages: Vec<Page>,
    pub(crate) lifespan: Lifespan,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) sends: Option<Type>,
    /// The feature flag that must be on for it to be there.
    pub(crate) flag: Option<String>,
    /// How long it stays open, if not as long as a page.
    pub(crate) lifetime: Option<String>,
    /// It is a redirect that a handler answers with.
    pub(crate) is_redirect: bool,
    /// The part of the item's HTML that this annotation is for; `None` if the item
    /// contains no HTML that can be read.
    pub(crate) shown: Option<Shown>,
    /// The item's HTML, if it could not be read and no other macro may have reported that.
    pub(crate) unread: Option<Unread>,
}

impl Form {
    /// Checks the annotation against its item.
    pub(crate) fn new(attr: FormAttr, item: &Item, mut errors: Errors) -> syn::Result<Self> {
        let name_of_item = item_name(item, &mut errors);
        let (page, unread) = match read(item) {
            // No HTML holds a redirect.
            _ if attr.is_redirect => (None, None),
            Ok(page) => (page, None),
            Err(unread) => (None, Some(unread)),
        };
        let is_shown = page.is_some() || unread.is_some();
        check_names(&attr, &item.attrs, is_shown, &mut errors);
        let mut shown = page.and_then(|page| shown::select(page, &attr, &item.attrs, &mut errors));
        if let Some(shown) = &mut shown {
            shown::merge_links(shown);
            notes::read(shown, &attr, &mut errors);
        }
        let lifespan = Lifespan::new(&attr.range, &attr.keys, build_release::known, &mut errors);
        let encoding = attr
            .encoding
            .as_ref()
            .and_then(|text| errors.ok_at(text.span(), Encoding::from_name(&text.value())));
        let flag = flag::parse(attr.flag.as_ref(), &mut errors);
        let lifetime = attr.lifetime.as_ref().and_then(|text| {
            errors.ok_at(text.span(), lifetime::check(&text.value()))?;
            Some(text.value())
        });
        let unread = unread.filter(|unread| {
            let is_left_out = unread.is_news.is_none();
            if is_left_out && !attr.keys.may_hold("posts_to") {
                errors.push(unread.span, &unread.message);
            }
            !is_left_out
        });
        let pages = pages(&attr, item, name_of_item.as_ref(), &mut errors);
        if let Some(shown) = &shown {
            shown::check(shown, &attr, &pages, &mut errors);
        } else if !is_shown && !attr.keys.may_hold("posts_to") {
            errors.push(Span::call_site(), missing_target(&attr, item));
        }
        if let (false, Some(PostsTo::Undeclared)) = (is_shown, &attr.posts_to) {
            let message = "`posts_to = _` needs HTML, and this item has none that can be read: name a \
                           handler";
            errors.push(Span::call_site(), message);
        }
        let posts_to = targets(attr.posts_to, &mut errors);
        if let Some(sends) = &attr.sends {
            check_sends(sends, item, &mut errors);
        }
        let form = match (name_of_item, lifespan) {
            (Some(item), Some(lifespan)) => {
                let name = attr.name.map(|name| name.value());
                Some(Self {
                    item,
                    name,
                    posts_to,
                    pages,
                    lifespan,
                    encoding,
                    sends: attr.sends,
                    flag,
                    lifetime,
                    is_redirect: attr.is_redirect,
                    shown,
                    unread,
                })
            }
            _ => None,
        };
        errors.finish(form)
    }
}

/// The targets in `posts_to`.
fn targets(posts_to: Option<PostsTo>, errors: &mut Errors) -> Vec<Target> {
    let targets = match posts_to {
        Some(PostsTo::Targets(targets)) => targets,
        Some(PostsTo::Undeclared) | None => Vec::new(),
    };
    let targets = targets.into_iter();
    targets
        .filter_map(|target| check_target(target, errors))
        .collect()
}

/// The message for a form whose targets are unknown.
fn missing_target(attr: &FormAttr, item: &Item) -> String {
    if attr.is_redirect {
        let message = "missing `posts_to`: name the handler that the redirect leads to, such as \
                       `posts_to = show`";
        return message.to_owned();
    }
    let mut message =
        "missing `posts_to`: name the handler of this form, such as `posts_to = import_csv`"
            .to_owned();
    if let Some(feature) = missing_feature(item) {
        message.push_str(&format!(
            ". With the feature `{feature}` of `coexist`, it is read from the HTML"
        ));
    }
    message
}

/// The name of an item that can contain a form.
fn item_name(item: &Item, errors: &mut Errors) -> Option<Ident> {
    match &item.kind {
        Kind::Fn { sig, body: Some(_) } => Some(sig.ident.clone()),
        Kind::Fn { sig, body: None } => {
            errors.push(sig.ident.span(), "`#[form]` needs a function with a body");
            None
        }
        Kind::Value {
            name, value: None, ..
        } => {
            errors.push(
                name.span(),
                "`#[form]` needs a constant or static with a value",
            );
            None
        }
        Kind::Type { name, .. } | Kind::Value { name, .. } => Some(name.clone()),
        other @ Kind::Other { .. } => {
            let (span, what) = other.described();
            let expected = "functions, structs, enums, constants and statics";
            errors.push(
                span,
                format!("`#[form]` can only be applied to {expected}, not to {what}"),
            );
            None
        }
    }
}

fn check_sends(sends: &Type, item: &Item, errors: &mut Errors) {
    let message = if matches!(sends, Type::Infer(_)) {
        "`sends = _` is not supported: name a type, or leave out `sends`"
    } else if mentions_any(sends, &item.generics()) {
        "the fields of a generic type are not known here: name a concrete type, or leave out `sends`"
    } else {
        return;
    };
    errors.push(sends.span(), message);
}
