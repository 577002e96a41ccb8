//! The arguments of an attribute, split at commas.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::LitStr;

/// An argument of an attribute, up to its comma.
pub(super) enum Argument {
    /// A word alone.
    Word(Ident),
    /// A string alone.
    Text(LitStr),
    /// `key = value`; the value is `None` if it is not a string.
    Pair(Ident, Option<LitStr>),
    /// `word(…)`.
    Call(Ident, TokenStream),
    /// Anything else.
    Other,
}

/// Splits the arguments of an attribute.
pub(super) fn arguments(tokens: &TokenStream) -> Vec<Argument> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is =
        |tree: &TokenTree, c: char| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == c);
    let text = |tree: &TokenTree| syn::parse2::<LitStr>(tree.clone().into()).ok();
    let arguments = trees
        .split(|tree| is(tree, ','))
        .map(|argument| match argument {
            [TokenTree::Ident(word)] => Argument::Word(word.clone()),
            [tree] => text(tree).map_or(Argument::Other, Argument::Text),
            [TokenTree::Ident(word), TokenTree::Group(group)] => {
                Argument::Call(word.clone(), group.stream())
            }
            [TokenTree::Ident(key), equals, value @ ..] if is(equals, '=') => {
                let value = match value {
                    [value] => text(value),
                    _ => None,
                };
                Argument::Pair(key.clone(), value)
            }
            _ => Argument::Other,
        });
    arguments.collect()
}

/// The first argument, if it is a string.
pub(super) fn first_text(arguments: &[Argument]) -> Option<&LitStr> {
    match arguments.first()? {
        Argument::Text(text) => Some(text),
        _ => None,
    }
}

/// Whether one of the keys is among the arguments.
pub(super) fn has_key(arguments: &[Argument], keys: &[&str]) -> bool {
    arguments.iter().any(|argument| {
        matches!(argument, Argument::Pair(key, _) if keys.contains(&key.to_string().as_str()))
    })
}

/// The strings that are values of `key`.
pub(super) fn texts<'a>(
    arguments: &'a [Argument],
    name: &'a str,
) -> impl Iterator<Item = &'a LitStr> {
    arguments.iter().filter_map(move |argument| match argument {
        Argument::Pair(key, Some(text)) if key == name => Some(text),
        _ => None,
    })
}
