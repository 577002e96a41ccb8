//! The texts of an enum's variants, where its own code says them: `match self { Self::Home => "/" }`.

use std::collections::HashMap;

use syn::visit::{self, Visit};
use syn::{Arm, Attribute, Expr, ExprMatch, Lit, LitStr, Pat};

use super::index::{Index, Meaning, TypeKind, names_of};
use crate::workspace::modules::plain;
use coexist_source::registration::names;

/// The texts of variants, by the positions of their enums and their names.
pub(crate) type Variants = HashMap<(usize, String), String>;

/// Finds the texts of all enums of a program.
pub(crate) fn find(index: &Index<'_>) -> Variants {
    let mut found = Variants::new();
    for (position, item) in index.types.iter().enumerate() {
        let TypeKind::Enum(item) = item.kind else {
            continue;
        };
        for variant in &item.variants {
            if let Some(text) = variant.attrs.iter().find_map(renamed) {
                found.insert((position, plain(&variant.ident)), text);
            }
        }
    }
    for function in &index.functions {
        let (Some(body), Some(owner)) = (function.body, &function.owner) else {
            continue;
        };
        let ty = owner.ty.and_then(names_of);
        let ty = ty.and_then(|names| index.type_at(&names, &function.scope));
        let Some(ty) = ty else { continue };
        if !matches!(index.types[ty].kind, TypeKind::Enum(_)) {
            continue;
        }
        let mut arms = Arms::default();
        arms.visit_block(body);
        for (variant, text) in arms.0 {
            found.entry((ty, variant)).or_insert(text);
        }
    }
    found
}

/// The text of the variant that a path means.
pub(crate) fn text_of(
    index: &Index<'_>,
    variants: &Variants,
    path: &[String],
    scope: &str,
) -> Option<String> {
    let (variant, ty) = path.split_last()?;
    let ty = index
        .resolve(ty, scope)
        .into_iter()
        .find_map(|meant| match meant {
            Meaning::Type(position) => Some(position),
            _ => None,
        })?;
    variants.get(&(ty, variant.clone())).cloned()
}

/// The text in `#[strum(serialize = "…")]` or `#[serde(rename = "…")]`.
fn renamed(attr: &Attribute) -> Option<String> {
    let word = attr.path().get_ident()?.to_string();
    let mut text = None;
    let parsed = attr.parse_nested_meta(|meta| {
        if meta.path.is_ident("serialize") || meta.path.is_ident("to_string") {
            text = Some(meta.value()?.parse::<LitStr>()?.value());
        }
        Ok(())
    });
    (word == "strum" && parsed.is_ok())
        .then_some(text)
        .flatten()
}

/// The arms that give variants their texts.
#[derive(Default)]
struct Arms(Vec<(String, String)>);

impl<'ast> Visit<'ast> for Arms {
    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        for Arm { pat, body, .. } in &matched.arms {
            let mut texts = Texts::default();
            texts.visit_expr(body);
            let [text] = texts.0.as_slice() else { continue };
            let mut variants = Vec::new();
            variants_of(pat, &mut variants);
            let texts = variants.into_iter().map(|name| (name, text.clone()));
            self.0.extend(texts);
        }
        visit::visit_expr_match(self, matched);
    }
}

fn variants_of(pat: &Pat, found: &mut Vec<String>) {
    match pat {
        Pat::Path(path) if path.path.segments.len() > 1 => found.extend(names(&path.path).pop()),
        Pat::Or(cases) => cases.cases.iter().for_each(|pat| variants_of(pat, found)),
        Pat::Reference(inner) => variants_of(&inner.pat, found),
        Pat::Paren(inner) => variants_of(&inner.pat, found),
        _ => {}
    }
}

/// The texts in an expression.
#[derive(Default)]
struct Texts(Vec<String>);

impl<'ast> Visit<'ast> for Texts {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        if let Expr::Lit(literal) = expr
            && let Lit::Str(text) = &literal.lit
        {
            self.0.push(text.value());
        }
        visit::visit_expr(self, expr);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        for token in called.tokens.clone() {
            if let Ok(text) = syn::parse2::<LitStr>(token.into()) {
                self.0.push(text.value());
            }
        }
    }
}
