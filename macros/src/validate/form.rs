//! The model of a form.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{Attribute, MetaList, Path, Type};

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
        check_names(&attr, &item.attrs, &mut mistakes);
        let lifespan = Lifespan::new(&attr.range, &attr.keys, &mut mistakes);
        let encoding = attr
            .encoding
            .and_then(|text| Encoding::parse(&text, &mut mistakes));
        if attr.posts_to.is_none() && !attr.keys.may_hold("posts_to") {
            mistakes.at(
                Span::call_site(),
                "missing `posts_to`: name the handler that takes this form, `posts_to = import_csv`",
            );
        }
        let posts_to = attr.posts_to.unwrap_or_default();
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
                    lifespan,
                    encoding,
                    sends: attr.sends,
                })
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

/// Checks that several forms on one item have names, and different ones.
///
/// The forms above this one have been expanded already and are out of sight. So
/// each speaks for itself, the last but one for the last as well, and of two with
/// the same name the upper one for both.
fn check_names(form: &FormAttr, below: &[Attribute], mistakes: &mut Mistakes) {
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
    if has_no_name(form) && !forms.is_empty() {
        mistakes.at(Span::call_site(), advice);
    }
    if let [(span, last)] = forms.as_slice()
        && has_no_name(last)
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
        attr::Target::Handler(path) => Some(Target::Handler(path)),
        attr::Target::Elsewhere(text) => {
            Endpoint::from_text(&text, mistakes).map(Target::Elsewhere)
        }
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
