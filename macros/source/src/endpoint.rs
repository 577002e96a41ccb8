//! An endpoint, as an annotation writes it: an HTTP method and a path pattern.

use proc_macro2::Ident;
use syn::LitStr;

use crate::errors::Errors;
use crate::method;
use crate::path::{self, PathError};

/// An endpoint whose method and path are valid.
#[derive(Debug)]
pub struct Endpoint {
    /// The HTTP method, in uppercase.
    pub method: String,
    /// The path pattern.
    pub path: String,
}

impl Endpoint {
    /// Checks `METHOD "path"` of a handler.
    pub fn new(method: &Ident, path: &LitStr, errors: &mut Errors) -> Option<Self> {
        let checked = check_method(method, errors);
        let written = path.value();
        let path = errors.ok_at(path.span(), check_handler_path(method, &written));
        Some(Self {
            method: checked?,
            path: path.map(|()| written)?,
        })
    }
}

/// Checks the path of a handler. actix-web's own attribute can have what a path cannot.
fn check_handler_path(method: &Ident, path: &str) -> Result<(), String> {
    path::check(path).map_err(|error| match error {
        PathError::Regex(_) => {
            let method = method.to_string().to_ascii_lowercase();
            format!(
                "{error}. With actix-web, move the whole path to `#[{method}(\"…\")]` and leave it \
                 out here"
            )
        }
        _ => error.to_string(),
    })
}

/// The method that a word names, if a handler can serve it.
pub fn check_method(word: &Ident, errors: &mut Errors) -> Option<String> {
    let method = word.to_string();
    errors.ok_at(word.span(), method::check(&method))?;
    Some(method)
}

/// The path pattern that a text contains, if it is one.
pub fn check_path(text: &LitStr, errors: &mut Errors) -> Option<String> {
    let path = text.value();
    errors.ok_at(text.span(), path::check(&path))?;
    Some(path)
}
