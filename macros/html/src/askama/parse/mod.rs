//! From the text of a template to its tree, with the parsers of askama itself. That of 0.16 refuses
//! some of what older versions take, such as a `{% call %}` without its end: what it refuses
//! is read as askama 0.14, which takes what 0.12 and 0.13 do, and rinja.

mod literal;
mod new;
mod old;

use std::sync::Arc;
use std::thread;

use super::config::Delimiters;
use crate::form::Place;
use crate::templates::error::{Engine, Error};
use crate::templates::loaded::{line, line_ends};
use crate::templates::tree::Node;
use literal::{number, string};

/// The stack of a parser, in bytes.
const STACK: usize = 64 << 20;

/// What a parser does not accept: its words, and where.
struct Refusal {
    message: Option<String>,
    offset: usize,
}

/// Parses a file of this name.
pub(super) fn parse(
    text: &Arc<str>,
    name: &str,
    delimiters: &Delimiters,
) -> Result<Vec<Node>, Error> {
    // The parsers recurse up to 128 levels deep, for which a thread of a test has too little
    // stack.
    let parse = || match new::parse(text, delimiters) {
        Ok(nodes) => Ok(nodes),
        Err(refusal) => old::parse(text, delimiters).map_err(|_older| refusal),
    };
    let parsed = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, parse).ok()?;
        thread.join().ok()
    });
    parsed
        .unwrap_or_else(parse)
        .map_err(|refusal| Error::Syntax {
            engine: Engine::Askama,
            at: Place {
                file: name.to_owned(),
                line: line(&line_ends(text), refusal.offset),
            },
            message: refusal
                .message
                .unwrap_or_else(|| "its parser does not say why".to_owned()),
        })
}
