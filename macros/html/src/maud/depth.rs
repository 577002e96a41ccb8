//! Bounds how deep the groups of tokens may be nested, before anything recurses into
//! them.

use std::fmt;

use proc_macro2::{Span, TokenStream, TokenTree};

/// How deep groups may be nested.
const DEPTH: usize = 128;

/// Markup that is nested too deeply to be read.
#[derive(Clone, Copy, Debug)]
pub struct TooDeep {
    /// The group that is nested too deeply.
    pub span: Span,
}

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the markup is nested more than {DEPTH} levels deep, which is not read"
        )
    }
}

impl std::error::Error for TooDeep {}

/// Looks through all tokens, without recursion.
///
/// # Errors
///
/// A group is nested more than [`DEPTH`] levels deep.
pub(super) fn check(tokens: &TokenStream) -> Result<(), TooDeep> {
    let mut open = vec![tokens.clone().into_iter()];
    while let Some(tokens) = open.last_mut() {
        match tokens.next() {
            Some(TokenTree::Group(group)) if open.len() > DEPTH => {
                let span = group.span();
                return Err(TooDeep { span });
            }
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(_) => {}
            None => {
                open.pop();
            }
        }
    }
    Ok(())
}
