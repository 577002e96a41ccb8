//! Reads a template of askama, with all that it extends, includes and imports, as
//! askama finds and joins them.
//!
//! The nodes of a template come from askama's own parsers. What is done with them
//! follows `askama_derive`: the directories of `askama.toml`, the innermost definition of
//! a block, a macro's body where it is called.

mod budget;
mod call;
mod config;
mod error;
mod expression;
mod files;
mod filter;
mod heritage;
mod parse;
mod read_file;
mod template;
#[cfg(test)]
mod tests;
mod tree;
mod value;
mod walk;

use std::path::{Path, PathBuf};

use crate::source::Source;
use config::Config;
use files::Files;

pub use error::Error;
pub use template::Template;

/// A template that was read.
#[derive(Debug)]
pub struct Read {
    /// What it renders. Places name files as they are seen from the package's directory:
    /// `templates/home.html`. What is written in `source = "…"` has no file: there the
    /// place's file is empty, and line 1 is the line on which the text begins.
    pub source: Source,
    /// Every file that was read, as an absolute path, sorted: with one of them changed,
    /// the template is another.
    pub files: Vec<PathBuf>,
}

/// Reads the template of a crate whose `Cargo.toml` is in the directory `package`.
///
/// # Errors
///
/// A file is missing, is larger than 4 MiB or is not valid; templates lead back to
/// themselves, are nested too deeply, or render more than 8 MiB.
pub fn read(template: &Template, package: &Path) -> Result<Read, Error> {
    let config = Config::read(template.config.as_deref(), package)?;
    let files = Files::load(template, &config)?;
    let source = walk::source(template, &files)?;
    let mut read: Vec<PathBuf> = files.paths().map(Path::to_path_buf).collect();
    read.extend(config.file);
    read.sort();
    Ok(Read {
        source,
        files: read,
    })
}
