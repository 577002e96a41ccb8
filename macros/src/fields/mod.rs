//! `#[derive(Fields)]`: what a request may hold for a type.
//!
//! [`serde`] parses the attributes, [`case`] renames as serde does, [`shape`]
//! judges the type of one field, [`model`] puts them together, and [`expand`]
//! writes the implementation.

mod case;
mod expand;
mod model;
mod serde;
mod shape;
mod values;

pub(crate) use expand::derive;
pub(crate) use values::values;
