//! Which functions can be handlers.

use syn::Signature;
use syn::spanned::Spanned as _;

use crate::annotation::find::named;
use crate::errors::Errors;
use crate::frameworks;
use crate::item::{Item, Kind};
use crate::surroundings::Surroundings;

/// Checks that a type can stand beside the function.
fn check_function(sig: &Signature, has_body: bool, around: &Surroundings, errors: &mut Errors) {
    if let Some(receiver) = sig.receiver() {
        errors.push(
            receiver.self_token.span(),
            "a method cannot be a handler: the endpoint is a type beside the function, which an \
             `impl` cannot contain. Annotate a free function that calls this method",
        );
    } else if around.is_associated {
        errors.push(
            sig.ident.span(),
            "a function in an `impl` or a trait cannot be a handler: the endpoint is a type beside \
             the function, which they cannot contain. Annotate a free function that calls this \
             one",
        );
    } else if !has_body {
        errors.push(
            sig.ident.span(),
            "a handler needs a body: annotate the function that has it",
        );
    }
}

/// The signature of a function that can be a handler.
pub(super) fn signature<'a>(
    item: &'a Item,
    around: &Surroundings,
    framework: &frameworks::Stated,
    errors: &mut Errors,
) -> Option<&'a Signature> {
    match &item.kind {
        Kind::Fn { sig, body } => {
            // poem-openapi states the routes of methods, which forms cannot name.
            let is_method = around.is_associated && !framework.routes.is_empty();
            if !is_method {
                check_function(sig, body.is_some(), around, errors);
            }
            if let Some(other) = named(&item.attrs, "handler").next() {
                errors.push(
                    other.path.span(),
                    "a function can have one `#[handler]`: annotate another function that calls this one",
                );
            }
            Some(sig)
        }
        other => {
            let (span, what) = other.described();
            errors.push(
                span,
                format!("`#[handler]` can only be used on a function, and this is {what}"),
            );
            None
        }
    }
}
