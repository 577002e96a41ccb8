//! HTML in plain strings: the value of a const or static, the literals of a function.

use std::path::PathBuf;

use coexist_html::{Form, Source};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprLit, Lit, LitStr};

use super::{Shown, place};

/// What the value of a const or static shows: of a string, or of `include_str!`.
pub(super) fn of_value(value: &Expr) -> Result<Option<Shown>, String> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Ok(Some(Shown {
            forms: forms(text),
            origin: "this text".to_owned(),
            files: Vec::new(),
        })),
        Expr::Macro(call) if call.mac.path.is_ident("include_str") => {
            let Ok(name) = call.mac.parse_body::<LitStr>() else {
                return Ok(None);
            };
            of_file(&name.value(), value.span())
        }
        _ => Ok(None),
    }
}

/// What the strings among the tokens show, those in macros' arguments left aside: there
/// they may be anything.
pub(super) fn of_body(tokens: TokenStream) -> Vec<Form> {
    let mut found = Vec::new();
    let mut is_argument = false;
    for tree in tokens {
        match tree {
            TokenTree::Punct(punct) if punct.as_char() == '!' => {
                is_argument = true;
                continue;
            }
            TokenTree::Group(group) if !is_argument => found.extend(of_body(group.stream())),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse2::<LitStr>(TokenTree::Literal(literal).into()) {
                    found.extend(forms(&text));
                }
            }
            _ => {}
        }
        is_argument = false;
    }
    found
}

fn forms(text: &LitStr) -> Vec<Form> {
    let mut source = Source::new();
    source.text(&text.value(), place(text.span()));
    coexist_html::read(&source)
}

/// What a file shows that stands beside the one of the token.
fn of_file(name: &str, span: Span) -> Result<Option<Shown>, String> {
    if !proc_macro::is_available() {
        return Ok(None);
    }
    let Some(own) = span.unwrap().local_file() else {
        return Ok(None);
    };
    let path: PathBuf = own
        .parent()
        .map_or_else(|| name.into(), |folder| folder.join(name));
    let html = std::fs::read_to_string(&path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(Some(Shown {
        forms: coexist_html::read(&Source::from_html(&html, name)),
        origin: name.to_owned(),
        files: Vec::new(),
    }))
}
