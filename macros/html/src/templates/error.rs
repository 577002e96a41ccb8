//! Why a template cannot be read: one variant per cause, each with what to do.

use std::fmt;
use std::path::{Path, PathBuf};

use super::budget::{FILE, FILES, RENDERED};
use crate::form::Place;
use crate::printable::Printable;

/// What renders a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Engine {
    /// Askama, or rinja.
    Askama,
    /// Minijinja, 1 to 3.
    Minijinja,
    /// Tera, 1 or 2.
    Tera,
    /// Handlebars.
    Handlebars,
    /// Sailfish.
    Sailfish,
    /// Ructe.
    Ructe,
}

impl Engine {
    /// The name of its crate.
    pub fn name(self) -> &'static str {
        match self {
            Self::Askama => "askama",
            Self::Minijinja => "minijinja",
            Self::Tera => "tera",
            Self::Handlebars => "handlebars",
            Self::Sailfish => "sailfish",
            Self::Ructe => "ructe",
        }
    }
}

/// Why a template cannot be read.
#[derive(Debug)]
pub enum Error {
    /// Neither `path` nor `source` is set.
    Nothing,
    /// No directory has such a file.
    NoTemplate {
        /// The engine that asks for it.
        engine: Engine,
        /// The path as it is written.
        path: String,
        /// Where it is asked for; `None`: in the attribute.
        at: Option<Place>,
        /// The directories it was looked for in.
        folders: Vec<PathBuf>,
    },
    /// A file is there, but cannot be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says of it.
        cause: String,
    },
    /// A file that the engine's parser rejects.
    Syntax {
        /// The engine.
        engine: Engine,
        /// The place.
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
    /// A file, or all files of the template together, are too large to be read.
    LargeFile {
        /// The file that is too large, or with which all are.
        file: PathBuf,
    },
    /// The template renders too much, since templates or macros use each other.
    TooLarge {
        /// Where the limit was exceeded.
        at: Place,
    },
    /// Templates, blocks and macros use each other too deeply.
    TooDeep {
        /// Where the limit was exceeded.
        at: Place,
    },
    /// A file that could not be read before, and why.
    Broken(String),
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
                "this template has neither `path` nor `source`: add one of them"
            ),
            Self::NoTemplate {
                engine,
                path,
                at,
                folders,
            } => {
                write!(f, "there is no template `{}`", Printable(path))?;
                if let Some(place) = at {
                    write!(f, ", which {} asks for", At(place))?;
                }
                let looked_in = folders.iter().map(|folder| printable(folder));
                let stated_in = match engine {
                    Engine::Askama => "`dirs` of `askama.toml`",
                    _ => "`templates` of `[package.metadata.coexist]`",
                };
                write!(
                    f,
                    "; looked in {}. Put it there, or name the directory in {stated_in}",
                    looked_in.collect::<Vec<_>>().join(", ")
                )
            }
            Self::Unreadable { file, cause } => {
                let (file, cause) = (printable(file), Printable(cause));
                write!(
                    f,
                    "cannot read `{file}`: {cause}. It must be a file in UTF-8"
                )
            }
            Self::Syntax {
                engine,
                at,
                message,
            } => {
                let (engine, message) = (engine.name(), Printable(message));
                write!(f, "{} is not a valid {engine} template: {message}", At(at))
            }
            Self::Broken(cause) => write!(f, "{cause}"),
            Self::Config { file, message } => {
                let (file, message) = (printable(file), Printable(message));
                write!(f, "the configuration of askama, `{file}`, {message}")
            }
            Self::Loop { names, at } => write!(
                f,
                "the template uses itself without end: {}, at {}. Remove one of the steps",
                Printable(&names.join(" → ")),
                At(at)
            ),
            Self::LargeFile { file } => write!(
                f,
                "`{}` is too large: a template can have {} MiB, and {} MiB with all templates that it uses",
                printable(file),
                FILE >> 20,
                FILES >> 20,
            ),
            Self::TooLarge { at } => write!(
                f,
                "the template renders more than {} MiB, at {}. Include or call less there",
                RENDERED >> 20,
                At(at)
            ),
            Self::TooDeep { at } => write!(
                f,
                "the template is nested too deeply at {}. Include or call less there",
                At(at)
            ),
            Self::NoSyntax { name, known } => write!(
                f,
                "there is no syntax `{}`, but {}. Define it as `[[syntax]]` in `askama.toml`",
                Printable(name),
                Printable(&known.join(", "))
            ),
            Self::NoBlock { name } => write!(
                f,
                "the template has no block `{}`: name one that it or a template that it extends defines",
                Printable(name)
            ),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// Whether a limit was exceeded, so that there is no use in reading on.
    pub(crate) fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::LargeFile { .. } | Self::TooLarge { .. } | Self::TooDeep { .. }
        )
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
            write!(f, "`{}`, line {line}", Printable(file))
        }
    }
}

/// A path as it is displayed.
fn printable(path: &Path) -> String {
    Printable(&path.display().to_string()).to_string()
}
