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
            "a method cannot be a handler, because `#[handler]` generates a type next to the \
             function. Put `#[coexist::handlers]` on its `impl` block, or annotate a free function \
             that calls this method",
        );
    } else if around.is_associated {
        errors.push(
            sig.ident.span(),
            "a function in an `impl` or a trait cannot be a handler, because `#[handler]` \
             generates a type next to the function. Put `#[coexist::handlers]` on an `impl` block, \
             or annotate a free function that calls this one",
        );
    } else if !has_body {
        errors.push(
            sig.ident.span(),
            "a function in a trait or an `extern` block cannot be a handler, because `#[handler]` \
             generates a type next to the function. Annotate a free function that calls this one",
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
            if !is_method && !around.has_handlers {
                check_function(sig, body.is_some(), around, errors);
            }
            if let Some(other) = named(&item.attrs, "handler").next() {
                errors.push(
                    other.path.span(),
                    "a function can have only one `#[handler]`: annotate another function that calls this one",
                );
            }
            Some(sig)
        }
        other => {
            let (span, what) = other.described();
            errors.push(
                span,
                format!("`#[handler]` can only be applied to functions, not to {what}"),
            );
            None
        }
    }
}
