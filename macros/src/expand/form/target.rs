//! The handlers that an annotation names in `posts_to`, and how the compiler resolves them.

use coexist_source::external::ExternalEndpoint;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::spanned::Spanned as _;

use crate::expand::named::{Bound, constant_of};
use crate::expand::record::Record;
use crate::expand::{json, metadata};
use crate::form::targets::Target;

/// The targets of one annotation.
pub(super) struct Targets<'a> {
    targets: Vec<(&'a Target, Ident)>,
}

/// A handler that the annotation names.
pub(super) struct Handler<'a> {
    /// The constant of its metadata.
    pub(super) constant: &'a Ident,
    /// The method that selects one of its endpoints.
    pub(super) method: Option<&'a str>,
    /// The span of its name.
    pub(super) span: Span,
}

impl Handler<'_> {
    /// Whether the annotation does not exclude that the handler accepts this method.
    pub(super) fn may_take(&self, method: Option<&str>) -> bool {
        match (self.method, method) {
            (Some(stated), Some(method)) => stated == method,
            _ => true,
        }
    }
}

impl<'a> Targets<'a> {
    pub(super) fn new(targets: &'a [Target]) -> Self {
        let named = targets
            .iter()
            .enumerate()
            .map(|(position, target)| (target, format_ident!("__TARGET_{position}")));
        Self {
            targets: named.collect(),
        }
    }

    /// The constants that hold the handlers' metadata.
    pub(super) fn constants(&self) -> TokenStream {
        let constants = self.targets.iter().filter_map(|(target, constant)| {
            let Target::Handler(_, path) = target else {
                return None;
            };
            Some(constant_of(constant, path, Bound::Handler))
        });
        constants.collect()
    }

    /// The targets that are handlers of this program.
    pub(super) fn handlers(&self) -> impl Iterator<Item = Handler<'_>> {
        self.targets.iter().filter_map(|(target, constant)| {
            let Target::Handler(method, path) = target else {
                return None;
            };
            Some(Handler {
                constant,
                method: method.as_deref(),
                span: path.span(),
            })
        })
    }

    /// The endpoints of other programs, and where they are written.
    pub(super) fn external(&self) -> impl Iterator<Item = (&'a ExternalEndpoint, Span)> {
        self.targets.iter().filter_map(|(target, _)| match target {
            Target::External(external, span) => Some((external, *span)),
            Target::Handler(..) => None,
        })
    }

    /// The span of the first of them.
    pub(super) fn span(&self) -> Option<Span> {
        self.targets.first().map(|(target, _)| match target {
            Target::Handler(_, path) => path.span(),
            Target::External(_, span) => *span,
        })
    }

    /// Writes all of them as entries of a record's `posts_to`.
    pub(super) fn entries(&self, record: &mut Record) {
        for (position, (target, constant)) in self.targets.iter().enumerate() {
            if position > 0 {
                record.push(",");
            }
            match target {
                Target::Handler(method, _) => {
                    let method = metadata::method(method.as_deref());
                    record.push_expr(quote!(
                        ::coexist::__private::checks::endpoint(#constant, #method)
                    ));
                }
                Target::External(external, _) => record.push(&external_entry(external)),
            }
        }
    }
}

/// An endpoint of another program as an entry of a record's `posts_to`.
pub(super) fn external_entry(external: &ExternalEndpoint) -> String {
    let endpoint = json::method_and_path(&external.endpoint);
    let host = external.host.as_deref();
    let host = host.map_or_else(String::new, |host| {
        format!(",\"host\":{}", json::string(host))
    });
    format!("{{{endpoint},\"elsewhere\":true{host}}}")
}
