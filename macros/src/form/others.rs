//! The other forms on the same item.

use coexist_source::annotation::find::named;
use coexist_source::annotation::form::FormAttr;
use coexist_source::errors::Errors;
use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Attribute, MetaList};

/// Checks that several forms on one item have names, and different ones. Where HTML shows
/// the forms, one may do without: it stands for the rest.
///
/// The forms above this one have been expanded already and are out of sight. So
/// each speaks for itself, the last but one for the last as well, and of two with
/// the same name the upper one for both.
pub(super) fn check_names(
    form: &FormAttr,
    below: &[Attribute],
    is_shown: bool,
    errors: &mut Errors,
) {
    let own = form.name.as_ref();
    if let Some(own) = own
        && own.value().is_empty()
    {
        errors.push(own.span(), "a form's name cannot be empty");
    }
    let forms: Vec<(Span, FormAttr)> = named(below, "form").filter_map(parse_other).collect();
    let advice = "several `#[form]` attributes on one item: give each a unique `name`, such as \
                  `name = \"save\"`";
    let has_no_name = |attr: &FormAttr| attr.name.is_none() && !attr.keys.may_hold("name");
    let nameless = forms.iter().filter(|(_, other)| has_no_name(other)).count();
    if has_no_name(form) && !forms.is_empty() && (!is_shown || nameless > 0) {
        errors.push(Span::call_site(), advice);
    }
    if let [(span, last)] = forms.as_slice()
        && has_no_name(last)
        && !is_shown
        && form.is_redirect == last.is_redirect
    {
        errors.push(*span, advice);
    }
    let names = forms.iter().filter_map(|(_, attr)| attr.name.as_ref());
    if let Some(own) = own
        && let Some(other) = names.into_iter().find(|name| name.value() == own.value())
    {
        let name = own.value();
        errors.push(other.span(), format!("duplicate form name \"{name}\""));
        errors.push(own.span(), "first used here");
    }
}

/// The form in an attribute below. What is wrong in it, it says when its turn comes.
pub(super) fn parse_other(list: &MetaList) -> Option<(Span, FormAttr)> {
    let attr = FormAttr::parse(list.tokens.clone(), &mut Errors::default()).ok()?;
    Some((list.path.span(), attr))
}
