//! BUILD: what a person names on the command line, read into a registry. Nothing
//! in it is ever run.
//!
//! `file` tells programs from snapshots, `section` finds the records'
//! section, `frames` splits it, `record` reads one record (`plain`
//! faster, if it is as the macros write it), `gather` makes a
//! registry of them. `image` does so with all programs in a container image.

mod distinct;
mod error;
mod file;
mod frames;
mod gather;
#[cfg(feature = "cli")]
mod image;
mod plain;
mod record;
mod section;

pub use error::{BuildError, DamagedSection, NoRelease};
pub use file::{open, open_linked, open_pair};
pub use frames::Frames;
pub use gather::{Linked, read_linked, read_records, read_running};
#[cfg(feature = "cli")]
pub use image::error::ImageError;
#[doc(hidden)]
pub use record::is_plain;
pub use section::{Section, find_sections};
