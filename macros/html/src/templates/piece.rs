//! What a variable of a template can stand for.

use std::rc::Rc;

use super::heritage::Scope;
use super::tree::Node;
use crate::value::Part;

/// What a variable stands for.
#[derive(Clone)]
pub(crate) enum Value<'a> {
    /// Texts and expressions, one behind the other.
    Parts(Vec<Piece>),
    /// Nodes that are rendered where it is used.
    Body(Rc<Body<'a>>),
    /// Values by their names, none of which is a map.
    #[cfg(feature = "templates")]
    Map(Rc<Vec<(String, Value<'a>)>>),
    /// One of several, as a condition chooses.
    #[cfg(feature = "templates")]
    OneOf(Rc<Vec<Vec<Piece>>>),
    /// The templates do not tell.
    Unknown,
    /// The templates do not tell, but it may be a part of what is not escaped.
    Markup,
}

/// A part of what an expression renders.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Piece {
    pub(crate) part: Part,
    /// It is markup, which is not escaped.
    pub(crate) is_markup: bool,
}

impl Piece {
    pub(super) fn text(text: String) -> Self {
        let part = Part::Text(text);
        let is_markup = false;
        Self { part, is_markup }
    }
}

impl Value<'_> {
    /// Whether it may be markup.
    pub(crate) fn may_be_markup(&self) -> bool {
        match self {
            Value::Parts(parts) => parts.iter().any(|piece| piece.is_markup),
            Value::Markup => true,
            #[cfg(feature = "templates")]
            Value::OneOf(values) => values.iter().flatten().any(|piece| piece.is_markup),
            #[cfg(feature = "templates")]
            Value::Map(values) => values.iter().any(|(_, value)| value.may_be_markup()),
            Value::Body(_) | Value::Unknown => false,
        }
    }

    /// How many bytes are kept for it.
    pub(crate) fn size(&self) -> usize {
        match self {
            Value::Parts(parts) => size(parts),
            #[cfg(feature = "templates")]
            Value::OneOf(values) => values.iter().map(|parts| size(parts)).sum(),
            #[cfg(feature = "templates")]
            Value::Map(values) => {
                let sizes = values.iter();
                sizes.map(|(name, value)| name.len() + value.size()).sum()
            }
            Value::Body(_) | Value::Unknown | Value::Markup => 0,
        }
    }
}

/// The longest value that a variable is known to have, in bytes; the value of a variable
/// whose value is longer is not known.
pub(super) const LONGEST: usize = 16 << 10;

/// Joins parts until they are longer than `limit`.
pub(super) fn joined(each: impl Iterator<Item = Vec<Piece>>, limit: usize) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut length = 0;
    for parts in each {
        length += size(&parts);
        all.extend(parts);
        if length > limit {
            break;
        }
    }
    all
}

/// How many bytes parts take.
pub(crate) fn size(parts: &[Piece]) -> usize {
    let sizes = parts.iter().map(|piece| match &piece.part {
        Part::Text(text) | Part::Hole(text) => text.len() + size_of::<Piece>(),
    });
    sizes.sum()
}

/// The nodes of a `{% call %}` or a `{% set %}`.
pub(crate) struct Body<'a> {
    pub(crate) nodes: &'a [Node],
    /// The arguments of `caller(…)`.
    pub(crate) parameters: &'a [String],
    /// What is seen from them.
    pub(crate) scope: Scope<'a>,
    /// The variables that are seen from them.
    pub(crate) level: usize,
}
