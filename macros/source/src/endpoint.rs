//! An endpoint, as an annotation states it: an HTTP method and a path pattern.

use proc_macro2::Ident;
use syn::LitStr;

use crate::errors::Errors;
use crate::{method, path};

/// An endpoint whose method and path are valid.
#[derive(Debug)]
pub struct Endpoint {
    /// The HTTP method, in uppercase.
    pub method: String,
    /// The path pattern.
    pub path: String,
}

impl Endpoint {
    /// Checks `METHOD "path"`.
    pub fn new(method: &Ident, path: &LitStr, errors: &mut Errors) -> Option<Self> {
        let method = check_method(method, errors);
        let path = check_path(path, errors);
        Some(Self {
            method: method?,
            path: path?,
        })
    }
}

/// The method that a word states, if a handler can serve it.
pub fn check_method(word: &Ident, errors: &mut Errors) -> Option<String> {
    let method = word.to_string();
    errors.ok_at(word.span(), method::check(&method))?;
    Some(method)
}

/// The path pattern that a text states, if it is one.
pub fn check_path(text: &LitStr, errors: &mut Errors) -> Option<String> {
    let path = text.value();
    errors.ok_at(text.span(), path::check(&path))?;
    Some(path)
}
