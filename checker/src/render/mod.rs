//! Prints reports and registries. One renderer a file; each writes to a writer
//! that is passed in, and gives the same bytes for the same input.

#[cfg(feature = "cli")]
pub mod audit;
pub mod inspect;
pub mod json;
#[cfg(feature = "cli")]
pub mod simulate;
#[cfg(feature = "cli")]
pub mod simulate_json;
#[cfg(feature = "cli")]
pub mod stamp;
pub mod text;

#[cfg(feature = "cli")]
mod number;
mod style;

#[cfg(feature = "cli")]
pub use simulate::Simulation;

pub(crate) fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}
