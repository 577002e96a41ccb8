//! The model of a form.

use coexist_html::{Element, Url};
use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{Attribute, MetaList, Path, Type};

use super::endpoint::{check_method, check_path};
use super::{Encoding, Endpoint, Lifespan, body};
use crate::attr::{self, FormAttr};
use crate::item::{Item, Kind};
use crate::mistakes::Mistakes;
use crate::page::{self, Shown};

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
}

/// Where a form posts to.
pub(crate) enum Target {
    /// A handler of this program, for the compiler to find, and which of its endpoints.
    Handler(Option<String>, Path),
    /// An endpoint of another program.
    Elsewhere(Endpoint),
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
    pub(crate) fn new(attr: FormAttr, item: &Item, mut mistakes: Mistakes) -> syn::Result<Self> {
        let name_of_item = item_name(item, &mut mistakes);
        let page = page::read(item).unwrap_or_else(|message| {
            mistakes.at(Span::call_site(), message);
            None
        });
        check_names(&attr, &item.attrs, page.is_some(), &mut mistakes);
        let shown = page.and_then(|page| select(page, &attr, &item.attrs, &mut mistakes));
        let lifespan = Lifespan::new(&attr.range, &attr.keys, &mut mistakes);
        let encoding = attr
            .encoding
            .as_ref()
            .and_then(|text| Encoding::parse(text, &mut mistakes));
        if shown.is_none() && !attr.keys.may_hold("posts_to") {
            mistakes.at(Span::call_site(), missing_target(item));
        }
        let pages = pages(&attr, item, name_of_item.as_ref(), &mut mistakes);
        if let Some(shown) = &shown {
            check_shown(shown, &attr, &pages, &mut mistakes);
        }
        if let (None, Some(None)) = (&shown, &attr.posts_to) {
            let message =
                "`_` leaves undeclared what HTML does not tell, and there is none to be read here";
            mistakes.at(Span::call_site(), message);
        }
        let posts_to = attr.posts_to.flatten().unwrap_or_default();
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

/// Of what the page shows, what this annotation is for: what bears its name, or, without
/// one, all that no other annotation takes.
fn select(
    mut page: Shown,
    attr: &FormAttr,
    below: &[Attribute],
    mistakes: &mut Mistakes,
) -> Option<Shown> {
    let bears = |form: &coexist_html::Form, name: &str| form.names.iter().any(|own| own == name);
    if let Some(name) = attr.name.as_ref().map(syn::LitStr::value) {
        let all: Vec<String> = page
            .forms
            .iter()
            .flat_map(|form| form.names.clone())
            .collect();
        page.forms.retain(|form| bears(form, &name));
        if page.forms.is_empty() && !attr.keys.may_hold("posts_to") {
            let named = if all.is_empty() {
                "none has one".to_owned()
            } else {
                format!(
                    "there is {}",
                    attr::listed(&all.iter().map(String::as_str).collect::<Vec<_>>())
                )
            };
            let at = attr
                .name
                .as_ref()
                .map_or_else(Span::call_site, syn::LitStr::span);
            mistakes.at(
                at,
                format!(
                    "nothing in {} that sends a request has the id or name \"{name}\": {named}",
                    page.origin
                ),
            );
        }
    } else {
        let below = attr::others(below, "form").filter_map(parse_other);
        let names: Vec<String> = below
            .filter_map(|(_, other)| other.name.map(|name| name.value()))
            .chain(attr.taken.iter().cloned())
            .collect();
        page.forms
            .retain(|form| !names.iter().any(|name| bears(form, name)));
        if page.forms.is_empty() && !attr.keys.may_hold("posts_to") {
            mistakes.at(
                Span::call_site(),
                format!(
                    "{} holds nothing that sends a request: no form, no link, no htmx call",
                    page.origin
                ),
            );
        }
    }
    // What no HTML shows, a script may send.
    (!page.forms.is_empty()).then_some(page)
}

/// Checks that the annotation says what the HTML does not tell.
fn check_shown(shown: &Shown, attr: &FormAttr, pages: &[Page], mistakes: &mut Mistakes) {
    for form in &shown.forms {
        let (place, tag) = (shown.place(form), &form.tag);
        for url in &form.urls {
            let message = match url {
                Url::Unknown(expression) if !attr.keys.may_hold("posts_to") => format!(
                    "{place}: the address of `{tag}` is the expression `{expression}`, and no template \
                     can tell where it leads. Say it, `posts_to = handler`; `posts_to = _` leaves it \
                     undeclared"
                ),
                Url::Page | Url::Relative(_) if pages.is_empty() && !attr.keys.may_hold("page") => {
                    if form.element == Element::Link && *url == Url::Page {
                        continue;
                    }
                    let why = match url {
                        Url::Page => "the page's own address",
                        _ => "relative to the page's own",
                    };
                    format!(
                        "{place}: the address of `{tag}` is {why}. Say which page holds it: `page = handler`, \
                         or `page = \"/path\"`"
                    )
                }
                _ => continue,
            };
            mistakes.at(Span::call_site(), message);
        }
    }
}

/// The pages that hold the form: those that are stated, else the item itself if it is a
/// handler.
fn pages(attr: &FormAttr, item: &Item, name: Option<&Ident>, mistakes: &mut Mistakes) -> Vec<Page> {
    let is_handler = || attr.is_page || attr::others(&item.attrs, "handler").next().is_some();
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
                attr::Target::Text(text) => match check_path(&text.value()) {
                    Ok(()) => Some(Page::Path(text.value())),
                    Err(message) => {
                        mistakes.at(text.span(), message);
                        None
                    }
                },
            });
            pages.collect()
        }
        (None, Some(name)) if is_handler() => vec![Page::Handler(name.clone().into())],
        (None, _) => Vec::new(),
    }
}

/// The name of an item that can hold a form.
fn item_name(item: &Item, mistakes: &mut Mistakes) -> Option<Ident> {
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
fn check_names(form: &FormAttr, below: &[Attribute], is_shown: bool, mistakes: &mut Mistakes) {
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
    let attr = FormAttr::parse(list.tokens.clone(), &mut Mistakes::default()).ok()?;
    Some((list.path.span(), attr))
}

fn check_target(target: attr::Target, mistakes: &mut Mistakes) -> Option<Target> {
    match target {
        attr::Target::Handler(method, path) => {
            let checked = method.map(|method| match check_method(&method.to_string()) {
                Ok(()) => Some(method.to_string()),
                Err(message) => {
                    mistakes.at(method.span(), message);
                    None
                }
            });
            match checked {
                Some(None) => None,
                Some(method) => Some(Target::Handler(method, path)),
                None => Some(Target::Handler(None, path)),
            }
        }
        attr::Target::Text(text) => Endpoint::from_text(&text, mistakes).map(Target::Elsewhere),
    }
}

fn check_sends(sends: &Type, item: &Item, mistakes: &mut Mistakes) {
    if body::mentions_any(sends, &item.generics()) {
        mistakes.at(
            sends.span(),
            "the fields of this type are known only where it is used: name a type of its own",
        );
    }
}
