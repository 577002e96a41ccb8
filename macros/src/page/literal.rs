//! HTML in plain strings: the value of a const or static, the literals of a function.

use std::path::PathBuf;

use coexist_html::Source;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{Expr, ExprBlock, ExprLit, Item, Lit, LitStr, Stmt};

use super::html_forms::{At, Shown, Unread};
use super::place::{may_send, place, workspace_path};

/// What the value of a const or static shows: of a string, or of `include_str!`.
pub(super) fn of_value(value: &Expr) -> Result<Option<Shown>, Unread> {
    match without_records(value) {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => {
            let mut source = Source::new();
            source.text(&text.value(), place(text.span()));
            let mut shown = Shown::new("this text", At::Token(text.span()));
            shown.read(source);
            Ok(Some(shown))
        }
        Expr::Macro(call) if call.mac.path.is_ident("include_str") => {
            let Ok(name) = call.mac.parse_body::<LitStr>() else {
                return Ok(None);
            };
            of_file(&name).map_err(|message| Unread {
                span: name.span(),
                message,
                // What the compiler also rejects ends there.
                is_news: Some(quote!({
                    let _: &str = #value;
                    true
                })),
            })
        }
        _ => Ok(None),
    }
}

/// The value that the user wrote: behind the records of the annotations above, which were put
/// before it.
fn without_records(value: &Expr) -> &Expr {
    let Expr::Block(ExprBlock { block, .. }) = value else {
        return value;
    };
    match block.stmts.as_slice() {
        [records @ .., Stmt::Expr(own, None)] if records.iter().all(is_record) => {
            without_records(own)
        }
        _ => value,
    }
}

/// Whether this is `const _: () = …;`.
fn is_record(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Item(Item::Const(item)) if item.ident == "_")
}

/// The statements of a body without the records of the annotations above, with which it begins.
pub(super) fn own_statements(body: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = body.into_iter().collect();
    let is_word =
        |tree: &TokenTree, word: &str| matches!(tree, TokenTree::Ident(ident) if ident == word);
    let is_mark =
        |tree: &TokenTree, c| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == c);
    loop {
        let is_record = matches!(
            tokens.as_slice(),
            [constant, name, colon, _unit, equals, ..]
                if is_word(constant, "const")
                    && is_word(name, "_")
                    && is_mark(colon, ':')
                    && is_mark(equals, '=')
        );
        let end = tokens.iter().position(|tree| is_mark(tree, ';'));
        match end {
            Some(end) if is_record => drop(tokens.drain(..=end)),
            _ => return tokens.into_iter().collect(),
        }
    }
}

/// Adds what the strings among the tokens show. In macros' arguments they may be
/// anything: those are not read.
pub(super) fn of_body(tokens: TokenStream, shown: &mut Shown) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in tokens.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => match of_what(&tokens[..at], group.delimiter()) {
                Of::Code => of_body(group.stream(), shown),
                Of::Macro => find_unread(group.stream(), shown),
                Of::Markup | Of::Attribute => {}
            },
            TokenTree::Literal(_) => {
                if let Some(text) = string(tree) {
                    of_text(&text, shown);
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// What the tokens in brackets belong to.
enum Of {
    Code,
    Macro,
    /// `html!`, which has a reader of its own.
    Markup,
    Attribute,
}

fn of_what(before: &[TokenTree], delimiter: Delimiter) -> Of {
    let is = |tree: &TokenTree, c| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == c);
    match before {
        [.., name, bang] if is(bang, '!') => match name {
            TokenTree::Ident(name) if name == "html" => Of::Markup,
            // `if !(…)` is not a macro call, `name!(…)` is one.
            TokenTree::Ident(word) if !is_keyword(&word.to_string()) => Of::Macro,
            hash if is(hash, '#') => Of::Attribute,
            _ => Of::Code,
        },
        [.., hash] if is(hash, '#') && delimiter == Delimiter::Bracket => Of::Attribute,
        _ => Of::Code,
    }
}

fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "if" | "while" | "return" | "match" | "in" | "else" | "break"
    )
}

/// Notes a string among the arguments of a macro from which requests may be sent.
fn find_unread(arguments: TokenStream, shown: &mut Shown) {
    for tree in arguments {
        match &tree {
            TokenTree::Group(group) => find_unread(group.stream(), shown),
            TokenTree::Literal(literal) => {
                let may_send = string(&tree).is_some_and(|text| may_send(&text.value()));
                if may_send && shown.unread.is_none() {
                    shown.unread = Some(literal.span());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

fn string(tree: &TokenTree) -> Option<LitStr> {
    syn::parse2(TokenTree::into(tree.clone())).ok()
}

fn of_text(text: &LitStr, shown: &mut Shown) {
    let place = place(text.span());
    let mut source = Source::new();
    source.text(&text.value(), place.clone());
    // Another string may go on where this one ends.
    source.markup("…", place.clone());
    shown.note(&place, text.span());
    shown.read(source);
}

/// What a file shows that stands beside the one of the token.
fn of_file(name: &LitStr) -> Result<Option<Shown>, String> {
    let Some(own) = local_file(name.span()) else {
        return Ok(None);
    };
    let name = (name.value(), name.span());
    let path: PathBuf = own
        .parent()
        .map_or_else(|| PathBuf::from(&name.0), |folder| folder.join(&name.0));
    let html = std::fs::read_to_string(&path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let mut shown = Shown::new(&name.0, At::Token(name.1));
    shown.read(Source::from_html(&html, &name.0));
    shown.paths = vec![(name.0, workspace_path(&path))];
    Ok(Some(shown))
}

fn local_file(span: Span) -> Option<PathBuf> {
    if proc_macro::is_available() {
        span.unwrap().local_file()
    } else {
        None
    }
}
