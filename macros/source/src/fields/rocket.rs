//! Rocket's attributes: `#[field(…)]`. Errors in them are ignored, because Rocket reports them.

use syn::{Attribute, Expr, ExprLit, Lit};

/// The attributes of a field, or of a struct, where they apply to all fields.
#[derive(Default)]
pub(super) struct Field {
    pub(super) names: Vec<String>,
    pub(super) default: bool,
}

impl Field {
    /// Reads all `#[field(…)]` among `attrs`.
    pub(super) fn parse(attrs: &[Attribute]) -> Self {
        let mut parsed = Self::default();
        each(attrs, |key, value| match key {
            "name" => match value {
                // `uncased("name")` is matched in any case. Of all ways to write it, these are
                // the ones that occur.
                Expr::Call(call) => {
                    let name = call.args.first().and_then(text);
                    let others = name
                        .iter()
                        .flat_map(|name| [name.to_lowercase(), name.to_uppercase()]);
                    parsed.names.extend(name.iter().cloned().chain(others));
                }
                value => parsed.names.extend(text(value)),
            },
            "default" | "default_with" => parsed.default = true,
            // `validate` judges values.
            _ => {}
        });
        parsed
    }
}

/// The values of a variant; if there are none, its name is its value.
pub(super) fn values(attrs: &[Attribute]) -> Vec<String> {
    let mut values = Vec::new();
    each(attrs, |key, value| {
        if key == "value" {
            values.extend(text(value));
        }
    });
    values
}

/// Calls `take` for each `key = value` in each `#[field(…)]`.
fn each(attrs: &[Attribute], mut take: impl FnMut(&str, &Expr)) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("field")) {
        let _rocket_says_it = attr.parse_nested_meta(|meta| {
            let value: Expr = meta.value()?.parse()?;
            if let Some(key) = meta.path.get_ident() {
                take(&key.to_string(), &value);
            }
            Ok(())
        });
    }
}

fn text(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}
