//! Prints reports and registries. One renderer a file; each writes to a writer
//! that is passed in, and gives the same bytes for the same input.

pub mod inspect;
pub mod json;
pub mod text;

mod style;
