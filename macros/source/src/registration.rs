//! What expressions and paths name, whatever stands around them.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Expr, Path};

/// The expression without parentheses and references around it.
#[must_use]
pub fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => bare(&inner.expr),
        Expr::Group(inner) => bare(&inner.expr),
        Expr::Reference(inner) => bare(&inner.expr),
        _ => expr,
    }
}

/// The names on the way to an item.
#[must_use]
pub fn names(path: &Path) -> Vec<String> {
    path.segments
        .iter()
        .map(|segment| unraw(&segment.ident))
        .collect()
}

/// The name without `r#`.
fn unraw(name: &Ident) -> String {
    name.unraw().to_string()
}
