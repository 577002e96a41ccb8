//! The template of a struct that derives askama's `Template`.

use std::path::Path;

use coexist_html::askama::{Template, read as read_template};
use syn::{Attribute, Expr, ExprLit, Lit, MetaNameValue, Token};

use super::Shown;

/// Reads the template that `#[template(…)]` names, if there is one.
pub(super) fn read(attrs: &[Attribute]) -> Result<Option<Shown>, String> {
    let Some(attr) = attrs.iter().find(|attr| attr.path().is_ident("template")) else {
        return Ok(None);
    };
    let parser = syn::punctuated::Punctuated::<MetaNameValue, Token![,]>::parse_terminated;
    // What askama cannot read, askama says.
    let Ok(pairs) = attr.parse_args_with(parser) else {
        return Ok(None);
    };
    let text = |key: &str| {
        pairs
            .iter()
            .find(|pair| pair.path.is_ident(key))
            .and_then(|pair| match &pair.value {
                Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            })
    };
    if pairs.iter().any(|pair| pair.path.is_ident("in_doc")) {
        return Err(
            "a template in a doc comment is not read: say `posts_to`, or give it a file".to_owned(),
        );
    }
    let template = Template {
        path: text("path"),
        source: text("source"),
        ext: text("ext"),
        syntax: text("syntax"),
        config: text("config"),
        block: text("block"),
    };
    let origin = match &template.path {
        Some(path) => format!("the template {path}"),
        None => "the template of this type".to_owned(),
    };
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let read = read_template(&template, Path::new(&folder)).map_err(|error| error.to_string())?;
    Ok(Some(Shown {
        forms: coexist_html::read(&read.source),
        origin,
        files: read.files,
    }))
}
