//! Numbers in attributes: literals, whatever is around them. Of anything else the value is not
//! known here.

use syn::{Expr, Lit, UnOp};

/// A whole number that is not negative.
pub(super) fn length(value: &Expr) -> Option<u64> {
    match plain(value)? {
        Expr::Lit(literal) => match literal.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// A number as JSON has it.
pub(super) fn json(value: &Expr) -> Option<String> {
    match plain(value)? {
        Expr::Lit(literal) => match literal.lit {
            Lit::Int(number) => Some(number.base10_parse::<u64>().ok()?.to_string()),
            Lit::Float(number) => {
                let number: f64 = number.base10_parse().ok()?;
                number.is_finite().then(|| number.to_string())
            }
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let number = json(&unary.expr)?;
            let is_json = !number.starts_with('-') && format!("-{number}").parse::<f64>().is_ok();
            is_json.then(|| format!("-{number}"))
        }
        _ => None,
    }
}

/// The expression without parentheses; one in quotes is what stands there, as darling reads it.
fn plain(value: &Expr) -> Option<Expr> {
    match value {
        Expr::Paren(paren) => plain(&paren.expr),
        Expr::Group(group) => plain(&group.expr),
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => text.parse().ok(),
            _ => Some(value.clone()),
        },
        _ => Some(value.clone()),
    }
}
