//! Calls of macros: lists of routes, and texts.

use coexist_source::registration::names;
use proc_macro2::TokenStream;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

use super::calls::bare;
use super::evaluate::{Context, Evaluator};
use super::path::PathText;
use super::value::{Handler, Value};

impl<'a> Evaluator<'a, '_> {
    /// What a macro makes.
    pub(super) fn macro_call(
        &self,
        called: &'a syn::Macro,
        context: &mut Context<'a>,
    ) -> Value<'a> {
        let Some(name) = called.path.segments.last() else {
            return Value::Unknown;
        };
        match &*name.ident.to_string() {
            "routes"
            | "services"
            | "handlers"
            | "openapi_get_routes"
            | "openapi_get_routes_spec" => {
                let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
                let Ok(paths) = called.parse_body_with(parser) else {
                    return Value::Unknown;
                };
                let functions = paths.iter().map(|path| {
                    let names = self.without_self(names(path), context);
                    match self.index.function_at(&names, &context.scope) {
                        Some(position) => Value::Function(position),
                        None => Value::Handler(Handler::Other(format!(
                            "`{}`, which is not a function of this workspace",
                            names.join("::")
                        ))),
                    }
                });
                Value::list(functions.collect())
            }
            "vec" => {
                // The expressions live as long as the tokens that they are parsed from do not.
                let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
                let Ok(paths) = called.parse_body_with(parser) else {
                    return Value::list(Vec::new());
                };
                let values = paths
                    .iter()
                    .map(|path| self.named_value(&names(path), context));
                Value::list(values.collect())
            }
            "format" | "concat" | "concatcp" | "formatcp" => {
                self.format(called.tokens.clone(), context)
            }
            _ => Value::Unknown,
        }
    }

    /// The text that `format!` makes: its holes are unknown, unless they are constants.
    fn format(&self, tokens: TokenStream, context: &mut Context<'a>) -> Value<'a> {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let Ok(arguments) = syn::parse::Parser::parse2(parser, tokens) else {
            return Value::Unknown;
        };
        let text_of = |expr: &Expr, context: &mut Context<'a>| match bare(expr) {
            Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Str(text) => PathText::from_text(&text.value()),
                _ => PathText::unknown("…"),
            },
            Expr::Path(path) => {
                let name = names(&path.path);
                self.named_text(&name, context)
            }
            other => PathText::unknown(&super::written(other, "")),
        };
        let mut arguments = arguments.iter();
        let Some(first) = arguments.next() else {
            return Value::Unknown;
        };
        let first = text_of(first, context);
        let Some(template) = first.known().filter(|text| text.contains('{')) else {
            // `concat!("/a", "/b")`
            let rest = arguments.map(|argument| text_of(argument, context));
            let rest: Vec<PathText> = rest.collect();
            return Value::Text(rest.iter().fold(first, |whole, part| whole.with(part)));
        };
        let mut whole = PathText::default();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at(at);
            whole = whole.with(&PathText::from_text(before));
            if after.starts_with("{{") || after.starts_with("}}") {
                whole = whole.with(&PathText::from_text(&after[..1]));
                rest = &after[2..];
                continue;
            }
            let Some((inner, behind)) = after[1..].split_once('}') else {
                return Value::Unknown;
            };
            let name = inner.split(':').next().unwrap_or_default();
            let part = if name.is_empty() {
                let argument = arguments.next();
                argument.map_or_else(|| PathText::unknown("…"), |one| text_of(one, context))
            } else {
                self.named_text(&[name.to_owned()], context)
            };
            whole = whole.with(&part);
            rest = behind;
        }
        Value::Text(whole.with(&PathText::from_text(rest)))
    }

    /// The text of a variable or a constant of this name.
    fn named_text(&self, names: &[String], context: &mut Context<'a>) -> PathText {
        let text = names.join("::");
        let value = self.named_value(names, context);
        value.as_text().unwrap_or_else(|| PathText::unknown(&text))
    }
}
