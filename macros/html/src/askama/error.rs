//! Why a template cannot be read: one variant per cause, each with what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::form::Place;

/// Why a template cannot be read.
#[derive(Debug)]
pub enum Error {
    /// Neither `path` nor `source` is stated.
    Nothing,
    /// No folder has such a file.
    NoTemplate {
        /// The path as it is written.
        path: String,
        /// Where it is asked for; `None`: in the attribute.
        at: Option<Place>,
        /// The folders it was looked for in.
        folders: Vec<PathBuf>,
    },
    /// A file is there, but cannot be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A file that askama's parser refuses.
    Syntax {
        /// Where.
        at: Place,
        /// What the parser says.
        message: String,
    },
    /// The configuration cannot be used.
    Config {
        /// Its file.
        file: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// A file extends or includes itself, or a macro calls itself, by way of others.
    Loop {
        /// The files or macros, from the first back to the first.
        names: Vec<String>,
        /// Where the last one leads back.
        at: Place,
    },
    /// The configuration has no syntax of that name.
    NoSyntax {
        /// The name.
        name: String,
        /// The names that there are, sorted.
        known: Vec<String>,
    },
    /// The template has no block of that name.
    NoBlock {
        /// The name.
        name: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => write!(
                f,
                "this template states neither `path` nor `source`: state one of them"
            ),
            Self::NoTemplate { path, at, folders } => {
                write!(f, "there is no template `{path}`")?;
                if let Some(place) = at {
                    write!(f, ", which {} asks for", At(place))?;
                }
                let looked_in = folders
                    .iter()
                    .map(|folder| folder.display().to_string())
                    .collect::<Vec<_>>();
                write!(
                    f,
                    "; looked in {}. Put it there, or name the folder in `dirs` of `askama.toml`",
                    looked_in.join(", ")
                )
            }
            Self::Unreadable { file, cause } => {
                let file = file.display();
                write!(
                    f,
                    "cannot read `{file}`: {cause}. It must be a file in UTF-8"
                )
            }
            Self::Syntax { at, message } => {
                write!(f, "{} is no template of askama: {message}", At(at))
            }
            Self::Config { file, message } => {
                let file = file.display();
                write!(f, "the configuration of askama, `{file}`, {message}")
            }
            Self::Loop { names, at } => write!(
                f,
                "a template that leads back to itself never ends: {}, at {}. Take one of the steps out",
                names.join(" → "),
                At(at)
            ),
            Self::NoSyntax { name, known } => write!(
                f,
                "there is no syntax `{name}`, but {}. Define it as `[[syntax]]` in `askama.toml`",
                known.join(", ")
            ),
            Self::NoBlock { name } => write!(
                f,
                "the template has no block `{name}`: state one that it or a template it extends defines"
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

/// A place, for a message.
struct At<'a>(&'a Place);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { file, line } = self.0;
        if file.is_empty() {
            write!(f, "line {line} of `source`")
        } else {
            write!(f, "`{file}`, line {line}")
        }
    }
}

/// Reads a file, or says why not.
pub(super) fn read_file(file: &Path) -> Result<String, Error> {
    std::fs::read_to_string(file).map_err(|cause| Error::Unreadable {
        file: file.to_path_buf(),
        cause,
    })
}
