//! `askama.toml`: the directories in which templates are found, and the delimiters
//! that they are written with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use askama_parser::SyntaxBuilder;
use serde::Deserialize;

use crate::templates::error::Error;
use crate::templates::files::Files;

/// The name of askama's own delimiters.
const DEFAULT: &str = "default";

/// What the configuration says, as far as it decides what a template renders.
pub(super) struct Config {
    /// Its file, if there is one.
    pub(super) file: Option<PathBuf>,
    pub(super) folders: Vec<PathBuf>,
    default_syntax: String,
    /// Delimiters by their name; askama's own are not among them.
    syntaxes: BTreeMap<String, Delimiters>,
    default_delimiters: Delimiters,
}

#[derive(Default, Deserialize)]
struct Toml {
    #[serde(default)]
    general: General,
    #[serde(default)]
    syntax: Vec<Delimiters>,
}

#[derive(Default, Deserialize)]
struct General {
    dirs: Option<Vec<String>>,
    default_syntax: Option<String>,
}

/// The delimiters of a syntax; those that are left out are askama's own.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Delimiters {
    pub(super) name: String,
    pub(super) block_start: Option<String>,
    pub(super) block_end: Option<String>,
    pub(super) expr_start: Option<String>,
    pub(super) expr_end: Option<String>,
    pub(super) comment_start: Option<String>,
    pub(super) comment_end: Option<String>,
}

impl Delimiters {
    /// Askama says why they cannot be used.
    fn check(&self) -> Result<(), String> {
        let builder = SyntaxBuilder {
            name: &self.name,
            block_start: self.block_start.as_deref(),
            block_end: self.block_end.as_deref(),
            expr_start: self.expr_start.as_deref(),
            expr_end: self.expr_end.as_deref(),
            comment_start: self.comment_start.as_deref(),
            comment_end: self.comment_end.as_deref(),
        };
        builder.to_syntax().map(|_syntax| ())
    }
}

impl Config {
    /// Reads the file that is stated, which must be there, else `askama.toml` or rinja's
    /// `rinja.toml`, which need not.
    pub(super) fn read(
        stated: Option<&str>,
        package: &Path,
        files: &dyn Files,
    ) -> Result<Self, Error> {
        let names = stated.map_or(vec!["askama.toml", "rinja.toml"], |stated| vec![stated]);
        let mut file = package.join(names[0]);
        let mut text = None;
        for name in names {
            let path = package.join(name);
            let unreadable = |cause| Error::Unreadable {
                file: path.clone(),
                cause,
            };
            text = files.read(&path).map_err(unreadable)?;
            if text.is_some() {
                file = path;
                break;
            }
        }
        let broken = |message: String| Error::Config {
            file: file.clone(),
            message,
        };
        let is_there = text.is_some();
        let toml: Toml = match text {
            Some(text) => basic_toml::from_str(&text)
                .map_err(|cause| broken(format!("is broken: {cause}")))?,
            None if stated.is_some() => {
                return Err(broken(
                    "does not exist: `config` is a path from the package's directory".to_owned(),
                ));
            }
            None => Toml::default(),
        };

        let mut syntaxes = BTreeMap::new();
        for delimiters in toml.syntax {
            let name = delimiters.name.clone();
            if let Err(cause) = delimiters.check() {
                return Err(broken(format!("has a syntax `{name}` for which {cause}")));
            }
            if name == DEFAULT || syntaxes.insert(name.clone(), delimiters).is_some() {
                return Err(broken(format!("defines the syntax `{name}` twice")));
            }
        }
        let default_syntax = toml.general.default_syntax;
        let folders = match toml.general.dirs {
            Some(dirs) => dirs
                .iter()
                .flat_map(|dir| folders(package, dir, files))
                .collect(),
            None => vec![package.join("templates")],
        };
        Ok(Self {
            file: is_there.then_some(file),
            folders,
            default_syntax: default_syntax.unwrap_or_else(|| DEFAULT.to_owned()),
            syntaxes,
            default_delimiters: Delimiters {
                name: DEFAULT.to_owned(),
                ..Delimiters::default()
            },
        })
    }

    /// The delimiters of a template that states their name, or none.
    pub(super) fn syntax(&self, stated: Option<&str>) -> Result<&Delimiters, Error> {
        let name = stated.unwrap_or(&self.default_syntax);
        if name == DEFAULT {
            return Ok(&self.default_delimiters);
        }
        let no_syntax = || {
            let mut known: Vec<String> = self.syntaxes.keys().cloned().collect();
            known.push(DEFAULT.to_owned());
            known.sort();
            let name = name.to_owned();
            Error::NoSyntax { name, known }
        };
        self.syntaxes.get(name).ok_or_else(no_syntax)
    }
}

/// One entry of `dirs`: a directory, or a pattern for several.
fn folders(package: &Path, dir: &str, files: &dyn Files) -> Vec<PathBuf> {
    let folder = package.join(dir);
    if dir.contains('*') {
        files.folders(&folder)
    } else {
        vec![folder]
    }
}
