//! Finds the extractor among a handler's arguments, and the type that it reads.
//!
//! An extractor whose crate is known is read as that crate does. Another one whose name ends as
//! theirs do belongs to somebody else: that there is one is known, and nothing of what it does.

use syn::{FnArg, GenericArgument, Ident, PathArguments, Signature, Type, TypePath};

use crate::encoding::Encoding;
use crate::reader::Reader;

/// Finds the whole path of an extractor that is known, from its crate on.
pub type Known<'k> = &'k dyn Fn(&syn::Path) -> Option<Vec<String>>;

/// What a handler reads, according to its arguments.
pub struct Body<'a> {
    /// `None`: it depends on the method.
    pub encoding: Option<Encoding>,
    /// The type in the extractor; a plain `Multipart` has none.
    pub ty: Option<&'a Type>,
    /// The library that reads it, if the extractor is known.
    pub reader: Option<Reader>,
}

/// What a handler reads besides, from the query of the address. One in an `Option` or a `Result`
/// refuses nothing. The arguments are those of [`find_body`].
#[must_use]
pub fn find_query<'a>(sig: &'a Signature, methods: &[&str], known: Known<'_>) -> Option<Body<'a>> {
    let is_query = |body: &Body<'_>| body.encoding == Some(Encoding::Query);
    let all: Vec<Body<'a>> = extractors(sig, known).collect();
    if all.iter().all(is_query) && methods.iter().all(|method| may_lack_body(method)) {
        // It is all that the handler reads.
        return None;
    }
    let mut read = sig.inputs.iter().filter_map(|arg| match arg {
        FnArg::Typed(arg) if !is_fallible(&arg.ty) => extractor(&arg.ty, known),
        FnArg::Typed(_) | FnArg::Receiver(_) => None,
    });
    read.find(is_query)
}

/// Whether what it cannot read does not refuse the request.
fn is_fallible(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident == "Option" || last.ident == "Result")
}

/// Whether requests of a method may have no body, so that a form's fields may be in the query.
pub(crate) fn may_lack_body(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "DELETE")
}

fn extractors<'a>(sig: &'a Signature, known: Known<'_>) -> impl Iterator<Item = Body<'a>> {
    sig.inputs.iter().filter_map(move |arg| match arg {
        FnArg::Typed(arg) => extractor(&arg.ty, known),
        FnArg::Receiver(_) => None,
    })
}

/// Finds the extractor that decides which fields a request needs: the one that reads the body, or
/// else the one that reads the query. `methods` are those of the handler; `known` finds the whole
/// path of an extractor that is known, by the one that is written.
#[must_use]
pub fn find_body<'a>(sig: &'a Signature, methods: &[&str], known: Known<'_>) -> Option<Body<'a>> {
    let mut body =
        extractors(sig, known).min_by_key(|body| body.encoding == Some(Encoding::Query))?;
    if body.encoding == Some(Encoding::Query) && !methods.iter().all(|method| may_lack_body(method))
    {
        // What a form sends is in the body, which something else reads.
        return None;
    }
    // A form in a request without a body is its query.
    if body.encoding == Some(Encoding::Urlencoded) {
        let without_body = |method: &&&str| matches!(**method, "GET" | "HEAD");
        match methods.iter().filter(without_body).count() {
            0 => {}
            all if all == methods.len() => body.encoding = Some(Encoding::Query),
            _some => body.encoding = None,
        }
    }
    Some(body)
}

fn extractor<'a>(ty: &'a Type, known: Known<'_>) -> Option<Body<'a>> {
    let path = match ty {
        Type::Path(TypePath {
            qself: None, path, ..
        }) => path,
        Type::Paren(paren) => return extractor(&paren.elem, known),
        Type::Group(group) => return extractor(&group.elem, known),
        _ => return None,
    };
    let last = path.segments.last()?;
    let written = last.ident.to_string();
    let path = match last.arguments {
        PathArguments::AngleBracketed(_) => known(path),
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    };
    let ty = type_arguments(&last.arguments).next();
    let mut reader = path.as_deref().and_then(Reader::of_extractor);
    if reader == Some(Reader::Rocket)
        && ty.is_some_and(|ty| mode(ty).is_some_and(|mode| mode == "Strict"))
    {
        reader = Some(Reader::RocketStrict);
    }
    let name = path.and_then(|mut path| path.pop()).unwrap_or(written);
    let encoding = match name.as_str() {
        "Multipart" | "TypedMultipart" | "MultipartForm" => Encoding::Multipart,
        // What they hold does not come from the request, or in one way or another.
        "State" | "Extension" | "Data" | "PhantomData" | "Either" => return None,
        // The frameworks' own, and those that a team makes of them: `ValidatedForm<T>`.
        name if name.ends_with("Form") => Encoding::Urlencoded,
        name if name.ends_with("Json") => Encoding::Json,
        name if name.ends_with("Query") => Encoding::Query,
        // `Option<Query<T>>`, `Result<Form<T>, E>`, `Valid<Form<T>>`.
        _wrapper => {
            return type_arguments(&last.arguments).find_map(|inner| extractor(inner, known));
        }
    };
    Some(Body {
        encoding: Some(encoding),
        ty: ty.map(without_mode),
        reader,
    })
}

/// The type that is read: `T` of Rocket's `Form<Contextual<'_, T>>` and its like.
fn without_mode(ty: &Type) -> &Type {
    let inner = mode(ty).and_then(|_| match ty {
        Type::Path(path) => type_arguments(&path.path.segments.last()?.arguments).next(),
        _ => None,
    });
    inner.unwrap_or(ty)
}

/// The word around the type that says how Rocket reads it.
fn mode(ty: &Type) -> Option<&Ident> {
    let Type::Path(path) = ty else { return None };
    let last = &path.path.segments.last()?.ident;
    let is_mode = ["Contextual", "Lenient", "Strict"]
        .iter()
        .any(|mode| last == mode);
    is_mode.then_some(last)
}

fn type_arguments(arguments: &PathArguments) -> impl Iterator<Item = &Type> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return None.into_iter().flatten();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    Some(types).into_iter().flatten()
}
