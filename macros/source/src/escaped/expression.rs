//! The shape of what an expression yields.

use proc_macro2::{TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Block, Expr, ExprCall, ExprClosure, ExprMacro, ExprMethodCall, Pat, Stmt, Token, UnOp};

use super::Values;
use super::shape::{self, Shape};

/// The longest expression that is looked at, in tokens: the parser recurses.
const MAX_TOKENS: usize = 300;

/// Methods whose result is a text or a number, whatever they are called on.
const TO_TEXT: [&str; 33] = [
    "as_bytes",
    "as_str",
    "bytes",
    "capacity",
    "chars",
    "contains",
    "contains_key",
    "count",
    "ends_with",
    "eq_ignore_ascii_case",
    "into_string",
    "is_empty",
    "is_none",
    "is_some",
    "join",
    "len",
    "lines",
    "ne",
    "eq",
    "split_whitespace",
    "starts_with",
    "strip_prefix",
    "strip_suffix",
    "to_ascii_lowercase",
    "to_ascii_uppercase",
    "to_lowercase",
    "to_rfc3339",
    "to_string",
    "to_string_lossy",
    "to_uppercase",
    "trim",
    "trim_end",
    "trim_start",
];

/// Methods whose result is made of what they are called on, and of their arguments.
const PASS_ON: [&str; 75] = [
    "abs",
    "as_deref",
    "as_ref",
    "borrow",
    "ceil",
    "chain",
    "chunks",
    "clone",
    "cloned",
    "collect",
    "concat",
    "copied",
    "date",
    "day",
    "display",
    "div_ceil",
    "drain",
    "enumerate",
    "expect",
    "filter",
    "find",
    "first",
    "floor",
    "format",
    "get",
    "hour",
    "into_inner",
    "into_iter",
    "into_keys",
    "into_values",
    "iter",
    "keys",
    "last",
    "lock",
    "max",
    "max_by_key",
    "min",
    "min_by_key",
    "minute",
    "month",
    "next",
    "nth",
    "ok",
    "or",
    "peekable",
    "pop",
    "pow",
    "read",
    "replace",
    "rev",
    "round",
    "saturating_add",
    "saturating_sub",
    "skip",
    "skip_while",
    "split",
    "split_at",
    "split_once",
    "splitn",
    "step_by",
    "sum",
    "take",
    "take_while",
    "time",
    "to_owned",
    "to_vec",
    "unwrap",
    "unwrap_or",
    "unwrap_or_default",
    "values",
    "windows",
    "write",
    "year",
    "zip",
    "into_boxed_str",
];

/// Methods whose result is made of what their closures return, and of their other arguments.
const TO_RETURNED: [&str; 6] = [
    "and_then",
    "filter_map",
    "flat_map",
    "map",
    "map_or",
    "map_or_else",
];

/// Methods whose result is also made of what their closures return.
const OR_RETURNED: [&str; 2] = ["or_else", "unwrap_or_else"];

/// Macros whose result is a text or a number.
const MACROS: [&str; 12] = [
    "column",
    "concat",
    "env",
    "file",
    "format",
    "format_args",
    "include_str",
    "line",
    "matches",
    "module_path",
    "option_env",
    "stringify",
];

/// Functions and variants whose result is made of their arguments.
const WRAPPERS: [&str; 3] = ["Some", "Ok", "Err"];

impl Values<'_> {
    /// The shape of an expression as it is written.
    pub(super) fn of_tokens(&self, expression: TokenStream) -> Shape {
        if length(expression.clone()) > MAX_TOKENS {
            return None;
        }
        self.of(&syn::parse2(expression).ok()?)
    }

    fn of(&self, expression: &Expr) -> Shape {
        self.steps.set(self.steps.get().checked_sub(1)?);
        match expression {
            Expr::Lit(_) | Expr::Binary(_) | Expr::Cast(_) | Expr::Range(_) | Expr::Let(_) => {
                shape::text()
            }
            Expr::Paren(inner) => self.of(&inner.expr),
            Expr::Group(inner) => self.of(&inner.expr),
            Expr::Reference(inner) => self.of(&inner.expr),
            Expr::Unary(inner) => match inner.op {
                UnOp::Deref(_) => self.of(&inner.expr),
                _ => shape::text(),
            },
            Expr::Try(inner) => self.of(&inner.expr),
            Expr::Await(inner) => self.of(&inner.base),
            Expr::Index(indexed) => self.of(&indexed.expr),
            Expr::Array(array) => shape::all(array.elems.iter().map(|one| self.of(one))),
            Expr::Tuple(tuple) => shape::all(tuple.elems.iter().map(|one| self.of(one))),
            Expr::Repeat(repeated) => self.of(&repeated.expr),
            Expr::If(choice) => {
                let (_, otherwise) = choice.else_branch.as_ref()?;
                shape::all([self.of_block(&choice.then_branch), self.of(otherwise)])
            }
            Expr::Match(choice) => shape::all(choice.arms.iter().map(|arm| self.of(&arm.body))),
            Expr::Block(block) => self.of_block(&block.block),
            Expr::Path(path) if path.qself.is_none() => self.of_path(&path.path),
            Expr::Struct(value) => Some([value.path.segments.last()?.ident.to_string()].into()),
            Expr::Field(field) => self.of_field(field),
            Expr::MethodCall(call) => self.of_method(call),
            Expr::Call(call) => self.of_call(call),
            Expr::Macro(call) => self.of_macro(call),
            _ => None,
        }
    }

    fn of_block(&self, block: &Block) -> Shape {
        match block.stmts.last()? {
            Stmt::Expr(last, None) => self.of(last),
            _ => None,
        }
    }

    fn of_path(&self, path: &syn::Path) -> Shape {
        let names = names_of(path);
        match names.as_slice() {
            [name] => self.of_name(name),
            // What `#[handler]` declares.
            [.., last] if last == "PATH" || last == "URL" => shape::text(),
            [owner, name] if owner == "Self" || owner == "self" => {
                self.declarations.borrow_mut().constant(name)
            }
            // A variant, or a constant of a type.
            [.., owner, name] if owner.starts_with(char::is_uppercase) => {
                let is_variant = name.chars().any(char::is_lowercase);
                is_variant.then(|| [owner.clone()].into())
            }
            _ => None,
        }
    }

    fn of_field(&self, field: &syn::ExprField) -> Shape {
        let base = self.of(&field.base);
        if base
            .as_ref()
            .is_some_and(std::collections::BTreeSet::is_empty)
        {
            return base;
        }
        let name = match &field.member {
            syn::Member::Named(name) => name.to_string(),
            syn::Member::Unnamed(number) => number.index.to_string(),
        };
        self.declarations.borrow_mut().field(&base, &name)
    }

    fn of_method(&self, call: &ExprMethodCall) -> Shape {
        let name = call.method.to_string();
        let declared = self.declarations.borrow_mut().returned(&name);
        if declared.is_some() {
            return declared;
        }
        let name = name.as_str();
        if TO_TEXT.contains(&name) {
            return shape::text();
        }
        let arguments = || call.args.iter();
        let is_closure = |one: &&Expr| matches!(one, Expr::Closure(_));
        let plain = || {
            arguments()
                .filter(|one| !is_closure(one))
                .map(|one| self.of(one))
        };
        if PASS_ON.contains(&name) {
            let receiver = self.of(&call.receiver);
            return shape::all(plain().chain([receiver]));
        }
        let is_only_returned = TO_RETURNED.contains(&name);
        if !is_only_returned && !OR_RETURNED.contains(&name) {
            return None;
        }
        let receiver = self.of(&call.receiver);
        let returned = arguments().filter_map(|one| match one {
            Expr::Closure(closure) => Some(self.of_closure(closure, &receiver)),
            _ => None,
        });
        // Functions are passed on by their names: `.map(String::as_str)`, `.map(ToString::to_string)`.
        let named = arguments()
            .filter(|one| !is_closure(one))
            .map(|one| match one {
                Expr::Path(path) => self.of_function(&path.path),
                _ => self.of(one),
            });
        let own = (!is_only_returned).then(|| receiver.clone());
        shape::all(
            returned
                .collect::<Vec<_>>()
                .into_iter()
                .chain(named)
                .chain(own),
        )
    }

    /// The shape of what a closure returns that gets a part of a value of this shape.
    fn of_closure(&self, closure: &ExprClosure, given: &Shape) -> Shape {
        let names = closure.inputs.iter().filter_map(|input| match input {
            Pat::Ident(input) => Some((input.ident.to_string(), given.clone())),
            _ => None,
        });
        let names: Vec<_> = names.collect();
        let count = names.len();
        self.parameters.borrow_mut().extend(names);
        let shape = self.of(&closure.body);
        let mut parameters = self.parameters.borrow_mut();
        let length = parameters.len();
        parameters.truncate(length.saturating_sub(count));
        shape
    }

    fn of_call(&self, call: &ExprCall) -> Shape {
        let Expr::Path(path) = &*call.func else {
            return None;
        };
        let names = names_of(&path.path);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match names.as_slice() {
            [name] if WRAPPERS.contains(name) => {
                shape::all(call.args.iter().map(|one| self.of(one)))
            }
            [.., "Arc" | "Box" | "Rc", "new"] | [.., "Cow", _] => {
                shape::all(call.args.iter().map(|one| self.of(one)))
            }
            _ => self.of_function(&path.path),
        }
    }

    /// The shape of what a function returns.
    fn of_function(&self, path: &syn::Path) -> Shape {
        let names = names_of(path);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match names.as_slice() {
            [.., "String" | "str" | "ToString", _] => shape::text(),
            [name] | ["Self" | "self", name] => self.declarations.borrow_mut().returned(name),
            [owner, name] if *owner == self.owner => self.declarations.borrow_mut().returned(name),
            _ => None,
        }
    }

    fn of_macro(&self, call: &ExprMacro) -> Shape {
        let name = call.mac.path.segments.last()?.ident.to_string();
        if MACROS.contains(&name.as_str()) {
            return shape::text();
        }
        if name != "vec" {
            return None;
        }
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let elements = call.mac.parse_body_with(parser).ok()?;
        shape::all(elements.iter().map(|one| self.of(one)))
    }
}

/// How many tokens there are, also in groups.
fn length(tokens: TokenStream) -> usize {
    let lengths = tokens.into_iter().map(|token| match token {
        TokenTree::Group(group) => 1 + length(group.stream()),
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
    });
    lengths.sum()
}

/// The names on the way to an item.
fn names_of(path: &syn::Path) -> Vec<String> {
    let segments = path.segments.iter();
    segments.map(|one| one.ident.to_string()).collect()
}
