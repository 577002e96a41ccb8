//! What filters do to what they filter: whether it is still the same markup, and whether it is
//! escaped in the end.

use super::locals::Locals;
use super::tree::{Expr, ExprKind};

/// Filters that give back what they get, or one of their arguments.
const TRANSPARENT: [&str; 9] = [
    "as_ref",
    "assigned_or",
    "default",
    "defined_or",
    "deref",
    "pluralize",
    "ref",
    "reject",
    "unique",
];

/// Filters that change nothing but white space, and what they return is as safe as what they got.
const BREAKS: [&str; 3] = ["linebreaks", "linebreaksbr", "paragraphbreaks"];

/// Other filters of askama; what they return is escaped.
const ESCAPED: [&str; 29] = [
    "abs",
    "capitalize",
    "center",
    "filesizeformat",
    "fmt",
    "format",
    "indent",
    "into_f64",
    "into_isize",
    "join",
    "json",
    "lower",
    "lowercase",
    "title",
    "titlecase",
    "tojson",
    "trim",
    "truncate",
    "upper",
    "uppercase",
    "urlencode",
    "urlencode_strict",
    "wordcount",
    "yaml",
    "reverse",
    "humansize",
    "value",
    "assigned",
    "length",
];

/// Whether what is put into a file of this format is escaped. A configuration may escape for
/// other formats.
pub(crate) fn is_escaped_format(format: &str) -> bool {
    !matches!(format, "md" | "none" | "txt" | "yml" | "")
}

/// Filters of minijinja and tera that give back a part of what they get.
#[cfg(feature = "templates")]
const PARTS: [&str; 21] = [
    "batch",
    "chain",
    "concat",
    "d",
    "dictsort",
    "first",
    "get",
    "group_by",
    "groupby",
    "items",
    "last",
    "list",
    "map",
    "max",
    "min",
    "nth",
    "reject",
    "rejectattr",
    "select",
    "selectattr",
    "sort",
];

/// Other filters of minijinja and tera, and such as apps have for texts of several languages; what
/// they return is escaped.
#[cfg(feature = "templates")]
const TEXTS: [&str; 40] = [
    "addslashes",
    "as_str",
    "attr",
    "bool",
    "count",
    "date",
    "dateformat",
    "datetimeformat",
    "escape_xml",
    "float",
    "fluent",
    "gettext",
    "i18n",
    "int",
    "json_encode",
    "keys",
    "l10n",
    "lines",
    "ngettext",
    "number_format",
    "pprint",
    "replace",
    "round",
    "slice",
    "slugify",
    "split",
    "string",
    "striptags",
    "sum",
    "t",
    "timeformat",
    "tr",
    "trans",
    "translate",
    "trim_end",
    "trim_end_matches",
    "trim_start",
    "trim_start_matches",
    "values",
    "zip",
];

/// What the filters of a block make of what it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filtered {
    /// The same markup, but for white space.
    Same,
    /// Markup, of which nobody knows what it is.
    Changed,
    /// A text.
    Text,
}

/// Whether a filter escapes what it gets, as far as it is one that may.
fn escapes(name: &str, arguments: &[Expr]) -> Option<bool> {
    if !matches!(name, "e" | "escape") {
        return None;
    }
    let format = arguments.get(1).map(|argument| match &argument.kind {
        ExprKind::Named(_, value) => &value.kind,
        kind => kind,
    });
    Some(match format {
        Some(ExprKind::Literal(format)) => is_escaped_format(format),
        _ => true,
    })
}

/// What the filters of a block make of what it holds. `html`: what is put into the file is
/// escaped.
pub(crate) fn filtered(filters: &Expr, html: bool) -> Filtered {
    let content = content(filters);
    if html && !is_safe(filters) {
        return Filtered::Text;
    }
    content
}

fn content(filters: &Expr) -> Filtered {
    let ExprKind::Filter {
        name, arguments, ..
    } = &filters.kind
    else {
        return Filtered::Same;
    };
    let before = arguments.first().map_or(Filtered::Same, content);
    let Some(name) = name.as_deref() else {
        return Filtered::Changed;
    };
    match (escapes(name, arguments), name) {
        (Some(true), _) => Filtered::Text,
        (Some(false), _) | (None, "safe" | "trim" | "indent" | "center") => before,
        (None, name) if BREAKS.contains(&name) || TRANSPARENT.contains(&name) => before,
        (None, name) if before == Filtered::Text && ESCAPED.contains(&name) => before,
        _ => Filtered::Changed,
    }
}

/// Whether the result is not escaped again.
fn is_safe(filters: &Expr) -> bool {
    let ExprKind::Filter {
        name, arguments, ..
    } = &filters.kind
    else {
        return true;
    };
    match name.as_deref() {
        Some(name) if ESCAPED.contains(&name) => false,
        Some(name) if BREAKS.contains(&name) || TRANSPARENT.contains(&name) => {
            arguments.first().is_none_or(is_safe)
        }
        _ => true,
    }
}

impl Locals<'_> {
    /// Whether the value of an expression may be markup, so that it is not escaped.
    pub(crate) fn may_be_markup(&self, expression: &Expr) -> bool {
        match &expression.kind {
            ExprKind::Literal(_) | ExprKind::Format(_) => false,
            ExprKind::Variable(name) => self.is_markup(name),
            ExprKind::Field(name) => self.is_markup_field(name),
            ExprKind::Concat(items) => items.iter().any(|item| self.may_be_markup(item)),
            #[cfg(feature = "templates")]
            ExprKind::Call { path, .. } if !self.is_strict && makes_fields(path) => true,
            ExprKind::Call { root, .. } => root.as_ref().is_some_and(|root| self.is_markup(root)),
            ExprKind::Named(_, value) => self.may_be_markup(value),
            ExprKind::Other(roots) => roots.iter().any(|root| self.is_markup(root)),
            #[cfg(feature = "templates")]
            ExprKind::Map(values) => values.iter().any(|(_, value)| self.may_be_markup(value)),
            #[cfg(feature = "templates")]
            ExprKind::Attribute(root, name) => match self.attribute(root, name) {
                Some(value) => value.may_be_markup(),
                None => self.is_markup(root),
            },
            #[cfg(feature = "templates")]
            ExprKind::Either(one, other) => {
                let other = other.as_ref();
                self.may_be_markup(one) || other.is_some_and(|other| self.may_be_markup(other))
            }
            ExprKind::Source => true,
            ExprKind::Filter {
                name, arguments, ..
            } => {
                let Some(name) = name.as_deref() else {
                    return true;
                };
                if let Some(escapes) = escapes(name, arguments) {
                    return !escapes;
                }
                if name == "safe" {
                    return !arguments.first().is_some_and(is_escaped);
                }
                if BREAKS.contains(&name) || TRANSPARENT.contains(&name) {
                    return arguments
                        .iter()
                        .any(|argument| self.may_be_markup(argument));
                }
                #[cfg(feature = "templates")]
                if !self.is_strict {
                    if TEXTS.contains(&name) {
                        return false;
                    }
                    if PARTS.contains(&name) {
                        return arguments
                            .first()
                            .is_some_and(|from| self.may_be_markup(from));
                    }
                }
                // A filter of the app may return markup.
                !ESCAPED.contains(&name)
            }
        }
    }
}

/// Whether a function of an app is called as if it made a part of a form, which it then hands over
/// as markup: `csrf_field()`. Most functions give a text: an address, a word of a language.
#[cfg(feature = "templates")]
pub(crate) fn makes_fields(path: &[String]) -> bool {
    let name = path.last().map(|name| name.to_ascii_lowercase());
    let name = name.unwrap_or_default();
    ["csrf", "field", "form", "hidden", "html", "input", "render"]
        .iter()
        .any(|word| name.contains(word))
}

/// Whether the expression is what a filter has escaped.
fn is_escaped(expression: &Expr) -> bool {
    match &expression.kind {
        ExprKind::Filter {
            name: Some(name),
            arguments,
            ..
        } => {
            escapes(name, arguments) == Some(true)
                || name == "safe" && arguments.first().is_some_and(is_escaped)
        }
        _ => false,
    }
}
