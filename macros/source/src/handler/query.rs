//! What a handler reads from the query of the address, beside what it reads from the body.

use syn::ext::IdentExt as _;
use syn::{FnArg, Pat, Signature, Type};

use super::model::Accepts;
use crate::extractor::{Known, find_query};
use crate::fields::model::{Field, Model};
use crate::fields::shape::Shape;
use crate::frameworks::route::QueryParameter;
use crate::generics::mentions_any;
use crate::reader::Reader;

/// What a handler reads from the query.
pub struct Query {
    /// The library that reads it.
    pub reader: Reader,
    /// The fields.
    pub accepts: Accepts,
}

/// What a function reads from the query: with an extractor, or as `parameters` of Rocket's
/// attribute. An extractor that is not known may read it in any way.
pub(super) fn read(
    sig: &Signature,
    methods: &[&str],
    known: Known,
    parameters: &[QueryParameter],
) -> Option<Query> {
    if !parameters.is_empty() {
        return Some(Query {
            reader: Reader::Rocket,
            accepts: Accepts::Parameters(Box::new(model(sig, parameters)?)),
        });
    }
    let body = find_query(sig, methods, known)?;
    let ty = body.ty.filter(|ty| !mentions_any(ty, &sig.generics))?;
    Some(Query {
        reader: body.reader?,
        accepts: Accepts::Found(Box::new(ty.clone())),
    })
}

/// The parameters as the fields of one type.
fn model(sig: &Signature, parameters: &[QueryParameter]) -> Option<Model> {
    let fields = parameters.iter().map(|parameter| {
        let shape = Shape::for_rocket(argument(sig, &parameter.name)?, &sig.generics);
        Some(if parameter.is_rest {
            Field::Flattened(shape.of_fields())
        } else {
            Field::Named {
                name: parameter.name.clone(),
                aliases: Vec::new(),
                shape,
                constraints: Vec::new(),
            }
        })
    });
    Some(Model::Struct {
        deny_unknown_fields: false,
        denies_duplicates: false,
        fields: fields.collect::<Option<_>>()?,
    })
}

/// The type of an argument.
fn argument<'a>(sig: &'a Signature, name: &str) -> Option<&'a Type> {
    sig.inputs.iter().find_map(|arg| match arg {
        FnArg::Typed(arg) => match &*arg.pat {
            Pat::Ident(pat) if pat.ident.unraw() == name => Some(&*arg.ty),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })
}
