//! The pieces of a source as one line, for the tests of what makes them.

use crate::source::{Arms, Piece, Source};

/// Text as it is, with each run of spaces as one, holes as `‹expression›`, holes of
/// HTML as `«expression»`, groups as `one(… | …)`, `maybe(…)` and `any(…)`.
pub(crate) fn shown(source: &Source) -> String {
    let pieces = source.pieces().iter().map(|piece| match piece {
        Piece::Text(html, _) => html.clone(),
        Piece::Hole(expression, _) => format!("‹{expression}›"),
        Piece::Markup(expression, _) => format!("«{expression}»"),
        Piece::Comment(text, _) => format!("#{text}#"),
        Piece::Open(Arms::OneOf) => "one(".to_owned(),
        Piece::Open(Arms::AtMostOne) => "maybe(".to_owned(),
        Piece::Open(Arms::AnyNumber) => "any(".to_owned(),
        Piece::Arm => "|".to_owned(),
        Piece::Close => ")".to_owned(),
    });
    spaced(&pieces.collect::<String>())
}

/// The text with each run of spaces as one.
pub(crate) fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line of the piece that is, or begins with, this text.
pub(crate) fn place_of(source: &Source, text: &str) -> (String, u32) {
    let found = source.pieces().iter().find_map(|piece| match piece {
        Piece::Text(known, place) | Piece::Hole(known, place) | Piece::Markup(known, place) => {
            known.trim_start().starts_with(text).then_some(place)
        }
        Piece::Comment(..) | Piece::Open(_) | Piece::Arm | Piece::Close => None,
    });
    let place = found.expect("the text begins a piece");
    (place.file.clone(), place.line)
}
