//! Reads a template of askama, with all that it extends, includes and imports, as
//! askama finds and joins them.
//!
//! The nodes of a template come from askama's own parsers. What is done with them
//! follows `askama_derive`: the directories of `askama.toml`, the innermost definition of
//! a block, a macro's body where it is called.

mod config;
mod dialect;
mod parse;
mod template;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf, absolute};

use crate::form::Place;
use crate::templates::files::{Disk, Files};
use crate::templates::loaded::{Text, load};
use crate::templates::walk::source;
use config::Config;

pub use crate::templates::error::Error;
pub use crate::templates::outcome::Read;
pub(crate) use dialect::Askama;
pub use template::Template;

/// Reads the template of a crate whose `Cargo.toml` is in the directory `package`, on disk. The
/// files that were read are absolute paths.
///
/// # Errors
///
/// A file is missing, is larger than 4 MiB or is not valid; templates lead back to
/// themselves, are nested too deeply, or render more than 8 MiB.
pub fn read(template: &Template, package: &Path) -> Result<Read, Error> {
    let package = absolute(package).unwrap_or_else(|_| package.to_path_buf());
    read_from(template, &package, &Disk)
}

/// The same, with the package and its `askama.toml` among other files than those on disk. The
/// files that were read are paths as these files have them.
///
/// # Errors
///
/// As [`read`].
pub fn read_from(template: &Template, package: &Path, files: &dyn Files) -> Result<Read, Error> {
    let config = Config::read(template.config.as_deref(), package, files)?;
    let (name, text) = match (&template.path, &template.source) {
        (Some(path), _) => (path.as_str(), None),
        (None, Some(source)) => {
            let place = Place {
                file: String::new(),
                line: 1,
            };
            let text = source.as_str();
            ("", Some(Text { text, place }))
        }
        (None, None) => return Err(Error::Nothing),
    };
    let dialect = Askama::new(template, &config)?;
    let loaded = load(&dialect, files, package, name, text)?;
    let (source, gaps) = source(&loaded, template.block.as_deref(), &template.markup)?;
    let mut read: Vec<PathBuf> = loaded.paths().map(Path::to_path_buf).collect();
    read.extend(config.file);
    read.sort();
    Ok(Read {
        source,
        files: read,
        gaps,
    })
}
