//! Prints reports and registries. One renderer a file; each writes to a writer
//! that is passed in, and gives the same bytes for the same input.

#[cfg(feature = "cli")]
pub mod audit;
pub mod inspect;
pub mod json;
pub mod plan;
#[cfg(feature = "cli")]
pub mod stamp;
pub mod text;

mod style;
mod waived;

pub(crate) fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}
