//! Prints audits: for people, and as JSON. It counts and classifies nothing: the audit does.

pub mod json;
pub mod text;

use crate::audit::{Item, State};

/// A note on an item, in addition to its place and its name.
fn note(item: &Item) -> Option<&String> {
    match &item.state {
        State::Annotated => None,
        State::Open { note } => note.as_ref(),
        State::NotAnnotatable { advice: note } | State::Unreadable { reason: note } => Some(note),
    }
}
