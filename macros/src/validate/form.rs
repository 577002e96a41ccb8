//! The model of a form.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{Attribute, LitStr, Path, Type};

use super::{Encoding, Endpoint, Lifespan, body};
use crate::attr::{self, FormAttr};
use crate::item::{Item, Kind};
use crate::mistakes::Mistakes;

/// A form that makes sense.
pub(crate) struct Form {
    pub(crate) item: Ident,
    /// Tells it apart from other forms on the same item.
    pub(crate) name: Option<String>,
    pub(crate) posts_to: Vec<Target>,
    pub(crate) lifespan: Lifespan,
    pub(crate) encoding: Option<Encoding>,
    pub(crate) sends: Option<Type>,
}

/// Where a form posts to.
pub(crate) enum Target {
    /// A handler of this program, for the compiler to find.
    Handler(Path),
    /// An endpoint of another program.
    Elsewhere(Endpoint),
}

impl Form {
    /// Checks the annotation against the item that it stands on.
    pub(crate) fn new(attr: FormAttr, item: &Item, mut mistakes: Mistakes) -> syn::Result<Self> {
        let name_of_item = item_name(item, &mut mistakes);
        check_names(attr.name.as_ref(), &item.attrs, &mut mistakes);
        let lifespan = Lifespan::new(&attr.range, &mut mistakes);
        let encoding = attr.encoding.and_then(|text| Encoding::parse(&text, &mut mistakes));
        if attr.posts_to.is_none() {
            mistakes.at(
                Span::call_site(),
                "missing `posts_to`: name the handler that takes this form, `posts_to = import_csv`",
            );
        }
        let posts_to = attr.posts_to.unwrap_or_default();
        let posts_to = posts_to.into_iter().filter_map(|target| check_target(target, &mut mistakes));
        let posts_to: Vec<Target> = posts_to.collect();
        if let Some(sends) = &attr.sends {
            check_sends(sends, item, &mut mistakes);
        }
        let form = match (name_of_item, lifespan) {
            (Some(item), Some(lifespan)) => {
                let name = attr.name.map(|name| name.value());
                Some(Self { item, name, posts_to, lifespan, encoding, sends: attr.sends })
            }
            _ => None,
        };
        mistakes.finish(form)
    }
}

/// The name of an item that can hold a form.
fn item_name(item: &Item, mistakes: &mut Mistakes) -> Option<Ident> {
    match &item.kind {
        Kind::Fn { sig, body: Some(_) } => Some(sig.ident.clone()),
        Kind::Fn { sig, body: None } => {
            mistakes.at(sig.ident.span(), "a form is where it is made: annotate a function with a body");
            None
        }
        Kind::Type { name, .. } | Kind::Value { name, .. } => Some(name.clone()),
        other @ Kind::Other { .. } => {
            let (span, what) = other.described();
            let expected = "a function, a struct, an enum, a const or a static";
            mistakes.at(span, format!("`#[form]` goes on {expected}, this is {what}"));
            None
        }
    }
}

/// Checks that several forms on one item have names, and different ones.
///
/// The forms above this one have been expanded already and are out of sight; the
/// first of them has looked at all below it.
fn check_names(own: Option<&LitStr>, below: &[Attribute], mistakes: &mut Mistakes) {
    if let Some(own) = own
        && own.value().is_empty()
    {
        mistakes.at(own.span(), "a form's name is not empty");
    }
    let is_form = |attr: &&Attribute| {
        attr.path().segments.last().is_some_and(|segment| segment.ident == "form")
    };
    for other in below.iter().filter(is_form) {
        let Ok(list) = other.meta.require_list() else { continue };
        let parsed = FormAttr::parse(list.tokens.clone(), &mut Mistakes::default());
        // What is wrong in it, it says itself when its turn comes.
        let other_name = parsed.ok().and_then(|attr| attr.name);
        let advice = "several forms on one item: give each a name of its own, `name = \"save\"`";
        match (own, other_name) {
            (Some(own), Some(other)) if own.value() == other.value() => {
                mistakes.at(other.span(), format!("the name \"{}\" is there twice", other.value()));
            }
            (Some(_), Some(_)) => {}
            (None, _) => return mistakes.at(Span::call_site(), advice),
            (Some(_), None) => mistakes.at(other.path().span(), advice),
        }
    }
}

fn check_target(target: attr::Target, mistakes: &mut Mistakes) -> Option<Target> {
    match target {
        attr::Target::Handler(path) => Some(Target::Handler(path)),
        attr::Target::Elsewhere(text) => Endpoint::from_text(&text, mistakes).map(Target::Elsewhere),
    }
}

fn check_sends(sends: &Type, item: &Item, mistakes: &mut Mistakes) {
    let no_generics = syn::Generics::default();
    let generics = match &item.kind {
        Kind::Fn { sig, .. } => &sig.generics,
        _ => &no_generics,
    };
    if body::mentions_any(sends, generics) {
        mistakes.at(
            sends.span(),
            "the fields of this type are known only where it is used: name a type of its own",
        );
    }
}
