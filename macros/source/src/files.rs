//! `files!(pub Assets = "/static", since = "1.0.0")`: what serves the files below a path.

use proc_macro2::{Ident, TokenStream};
use syn::parse::ParseStream;
use syn::{Attribute, LitStr, Path, Result, Token, Visibility};

use crate::annotation::files::FilesAttr;
use crate::errors::Errors;
use crate::flag;
use crate::handler::model::{Accepts, Handler, Root, TypeOf};
use crate::handler::route::{self, Route};
use crate::lifespan::{BuildRelease, Lifespan};
use crate::path;

/// Files, as they are declared.
pub struct Files {
    /// The attributes of the type.
    pub attrs: Vec<Attribute>,
    /// Its visibility.
    pub vis: Visibility,
    /// Its name.
    pub name: Ident,
    /// The path below which the files are; empty for the root.
    pub path: String,
    /// The handler that serves them, or what is wrong with it.
    pub handler: Result<Handler>,
}

/// The name of the parameter that stands for the path of a file.
const FILE: &str = "{*path}";

const EXPECTED: &str =
    "expected a name and a path, such as `files!(pub Assets = \"/static\", since = \"1.0.0\")`";

impl Files {
    /// Reads a declaration. `build` returns the release that is being built, if it is known.
    ///
    /// # Errors
    ///
    /// If there is not even a name.
    pub fn new(input: TokenStream, build: fn() -> Option<BuildRelease>) -> Result<Self> {
        let parser = |input: ParseStream<'_>| {
            let attrs = input.call(Attribute::parse_outer)?;
            let vis: Visibility = input.parse()?;
            let name: Ident = input
                .parse()
                .map_err(|error| syn::Error::new(error.span(), EXPECTED))?;
            Ok((attrs, vis, name, input.parse::<TokenStream>()?))
        };
        let (attrs, vis, name, rest) = syn::parse::Parser::parse2(parser, input)?;
        let mut path = String::new();
        let handler = declared(rest).and_then(|(text, keys)| {
            let mut errors = Errors::default();
            let attr = FilesAttr::parse(keys, &mut errors)?;
            path = checked_path(&text, &mut errors).unwrap_or_default();
            let lifespan = Lifespan::new(&attr.range, &attr.keys, build, &mut errors);
            let flag = flag::parse(attr.flag.as_ref(), &mut errors);
            let handler = lifespan
                .map(|lifespan| handler(name.clone(), path.clone(), attr.under, lifespan, flag));
            errors.finish(handler)
        });
        Ok(Self {
            attrs,
            vis,
            name,
            path,
            handler,
        })
    }
}

/// Splits `= "/static", …` into the path and the keys.
fn declared(rest: TokenStream) -> Result<(LitStr, TokenStream)> {
    let parser = |input: ParseStream<'_>| {
        let expected = |error: syn::Error| syn::Error::new(error.span(), EXPECTED);
        input.parse::<Token![=]>().map_err(expected)?;
        let text: LitStr = input.parse().map_err(expected)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        Ok((text, input.parse()?))
    };
    syn::parse::Parser::parse2(parser, rest)
}

/// The path; the root is empty, so that the path of a file follows it.
fn checked_path(text: &LitStr, errors: &mut Errors) -> Option<String> {
    let path = text.value();
    if path == "/" {
        return Some(String::new());
    }
    errors.ok_at(text.span(), check(&path))?;
    Some(path)
}

fn check(path: &str) -> std::result::Result<(), String> {
    path::check(path).map_err(|error| error.to_string())?;
    if let Some(bare) = path.strip_suffix('/') {
        return Err(format!(
            "the path of files cannot end with a slash: write \"{bare}\""
        ));
    }
    if path.contains("{*") {
        return Err(
            "the files are everything below the path: remove the catch-all parameter".to_owned(),
        );
    }
    Ok(())
}

fn handler(
    name: Ident,
    path: String,
    under: Option<Path>,
    lifespan: Lifespan,
    flag: Option<String>,
) -> Handler {
    let patterns = vec![format!("{path}/{FILE}")];
    let written = if path.is_empty() {
        "/".to_owned()
    } else {
        path
    };
    Handler {
        name,
        owner: String::new(),
        routes: vec![Route {
            method: "GET".to_owned(),
            path: route::Path::Text { written, patterns },
            is_partial: false,
            parameters: Vec::new(),
        }],
        under,
        lifespan,
        encoding: None,
        reader: None,
        accepts: Accepts::NotDeclared,
        query: None,
        flag,
        routing: None,
        redirect: None,
        type_of: TypeOf::Annotation,
        root: Root::Prefix,
    }
}

/// The name and the path of a declaration.
#[must_use]
pub fn name_and_path(input: TokenStream) -> Option<(Ident, String)> {
    let Files { name, path, .. } = Files::new(input, || None).ok()?;
    Some((name, path))
}
