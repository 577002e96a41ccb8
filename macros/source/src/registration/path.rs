//! The path of a route, as a router gets it.

use syn::{Expr, ExprField, Lit, Member};

use super::{bare, names};

/// The path of a route, as it is written.
#[derive(Clone, Debug)]
pub enum RoutePath {
    /// This text.
    Text(String),
    /// A constant, by the names on the way to it: `import_csv::PATH`.
    Constant(Vec<String>),
    /// Something else, or nothing: the handler's type states it.
    Unknown,
}

impl RoutePath {
    pub(super) fn from_expr(expr: &Expr) -> Self {
        match bare(expr) {
            Expr::Lit(lit) => match &lit.lit {
                Lit::Str(text) => Self::Text(text.value()),
                _ => Self::Unknown,
            },
            Expr::Path(path) => Self::Constant(names(&path.path)),
            Expr::Field(field) => method(field).map_or(Self::Unknown, Self::Constant),
            _ => Self::Unknown,
        }
    }

    /// Whether this is certainly a path.
    pub(super) fn is_sure(&self) -> bool {
        match self {
            Self::Text(text) => text.starts_with('/'),
            Self::Constant(names) => names.last().is_some_and(|name| name == "PATH"),
            Self::Unknown => false,
        }
    }
}

/// The names on the way to the path of `Api::SHOW.path`, as if it were that of a function: what
/// `#[handlers]` puts beside the method `Api::show`.
fn method(field: &ExprField) -> Option<Vec<String>> {
    let (Member::Named(member), Expr::Path(constant)) = (&field.member, bare(&field.base)) else {
        return None;
    };
    let mut names = names(&constant.path);
    let last = names.pop()?;
    let is_constant = !names.is_empty() && !last.contains(char::is_lowercase);
    if member != "path" || !is_constant {
        return None;
    }
    names.extend([last.to_lowercase(), "PATH".to_owned()]);
    Some(names)
}
