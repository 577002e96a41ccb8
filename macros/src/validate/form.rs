//! The model of a form.

mod shown;

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{Attribute, MetaList, Path, Type};

use super::endpoint::{stated_method, stated_path};
use super::{Elsewhere, Encoding, Lifespan, body};
use crate::attr::{self, FormAttr, PostsTo};
use crate::errors::Errors;
use crate::item::{Item, Kind};
use crate::page::{self, Shown, Unread};

/// A form that makes sense.
pub(crate) struct Form {
    pub(crate) item: Ident,
    /// Tells it apart from other forms on the same item.
    pub(crate) name: Option<String>,
    pub(crate) posts_to: Vec<Target>,
    /// The pages that hold it, as far as they are stated.
    pub(crate) pages: Vec<Page>,
    pub(crate) lifespan: Lifespan,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) sends: Option<Type>,
    /// What the item's HTML shows, of what is this annotation's; nothing if the
    /// item holds no HTML that can be read.
    pub(crate) shown: Option<Shown>,
    /// The item's HTML, if it could not be read, and others may not have said so.
    pub(crate) unread: Option<Unread>,
}

/// Where a form posts to.
pub(crate) enum Target {
    /// A handler of this program, for the compiler to find, and which of its endpoints.
    Handler(Option<String>, Path),
    /// An endpoint of another program, and where it is written.
    Elsewhere(Elsewhere, Span),
}

/// A page that holds a form.
pub(crate) enum Page {
    /// It is served by this handler.
    Handler(Path),
    /// It has this path.
    Path(String),
}

impl Form {
    /// Checks the annotation against the item that it stands on.
    pub(crate) fn new(attr: FormAttr, item: &Item, mut mistakes: Errors) -> syn::Result<Self> {
        let name_of_item = item_name(item, &mut mistakes);
        let (page, unread) = match page::read(item) {
            Ok(page) => (page, None),
            Err(unread) => (None, Some(unread)),
        };
        let is_shown = page.is_some() || unread.is_some();
        check_names(&attr, &item.attrs, is_shown, &mut mistakes);
        let shown = page.and_then(|page| shown::select(page, &attr, &item.attrs, &mut mistakes));
        let lifespan = Lifespan::new(&attr.range, &attr.keys, &mut mistakes);
        let encoding = attr
            .encoding
            .as_ref()
            .and_then(|text| Encoding::parse(text, &mut mistakes));
        let unread = unread.filter(|unread| {
            let is_left_out = unread.is_news.is_none();
            if is_left_out && !attr.keys.may_hold("posts_to") {
                mistakes.at(unread.span, &unread.message);
            }
            !is_left_out
        });
        let pages = pages(&attr, item, name_of_item.as_ref(), &mut mistakes);
        if let Some(shown) = &shown {
            shown::check(shown, &attr, &pages, &mut mistakes);
        } else if !is_shown && !attr.keys.may_hold("posts_to") {
            mistakes.at(Span::call_site(), missing_target(item));
        }
        if let (false, Some(PostsTo::Undeclared)) = (is_shown, &attr.posts_to) {
            let message =
                "`_` leaves undeclared what HTML does not tell, and there is none to be read here";
            mistakes.at(Span::call_site(), message);
        }
        let posts_to = match attr.posts_to {
            Some(PostsTo::Targets(targets)) => targets,
            Some(PostsTo::Undeclared) | None => Vec::new(),
        };
        let posts_to = posts_to
            .into_iter()
            .filter_map(|target| check_target(target, &mut mistakes));
        let posts_to: Vec<Target> = posts_to.collect();
        if let Some(sends) = &attr.sends {
            check_sends(sends, item, &mut mistakes);
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
                    shown,
                    unread,
                })
            }
            _ => None,
        };
        mistakes.finish(form)
    }
}

/// What is said of a form whose targets nothing tells.
fn missing_target(item: &Item) -> String {
    let mut message =
        "missing `posts_to`: name the handler that takes this form, `posts_to = import_csv`"
            .to_owned();
    if let Some(feature) = page::missing_feature(item) {
        message.push_str(&format!(
            ". The feature `{feature}` of `coexist` reads it out of the HTML"
        ));
    }
    message
}

/// The pages that hold the form: those that are stated, else the item itself if it is a
/// handler.
fn pages(attr: &FormAttr, item: &Item, name: Option<&Ident>, mistakes: &mut Errors) -> Vec<Page> {
    // A method has no type that could be named as a handler.
    let is_method = matches!(&item.kind, Kind::Fn { sig, .. } if sig.receiver().is_some());
    let is_handler =
        || !is_method && (attr.is_page || attr::others(&item.attrs, "handler").next().is_some());
    match (&attr.page, name) {
        (Some(stated), _) => {
            let pages = stated.iter().filter_map(|page| match page {
                attr::Target::Handler(None, path) => Some(Page::Handler(path.clone())),
                attr::Target::Handler(Some(method), _) => {
                    mistakes.at(
                        method.span(),
                        "a page is fetched with GET: name its handler alone",
                    );
                    None
                }
                attr::Target::Text(text) => stated_path(text, mistakes).map(Page::Path),
            });
            pages.collect()
        }
        (None, Some(name)) if is_handler() => vec![Page::Handler(name.clone().into())],
        (None, _) => Vec::new(),
    }
}

/// The name of an item that can hold a form.
fn item_name(item: &Item, mistakes: &mut Errors) -> Option<Ident> {
    match &item.kind {
        Kind::Fn { sig, body: Some(_) } => Some(sig.ident.clone()),
        Kind::Fn { sig, body: None } => {
            mistakes.at(
                sig.ident.span(),
                "a form is where it is made: annotate a function with a body",
            );
            None
        }
        Kind::Value {
            name, value: None, ..
        } => {
            mistakes.at(
                name.span(),
                "a form is where it is made: annotate a const or static with a value",
            );
            None
        }
        Kind::Type { name, .. } | Kind::Value { name, .. } => Some(name.clone()),
        other @ Kind::Other { .. } => {
            let (span, what) = other.described();
            let expected = "a function, a struct, an enum, a const or a static";
            mistakes.at(
                span,
                format!("`#[form]` goes on {expected}, this is {what}"),
            );
            None
        }
    }
}

/// Checks that several forms on one item have names, and different ones. Where HTML shows
/// the forms, one may do without: it stands for the rest.
///
/// The forms above this one have been expanded already and are out of sight. So
/// each speaks for itself, the last but one for the last as well, and of two with
/// the same name the upper one for both.
fn check_names(form: &FormAttr, below: &[Attribute], is_shown: bool, mistakes: &mut Errors) {
    let own = form.name.as_ref();
    if let Some(own) = own
        && own.value().is_empty()
    {
        mistakes.at(own.span(), "a form's name is not empty");
    }
    let forms: Vec<(Span, FormAttr)> = attr::others(below, "form")
        .filter_map(parse_other)
        .collect();
    let advice = "several forms on one item: give each a name of its own, `name = \"save\"`";
    let has_no_name = |attr: &FormAttr| attr.name.is_none() && !attr.keys.may_hold("name");
    let nameless = forms.iter().filter(|(_, other)| has_no_name(other)).count();
    if has_no_name(form) && !forms.is_empty() && (!is_shown || nameless > 0) {
        mistakes.at(Span::call_site(), advice);
    }
    if let [(span, last)] = forms.as_slice()
        && has_no_name(last)
        && !is_shown
    {
        mistakes.at(*span, advice);
    }
    let names = forms.iter().filter_map(|(_, attr)| attr.name.as_ref());
    if let Some(own) = own
        && let Some(other) = names.into_iter().find(|name| name.value() == own.value())
    {
        let name = own.value();
        mistakes.at(other.span(), format!("the name \"{name}\" is there twice"));
        mistakes.at(own.span(), format!("\"{name}\" is there first"));
    }
}

/// The form in an attribute below. What is wrong in it, it says when its turn comes.
fn parse_other(list: &MetaList) -> Option<(Span, FormAttr)> {
    let attr = FormAttr::parse(list.tokens.clone(), &mut Errors::default()).ok()?;
    Some((list.path.span(), attr))
}

fn check_target(target: attr::Target, mistakes: &mut Errors) -> Option<Target> {
    match target {
        attr::Target::Handler(None, path) => Some(Target::Handler(None, path)),
        attr::Target::Handler(Some(method), path) => {
            let method = stated_method(&method, mistakes)?;
            Some(Target::Handler(Some(method), path))
        }
        attr::Target::Text(text) => Elsewhere::from_text(&text, mistakes)
            .map(|elsewhere| Target::Elsewhere(elsewhere, text.span())),
    }
}

fn check_sends(sends: &Type, item: &Item, mistakes: &mut Errors) {
    if body::mentions_any(sends, &item.generics()) {
        mistakes.at(
            sends.span(),
            "the fields of this type are known only where it is used: name a type of its own",
        );
    }
}
